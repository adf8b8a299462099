"""Reckoning with dates: lengths added to days, the days of a stretch, ISO 8601 durations."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta

_SHIFTED = {"D": "D", "W": "W", "M": "M", "Y": "Y", "Q": "M", "WE": "W", "TH": "TH", "TM": "TM", "TS": "TS"}


def shifted(moment: datetime, unit: str, number: float) -> datetime | None:
    """A moment moved by a length of time; None beyond the calendar."""
    try:
        if unit in ("M", "Q", "Y") and float(number).is_integer():
            months = moment.year * 12 + moment.month - 1 + int(number) * {"M": 1, "Q": 3, "Y": 12}[unit]
            year, month = divmod(months, 12)
            return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
        days = {"D": 1, "W": 7, "WE": 7, "M": 30, "Q": 91, "Y": 365}.get(unit)
        if days is not None:
            return moment + timedelta(days=days * number)
        return moment + timedelta(seconds={"TH": 3600, "TM": 60, "TS": 1}[unit] * number)
    except (OverflowError, ValueError):
        return None


def length_value(parts: list[tuple[str, float]]) -> str:
    """An ISO 8601 duration: P2Y3M, PT1H30M, P3.5Y."""
    days = "".join(f"{plain_length(number)}{unit}" for unit, number in parts if not unit.startswith("T"))
    clock = "".join(f"{plain_length(number)}{unit[1:]}" for unit, number in parts if unit.startswith("T"))
    return f"P{days}" + (f"T{clock}" if clock else "")


def stretch(text: str) -> tuple[date, date] | None:
    """The first day of a year, month or quarter, and the day after its last."""
    try:
        if len(text) == 4:
            return date(int(text), 1, 1), date(int(text) + 1, 1, 1)
        year, rest = text[:4], text[5:]
        if rest.startswith("Q"):
            first = 3 * int(rest[1:]) - 2
        elif len(rest) == 2 and rest.isdecimal():
            first = int(rest)
        else:
            return None
        span = 3 if rest.startswith("Q") else 1
        after = int(year) * 12 + first - 1 + span
        return date(int(year), first, 1), date(after // 12, after % 12 + 1, 1)
    except ValueError:
        return None


def first_day(text: str) -> date | None:
    """The first day of a value that is known down to its year."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        if text[4:6] == "-W":
            return date.fromisocalendar(int(text[:4]), int(text[6:8]), 1)
    except ValueError:
        return None
    bounds = stretch(text)
    return bounds[0] if bounds else None


def plain_length(number: float) -> str:
    return f"{number:g}" if not float(number).is_integer() else str(int(number))


def distance(unit: str, number: float) -> str:
    sign = "+" if number >= 0 else "-"
    return sign + length_value([(_SHIFTED.get(unit, unit), abs(number))])


def add_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def day_in(months: int, day: int) -> date | None:
    try:
        return date(months // 12, months % 12 + 1, day)
    except ValueError:
        return None


def iso_day(make: Callable[[], date]) -> str:
    try:
        return make().isoformat()
    except (OverflowError, ValueError):
        return "XXXX-XX-XX"
