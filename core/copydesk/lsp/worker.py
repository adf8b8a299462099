"""A thread for what takes long, so that the loop of the protocol never waits."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class Worker:
    """One thread that does one thing after another. It is a daemon: an analysis never keeps a closed editor's server."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="copydesk", daemon=True).start()

    def _run(self) -> None:
        while True:
            self._jobs.get()()

    async def do(self, work: Callable[[], T]) -> T:
        """What `work` gives, or raises, when its turn has come."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def settle(method: Callable[[Any], None], value: object) -> None:
            if not future.done():
                method(value)

        def job() -> None:
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001  # whatever a plugin raises, SystemExit too, goes to who waits
                outcome: tuple[Callable[[Any], None], object] = (
                    future.set_exception,
                    error if isinstance(error, Exception) else RuntimeError(f"{type(error).__name__}: {error}"),
                )
            else:
                outcome = (future.set_result, result)
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle, *outcome)

        self._jobs.put(job)
        return await future
