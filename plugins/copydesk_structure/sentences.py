"""Sentences, by their punctuation: the same with and without a parse."""

from __future__ import annotations

import re

from copydesk import Span
from copydesk_structure.wordlists import WordLists

_STOP = re.compile(r"[.!?…]")
_CLOSING = "\"'”’»)]"
_OPENING = "\"'“‘«(["
_LONGEST_ABBREVIATION = 12


def sentences(text: str, paragraph: Span, words: WordLists) -> list[Span]:
    """The sentences of a paragraph, in order, without the white space between them.

    A sentence ends at a stop, closing marks included, before white space and a word that can begin one; not at
    the full stop of an abbreviation or an initial.
    """
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
        if following < paragraph.end and not _can_begin(text, following, paragraph.end):
            continue
        if stop.group() == "." and _is_abbreviated(text, stop.start(), start, words):
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


def _can_begin(text: str, place: int, end: int) -> bool:
    while place < end and text[place] in _OPENING:
        place += 1
    return place < end and (text[place].isupper() or text[place].isdigit() or not text[place].isascii())


def _is_abbreviated(text: str, dot: int, start: int, words: WordLists) -> bool:
    """Whether the full stop at `dot` ends a title, an initial or another abbreviation rather than a sentence."""
    first = dot
    while (
        first > start and dot - first < _LONGEST_ABBREVIATION and (text[first - 1].isalnum() or text[first - 1] == ".")
    ):
        first -= 1
    word = text[first:dot]
    if len(word) == 1 and word.isalpha() and word.isupper() and word != "I":
        return True
    return word.casefold() in words.abbreviations
