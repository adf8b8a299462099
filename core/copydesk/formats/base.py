"""What a reader and a writer are: the two ends of a run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, ClassVar

from copydesk.document import Document
from copydesk.errors import DocumentError

if TYPE_CHECKING:
    from copydesk.pipeline.result import Result


@dataclass(frozen=True, slots=True)
class Source:
    """One input: an open file or standard input.

    Attributes:
        stream: its bytes, at the beginning.
        id: names it in ids and reports: the path relative to the folder that was given.
        path: as people know it, for error messages.
    """

    stream: IO[bytes]
    id: str
    path: str


class Reader(ABC):
    """An input format. Text is cleaned here or nowhere: components never change it.

    Class attributes:
        name: what `--from` calls it.
        suffixes: the file names it is for, such as (".txt",).
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        """The documents of a source, one after another.

        A document that cannot be read is given as a `DocumentError` in its place, with path and
        line, and reading goes on after it.
        """


class Writer(ABC):
    """An output format. `start`, then `write` for each document in order, then `finish`.

    Class attributes:
        name: what `--to` calls it.
        suffixes: the output file names that choose it.
        in_folder: what writes this format to a folder, where that can be done.

    Args:
        stream: where to write; it is the caller's to close.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = ()
    in_folder: ClassVar[type[FolderWriter] | None] = None

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream

    def start(self) -> None:  # noqa: B027  # optional to override
        """Write what comes before the first document."""

    @abstractmethod
    def write(self, result: Result) -> None:
        """Write one document, with its errors if it has any."""

    def finish(self) -> None:  # noqa: B027  # optional to override
        """Write what comes after the last document."""


class FolderWriter(Writer):
    """An output format that is a folder: a file for each document, and an index of them.

    Class attributes:
        index: the name of the index's file.

    Args:
        stream: where to write the index.
        folder: a new folder, to write the documents' files to.
    """

    index: ClassVar[str]

    def __init__(self, stream: IO[str], folder: Path) -> None:
        super().__init__(stream)
        self.folder = folder
