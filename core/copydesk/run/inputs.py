"""Which documents a run reads: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import io
import os
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from heapq import merge
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from copydesk.errors import DocumentError, FormatError, UsageError
from copydesk.model.document import Document
from copydesk.nearest import did_you_mean
from copydesk.pipeline.formats import reader_config
from copydesk.pipeline.value import PipelineValue
from copydesk.plugins.config import Config
from copydesk.plugins.reader import Reader, Source
from copydesk.run.files import Window, format_suffix, open_input, open_regular

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, or standard input.

    Attributes:
        path: None for standard input.
        id: names it in ids: relative to its folder where a folder was given.
        reader: the class that reads it.
        problem: why it cannot be read, where that is known already.
        config: settings of the reader; None for its own defaults.
        known: what is known of its texts, by names of metadata: for those that do not say it themselves.
    """

    path: Path | None
    id: str
    reader: type[Reader[Any]]
    problem: str = ""
    config: Config | None = None
    known: tuple[tuple[str, str], ...] = ()

    def documents(self, source: Source) -> Iterator[Document | DocumentError]:
        """What its reader reads."""
        for item in self.reader(self.config).read(replace(source, known=dict(self.known))):
            yield self._with_known(item) if self.known and isinstance(item, Document) else item

    def _with_known(self, document: Document) -> Document:
        metadata = document.metadata
        missing = {name: value for name, value in self.known if metadata.get(name) in (None, "")}
        return document.with_metadata({**metadata, **missing}) if missing else document


@dataclass(slots=True)
class Inputs:
    """What the arguments of a run mean.

    Attributes:
        files: in the order in which they are read: as given, and sorted by name within a folder.
        passed_over: how many files of folders and patterns have a suffix that no reader is for.
    """

    files: list[Input] = field(default_factory=list)
    passed_over: int = 0


def find_inputs(
    arguments: Sequence[str],
    readers: Sequence[type[Reader[Any]]],
    *,
    format: str | None = None,
    output: Path | None = None,
) -> Inputs:
    """The files that arguments name.

    A folder means all files below it, hidden ones apart, whose suffix a reader is for; their ids are
    paths relative to it (with the folder before them where there is more than one argument, so that
    they stay apart). A pattern with `*`, `?` or `[` that is no file is expanded.

    Args:
        arguments: as on the command line; "-" is standard input.
        readers: the known input formats.
        format: the name of the one to use, instead of going by the suffix.
        output: where the run writes; a file there from an earlier run is no input.

    Raises:
        UsageError: an argument names nothing, or a file that no reader is for.
    """
    chosen = _reader(format, readers) if format else None
    skip = {output.resolve(), partial_path(output.resolve())} if output else set()
    inputs = Inputs()
    for argument in arguments:
        before = len(inputs.files)
        if argument == STDIN:
            inputs.files.append(Input(None, "stdin", chosen or _reader("txt", readers)))
            continue
        if not argument:
            raise UsageError("an input's name is empty (an unset variable?); name a file, a folder, a pattern or -")
        path = Path(argument)
        if os.path.isdir(argument):  # noqa: PTH112  # Path.is_dir raises at a name too long for a file
            prefix = PurePath(argument) if len(arguments) > 1 else None
            _add_folder(inputs, path, prefix, [chosen] if chosen else readers, skip)
        elif os.path.exists(argument):  # noqa: PTH110  # likewise
            if path.resolve() in skip and path.is_file():
                raise UsageError(f"{argument} is both input and output; write to another file")
            inputs.files.append(Input(path, shown(path), chosen or _reader_for(path, readers)))
            continue
        elif glob.has_magic(argument):
            for match in sorted(glob.glob(argument, recursive=True)):  # noqa: PTH207  # patterns may be absolute
                file = Path(match)
                if file.is_dir() or file.resolve() in skip:
                    continue
                reader = chosen or reader_of(file, readers)
                if reader is None:
                    inputs.passed_over += 1
                else:
                    inputs.files.append(Input(file, shown(file), reader))
        else:
            raise UsageError(f"there is no file or folder {argument}")
        if len(inputs.files) == before:
            suffixes = ", ".join(suffix for reader in readers for suffix in reader.suffixes)
            raise UsageError(f"{argument} holds nothing to read; files end in {suffixes}")
    return inputs


def configured(files: Sequence[Input], pipeline: PipelineValue) -> list[Input]:
    """The inputs, read with the settings that a pipeline gives its readers.

    Raises:
        UsageError: a reader has no such settings.
    """
    spec = pipeline.input
    known = tuple((name, value) for name, value in (("date", spec.date), ("lang", spec.lang)) if value is not None)
    configs = {reader: reader_config(reader, pipeline) for reader in dict.fromkeys(file.reader for file in files)}
    if spec.map and configs and not any("map" in reader.config_class.model_fields for reader in configs):
        raise UsageError("a map is for records, as JSON lines and tables are; none is among the inputs")
    return [replace(file, config=configs[file.reader], known=known) for file in files]


def partial_path(output: Path) -> Path:
    """Where output stands until the run is over."""
    return output.with_name(f"{output.name}.partial")


