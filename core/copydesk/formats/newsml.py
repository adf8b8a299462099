"""NewsML-G2: news in XML, as the IPTC has it; the body in XHTML or NITF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from copydesk.errors import DocumentError, FormatError
from copydesk.formats.dates import iso_date
from copydesk.formats.markup.html_text import HtmlText
from copydesk.formats.text import clean, decode, read_bytes
from copydesk.model.document import Document
from copydesk.model.offset_map import TextBuilder
from copydesk.plugins.reader import Reader, Source

_BODIES = ("inlineXML", "inlineData")
_FIELDS = {
    "headline": "title",
    "contentCreated": "date",
    "versionCreated": "version_date",
    "by": "author",
    "copyrightNotice": "copyright",
}
"""Elements whose text is metadata, by what it is called there."""
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


@dataclass(slots=True)
class _Item:
    guid: str | None
    line: int
    metadata: dict[str, str] = field(default_factory=dict)
    body: tuple[int, int] | None = None
    """In bytes."""


class NewsmlReader(Reader):
    """A `newsItem` is a document: its body in XHTML, NITF or plain text; headline, dates, byline and language are metadata.

    Places lead back to the file. A file that declares entities is refused: nothing in it is expanded.
    """

    name = "newsml"
    suffixes = (".newsml",)

    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        try:
            content = _content(source)
            items = _Parse(content).items
        except DocumentError as error:
            error.path, error.document_id = source.path, source.id
            yield error
            return
        if not items:
            yield FormatError("there is no newsItem in it", document_id=source.id, path=source.path)
        raw, byte, character = content.encode(), 0, 0
        for number, item in enumerate(items, 1):
            id = source.id if len(items) == 1 else f"{source.id}:{number}"
            if item.body is None:
                yield FormatError("the item has no body", document_id=item.guid or id, path=source.path, line=item.line)
                continue
            places = []
            for place in item.body:  # counted on from the one before, so that many items cost no more
                character += len(raw[byte:place].decode())
                byte = place
                places.append(character)
            builder = TextBuilder(content, source.path)
            HtmlText(builder).read(*places)
            text, offset_map = builder.build()
            document = Document(text, item.guid, _metadata(item), offset_map=offset_map)
            yield document.read_from(source.path, None, id=id)


def _content(source: Source) -> str:
    raw = read_bytes(source)
    named = _ENCODING.match(raw)
    if named and named[1].lower() not in (b"utf-8", b"us-ascii"):
        try:
            return clean(raw.decode(named[1].decode()), source.path)
        except (LookupError, ValueError) as error:
            raise FormatError(f"it cannot be decoded: {error}") from None
    return clean(decode(raw, source.path), source.path)


def _metadata(item: _Item) -> dict[str, Any]:
    known: dict[str, Any] = {name: " ".join(value.split()) for name, value in item.metadata.items() if value.strip()}
    dates = [iso_date(known.pop(name, None)) for name in ("date", "version_date")]
    date = next(filter(None, dates), None)
    return {**known, **({"date": date} if date else {})}


class _Parse:
    """One pass over a file: which items there are, and where their bodies stand, in bytes."""

    def __init__(self, content: str) -> None:
        self.items: list[_Item] = []
        self._open: list[str] = []
        self._field: str | None = None
        self._in_body = 0
        self._start = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self._said
        try:
            self._parser.Parse(content.encode(), True)
        except expat.ExpatError as error:
            raise FormatError(f"this is no XML: {expat.errors.messages[error.code]}", line=error.lineno) from None

    def _refuse(self, name: str, *_: object) -> None:
        raise FormatError(
            f"it declares the entity '{name:.100}', which is refused", line=self._parser.CurrentLineNumber
        )

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._in_body:
            self._in_body += 1
            return
        if name == "newsItem":
            item = _Item(attributes.get("guid") or None, self._parser.CurrentLineNumber)
            if lang := attributes.get("xml:lang"):
                item.metadata["lang"] = lang.split("-")[0].lower()
            self.items.append(item)
        elif self.items and name in _BODIES and self.items[-1].body is None:
            self._in_body = 1
            self._start = self._parser.CurrentByteIndex
        elif self.items and name in _FIELDS and _FIELDS[name] not in self.items[-1].metadata:
            self._field = _FIELDS[name]
            self.items[-1].metadata[self._field] = ""

    def _finish(self, tag: str) -> None:
        if self._in_body:
            self._in_body -= 1
            if not self._in_body:
                self.items[-1].body = (self._start, self._parser.CurrentByteIndex)
        elif self._field == _FIELDS.get(tag.rpartition(":")[2]):
            self._field = None

    def _said(self, text: str) -> None:
        if self._field is not None and not self._in_body:
            known = self.items[-1].metadata[self._field]
            if len(known) < 1000:
                self.items[-1].metadata[self._field] = known + text[:1000]
