"""Where a run writes: standard output, or a file or folder that appears only when it is whole."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from copydesk.errors import UsageError
from copydesk.run.files import compressed, folder_to_disk, locked, to_disk
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
def open_output(path: Path | None, *, append_at: int | None = None, binary: bool = False) -> Iterator[IO[Any]]:
    """A stream to write to, of text (UTF-8 with LF line ends) or bytes, compressed where the name ends in .gz or .zst.

    A file is written as `NAME.partial` beside its place and renamed at the end, so that whoever looks
    for it never finds half of it; after a failure or an interruption the partial file stays. A path
    that is there and is no regular file (a pipe, a device) is written to directly.

    Args:
        path: None for standard output.
        append_at: go on with the partial file that is there, after so many bytes.
        binary: whether bytes are written.

    Raises:
        UsageError: another run is writing it.
    """
    if path is None:
        yield sys.stdout.buffer if binary else sys.stdout
        sys.stdout.flush()
        return
    partial = partial_output(path)
    if partial is None:
        with path.open("wb") if binary else path.open("w", encoding="utf-8", newline="\n") as direct:
            yield direct
        return
    target = path.resolve()
    with locked(target.with_name(f".{target.name}.lock"), str(path)):
        with _opened(partial, append_at) as raw:
            with compressed(raw, target.name) as inner:
                stream: IO[Any] = inner if binary else io.TextIOWrapper(inner, encoding="utf-8", newline="\n")
                try:
                    yield stream
                finally:
                    stream.flush()  # after a failure too: what was done is kept
                    if isinstance(stream, io.TextIOWrapper):
                        stream.detach()  # else it would close what is still to be brought to the disk
            to_disk(raw)
        with suppress(OSError):  # there is no old one
            partial.chmod(stat.S_IMODE(target.stat().st_mode))
        partial.replace(target)
        folder_to_disk(target.parent)


def _opened(partial: Path, append_at: int | None) -> IO[bytes]:
    """A new file, whatever stood there under that name before; a link there is never followed."""
    no_follow = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    if append_at is not None:
        descriptor = os.open(partial, os.O_WRONLY | no_follow)
        os.ftruncate(descriptor, append_at)
        os.lseek(descriptor, append_at, os.SEEK_SET)
        return os.fdopen(descriptor, "wb")
    with suppress(FileNotFoundError):
        partial.unlink()
    return os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | no_follow, 0o666), "wb")


@contextmanager
def open_folder(path: Path, index: str, *, binary: bool = False) -> Iterator[tuple[IO[Any], Path]]:
    """A stream for the index of a new folder, and the folder as it is called until it is whole.

    Everything is written to `NAME.partial`, which is renamed at the end, as `open_output` does with a file.

    Raises:
        UsageError: as `check_output`.
    """
    path = path.resolve()
    _check_new(path)
    partial = partial_path(path)
    partial.mkdir()
    file = partial / index
    with file.open("xb") if binary else file.open("x", encoding="utf-8", newline="\n") as stream:
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
