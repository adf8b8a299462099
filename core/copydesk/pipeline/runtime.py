"""Runtime: a pipeline that is loaded, on one or more lanes.

A lane is used by one thread at a time. A short text does not wait behind a long one: of several lanes, one is
always left to short texts.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakSet

from copydesk.errors import PipelineError, UsageError
from copydesk.model.document import Document
from copydesk.model.result import Result
from copydesk.pipeline.batches import BATCH_SIZE, Item, as_item, batches, is_doc
from copydesk.pipeline.lane import Lane

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk.pipeline.pipeline import Existing, OnError, Pipeline

LONG_CHARS = 20_000
"""A text of more code points is a long one, which must leave a lane to others: it takes half a second or more."""


class Runtime:
    """A pipeline that is loaded; `with pipeline.open() as desk:` gives one. It may be used from several threads.

    Args:
        pipeline: what to run.
        lanes: how many batches can be worked on at once. The first is loaded here, the others when they are needed.
    """

    def __init__(self, pipeline: Pipeline, *, lanes: int = 1) -> None:
        if lanes < 1:
            raise UsageError(f"a runtime has at least one lane, not {lanes}")
        self.pipeline = pipeline
        # A model of the caller's own cannot be loaded a second time.
        self._lanes = _Lanes(pipeline, lanes if isinstance(pipeline.model, str) else 1)
        _RUNTIMES.add(self)

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
        if not (isinstance(text, str | Document) or is_doc(text)):
            raise UsageError(f"a pipeline takes a text, a Document or a spaCy Doc, not {type(text).__name__}")
        [result] = self._run([as_item(text)], existing, ())
        if result.errors:
            raise result.errors[0]
        return result.document

    async def aprocess(self, text: str | Document | Doc, *, existing: Existing = "replace") -> Document:
        """The same in a thread, without blocking the event loop; cancelling stops the waiting, not the work."""
        return await asyncio.to_thread(self, text, existing=existing)

    def pipe(
        self,
        documents: Iterable[Any],
        *,
        batch_size: int | None = None,
        workers: int = 0,
        on_error: OnError = "raise",
        existing: Existing = "replace",
        pass_through: tuple[type[BaseException], ...] = (),
    ) -> Iterator[Result]:
        """One `Result` per input, in order, streaming, in bounded memory.

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
        return _raising(results) if on_error == "raise" else results

    def _run(
        self, items: Sequence[Item], existing: Existing, pass_through: tuple[type[BaseException], ...]
    ) -> list[Result]:
        with self._lanes.lane(chars=sum(item.chars for item in items)) as lane:
            return lane.run(items, existing=existing, pass_through=pass_through)


def _raising(results: Iterable[Result]) -> Iterator[Result]:
    for result in results:
        if result.errors:
            raise result.errors[0]
        yield result


@dataclass(eq=False, slots=True)
class _Ticket:
    """A place in the queue of those who wait for a lane."""

    is_long: bool


class _Lanes:
    """The lanes of a runtime: who waits for one, and who has one."""

    def __init__(self, pipeline: Pipeline, most: int) -> None:
        self._pipeline = pipeline
        self._most = most
        self._free = [Lane(pipeline)]
        self._busy: dict[int, Lane] = {}
        """By the thread that uses it."""
        self._made = 1
        self._long = 0
        self._waiting: list[_Ticket] = []
        """Who waits, in the order of coming; without it, who just gave a lane back would take it again."""
        self._closed = False
        self._changed = threading.Condition()

    @contextmanager
    def lane(self, chars: int) -> Iterator[Lane]:
        """A lane for a batch with so much text, for the calling thread alone."""
        is_long = chars > LONG_CHARS and self._most > 1
        lane = self._take(is_long)
        try:
            yield lane
        finally:
            with self._changed:
                self._busy.pop(threading.get_ident(), None)
                self._free.append(lane)
                self._long -= is_long
                self._changed.notify_all()

    def _take(self, is_long: bool) -> Lane:
        with self._changed:
            if threading.get_ident() in self._busy:
                raise UsageError("a component called the pipeline that it is a step of")
            ticket = _Ticket(is_long)
            self._waiting.append(ticket)
            try:
                self._changed.wait_for(lambda: self._closed or self._is_next(ticket))
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()  # there may be room for the one behind as well
            if self._closed:
                raise PipelineError("this runtime is closed; open the pipeline again")
            self._long += is_long
            lane = self._free.pop() if self._free else None
            if lane is None:
                self._made += 1  # made below, so that others need not wait for it
        if lane is None:
            lane = self._make(is_long)
        with self._changed:
            self._busy[threading.get_ident()] = lane
        return lane

    def _is_next(self, ticket: _Ticket) -> bool:
        """Whether it is the first for which there is a lane: a short text passes a long one that has to wait."""
        return next((one for one in self._waiting if self._has_room(one.is_long)), None) is ticket

    def _has_room(self, is_long: bool) -> bool:
        if is_long and self._long >= self._most - 1:
            return False
        return bool(self._free) or self._made < self._most

    def _make(self, is_long: bool) -> Lane:
        try:
            return Lane(self._pipeline)
        except BaseException:
            with self._changed:
                self._made -= 1
                self._long -= is_long
                self._changed.notify_all()
            raise

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._busy)
            for lane in self._free:
                lane.close()
            self._free = []
            self._made = 0

    # A fork: no other thread may be in the middle of a document, or its lane would stay taken in the child for ever.

    def before_fork(self) -> None:
        self._changed.acquire()
        own = threading.get_ident()
        # A component of the calling thread may be what forks; it cannot be waited for.
        self._changed.wait_for(
            lambda: not self._busy.keys() - {own} and len(self._busy) + len(self._free) == self._made
        )

    def after_fork_in_parent(self) -> None:
        self._changed.release()

    def after_fork_in_child(self) -> None:
        self._changed = threading.Condition()
        self._waiting = []  # the threads of the parent are not here
        for lane in (*self._free, *self._busy.values()):
            lane.forked = True


_RUNTIMES: WeakSet[Runtime] = WeakSet()


_FORKING: list[_Lanes] = []
"""Whose locks the thread holds that forks."""


def _before_fork() -> None:
    for runtime in list(_RUNTIMES):
        lanes = runtime._lanes  # noqa: SLF001  # of this module
        lanes.before_fork()
        _FORKING.append(lanes)


def _after_fork_in_parent() -> None:
    while _FORKING:
        _FORKING.pop().after_fork_in_parent()


def _after_fork_in_child() -> None:
    while _FORKING:
        _FORKING.pop().after_fork_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_after_fork_in_child)
