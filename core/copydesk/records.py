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
    config: str = ""
    """`sha256:` and the digest of the step's full configuration, defaults included."""


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
