"""A file that is read again when it has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from copydesk.errors import UsageError

T = TypeVar("T")


class Watched(Generic[T]):
    """What a file holds.

    Args:
        path: where it is.
        read: reads it; raises UsageError where it cannot.
    """

    def __init__(self, path: Path, read: Callable[[Path], T]) -> None:
        self._path = path
        self._read = read
        self._stamp: object = self  # no stamp of a file is this
        self._content: T | None = None
        self.fault: str | None = None
        """Why it could not be read, when it was last asked for."""

    def now(self) -> T | None:
        """What it holds; None where it cannot be read."""
        stamp = stamp_of(self._path)
        if stamp != self._stamp:
            self._stamp, self._content, self.fault = stamp, None, None
            try:
                self._content = self._read(self._path)
            except (UsageError, ValueError) as error:  # ValueError: a name that no file could have
                self.fault = str(error)
        return self._content


def stamp_of(path: Path) -> tuple[int, int] | None:
    """What changes when a file does; None where there is no such file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size
