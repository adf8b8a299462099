"""Parquet: a table for each layer, with columns that are the same for every document."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from copydesk.formats.arrow import batch_of, pyarrow, schema_of
from copydesk.formats.tables import (
    DOCUMENTS,
    OF_ALL,
    OF_DOCUMENTS,
    Column,
    TableConfig,
    all_rows,
    columns_of,
    document_row,
    file_name,
    table_rows,
)
from copydesk.model.annotation import kind_of_layer
from copydesk.plugins.writer import FolderWriter, Writer

if TYPE_CHECKING:
    from copydesk.model.result import Result

ROWS = 20_000
"""So many rows are held before they are written, as one group of the file."""


class ParquetFolderWriter(FolderWriter[TableConfig]):
    """A file for each layer, and `documents.parquet` for the documents themselves. Needs pyarrow: `copydesk[parquet]`."""

    index = f"{DOCUMENTS}.parquet"
    binary = True

    def start(self) -> None:
        self._documents = _Table(self.stream, OF_DOCUMENTS)
        self._tables: dict[str, _Table] = {}
        self._files: list[IO[bytes]] = []

    def write(self, result: Result) -> None:
        document = result.document
        wanted = document.layers if self.config.layer is None else (self.config.layer,)
        # All are made before one is written: where a value does not fit, nothing of the document is there twice.
        made = []
        for layer in wanted:
            columns, rows = table_rows(document, layer)
            made.append((layer, columns, batch_of(columns, rows)))
        self._documents.add(batch_of(OF_DOCUMENTS, [document_row(document)]))
        for layer, columns, batch in made:
            if layer not in self._tables:
                file = Path(self.folder / f"{file_name(layer)}.parquet").open("xb")  # noqa: SIM115  # open till the end
                self._files.append(file)
                self._tables[layer] = _Table(file, columns)
            self._tables[layer].add(batch)

    def finish(self) -> None:
        for table in (self._documents, *self._tables.values()):
            table.close()
        for file in self._files:
            file.close()


class ParquetWriter(Writer[TableConfig]):
    """A table for each layer in a new folder, `-o tables/`, or of one layer in a file: `--to-option layer=quote`.

    Columns are flat: the names of what is referred to stand beside ids. A file of all layers has those columns that all
    have, and the others as JSON. Needs pyarrow: `copydesk[parquet]`.
    """

    name = "parquet"
    suffixes = (".parquet",)
    binary = True
    in_folder = ParquetFolderWriter

    def start(self) -> None:
        self._table = _Table(self.stream, OF_ALL) if self.config.layer is None else None

    def write(self, result: Result) -> None:
        document, layer = result.document, self.config.layer
        if layer is None:
            assert self._table is not None
            self._table.add(batch_of(OF_ALL, all_rows(document)))
        elif layer in document.layers:
            columns, rows = table_rows(document, layer)
            self._table = self._table or _Table(self.stream, columns)
            self._table.add(batch_of(columns, rows))

    def finish(self) -> None:
        if self._table is None:
            self._table = _Table(self.stream, columns_of(kind_of_layer(self.config.layer or "")))
        self._table.close()


class _Table:
    """A file of Parquet, written group by group."""

    def __init__(self, stream: IO[bytes], columns: tuple[Column, ...]) -> None:
        from pyarrow import parquet

        self._columns = columns
        self._writer = parquet.ParquetWriter(stream, schema_of(columns))
        self._batches: list[Any] = []
        self._rows = 0

    def add(self, batch: Any) -> None:
        self._batches.append(batch)
        self._rows += batch.num_rows
        if self._rows >= ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        pa = pyarrow()
        if self._rows:
            self._writer.write_table(pa.Table.from_batches(self._batches, schema_of(self._columns)))
        self._batches, self._rows = [], 0
