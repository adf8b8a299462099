"""A day and a time of it: "Monday at 5", "tonight around 7", "9am on 4 February"."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk_numbers.tape.tape import Fold, Tape
from copydesk_numbers.times.clock import half_of_day
from copydesk_numbers.times.datewords import is_night, number_at
from copydesk_numbers.times.moments import Moment
from copydesk_numbers.times.rules import maker, moment_of


@maker
def day_and_time(tape: Tape, match: re.Match[str]) -> Fold | None:
    day, time = moment_of(tape, match, "x"), moment_of(tape, match, "t")
    if (
        day is None
        or time is None
        or not (day.is_day or day.fixed is not None)
        or day.fixed is not None
        or day.hour is not None
    ):
        return None
    return Fold(match.start(), match.end(), "instant", _joined(day, time))


def _joined(day: Moment, time: Moment) -> Moment:
    """A day with a time of it; "tonight" and "this afternoon" settle which half of the day."""
    if day.part is not None and time.hour is not None:
        if not time.meridiem and time.hour <= 12:
            late = day.part in ("AF", "EV") or (day.part == "NI" and time.hour > 5)
            time = half_of_day(time, afternoon=late)
        day = replace(day, part=None)
    if time.part is not None and time.hour is not None:
        time = replace(time, part=None)
    return day.merged(time)


@maker
def hour_and_part(tape: Tape, match: re.Match[str]) -> Fold | None:
    """7:30 Monday evening: the part of the day says which half of it"""
    instant, part = moment_of(tape, match, "x"), moment_of(tape, match, "t")
    if instant is None or part is None or instant.hour is None or part.part is None or part.hour is not None:
        return None
    day = replace(instant, hour=None, minute=None, second=None, meridiem=False, part=part.part)
    time = Moment(hour=instant.hour, minute=instant.minute, second=instant.second, meridiem=instant.meridiem)
    return Fold(match.start(), match.end(), "instant", _joined(day, time))


@maker
def day_and_hour(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Saturday at 5, tonight around 7, 8 tonight"""
    day = moment_of(tape, match, "x")
    hour = number_at(tape, match.start("h"))
    if day is None or hour is None or not day.is_day or day.hour is not None:
        return None
    return Fold(match.start(), match.end(), "instant", _joined(day, Moment(hour=hour)))


@maker
def part_and_hour(tape: Tape, match: re.Match[str]) -> Fold | None:
    """In the morning at 7, this morning at 3"""
    part = moment_of(tape, match, "x")
    thing = tape.things[match.start("h")]
    time = thing if isinstance(thing, Moment) else Moment(hour=number_at(tape, match.start("h")))
    if part is None or part.part is None or part.hour is not None or time.hour is None:
        return None
    joined = _joined(part, time)
    kind = "instant" if part.has_date else "time"
    return Fold(match.start(), match.end(), kind, joined if part.has_date else replace(joined, part=None))


@maker
def tonight_hour(tape: Tape, match: re.Match[str]) -> Fold | None:
    day = moment_of(tape, match, "x")
    if day is None or day.part is None or not day.has_date or (match.start() and tape.glued(match.start())):
        return None
    return day_and_hour(tape, match)


@maker
def night_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Tuesday night"""
    day = moment_of(tape, match, "x")
    if day is None or not is_night(tape, match.end() - 1) or not day.is_day or day.has_time:
        return None
    return Fold(match.start(), match.end(), "instant", replace(day, part="NI"))
