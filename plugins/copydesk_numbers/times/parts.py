"""Lengths from a point ("two weeks before Christmas") and parts of a stretch ("the last week of July")."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk_numbers.numerals.numeral import Numeral
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Fold, Tape
from copydesk_numbers.times.datewords import is_night, is_period, is_plural, number_at, unit_of
from copydesk_numbers.times.lengths import Length
from copydesk_numbers.times.moments import Moment
from copydesk_numbers.times.rules import Stretch, from_now, has, maker, moment_of

_C = CLASSES
_BACKWARD = frozenset((_C["ago"], _C["back"], _C["earlier"]))
_WITH_COMPLEMENT = frozenset((_C["earlier"], _C["back"]))
_COMPLEMENTS = frozenset(_C[name] for name in ("than", "to", "in", "on"))
_EDGES_OF = frozenset((_C["end"], _C["begin"], _C["rest"]))
_COMPARED = frozenset((_C["earlier"], _C["later"]))
_HALF = 0.5
_FRAMES = frozenset(("M", "Q", "Y"))
_NUMERALS = in_set("numeral")
_THIS = frozenset(("D", "W", "M"))
_PARTS = frozenset(("D", "W", "M", "Q", "WE"))


_SOME_DAY = "XXXX-XX-XX"  # "a few days later": of which day is not known


@maker
def ago(tape: Tape, match: re.Match[str]) -> Fold | None:
    length: Length = tape.things[match.start("p")]
    offset = length.offset
    word = tape.classes[match.end() - 1]
    sign = -1 if word in _BACKWARD else 1
    if word in _WITH_COMPLEMENT and tape.class_at(match.end()) in _COMPLEMENTS:
        return None
    story = word in (_C["earlier"], _C["later"])
    if offset is None:
        return Fold(
            match.start(),
            match.end(),
            "date",
            Moment(fixed="PAST_REF" if sign < 0 else _SOME_DAY if story else "FUTURE_REF"),
        )
    return Fold(match.start(), match.end(), "date", replace(from_now(offset, sign), story=story))


@maker
def some_ago(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Decades ago: how many is not said"""
    plural = is_plural(tape, match.start("u")) and tape.class_at(match.start() - 1) not in _NUMERALS
    return Fold(match.start(), match.end(), "date", Moment(fixed="PAST_REF")) if plural else None


