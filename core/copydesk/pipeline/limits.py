"""Limits: what one document may cost."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copydesk.errors import UsageError
from copydesk.wording import first_fault


class LimitsSpec(BaseModel):
    """What one document may cost. Over a limit it has an error, and its neighbours go on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    characters: int | None = Field(
        default=None, ge=1, description="Code points of the text; a longer one is refused before any work."
    )
    seconds: float | None = Field(
        default=None,
        gt=0,
        allow_inf_nan=False,
        description="Wall clock for all steps together. It is checked between steps; only worker processes are stopped "
        "in mid-step.",
    )
    annotations: int | None = Field(default=None, ge=1, description="Annotations that one step may return.")


class Limits(LimitsSpec):
    """What one document may cost. Over a limit it has an error, and its neighbours go on.

    Args:
        characters: code points of the text; a longer one is refused before any work.
        seconds: of wall clock for all steps together. They are checked between steps; only worker processes are stopped
            in mid-step.
        annotations: that one step may return.

    Raises:
        UsageError: one of them is no limit.
    """

    def __init__(
        self, *, characters: int | None = None, seconds: float | None = None, annotations: int | None = None
    ) -> None:
        given = {"characters": characters, "seconds": seconds, "annotations": annotations}
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise UsageError(f"the limit {first_fault(error, given, LimitsSpec)}") from None
