"""Time values in words: what people read in place of TIMEX3 codes such as PXD, DCT-P1W and XXXX-WXX-5."""

from __future__ import annotations

import re
from datetime import date

LONGEST = 100
"""A value longer than this is none of ours, and stays as it stands."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_QUARTERS = ("first", "second", "third", "fourth")
_PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime", "MI": "midday"}
_FIXED = {"PRESENT_REF": "now", "PAST_REF": "in the past", "FUTURE_REF": "in the future"}
_DAY_UNITS = {
    "CE": "century",
    "DE": "decade",
    "Y": "year",
    "Q": "quarter",
    "M": "month",
    "WE": "weekend",
    "W": "week",
    "D": "day",
}
_CLOCK_UNITS = {"H": "hour", "M": "minute", "S": "second"}

_NUMBER = r"(?:[0-9]{1,9}(?:\.[0-9]{1,9})?|X)"
_LENGTH = re.compile(rf"P((?:{_NUMBER}(?:DE|CE|WE|[YQMWD]))*)(?:T((?:{_NUMBER}[HMS])+))?")
_PIECE = re.compile(rf"({_NUMBER})(DE|CE|WE|[YQMWDHS])")
_BEFORE = re.compile(r"(?:-P|P-)(.+)")
_SHIFTED = re.compile(rf"(.+?)((?:[+-]P(?:{_NUMBER}(?:WE|[YQMWD]))*(?:T(?:{_NUMBER}[HMS])+)?)+)(?:-WXX-([1-7]))?(T.+)?")
_SHIFT = re.compile(r"([+-])(P[^+-]+)")
_STORY = "@"
"""DCT, the document's creation time, while a value is taken apart: a name without the T that begins a time of day."""
_CLOCK = re.compile(r"T(?:([0-9]{2})(?::([0-9]{2})(?::([0-9]{2}))?)?|([A-Z]{2}))")


def in_words(timex: str, kind: str = "date") -> str:
    """A TIMEX3 or ISO 8601 value in words; one that is not understood as a whole stays as it stands.

    Args:
        timex: the `timex` of a `TimeExpression`.
        kind: its kind; a `set` comes again and again, so PXD is "every few days" there.
    """
    if len(timex) > LONGEST or _STORY in timex:
        return timex
    code = timex.replace("DCT", _STORY)
    if kind == "set":
        return _repeated(code) or timex
    if code.count("/") == 1:
        return _range(*code.split("/")) or timex
    return _value(code) or timex


def _range(first: str, last: str) -> str | None:
    start, end = (side if side == ".." else _side(side) for side in (first, last))
    if start is None or end is None or start == end == "..":
        return None
    if start == "..":
        return f"up to {end}"
    return f"from {start} on" if end == ".." else f"from {start} to {end}"


def _side(timex: str) -> str | None:
    said = _value(timex)
    return said.removeprefix("in ") if said and timex in _FIXED else said


def _repeated(timex: str) -> str | None:
    if (length := _length(timex)) is not None:
        few = re.fullmatch("some (.+)", length)
        return f"every few {few[1]}" if few else f"every {length.removeprefix('1 ')}"
    if weekday := re.fullmatch(r"XXXX-WXX-([1-7])(T.+)?", timex):
        clock = _clock(weekday[2] or "")
        return None if clock is None else _joined(f"every {_WEEKDAYS[int(weekday[1]) - 1]}", clock)
    if timex == "XXXX-WXX-WE":
        return "every weekend"
    if (part := timex.removeprefix("T")) in _PARTS and timex.startswith("T"):
        return f"every {_PARTS[part]}"
    if timex in _SEASONS:
        return f"every {_SEASONS[timex]}"
    if month := re.fullmatch(r"XXXX-([0-9]{2})(?:-([0-9]{2}))?", timex):
        named = _day_of(None, month[1], month[2])
        return named and f"every {named.partition(' (')[0]}"
    value = _value(timex)
    return f"every day, {value}" if value and timex.startswith("T") else value


def _value(timex: str) -> str | None:
    if timex in _FIXED:
        return _FIXED[timex]
    if (length := _length(timex)) is not None:
        return length
    if before := _BEFORE.fullmatch(timex):
        length = _length(f"P{before[1]}")
        return length and f"{_the(length)} before"
    if timex.startswith("T"):
        return _clock(timex)
    if shifted := _SHIFTED.fullmatch(timex):
        return _shifted(*shifted.groups())
    day, letter, clock = timex.partition("T")
    said, at = _date(day), _clock(letter + clock)
    return None if said is None or at is None else _joined(said, at)