@maker
def ago_this(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Eight years ago this month, a year ago Tuesday: that month or day so many years back"""
    past, now = tape.things[match.start("x")], tape.things[match.start("y")]
    if not isinstance(past, Moment) or not isinstance(now, Moment) or now.offset or now.has_time or now.shift:
        return None
    far = past.unit == "D" and past.offset and all(unit == "Y" and n < 0 for unit, n in past.offset)
    if not far or past.story or now.unit not in _THIS:
        return None
    return Fold(match.start(), match.end(), "date", replace(now, unit=now.unit, offset=past.offset, exact=True))


@maker
def back_by(tape: Tape, match: re.Match[str]) -> Fold | None:
    """As in "vor drei Tagen", where the language says the direction before the length."""
    length: Length = tape.things[match.start("p")]
    if length.offset is None:
        return Fold(match.start(), match.end(), "date", Moment(fixed="PAST_REF"))
    return Fold(match.start(), match.end(), "date", from_now(length.offset, -1))


@maker
def from_date(tape: Tape, match: re.Match[str]) -> Fold | None:
    """3 days from Tuesday, two weeks before Christmas, 3 minutes from now"""
    length: Length = tape.things[match.start("p")]
    moment = moment_of(tape, match, "x")
    offset = length.offset
    if moment is None or offset is None:
        return None
    link = tape.classes[match.start("link")]
    if link == _C["from"] and tape.class_at(match.start() - 1) == _C["for"]:
        return None  # "for 3 days from Monday" is a stretch
    sign = -1 if link == _C["before"] else 1
    if moment.fixed == "PRESENT_REF":
        return Fold(match.start(), match.end(), "date", from_now(offset, sign))
    if any(unit.startswith("T") for unit, _ in offset) or moment.fixed is not None:
        return None
    if not moment.is_day and tape.classes[match.start("link")] == _C["from"]:
        return None
    return Fold(
        match.start(),
        match.end(),
        "date",
        replace(moment, offset=moment.offset + tuple((u, sign * n) for u, n in offset)),
    )


@maker
def nth(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The second Wednesday of October, the last week of July, the third month of 2021"""
    frame = moment_of(tape, match, "f")
    if has(match, "m"):  # "the first Monday of the month"
        m = match.start("m")
        frame = (
            Moment(unit=unit_of(tape, m), shift=0) if not is_plural(tape, m) and unit_of(tape, m) in _FRAMES else None
        )
    if frame is None or frame.is_day or frame.has_time:
        return None
    number = number_at(tape, match.start("n")) if has(match, "n") else None
    if has(match, "back"):
        number = -(number or 1)
    if number is None:
        return None
    what = _what(tape, match.start("u"))
    return Fold(match.start(), match.end(), "date", replace(frame, nth=(number, what))) if what is not None else None


def _what(tape: Tape, at: int) -> int | str | None:
    thing = tape.things[at]
    if isinstance(thing, Moment):
        return thing.weekday if thing == Moment(weekday=thing.weekday) else None
    unit = unit_of(tape, at) if is_period(tape, at) else ""
    return unit if unit in _PARTS else None


@maker
def half_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The first half of 2015, the second half of the year"""
    number, part = number_at(tape, match.start("n")), tape.things[match.start("h")]
    if number not in (1, 2) or not isinstance(part, Numeral) or part.value != _HALF:
        return None
    if has(match, "m"):
        m = match.start("m")
        frame = Moment(unit="Y", shift=0) if unit_of(tape, m) == "Y" and not is_plural(tape, m) else None
    else:
        frame = moment_of(tape, match, "f")
    if frame is None or frame.has_time or frame.is_day or frame.fixed is not None or not frame.has_date:
        return None
    return Fold(match.start(), match.end(), "date", replace(frame, half=number))


@maker
def last_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """As in "last week" of July: here "last" is a rank."""
    part, frame = moment_of(tape, match, "d"), moment_of(tape, match, "f")
    if part is None or frame is None or part.shift != -1 or frame.is_day or not part.last:
        return None
    what: int | str | None = part.weekday if part.weekday is not None else part.unit
    if what is None or part.part is not None or what == "Y":
        return None
    return Fold(match.start(), match.end(), "date", replace(frame, nth=(-1, what)))


@maker
def day_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """20th of next month"""
    frame, day = moment_of(tape, match, "f"), number_at(tape, match.start("d"))
    if frame is None or day is None or not 1 <= day <= 31 or frame.unit != "M" or frame.day is not None:
        return None
    return Fold(match.start(), match.end(), "date", replace(frame, day=day))


@maker
def weekday_of_week(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Monday of next week, next week Monday, last week's Sunday"""
    one, two = moment_of(tape, match, "a"), moment_of(tape, match, "b")
    if one is None or two is None:
        return None
    if two.unit == "W" and two.weekday is None:
        one, two = two, one
    if one.unit == "W" and one.weekday is None and two == Moment(weekday=two.weekday):
        return Fold(match.start(), match.end(), "date", replace(one, weekday=two.weekday))
    if not has(match, "of") and has(match, "left") and one.has_date and two.is_day and has(match, "right"):
        return Fold(match.start(), match.end(), "date", two)
    if two.offset and one == Moment(weekday=one.weekday) and not has(match, "of"):
        return Fold(match.start(), match.end(), "date", replace(two, weekday=one.weekday))
    if (
        two.unit == "Y"
        and one.has_date
        and one.year is None
        and one.unit is None
        and (one.month is not None or one.holiday is not None or one.quarter is not None)
    ):
        moved = replace(one, unit="Y", shift=two.shift, story=two.story)
        return Fold(match.start(), match.end(), "date", moved)
    if (
        two == Moment(year=two.year)
        and one.has_date
        and one.year is None
        and one.unit is None
        and one.month is not None
        and has(match, "of")
    ):
        return Fold(match.start(), match.end(), "date", replace(one, year=two.year))
    if two == Moment(unit="M", shift=two.shift) and one.unit is None and one == Moment(day=one.day):
        return Fold(match.start(), match.end(), "date", replace(two, day=one.day))
    if (
        (one == Moment(unit="D", shift=one.shift) or one.weekday is not None)
        and two.unit is None
        and two.month is not None
        and two.day is not None
        and not has(match, "of")
    ):
        return Fold(match.start(), match.end(), "date", two)
    return None


@maker
def edge(tape: Tape, match: re.Match[str]) -> Fold | None:
    """End of April, early 2015, mid-November, the rest of the week"""
    moment = moment_of(tape, match, "x")
    if moment is not None and moment == Moment(year=moment.year) and tape.class_at(match.end()) == _C["plain"]:
        article = tape.class_at(match.start("x") - 1) == _C["the"]
        if article and not tape.is_in(match.end(), "stop"):
            return None  # "the rest of the 2016 candidates"
    if moment is None:
        u = match.start("u")
        if is_plural(tape, u):
            return None
        unit = unit_of(tape, u)
        if unit.startswith("T") or is_night(tape, u):
            return None
        moment = Moment(unit=unit, shift=0, story=unit == "D")  # "later in the day" that the story speaks of
    first = match.start()
    if tape.classes[match.start("one")] in _EDGES_OF and (
        not has(match, "of") or tape.classes[match.start("of")] == _C["in"]
    ):
        return None  # "the races end in June"
    if tape.classes[match.start("one")] in _COMPARED and not has(match, "of") and moment.unit is None:
        return None
    return Fold(first, match.end(), "date", moment)


@maker
def length_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The first six months of 1989, the last two weeks of July"""
    frame = moment_of(tape, match, "f")
    length: Length = tape.things[match.start("p")]
    if frame is None or frame.is_day or frame.has_time or length.offset is None or not frame.has_date or frame.fixed:
        return None
    if has(match, "back"):
        if tape.value(match.start("back")) != -1:
            return None
        end = replace(frame, nth=(-1, "D"))
        start = replace(end, offset=tuple((unit, -number) for unit, number in length.offset))
        return Fold(match.start(), match.end(), "span", Stretch(start, end))
    if number_at(tape, match.start("n")) != 1:
        return None
    start = replace(frame, nth=(1, "D"))
    return Fold(match.start(), match.end(), "span", Stretch(start, replace(start, offset=length.offset)))
