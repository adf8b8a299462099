"""What comes out of a pipeline: a result for each document, and a summary of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from copydesk.errors import CopydeskError
from copydesk.model.document import Document
from copydesk.model.records import ErrorRecord
from copydesk.model.vocabulary import SEVERITIES, Finding, Severity


class Suppressed(NamedTuple):
    """A finding that was passed over, and why."""

    finding: Finding
    reason: str
    kind: Literal["inSource", "external"]
    """By a comment in the text, or by a file beside it."""


@dataclass(frozen=True, slots=True)
class Result:
    """A document after a pipeline, and what happened on the way.

    Attributes:
        document: with the layers of all steps that worked; the errors are on record in it too.
        errors: what went wrong, in order; empty where all is well.
        timings: seconds of wall clock per step id, and for "parse"; of work on a batch, this document's share.
        suppressed: findings that were passed over; the document no longer has them.
        notices: what the caller should know though nothing went wrong: layers of an earlier run were dropped; a step
            failed on documents together, and was given each by itself (once in a run).
        context: what the caller gave along with the document.
    """

    document: Document
    errors: tuple[CopydeskError, ...]
    timings: Mapping[str, float]
    suppressed: tuple[Suppressed, ...] = ()
    notices: tuple[str, ...] = ()
    context: Any = None

    @property
    def records(self) -> tuple[ErrorRecord, ...]:
        """The records of these errors; a document of an earlier run may have more on record."""
        records = self.document.errors
        return records[len(records) - len(self.errors) :]

    @property
    def ok(self) -> bool:
        """Whether nothing went wrong."""
        return not self.errors


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What observers are told when a run starts."""

    pipeline: str
    steps: tuple[str, ...]


@dataclass(slots=True)
class RunSummary:
    """What a run did.

    Attributes:
        documents: how many came out, failed ones included.
        failed: how many of them have errors.
        characters: of all texts together.
        findings: how many of each severity.
        seconds: wall clock, the setting up of the pipeline not included.
        observer_errors: what observers raised; it never stops a run.
    """

    documents: int = 0
    failed: int = 0
    characters: int = 0
    findings: Counter[Severity] = field(default_factory=Counter)
    seconds: float = 0.0
    observer_errors: list[str] = field(default_factory=list)

    def findings_at_least(self, level: Severity) -> int:
        """How many findings are of this severity or graver."""
        return sum(self.findings[severity] for severity in SEVERITIES[: SEVERITIES.index(level) + 1])
