"""Dates in numbers: 5/3/18, 2016-11-07, 23.04.2022, Dec/2018, 20170302."""

from __future__ import annotations

import re

from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.times.datewords import month_at, number_at, year_at
from copydesk_numbers.times.moments import Moment
from copydesk_numbers.times.rules import date_maker

_C = CLASSES
_MONTHS = in_set("anymonth")
_NEAR = 3  # words on either side in which a word of odds may stand


@date_maker
def slashed(tape: Tape, match: re.Match[str]) -> Moment | None:
    """5/3/18, 13/04/21, 2016-11-07, 2020/Sep/23: in the order that makes a date."""
    parts = [match.start(name) for name in ("a", "b", "c")]
    if not all(tape.glued(k) for k in range(parts[0] + 1, match.end())) and tape.classes[parts[0] + 1] != _C["slash"]:
        return None
    if tape.words[parts[0] + 1] not in "-/–" or tape.classes[parts[0] + 1] != tape.classes[parts[1] + 1]:
        return None
    values = [
        month_at(tape, k) if tape.classes[k] in _MONTHS and tape.classes[k] != _C["year"] else number_at(tape, k)
        for k in parts
    ]
    named = [k for k in range(3) if tape.classes[parts[k]] in _MONTHS]
    first, second, third = values
    if (
        first is None
        or second is None
        or third is None
        or (
            parts[0]
            and tape.glued(parts[0])
            and tape.words[parts[0] - 1] in "-/"
            and not end_of_date(tape, parts[0] - 1)
        )
    ):
        return None
    years = [k for k in range(3) if tape.classes[parts[k]] == _C["year"]]
    if years == [0]:
        month, day = (second, third) if named == [1] or second <= 12 else (third, second)
        year: int | str | None = first
        if named == [2]:
            month, day = third, second
    elif years == [1]:
        year, month, day = second, third, first
    else:
        year = year_at(tape, parts[2])
        if years != [2] and len(tape.words[parts[2]]) != 2:
            return None
        month, day = (second, first) if named == [1] or first > 12 else (first, second)
    return Moment(year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def end_of_date(tape: Tape, at: int) -> bool:
    """Whether a dash joins two dates: 10/1/2018-10/7/2018, or stands alone."""
    if not tape.glued(at):
        return True
    if at == 0 or not tape.words[at - 1][:1].isdecimal():
        return at == 0 or not tape.words[at - 1][:1].isalpha()
    return at > 1 and tape.words[at - 2] == "/"


@date_maker
def slashed_two(tape: Tape, match: re.Match[str]) -> Moment | None:
    """4/25, Dec/3, 3-May: month and day."""
    a, b = match.start("a"), match.start("b")
    if any(tape.is_in(k, "of_odds") for k in range(a - _NEAR, match.end() + _NEAR)):
        return None  # "the 5/2 favourite"
    if tape.glued(a + 1) != tape.glued(b) or (
        a and tape.glued(a) and tape.words[a - 1] in "-/.,:" and not end_of_date(tape, a - 1)
    ):
        return None
    after = tape.words[match.end()] if match.end() < len(tape.words) else ""
    if match.end() < len(tape.words) and tape.glued(match.end()) and (after[:1].isalnum() or after == "/"):
        return None
    if tape.classes[a] in _MONTHS:
        month, day = month_at(tape, a), number_at(tape, b)
    elif tape.classes[b] in _MONTHS:
        month, day = month_at(tape, b), number_at(tape, a)
    else:
        first, second = number_at(tape, a), number_at(tape, b)
        if first is None or second is None or not tape.glued(b):
            return None
        if tape.classes[a + 1] == _C["dash"]:
            return None
        month, day = (second, first) if first > 12 else (first, second)
    if day is None or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return Moment(month=month, day=day)


@date_maker
def month_number_year(tape: Tape, match: re.Match[str]) -> Moment | None:
    """2/2013, 2013-10, Dec/2018"""
    a, b = match.start("a"), match.start("b")
    if not (tape.glued(a + 1) and tape.glued(b)):
        return None
    if (
        match.end() < len(tape.words)
        and tape.glued(match.end())
        and tape.words[match.end()] in "-/–"
        and tape.classes[a] != _C["year"]
    ):
        return None
    if a and tape.glued(a) and tape.words[a - 1] in "-/.":
        return None
    year_first = tape.classes[a] == _C["year"]
    year = number_at(tape, a if year_first else b)
    other = b if year_first else a
    month = month_at(tape, other) if tape.classes[other] in _MONTHS else number_at(tape, other)
    if month is None or not 1 <= month <= 12:
        return None
    if tape.classes[other] not in _MONTHS and tape.classes[a + 1] == _C["dash"] and len(tape.words[other]) != 2:
        return None
    return Moment(year=year, month=month)


@date_maker
def dotted(tape: Tape, match: re.Match[str]) -> Moment | None:
    """23.04.2022"""
    a, b, c = (int(part) for part in tape.words[match.start()].split("."))
    year, month, day = (a, b, c) if a > 31 else (c + (0 if c > 99 else 2000), b, a)
    if month > 12:
        month, day = day, month
    return Moment(year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


@date_maker
def eight_digits(tape: Tape, match: re.Match[str]) -> Moment | None:
    """20170302"""
    word = tape.words[match.start()]
    if len(word) != 8 or not ("1900" <= word[:4] < "2100"):
        return None
    month, day = int(word[4:6]), int(word[6:])
    return Moment(year=int(word[:4]), month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None
