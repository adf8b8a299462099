"""ninjs: news in JSON, as the IPTC has it. Versions 1, 2 and 3."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]  # Python's own reader of JSON strings
from typing import Any

from copydesk.errors import DocumentError, FormatError
from copydesk.formats.dates import iso_date
from copydesk.formats.markup.html_text import HtmlText
from copydesk.formats.text import read_text
from copydesk.model.document import Document
from copydesk.model.offset_map import OffsetMap, TextBuilder
from copydesk.plugins.reader import Reader, Source

_VALUE = re.compile(r'"(?:body_[A-Za-z0-9_]{1,40}|value)"\s{0,20}:\s{0,20}"')
_ESCAPE = re.compile(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[0-9a-fA-F]{4}|\\.")
_DATES = ("contentcreated", "firstcreated", "versioncreated")
_MOST = 10_000
"""So many bodies of one file are looked for in it."""


class NinjsReader(Reader):
    """An item is a document: its body, XHTML or text; headline, dates, byline and language are metadata.

    A file holds one item, or a list of them. Places lead back to the file.
    """

    name = "ninjs"
    suffixes = (".ninjs",)

    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        try:
            content = read_text(source)
            items = _items(content)
        except DocumentError as error:
            error.path, error.document_id = source.path, source.id
            yield error
            return
        bodies = _Bodies(content, source.path)
        for number, item in enumerate(items, 1):
            id = source.id if len(items) == 1 else f"{source.id}:{number}"
            try:
                yield _document(item, bodies).read_from(source.path, None, id=id)
            except DocumentError as error:
                error.path, error.document_id = source.path, error.document_id or id
                yield error


def _items(content: str) -> list[Any]:
    try:
        parsed = json.loads(content)
    except json.JSONDecodeError as error:
        raise FormatError(f"this is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except (RecursionError, ValueError) as error:
        raise FormatError(f"this JSON cannot be read: {error}") from None
    return parsed if isinstance(parsed, list) else [parsed]


def _document(item: object, bodies: _Bodies) -> Document:
    if not isinstance(item, Mapping):
        raise FormatError("an item of ninjs is an object")
    uri = item.get("uri")
    body, marked = _body(item)
    if body is None:
        raise FormatError("the item has no body: no `body_xhtml`, no `body_text`, no `bodies`", document_id=_text(uri))
    inner = TextBuilder(body)
    if marked:
        HtmlText(inner).read()
    else:
        inner.copy(0, len(body))
    text, offset_map = inner.build()
    document = Document.from_json({"text": text, "id": _text(uri), "metadata": _metadata(item)})
    return Document(
        document.text, document.id if uri else None, document.metadata, offset_map=offset_map.over(bodies.map_of(body))
    )


def _body(item: Mapping[str, Any]) -> tuple[str | None, bool]:
    """The body and whether it has tags: XHTML or HTML before text, since it has paragraphs."""
    found: list[tuple[int, str]] = []
    for name, value in item.items():
        if name.startswith("body_") and isinstance(value, str):
            found.append(("html" not in name, value))
    bodies = item.get("bodies")
    found += [
        ("html" not in str(body.get("contenttype", "")), body["value"])
        for body in (bodies if isinstance(bodies, list) else ())
        if isinstance(body, Mapping) and isinstance(body.get("value"), str)
    ]
    if not found:
        return None, False
    plain, value = min(found, key=lambda pair: pair[0])
    return value.replace("\r\n", "\n").replace("\r", "\n") if plain else value, not plain


def _metadata(item: Mapping[str, Any]) -> dict[str, Any]:
    provider = item.get("provider")
    found = {
        "title": _text(item.get("headline")) or _first(item.get("headlines")) or _text(item.get("title")),
        "date": next((date for name in _DATES if (date := iso_date(item.get(name)))), None),
        "author": _text(item.get("byline")) or _text(item.get("by")),
        "publisher": _text(provider.get("name") or provider.get("literal")) if isinstance(provider, Mapping) else None,
        "lang": (_text(item.get("language")) or "").split("-")[0].lower(),
        "copyright": _text(item.get("copyrightnotice")),
    }
    return {name: value for name, value in found.items() if value}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _first(values: object) -> str | None:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, Mapping) and (said := _text(value.get("value"))):
            return said
    return None


class _Bodies:
    """Where the bodies of a file stand in it: each is a string of JSON, with escapes."""

    def __init__(self, content: str, path: str) -> None:
        self._content = content
        self._path = path
        self._places: dict[str, tuple[int, int]] = {}
        at = 0
        while len(self._places) < _MOST and (match := _VALUE.search(content, at)) is not None:
            value, at = scanstring(content, match.end())
            self._places.setdefault(value, (match.end(), at - 1))

    def map_of(self, body: str) -> OffsetMap:
        """The way from a body back to the file; to the whole of it, where it is not found."""
        builder = TextBuilder(self._content, self._path)
        place = self._places.get(body)
        if place is None:
            builder.put(body, 0, len(self._content))
            return builder.build()[1]
        at, end = place
        for match in _ESCAPE.finditer(self._content, at, end):
            builder.copy(at, match.start())
            builder.put(json.loads(f'"{match[0]}"'), match.start(), match.end())
            at = match.end()
        builder.copy(at, end)
        return builder.build()[1]
