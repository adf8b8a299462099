"""HTML: the text of a page, each place of it leading back to the file."""

from __future__ import annotations

import codecs
import re
from typing import Any

from copydesk.errors import TextError
from copydesk.formats.dates import iso_date
from copydesk.formats.markup.html_text import HtmlFacts, HtmlText
from copydesk.formats.plain import FileReader
from copydesk.formats.text import clean, decode, read_bytes
from copydesk.model.document import Document
from copydesk.model.offset_map import TextBuilder
from copydesk.model.records import Origin
from copydesk.plugins.config import Config
from copydesk.plugins.reader import Source

_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096

_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "article:modified_time",
)
"""What pages call their date, the most telling first."""
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
_TITLES = ("og:title", "dc.title", "twitter:title", "parsely-title")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "application-name")


class HtmlConfig(Config):
    """Settings of the reader of HTML."""

    code: bool = False
    """Whether blocks of code are text."""


class HtmlReader(FileReader[HtmlConfig]):
    """A page is one document: its text without tags, in the charset that it names, UTF-8 by default.

    Scripts, styles, forms and blocks of code are no text. Title, date, author, publisher and language that the page names
    are metadata. For the article alone, without menus and footers, see `article`.
    """

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")

    def document(self, source: Source) -> Document:
        page = read_page(source)
        builder = TextBuilder(page, source.path)
        reading = HtmlText(builder, code=self.config.code)
        reading.read()
        text, offset_map = builder.build()
        return Document(
            text,
            id=source.id,
            metadata=page_metadata(reading.facts),
            origin=Origin(source.path, None),
            offset_map=offset_map,
        )


def read_page(source: Source) -> str:
    """The content of an HTML file in the charset that it names.

    Raises:
        TextError: it is not in that charset, or in one that nobody knows.
    """
    raw = read_bytes(source)
    named = _CHARSET.search(raw, 0, _HEAD)
    charset = named[1].decode("ascii") if named and not raw.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        known = codecs.lookup(charset)
    except LookupError:
        raise TextError(
            f"the page says that its charset is {charset!r}, which nobody here knows", path=source.path
        ) from None
    if known.name in ("utf-8", "ascii") or known.name.startswith("utf-16") or not known._is_text_encoding:  # noqa: SLF001  # as bytes.decode asks it
        return clean(decode(raw, source.path), source.path)
    if known.name == "iso8859-1":
        charset = "cp1252"  # as the standard of HTML has it
    try:
        return clean(raw.decode(charset), source.path)
    except UnicodeDecodeError as error:
        raise TextError(
            f"the page says that its charset is {charset}, and byte 0x{raw[error.start]:02x} is none of it",
            path=source.path,
            line=raw.count(b"\n", 0, error.start) + 1,
        ) from None


def page_metadata(facts: HtmlFacts) -> dict[str, Any]:
    """What a page says about itself, under the names that steps read."""
    meta = facts.meta
    dates = [facts.published, *(meta.get(name, "") for name in _DATES), *facts.times[:1]]
    found = {
        "title": _first(meta, _TITLES) or " ".join(facts.heading.split()) or " ".join(facts.title.split()),
        "date": next((date for date in map(iso_date, dates) if date), ""),
        "author": _first(meta, _AUTHORS),
        "publisher": _first(meta, _PUBLISHERS),
        "lang": facts.lang.split("-")[0].lower(),
    }
    return {name: value for name, value in found.items() if value}


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")
