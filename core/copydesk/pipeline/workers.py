"""`pipe` in worker processes: each has the pipeline once, and works on batches.

If a worker dies at a batch, or has to be stopped, each document of the batch is tried alone; a document at which
`TRIES` workers die alone has an error, and its neighbours none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copydesk.errors import CopydeskError, DocumentError, LimitError, UsageError, WorkerError
from copydesk.model.document import Document
from copydesk.model.result import Result
from copydesk.pipeline.pool import Death, Handler, Job, Pool, Say

if TYPE_CHECKING:
    from copydesk.pipeline.batches import Item
    from copydesk.pipeline.value import Existing, PipelineValue

TRIES = 3
"""So many workers must die at a document alone before it is given up: a worker may die for reasons of its own."""

GRACE = 1.0
"""Seconds beyond a document's limit before its worker is stopped: the step's own check should come first."""


def pipe_in_workers(
    pipeline: PipelineValue,
    batches: Iterator[list[Item]],
    workers: int,
    existing: Existing,
    pass_through: tuple[type[BaseException], ...],
) -> Iterator[Result]:
    """The results of batches, in order, worked out by so many processes.

    Raises:
        PipelineError: the pipeline cannot be sent to another process, or cannot be set up there.
    """
    pool: Pool[_Batch] = Pool(_Setup(pipeline, existing, pass_through), workers, limit=pipeline.limits.seconds)
    try:
        for job in pool.run(_Batch(items) for items in batches):
            yield from job.done() or ()
    finally:
        pool.stop()


@dataclass(frozen=True, slots=True)
class _Setup:
    """What a worker does first: load the pipeline."""

    pipeline: PipelineValue
    existing: Existing
    pass_through: tuple[type[BaseException], ...]

    def __call__(self) -> tuple[Handler, None]:
        from copydesk.pipeline.batches import Item
        from copydesk.pipeline.lane import Lane
        from copydesk.pipeline.settling import settle

        lane = Lane(self.pipeline)
        settle()

        def handle(documents: list[Document | DocumentError], _say: Say) -> list[Result]:
            items = [Item(document) for document in documents]
            return lane.run(items, existing=self.existing, pass_through=self.pass_through)

        return handle, None


class _Batch(Job[list[Result]]):
    """Some documents; after a worker died, the jobs of one document each that took its place."""

    def __init__(self, items: list[Item]) -> None:
        self._items = items
        self._parts: list[_Batch] = []
        self._deaths = 0

    def message(self) -> list[Document | DocumentError]:
        if any(item.doc is not None for item in self._items):
            raise UsageError("a spaCy Doc stays in its process; give texts or Documents to workers, or use none")
        return [item.document for item in self._items]

    def answered(self, answer: Any) -> None:
        # The context stayed here: not all can be pickled.
        self.answer = [
            dataclasses.replace(result, context=item.context) for result, item in zip(answer, self._items, strict=True)
        ]

    def seconds(self, limit: float) -> float:
        return limit * len(self._items) + GRACE

    def died(self, death: Death) -> Sequence[_Batch]:
        if len(self._items) > 1:
            self._parts = [_Batch([item]) for item in self._items]
            return self._parts
        self._deaths += 1
        if death.limit is None and self._deaths < TRIES:
            return [self]
        document = self._items[0].document
        assert isinstance(document, Document)  # at nothing else can a worker die
        self.answer = [_given_up(document, death, self._items[0].context)]
        return ()

    def done(self) -> list[Result] | None:
        if not self._parts:
            return self.answer
        parts = [part.answer for part in self._parts]
        return None if None in parts else [result for part in parts if part for result in part]


def _given_up(document: Document, death: Death, context: Any) -> Result:
    from copydesk.pipeline.failures import error_record

    error = death_error(document.id, death)
    return Result(document.with_error(error_record(error, document)), (error,), {}, context=context)


def death_error(document_id: str, death: Death) -> CopydeskError:
    """What becomes of a document at which workers died, or one had to be stopped."""
    if death.limit is not None:
        message = f"it took more than {death.limit:g} seconds and was stopped"
        return LimitError(message, limit="seconds", document_id=document_id)
    return WorkerError(
        f"document '{document_id}': {TRIES} worker processes died at it, the last with exit code {death.code}",
        document_id=document_id,
    )
