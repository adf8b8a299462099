"""Runtime: a pipeline that is loaded, on one or more lanes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextvars import copy_context
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from copydesk.errors import UsageError
from copydesk.model.document import Document
from copydesk.model.result import Result, RunSummary
from copydesk.pipeline.batches import BATCH_SIZE, Item, as_item, batches, is_doc
from copydesk.pipeline.lane import Lane
from copydesk.pipeline.lanes import Lanes
from copydesk.pipeline.value import Existing, OnError, PipelineValue
from copydesk.pipeline.watching import Review, watched

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Runtime:
    """A pipeline that is loaded; `with pipeline.open() as desk:` gives one. It may be used from several threads.

    Args:
        pipeline: what to run.
        lanes: how many batches can be worked on at once. The first is loaded here, the others when they are needed.
    """

    def __init__(self, pipeline: PipelineValue, *, lanes: int = 1) -> None:
        if lanes < 1:
            raise UsageError(f"a runtime has at least one lane, not {lanes}")
        self.pipeline = pipeline
        # A model of the caller's own cannot be loaded a second time.
        self._lanes = Lanes(pipeline, lanes if isinstance(pipeline.model, str) else 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Wait for running documents, and close the components."""
        self._lanes.close()

    def __call__(self, text: str | Document | Doc, *, existing: Existing = "replace") -> Document:
        """One text, document or spaCy Doc through all steps.

        Raises:
            StepError, TextError, LimitError: what went wrong first.
        """
        return _document(self._run([_one(text)], existing, ()))

    async def aprocess(self, text: str | Document | Doc, *, existing: Existing = "replace") -> Document:
        """The same in a thread of the runtime, without blocking the event loop.

        Cancelling stops the waiting, not the work: a text that a lane has begun is worked through.
        """
        item = _one(text)
        context = copy_context()

        def work(lane: Lane) -> list[Result]:
            return context.run(lane.run, [item], existing=existing)

        return _document(await asyncio.wrap_future(self._lanes.submit(work, item.chars)))

    def pipe(
        self,
        documents: Iterable[Any],
        *,
        batch_size: int | None = None,
        workers: int = 0,
        on_error: OnError = "raise",
        existing: Existing = "replace",
        pass_through: tuple[type[BaseException], ...] = (),
        review: Review | None = None,
        summary: RunSummary | None = None,
    ) -> Iterator[Result]:
        """One `Result` per input, in order, streaming, in bounded memory. The pipeline's observers watch.

        The iterable is read in the caller's thread. A batch starts at one document and grows while the source answers
        at once, so that a slow stream gets its results as they come.

        Args:
            documents: texts, documents, spaCy Docs, or pairs of one of these and a context, which comes back in the
                result. A `DocumentError`, such as a reader gives for a line that it cannot read, comes out as a
                result with that error.
            batch_size: the most documents that are worked on at once.
            workers: processes to work in; 0 is this one. Only there a document over its seconds is stopped.
            on_error: "raise" the first error, in its document's place, or "record" it in the document and go on.
            existing: "replace" layers of an earlier run that the steps provide, or "keep" them and skip the steps.
            pass_through: exception types that are no failure of a document: they end the run, as interrupts and
                `TimeoutError` do in any case.
            review: what is done to each result before it is counted and told to observers; a `Reviewer` takes known
                findings out of it.
            summary: one to count in, for a caller who wants the figures.

        Raises:
            UsageError: the arguments cannot mean anything.
            DocumentError, StepError, WorkerError: with on_error="raise", when the document is reached.
        """
        if isinstance(documents, str | Document) or is_doc(documents):
            raise UsageError("pipe takes many documents; for one text call the pipeline: pipeline(text)")
        if on_error not in ("raise", "record"):
            raise UsageError(f"on_error is {on_error!r}; it is 'raise' or 'record'")
        if existing not in ("replace", "keep"):
            raise UsageError(f"existing is {existing!r}; it is 'replace' or 'keep'")
        if batch_size is not None and batch_size < 1:
            raise UsageError(f"batch_size is {batch_size}; it is 1 or more")
        if workers < 0:
            raise UsageError(f"workers is {workers}; it is 0 or more")
        size = BATCH_SIZE if batch_size is None else batch_size
        if workers:
            from copydesk.pipeline.workers import pipe_in_workers

            results = pipe_in_workers(self.pipeline, batches(documents, size), workers, existing, pass_through)
        else:
            results = (r for batch in batches(documents, size) for r in self._run(batch, existing, pass_through))
        return watched(self.pipeline, results, on_error, review, summary)

    def _run(
        self, items: Sequence[Item], existing: Existing, pass_through: tuple[type[BaseException], ...]
    ) -> list[Result]:
        def work(lane: Lane) -> list[Result]:
            return lane.run(items, existing=existing, pass_through=pass_through)

        return self._lanes.run(work, chars=sum(item.chars for item in items))


def _one(text: object) -> Item:
    if not (isinstance(text, str | Document) or is_doc(text)):
        raise UsageError(f"a pipeline takes a text, a Document or a spaCy Doc, not {type(text).__name__}")
    return as_item(text)


def _document(results: Sequence[Result]) -> Document:
    [result] = results
    if result.errors:
        raise result.errors[0]
    return result.document
