"""Worker processes for `pipe`: each has the pipeline once, and works on batches; a worker may be stopped, or die.

A pool of our own, since those of the standard library hang or break when a worker is killed. A worker has a pipe to
itself and shares no lock. If it dies at a batch, or has to be stopped, each document of the batch is tried alone;
a document at which `TRIES` workers die alone has an error, and its neighbours none.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import TYPE_CHECKING, Any

from copydesk.errors import CopydeskError, DocumentError, LimitError, PipelineError, UsageError, WorkerError
from copydesk.model.document import Document
from copydesk.model.result import Result

if TYPE_CHECKING:
    from copydesk.pipeline.batches import Item
    from copydesk.pipeline.pipeline import Existing, Pipeline

TRIES = 3
"""So many workers must die at a document alone before it is given up: a worker may die for reasons of its own."""

GRACE = 1.0
"""Seconds beyond a document's limit before its worker is stopped: the step's own check should come first."""

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Linear algebra gets one thread in a worker: several burn time and gain nothing on sentences."""


def pipe_in_workers(
    pipeline: Pipeline,
    batches: Iterator[list[Item]],
    workers: int,
    existing: Existing,
    pass_through: tuple[type[BaseException], ...],
) -> Iterator[Result]:
    """The results of batches, in order, worked out by so many processes.

    Raises:
        PipelineError: the pipeline cannot be sent to another process, or cannot be set up there.
    """
    pool = _Pool(pickle.dumps((pipeline, existing, pass_through)), workers, pipeline.limits.seconds)
    try:
        yield from pool.results(batches)
    finally:
        pool.stop()


@dataclass(slots=True)
class _Task:
    """A batch, or a part of one that is tried again.

    Attributes:
        items: what is to be done.
        results: what came of it.
        parts: the tasks of one document each that took its place after a worker had died.
        deaths: how many workers died at it.
    """

    items: list[Item]
    results: list[Result] | None = None
    parts: list[_Task] = field(default_factory=list)
    deaths: int = 0

    def done(self) -> list[Result] | None:
        if not self.parts:
            return self.results
        parts = [part.done() for part in self.parts]
        return None if None in parts else [result for part in parts if part for result in part]


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: _Task | None = None
    deadline: float | None = None
    ready: bool = False


