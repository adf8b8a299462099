"""Limits: what one document may cost."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Limits(BaseModel):
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
