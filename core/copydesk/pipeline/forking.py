"""Forks: one waits for pipelines that are opening and for documents that are worked on, or the child would find locks
that nobody in it will ever release.

All work goes on inside `at_work`. Work inside other work, of the same thread, is never kept waiting: the fork waits for
the outer one.
"""

from __future__ import annotations

# Its own hook holds a lock that work may need. Hooks run last come, first served: imported here, it takes the lock once
# all work is done.
import concurrent.futures.thread  # noqa: F401
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from weakref import WeakSet

from copydesk.errors import UsageError


class Forked(Protocol):
    """What holds a lock: taken for the fork, and new in the child."""

    def before_fork(self) -> None: ...
    def after_fork_in_parent(self) -> None: ...
    def after_fork_in_child(self) -> None: ...


class _Work:
    """Who is at work in this process, and what each does alone."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.threads: dict[int, int] = {}
        """How deep each thread is in work."""
        self.alone: dict[int, int] = {}
        """Which thread does what only one may do at a time."""
        self.forks = 0
        """How many threads wait to fork: no other thread begins work before they have."""
        self.holders: WeakSet[Forked] = WeakSet()
        self.held: list[Forked] = []


_WORK = _Work()


@contextmanager
def at_work(alone: object = None) -> Iterator[None]:
    """Around work that a fork waits for.

    Args:
        alone: what only one thread may work on at a time, by identity; others wait.

    Raises:
        UsageError: the thread is at work on this one already.
    """
    work, own = _WORK, threading.get_ident()
    key = id(alone)
    with work.changed:
        if alone is not None and work.alone.get(key) == own:
            raise UsageError("a component called the pipeline that it is a step of")
        work.changed.wait_for(
            lambda: (not work.forks or own in work.threads) and (alone is None or key not in work.alone)
        )
        work.threads[own] = work.threads.get(own, 0) + 1
        if alone is not None:
            work.alone[key] = own
    try:
        yield
    finally:
        with work.changed:
            work.threads[own] -= 1
            if not work.threads[own]:
                del work.threads[own]
            if alone is not None:
                del work.alone[key]
            work.changed.notify_all()


def held_at_forks(holder: Forked) -> None:
    """Have a fork take the lock of this, as long as it is in use."""
    with _WORK.changed:
        _WORK.holders.add(holder)


def _before() -> None:
    work, own = _WORK, threading.get_ident()
    work.changed.acquire()
    work.forks += 1
    # The calling thread may be at work itself, where a component forks; it cannot be waited for.
    work.changed.wait_for(lambda: not work.threads.keys() - {own})
    work.held = list(work.holders)
    for holder in work.held:
        holder.before_fork()


def _after_in_parent() -> None:
    work = _WORK
    for holder in work.held:
        holder.after_fork_in_parent()
    work.held = []
    work.forks -= 1
    work.changed.notify_all()
    work.changed.release()


def _after_in_child() -> None:
    # The threads of the parent are not here, but for the one that forked.
    work, own = _WORK, threading.get_ident()
    work.changed = threading.Condition()
    work.forks = 0
    work.alone = {key: thread for key, thread in work.alone.items() if thread == own}
    for holder in work.held:
        holder.after_fork_in_child()
    work.held = []


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before, after_in_parent=_after_in_parent, after_in_child=_after_in_child)
