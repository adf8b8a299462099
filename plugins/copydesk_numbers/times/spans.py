"""From one moment to another: "from 5 to 6pm tomorrow", "Nov 18-Dec 19, 2015"."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Fold, Tape
from copydesk_numbers.times.clock import half_of_day
from copydesk_numbers.times.datewords import number_at
from copydesk_numbers.times.moments import Moment
from copydesk_numbers.times.rules import Stretch, has, maker, moment_of

_C = CLASSES
_COUNTED = frozenset((_C["percent"], _C["period"], _C["plain"]))
_SHORT_YEAR = 2  # digits: the 97 of "the 1996-97 season"


def _fill(start: Moment, end: Moment) -> tuple[Moment, Moment] | None:
    """Each end takes what only the other says: "5 to 6pm", "Nov 18 to Dec 19, 2015"."""
    start, end = _halves(start, end)
    if start.has_date and not end.has_date:
        end = _with_day(end, start)
    elif end.has_date and not start.has_date:
        start = _with_day(start, end)
    if start.month is not None and end.month is not None and start.year is None and isinstance(end.year, int):
        start = replace(
            start, year=end.year if (start.month, start.day or 0) <= (end.month, end.day or 99) else end.year - 1
        )
    if start.weekday is not None and start.unit == "W" and end == Moment(weekday=end.weekday):
        end = replace(end, unit="W", shift=start.shift)
    return start, end


def _halves(start: Moment, end: Moment) -> tuple[Moment, Moment]:
    """Two hours of which at most one says its half of the day."""
    if start.hour is None or end.hour is None:
        return start, end
    if end.meridiem and not start.meridiem and start.hour <= 12:
        return _half(start, end), end
    if end.meridiem or end.hour > 12:
        return start, end
    if end.hour < start.hour:
        end = _keep_date(half_of_day(end, afternoon=True), end)
    return start, end


def _half(start: Moment, end: Moment) -> Moment:
    """The first hour of "2 to 4pm" is in the half of the day that comes before the second."""
    assert end.hour is not None
    late = half_of_day(start, afternoon=end.hour >= 12)
    assert late.hour is not None
    if (late.hour, late.minute or 0) > (end.hour, end.minute or 0):
        late = half_of_day(start, afternoon=False)
    return _keep_date(late, start)


def _keep_date(time: Moment, dated: Moment) -> Moment:
    return replace(dated, hour=time.hour, minute=time.minute, meridiem=True)


def _with_day(time: Moment, day: Moment) -> Moment:
    return replace(day, hour=time.hour, minute=time.minute, second=time.second, part=time.part, meridiem=time.meridiem)


@maker
def between(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Two moments, or a bare number and a moment that says what it is."""
    a, b = tape.things[match.start("a")], tape.things[match.start("b")]
    joint = match.start("j")
    if tape.classes[joint] == _C["dash"] and tape.glued(joint) != tape.glued(joint + 1):
        return None
    explicit = has(match, "open")
    start = a if isinstance(a, Moment) else None
    end = b if isinstance(b, Moment) else None
    if start is None and end is not None:
        start = _like(number_at(tape, match.start("a")), end)
    elif end is None and start is not None:
        end = _like_after(number_at(tape, match.start("b")), start, tape, match.start("b"), explicit=explicit)
    if start is None or end is None or (start.fixed is None and end.fixed is None and _mixed(start, end)):
        return None
    first = match.start()
    if tape.classes[joint] == _C["and"] and not _is_between(tape, match):
        return None
    filled = _fill(start, end)
    if filled is None:
        return None
    start, end = filled
    if start.hour is not None and end.hour is not None and start.hour > 24:
        return None
    return Fold(first, match.end(), "span", Stretch(start, end))


