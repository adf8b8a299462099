"""Where a run writes: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from copydesk.errors import UsageError
from copydesk.run.inputs import partial_path


def check_output(path: Path | None) -> None:
    """Refuse, before any work is done, an output that could not be written.

    Raises:
        UsageError: its folder is missing or cannot be written to, or it is a folder itself.
    """
    if path is None:
        return
    if os.path.isdir(path):  # noqa: PTH112  # Path.is_dir raises at a name too long for a file
        raise UsageError(f"{path} is a folder; name a file to write")
    try:
        path.lstat()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    folder = path.resolve().parent
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder} to write {path.name} to")
    if not os.access(folder, os.W_OK):
        raise UsageError(f"the folder {folder} cannot be written to")


@contextmanager
def open_output(path: Path | None) -> Iterator[IO[str]]:
    """A text stream to write to, UTF-8 with LF line ends.

    A file is written as `NAME.partial` beside its place and renamed at the end, so that whoever looks
    for it never finds half of it; after a failure or an interruption the partial file stays. A path
    that is there and is no regular file (a pipe, a device) is written to directly.
    """
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    partial = partial_output(path)
    if partial is None:
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    with partial.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream
    partial.replace(path.resolve())


def partial_output(path: Path) -> Path | None:
    """Where the output stands until it is whole; None where it is written directly."""
    if path.exists() and not path.is_file():
        return None
    return partial_path(path.resolve() if path.is_symlink() else path)


def abandon_stdout() -> None:
    """Send what is still to be written to standard output nowhere, when nobody can take it any more.

    Otherwise Python would try again at its exit, complain, and change the exit code.
    """
    with suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
