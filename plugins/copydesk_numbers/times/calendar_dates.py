"""Dates as a calendar has them: 30 September, May 2021, Q3, Christmas, week 12."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Fold, Tape
from copydesk_numbers.times.datewords import is_plural, month_at, number_at, unit_of, year_at
from copydesk_numbers.times.moments import Moment
from copydesk_numbers.times.rules import date_maker, has, maker, moment_of

_C = CLASSES
_MONTH_OR_WORD, _DAY_OR_WORD = _C["month_or_word"], _C["weekday_or_word"]
_LAST_DAY = 31
_LONGEST_ABBREVIATION = 4  # letters: "Sept."
_DAY_NUMBERS = in_set("dayno") | {_C["ordinal_day"], _C["word31"]}


@date_maker
def day_month(tape: Tape, match: re.Match[str]) -> Moment | None:
    """4 February 1998, the 4th day of May; "two weeks of May" is a length"""
    if has(match, "p") and (unit_of(tape, match.start("p")) != "D" or is_plural(tape, match.start("p"))):
        return None
    m = match.start("m")
    if has(match, "y") and _ends_sentence(tape, m):
        return None
    in_words = not tape.text[tape.starts[match.start("d")]].isdecimal()
    if tape.classes[m] == _MONTH_OR_WORD and in_words and tape.written(m, m + 1).islower():
        return None  # "no one may"
    day, month = number_at(tape, match.start("d")), month_at(tape, match.start("m"))
    year = year_at(tape, match.start("y")) if has(match, "y") else None
    return _calendar_day(year, month, day)


@maker
def another_day(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The 22 of "March 15 and 22": a later day of the month"""
    n = match.start("n")
    moment, day = moment_of(tape, match, "x"), number_at(tape, n)
    if (
        moment is None
        or moment.day is None
        or moment.unit is not None
        or day is None
        or not moment.day < day <= _LAST_DAY
    ):
        return None
    return Fold(n, n + 1, "date", replace(moment, day=day, weekday=None))


