"""The model of a pipeline file."""

from __future__ import annotations

from datetime import datetime
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


class InputSpec(BaseModel):
    """How the texts of a run are read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str | None = Field(
        default=None, alias="from", min_length=1, description="The format, instead of what each file's name says."
    )
    map: dict[str, str] = Field(
        default={},
        description="Of records (JSON lines, CSV, Parquet), which field is what: `{text: body, date: published}`.",
    )
    date: str | None = Field(
        default=None, description="When the texts were written, ISO 8601: for those that do not say it themselves."
    )
    lang: str | None = Field(
        default=None,
        pattern=LANGUAGE,
        description="The language of the texts: for those that do not say it themselves.",
    )
    options: dict[str, dict[str, Any]] = Field(
        default={}, description="Settings of readers, by format: `{csv: {delimiter: ;}}`."
    )

    @field_validator("date")
    @classmethod
    def _is_a_date(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                datetime.fromisoformat(value)
            except ValueError:
                raise ValueError("write the date as 2017-07-21") from None
        return value


class OutputSpec(BaseModel):
    """How the results of a run are written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str | None = Field(
        default=None, alias="to", min_length=1, description="The format, instead of what the output's name says."
    )
    options: dict[str, dict[str, Any]] = Field(
        default={}, description="Settings of writers, by format: `{text: {rows: 100}}`."
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
    input: InputSpec = Field(default=InputSpec(), description="How the texts of a run are read.")
    output: OutputSpec = Field(default=OutputSpec(), description="How its results are written.")
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
