"""JSON lines: a line is a document, in and out.

In, each line is a JSON object: one of the document format, with the layers of an earlier run, or a record of any kind,
of which one field is the text and the others are metadata. Out, each line is the object of the document format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from copydesk.errors import DocumentError, FormatError
from copydesk.formats.records import Records, RecordsConfig
from copydesk.formats.text import MAX_DOCUMENT_BYTES, decode, too_large
from copydesk.model.document import Document
from copydesk.model.vocabulary import VOCABULARY
from copydesk.plugins.reader import Reader, Source
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from copydesk.model.result import Result


_OURS = frozenset({"copydesk", "layers", "steps", "errors"})
"""What only objects of the document format have."""


class JsonLinesReader(Reader[RecordsConfig]):
    """A line is a document: a JSON object with `text`, and maybe `id`, `metadata` and layers.

    Further fields of an object without layers are metadata; `map` says which field is the text, the date, …
    """

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")
    splits_at_lines = True

    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        records = Records(self.config.map, source)
        for number, raw, complete in _lines(source):
            if raw.strip():
                yield _document(raw, source, number, records, complete=complete)


class JsonLinesWriter(Writer):
    """A line is a document, in the document format."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")

    def write(self, result: Result) -> None:
        self.stream.write(result.document.to_json_line() + "\n")


def _lines(source: Source) -> Iterator[tuple[int, bytes, bool]]:
    """(1-based number, bytes, whether the line ends with a newline).

    Lines end at LF alone: U+2028 and its like are allowed inside a JSON string. Of a line that is
    too large only the beginning is given, so that memory stays bounded.
    """
    number = source.first_line - 1
    while True:
        raw = source.stream.readline(MAX_DOCUMENT_BYTES + 1)
        if not raw:
            return
        number += 1
        complete = raw.endswith(b"\n")
        if not complete and len(raw) > MAX_DOCUMENT_BYTES:
            rest = raw
            while rest and not rest.endswith(b"\n"):
                rest = source.stream.readline(MAX_DOCUMENT_BYTES)
        yield number, raw, complete


def _document(raw: bytes, source: Source, number: int, records: Records, *, complete: bool) -> Document | DocumentError:
    try:
        if len(raw) > MAX_DOCUMENT_BYTES:
            raise FormatError(too_large(MAX_DOCUMENT_BYTES))
        item = _parsed(decode(raw, source.path, number), complete=complete)
        id = f"{source.id}:{number}"
        if isinstance(item, dict) and not _OURS & item.keys():
            return records.document(item, number, id=id)
        document = Document.from_json(item).read_from(source.path, number, id=id)
        for kind in VOCABULARY:
            document[kind]  # what steps, counts and writers rely on: a fault in it is this line's
    except DocumentError as error:
        error.path, error.line = source.path, number
        error.document_id = error.document_id or f"{source.id}:{number}"
        return error
    return document


def _parsed(line: str, *, complete: bool) -> Any:
    try:
        return json.loads(line, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        cut = "" if complete else "; the file ends without a newline: was it cut off here?"
        raise FormatError(f"this is not JSON: {error.msg.removesuffix(' at')} at column {error.colno}{cut}") from None
    except RecursionError:
        raise FormatError("this JSON is nested too deep to read") from None
    except ValueError as error:  # a number of more digits than Python reads
        raise FormatError(f"this JSON cannot be read: {error}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    item = dict(pairs)
    if len(item) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise FormatError(f"the key '{key[:100]}' is there twice in one object")
            seen.add(key)
    return item


def _constant(name: str) -> Any:
    raise FormatError(f"{name} is no JSON number")
