"""Lengths of time: "two years and 3 months", "an hour", "three to four months", "half a day"."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk_numbers.numerals.numeral import Numeral, Value, plain_number
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Fold, Tape, pattern
from copydesk_numbers.times.datewords import PERIODS, factor_of, is_plural, unit_of
from copydesk_numbers.times.reckoning import length_value
from copydesk_numbers.times.rules import has, maker

_C = CLASSES
_MORE = pattern("(comma? and | comma)? n:amount dash? u:anyperiod")
_AND_HALF = pattern("and a? (half | quarter)")
_BEHIND_ONE = frozenset(
    _C[name]
    for name in ["and", "ago", "later", "from", "hence", "starting", "earlier", "before", "after", "break", "back"]
)
_ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")
_PLAIN_YEAR = frozenset((_C["spoken_year"], _C["year"]))


class Length(NamedTuple):
    """A length of time.

    Attributes:
        parts: (unit, number), the largest unit first; the number is None where it is vague or a range.
        low, high, unit: of its first part, as a figure.
        number: offsets of the number, in the text.
        end: offset of the end of the length.
        article: whether it is "a year" and the like, which can be a rate.
    """

    parts: tuple[tuple[str, float | None], ...]
    low: Value | None
    high: Value | None
    unit: str
    number: tuple[int, int]
    end: int
    article: bool = False

    @property
    def timex(self) -> str:
        """ISO 8601; X for a number that is not said."""
        if any(number is None for _, number in self.parts):
            unit = self.parts[0][0]
            return f"PTX{unit[1:]}" if unit.startswith("T") else f"PX{unit}"
        return length_value([(unit, number) for unit, number in self.parts if number is not None])

    @property
    def offset(self) -> tuple[tuple[str, float], ...] | None:
        """For adding to a date; None where it is vague."""
        if any(number is None for _, number in self.parts):
            return None
        return tuple((unit, number) for unit, number in self.parts if number is not None)


class Rank(NamedTuple):
    """The ordinal of "a second day running": its value, its place and that of what it counts, as offsets."""

    value: int
    unit: str
    number: tuple[int, int]
    counted: tuple[int, int]


class Repeat(NamedTuple):
    """Something that comes again: every two weeks, Mondays, daily, a second day running."""

    timex: str
    rank: Rank | None = None


def part_of(tape: Tape, at: int, number: float | None) -> tuple[str, float | None]:
    """So many of the unit of time at word `at`, in units of ISO 8601."""
    unit, factor = unit_of(tape, at), factor_of(tape, at)
    if unit == "Q":
        unit, factor = "M", 3
    return unit, None if number is None else plain_number(number * factor)


def name_of(tape: Tape, at: int) -> str:
    """Pint's name of the unit of time at word `at`."""
    return str(tape.language.map("period_names")[tape.words[at]])


