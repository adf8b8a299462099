"""What a class does behind its caller's back: waits, prints, writes to disk, opens connections, starts programs."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from time import perf_counter, thread_time
from typing import Any

_FORBIDDEN = {
    "socket.connect": "opens a connection",
    "subprocess.Popen": "starts a program",
    "os.system": "starts a program",
    "os.remove": "removes a file",
    "os.rename": "renames a file",
    "os.mkdir": "makes a folder",
    "os.rmdir": "removes a folder",
}
_WRITING = frozenset("wax+")

_watching = threading.local()
_installed = False


@contextmanager
def watched() -> Iterator[list[str]]:
    """What the code in the block does that a component must not: a list of things, each once, that fills up."""
    global _installed  # noqa: PLW0603  # Python's audit hooks can be added, and never removed
    if not _installed:
        sys.addaudithook(_note)
        _installed = True
    seen: list[str] = []
    _watching.seen = seen
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            yield seen
    finally:
        _watching.seen = None
        if printed.getvalue():
            # Where results go to standard output as JSON lines, each print is a line that is none.
            seen.append("prints to standard output")


def waits(run: Callable[[], object]) -> bool:
    """Whether a call spends time without working: a few tries count, since others may hold the processor."""
    for _ in range(_TRIES):
        wall, work = perf_counter(), thread_time()
        run()
        worked = thread_time() - work
        if perf_counter() - wall - worked < _IDLE_SECONDS + 2 * worked:
            return False
    return True


_TRIES = 4
_IDLE_SECONDS = 0.01


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    seen: list[str] | None = getattr(_watching, "seen", None)
    if seen is None:
        return
    what = _FORBIDDEN.get(event)
    if event == "open" and len(arguments) > 1 and isinstance(arguments[1], str) and _WRITING & set(arguments[1]):
        what = f"writes to {arguments[0]}"
    if what and what not in seen:
        seen.append(what)
