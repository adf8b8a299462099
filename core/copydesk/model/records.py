"""What a document keeps beside its text and layers: the steps it went through, what went wrong, where it was read."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict


class StepRecord(BaseModel):
    """Which step made annotations: enough to know whether two runs used the same thing."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    use: str
    distribution: str | None = None
    version: str | None = None
    settings: str = ""
    """`sha256:` and the digest of the step's full settings, defaults and the content of files included."""
    model: str | None = None
    """Of a step that uses the parse: name, version and `sha256:` of the model."""
    checks: tuple[str, ...] = ()
    """Of a step that runs checks: those that other plugins gave, each with the distribution and version that brings it, and
    the digest of its source: the modules of its package, or its file and the local ones that this imports."""
    removed: int = 0
    """Annotations of other layers that went, since what they could not do without was dropped by this step."""
    cleared: int = 0
    """References of other layers that are empty now, for the same reason."""


class ErrorRecord(BaseModel):
    """What went wrong with a document: kept in the document, so that it is not lost on the way."""

    model_config = ConfigDict(frozen=True, extra="allow")

    error: str
    """The name of the exception's class."""
    message: str
    step: str | None = None
    """The step that failed; null where the document could not be read or parsed."""
    path: str | None = None
    line: int | None = None
    """1-based line in the input file."""


class Origin(NamedTuple):
    """Where a document was read: for error messages, not part of the document."""

    path: str | None
    line: int | None
    """1-based; None where the whole file is the document."""
