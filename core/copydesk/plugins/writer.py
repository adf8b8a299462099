"""Writer: an output format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ClassVar

from copydesk.model.result import Result
from copydesk.plugins.config import C_co, Configured

if TYPE_CHECKING:
    from copydesk.plugins.check import Check


class Writer(Configured[C_co], ABC):
    """An output format. `start`, then `write` for each document in order, then `finish`.

    Class attributes:
        name: what `--to` calls it.
        api: the version of this interface that it was written for.
        suffixes: the output file names that choose it.
        binary: whether it writes bytes; else text, UTF-8.
        in_folder: what writes this format to a folder, where that can be done.

    Args:
        stream: where to write; it is the caller's to close.
        config: its settings.
    """

    suffixes: ClassVar[tuple[str, ...]] = ()
    binary: ClassVar[bool] = False
    in_folder: ClassVar[type[FolderWriter[Any]] | None] = None

    stream: IO[Any]

    def __init__(self, stream: IO[Any], config: C_co | None = None, /) -> None:
        super().__init__(config)
        self.stream = stream
        self.checks: Sequence[type[Check[Any]]] = ()
        """The checks of the pipeline whose results are written, for formats that describe rules; set before `start`."""

    def start(self) -> None:  # optional to override
        """Write what comes before the first document."""

    @abstractmethod
    def write(self, result: Result) -> None:
        """Write one document, with its errors if it has any."""

    def finish(self) -> None:  # optional to override
        """Write what comes after the last document."""


class FolderWriter(Writer[C_co]):
    """An output format that is a folder: a file for each document, and an index of them.

    Class attributes:
        index: the name of the index's file.

    Args:
        stream: where to write the index.
        folder: a new folder, to write the documents' files to.
        config: its settings.
    """

    index: ClassVar[str]

    def __init__(self, stream: IO[Any], folder: Path, config: C_co | None = None, /) -> None:
        super().__init__(stream, config)
        self.folder = folder
