"""Reader: an input format."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, ClassVar

from copydesk.errors import DocumentError
from copydesk.model.document import Document
from copydesk.plugins.config import C_co, Configured

_LOGGER = logging.getLogger("copydesk.input")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: an open file or standard input.

    Attributes:
        stream: its bytes, at the beginning.
        id: names it in ids and reports: the path relative to the folder that was given.
        path: as people know it, for error messages.
        first_line: the number of the line that the stream begins with, where it is a part of a file.
        known: what the user says of its texts, by names of metadata: for those that do not say it themselves.
        warn: is told what the user should know of an input that is read all the same; what is said twice is shown once.
    """

    stream: IO[bytes]
    id: str
    path: str
    first_line: int = 1
    known: Mapping[str, str] = field(default_factory=dict)
    warn: Callable[[str], None] = _LOGGER.warning


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
