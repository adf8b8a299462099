"""Tables, in: each row of CSV or Parquet is a document, and its columns are the text, the id and metadata."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO, Any

from pydantic import Field

from copydesk.errors import DocumentError, FormatError, UsageError
from copydesk.formats.magic import seems_to_be
from copydesk.formats.records import Records, RecordsConfig, json_value
from copydesk.formats.text import MAX_DOCUMENT_BYTES
from copydesk.model.document import Document
from copydesk.model.json_values import SURROGATE
from copydesk.plugins.reader import Reader, Source


class CsvConfig(RecordsConfig):
    """Settings of the reader of CSV."""

    delimiter: str | None = Field(
        default=None,
        min_length=1,
        max_length=1,
        description="What stands between two cells; by default `,`, in .tsv a tab.",
    )


class CsvReader(Reader[CsvConfig]):
    """A row is a document: the column `text` is its text, `id` its id, and the others are metadata.

    The first row names the columns; `map` says which is the text, the date, … UTF-8.
    """

    name = "csv"
    suffixes = (".csv", ".tsv")

    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        records = Records(self.config.map, source)
        # Bytes that are no UTF-8 become lone surrogates, so that the rows without any are read all the same.
        stream = io.TextIOWrapper(
            io.BufferedReader(_Unclosed(source.stream)), "utf-8-sig", "surrogateescape", newline=""
        )
        csv.field_size_limit(MAX_DOCUMENT_BYTES)
        delimiter = self.config.delimiter or ("\t" if source.path.lower().endswith(".tsv") else ",")
        rows = csv.reader(_textual(stream), delimiter=delimiter, strict=True)
        names: list[str] = []
        line = 1
        while True:
            try:
                row = next(rows, None)
                if row is None:
                    return
                if row and not names:
                    names = _checked_names(row)
                elif row:
                    yield records.document(_record(names, row), line, id=f"{source.id}:{line}")
            except csv.Error as error:
                fault = FormatError(f"this is no CSV from here on: {error}")
                yield _placed(fault, source, rows.line_num)
                return
            except DocumentError as error:
                yield _placed(error, source, line)
                if not names:
                    return
            line = rows.line_num + 1


def _placed(error: DocumentError, source: Source, line: int) -> DocumentError:
    error.path, error.line = source.path, line
    error.document_id = error.document_id or f"{source.id}:{line}"
    return error


class _Unclosed(io.RawIOBase):
    """A stream that stays open: it is the caller's."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = self._stream.read(len(buffer))
        buffer[: len(read)] = read
        return len(read)


def _textual(stream: IO[str]) -> Iterator[str]:
    """The lines, unless the first says that this is no text; one is never longer than a document may be."""
    first = True
    while line := stream.readline(MAX_DOCUMENT_BYTES):
        if first and (message := seems_to_be(line.encode("utf-8", "surrogateescape"))):
            raise FormatError(message)
        first = False
        yield line


def _checked_names(row: list[str]) -> list[str]:
    names = [name.strip() for name in row]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise FormatError(f"two columns are called '{twice}'; give each a name of its own")
    if any(SURROGATE.search(name) for name in names):
        raise FormatError("the names of the columns are not UTF-8; save the file as UTF-8")
    return names


def _record(names: list[str], row: list[str]) -> dict[str, Any]:
    if len(row) > len(names):
        raise FormatError(f"the row has {len(row)} cells, and there are {len(names)} columns")
    if any(SURROGATE.search(cell) for cell in row):
        raise FormatError("the row is not UTF-8; save the file as UTF-8 (is it Windows-1252 or Latin-1?)")
    return {name: cell for name, cell in zip(names, row, strict=False) if cell}


class ParquetReader(Reader[RecordsConfig]):
    """A row is a document: the column `text` is its text, `id` its id, and the others are metadata.

    `map` says which column is the text, the date, … Needs pyarrow: `copydesk[parquet]`.
    """

    name = "parquet"
    suffixes = (".parquet",)

    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError:
            raise UsageError("Parquet needs the library pyarrow: pip install 'copydesk[parquet]'") from None
        records = Records(self.config.map, source)
        row = 0
        try:
            file = parquet.ParquetFile(pa.PythonFile(_seekable(source), mode="r"))
            for batch in file.iter_batches(batch_size=256):
                for item in batch.to_pylist():
                    row += 1
                    id = f"{source.id}:{row}"
                    try:
                        yield records.document(json_value(item), None, id=id)
                    except DocumentError as error:
                        error.path, error.document_id = source.path, error.document_id or id
                        yield error
        except (pa.ArrowException, OSError, ValueError) as error:
            after = f" after row {row}" if row else ""
            yield FormatError(f"this is no Parquet file{after}: {error}", document_id=source.id, path=source.path)


def _seekable(source: Source) -> Any:
    """The stream, or its bytes: Parquet is read from its end."""
    return source.stream if source.stream.seekable() else io.BytesIO(source.stream.read())
