"""CSV: a row is an annotation, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import json
from typing import IO, TYPE_CHECKING, Any

from copydesk.annotation import RESERVED_FIELDS
from copydesk.formats.base import Writer

if TYPE_CHECKING:
    from copydesk.pipeline.result import Result

COLUMNS = ("document", "layer", "id", "start", "end", "text", "step", "fields")


class CsvWriter(Writer):
    """A row is an annotation: document, layer, id, start, end, text, step, and its other fields as JSON.

    A document's errors are rows of the layer `error`. A text that a spreadsheet would run as a
    formula is written with an apostrophe before it.
    """

    name = "csv"
    suffixes = (".csv",)

    def start(self) -> None:
        self._rows = csv.writer(_Lines(self.stream))
        self._rows.writerow(COLUMNS)

    def write(self, result: Result) -> None:
        item = result.document.to_json()
        for layer, entries in item["layers"].items():
            for entry in entries:
                fields = {key: value for key, value in entry.items() if key not in RESERVED_FIELDS}
                self._row(item["id"], layer, fields, entry)
        for number, error in enumerate(item["errors"]):
            self._row(item["id"], "error", error, {"id": f"error:{number}", "step": error["step"]})

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
    if not isinstance(cell, str) or not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
