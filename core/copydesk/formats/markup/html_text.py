"""What of HTML is text: blocks as paragraphs, blanks as browsers show them, and each piece with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from copydesk.formats.markup.html_tokens import HtmlToken, attributes_of, html_tokens
from copydesk.model.offset_map import TextBuilder

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]  # a list of words
)
"""Elements that begin and end a paragraph: those that browsers show as blocks (HTML, "Rendering"), and rows of tables."""
_BLOCKS_OF_NITF = frozenset(
    [
        "abstract",
        "block",
        "bodytext",
        "body.content",
        "body.end",
        "body.head",
        "byline",
        "dateline",
        "distributor",
        "hedline",
        "hl1",
        "hl2",
        "media",
        "media-caption",
        "note",
        "rights",
        "tagline",
    ]  # likewise
)
"""Elements of NITF, the IPTC's markup of news, that are paragraphs."""
_PARAGRAPHS = _BLOCKS | _BLOCKS_OF_NITF
_CELLS = frozenset({"td", "th"})
_NO_TEXT = frozenset(
    [
        "applet",
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "math",
        "meter",
        "noembed",
        "noframes",
        "object",
        "option",
        "progress",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
        "xmp",
    ]  # likewise
)
"""Elements whose content is no text of the page."""
_WITHOUT_END = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905  # likewise
_BLANK = " \t\n\f\r"
_BLANKS = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")
"""Blanks that browsers show as one; a single one stays as it stands."""
_LINES = re.compile(r"\n+")
_PUBLISHED = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{4,40})"')
COMMENT = re.compile(r"<!--[ \t]*copydesk:")
"""A comment for copydesk: it passes over findings, so that it stays in the text."""


@dataclass(slots=True)
class HtmlFacts:
    """What a page says about itself.

    Attributes:
        title: of the element `title`.
        heading: of the first `h1`.
        meta: the contents of `meta` elements, by name or property, lower case.
        lang: of the element `html`.
        times: the `datetime` of `time` elements.
        published: the date in the structured data of schema.org.
    """

    title: str = ""
    heading: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    lang: str = ""
    times: list[str] = field(default_factory=list)
    published: str = ""


class HtmlText:
    """Gives the text of HTML to a builder.

    Args:
        builder: of the file.
        code: whether blocks of code, `pre` with `code` in it, are text.
    """

    def __init__(self, builder: TextBuilder, *, code: bool = False) -> None:
        self.facts = HtmlFacts()
        self._builder = builder
        self._code = code
        self._skipped: list[str] = []
        """The elements without text that are open, the outermost first."""
        self._structured = False
        """Whether the text now is structured data."""
        self._pre = 0
        self._reading: str | None = None
        """Which of the facts the text now belongs to."""

    def read(self, start: int = 0, end: int | None = None) -> None:
        """Read a stretch of the file."""
        for token in html_tokens(self._builder.source, start, end):
            if token.kind == "open":
                self._open(token)
            elif token.kind == "close":
                self._close(token.name)
            elif token.kind == "comment":
                self._comment(token)
            else:
                self._text(token)

    def _open(self, token: HtmlToken) -> None:
        name = token.name
        if name in ("meta", "html", "time"):
            self._note(name, attributes_of(token.attributes))
        self._structured = name == "script" and "ld+json" in token.attributes
        if name in ("title", "h1") and not getattr(self.facts, _FACTS[name]):
            self._reading = name
        if name == "body" and "head" in self._skipped:
            self._skipped.clear()  # a head that nobody closed
        if self._skipped:
            if name == self._skipped[0] and not token.attributes.endswith("/"):
                self._skipped.append(name)
            return
        if name == "br" or name in _CELLS:
            self._builder.gap("\n")
        elif name in _PARAGRAPHS:
            self._builder.gap("\n\n")
        if name == "pre":
            self._pre += 1
        no_text = name in _NO_TEXT or (name == "code" and self._pre and not self._code)
        if no_text and name not in _WITHOUT_END and not token.attributes.endswith("/"):
            self._skipped.append(name)

    def _close(self, name: str) -> None:
        if name == self._reading:
            self._reading = None
        if self._skipped:
            if name == self._skipped[0]:
                self._skipped.pop()
            return
        if name == "br" or name in _CELLS:
            self._builder.gap("\n")
        elif name in _PARAGRAPHS:
            self._builder.gap("\n\n")
        if name == "pre" and self._pre:
            self._pre -= 1

    def _note(self, name: str, attributes: dict[str, str]) -> None:
        if name == "html":
            self.facts.lang = self.facts.lang or attributes.get("lang", "")
        elif name == "time":
            if attributes.get("datetime"):
                self.facts.times.append(attributes["datetime"])
        else:
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            if key and attributes.get("content"):
                self.facts.meta.setdefault(key.strip().lower(), attributes["content"].strip())

    def _comment(self, token: HtmlToken) -> None:
        builder = self._builder
        if not self._skipped and COMMENT.match(builder.source, token.start):
            builder.copy(token.start, token.end)
            builder.next_line()

    def _text(self, token: HtmlToken) -> None:
        source = self._builder.source
        if self._reading is not None:
            known = getattr(self.facts, _FACTS[self._reading])
            piece = token.name if token.kind == "reference" else source[token.start : token.end]
            setattr(self.facts, _FACTS[self._reading], f"{known}{piece}"[:1000])
        if (
            self._structured
            and not self.facts.published
            and (date := _PUBLISHED.search(source, token.start, token.end))
        ):
            self.facts.published = date[1]
        if self._skipped or self._reading == "title":
            return
        if token.kind == "reference":
            self._builder.put(token.name, token.start, token.end)
            return
        first, last = token.start, token.end
        if not self._pre:
            said = source[first:last]
            first += len(said) - len(said.lstrip(_BLANK))
            last = max(first, last - len(said) + len(said.rstrip(_BLANK)))
            if first > token.start:
                self._builder.gap(" ")
        for start, end, between in pieces(source, first, last, _LINES if self._pre else _BLANKS):
            if not between:
                self._builder.copy(start, end)
            elif self._pre:
                self._builder.gap("\n" if end - start == 1 else "\n\n")
            else:
                self._builder.gap(" ")
        if last < token.end:
            self._builder.gap(" ")


_FACTS = {"title": "title", "h1": "heading"}


def pieces(text: str, start: int, end: int, between: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
    """A stretch cut at what stands between: start, end, and whether this is what stands between."""
    at = start
    for match in between.finditer(text, start, end):
        if at < match.start():
            yield at, match.start(), False
        yield match.start(), match.end(), True
        at = match.end()
    if at < end:
        yield at, end, False
