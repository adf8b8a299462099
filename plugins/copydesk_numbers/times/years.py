"""Years and decades: in 1998, the 1990s, fiscal 2015, 44 BC."""

from __future__ import annotations

import re

from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.times.datewords import number_at, year_at
from copydesk_numbers.times.moments import Moment
from copydesk_numbers.times.numeric_dates import end_of_date
from copydesk_numbers.times.rules import date_maker, has

_C = CLASSES
_JOINTS = frozenset((_C["dash"], _C["tilde"], _C["slash"]))
_QUOTE = _C["quote"]
_STUCK_BEFORE = frozenset(("-", "–", "/", "_", "#", "$"))
_BEFORE_DECADES = frozenset(_C[name] for name in ("early", "mid", "late", "dash", "comma", "and", "or", "s")) | in_set(
    "small"
)
_OWNED = 9  # words between an owner and a decade: "her mid-80s", "their 30s, 40s and 50s"
_FIRST, _LAST = 1000, 2200
_HALF_CENTURY = 50
_WRONG_APOSTROPHES = frozenset("\u2018`")
_MODERN = (1900, 2100)
"""Years that a number alone is taken for."""
_RECENT = (1950, 2050)
"""Years that a plural may follow."""
_BEFORE_COUNTS = frozenset(
    _C[name] for name in ("approximately", "than", "least", "most", "over", "under", "above", "to")
)
_AFTER_WORDS, _SPOKEN = (1100, 2150), (1500, 2100)
"""Years behind "in", "since", in digits and in words."""


@date_maker
def decade(tape: Tape, match: re.Match[str]) -> Moment | None:
    """The 1990s, the '90s"""
    value = number_at(tape, match.start("y"))
    last = match.end() - 1
    first = match.start()
    if is_owned(tape, first) or tape.words[first] == '"':
        return None  # "in their mid-80s"; a quotation mark is none of the decade
    if tape.glued(first) and tape.words[first - 1] == "-" and not tape.is_in(first - 2, "year_prefixes"):
        return None  # "A-10s"
    if value is None or value % 10 or tape.starts[last] - tape.ends[last - 1] > 1:
        return None
    if value >= _FIRST:
        return Moment(decade=f"{value // 10}")
    quoted = has(match, "apostrophe") or tape.words[first - 1] in _WRONG_APOSTROPHES
    tens = value < _HALF_CENTURY and tape.class_at(first - 1) == _C["the"]
    if not quoted and (tens or tape.is_in(first - 1, "of_values")):
        return None  # "in the low 50s", "in the 30s": of years, degrees, shares
    return Moment(decade=f"XX{value // 10}", exact=quoted) if 10 <= value < 100 else None


def is_owned(tape: Tape, first: int) -> bool:
    """Whether a decade is one of somebody's life: "in his 40s", "in their mid-30s or 40s"."""
    at = first - 1
    while at > first - 1 - _OWNED and tape.class_at(at) in _BEFORE_DECADES:
        at -= 1
    return tape.is_in(at, "owners")


@date_maker
def short_year(tape: Tape, match: re.Match[str]) -> Moment | None:
    """’08: an apostrophe, or what could be a quotation mark where a preposition of time stands before"""
    first, at = match.start(), match.start("y")
    written = tape.words[at]
    if tape.glued(first) or not tape.glued(at) or len(written) != 2 or tape.words[first] == '"':
        return None
    if tape.words[first] != "\N{RIGHT SINGLE QUOTATION MARK}" and not tape.is_in(first - 1, "before_years"):
        return None
    return None if _is_count(tape, match.end()) else Moment(year=year_at(tape, at))