@maker
def numbered_length(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Two hours, a few weeks, 20-30 days, three or four months"""
    n, u = match.start("n"), match.start("u")
    one = tape.things[n]
    two = tape.things[match.start("n2")] if has(match, "n2") else one
    if not isinstance(one, Numeral) or not isinstance(two, Numeral) or _is_no_amount(tape, n, u, one):
        return None
    low, high = (one.value, two.value) if one.value is not None else (one.low, one.high)
    if has(match, "n2"):
        if not _is_range(tape, match, one, two):
            return None
        if two.scale > 1 and low is not None and high is not None and low < high / two.scale:
            low = plain_number(low * two.scale)
    last = match.start("n2") if has(match, "n2") else n
    return _with_more(tape, match.start(), match.end(), u, (low, high), (tape.starts[n], tape.ends[last]))


def _is_no_amount(tape: Tape, n: int, u: int, number: Numeral) -> bool:
    """Whether a number is no length of its unit: "1998 year", "a quarter quarter", "second" the ordinal."""
    if tape.classes[n] in _PLAIN_YEAR and not is_plural(tape, u):
        return True
    if tape.classes[u] == _C["second"] and u == n:
        return True
    return tape.classes[u] == _C["quarter"] and number.kind == "fraction"


def _is_range(tape: Tape, match: re.Match[str], one: Numeral, two: Numeral) -> bool:
    n, joint = match.start("n"), match.start("j")
    if one.value is None or two.value is None or one.value >= two.value or tape.classes[n] in _PLAIN_YEAR:
        return False
    if tape.classes[joint] == _C["and"]:
        return tape.class_at(n - 1) == _C["between"]
    return tape.classes[joint] != _C["dash"] or tape.glued(joint) == tape.glued(joint + 1)


@maker
def article_length(tape: Tape, match: re.Match[str]) -> Fold | None:
    """An hour; behind an amount it is its rate, which the figures see to: "$5 an hour"."""
    at, u = match.start(), match.start("u")
    if not _may_be_one(tape, at, u) or tape.is_in(u + 1, "opens_relatives"):
        return None  # "1988, a year when he won"
    fold = _with_more(tape, at, match.end(), u, (1, 1), (tape.starts[at], tape.ends[at]))
    return fold._replace(thing=fold.thing._replace(article=True)) if fold is not None else None


@maker
def half_length(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Half an hour, a quarter of an hour, two thirds of a year"""
    at, u = match.start(), match.start("u")
    thing = tape.things[at]
    value = thing.value if isinstance(thing, Numeral) else 0.25 if has(match, "quarter") else 0.5
    if value is None or is_plural(tape, u):
        return None
    return _with_more(tape, at, match.end(), u, (value, value), (tape.starts[at], tape.ends[at]))


@maker
def whole_length(tape: Tape, match: re.Match[str]) -> Fold | None:
    """All day, all the year"""
    at, u = match.start(), match.start("u")
    if is_plural(tape, u):
        return None
    return _with_more(tape, at, match.end(), u, (1, 1), (tape.starts[at], tape.ends[at]))


_Ends = tuple[Value | None, Value | None]


def _with_more(tape: Tape, first: int, last: int, u: int, ends: _Ends, number: tuple[int, int]) -> Fold | None:
    """A length with what adds to it: "… and a half", "… and 3 months"; None where it is an age."""
    low, high = ends
    value = low if low == high else None
    unit = name_of(tape, u)
    if unit == "quarter":  # pint has no quarter of a year
        unit, low, high = "month", low and low * 3, high and high * 3
    parts = [part_of(tape, u, value)]
    extra = _fraction_behind(tape, last) if value is not None else None
    if extra is not None and value is not None:
        low = high = plain_number(value + extra[0])
        parts = [part_of(tape, u, low)]
        last = extra[1]
    while (more := _MORE.match(tape.classes, last)) is not None:
        thing = tape.things[more.start("n")]
        if not isinstance(thing, Numeral) or thing.value is None or parts[-1][1] is None:
            break
        part = part_of(tape, more.start("u"), thing.value)
        if part[0] not in _ORDER or parts[-1][0] not in _ORDER or _ORDER.index(part[0]) <= _ORDER.index(parts[-1][0]):
            break
        parts.append(part)
        last = more.end()
    if _is_age(tape, last):
        return None
    return Fold(first, last, "duration", Length(tuple(parts), low, high, unit, number, tape.ends[last - 1]))


def _fraction_behind(tape: Tape, last: int) -> tuple[float, int] | None:
    """The half of "two years and a half", the third of "a day and a third"."""
    half = _AND_HALF.match(tape.classes, last)
    if half is not None and not _MORE.match(tape.classes, last):
        return (0.5 if tape.classes[half.end() - 1] == _C["half"] else 0.25), half.end()
    thing = tape.things[last + 1] if tape.class_at(last) == _C["and"] and last + 1 < len(tape.words) else None
    if isinstance(thing, Numeral) and thing.kind == "fraction" and thing.value is not None:
        follows = tape.class_at(last + 2)
        if follows not in PERIODS and follows != _C["of"]:
            return float(thing.value), last + 2
    return None


def _is_age(tape: Tape, last: int) -> bool:
    k = last + 1 if tape.class_at(last) == _C["dash"] else last
    return tape.class_at(k) == _C["old"] or (tape.class_at(last) == _C["of"] and tape.class_at(last + 1) == _C["age"])


def _may_be_one(tape: Tape, at: int, u: int) -> bool:
    """Whether "an hour" can be a length, or the rate of one."""
    if tape.class_at(u + 1) == _C["dash"] and tape.glued(u + 1):
        return False  # "a year-end deal"
    if is_plural(tape, u) or tape.classes[u] in (_C["quarter"], _C["second"], _C["quarters"]):
        return False
    if tape.class_at(at - 1) in PERIODS:
        return False  # "20 days a month"
    if not tape.is_in(u, "weak_periods") or at == 0 or tape.is_in(at - 1, "before_day_lengths"):
        return True
    return tape.class_at(u + 1) in _BEHIND_ONE
