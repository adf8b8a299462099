"""The dates of holidays: fixed, nth weekday, from Easter, Islamic and Hebrew ones by rule, others from a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

Holiday = Mapping[str, Any]
"""The rule of a holiday, as in holidays.toml."""


def holiday_date(entry: Holiday, year: int) -> date | None:
    """The day of a holiday in a year; None where no rule gives it."""
    try:
        found = _tables()[entry["table"]].get(year) if "table" in entry else None
        if found is not None:
            return found + timedelta(days=entry.get("then", 0))
        if "date" in entry:
            month, day = entry["date"]
            return date(year, month, day)
        if "nth" in entry:
            number, weekday, month = entry["nth"]
            found = nth_weekday(year, month, weekday, number)
        elif "easter" in entry:
            found = easter(year) + timedelta(days=entry["easter"])
        elif "orthodox" in entry:
            found = orthodox_easter(year) + timedelta(days=entry["orthodox"])
        elif "islamic" in entry:
            found = islamic_date(year, *entry["islamic"])
        elif "hebrew" in entry:
            found = new_year(year) + timedelta(days=entry["hebrew"])
        else:
            return None
        return found + timedelta(days=entry.get("then", 0))
    except (ValueError, OverflowError):
        return None


@cache
def _tables() -> Mapping[str, Mapping[int, date]]:
    """Holiday to year to day, from `language/holiday_dates.tsv`."""
    text = (files("copydesk_numbers") / "language" / "holiday_dates.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        name: {
            year: date(year, int(day[:2]), int(day[2:]))
            for year, day in enumerate(days.split(" "), int(first))
            if day.isdecimal()
        }
        for name, first, days in rows
    }


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The nth weekday (1 is Monday) of a month; counted from the end where negative."""
    if number > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    after = date(year + month // 12, month % 12 + 1, 1)
    last = after - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-number - 1))


_ISLAMIC_EPOCH = 227014  # the day before 1 Muharram 1, as a proleptic Gregorian ordinal
_HEBREW_EPOCH = -1373427


def islamic_date(year: int, month: int, day: int) -> date:
    """The first such day of the tabular Islamic calendar in a Gregorian year; the moon may be a day off."""
    first = (year - 622) * 33 // 32
    for islamic in range(first - 1, first + 3):
        days = (islamic - 1) * 354 + (3 + 11 * islamic) // 30 + 29 * (month - 1) + month // 2 + day
        found = date.fromordinal(_ISLAMIC_EPOCH + days)
        if found.year == year:
            return found
    raise ValueError(f"no such day in {year}")


def new_year(year: int) -> date:
    """Rosh Hashanah of a Gregorian year, by the fixed Hebrew calendar."""
    hebrew = year + 3761
    before, this, after = (_hebrew_days(hebrew + step) for step in (-1, 0, 1))
    delay = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return date.fromordinal(_HEBREW_EPOCH + this + delay)


def _hebrew_days(year: int) -> int:
    """Days before a Hebrew year by its mean new moon, kept off Sunday, Wednesday and Friday."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12084 + 13753 * months) // 25920
    return days + 1 if 3 * (days + 1) % 7 < 3 else days


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous Gregorian computus."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Julian calendar, as a Gregorian date."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)