@date_maker
def named_year(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Fiscal 2015, the year 2015, fiscal year 2015"""
    value, at = number_at(tape, match.start("y")), match.start("y")
    if (
        value is None
        or not _FIRST <= value < _LAST
        or not any(tape.is_in(k, "years") for k in range(match.start(), at))
    ):
        return None
    kinds = tape.language.map("years_of")
    return Moment(
        year=value, prefix=next((kinds[word] for word in tape.words[match.start() : at] if word in kinds), "")
    )


@date_maker
def era_year(tape: Tape, match: re.Match[str]) -> Moment | None:
    """AD 1066, 44 BC"""
    value = number_at(tape, match.start("y"))
    if value is None or not 0 < value < _LAST:
        return None
    return Moment(fixed=f"-{value:04}") if tape.is_in(match.start("era"), "before_christ") else Moment(year=value)


@date_maker
def year(tape: Tape, match: re.Match[str]) -> Moment | None:
    """A year alone, where the words around it let it be one."""
    at, after = match.start("y"), match.end()
    value = number_at(tape, at)
    if value is None or not _FIRST <= value < _LAST or _sticks_before(tape, at):
        return None
    spoken = tape.classes[at] == _C["spoken_year"]
    modern = _MODERN[0] <= value < _MODERN[1]
    if _sticks_behind(tape, after):
        return Moment(year=value) if tape.classes[after] == _QUOTE and not spoken and modern else None
    back = tape.class_at(at - 1) == _C["to"] and tape.class_at(at - 2) == _C["back"]  # "it dates back to 2012"
    if back and modern:
        return Moment(year=value)
    if tape.is_in(at - 1, "before_years"):
        low, high = _SPOKEN if spoken else _AFTER_WORDS
        return Moment(year=value) if low <= value < high and not _is_count(tape, after) else None
    if spoken or not modern or _is_count(tape, after):
        return None
    if _is_name(tape, at - 1):
        # Behind a name a year belongs to it ("Windows 2000"), unless the phrase ends or a noun follows in small letters.
        title = tape.class_at(after) == _C["plain"] and tape.written(after, after + 1)[:1].isupper()
        ends = title or (after < len(tape.words) and tape.words[after] in (")", ",", "."))
        return Moment(year=value) if ends else None
    return Moment(year=value)


def _is_name(tape: Tape, at: int) -> bool:
    """Whether a word with a capital is part of a name, not the first of its sentence."""
    if tape.class_at(at) != _C["plain"] or not tape.written(at, at + 1)[:1].isupper() or tape.is_in(at, "years"):
        return False
    return not (tape.is_in(at, "stop") or tape.is_in(at, "opens_sentences"))


def _sticks_before(tape: Tape, at: int) -> bool:
    """Whether a year sticks to a sign that makes it part of something else, and not of a date or "mid-2015"."""
    if not tape.glued(at) or tape.words[at - 1] not in _STUCK_BEFORE:
        return False
    dash = at - 1
    return not (tape.words[dash] in "-–/" and (end_of_date(tape, dash) or tape.is_in(dash - 1, "year_prefixes")))


def _sticks_behind(tape: Tape, at: int) -> bool:
    if at >= len(tape.words) or not tape.glued(at):
        return False
    joins = tape.classes[at] in _JOINTS and tape.class_at(at + 1) in in_set("digits")
    word = tape.words[at]
    return (word[:1].isalnum() or word in "-/%" or tape.classes[at] == _QUOTE) and not joins


def _is_count(tape: Tape, at: int) -> bool:
    """Whether a plain plural follows, so that the number before it counts it: "2000 people"."""
    if tape.is_in(at, "behind_counts") or tape.is_in(at, "plurals"):
        return True
    if tape.class_at(at) != _C["plain"]:
        aged = tape.class_at(at) == _C["period"] and tape.class_at(at + 1) == _C["old"]  # "a 2000 year old custom"
        return aged or tape.class_at(at) in (_C["percent"], _C["scale"])
    if not tape.language.is_plural(tape.words[at]) or tape.is_in(at, "stop"):
        return False
    return not _is_recent(tape, at - 1)


def _is_recent(tape: Tape, at: int) -> bool:
    """Whether a number before a plural is a year all the same: "the 2016 elections", but "2000 tins", "about 1998 tins".

    A count of so many would be grouped ("1,998 tins"), or round.
    """
    value = number_at(tape, at) or 0
    return _RECENT[0] <= value < _RECENT[1] and value % 100 > 0 and tape.class_at(at - 1) not in _BEFORE_COUNTS
