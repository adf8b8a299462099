"""Result: what comes out of a pipeline for one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from copydesk.document import Document
from copydesk.errors import CopydeskError
from copydesk.records import ErrorRecord
from copydesk.vocabulary import Finding


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
        suppressed: findings that a review of the run passed over; the document no longer has them.
        timings: seconds of wall clock per step id, and for "parse" this document's share of its batch.
    """

    document: Document
    errors: tuple[CopydeskError, ...]
    timings: Mapping[str, float]
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def records(self) -> tuple[ErrorRecord, ...]:
        """The records of these errors; a document of an earlier run may have more on record."""
        records = self.document.errors
        return records[len(records) - len(self.errors) :]

    @property
    def ok(self) -> bool:
        """Whether nothing went wrong."""
        return not self.errors
