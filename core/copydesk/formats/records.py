"""Records: rows of a table and objects of JSON as documents, each field as the text, the id, or metadata."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from pydantic import Field

from copydesk.errors import FormatError, TextError
from copydesk.formats.dates import iso_date
from copydesk.formats.front_matter import look_alike, with_iso_date
from copydesk.model.document import Document
from copydesk.model.json_values import json_type
from copydesk.plugins.config import Config

if TYPE_CHECKING:
    from copydesk.plugins.reader import Source

_TEXTS = (
    "text",
    "body",
    "content",
    "article",
    "article_text",
    "fulltext",
    "full_text",
    "story",
    "maintext",
    "raw_text",
)
"""What records call their text, for a hint; none is guessed."""
_HINTED = ("title", "date")
"""What steps read, and what is worth a word where a record may have it under another name."""


class RecordsConfig(Config):
    """Settings of readers of records."""

    map: dict[str, str] = Field(
        default={},
        description="Which field is what: `text`, `id`, `title`, `date`, …, each with the name of the field. A dot leads "
        "into an object: `article.body`. What is not named keeps its name, as metadata.",
    )


class Records:
    """Makes documents of the records of one input.

    Args:
        mapping: what each is called: `{"text": "body", "date": "published"}`.
        source: the input, which hears of fields that look as if they should be mapped.
    """

    def __init__(self, mapping: Mapping[str, str], source: Source) -> None:
        self._mapping = mapping
        self._source = source
        self._told = False

    def document(self, record: Mapping[str, Any], line: int | None, *, id: str) -> Document:
        """The document of a record.

        Args:
            record: its fields, as JSON values.
            line: of the file, 1-based, where each record is a line or begins at one.
            id: names it, if it has no id of its own.

        Raises:
            DocumentError: it has no text, or holds what no document can.
        """
        rest = dict(record)
        values = {name: self._taken(rest, field) for name, field in self._mapping.items()}
        for name in ("text", "id"):
            values.setdefault(name, rest.pop(name, None))
        given = rest.pop("metadata", None)
        if given is not None and not isinstance(given, Mapping):
            raise FormatError("'metadata' is not an object")
        own = None if values["id"] == "" else values["id"]
        known = {
            name: value for name, value in values.items() if name not in ("text", "id") and value not in (None, "")
        }
        self._tell(record)
        item = {
            "text": self._text(values["text"], record, own if isinstance(own, str) else None),
            "id": own,
            "metadata": with_iso_date({**rest, **(given or {}), **known}),
        }
        return Document.from_json(item).read_from(self._source.path, line, id=id)

    def _taken(self, record: dict[str, Any], field: str) -> Any:
        """The value of a field, which is then no longer among the others."""
        if field in record:
            return record.pop(field)
        value: Any = record
        for part in field.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def _text(self, value: object, record: Mapping[str, Any], id: str | None) -> str:
        if (
            "text" in self._mapping
            and isinstance(value, list)
            and value
            and all(isinstance(item, str) for item in value)
        ):
            return "\n\n".join(value)  # paragraphs
        if isinstance(value, str):
            return value
        field = self._mapping.get("text", "text")
        fields = [str(name) for name in record][:20]
        hint = next((name for name in fields if name.lower() in _TEXTS and name != field), None)
        missing = value is None and field not in record
        said = f"there is no '{field}'" if missing else f"the text is {json_type(value)}, not a string"
        there = f"; the fields are {', '.join(fields)}" if fields and missing else ""
        say = f"; say which is the text: --map text={hint}" if hint else ""
        raise TextError(f"{said}{there}{say}", document_id=id)

    def _tell(self, record: Mapping[str, Any]) -> None:
        """Once for an input: which fields look as if they should be mapped, and that none says the date."""
        if self._told:
            return
        self._told = True
        given = record.get("metadata")
        fields = [str(name) for name in record if name not in ("text", "id", "metadata")]
        known = {*fields, *self._mapping, *(given if isinstance(given, Mapping) else ())}
        taken = set(self._mapping.values())
        for name in _HINTED:
            if name in known or name in self._source.known:
                continue
            alike = next((field for field in fields if look_alike(field) == name and field not in taken), None)
            if alike is not None:
                self._source.warn(
                    f"{self._source.path}: steps read '{name}', and the field '{alike}' may be it: --map {name}={alike}"
                )
            elif name == "date" and fields:
                self._source.warn(
                    f"{self._source.path}: no field says when a text was written, so that 'last week' stays open; name it: "
                    "--map date=FIELD, or --date for all"
                )
        date = record.get(self._mapping.get("date", "date"))
        if isinstance(date, str | int | float) and date and iso_date(date) is None:
            self._source.warn(f"{self._source.path}: the date {date!r:.60} can't be read; write it as 2017-07-21")


def json_value(value: object) -> Any:
    """A value of a table as JSON has it: dates in ISO 8601, numbers that JSON has none for as null."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value) if value.is_finite() else None
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return {str(name): json_value(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [json_value(item) for item in value]
    return value.hex() if isinstance(value, bytes) else str(value)