@maker
def day_before(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The 18 of "18 and 19 June": an earlier day of a month that is named behind its day"""
    n, x = match.start("n"), match.start("x")
    moment, day = moment_of(tape, match, "x"), number_at(tape, n)
    if moment is None or moment.day is None or moment.month is None or moment.unit is not None or day is None:
        return None
    named = tape.written(x, x + 1)[:1].isdecimal() and 0 < day < moment.day
    return Fold(n, n + 1, "date", replace(moment, day=day, weekday=None)) if named else None


@date_maker
def month_day(tape: Tape, match: re.Match[str]) -> Moment | None:
    """February 4, 1998; a number in words before a noun is no day: "may two men"."""
    at, m, end = match.start("d"), match.start("m"), match.end("d")
    if _ends_sentence(tape, m):
        return None
    in_words = not tape.text[tape.starts[at]].isdecimal()
    if not has(match, "y") and in_words and tape.class_at(end) in (_C["plain"], _C["period"]):
        return None
    if tape.classes[m] == _MONTH_OR_WORD and tape.written(m, m + 1).islower() and tape.classes[at] not in _DAY_NUMBERS:
        return None
    year = year_at(tape, match.start("y")) if has(match, "y") else None
    return _calendar_day(year, month_at(tape, m), number_at(tape, at))


def _ends_sentence(tape: Tape, m: int) -> bool:
    """Whether the full stop behind a month is none of an abbreviation: "in November. In 2000 it rained"."""
    if tape.class_at(m + 1) != _C["dot"]:
        return False
    return len(tape.words[m]) > _LONGEST_ABBREVIATION or tape.is_in(m, "short_months")


def _calendar_day(year: int | str | None, month: int, day: int | None) -> Moment | None:
    if day is None or not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    return Moment(year=year, month=month, day=day)


@date_maker
def month_year(tape: Tape, match: re.Match[str]) -> Moment | None:
    """February 1998"""
    year = year_at(tape, match.start("y"))
    if year is None or (match.start("y") > match.start("m") and _ends_sentence(tape, match.start("m"))):
        return None
    return Moment(year=year, month=month_at(tape, match.start("m")))


@date_maker
def bare_month(tape: Tape, match: re.Match[str]) -> Moment | None:
    """A month alone, where a word like "may" or "march" is one."""
    at = match.start("m")
    if tape.classes[at] == _MONTH_OR_WORD and not _in_date_context(tape, at):
        return None
    follows = tape.written(at + 1, at + 2) if tape.class_at(at + 1) == _C["plain"] else ""
    if (
        follows[:1].isupper()
        and tape.class_at(at - 1) in (_C["plain"], _C["s"])
        and not tape.is_in(at - 1, "before_months")
    ):
        return None  # "the governor Jan Brewer", "the singer June Carter"
    return Moment(month=month_at(tape, at)) if tape.words[at - 1 : at] != ["$"] else None


def _in_date_context(tape: Tape, at: int) -> bool:
    """Whether "may" or "march" is the month here: behind a preposition of time, or capitalised inside a sentence."""
    capital = tape.written(at, at + 1)[:1].isupper()
    if tape.is_in(at - 1, "before_months"):
        return tape.class_at(at - 1) != _C["of"] or capital
    if not at or not capital:
        return False
    if tape.is_in(at + 1, "behind_names"):
        return False  # "the Coalition and March on Rome"
    spelt = tape.written(at - 1, at)
    return spelt[:1].islower() or spelt in (",", "(", "–", "-")


@date_maker
def weekday(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Monday, Monday the 4th; "sun" and "sat" only where they can be days; not in the name of a show."""
    at = match.start("w")
    if _is_title(tape, at + 1) or tape.is_in(match.start() - 1, "pronouns"):
        return None  # "One Sunday in 2001" is some Sunday
    day = number_at(tape, match.start("d")) if has(match, "d") else None
    if tape.classes[at] == _DAY_OR_WORD and day is None and not _is_short_day(tape, at):
        return None
    if has(match, "d") and (day is None or not 1 <= day <= 31):
        return None
    return Moment(weekday=int(tape.value(at)), day=day)


def _is_title(tape: Tape, at: int) -> bool:
    """Whether a part of the day has a capital before another one: "Saturday Night Live"."""
    part = tape.class_at(at) in (_C["daypart"], _C["period"]) and tape.class_at(at + 1) == _C["plain"]
    return part and tape.written(at, at + 1).istitle() and tape.written(at + 1, at + 2).istitle()


def _is_short_day(tape: Tape, at: int) -> bool:
    if tape.class_at(at - 1) == _C["the"]:
        return False  # "the Sun"
    if not tape.written(at, at + 1).islower() or tape.is_in(at - 1, "before_days"):
        return True
    return at == 0 and (len(tape.words) == 1 or tape.class_at(at + 1) in (_C["break"], _C["dot"]))


@date_maker
def the_nth(tape: Tape, match: re.Match[str]) -> Moment | None:
    """On the 15th: a day of a month that is not said"""
    at = match.start("d")
    day, after = number_at(tape, at), tape.class_at(match.end())
    if day is None or after in (_C["plain"], _C["dash"]) or not tape.text[tape.starts[at]].isdecimal():
        return None
    return Moment(day=day) if tape.is_in(match.start() - 1, "before_nth") else None


@date_maker
def holiday(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Good Friday 2021, next Christmas"""
    key = tape.things[match.start("x")]
    if "day" in key:
        return Moment(fixed=key["day"])
    year = year_at(tape, match.start("y")) if has(match, "y") else None
    if not has(match, "s"):
        return Moment(holiday=key, year=year)
    shift = tape.value(match.start("s"))
    if shift:
        return Moment(holiday=key, unit="NEXT" if shift > 0 else "LAST")
    return Moment(holiday=key, year=year, unit="Y" if year is None else None)


@date_maker
def week_number(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Week 12 of 2021"""
    number = number_at(tape, match.start("n"))
    year = year_at(tape, match.start("y")) if has(match, "y") else None
    if number is None or not 1 <= number <= 53 or unit_of(tape, match.start("w")) != "W":
        return None
    if year is None and tape.written(match.start(), match.start() + 1)[:1].isupper():
        return None  # "Week 13" of a season
    return Moment(week=number, year=year)


@date_maker
def quarter(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Q3 2019, 2019-Q1"""
    if not tape.glued(match.start("n")):
        return None
    return _quarter_of(tape, match)


@date_maker
def ordinal_quarter(tape: Tape, match: re.Match[str]) -> Moment | None:
    """The third quarter of 2018, 3rd qtr, third-quarter results"""
    u = match.start("u")
    is_quarter = tape.classes[u] in (_C["q"], _C["quarter"]) or tape.value(u) == ["M", 3]
    return _quarter_of(tape, match) if is_quarter else None


def _quarter_of(tape: Tape, match: re.Match[str]) -> Moment | None:
    number = number_at(tape, match.start("n"))
    if number is None or not 1 <= number <= 4:
        return None
    return Moment(year=year_at(tape, match.start("y")) if has(match, "y") else None, quarter=number)


@date_maker
def season(tape: Tape, match: re.Match[str]) -> Moment | None:
    """The summer of 1998; "spring" is a season only with a year or behind a word of time."""
    at = match.start("season")
    year = year_at(tape, match.start("y")) if has(match, "y") else None
    name = tape.written(at - 1, at) if at and tape.class_at(at - 1) == _C["plain"] else ""
    if year is None and name[:1].isupper() and tape.written(at, at + 1)[:1].isupper():
        return None  # "Roger Winter"
    if tape.is_in(at, "seasons_or_verbs") and year is None:
        framed = tape.class_at(at - 1) == _C["the"] and tape.class_at(at - 2) == _C["in"]
        return Moment(season=tape.value(at)) if framed and tape.class_at(at + 1) != _C["of"] else None
    if tape.is_in(at, "seasons_or_words") and year is None and not tape.is_in(at - 1, "before_seasons"):
        return None
    return Moment(season=tape.value(at), year=year)


@date_maker
def century(tape: Tape, match: re.Match[str]) -> Moment | None:
    """The 21st century: its years begin with 20"""
    number = number_at(tape, match.start("n"))
    u = match.start("u")
    if number is None or not 1 <= number <= 30 or tape.value(u) != ["Y", 100]:
        return None
    return Moment(decade=f"{number - 1:02}")
