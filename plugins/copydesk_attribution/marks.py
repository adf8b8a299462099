"""Quoted stretches of a paragraph, found by their marks alone.

The quotes plugin says who speaks; here it only matters which words are somebody else's. One pass
over the marks of a paragraph: what opens is closed by its own kind of mark, and a double mark that
nothing closes runs to the paragraph's end, since a quotation may go on in the next paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from copydesk import Span

_MARK = re.compile("[\"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019']")
_OPENS = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u2018": "\u2019"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks.

    Attributes:
        outer: with its marks.
        inner: without them.
        single: whether the marks are single ones.
        closed: whether its closing mark is there.
    """

    outer: Span
    inner: Span
    single: bool
    closed: bool


def quoted_stretches(text: str, paragraph: Span) -> list[Quoted]:
    """The outermost quoted stretches of a paragraph, in order."""
    marks = [match.start() for match in _MARK.finditer(text, paragraph.start, paragraph.end)]
    closers: dict[str, list[int]] = {kind: [] for kind in ('"', "\u201d", "\u201c\u201d", "\u00bb", "\u2019", "'")}
    for place in marks:
        mark = text[place]
        for kind, places in closers.items():
            if mark in kind and (mark not in "'\u2019" or _may_close(text, place, paragraph)):
                places.append(place)
    found: list[Quoted] = []
    after = paragraph.start
    for place in marks:
        if place < after:
            continue
        mark = text[place]
        single = mark in "'\u2018"
        if mark == "'":
            closing = mark if _may_open(text, place, paragraph) else None
        else:
            closing = mark if mark == '"' and _may_begin(text, place, paragraph) else _OPENS.get(mark)
        if closing is None:
            continue
        places = closers[closing]
        index = bisect_left(places, place + 1)
        if index < len(places):
            end = places[index]
            found.append(Quoted(Span(place, end + 1), Span(place + 1, end), single, closed=True))
            after = end + 1
        elif not single:
            found.append(Quoted(Span(place, paragraph.end), Span(place + 1, paragraph.end), single, closed=False))
            break
    return found


def _may_open(text: str, place: int, paragraph: Span) -> bool:
    before = text[place - 1] if place > paragraph.start else " "
    after = text[place + 1] if place + 1 < paragraph.end else " "
    return not before.isalnum() and after.isalnum()


def _may_begin(text: str, place: int, paragraph: Span) -> bool:
    """Whether a straight double mark can open: it stands before a word, and not right after one."""
    before = text[place - 1] if place > paragraph.start else " "
    after = text[place + 1] if place + 1 < paragraph.end else " "
    return not before.isalnum() and not after.isspace()


def _may_close(text: str, place: int, paragraph: Span) -> bool:
    before = text[place - 1] if place > paragraph.start else " "
    after = text[place + 1] if place + 1 < paragraph.end else " "
    return not before.isspace() and not after.isalnum()