class _Pool:
    def __init__(self, pickled: bytes, workers: int, seconds: float | None) -> None:
        self._pickled = pickled
        self._most = workers
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._waiting: deque[_Task] = deque()
        """Tasks that are to be tried again; they go first."""

    def results(self, batches: Iterator[list[Item]]) -> Iterator[Result]:
        pending: deque[_Task] = deque()
        exhausted = False
        while True:
            while pending and (results := pending[0].done()) is not None:
                pending.popleft()
                yield from results
            if exhausted and not pending:
                return
            # Some more than there are workers, so that none waits while the first in line is a slow one.
            if not exhausted and len(pending) < 2 * self._most and (worker := self._idle()):
                batch = next(batches, None)
                if batch is None:
                    exhausted = True
                    continue
                task = _Task(batch)
                pending.append(task)
                self._give(worker, task)
                continue
            if self._waiting and (worker := self._idle()):
                self._give(worker, self._waiting.popleft())
                continue
            self._wait()

    def _idle(self) -> _Worker | None:
        for worker in self._workers:
            if worker.task is None:
                return worker
        if len(self._workers) < self._most:
            worker = self._start()
            self._workers.append(worker)
            return worker
        return None

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        try:
            ours.send_bytes(self._pickled)
        except OSError as error:
            raise PipelineError(f"a worker process cannot be started: {error}") from error
        return worker

    def _give(self, worker: _Worker, task: _Task) -> None:
        if any(item.doc is not None for item in task.items):
            raise UsageError("a spaCy Doc stays in its process; give texts or Documents to workers, or use none")
        worker.task = task
        self._set_deadline(worker)
        try:
            worker.pipe.send([item.document for item in task.items])
        except OSError:
            self._died(worker)

    def _set_deadline(self, worker: _Worker) -> None:
        # Until the model is loaded, nobody's seconds count.
        if worker.task is not None and worker.ready and self._seconds is not None:
            worker.deadline = monotonic() + self._seconds * len(worker.task.items) + GRACE

    def _wait(self) -> None:
        """Until a worker has said something, died, or is over its time."""
        busy = [worker for worker in self._workers if worker.task is not None]
        deadlines = [worker.deadline for worker in busy if worker.deadline is not None]
        timeout = max(0.0, min(deadlines) - monotonic()) if deadlines else None
        told = wait([worker.pipe for worker in busy], timeout)
        for worker in busy:
            if worker.pipe in told:
                self._hear(worker)
            elif worker.deadline is not None and monotonic() >= worker.deadline:
                worker.process.kill()
                self._died(worker, stopped=True)

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        if said is None:
            worker.ready = True
            self._set_deadline(worker)
            return
        if isinstance(said, BaseException):
            raise said
        assert worker.task is not None
        results: list[Result] = []
        for result, item in zip(said, worker.task.items, strict=True):
            results.append(dataclasses.replace(result, context=item.context))  # it stayed here: not all can be pickled
        worker.task.results = results
        worker.task, worker.deadline = None, None

    def _died(self, worker: _Worker, *, stopped: bool = False) -> None:
        task = worker.task
        assert task is not None
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        if not worker.ready and not stopped:
            raise PipelineError(
                f"a worker process died with exit code {worker.process.exitcode} while it loaded the pipeline; "
                "run the pipeline without workers to see why"
            )
        if len(task.items) > 1:
            task.parts = [_Task([item]) for item in task.items]
            self._waiting.extend(task.parts)
            return
        task.deaths += 1
        if stopped:
            task.results = [
                self._given_up(task.items[0], f"it took more than {self._seconds:g} seconds and was stopped")
            ]
        elif task.deaths >= TRIES:
            code = worker.process.exitcode
            task.results = [
                self._given_up(task.items[0], f"{TRIES} worker processes died at it, the last with exit code {code}")
            ]
        else:
            self._waiting.append(task)

    def _given_up(self, item: Item, message: str) -> Result:
        from copydesk.pipeline.failures import error_record

        document = item.document
        assert isinstance(document, Document)  # at nothing else can a worker die
        error: CopydeskError
        if "seconds" in message:
            error = LimitError(message, document_id=document.id)
        else:
            error = WorkerError(f"document '{document.id}': {message}", document_id=document.id)
        return Result(document.with_error(error_record(error, document)), (error,), {}, context=item.context)

    def stop(self) -> None:
        for worker in self._workers:
            worker.pipe.close()  # an idle worker ends by itself
            if worker.task is not None:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()


def _work(pipe: Connection) -> None:
    """What a worker does: load the pipeline, say so, and answer batches until nobody asks any more."""
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # before the pipeline's modules are imported
    try:
        pipeline, existing, pass_through = pickle.loads(pipe.recv_bytes())  # noqa: S301  # from our parent process
        lane = _lane(pipeline)
    except EOFError:
        return
    except BaseException as error:  # noqa: BLE001  # the parent raises it
        pipe.send(_portable(error))
        return
    pipe.send(None)
    while True:
        try:
            documents = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            answer: Any = lane(documents, existing, pass_through)
        except KeyboardInterrupt:
            return
        except BaseException as error:  # noqa: BLE001  # the parent raises it
            answer = _portable(error)
        pipe.send(answer)


def _lane(pipeline: Pipeline) -> Any:
    from copydesk.pipeline.batches import Item
    from copydesk.pipeline.lane import Lane

    lane = Lane(pipeline)

    def run(documents: list[Document | DocumentError], existing: Existing, passed: Any) -> list[Result]:
        return lane.run([Item(document) for document in documents], existing=existing, pass_through=passed)

    return run


def _portable(error: BaseException) -> BaseException:
    """The error itself, if it can be pickled; else one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    except Exception:  # noqa: BLE001  # whatever its class does
        return PipelineError(f"{type(error).__name__}: {error}")
    return error
