"""The model of a pipeline file."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

DEFAULT_MODEL = "copydesk_english"

STEP_NAME = r"^[A-Za-z0-9_][A-Za-z0-9_-]*(\.[A-Za-z0-9_][A-Za-z0-9_-]*)?$"


class StepSpec(BaseModel):
    """One step: which component, with which settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    use: str = Field(
        pattern=STEP_NAME, description="The component: a plugin's name, or plugin.component where it has several."
    )
    id: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$",
        description="Names the step in output and errors. By default what `use` says; needed where a component is used twice.",
    )
    settings: dict[str, Any] = Field(default={}, alias="with", description="The component's settings.")

    @field_validator("settings", mode="before")
    @classmethod
    def _none_are_given(cls, value: object) -> object:
        return {} if value is None else value  # `with:` and nothing but comments below it


class PipelineSpec(BaseModel):
    """A pipeline file: which components run, in which order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, description="What the pipeline is called.")
    description: str = Field(default="", description="What it is for, in a sentence.")
    model: str = Field(
        default=DEFAULT_MODEL,
        min_length=1,
        description="The spaCy pipeline that parses: an installed package, a path (relative to this file), or blank:en. "
        "Loaded only if a step uses it.",
    )
    plugins: tuple[str, ...] = Field(
        default=(), description="Plugins to load for their checks and observers, beyond those that the steps name."
    )
    steps: tuple[StepSpec, ...] = Field(min_length=1, description="What runs, in this order.")
