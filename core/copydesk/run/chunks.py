"""Chunks: a run's input, cut so that workers can read it for themselves.

A chunk is some files, or a range of the bytes of one file whose documents are lines. Where the cuts are depends on the
input alone, so that the parts of a run are the same whatever the number of workers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.errors import DocumentError
from copydesk.run.files import COMPRESSED, open_regular
from copydesk.run.inputs import read_inputs, read_range

if TYPE_CHECKING:
    from copydesk.model.document import Document
    from copydesk.run.inputs import Input

CHUNK_BYTES = 1 << 20
"""How much input a chunk has at most, unless a single document is longer."""

CHUNK_FILES = 200
"""How many files a chunk has at most."""

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a run's input.

    Attributes:
        number: from 0, in the order of the input.
        files: what is read, in order; one file, where `end` is given.
        start: the first byte of a range.
        end: the byte after its last; None where the files are read whole.
        line: the 1-based number of its first line.
        size: how many bytes it has.
        fingerprint: digest of what tells that the input is the same: of a range its bytes; of files their names,
            sizes and times.
    """

    number: int
    files: tuple[Input, ...]
    start: int
    end: int | None
    line: int
    size: int
    fingerprint: str

    def documents(self) -> Iterator[Document | DocumentError]:
        """The documents in it, and errors for what cannot be read."""
        if self.end is None:
            return read_inputs(self.files)
        return read_range(self.files[0], self.start, self.end, self.line)


def cut(files: Sequence[Input], chunk_bytes: int = CHUNK_BYTES) -> Iterator[Chunk]:
    """The chunks of an input. Files of lines are read once for it, to find where lines end.

    Raises:
        OSError: a file cannot be read.
    """
    number = 0
    group: list[tuple[Input, int, str]] = []
    held = 0
    for file in files:
        assert file.path is not None, "standard input cannot be read by workers"
        if file.reader.splits_at_lines and file.path.suffix.lower() not in COMPRESSED:
            if group:
                yield _group(number, group)
                number, group, held = number + 1, [], 0
            for start, end, line, fingerprint in _ranges(file.path, chunk_bytes):
                yield Chunk(number, (file,), start, end, line, end - start, fingerprint)
                number += 1
            continue
        size, about = _state(file.path)
        if group and (held + size > chunk_bytes or len(group) >= CHUNK_FILES):
            yield _group(number, group)
            number, group, held = number + 1, [], 0
        group.append((file, size, about))
        held += size
    if group:
        yield _group(number, group)


def _group(number: int, group: Sequence[tuple[Input, int, str]]) -> Chunk:
    digest = hashlib.sha256("\n".join(f"{file.id}\t{about}" for file, _, about in group).encode()).hexdigest()
    return Chunk(number, tuple(file for file, _, _ in group), 0, None, 1, sum(size for _, size, _ in group), digest)


def _state(path: Path) -> tuple[int, str]:
    """Size, and what tells whether a file is as it was; one that cannot be read is the error of its document."""
    try:
        state = path.stat()
    except OSError as error:
        return 0, error.strerror or "gone"
    return state.st_size, f"{state.st_size} {state.st_mtime_ns}"


def _ranges(path: Path, most: int) -> Iterator[tuple[int, int, int, str]]:
    """Start, end, number of the first line and digest of ranges of whole lines."""
    with open_regular(path) as stream:
        start = position = 0
        line = first = 1
        digest = hashlib.sha256()
        while block := stream.read(BLOCK):
            here = 0
            while here < len(block):
                # The range ends at the first line end once it is long enough.
                least = max(here, start + most - position - 1)
                cut_at = block.find(b"\n", least) + 1 if least < len(block) else 0
                piece = block[here : cut_at or len(block)]
                digest.update(piece)
                line += piece.count(b"\n")
                here += len(piece)
                if cut_at:
                    yield start, position + here, first, digest.hexdigest()
                    start, first, digest = position + here, line, hashlib.sha256()
            position += len(block)
        if position > start:
            yield start, position, first, digest.hexdigest()