@maker
def from_to(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Two dates with a joint between them, each with what only the other says"""
    start, end = moment_of(tape, match, "a"), moment_of(tape, match, "b")
    filled = _fill(start, end) if start is not None and end is not None else None
    return Fold(match.start(), match.end(), "span", Stretch(*filled)) if filled is not None else None


def _is_between(tape: Tape, match: re.Match[str]) -> bool:
    return has(match, "open") and tape.classes[match.start("open")] == _C["between"]


def _mixed(start: Moment, end: Moment) -> bool:
    return any(
        a.has_date and not a.has_time and b.has_time and not b.has_date for a, b in ((start, end), (end, start))
    ) or (start == Moment(year=start.year) and end.has_time)


def _like(number: int | None, end: Moment) -> Moment | None:
    """What a bare number before "to 6pm", "-20 November", "to March 3" is."""
    if number is None:
        return None
    if end.hour is not None:
        return Moment(hour=number) if 0 <= number <= 24 else None
    if end.day is not None and end.weekday is None and end.unit is None:
        return replace(end, day=number) if 1 <= number <= 31 else None
    if end == Moment(year=end.year) and 1000 <= number < 2200:
        return Moment(year=number)
    return None


def _like_after(number: int | None, start: Moment, tape: Tape, at: int, *, explicit: bool) -> Moment | None:
    stuck = (
        tape.glued(at) and tape.classes[at - 1] == _C["dash"] and start.day is not None
    )  # "March 17-20 by telephone"
    season = start == Moment(year=start.year) and tape.glued(at) and len(tape.words[at]) == _SHORT_YEAR
    if number is None or (tape.class_at(at + 1) in _COUNTED and not (explicit or season or stuck)):
        return None
    if start.hour is not None:
        apart = tape.classes[at - 1] == _C["dash"] and not tape.glued(at) and not tape.words[at].isdecimal()
        return Moment(hour=number) if 0 <= number <= 24 and not apart else None  # "6:45 pm - One of them left"
    if start.day is not None and start.month is not None and start.weekday is None:
        return replace(start, day=number) if 1 <= number <= 31 and number > start.day else None
    if start == Moment(year=start.year) and isinstance(start.year, int):
        if 1000 <= number < 2200:
            return Moment(year=number)
        if 0 <= number < 100 and number > start.year % 100 and tape.words[at].isdecimal() and len(tape.words[at]) == 2:
            return Moment(year=start.year // 100 * 100 + number)
    return None


@maker
def hours_of_day(tape: Tape, match: re.Match[str]) -> Fold | None:
    """From 3 to 5 tomorrow, Monday 12-4, tomorrow from 7:00 to 8"""
    day = moment_of(tape, match, "x")
    if day is None or not day.is_day or day.hour is not None:
        return None
    a, b = tape.things[match.start("a")], tape.things[match.start("b")]
    start = a if isinstance(a, Moment) else Moment(hour=number_at(tape, match.start("a")))
    end = b if isinstance(b, Moment) else Moment(hour=number_at(tape, match.start("b")))
    joint = match.start("j")
    if tape.classes[joint] == _C["dash"] and tape.glued(joint) != tape.glued(joint + 1):
        return None
    if start.has_date or end.has_date or start.hour is None or end.hour is None or start.hour > 24 or end.hour > 24:
        return None
    if tape.classes[joint] == _C["and"] and not _is_between(tape, match):
        return None
    if day.part is not None:
        late = day.part != "MO"
        start = start if start.meridiem else half_of_day(start, afternoon=late)
        end = end if end.meridiem else half_of_day(end, afternoon=late)
        day = replace(day, part=None)
    filled = _fill(start, end)
    if filled is None:
        return None
    start, end = filled
    return Fold(match.start(), match.end(), "span", Stretch(_with_day(start, day), _with_day(end, day)))


@maker
def span_of_day(tape: Tape, match: re.Match[str]) -> Fold | None:
    """5 to 6pm on Tuesday: a span of hours with its day"""
    stretch = tape.things[match.start("s")]
    day = moment_of(tape, match, "x")
    if not isinstance(stretch, Stretch) or day is None or not day.is_day or day.hour is not None:
        return None
    known = [side for side in stretch if side is not None]
    if any(side.has_date or not side.has_time for side in known):
        return None
    if day.part is not None:
        day = replace(day, part=None)
    sides = [side and _with_day(side, day) for side in stretch]
    return Fold(match.start(), match.end(), "span", Stretch(*sides))
