"""Files of a run, opened and written so that nothing surprises: regular files, whole files, one writer at a time."""

from __future__ import annotations

import gzip
import io
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

from copydesk.errors import UsageError

COMPRESSED = (".gz", ".zst")
"""What is read and written compressed, by the end of its name."""


def format_suffix(path: Path) -> str:
    """The suffix that says what a file holds, lower case: of `a.jsonl.gz` it is `.jsonl`."""
    inner = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    return inner.suffix.lower()


def open_regular(path: Path) -> io.BufferedReader:
    """A regular file, opened to read its bytes as they are.

    Raises:
        OSError: there is none, or it is a pipe, a device or a folder, of which nobody knows the end.
    """
    # Without O_NONBLOCK, opening a named pipe waits for somebody to write to it.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"it is no regular file but {_kind(path)}")
    return os.fdopen(descriptor, "rb")


def _kind(path: Path) -> str:
    for is_kind, name in ((Path.is_dir, "a folder"), (Path.is_fifo, "a named pipe"), (Path.is_socket, "a socket")):
        if is_kind(path):
            return name
    return "a device"


@contextmanager
def open_input(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a regular file, decompressed where its name says that it is compressed.

    Raises:
        OSError: it cannot be opened or decompressed.
    """
    with open_regular(path) as stream:
        suffix = path.suffix.lower()
        if suffix == ".gz":
            with gzip.GzipFile(fileobj=stream) as inner:
                yield cast("IO[bytes]", inner)
        elif suffix == ".zst":
            with _zstandard().ZstdDecompressor().stream_reader(stream, read_across_frames=True) as inner:
                yield io.BufferedReader(cast("io.RawIOBase", inner))
        else:
            yield stream


class Window(io.RawIOBase):
    """A stream that ends where a range of a file ends."""

    def __init__(self, stream: IO[bytes], start: int, end: int) -> None:
        self._stream = stream
        self._left = end - start
        stream.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = self._stream.read(min(len(buffer), self._left))
        buffer[: len(read)] = read
        self._left -= len(read)
        return len(read)


def _zstandard() -> Any:
    try:
        return import_module("zstandard")
    except ImportError:
        raise UsageError("files that end in .zst need the library zstandard: pip install 'copydesk[zstd]'") from None


@contextmanager
def compressed(stream: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """What writes to a stream in the way that a file's name asks for; the same bytes for the same content."""
    suffix = Path(name).suffix.lower()
    if suffix == ".gz":
        with gzip.GzipFile(filename="", fileobj=stream, mode="wb", mtime=0) as outer:
            yield cast("IO[bytes]", outer)
    elif suffix == ".zst":
        with _zstandard().ZstdCompressor().stream_writer(stream, closefd=False) as outer:
            yield outer
    else:
        yield stream


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A new file in the place of `path`, which appears when the block ends well: whole, on the disk, with the old mode.

    It is written under a name that nobody can know before, and removed if the block fails.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with suppress(OSError):  # there is no old one, or it is somebody else's
                os.chmod(temporary, stat.S_IMODE(path.stat().st_mode))  # noqa: PTH101
            yield stream
            to_disk(stream)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    folder_to_disk(path.parent)


def to_disk(stream: IO[bytes]) -> None:
    """Have what was written to a stream on the disk before anything that comes after."""
    stream.flush()
    os.fsync(stream.fileno())


def folder_to_disk(folder: Path) -> None:
    """Have the names in a folder on the disk: without it, a renamed file may be gone after a loss of power."""
    if sys.platform == "win32":
        return  # folders cannot be opened there
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Nobody else writes to what this lock is for while the block runs; it is let go whatever ends the process.

    Args:
        path: the lock's file; it is made and, at the end, removed.
        what: what is locked, for the message.

    Raises:
        UsageError: another run holds it.
    """
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            _lock(descriptor)
        except OSError:
            os.lseek(descriptor, 0, os.SEEK_SET)
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise UsageError(
                f"another run is writing {what} (process {holder}); wait for it, or name another output"
            ) from None
        with suppress(OSError):
            if os.fstat(descriptor).st_ino == path.stat().st_ino:
                break  # else whoever had it has just removed it
        os.close(descriptor)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        # A locked byte cannot be read there by others, who want to say which process holds it: one far behind is locked.
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
