"""Lengths from a point ("two weeks before Christmas") and parts of a stretch ("the last week of July")."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk_numbers.datewords import number_at, unit_of
from copydesk_numbers.lengths import Length
from copydesk_numbers.lexicon import CLASSES, VALUES
from copydesk_numbers.moments import Moment
from copydesk_numbers.rules import Rule, from_now, moment_of
from copydesk_numbers.tape import Fold, Tape, pattern

_C = CLASSES


def _ago(tape: Tape, match: re.Match[str]) -> Fold | None:
    length: Length = tape.things[match.start("p")]
    offset = length.offset
    word = tape.words[match.end() - 1]
    sign = -1 if word in ("ago", "back", "earlier") else 1
    if (
        word in ("earlier", "back")
        and match.end() < len(tape)
        and tape.classes[match.end()] in (_C["than"], _C["to"], _C["in"], _C["on"])
    ):
        return None
    if offset is None:
        return Fold(match.start(), match.end(), "date", Moment(fixed="PAST_REF" if sign < 0 else "FUTURE_REF"))
    return Fold(match.start(), match.end(), "date", from_now(offset, sign))


def _from_date(tape: Tape, match: re.Match[str]) -> Fold | None:
    """3 days from Tuesday, two weeks before Christmas, 3 minutes from now"""
    length: Length = tape.things[match.start("p")]
    moment = moment_of(tape, match, "x")
    offset = length.offset
    if moment is None or offset is None:
        return None
    sign = -1 if tape.words[match.start("link")] == "before" else 1
    if moment.fixed == "PRESENT_REF":
        return Fold(match.start(), match.end(), "date", from_now(offset, sign))
    if any(unit.startswith("T") for unit, _ in offset) or moment.fixed is not None:
        return None
    if not moment.is_day and tape.words[match.start("link")] == "from":
        return None
    return Fold(
        match.start(),
        match.end(),
        "date",
        replace(moment, offset=moment.offset + tuple((u, sign * n) for u, n in offset)),
    )


def _nth(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The second Wednesday of October, the last week of July, the third month of 2021"""
    frame = moment_of(tape, match, "f")
    if frame is None or frame.is_day or frame.has_time:
        return None
    number = number_at(tape, match.start("n")) if match["n"] is not None else None
    if match["back"] is not None:
        number = -(number or 1)
    if number is None:
        return None
    what = _what(tape, match.start("u"))
    return Fold(match.start(), match.end(), "date", replace(frame, nth=(number, what))) if what is not None else None


def _what(tape: Tape, at: int) -> int | str | None:
    thing = tape.things[at]
    if isinstance(thing, Moment):
        return thing.weekday if thing == Moment(weekday=thing.weekday) else None
    word = tape.words[at]
    if word in VALUES or word.startswith("quarter"):
        unit = unit_of(word)
        return unit if unit in ("D", "W", "M", "Q", "WE") else None
    return None


def _last_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """As in "last week" of July: here "last" is a rank."""
    part, frame = moment_of(tape, match, "d"), moment_of(tape, match, "f")
    if (
        part is None
        or frame is None
        or part.shift != -1
        or frame.is_day
        or "last" not in tape.text[tape.starts[match.start("d")] : tape.ends[match.start("d")]].lower()
    ):
        return None
    what: int | str | None = part.weekday if part.weekday is not None else part.unit
    if what is None or part.part is not None or what == "Y":
        return None
    return Fold(match.start(), match.end(), "date", replace(frame, nth=(-1, what)))


def _day_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """20th of next month, the thirty-first day of the month"""
    of_this = "f" not in match.re.groupindex
    frame = None if of_this else moment_of(tape, match, "f")
    day = number_at(tape, match.start("d"))
    if of_this:
        frame = Moment(unit="M", shift=0)
    if frame is None or day is None or not 1 <= day <= 31 or frame.unit != "M" or frame.day is not None:
        return None
    return Fold(match.start(), match.end(), "date", replace(frame, day=day))


def _weekday_of_week(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Monday of next week, next week Monday, last week's Sunday"""
    one, two = moment_of(tape, match, "a"), moment_of(tape, match, "b")
    if one is None or two is None:
        return None
    if two.unit == "W" and two.weekday is None:
        one, two = two, one
    if one.unit == "W" and one.weekday is None and two == Moment(weekday=two.weekday):
        return Fold(match.start(), match.end(), "date", replace(one, weekday=two.weekday))
    if match["of"] is None and match["left"] is not None and one.has_date and two.is_day and match["right"] is not None:
        return Fold(match.start(), match.end(), "date", two)
    if two.offset and one == Moment(weekday=one.weekday) and match["of"] is None:
        return Fold(match.start(), match.end(), "date", replace(two, weekday=one.weekday))
    if (
        two.unit == "Y"
        and one.has_date
        and one.year is None
        and one.unit is None
        and (one.month is not None or one.holiday is not None or one.quarter is not None)
    ):
        moved = replace(one, unit="Y", shift=two.shift)
        return Fold(match.start(), match.end(), "date", moved)
    if (
        two == Moment(year=two.year)
        and one.has_date
        and one.year is None
        and one.unit is None
        and one.month is not None
        and match["of"] is not None
    ):
        return Fold(match.start(), match.end(), "date", replace(one, year=two.year))
    if two == Moment(unit="M", shift=two.shift) and one.unit is None and one == Moment(day=one.day):
        return Fold(match.start(), match.end(), "date", replace(two, day=one.day))
    if (
        one == Moment(unit="D", shift=one.shift)
        and two.unit is None
        and two.month is not None
        and two.day is not None
        and match["of"] is None
    ):
        return Fold(match.start(), match.end(), "date", two)
    return None


def _edge(tape: Tape, match: re.Match[str]) -> Fold | None:
    """End of April, early 2015, mid-November, the rest of the week"""
    moment = moment_of(tape, match, "x")
    if moment is None:
        u = match.start("u")
        if tape.words[u].endswith("s"):
            return None
        unit = unit_of(tape.words[u])
        if unit.startswith("T") or tape.words[u] == "night":
            return None
        moment = Moment(unit=unit, shift=0)
    first = match.start()
    if (
        match["one"] is not None
        and match["of"] is None
        and tape.words[match.start("one")] in ("end", "start", "beginning", "rest", "remaining")
    ):
        return None
    if tape.words[match.start("one")] in ("earlier", "later") and match["of"] is None and moment.unit is None:
        return None
    return Fold(first, match.end(), "date", moment)


OFFSETS: tuple[Rule, ...] = (
    (pattern("p:duration comma? (ago | back | earlier | later | hence)"), _ago),
    (pattern("p:duration link:(from | after | before) the? x:(date | instant)"), _from_date),
)
PARTS: tuple[Rule, ...] = (
    (pattern("the? n:ordinal_day back:shift? u:(period | date | quarter) (of | in) the? f:date"), _nth),
    (pattern("the? d:date (of | in) the? f:date"), _last_of),
    (pattern("the? d:(ordinal_day | dayno) (period)? of the? f:date"), _day_of),
    (pattern("the? d:ordinal_day period of the period"), _day_of),
    (
        pattern("the? a:date (of:(of | in | from | quote s) | comma | dash | left:left)? the? b:date right:right?"),
        _weekday_of_week,
    ),
    (pattern("one:edge dash? of:(of | in)? (the | shift)? (x:date | u:period)"), _edge),
)
