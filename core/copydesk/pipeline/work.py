"""A document on its way through the steps of a lane, and what becomes of what it brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.errors import CopydeskError, LimitError
from copydesk.findings import passed_over
from copydesk.model.document import Document
from copydesk.model.result import Result
from copydesk.pipeline.batches import Item
from copydesk.pipeline.failures import error_record
from copydesk.pipeline.running import Running
from copydesk.pipeline.value import Existing

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk.model.parse import Parse


@dataclass(slots=True)
class Work:
    """A document on its way through the steps."""

    document: Document
    item: Item
    doc: Doc | None = None
    parse: Parse | None = None
    errors: list[CopydeskError] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    """Layers that a failed step would have filled."""
    stopped: bool = False

    @property
    def spent(self) -> float:
        """The seconds that it took so far."""
        return sum(self.timings.values())

    def fail(self, error: CopydeskError) -> None:
        """Put an error on record."""
        self.errors.append(error)
        self.document = self.document.with_error(error_record(error, self.document))

    def check_seconds(self, most: float | None) -> None:
        """Stop it where it took longer than a limit."""
        if most is not None and self.spent > most and not self.stopped:
            self.stopped = True
            self.fail(
                LimitError(
                    f"it took {self.spent:.1f} seconds so far, the limit is {most:g}; later steps were left out",
                    limit="seconds",
                    document_id=self.document.id,
                )
            )

    def begin(self, steps: Sequence[Running], given: Sequence[str], existing: Existing) -> frozenset[str]:
        """What becomes of layers that are there already.

        Args:
            steps: those of the pipeline.
            given: layers that are never dropped.
            existing: as `Runtime.pipe` takes it.

        Returns:
            The ids of the steps that need not run.
        """
        document = self.document
        if not document.layers:
            return frozenset()
        if existing == "keep":
            return frozenset(running.step.id for running in steps if running.is_done(document))
        # Not the layers that steps only revise: nobody here would make them again.
        made = {layer for running in steps for layer in running.made} - set(given)
        dropped = sorted(made & set(document.layers))
        if dropped:
            self.document, losses = document.without_layers(dropped)
            notice = f"layers of an earlier run were dropped and made again: {', '.join(dropped)}"
            if losses != (0, 0):
                notice += f"; with them {losses.removed} annotations went and {losses.cleared} references are empty now"
            self.notices.append(notice)
        return frozenset()

    def result(self) -> Result:
        """What comes of it."""
        document, suppressed = passed_over(self.document)
        return Result(
            document, tuple(self.errors), self.timings, suppressed, tuple(self.notices), context=self.item.context
        )
