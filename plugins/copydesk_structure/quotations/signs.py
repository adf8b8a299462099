"""Quotation marks: every sign that can be one, and on which side of a quotation it can stand here.

Straight, curly and low-high marks, guillemets in both directions, wire-service ``''`` and LaTeX marks, corner
brackets, and single marks against apostrophes and against the marks of inches and feet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from copydesk_structure.wordlists import WordLists

Family = Literal["double", "single", "guillemet", "angle", "corner", "white corner"]
"""Marks of one family close one another."""

Side = Literal["open", "close", "either"]

_ONE = "[\"“”„‟«»‹›‘’‚‛'`「」『』＂]"
_SIGN = re.compile(rf"(?P<row>({_ONE})\2{{3,}}|`{{3}})|``|''|{_ONE}")
"""A sign, or a row of one: four and more in a row are an ornament, three grave accents fence in code."""


_FAMILY_AND_SIDE: dict[str, tuple[Family, Side]] = {
    "``": ("double", "open"),
    "''": ("double", "either"),
    '"': ("double", "either"),
    "＂": ("double", "either"),
    "“": ("double", "open"),
    "‟": ("double", "open"),
    "„": ("double", "open"),
    "”": ("double", "close"),
    "«": ("guillemet", "open"),
    "»": ("guillemet", "close"),
    "‹": ("angle", "open"),
    "›": ("angle", "close"),
    "‘": ("single", "open"),
    "‚": ("single", "open"),
    "‛": ("single", "open"),
    "`": ("single", "open"),
    "’": ("single", "close"),
    "'": ("single", "either"),
    "「": ("corner", "open"),
    "」": ("corner", "close"),
    "『": ("white corner", "open"),
    "』": ("white corner", "close"),
}
STRAIGHT = frozenset(('"', "＂", "''"))
"""Double marks of one form for both sides, which inches have too."""

CLOSES_LOW_ONES = "‘"
"""The high mark that closes what ‚ opened; anywhere else it opens."""

_BEFORE_OPENING = frozenset("([{<—–-/=:>…*_#|~¡¿\ufeff\u200b\u200e\u200f")
_AFTER_CLOSING = frozenset(")]}>.,;:!?—–-/…*_|~")
_MARKS = frozenset("\"“”„‟«»‹›‘’‚‛'`「」『』＂")
_DECADE = re.compile(r"\d\ds?\b")
_LONGEST_ELISION = 8
_LONGEST_MEASURE = 8


class Mark(NamedTuple):
    """A quotation mark, and the side on which it can stand."""

    start: int
    end: int
    family: Family
    side: Side


def read_marks(text: str, words: WordLists) -> Iterator[Mark]:
    """The quotation marks of a text, in order; apostrophes and marks of measures are none."""
    for match in _SIGN.finditer(text):
        if match["row"]:
            continue
        sign, (start, end) = match.group(), match.span()
        family, side = _FAMILY_AND_SIDE[sign]
        if family == "single":
            single = _side_of_single(text, sign, start, end, words)
            if single is not None:
                yield Mark(start, end, family, single)
        elif side == "either":
            if sign == "''" or not _is_measure(text, start) or may_open(text, start, end):
                yield Mark(start, end, family, _side_of(text, start, end))
        else:
            yield Mark(start, end, family, side)


def may_open(text: str, start: int, end: int) -> bool:
    """Whether the mark there can open a quotation, by the signs beside it."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens = before.isspace() or before in _BEFORE_OPENING or before in _MARKS
    opens = opens or not (before.isalnum() or before in _AFTER_CLOSING)
    return opens and _may_follow_opening(after)


def _may_follow_opening(after: str) -> bool:
    return not after.isspace() and after not in ")]},;:!?"


def may_close(text: str, start: int, end: int) -> bool:
    """Whether the mark there can close a quotation, by the signs beside it."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    closes = after.isspace() or after in _AFTER_CLOSING or after in _MARKS
    closes = closes or not (after.isalnum() or after in "([{$#@")
    return closes and not before.isspace() and before not in "([{"


def _side_of(text: str, start: int, end: int) -> Side:
    opens, closes = may_open(text, start, end), may_close(text, start, end)
    return "either" if opens == closes else "open" if opens else "close"


def _side_of_single(text: str, sign: str, start: int, end: int, words: WordLists) -> Side | None:
    """The side of a single mark; None for an apostrophe."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalnum() and after.isalnum():
        return None
    if sign == CLOSES_LOW_ONES and not may_open(text, start, end) and may_close(text, start, end):
        return "close"
    if _FAMILY_AND_SIDE[sign][1] == "open":
        # ‘90s and ‘em have the wrong sign for an apostrophe; word processors put it there.
        elided = _is_decade(text, end) or _word_at(text, end) in words.elisions
        return "open" if _may_follow_opening(after) and not elided else None
    opens, closes = may_open(text, start, end), may_close(text, start, end)
    if opens and (_is_decade(text, end) or _word_at(text, end) in words.all_elisions):
        return None
    if sign == "’":
        return "close" if closes else None
    if opens == closes or (closes and _is_measure(text, start)):
        return None
    return "open" if opens else "close"


def _is_decade(text: str, place: int) -> bool:
    """Such as '90s."""
    return _DECADE.match(text, place) is not None


def _word_at(text: str, place: int) -> str:
    """The word that begins there, in lower case, or the first letters of a long one."""
    word = text[place : place + _LONGEST_ELISION]
    length = next((at for at, sign in enumerate(word) if not sign.isalpha()), len(word))
    return word[:length].lower()


def _is_measure(text: str, start: int) -> bool:
    """Whether the mark follows a digit and is one of feet and inches, as in 6'2"."""
    if not text[start - 1 : start].isdigit():
        return False
    at = start - 1
    while at > 0 and start - at < _LONGEST_MEASURE and (text[at - 1].isdigit() or text[at - 1] in ".'’½¼¾ /-"):
        at -= 1
    word = text[at:start].lstrip(" -/.")
    return "'" in word or "’" in word
