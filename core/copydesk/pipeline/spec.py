"""The model of a pipeline file."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from copydesk.pipeline.limits import LimitsSpec

DEFAULT_MODEL = "copydesk_english"

USE = r"^[A-Za-z0-9_][A-Za-z0-9_-]*(\.[A-Za-z0-9_][A-Za-z0-9_-]*)?$"
STEP_ID = r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$"
LAYER = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"
LANGUAGE = r"^[a-z]{2,3}$"

FORMS = {
    USE: "a plugin's name, or plugin.component where it has several",
    STEP_ID: "letters, digits, '_', '-' and '.'",
    LAYER: "the name of a layer: quote, or package.type",
    LANGUAGE: "a language's code: en, de",
}
"""What the patterns mean, for people."""


class UseSpec(BaseModel):
    """Something of a plugin, with its settings: an observer, a step."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    use: str = Field(pattern=USE, description="What it is: a plugin's name, or plugin.name where it has several.")
    settings: dict[str, Any] = Field(default={}, alias="with", description="Its settings.")

    @field_validator("settings", mode="before")
    @classmethod
    def _none_are_given(cls, value: object) -> object:
        return {} if value is None else value  # `with:` and nothing but comments below it


class StepSpec(UseSpec):
    """One step: which component, with which settings."""

    id: str | None = Field(
        default=None,
        pattern=STEP_ID,
        description="Names the step in output and errors. By default what `use` says; needed where a component is used twice.",
    )
    before: str | None = Field(
        default=None, pattern=STEP_ID, description="With `extends`: the step before which this new one comes."
    )
    after: str | None = Field(
        default=None, pattern=STEP_ID, description="With `extends`: the step after which this new one comes."
    )


class PipelineSpec(BaseModel):
    """A pipeline file: which components run, in which order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, description="What the pipeline is called.")
    description: str = Field(default="", description="What it is for, in a sentence.")
    extends: str | None = Field(
        default=None,
        min_length=1,
        description="The pipeline that this one changes: the name of a shipped one, or the path of a file (relative to "
        "this file). A step of the same id has its settings replaced one by one; lists are added to.",
    )
    model: str = Field(
        default=DEFAULT_MODEL,
        min_length=1,
        description="The spaCy pipeline that parses: an installed package, a path (relative to this file), or blank:en. "
        "Loaded only if a step uses it.",
    )
    language: str | None = Field(
        default=None, pattern=LANGUAGE, description="The language of the texts, ISO 639-1; by default the model's."
    )
    plugins: tuple[str, ...] = Field(
        default=(), description="Plugins to load for their checks, readers and writers, beyond those that steps name."
    )
    given: tuple[Annotated[str, Field(pattern=LAYER)], ...] = Field(
        default=(),
        description="Layers that the documents bring: steps may require them, and they are never dropped.",
    )
    observers: tuple[UseSpec, ...] = Field(default=(), description="What watches a run, with settings.")
    limits: LimitsSpec = Field(default=LimitsSpec(), description="What one document may cost.")
    steps: tuple[StepSpec, ...] = Field(
        default=(), description="What runs, in this order. With `extends`: what changes, and what is new."
    )
    without: tuple[Annotated[str, Field(pattern=STEP_ID)], ...] = Field(
        default=(), description="With `extends`: ids of steps to leave out."
    )


def is_path(model: str) -> bool:
    """Whether a model is named by a path, not by a package."""
    return "/" in model or "\\" in model or model.startswith(".")
