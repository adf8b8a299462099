"""CSV: a row is an annotation, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from copydesk.formats.tables import (
    DOCUMENTS,
    OF_ALL,
    OF_DOCUMENTS,
    TableConfig,
    all_rows,
    document_row,
    file_name,
    table_rows,
)
from copydesk.plugins.writer import FolderWriter, Writer

if TYPE_CHECKING:
    from copydesk.model.result import Result

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet runs as a formula."""


class CsvFolderWriter(FolderWriter[TableConfig]):
    """A file for each layer, and `documents.csv` for the documents themselves."""

    index = f"{DOCUMENTS}.csv"

    def start(self) -> None:
        self._documents = _Rows(self.stream)
        self._documents.write(column.name for column in OF_DOCUMENTS)
        self._layers: dict[str, _Rows] = {}
        self._files: list[IO[str]] = []

    def write(self, result: Result) -> None:
        document = result.document
        wanted = document.layers if self.config.layer is None else (self.config.layer,)
        made = [(layer, *table_rows(document, layer)) for layer in wanted]
        self._documents.write(document_row(document).values())
        for layer, columns, cells in made:
            if layer not in self._layers:
                path = Path(self.folder / f"{file_name(layer)}.csv")
                file = path.open("x", encoding="utf-8", newline="\n")  # open till the end
                self._files.append(file)
                self._layers[layer] = _Rows(file)
                self._layers[layer].write(column.name for column in columns)
            for row in cells:
                self._layers[layer].write(row.values())

    def finish(self) -> None:
        for file in self._files:
            file.close()


class CsvWriter(Writer[TableConfig]):
    """A row is an annotation: document, layer, id, start, end, text, step, and its other columns as JSON.

    In a new folder, `-o tables/`, each layer is a file of its own with columns of its own, and so is a file of one layer:
    `--to-option layer=quote`. The columns are those of `document.records`. A text that a spreadsheet would run as a
    formula is written with an apostrophe before it. Where all layers are in one file, a document's errors are rows of the
    layer `error`.
    """

    name = "csv"
    suffixes = (".csv",)
    in_folder = CsvFolderWriter

    def start(self) -> None:
        self._rows = _Rows(self.stream)
        self._begun = self.config.layer is None
        if self._begun:
            self._rows.write(column.name for column in OF_ALL)

    def write(self, result: Result) -> None:
        document = result.document
        if self.config.layer is not None:
            self._one_layer(result, self.config.layer)
            return
        for row in all_rows(document):
            self._rows.write(row.values())

    def _one_layer(self, result: Result, layer: str) -> None:
        columns, cells = table_rows(result.document, layer)
        if not self._begun:
            self._rows.write(column.name for column in columns)
            self._begun = True
        for row in cells:
            self._rows.write(row.values())


class _Rows:
    """The rows of one file. Lists and objects are JSON; no cell is a formula."""

    def __init__(self, stream: IO[str]) -> None:
        self._rows = csv.writer(_Lines(stream))

    def write(self, cells: Iterable[Any]) -> None:
        self._rows.writerow(
            [json.dumps(cell, ensure_ascii=False) if isinstance(cell, list | dict) else _safe(cell) for cell in cells]
        )


class _Lines:
    """Ends rows with LF. A csv.writer told to do so would not quote a carriage return, and so break its row."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, row: str) -> None:
        self._stream.write(row.removesuffix("\r\n") + "\n")


def _safe(cell: object) -> object:
    if not isinstance(cell, str) or len(cell) == 1 or not cell.startswith(FORMULA):  # a mark alone does nothing
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
