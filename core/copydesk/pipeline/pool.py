"""Pool: worker processes under supervision. One may die, or be stopped; what it worked at is done all the same.

A pool of our own, since those of the standard library hang or break when a worker is killed. Each worker has a pipe to
itself and shares no lock with anybody, so whatever is killed, and whenever, costs its own job and nothing else.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Generic, TypeVar

from copydesk.errors import PipelineError
from copydesk.log import LOGGER

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

T = TypeVar("T")
J = TypeVar("J", bound="Job[Any]")

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Linear algebra gets one thread in a worker: several burn time and gain nothing on sentences."""

MOST_UNREADY = {-9: 20}
"""So many workers in a row may die while they load the pipeline, by exit code: somebody may be killing them."""

Say = Callable[[int], None]
"""What a worker calls before each step of a job that may take its seconds: with how far it is."""

Handler = Callable[[Any, Say], Any]
"""What answers a message in a worker."""

Setup = Callable[[], tuple[Handler, Any]]
"""What a worker calls first: it gives the handler, and something to say of it. It is pickled."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a worker ended in the middle of a job.

    Attributes:
        at: how far it was, as it last said; None before it said anything.
        code: the exit code of its process, negative for a signal.
        limit: the seconds over which it was stopped; None where it died by itself.
    """

    at: int | None
    code: int | None
    limit: float | None


class Job(ABC, Generic[T]):
    """A piece of work.

    Attributes:
        answer: what came of it; None until it is done.
    """

    answer: T | None = None

    @abstractmethod
    def message(self) -> Any:
        """What a worker is given of it."""

    @abstractmethod
    def answered(self, answer: Any) -> None:
        """Take what a worker answered."""

    @abstractmethod
    def died(self, death: Death) -> Sequence[Job[T]]:
        """What is to be done in its place after a worker died at it: itself again, or parts of it, or nothing more."""

    def seconds(self, limit: float) -> float:
        """How long a worker may take from one word to the next, if a document may take `limit` seconds."""
        return limit

    def done(self) -> T | None:
        """The answer, if all of it is done."""
        return self.answer


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    job: Job[Any] | None = None
    at: int | None = None
    deadline: float | None = None
    ready: bool = False
    about: Any = None


