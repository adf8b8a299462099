"""Sentences of a paragraph, from the text alone.

The checks need "in the same sentence" and "in the next one" on documents without a parse too, and
the same answer whether or not a parser ran.
"""

from __future__ import annotations

import re

from copydesk import Span
from copydesk_attribution.wordlists import words

_STOP = re.compile(r"[.!?…]")
_CLOSING = "\"'”’»)]"
_OPENING = "\"'“‘«(["


def sentences(text: str, paragraph: Span) -> list[Span]:
    """The sentences of a paragraph, in order, without the white space between them."""
    found: list[Span] = []
    start = paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        place = stop.end()
        if place < start or (place < paragraph.end and text[place] in ".!?…"):
            continue
        while place < paragraph.end and text[place] in _CLOSING:
            place += 1
        if place >= paragraph.end or not text[place].isspace():
            continue
        following = place
        while following < paragraph.end and text[following].isspace():
            following += 1
        if following < paragraph.end and not _starts_sentence(text, following, paragraph.end):
            continue
        if stop.group() == "." and _abbreviated(text, stop.start(), start):
            continue
        _add(found, text, start, place)
        start = following
    _add(found, text, start, paragraph.end)
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def _starts_sentence(text: str, place: int, end: int) -> bool:
    while place < end and text[place] in _OPENING:
        place += 1
    return place < end and (text[place].isupper() or text[place].isdigit() or not text[place].isascii())


def _abbreviated(text: str, dot: int, start: int) -> bool:
    """Whether the full stop at `dot` ends a title, an initial or another abbreviation rather than a sentence."""
    first = dot
    while first > start and dot - first < 12 and (text[first - 1].isalnum() or text[first - 1] == "."):
        first -= 1
    word = text[first:dot]
    if len(word) == 1 and word.isalpha() and word.isupper() and word != "I":
        return True
    return word.casefold() in words("abbreviations")