def _add_folder(
    inputs: Inputs, folder: Path, prefix: PurePath | None, readers: Sequence[type[Reader[Any]]], skip: Collection[Path]
) -> None:
    def unreadable(error: OSError) -> None:
        path = Path(error.filename)
        problem = f"the folder cannot be read: {error.strerror}"
        inputs.files.append(Input(path, shown(path.relative_to(folder)), readers[0], problem))

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith(".") or path.resolve() in skip:
                continue
            reader = reader_of(path, readers)
            if reader is None:
                inputs.passed_over += 1
                continue
            relative = path.relative_to(folder)
            inputs.files.append(Input(path, shown(prefix / relative if prefix else relative), reader))


def shown(path: PurePath) -> str:
    """A path as text; bytes in it that are not UTF-8 are shown as codes, so that it can be written."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _reader(format: str, readers: Sequence[type[Reader[Any]]]) -> type[Reader[Any]]:
    for reader in readers:
        if reader.name == format:
            return reader
    raise UsageError(f"unknown input format '{format}'{did_you_mean(format, [reader.name for reader in readers])}")


def reader_of(path: Path, readers: Sequence[type[Reader[Any]]]) -> type[Reader[Any]] | None:
    """The reader that a file's name asks for, if there is one; `a.txt.gz` is for that of `a.txt`."""
    suffix = format_suffix(path)
    return next((reader for reader in readers if suffix in reader.suffixes), None)


def _reader_for(path: Path, readers: Sequence[type[Reader[Any]]]) -> type[Reader[Any]]:
    if reader := reader_of(path, readers):
        return reader
    names = ", ".join(reader.name for reader in readers)
    raise UsageError(f"{path}: no reader is for files that end in '{path.suffix}'; say what it is: --from {names}")


def read_inputs(files: Sequence[Input], stdin: BinaryIO | None = None) -> Iterator[Document | DocumentError]:
    """The documents of all inputs, one after another; what cannot be read comes as a `DocumentError`.

    A file that cannot be opened or read, and an id that came before, are errors of that document.
    """
    seen = Seen()
    for file in files:
        for item in _read(file, stdin or sys.stdin.buffer):
            if isinstance(item, Document) and not seen.add(item.id):
                origin = item.origin
                path, line = (origin.path, origin.line) if origin else (None, None)
                yield FormatError(
                    f"the id '{item.id}' came before in this run; give each document its own",
                    document_id=":".join(str(part) for part in (path or item.id, line or "again")),
                    path=path,
                    line=line,
                    text=item.text,
                )
                continue
            yield item


class Seen:
    """Which ids came before: of each a hash of 64 bits, in eight bytes but for the latest."""

    LATEST = 16_384

    def __init__(self) -> None:
        self._latest: set[int] = set()
        self._sorted: list[array[int]] = []
        """Sorted arrays, each at least twice as long as the next."""

    def add(self, id: str) -> bool:
        """Take an id; whether it is new."""
        key = hash(id)
        if key in self._latest or any(_holds(keys, key) for keys in self._sorted):
            return False
        self._latest.add(key)
        if len(self._latest) >= self.LATEST:
            self._settle()
        return True

    def _settle(self) -> None:
        keys = array("q", sorted(self._latest))
        self._latest.clear()
        while self._sorted and len(self._sorted[-1]) < 2 * len(keys):
            keys = array("q", merge(self._sorted.pop(), keys))
        self._sorted.append(keys)


def _holds(keys: array[int], key: int) -> bool:
    at = bisect_left(keys, key)
    return at < len(keys) and keys[at] == key


def read_range(file: Input, start: int, end: int, line: int) -> Iterator[Document | DocumentError]:
    """The documents in a range of the bytes of a file, of which `line` is the number of the first line."""
    assert file.path is not None
    with (
        _faults(file) as faults,
        open_regular(file.path) as stream,
        io.BufferedReader(Window(stream, start, end)) as part,
    ):
        yield from file.documents(Source(part, file.id, shown(file.path), line))
    yield from faults


def _read(file: Input, stdin: BinaryIO) -> Iterator[Document | DocumentError]:
    with _faults(file) as faults:
        if file.problem:
            raise OSError(file.problem)
        if file.path is None:
            yield from file.documents(Source(stdin, file.id, "<stdin>"))
        else:
            with open_input(file.path) as stream:
                yield from file.documents(Source(stream, file.id, shown(file.path)))
    yield from faults


@contextmanager
def _faults(file: Input) -> Iterator[list[FormatError]]:
    """What goes wrong with a file, as the error of a document: the other files are read all the same."""
    faults: list[FormatError] = []
    try:
        yield faults
    except UsageError as error:  # a library is missing
        message = str(error)
    except (OSError, EOFError, zlib.error) as error:
        message = f"it cannot be read: {getattr(error, 'strerror', None) or error}"
    except Exception as error:  # noqa: BLE001  # a reader of a plugin
        message = f"the reader '{file.reader.name}' failed: {type(error).__name__}: {error}"
    else:
        return
    name = "<stdin>" if file.path is None else shown(file.path)
    faults.append(FormatError(message, document_id=file.id, path=name))
