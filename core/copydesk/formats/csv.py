"""CSV: a row is an annotation, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import json
from typing import IO, TYPE_CHECKING, Any

from copydesk.model.view import rows
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from copydesk.model.result import Result

COLUMNS = ("document", "layer", "id", "start", "end", "text", "step", "fields")
BASE = frozenset(COLUMNS)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet runs as a formula."""


class CsvWriter(Writer):
    """A row is an annotation: document, layer, id, start, end, text, step, and its other columns as JSON.

    The columns are those of `document.records`. A document's errors are rows of the layer `error`. A text that a
    spreadsheet would run as a formula is written with an apostrophe before it.
    """

    name = "csv"
    suffixes = (".csv",)

    def start(self) -> None:
        self._rows = csv.writer(_Lines(self.stream))
        self._rows.writerow(COLUMNS)

    def write(self, result: Result) -> None:
        document = result.document
        for layer in document.layers:
            for row in rows(document, layer):
                fields = {key: value for key, value in row.items() if key not in BASE}
                self._row(document.id, layer, fields, row)
        for number, error in enumerate(document.errors):
            said = error.model_dump(mode="json")
            self._row(document.id, "error", said, {"id": f"error:{number}", "step": error.step})

    def _row(self, document: str, layer: str, fields: dict[str, Any], entry: dict[str, Any]) -> None:
        cells = [document, layer, *(entry.get(column) for column in COLUMNS[2:-1])]
        self._rows.writerow([*map(_safe, cells), json.dumps(fields, ensure_ascii=False)])


class _Lines:
    """Ends rows with LF. A csv.writer told to do so would not quote a carriage return, and so break its row."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, row: str) -> None:
        self._stream.write(row.removesuffix("\r\n") + "\n")


def _safe(cell: object) -> object:
    if not isinstance(cell, str) or not cell.startswith(FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
