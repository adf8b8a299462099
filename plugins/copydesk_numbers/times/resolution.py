"""The calendar: what moments are worth as TIMEX3 values.

What a moment does not say comes from the document's date, where there is one and it is needed. What stays
unknown is X ("XXXX-09-30"), and what hangs on an unknown document date is written as a distance from it:
"DCT+P1W" (DCT: document creation time).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal

from copydesk_numbers.times.holidays import holiday_date
from copydesk_numbers.times.moments import Moment, clock_value
from copydesk_numbers.times.reckoning import add_days, day_in, distance, first_day, iso_day, shifted, stretch

Direction = Literal["past", "future", "soon", "nearest", "open"]
_AHEAD = frozenset(("future", "soon"))
_SATURDAY = 6
_WEEKS = 5  # of a month, at most
_DAYS_OF_YEAR, _DAYS_OF_MONTH = 365, 30.4
_YESTERDAY = 6  # days ahead that a weekday is that was yesterday
_NEAREST = 3  # days: the nearest weekday is no farther
_SOON = 8  # months within which a plan is likely
_NEAR_DAY = 90  # days from now within which a day of a month is meant, if nothing puts it in the past
_NEAR = 45  # days from now within which a date without its year is meant
_MONTH, _DAY = len("2021-06"), len("2021-06-16")
_GRAIN = {"Y": 4}
"""How much of a date is said by "eight years ago"."""
_TEN = 10
_SEASON, _HALF_YEAR, _MONTHS = 3, 6, 12
_SEASON_BEGINS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Calendar:
    """Turns moments into values.

    Args:
        now: the document's date, or None.
        direction: says where to look for a year or week that is not said; asked where one is needed.
        guessed: whether the direction is only what the words around suggest. Then a date without its year that is near
            is meant, whatever they say (one that is nearly a year away would have its year), and a weekday of
            which they say nothing is the last one.
        week_begins: the day that weeks begin on, 1 for Monday. On a Sunday that begins one, last week is the ISO week that ends.
    """

    def __init__(
        self, now: datetime | None, direction: Callable[[], Direction], *, guessed: bool = False, week_begins: int = 1
    ) -> None:
        self.now = now
        self._week_begins = week_begins
        self._direction = direction
        self.guessed = guessed
        self.needed = False
        self._to_the_day = False  # the ends of an interval are days, even of one in years

    @cached_property
    def direction(self) -> Direction:
        """Where to look for a year or week that is not said."""
        return self._direction()

    def value(self, moment: Moment) -> str:
        """The TIMEX3 value. Sets `needed` where the document's date mattered."""
        if moment.fixed is not None:
            return moment.fixed
        clock = clock_value(moment)
        if not moment.has_date:
            return clock
        if moment.offset:
            by_the_clock = self.now is not None and all(unit.startswith("T") for unit, _ in moment.offset)
            if not by_the_clock and not self._anchorable(moment):
                return self._distance(moment)
        return moment.prefix + self._date(moment) + clock

    def interval(self, start: Moment | None, end: Moment | None) -> str:
        """An ISO 8601 interval; ".." is an open side. A year that neither side says is one that puts them in order."""
        sides = []
        for side in (start, end):
            if side is not None and side.fixed == "PRESENT_REF":
                self.needed = True
                sides.append(self.now.date().isoformat() if self.now else "DCT")
            else:
                self._to_the_day = True
                sides.append(".." if side is None else self.value(side))
                self._to_the_day = False
        first, last = sides
        inferred = start is not None and end is not None and start.year is None and end.year is None
        if (
            inferred
            and first[:4].isdecimal()
            and last[:4].isdecimal()
            and first[4:5] == last[4:5] == "-"
            and first > last
        ):
            if self.direction == "past" or int(last[:4]) < int(first[:4]):
                first = f"{int(last[:4]) - (first[4:] > last[4:]):04}{first[4:]}"
            else:
                last = f"{int(first[:4]) + 1:04}{last[4:]}"
        return f"{first}/{last}"

    def _distance(self, moment: Moment) -> str:
        self.needed = True
        text = (
            "DCT"
            if moment.unit is not None or not replace(moment, offset=()).has_date
            else self.value(replace(moment, offset=()))
        )
        if moment.unit is not None and moment.shift:
            text += distance(moment.unit, moment.shift)
        for unit, number in moment.offset:
            text += distance(unit, number)
        return text

    def _anchorable(self, moment: Moment) -> bool:
        return self.day(moment) is not None

    def day(self, moment: Moment) -> date | None:
        """The first day of a moment, where it can be known."""
        base = self._start(moment)
        if base is None:
            return None
        moved: datetime | None = datetime.combine(base, self.now.time() if self.now else datetime.min.time())
        for unit, number in moment.offset:
            if moved is not None:
                moved = shifted(moved, unit, number)
        return moved.date() if moved is not None else None

    def _start(self, moment: Moment) -> date | None:
        if moment.unit is None and isinstance(moment.year, int) and moment.holiday is None and moment.nth is None:
            try:
                return date(moment.year, moment.month or 1, moment.day or 1)
            except ValueError:
                return None
        text = self._date(replace(moment, offset=(), hour=None, part=None))
        return first_day(text)

    def _date(self, moment: Moment) -> str:
        if moment.half is not None:
            frame = self._date(replace(moment, half=None))
            return f"{frame}-H{moment.half}" if len(frame) == _GRAIN["Y"] else frame
        if moment.offset:
            return self._with_offset(moment)
        if moment.nth is not None:
            return self._nth(moment)
        if moment.holiday is not None:
            return self._holiday(moment)
        if moment.unit is not None:
            return self._relative(moment)
        if moment.decade is not None:
            return self._decade(moment.decade) if moment.exact else moment.decade
        year = moment.year
        if moment.week is not None:
            known = self.now is not None and moment.year is None
            self.needed = self.needed or known
            return (
                f"{self.now.year:04}-W{moment.week:02}"
                if self.now and known
                else f"{_year(moment.year)}-W{moment.week:02}"
            )
        if moment.quarter is not None:
            return f"{self._year(moment)}-Q{moment.quarter}"
        if moment.season is not None:
            if year is None and (self.now is None or self.direction == "open"):
                return moment.season
            return f"{self._year(moment)}-{moment.season}"
        if moment.month is not None:
            chosen = _year(year) if year is not None else self._year(moment)
            day = f"-{moment.day:02}" if moment.day is not None else ""
            return f"{chosen}-{moment.month:02}{day}"
        if moment.day is not None:
            return self._day_of_month(moment)
        if moment.weekday is not None:
            return self._weekday(moment)
        return _year(year)

    def _with_offset(self, moment: Moment) -> str:
        if all(unit.startswith("T") for unit, _ in moment.offset) and self.now is not None:
            moved: datetime | None = self.now
            for unit, number in moment.offset:
                moved = shifted(moved, unit, number) if moved is not None else None
            self.needed = True
            return moved.isoformat() if moved is not None else self._distance(moment)
        day = self.day(moment)
        self.needed = self.needed or moment.unit is not None
        if moment.weekday is not None and moment.unit is not None and day is not None:
            day += timedelta(days=(moment.weekday - day.isoweekday()) % 7)
        if day is None:
            return self._distance(moment)
        if moment.exact and moment.unit == "W":
            return "{}-W{:02}".format(*day.isocalendar()[:2])
        if moment.exact:
            return day.isoformat()[: _MONTH if moment.unit == "M" else _DAY]
        return day.isoformat()[: _DAY if self._to_the_day else _GRAIN.get(_coarsest(moment), _DAY)]

    # ------------------------------------------------------------------ what the document's date decides

    def _relative(self, moment: Moment) -> str:
        self.needed = True
        unit = moment.unit or "D"
        if unit in ("NEAR", "MONTH", "SEASON", "DECADE", "CENTURY"):
            return self._named(moment)
        if self.now is None and (moment.month is not None or (moment.day is not None and not moment.shift)):
            # "March 23 of this year": of the date only the year is unknown, and "of next year" has no form with its month.
            of_year = "XX" if moment.month is None else f"{moment.month:02}"
            return f"XXXX-{of_year}" + (f"-{moment.day:02}" if moment.day else "")
        if self.now is None:
            text = "DCT" + (
                distance("M" if unit == "Q" else unit, moment.shift * (3 if unit == "Q" else 1)) if moment.shift else ""
            )
            return text + (f"-WXX-{moment.weekday}" if moment.weekday else f"-{moment.day:02}" if moment.day else "")
        today = self.now.date()
        if unit == "D":
            return iso_day(lambda: today + timedelta(days=moment.shift))
        if unit in ("W", "WE"):
            if unit == "WE" and moment.shift == 0 and today.isoweekday() < _SATURDAY and self.direction == "past":
                moment = replace(moment, shift=-1)  # "two contests this weekend" that were held
            just_ended = unit == "W" and moment.shift < 0 and today.isoweekday() >= self._week_begins > 1
            monday = add_days(today, 7 * (moment.shift + just_ended) - today.weekday())
            if monday is None:
                return "XXXX-WXX"
            if moment.weekday is not None:
                return iso_day(lambda: monday + timedelta(days=(moment.weekday or 1) - 1))
            iso = monday.isocalendar()
            return f"{iso.year}-W{iso.week:02}" + ("-WE" if unit == "WE" else "")
        if unit in ("M", "Q"):
            months = today.year * 12 + today.month - 1 + (moment.shift if unit == "M" else 0)
            year, month = divmod(months, 12)
            if unit == "Q":
                quarters = today.year * 4 + (today.month - 1) // 3 + moment.shift
                return f"{quarters // 4:04}-Q{quarters % 4 + 1}"
            return f"{year:04}-{month + 1:02}" + (f"-{moment.day:02}" if moment.day else "")
        if unit == "Y":
            year = today.year + moment.shift
            if moment.month is not None:
                return f"{year:04}-{moment.month:02}" + (f"-{moment.day:02}" if moment.day else "")
            return f"{year:04}"
        moved = shifted(self.now, unit, moment.shift)
        return moved.isoformat() if moved else "XXXX"

    def _named(self, moment: Moment) -> str:
        """Next March, last Friday, this summer, the last decade."""
        now, shift = self.now, moment.shift
        if moment.unit == "NEAR":
            if now is None:
                return f"XXXX-WXX-{moment.weekday}"
            ahead = ((moment.weekday or 1) - now.date().isoweekday()) % 7
            return iso_day(lambda: now.date() + timedelta(days=(ahead or 7) if shift > 0 else ahead - 7))
        if moment.unit == "MONTH":
            if now is None:
                return f"XXXX-{moment.month:02}"
            month = moment.month or 1
            year = now.year + (shift if (month <= now.month) == (shift > 0) or shift == 0 else 0)
            if shift < 0:
                year = now.year if month < now.month else now.year - 1
            return f"{year:04}-{month:02}" + (f"-{moment.day:02}" if moment.day else "")
        if moment.unit == "SEASON":
            return f"{_year(_season_year(now, moment) if now else None)}-{moment.season}"
        if now is None:
            return "DCT" + distance("Y", shift * (10 if moment.unit == "DECADE" else 100)) if shift else "XXX"
        return f"{now.year // 10 + shift:03}" if moment.unit == "DECADE" else f"{now.year // 100 + shift:02}"

    def _year(self, moment: Moment) -> str:
        """The year of "September 30" or "March"."""
        if moment.year is not None:
            return _year(moment.year)
        self.needed = True
        if self.now is None or self.direction == "open":
            return "XXXX"
        today = self.now.date()
        if moment.month is None:
            return f"{self.now.year + self._turn(moment):04}"
        within_year = (moment.month - today.month) * _DAYS_OF_MONTH
        if moment.day is not None:
            within_year += moment.day - today.day
        away, nearest = min((abs(within_year + step * _DAYS_OF_YEAR), step) for step in (-1, 0, 1))
        to_come = within_year + nearest * _DAYS_OF_YEAR > 0
        if self.guessed and moment.day is not None and away <= _NEAR_DAY and self.direction != "past":
            return f"{today.year + nearest:04}"
        a_month_ago = moment.day is None and self.direction == "past" and to_come  # "in October, she broke with him"
        if self.direction == "nearest" or (self.guessed and away <= _NEAR and not a_month_ago):
            return f"{today.year + nearest:04}"
        here = (moment.month, moment.day or (today.day if moment.month == today.month else 1))
        now = (today.month, today.day)
        step = -1 if self.direction == "past" else 1
        year = today.year if here == now or (here < now) == (step < 0) else today.year + step
        if self.direction == "soon" and (year - today.year) * _MONTHS + moment.month - today.month > _SOON:
            return "XXXX"  # a plan or timetable, and so far ahead that it may be of the last year
        while here == (2, 29) and moment.day == 29 and monthrange(year, 2)[1] < 29 and 1 < year < 9990:
            year += step
        return f"{year:04}"

    def _turn(self, moment: Moment) -> int:
        """By how many years a quarter or season without a year is away: the last one that began, or the next."""
        assert self.now is not None
        month = 3 * moment.quarter - 2 if moment.quarter else _SEASON_BEGINS.get(moment.season or "", 1)
        if self.direction == "past" and month > self.now.month:
            return -1
        if self.direction in _AHEAD and month + 2 < self.now.month:
            return 1
        if self.direction == "nearest":
            return -1 if month - self.now.month > 6 else 1 if self.now.month - month - 2 > 6 else 0
        return 0

    def _decade(self, decade: str) -> str:
        """The '90s: the last ones that have begun."""
        if not decade.startswith("XX") or self.now is None or self.direction == "open":
            return decade
        self.needed = True
        this = self.now.year // _TEN
        return f"{this - (this - int(decade[-1])) % _TEN:03}"

    def _day_of_month(self, moment: Moment) -> str:
        """As in "the 15th"."""
        self.needed = True
        assert moment.day is not None
        if self.now is None:
            return f"XXXX-XX-{moment.day:02}"
        today = self.now.date()
        months = today.year * 12 + today.month - 1
        here = day_in(months, moment.day)
        if moment.weekday is not None and here is not None and here.isoweekday() == moment.weekday:
            return here.isoformat()  # a weekday with its number says which month it is
        if self.direction == "open":
            return f"XXXX-XX-{moment.day:02}"
        if self.direction == "past" and moment.day > today.day:
            months -= 1
        if self.direction in _AHEAD and moment.day < today.day:
            months += 1
        if moment.weekday is not None:
            step = -1 if self.direction == "past" else 1
            for _ in range(24):
                found = day_in(months, moment.day)
                if found is not None and found.isoweekday() == moment.weekday:
                    return found.isoformat()
                months += step
        return f"{months // 12:04}-{months % 12 + 1:02}-{moment.day:02}"

    def _weekday(self, moment: Moment) -> str:
        self.needed = True
        assert moment.weekday is not None
        if self.now is None or self.direction == "open":
            return f"XXXX-WXX-{moment.weekday}"
        today = self.now.date()
        ahead = (moment.weekday - today.isoweekday()) % 7
        if self.guessed and self._is_doubtful(ahead):
            return f"XXXX-WXX-{moment.weekday}"
        if self.direction == "future" or (self.direction == "soon" and ahead != _YESTERDAY):
            ahead = ahead or (0 if self.guessed else 7)  # in the news, today's weekday is today
        elif self.direction in ("past", "soon") or ahead > _NEAREST:
            ahead = -(-ahead % 7)
        return iso_day(lambda: today + timedelta(days=ahead))

    def _is_doubtful(self, ahead: int) -> bool:
        """Whether a weekday so many days ahead is not the one that the words around it suggest.

        What is past, and has the name of tomorrow, is most often the day that the story came out: its date is a day early.
        What may be past or to come is as near on both sides.
        """
        if self.direction == "past":
            return ahead == 1
        return self.direction == "nearest" and ahead in (_NEAREST, _NEAREST + 1)

    def _holiday(self, moment: Moment) -> str:
        name = moment.holiday
        assert name is not None
        year = moment.year
        if moment.unit == "Y" and self.now is not None:
            self.needed, year = True, self.now.year + moment.shift
        if isinstance(year, int):
            found = holiday_date(name, year)
            return found.isoformat() if found else f"{year:04}"
        self.needed = True
        if self.now is None:
            fixed = holiday_date(name, 2001), holiday_date(name, 2002)
            if fixed[0] is not None and fixed[1] is not None and fixed[0].replace(year=2002) == fixed[1]:
                return f"XXXX-{fixed[0].month:02}-{fixed[0].day:02}"
            return "XXXX"
        today = self.now.date()
        dates = [
            found
            for step in (-1, 0, 1, 2)
            if (found := holiday_date(name, today.year + step))
            and (found.year % name.get("every", 1) == 0 or abs((found - today).days) <= _NEAR)
        ]
        if not dates:
            return "XXXX"
        if moment.unit == "NEXT":
            return min((d for d in dates if d > today), default=dates[-1]).isoformat()
        if moment.unit == "LAST":
            return max((d for d in dates if d < today), default=dates[0]).isoformat()
        if self.direction == "open":
            this = holiday_date(name, today.year)
            return f"XXXX-{this.month:02}-{this.day:02}" if this else "XXXX"
        nearest = min(dates, key=lambda d: abs((d - today).days))
        if self.direction == "nearest" or (self.guessed and abs((nearest - today).days) <= _NEAR):
            return nearest.isoformat()
        if self.direction == "past":
            return max((d for d in dates if d <= today), default=dates[0]).isoformat()
        return min((d for d in dates if d >= today), default=dates[-1]).isoformat()

    def _nth(self, moment: Moment) -> str:
        """The second Wednesday, the last week, the third day of a month, quarter or year."""
        assert moment.nth is not None
        number, what = moment.nth
        frame = replace(moment, nth=None)
        text = self._date(frame) if frame.has_date else "XXXX-XX"
        bounds = stretch(text)
        if what == "Q":
            return f"{text[:4]}-Q{number}" if number > 0 else text
        if bounds is None:
            if what == "W" and abs(number) <= _WEEKS:
                return f"{text}-W{number if number > 0 else _WEEKS + 1 + number:02}"
            return f"{text}-WXX-{what}-#{number}" if isinstance(what, int) else text
        start, end = bounds  # end exclusive
        if what == "D":
            day = add_days(start, number - 1) if number > 0 else add_days(end, number)
            return day.isoformat() if day else text
        if what == "M":
            month = start.month - 1 + (number - 1 if number > 0 else 12 + number)
            return f"{start.year + month // 12:04}-{month % 12 + 1:02}"
        weekday = 4 if what in ("W", "WE") else int(what)  # the week of a month is the one its Thursday is in
        if number > 0:
            first = add_days(start, (weekday - start.isoweekday()) % 7 + 7 * (number - 1))
        else:
            last = add_days(end, -1)
            first = last and add_days(last, -((last.isoweekday() - weekday) % 7) + 7 * (number + 1))
        if first is None:
            return text
        if what in ("W", "WE"):
            iso = first.isocalendar()
            return f"{iso.year}-W{iso.week:02}" + ("-WE" if what == "WE" else "")
        return first.isoformat()


def _season_year(now: datetime, moment: Moment) -> int | None:
    """The year of last spring or next fall: the one that ended last or begins next; None where it may be another one too."""
    begins = _SEASON_BEGINS[moment.season or "WI"]
    if moment.shift < 0:
        ended = (now.month - begins - _SEASON) % _MONTHS  # months since its end
        last = (now.year * _MONTHS + now.month - 1 - _SEASON - ended) // _MONTHS
        return None if ended < _SEASON and begins + _SEASON <= now.month else last
    if moment.shift > 0 and now.month < begins:
        return now.year if begins - now.month >= _HALF_YEAR else None
    return now.year + moment.shift


def _coarsest(moment: Moment) -> str:
    """The unit of a distance from now in whole years: nothing finer is said; "D" for any other moment."""
    if moment.unit != "D" or moment.shift or len(moment.offset) != 1 or moment.weekday is not None:
        return "D"
    unit, number = moment.offset[0]
    return unit if float(number).is_integer() else "D"


def _year(year: int | str | None) -> str:
    if year is None:
        return "XXXX"
    return f"{year:04}" if isinstance(year, int) else year
