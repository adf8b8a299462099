"""Where a run writes: standard output, or a file or folder that appears only when it is whole."""

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


def is_folder(name: str) -> bool:
    """Whether an output's name means a folder: it ends in a separator, or one is there."""
    return name.endswith(("/", os.sep)) or os.path.isdir(name)  # noqa: PTH112  # Path.is_dir raises at a long name


def check_output(path: Path | None, *, folder: bool = False) -> None:
    """Refuse, before any work is done, an output that could not be written.

    Args:
        path: None for standard output.
        folder: whether it is to be a folder, which must be new or empty: a run overwrites nothing there.

    Raises:
        UsageError: the folder that it is in is missing or cannot be written to, or it is there and not empty.
    """
    if path is None:
        return
    if not folder and os.path.isdir(path):  # noqa: PTH112  # Path.is_dir raises at a name too long for a file
        raise UsageError(f"{path} is a folder; name a file to write")
    try:
        path.lstat()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    parent = path.resolve().parent
    if not parent.is_dir():
        raise UsageError(f"there is no folder {parent} to write {path.name} to")
    if not os.access(parent, os.W_OK):
        raise UsageError(f"the folder {parent} cannot be written to")
    if folder:
        _check_new(path.resolve())


def _check_new(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is no folder; name a new one")
    if path.is_dir() and any(path.iterdir()):
        raise UsageError(f"the folder {path} is not empty, and nothing in it will be overwritten; name a new one")
    if os.path.lexists(partial_path(path)):
        raise UsageError(f"{partial_path(path)} is there, of a run that was stopped; remove it, or name another folder")


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


@contextmanager
def open_folder(path: Path, index: str) -> Iterator[tuple[IO[str], Path]]:
    """A stream for the index of a new folder, and the folder as it is called until it is whole.

    Everything is written to `NAME.partial`, which is renamed at the end, as `open_output` does with a file.

    Raises:
        UsageError: as `check_output`.
    """
    path = path.resolve()
    _check_new(path)
    partial = partial_path(path)
    partial.mkdir()
    with (partial / index).open("x", encoding="utf-8", newline="\n") as stream:
        yield stream, partial
    if path.is_dir():
        path.rmdir()  # it was empty; were it so no more, this would refuse
    partial.rename(path)


def partial_output(path: Path, *, folder: bool = False) -> Path | None:
    """Where the output stands until it is whole; None where it is written directly."""
    if path.exists() and not path.is_file() and not folder:
        return None
    return partial_path(path.resolve() if path.is_symlink() else path)


def abandon_stdout() -> None:
    """Send what is still to be written to standard output nowhere, when nobody can take it any more.

    Otherwise Python would try again at its exit, complain, and change the exit code.
    """
    with suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
