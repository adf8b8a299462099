"""Files that a user gives: read safely, and refused with a message that says what, where, why, and what to do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import copydesk

MAX_BYTES = 50_000_000


class UserFileError(ValueError):
    """A file of the user cannot be read, or does not hold what it should.

    Attributes:
        path: the file. line: the 1-based line, or None.
    """

    def __init__(self, path: Path, message: str, line: int | None = None) -> None:
        self.path = path
        self.line = line
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where}: {message}")


def read_bytes(path: Path) -> bytes:
    """The content of a regular file that is not too large."""
    try:
        if not path.is_file():
            raise UserFileError(path, "is no regular file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UserFileError(path, f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read: split it")
        return path.read_bytes()
    except OSError as error:
        raise UserFileError(path, f"cannot be read: {error.strerror or error}") from error


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserFileError(path, f"is not UTF-8 (byte {error.start}: {error.reason}); save it as UTF-8") from error


def read_csv(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file whose first row names the columns, with their lines; rows that begin with "#" are notes."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        header = [column.strip().lower() for column in next(reader, [])]
        for row in reader:
            if not any(cell.strip() for cell in row) or row[0].startswith("#"):
                continue
            if len(row) > len(header):
                raise UserFileError(
                    path,
                    f"this row has {len(row)} cells, the header {len(header)}; put a cell that holds a comma in quotation marks",
                    reader.line_num,
                )
            yield reader.line_num, dict(zip(header, (cell.strip() for cell in row), strict=False))
    except csv.Error as error:
        raise UserFileError(path, f"is no sound CSV: {error}", reader.line_num) from error


def read_json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The values of a JSON-lines file, with their lines."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError) as error:  # of a number of thousands of digits too
            raise UserFileError(path, f"is no sound JSON: {error}", number) from error


def read_yaml(path: Path) -> Any:
    """The tree of a YAML file, every value with its line: plain data, as in pipeline files."""
    root, problems = copydesk.read_yaml(read_bytes(path), str(path), max_bytes=MAX_BYTES)
    if root is None or problems:
        raise UserFileError(path, problems[0].message, problems[0].line)
    return root
