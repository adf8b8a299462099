"""RayPool: chunks done by the workers of a Ray cluster, over a folder that all of its nodes share.

It does what `Pool` does with local processes: the same function on the same chunks, the same commit records. A worker
or a node may die; what it worked at is done again. How far a worker is it writes to a small file beside the parts,
since a task of Ray's says nothing before its end.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from copydesk.errors import UsageError
from copydesk.pipeline.pool import Death, Job, portable
from copydesk.run.parts import FOLDER

if TYPE_CHECKING:
    from copydesk.run.chunk_work import ChunkWork, Order
    from copydesk.run.parts import Commit

LOOK_EVERY = 0.5
"""Seconds between two looks at who is done, and who is over its time."""

_HANDLERS: dict[str, tuple[Any, Any]] = {}
"""What this process has loaded, by run; a worker of Ray's does many chunks."""


class RayPool:
    """Workers of a Ray cluster.

    Args:
        work: what each is set up with.
        workers: how many chunks are done at once.
        limit: seconds that a document may take; None for any time.
        address: of the cluster; None for the one of the environment (RAY_ADDRESS), or one on this machine.

    Raises:
        UsageError: Ray is not installed.
    """

    def __init__(self, work: ChunkWork, workers: int, *, limit: float | None, address: str | None = None) -> None:
        try:
            self._ray: Any = import_module("ray")
        except ImportError:
            raise UsageError("--engine ray needs Ray: pip install 'copydesk[ray]'") from None
        self._work = work
        self._most = workers
        self._limit = limit
        self._running: dict[Any, Job[Commit]] = {}
        self._heard: dict[Any, tuple[int | None, float]] = {}
        """How far each task is, and since when."""
        self._again: deque[Job[Commit]] = deque()
        self._began = not self._ray.is_initialized()
        if self._began:
            self._ray.init(address=address, log_to_driver=False, logging_level="ERROR", include_dashboard=False)
        self._do = self._ray.remote(num_cpus=1, max_retries=0)(_do)
        self._shared = self._ray.put(work)

    def start(self) -> Any:
        """Set up a worker, and return what it says of itself."""
        while True:
            try:
                kind, said = self._ray.get(self._do.remote(self._shared, self._work.token, None))
            except self._died_errors():
                continue
            if kind == "raised":
                raise said
            return said

    def run(self, jobs: Iterator[Job[Commit]]) -> Iterator[Job[Commit]]:
        """The jobs, as they are done."""
        exhausted = False
        while True:
            while len(self._running) < self._most:
                job = self._again.popleft() if self._again else None if exhausted else next(jobs, None)
                if job is None:
                    exhausted = True
                    break
                self._begin(job)
            if not self._running:
                return
            done, _ = self._ray.wait(list(self._running), timeout=LOOK_EVERY)
            for task in done:
                if job := self._ended(task):
                    yield job
            self._stop_late()

    def _begin(self, job: Job[Commit]) -> None:
        order = job.message()
        with suppress(FileNotFoundError):
            self._heartbeat(order).unlink()
        task = self._do.remote(self._shared, self._work.token, order)
        self._running[task] = job
        self._heard[task] = (None, monotonic())

    def _ended(self, task: Any, limit: float | None = None) -> Job[Commit] | None:
        job = self._running.pop(task)
        del self._heard[task]
        try:
            kind, said = self._ray.get(task)
        except self._died_errors():
            self._again.extend(job.died(Death(self._at(job.message()), None, limit)))
            return None
        if kind == "raised":
            raise said
        job.answered(said)
        with suppress(FileNotFoundError):
            self._heartbeat(job.message()).unlink()
        return job

    def _stop_late(self) -> None:
        if self._limit is None:
            return
        for task, (at, since) in list(self._heard.items()):
            job = self._running[task]
            now = self._at(job.message())
            if now != at:
                self._heard[task] = (now, monotonic())
            elif at is not None and monotonic() - since > job.seconds(self._limit):
                self._ray.cancel(task, force=True)
                self._ray.wait([task], timeout=10)
                self._ended(task, self._limit)

    def _heartbeat(self, order: Order) -> Path:
        return heartbeat(self._work.folder, order.chunk.number, self._work.token)

    def _at(self, order: Order) -> int | None:
        try:
            return int(self._heartbeat(order).read_text())
        except (OSError, ValueError):
            return None

    def _died_errors(self) -> tuple[type[Exception], ...]:
        errors = self._ray.exceptions
        return (errors.WorkerCrashedError, errors.NodeDiedError, errors.TaskCancelledError, errors.OutOfMemoryError,
                errors.ObjectLostError, errors.LocalRayletDiedError)  # fmt: skip

    def stop(self) -> None:
        """End what is still being done."""
        for task in self._running:
            self._ray.cancel(task, force=True)
        self._running.clear()
        if self._began:
            self._ray.shutdown()


def heartbeat(folder: Path, number: int, token: str) -> Path:
    """The file in which a worker says how far it is with a chunk."""
    return folder / FOLDER / f".part-{number:05}.{token}.at"


def _do(work: ChunkWork, token: str, order: Order | None) -> tuple[str, Any]:
    """What a worker of Ray's does: set up, once, and then a chunk."""
    try:
        if token not in _HANDLERS:
            _HANDLERS.clear()
            _HANDLERS[token] = work()
        handler, about = _HANDLERS[token]
        if order is None:
            return "ready", about
        path = heartbeat(work.folder, order.chunk.number, token)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o644)
        try:
            return "done", handler(order, lambda at: _say(descriptor, at))
        finally:
            os.close(descriptor)
    except Exception as error:  # noqa: BLE001  # the driver raises it
        return "raised", portable(error)


def _say(descriptor: int, at: int) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)  # and no pwrite, which not all systems have
    os.write(descriptor, f"{at:012}".encode())
