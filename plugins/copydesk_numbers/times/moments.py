"""Moments: what a time expression says about a point or stretch of time.

A moment holds only what the words say; `resolution.Calendar` turns it into a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Moment:
    """What the words say. Every field may be unknown (None).

    Attributes:
        unit, shift: a stretch relative to the document's date: ("W", 1) is next week.
        offset: lengths to add after all, as (unit, number): two weeks after Christmas.
        nth: (2, 3) is the second Wednesday of the stretch, (-1, "W") its last week.
        part: part of the day: MO, AF, EV, NI.
        meridiem: whether am, pm or the 24-hour clock is said.
        fixed: a value that nothing changes: PRESENT_REF.
        story: whether it counts from the time that the story spoke of last: "the next day".
        last: whether it is said with "last", which is a rank before "of July".
        exact: whether it is said which one: "a year ago today" is no other day of that year, "the '90s" are the last ones.
    """

    year: int | str | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    decade: str | None = None
    holiday: Mapping[str, Any] | None = None
    unit: str | None = None
    shift: int = 0
    offset: tuple[tuple[str, float], ...] = ()
    nth: tuple[int, int | str] | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    part: str | None = None
    meridiem: bool = False
    fixed: str | None = None
    prefix: str = ""
    story: bool = field(default=False, compare=False)
    last: bool = field(default=False, compare=False)
    exact: bool = field(default=False, compare=False)

    @property
    def has_date(self) -> bool:
        """Whether it says anything about the day."""
        return _date_of(self) != _NO_DATE

    @property
    def has_time(self) -> bool:
        """Whether it says anything about the time of day."""
        return self.hour is not None or self.part is not None

    @property
    def is_day(self) -> bool:
        """Whether it names one day, so that a time of day can follow."""
        if self.unit is not None:
            return self.unit == "D" or self.weekday is not None or self.nth is not None or self.day is not None
        return self.day is not None or self.weekday is not None or self.holiday is not None or self.nth is not None

    def merged(self, other: Moment) -> Moment:
        """The moment with what another adds: a date with a time."""
        values = {
            name: mine if (mine := getattr(self, name)) not in (None, (), 0, "", False) else getattr(other, name)
            for name in self.__dataclass_fields__
        }
        return Moment(**values)


_OF_CLOCK = ("hour", "minute", "second", "part", "meridiem")
_date_of = attrgetter(*(entry.name for entry in fields(Moment) if entry.compare and entry.name not in _OF_CLOCK))
_NO_DATE = _date_of(Moment())


def clock_value(moment: Moment) -> str:
    """The time of day: T15:30, TMO; empty where there is none."""
    if moment.hour is None:
        return f"T{moment.part}" if moment.part else ""
    text = f"T{moment.hour:02}"
    if moment.minute is not None:
        text += f":{moment.minute:02}"
        if moment.second is not None:
            text += f":{moment.second:02}"
    return text