class Pool(Generic[J]):
    """Worker processes, started when there is work for them.

    Args:
        setup: what each worker calls first.
        workers: how many there are at most.
        limit: seconds that a document may take; None for any time.
        ordered: whether jobs come out in their order, or as they are done.

    Raises:
        PipelineError: `setup` cannot be sent to another process, or a worker died in it.
    """

    def __init__(
        self,
        setup: Setup,
        workers: int,
        *,
        limit: float | None = None,
        ordered: bool = True,
    ) -> None:
        self._setup = pickle.dumps(setup)
        self._most = workers
        self._limit = limit
        self._ordered = ordered
        self._workers: list[_Worker] = []
        self._again: deque[Job[Any]] = deque()
        """What is to be tried again; it goes first."""
        self._unready = 0

    def start(self) -> Any:
        """Start a worker, wait until it is set up, and return what it says of itself."""
        while True:
            worker = self._idle()
            assert worker is not None
            while worker in self._workers and not worker.ready:
                self._hear(worker)
            if worker.ready:
                return worker.about

    def run(self, jobs: Iterator[J]) -> Iterator[J]:
        """The jobs, done. They are taken from their iterator as workers are free for them, and not sooner.

        Whatever a handler or `setup` raises in a worker is raised here.
        """
        pending: deque[J] = deque()
        exhausted = False
        while True:
            self._hear_all(timeout=0)  # the next job may be long in coming
            yield from self._finished(pending)
            if exhausted and not pending:
                return
            if self._again and (worker := self._idle()):
                self._give(worker, self._again.popleft())
            # Some more than there are workers, so that none waits while the first in line is a slow one.
            elif not exhausted and len(pending) < 2 * self._most and self._has_room():
                job = next(jobs, None)
                if job is None:
                    exhausted = True
                    continue
                pending.append(job)
                worker = self._idle()
                assert worker is not None
                self._give(worker, job)
            else:
                self._hear_all(timeout=None)

    def _finished(self, pending: deque[J]) -> Iterator[J]:
        if self._ordered:
            while pending and pending[0].done() is not None:
                yield pending.popleft()
            return
        done = [job for job in pending if job.done() is not None]
        for job in done:
            pending.remove(job)
        yield from done

    def _has_room(self) -> bool:
        return len(self._workers) < self._most or any(worker.job is None for worker in self._workers)

    def _idle(self) -> _Worker | None:
        for worker in self._workers:
            if worker.job is None:
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
        before = {name: os.environ.get(name) for name in ONE_THREAD}
        os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # the child may import numpy with the main module
        try:
            process.start()
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
        theirs.close()
        try:
            ours.send_bytes(self._setup)
        except OSError as error:
            raise PipelineError(f"a worker process cannot be started: {error}") from error
        return _Worker(process, ours)

    def _give(self, worker: _Worker, job: Job[Any]) -> None:
        message = job.message()
        worker.job, worker.at = job, None
        self._set_deadline(worker)
        try:
            worker.pipe.send(message)
        except OSError:
            self._died(worker)

    def _set_deadline(self, worker: _Worker) -> None:
        # Until the model is loaded, nobody's seconds count.
        if worker.job is not None and worker.ready and self._limit is not None:
            worker.deadline = monotonic() + worker.job.seconds(self._limit)

    def _hear_all(self, timeout: float | None) -> None:
        """Until a worker has said something, died, or is over its time; or until `timeout`."""
        busy = [worker for worker in self._workers if worker.job is not None]
        if not busy:
            return
        deadlines = [worker.deadline for worker in busy if worker.deadline is not None]
        if timeout is None and deadlines:
            timeout = max(0.0, min(deadlines) - monotonic())
        told = wait([worker.pipe for worker in busy], timeout)
        for worker in busy:
            if worker.pipe in told:
                self._hear(worker)
            elif worker.deadline is not None and monotonic() >= worker.deadline:
                self._died(worker, stopped=True)

    def _hear(self, worker: _Worker) -> None:
        try:
            kind, said = worker.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            self._died(worker)
            return
        match kind:
            case "ready":
                worker.ready, worker.about = True, said
                self._unready = 0
                self._set_deadline(worker)
            case "at":
                worker.at = said
                self._set_deadline(worker)
            case "raised":
                raise said
            case _:
                job = worker.job
                assert job is not None
                worker.job = worker.deadline = None
                job.answered(said)

    def _died(self, worker: _Worker, *, stopped: bool = False) -> None:
        job = worker.job
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        code = worker.process.exitcode
        LOGGER.warning(
            "worker process %s %s",
            worker.process.pid,
            "was over its time" if stopped else f"died with exit code {code}",
        )
        if worker.ready:
            assert job is not None
            self._again.extend(job.died(Death(worker.at, code, self._limit if stopped else None)))
            return
        # It died before it could begin: killed by somebody, which is no fault of the job, or by what it loads.
        self._unready += 1
        if self._unready >= MOST_UNREADY.get(code or 0, 3):
            raise PipelineError(
                f"{self._unready} worker processes in a row died while they loaded the pipeline, the last with exit "
                f"code {code}; run the pipeline without workers to see why"
            )
        if job is not None:
            self._again.append(job)

    def stop(self) -> None:
        """End all workers, whatever they do."""
        for worker in self._workers:
            worker.pipe.close()  # an idle worker ends by itself
            if worker.job is not None or not worker.ready:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()


def _work(pipe: Connection) -> None:
    """What a worker does: set up, say so, and answer messages until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    with suppress(EOFError, ConnectionError):  # nobody asks any more
        setup = pipe.recv_bytes()
        said, handler = _set_up(setup)
        pipe.send(said)
        while handler is not None:
            pipe.send(_answer(handler, pipe.recv(), pipe))


def _set_up(setup: bytes) -> tuple[tuple[str, Any], Handler | None]:
    try:
        handler, about = pickle.loads(setup)()  # noqa: S301  # from our parent process
    except BaseException as error:  # noqa: BLE001  # the parent raises it
        return ("raised", portable(error)), None
    return ("ready", about), handler


def _answer(handler: Handler, message: Any, pipe: Connection) -> tuple[str, Any]:
    def say(at: int) -> None:
        pipe.send(("at", at))

    try:
        return "done", handler(message, say)
    except ConnectionError:
        raise  # the parent has gone
    except BaseException as error:  # noqa: BLE001  # the parent raises it
        return "raised", portable(error)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def portable(error: BaseException) -> BaseException:
    """The error itself, if it can be pickled; else one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    except Exception:  # noqa: BLE001  # whatever its class does
        return PipelineError(f"{type(error).__name__}: {error}")
    return error
