"""From what was read to time expressions: values, resolved against the document's date and the story's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from itertools import accumulate, compress
from typing import Any, Literal

from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.times.frames import Frame, frame_of, is_of_now
from copydesk_numbers.times.lengths import Length, Repeat
from copydesk_numbers.times.moments import Moment, clock_value
from copydesk_numbers.times.resolution import Calendar, Direction
from copydesk_numbers.times.rules import Stretch
from copydesk_numbers.times.tense import Tense, When, belongs
from copydesk_numbers.values import Offsets, Resolve, Time, TimeKind

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?![-\d])")
_STRETCH = re.compile(r"(\d{4})-(SP|SU|FA|WI|Q[1-4])")
_MIDDLE = {"SP": "04", "SU": "07", "FA": "10", "WI": "12", "Q1": "02", "Q2": "05", "Q3": "08", "Q4": "11"}
"""A month in the middle of a season or quarter, to count years and months from."""
_PLACE = re.compile(r"[A-Z][A-Z .]+(?:, [A-Z][\w.]+)*,? ")
_AGENCY = re.compile(r" ?(?:\(|[-\u2013\u2014]|/)")
_TOP = 80  # words in which a dateline may stand
_YEAR, _WHOLE = len("2021"), len("2021-06-16")
_Name = tuple[Literal["weekday", "month"], int]
_SHIFTED: dict[int, When | None] = {-1: "past", 0: None, 1: "future"}
_NOBODY: set[When | None] = set()
_PLACED: set[When | None] = {"past", "future"}
_WEEK, _FRESH = 7, 3
"""Days; and those within which a weekday is the last one if nothing says otherwise."""
_YEAR_OF_MONTHS, _RECENT = 12, 2
"""Months; and those within which a month is the last one if nothing says otherwise."""
_ERA = 1500  # characters behind a month of a year of the past in which a story may still tell of that year


class Story:
    """Where a story is in time: the document's date, and the day that it spoke of last.

    Args:
        now: the document's date, or None.
        resolve: as in the settings.
        tense: says whether an expression is spoken of as past or to come.
        quotations: the offsets of the text's quotations, in order of place.
    """

    def __init__(
        self, now: datetime | None, resolve: Resolve, tense: Tense, quotations: Sequence[Offsets] = ()
    ) -> None:
        self._now = now
        self._resolve = resolve
        self._tense = tense
        self._opened = [start for start, _ in quotations]
        self._closed = list(accumulate((end for _, end in quotations), max))
        self._anchor: datetime | None = None
        self._told: datetime | None = None  # the last day spoken of that is not to come
        self._day: datetime | None = None  # the last one that was named to the day
        self._grain = _WHOLE
        self._fresh: set[date] = set()  # those that were both, and within a few days
        self._speech: datetime | None = None  # the last of those on which something was said
        self._tenses: dict[int, When | None] = {}  # what the words around said of the times of a tape, by their places
        self._when: dict[int, When | None] = {}  # of the weekdays and months of a tape, by their places
        self._frame: Frame | None = None
        self._era = -_ERA  # where the story told of a month in a year of the past
        self._years: dict[tuple[int | None, int | None], int] = {}  # of days that the story names with their year
        self._said: dict[_Name, set[When | None]] = {}  # of each weekday and month, all that the story said so far

    def dated(self, tape: Tape) -> None:
        """Takes the document's date from its dateline, a day that opens a line near the top.

        Where the document has a date, the dateline is right if it is a few days off: a story is kept under the day that it came in.
        """
        said = dateline(tape, self._now)
        if said is not None and (self._now is None or 0 < abs(said.date() - self._now.date()).days <= _FRESH):
            self._now = said

    def hear(self, tape: Tape, timed: Iterable[int]) -> None:
        """Takes what the words around weekdays and months say, for those of which the words around say nothing.

        Args:
            timed: the places of the time expressions of a tape.
        """
        self._when, self._tenses = {}, {}
        if self._now is None or self._resolve != "context":
            return
        for index in timed:
            thing = tape.things[index]
            name, shift = _name(thing)
            if name is not None:
                when = self._when[index] = _SHIFTED[(shift > 0) - (shift < 0)] or self._tense_of(tape, index)
                if name[0] == "weekday" or not belongs(tape, index):
                    self._said.setdefault(name, set()).add(self._side(name, when))
            if isinstance(thing, Moment) and isinstance(thing.year, int) and thing.month and thing.day:
                self._years[thing.month, thing.day] = thing.year

    def _tense_of(self, tape: Tape, index: int) -> When | None:
        """What the words around a time of the tape that is heard say of when it is; asked several times, read once."""
        if index not in self._tenses:
            self._tenses[index] = self._tense.of(tape, index)
        return self._tenses[index]

    def _side(self, name: _Name, when: When | None) -> When | None:
        """Whether what is said of a name puts it before the document's date or behind it; else what is said."""
        if when == "nearest" and name[0] == "weekday" and self._now is not None:
            ahead = (name[1] - self._now.isoweekday()) % _WEEK
            return when if ahead in (_FRESH, _FRESH + 1) else "future" if 0 < ahead < _FRESH else "past"
        return "future" if when == "soon" else when

    def time_of(self, tape: Tape, index: int) -> Time:
        """One folded time expression with its value; a day that it names is where "the next day" counts from."""
        thing = self._with_year(tape.things[index])
        if self._frame is not None:
            thing = self._framed(thing, tape, index)
        thing = self._in_era(thing, tape, index)
        start, end = tape.starts[index], tape.ends[index]
        if isinstance(thing, Length):
            return Time(start, end, "duration", thing.timex)
        if isinstance(thing, Repeat):
            return Time(start, end, "set", thing.timex)
        calendar = Calendar(
            self._now_of(thing, tape, index),
            partial(self._direction, tape, index),
            guessed=self._resolve == "context",
            week_begins=tape.language.week_begins,
        )
        if isinstance(thing, Stretch):
            kind: TimeKind = "range"
            timex = calendar.interval(thing.start, thing.end)
            told = calendar.now is not None and calendar.now is not self._now
            if calendar.now is not None and thing.start is not None and self._is_lost(thing.start, tape, index):
                timex = "XXXX-XX-XX/.."
            elif told and calendar.now is not None and thing.start is not None and _is_by_the_clock(thing.start):
                timex = f"{calendar.now.date().isoformat()}/.."  # of that day the hour is not known
            if thing.end is None:
                self._move_to(timex.partition("/")[0])  # "After 2012 it fell. Four years later …"
        else:
            kind, timex = _kind(thing), calendar.value(thing)
            counted = thing.unit != "D" or thing.shift or thing.offset
            told = calendar.now is not self._now  # not "within the next month" from now
            if told and thing.story and counted and thing.month is None and self._anchor is not None and kind == "date":
                timex = timex[: self._grain] if _DAY.fullmatch(timex) else timex
            if calendar.now is not self._now and calendar.now is not None and _is_by_the_clock(thing):
                kind, timex = "date", calendar.now.date().isoformat()  # of that day the hour is not known
            if calendar.now is not None and self._is_lost(thing, tape, index):
                timex = f"XXXX-XX-XX{clock_value(thing)}"
            ahead = told and bool(thing.offset) and self._now is not None and timex[:_YEAR] > f"{self._now.year:04}"
            if ahead and self._tense_of(tape, index) not in ("future", "soon"):
                timex = "XXXX-XX-XX"  # "a decade later, it remains": later than what the story spoke of last
            if thing.fixed is None:
                self._move_to(timex, spoken=bool(self._opened) and self._tense.is_spoken(tape, index))
            if len(timex) == _YEAR:
                self._frame = frame_of(timex, tape, index, self._now) or self._frame
        anchored = calendar.now is not None and "XXXX" not in timex if calendar.needed else None
        return Time(start, end, kind, timex, anchored)

    def _with_year(self, thing: Any) -> Any:
        """A day of a month with the year that the story gives it elsewhere: "on May 4, 1998 … the May 4 meeting"."""
        if self._now is None or not isinstance(thing, Moment) or thing.year is not None or thing.unit is not None:
            return thing
        year = self._years.get((thing.month, thing.day))
        return thing if year is None else replace(thing, year=year)

    def _in_era(self, thing: Any, tape: Tape, index: int) -> Any:
        """A month of the past, with its year open where the story told of a month in a year of the past and has not come back to now."""
        if not isinstance(thing, Moment) or self._now is None or self._resolve != "context":
            return thing
        if isinstance(thing.year, int):
            self._era = tape.starts[index] if thing.month is not None and thing.year < self._now.year else self._era
        elif is_of_now(thing) and not self._is_quoted(tape.starts[index]):
            self._era = -_ERA
        elif (
            tape.starts[index] - self._era < _ERA
            and thing.month is not None
            and thing.year is None
            and thing.unit is None
        ):
            return replace(thing, year="XXXX") if self._tense_of(tape, index) == "past" else thing
        return thing

    def _framed(self, thing: Any, tape: Tape, index: int) -> Any:
        """A month or holiday in the year that its sentence opens with: "In 2008, he won in March".

        In the next sentences of the paragraph a month may be of that year or of now, and stays open.
        """
        frame = self._frame
        if frame is None or self._resolve != "context":
            return thing
        place = frame.place_of(tape, index)
        if place is None or (place == "paragraph" and is_of_now(thing)):
            self._frame = None
            return thing
        if isinstance(thing, Stretch):
            return Stretch(*(side and self._framed(side, tape, index) for side in thing))
        if not isinstance(thing, Moment) or thing.year is not None or thing.unit is not None:
            return thing
        named = thing.month is not None or (thing.holiday is not None and place == "sentence")
        if not named or self._tense_of(tape, index) in ("future", "soon"):
            return thing
        return replace(thing, year=frame.year if place == "sentence" else "XXXX")

    def _is_lost(self, thing: Moment, tape: Tape, index: int) -> bool:
        """Whether a time counts from one that the story has not named: "that night", "200 years later" of what is past."""
        if self._is_speakers(thing, tape, index):
            return tape.starts[index] - self._era < _ERA or (self._speech is None and len(self._fresh) > 1)
        if not thing.story or self._resolve != "context":
            return False
        if thing.unit == "D" and thing.shift and self._is_quoted(tape.starts[index]):
            return True  # a speaker's "the next day" counts from what the speaker tells
        if self._anchor is not None and self._grain < _WHOLE and _is_by_the_clock(thing):
            return True  # "in 2016 … 24 hours later"
        if self._anchor is None and thing.offset:
            later = all(number > 0 for _, number in thing.offset)
            return later and self._tense_of(tape, index) not in ("future", "soon")
        of_month = (
            self._grain < _WHOLE and self._anchor is not None and self._anchor != self._day
        )  # "in March … that day"
        if thing.unit != "D" or thing.shift or thing.offset:
            return False
        ahead = self._day is not None and self._now is not None and self._day > self._now
        return self._day is None or of_month or (ahead and self._tense_of(tape, index) == "past")

    def _now_of(self, thing: object, tape: Tape, index: int) -> datetime | None:
        """The day that an expression counts from: the document's, or the one that the story spoke of last."""
        if isinstance(thing, Stretch) and (thing.start is None or thing.end is None):
            thing = thing.start or thing.end  # "since that year"
        if not isinstance(thing, Moment):
            return self._now
        if not thing.story:
            return self._spoken() if self._is_speakers(thing, tape, index) else self._now
        if thing.shift > 0 and thing.unit != "D" and self._tense_of(tape, index) != "past":
            return self._now  # "10,000 are expected over the next year"
        if thing.unit == "D" and not thing.shift and not thing.offset:
            return self._day or self._now  # "the same day", "that day"
        back = thing.shift < 0 or any(number < 0 for _, number in thing.offset)
        return (self._told if back else self._anchor) or self._now

    def _is_speakers(self, thing: Moment, tape: Tape, index: int) -> bool:
        """Whether it is the "today" of a quotation, which counts from the day of the speech."""
        near = thing.unit == "D" and abs(thing.shift) <= 1 and not (thing.story or thing.offset)
        return near and self._resolve == "context" and self._is_quoted(tape.starts[index])

    def _spoken(self) -> datetime | None:
        """The day of a speech: the last on which the story has something said, or else the one of the last days that it has named."""
        if self._speech is None and len(self._fresh) == 1:
            return datetime.combine(next(iter(self._fresh)), time())
        return self._speech or self._now

    def _is_quoted(self, offset: int) -> bool:
        before = bisect_right(self._opened, offset)
        return before > 0 and offset < self._closed[before - 1]

    def _move_to(self, timex: str, *, spoken: bool = False) -> None:
        if timex[_YEAR + 1 : _YEAR + 2].isalpha() and (stretch := _STRETCH.match(timex)) is not None:
            self._move_to(f"{stretch[1]}-{_MIDDLE[stretch[2]]}")
            self._grain = _YEAR
        elif (match := _DAY.match(timex)) is not None:
            first = match[0] + "-01-01"[len(match[0]) - 4 - 6 :] if len(match[0]) < _WHOLE else match[0]
            try:
                self._anchor, self._grain = datetime.combine(date.fromisoformat(first), time()), len(match[0])
                if self._grain == _WHOLE:
                    self._day = self._anchor
                if self._now is None or self._anchor <= self._now:
                    self._told = self._anchor
                    if self._grain == _WHOLE and self._now is not None and (self._now - self._anchor).days <= _FRESH:
                        self._fresh.add(self._anchor.date())
                        self._speech = self._anchor if spoken else self._speech
            except ValueError:
                return

    def _direction(self, tape: Tape, index: int) -> Direction:
        """Where to look for a year, week or day that is not said."""
        if self._now is None or self._resolve == "open":
            return "open"
        if self._resolve != "context":
            return self._resolve
        name, _ = _name(tape.things[index])
        if name is None:
            return self._tense_of(tape, index) or "nearest"
        said = self._said.get(name, _NOBODY) & _PLACED
        if name[0] == "month" and said == {"future"} and belongs(tape, index):
            return "future"  # "They will vote in March … they talked of the March vote"
        when = self._when[index] or self._of_name(name, self._now)
        if when == "open" and name[0] == "month":
            thing = tape.things[index]
            if any(isinstance(end, Moment) and end.day for end in (thing if isinstance(thing, Stretch) else (thing,))):
                return "nearest"
            return "past" if self._tense.is_spoken(tape, index) else when  # "in an interview in August"
        return when

    def _of_name(self, name: _Name, now: datetime) -> Direction:
        """Where a weekday or month lies of which the words around it say nothing.

        A weekday is one of the last days. What is further back is as near ahead; then it is where the story has it
        elsewhere, and else nobody knows. A month is where the story has it elsewhere, and else the nearest, but for one some months back.
        """
        kind, number = name
        if kind == "weekday" and (now.isoweekday() - number) % _WEEK <= _FRESH:
            return "past"
        said = self._said.get(name, _NOBODY) & _PLACED
        if len(said) != 1:
            past = (now.month - number) % _YEAR_OF_MONTHS
            return "open" if kind == "weekday" or _RECENT < past <= _YEAR_OF_MONTHS // 2 else "nearest"
        return "past" if "past" in said else "future"


