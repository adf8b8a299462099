"""Reader: an input format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, ClassVar

from copydesk.errors import DocumentError
from copydesk.model.document import Document
from copydesk.plugins.config import C_co, Configured


@dataclass(frozen=True, slots=True)
class Source:
    """One input: an open file or standard input.

    Attributes:
        stream: its bytes, at the beginning.
        id: names it in ids and reports: the path relative to the folder that was given.
        path: as people know it, for error messages.
        first_line: the number of the line that the stream begins with, where it is a part of a file.
    """

    stream: IO[bytes]
    id: str
    path: str
    first_line: int = 1


class Reader(Configured[C_co], ABC):
    """An input format. Text is cleaned here or nowhere: components never change it.

    Class attributes:
        name: what `--from` calls it.
        api: the version of this interface that it was written for.
        suffixes: the file names it is for, such as (".txt",).
        provides: names of layers that its documents may bring; a pipeline that counts on them says so in `given:`.
        splits_at_lines: whether each line is a document by itself, so that several workers can read one file.
    """

    suffixes: ClassVar[tuple[str, ...]] = ()
    provides: ClassVar[tuple[str, ...]] = ()
    splits_at_lines: ClassVar[bool] = False

    @abstractmethod
    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        """The documents of a source, one after another.

        A document that cannot be read is given as a `DocumentError` in its place, with path and
        line, and reading goes on after it.
        """
