"""Files that a user gives: read safely, and refused with a message that says what, where, why, and what to do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 50_000_000
MAX_DEPTH = 10


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


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UserFileError(path, f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read: split it")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UserFileError(path, f"cannot be read: {error.strerror or error}") from error
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
        except (json.JSONDecodeError, RecursionError) as error:
            raise UserFileError(path, f"is no sound JSON: {error}", number) from error


def read_yaml(path: Path) -> Any:
    """The value of a YAML file; plain data only, and no aliases."""
    text = read_text(path)
    try:
        depth = 0
        for event in yaml.parse(text, yaml.SafeLoader):
            if isinstance(event, yaml.events.AliasEvent):
                raise UserFileError(path, "has an alias (*name); write the value out, aliases are not read")
            depth += isinstance(event, yaml.events.CollectionStartEvent)
            depth -= isinstance(event, yaml.events.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise UserFileError(path, f"is nested more than {MAX_DEPTH} levels deep; such a file holds no names")
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise UserFileError(path, f"is no sound YAML: {problem}", None if mark is None else mark.line + 1) from error