def dateline(tape: Tape, now: datetime | None = None) -> datetime | None:
    """The date of "Friday, July 21, 2017" alone on a line, or "LONDON, July 21, 2017 (Agency)", at the top of a text.

    Args:
        tape: the text.
        now: the document's date, whose year is that of "LONDON, July 21 (Agency)".
    """
    for index in compress(range(min(len(tape.words), _TOP)), tape.things):
        thing = tape.things[index]
        day = thing if isinstance(thing, Moment) and not thing.has_time and thing.unit is None else None
        if day is None or not (day.month and day.day) or day.offset:
            continue
        year = day.year if isinstance(day.year, int) else now.year if now is not None and day.year is None else None
        if year is None:
            continue
        start, end = tape.starts[index], tape.ends[index]
        before = tape.text[tape.text.rfind("\n", 0, start) + 1 : start]
        alone = tape.text[end : end + 1] in ("", "\n") and not before.strip()
        if alone or (_PLACE.fullmatch(before) and _AGENCY.match(tape.text, end)):
            try:
                return datetime(year, day.month, day.day)  # noqa: DTZ001 - a document's date has no zone
            except ValueError:
                return None
    return None


def _name(thing: object) -> tuple[_Name | None, int]:
    """The weekday or month that an expression names, where it does not say which, and whether it is the last or next."""
    for end in (thing.start, thing.end) if isinstance(thing, Stretch) else (thing,):
        if not isinstance(end, Moment) or end.offset or end.nth is not None:
            continue
        if end.weekday is not None and end.day is None:
            return ("weekday", end.weekday), end.shift
        if end.month is not None and end.year is None and end.unit is None:
            return ("month", end.month), 0
    return None, 0


def _is_by_the_clock(moment: Moment) -> bool:
    """Whether it is so many hours or minutes away: "three hours later"."""
    return bool(moment.offset) and all(unit.startswith("T") for unit, _ in moment.offset)


def _kind(moment: Moment) -> TimeKind:
    if moment.fixed == "PRESENT_REF":
        return "datetime"
    if moment.has_time or (moment.offset and any(unit.startswith("T") for unit, _ in moment.offset)):
        return "datetime" if moment.has_date else "time"
    return "date"
