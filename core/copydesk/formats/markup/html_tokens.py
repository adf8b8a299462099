"""The tokens of HTML with their places, in linear time on any input.

Python's own `html.parser` looks at the rest of the file again at each tag that is not closed, in the versions that
copydesk runs on; and no maintained library that is linear says where in the file a token stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

Kind = Literal["text", "reference", "open", "close", "comment"]


class HtmlToken(NamedTuple):
    """A piece of HTML.

    Attributes:
        kind: of a tag whether it opens or closes an element.
        start: where it begins.
        end: where it ends, exclusive.
        name: of the element, lower case, without the prefix of a namespace; of a reference the characters that it stands for.
        attributes: of a tag that opens, as they are written.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: str = ""


_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,100})")
_IN_TAG = re.compile(r"[^>\"']*+")
_AFTER_EQUALS = re.compile(r"=[ \t\n\f\r]*+\Z")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_MARK = re.compile("[<&]")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"})
"""Elements in which nothing but their own end is a tag."""
_ATTRIBUTE = re.compile(
    r"""([^\s"'>/=]{1,100})(?:[ \t\n\f\r]*=[ \t\n\f\r]*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]{1,2000})))?"""
)


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of a tag; of two of one name the first."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), unescape(value))
    return found


def html_tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[HtmlToken]:
    """The tokens of a stretch of HTML, in order; what is no markup is text.

    Args:
        text: the file.
        start: where the stretch begins.
        end: where it ends; None for the end of the file.
    """
    end = len(text) if end is None else end
    at = last = start
    while (mark := _MARK.search(text, at, end)) is not None:
        begin = mark.start()
        token = _reference(text, begin, end) if text[begin] == "&" else _markup(text, begin, end)
        if token is None:
            at = begin + 1
            continue
        if last < begin:
            yield HtmlToken("text", last, begin)
        yield token
        at = last = token.end
        if token.kind == "open" and token.name in _RAW:
            close = _end_of(text, token.name, at, end)
            if at < close:
                yield HtmlToken("text", at, close)
            at = last = close
    if last < end:
        yield HtmlToken("text", last, end)


def _reference(text: str, start: int, end: int) -> HtmlToken | None:
    match = _REFERENCE.match(text, start, end)
    if match is None:
        return None
    meant = unescape(match[0])
    if meant == match[0]:
        return None
    known = match.end()
    if not match[0].endswith(";") and meant[1:] and match[0].endswith(meant[1:]):
        known -= len(meant) - 1  # `&ampx` is `&amp` and an x
        meant = meant[:1]
    return HtmlToken("reference", start, known, meant.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def _markup(text: str, start: int, end: int) -> HtmlToken | None:
    if text.startswith("<!--", start):
        close = text.find("-->", start + 4, end)
        return HtmlToken("comment", start, end if close < 0 else close + 3)
    if text.startswith("<![CDATA[", start):
        close = text.find("]]>", start, end)
        return HtmlToken("comment", start, end if close < 0 else close + 3)
    if text.startswith(("<!", "<?"), start):
        close = text.find(">", start, end)
        return HtmlToken("comment", start, end if close < 0 else close + 1)
    match = _TAG.match(text, start, end)
    if match is None:
        return None
    at = match.end()
    while True:  # a `>` in the value of an attribute does not end the tag
        found = _IN_TAG.match(text, at, end)
        assert found is not None
        stop = found.end()
        if stop >= end:
            return HtmlToken("comment", start, end)  # as browsers do: a tag that never ends is none, and has no text
        if text[stop] == ">":
            break
        if _AFTER_EQUALS.search(text, max(at, stop - 20), stop):
            close = text.find(text[stop], stop + 1, end)
            if close < 0:
                return HtmlToken("comment", start, end)
            at = close + 1
        else:
            at = stop + 1
    kind: Kind = "close" if match[1] else "open"
    return HtmlToken(kind, start, stop + 1, match[2].lower().rpartition(":")[2], text[match.end() : stop])


def _end_of(text: str, name: str, start: int, end: int) -> int:
    """Where the tag begins that closes an element of raw text."""
    match = re.compile(rf"</(?:[a-z0-9_.-]{{1,40}}:)?{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(
        text, start, end
    )
    return end if match is None else match.start()
