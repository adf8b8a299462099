"""Lanes of a runtime: who waits for one, and who has one.

A lane is used by one thread at a time. A short text does not wait behind a long one: of several lanes, one is always
left to short texts. Who waits holds no thread, so that a thousand may wait in an event loop.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from copydesk.errors import PipelineError, UsageError
from copydesk.pipeline.forking import at_work, held_at_forks
from copydesk.pipeline.lane import Lane
from copydesk.pipeline.value import PipelineValue

T = TypeVar("T")

LONG_CHARS = 20_000
"""A text of more code points is a long one, which must leave a lane to others: it takes half a second or more."""


@dataclass(eq=False, slots=True)
class _Ticket:
    """A place in the queue of those who wait for a lane.

    Attributes:
        called: what is done, in any thread, when its turn comes.
        has_turn: whether a lane is its own now.
        lane: the one that it is given; None where a new one is to be made.
    """

    is_long: bool
    called: Callable[[_Ticket], object]
    has_turn: bool = False
    lane: Lane | None = None


class Lanes:
    """The lanes of a runtime.

    Args:
        pipeline: what they run.
        most: how many there may be. The first is made here, the others when they are needed.
    """

    def __init__(self, pipeline: PipelineValue, most: int) -> None:
        self._pipeline = pipeline
        self._most = most
        self._all = [Lane(pipeline)]
        self._free = list(self._all)
        self._busy: dict[int, tuple[Lane, bool]] = {}
        """By the thread that uses it; and whether its text is a long one."""
        self._count = 1
        """Of lanes, those that are being made included."""
        self._long = 0
        self._waiting: list[_Ticket] = []
        """Who waits, in the order of coming; without it, who just gave a lane back would take it again."""
        self._closed = False
        self._threads: ThreadPoolExecutor | None = None
        self._changed = threading.Condition()
        held_at_forks(self)

    def run(self, work: Callable[[Lane], T], chars: int) -> T:
        """Work on a batch with so much text, in the calling thread."""
        turn = threading.Event()
        ticket = self._queue(chars, lambda _ticket: turn.set())
        try:
            turn.wait()
        except BaseException:  # an interrupt
            self._leave(ticket)
            raise
        return self._work(ticket, work)

    def submit(self, work: Callable[[Lane], T], chars: int) -> Future[T]:
        """The same in a thread of our own. What has begun is finished; what waits can be cancelled."""
        future: Future[T] = Future()

        def begin(ticket: _Ticket) -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = self._work(ticket, work)
            except BaseException as error:  # noqa: BLE001  # it is raised where it is waited for
                future.set_exception(error)
            else:
                future.set_result(result)

        def called(ticket: _Ticket) -> None:
            # As many threads as lanes: who is called has a lane, and so a thread.
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self._most, thread_name_prefix="copydesk lane")
            self._threads.submit(begin, ticket)

        ticket = self._queue(chars, called)
        future.add_done_callback(lambda done: self._leave(ticket) if done.cancelled() else None)
        return future

    def close(self) -> None:
        """Wait for running documents, and close the components."""
        with self._changed:
            self._closed = True
            waiting, self._waiting = self._waiting, []
            for ticket in waiting:
                ticket.called(ticket)
            self._changed.wait_for(lambda: not self._busy and len(self._free) == self._count)
            lanes, self._all, self._free, self._count = self._all, [], [], 0
            threads, self._threads = self._threads, None
        for lane in lanes:
            lane.close()
        if threads is not None:
            threads.shutdown(wait=False)

    # The queue

    def _queue(self, chars: int, called: Callable[[_Ticket], object]) -> _Ticket:
        ticket = _Ticket(chars > LONG_CHARS and self._most > 1, called)
        with self._changed:
            if threading.get_ident() in self._busy:
                raise UsageError("a component called the pipeline that it is a step of")
            if self._closed:
                raise _closed()
            self._waiting.append(ticket)
            self._call()
        return ticket

    def _call(self) -> None:
        """Call all for whom there is room: a short text passes a long one that has to wait."""
        while ticket := next((one for one in self._waiting if self._has_room(one.is_long)), None):
            self._waiting.remove(ticket)
            ticket.has_turn = True
            self._long += ticket.is_long
            if self._free:
                ticket.lane = self._free.pop()
            else:
                self._count += 1  # made by who is called, so that others need not wait for it
            ticket.called(ticket)

    def _has_room(self, is_long: bool) -> bool:
        if is_long and self._long >= self._most - 1:
            return False
        return bool(self._free) or self._count < self._most

    def _leave(self, ticket: _Ticket) -> None:
        """Give up a place in the queue, or the lane that came of it."""
        with self._changed:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            elif ticket.has_turn:
                self._give_back(ticket)

    def _give_back(self, ticket: _Ticket) -> None:
        ticket.has_turn = False
        self._long -= ticket.is_long
        if ticket.lane is None:
            self._count -= 1  # it could not be made
        else:
            self._free.append(ticket.lane)
        self._call()
        self._changed.notify_all()

    def _work(self, ticket: _Ticket, work: Callable[[Lane], T]) -> T:
        own = threading.get_ident()
        try:
            with at_work():
                if not ticket.has_turn:
                    raise _closed()
                if ticket.lane is None:
                    lane = Lane(self._pipeline)
                    with self._changed:
                        ticket.lane = lane
                        self._all.append(lane)
                with self._changed:
                    self._busy[own] = (ticket.lane, ticket.is_long)
                try:
                    return work(ticket.lane)
                finally:
                    with self._changed:
                        del self._busy[own]
        finally:
            self._leave(ticket)

    # A fork: nobody is at work but the thread that forks. Who was called and has not begun is not in the child.

    def before_fork(self) -> None:
        """No thread is in the middle of a change."""
        self._changed.acquire()

    def after_fork_in_parent(self) -> None:
        """Go on."""
        self._changed.release()

    def after_fork_in_child(self) -> None:
        """Go on with the lanes; their components are set up anew."""
        own = threading.get_ident()
        self._changed = threading.Condition()
        self._threads = None
        self._waiting = []
        self._busy = {thread: busy for thread, busy in self._busy.items() if thread == own}
        used = [lane for lane, _ in self._busy.values()]
        self._free = [lane for lane in self._all if lane not in used]
        self._count = len(self._all)
        self._long = sum(is_long for _, is_long in self._busy.values())
        for lane in self._all:
            lane.forked = True


def _closed() -> PipelineError:
    return PipelineError("this runtime is closed; open the pipeline again")