def _joined(day: str, clock: str) -> str:
    return f"{day}, {clock}" if clock else day


def _shifted(base: str, shifts: str, weekday: str | None, clock: str | None) -> str | None:
    """A distance from a day: the week before the story; Sunday of the week after the story."""
    said, at = "the story" if base == _STORY else _value(base), _clock(clock or "")
    if said is None or at is None:
        return None
    for sign, code in reversed(_SHIFT.findall(shifts)):
        length = _length(code)
        if length is None:
            return None
        said = f"{_the(length)} {'after' if sign == '+' else 'before'} {said}"
    return _joined(f"{_WEEKDAYS[int(weekday) - 1]} of {said}" if weekday else said, at)


def _the(length: str) -> str:
    """`the week` for `1 week`: a distance of one."""
    return f"the {length[2:]}" if re.fullmatch("1 [a-z]+", length) else length


def _length(timex: str) -> str | None:
    """`2 years 3 months`, `some weeks`; None where it is no length."""
    found = _LENGTH.fullmatch(timex)
    if found is None or timex == "P":
        return None
    days, clock = found[1], found[2] or ""
    return " ".join(
        [_count(number, _DAY_UNITS, unit) for number, unit in _PIECE.findall(days)]
        + [_count(number, _CLOCK_UNITS, unit) for number, unit in _PIECE.findall(clock)]
    )


def _count(number: str, units: dict[str, str], unit: str) -> str:
    plural = "centuries" if unit == "CE" else f"{units[unit]}s"
    return f"some {plural}" if number == "X" else f"{number} {units[unit] if number == '1' else plural}"


def _clock(text: str) -> str | None:
    """A time of day; empty for none, None where it is not understood."""
    if not text:
        return ""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute, second, part = found.groups()
    return _PARTS.get(part) if part else f"{hour}:{minute or '00'}" + (f":{second}" if second else "")


def _date(text: str) -> str | None:
    if text == _STORY:
        return "the time of the story"
    if text.startswith("FY"):
        year = "of the story" if text == f"FY{_STORY}" else _year(text[2:])
        return year and f"the fiscal year {year}"
    if text in _SEASONS:
        return _SEASONS[text]
    if weekday := re.fullmatch(rf"(XXXX|{_STORY})-WXX-([1-7])", text):
        name = _WEEKDAYS[int(weekday[2]) - 1]
        return f"a {name}" if weekday[1] == "XXXX" else f"{name} of the week of the story"
    if week := re.fullmatch(r"([0-9]{4})-W([0-9]{2})(-WE)?", text):
        return _week(int(week[1]), int(week[2]), weekend=bool(week[3]))
    if part := re.fullmatch(r"([0-9]{4}|XXXX)-(?:Q([1-4])|(SP|SU|FA|WI)|W([0-9]{2}))", text):
        year, quarter, season, number = part.groups()
        named = f"the {_QUARTERS[int(quarter) - 1]} quarter" if quarter else _SEASONS.get(season) or f"week {number}"
        return _with_year(named, year, of=bool(quarter))
    if day := re.fullmatch(r"([0-9]{4}|XXXX)-([0-9]{2}|XX)(?:-([0-9]{2}))?", text):
        return _day_of(*day.groups())
    return _year(text)


def _week(year: int, week: int, *, weekend: bool) -> str | None:
    try:
        day = date.fromisocalendar(year, week, 6 if weekend else 1)
    except ValueError:
        return None
    return f"the {'weekend' if weekend else 'week'} of {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _day_of(year: str | None, month: str, day: str | None) -> str | None:
    if month == "XX":
        return f"day {int(day)} of a month" if day and year in (None, "XXXX") else None
    if not 1 <= int(month) <= 12:
        return None
    named = _MONTHS[int(month) - 1]
    return _with_year(f"{int(day)} {named}" if day else named, year or "XXXX")


def _with_year(named: str, year: str, *, of: bool = False) -> str:
    if year == "XXXX":
        return f"{named} (year not known)"
    return f"{named}{' of' if of else ''} {int(year)}"


def _year(text: str) -> str | None:
    if text == "XXXX":
        return "some year"
    if re.fullmatch("[0-9]{4}", text):
        return str(int(text))
    if re.fullmatch("[0-9]{3}", text):
        return f"the {text}0s"
    if re.fullmatch("XX[0-9]", text):
        return f"the {text[2]}0s"
    if re.fullmatch("[0-9]{2}", text):
        return f"the years {text}00 to {text}99"
    return None
