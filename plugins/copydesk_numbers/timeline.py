"""Time expressions: dates, times and lengths on a tape, put together until nothing more fits."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import compress
from typing import NamedTuple

from copydesk_numbers.clock import half_of_day, read_clock
from copydesk_numbers.dates import number_at, read_date, unit_of
from copydesk_numbers.holidays import NAMES as HOLIDAYS
from copydesk_numbers.lengths import Length, Rank, Repeat, moment_of_repeat, read_length, read_repeat
from copydesk_numbers.lexicon import CLASSES, VALUES, in_set
from copydesk_numbers.measures import period_unit
from copydesk_numbers.moments import Moment, clock_value
from copydesk_numbers.numerals import Numeral
from copydesk_numbers.tape import Fold, Tape, pattern

_C = CLASSES
TIME_CLASSES = frozenset(_C[name] for name in ("date", "time", "instant", "duration", "repeat", "span"))


class Stretch(NamedTuple):
    """From one moment to another, either open (None); `length` where it is counted from the document's date."""

    start: Moment | None
    end: Moment | None


_STARTS = pattern(
    """small | integer | year | dotted | word12 | word31 | word59 | ordinal_day | spoken_year | number | fraction | decimal | vague
     | anymonth | anyday | day_relative | reference | earlier (comma | plain | ordinal_word) | tonight | edge_word | now | right_word now | at (present | one_time) | shift | season | holiday | often | weekdays | every | half | all
     | daypart | clockword | mid period | (early | late | later | earlier) (in | daypart) | q | once | multiplier | fiscal
     | quote (year | small | integer) | a anyperiod | a quarter | the (ordinal_day | period) | period of | period n:(anyyear | small)"""
)
_HOLIDAY_WORDS: dict[str, list[tuple[str, ...]]] = {}
for _name in HOLIDAYS:
    _tape = Tape.of(_name, _name, 0, len(_name))
    _HOLIDAY_WORDS.setdefault(_tape.words[0], []).append(tuple(_tape.words))
for _spellings in _HOLIDAY_WORDS.values():
    _spellings.sort(key=len, reverse=True)
_HOLIDAY_KEY = {tuple(Tape.of(name, name, 0, len(name)).words): key for name, key in HOLIDAYS.items()}


def holidays(tape: Tape) -> Iterator[Fold]:
    """The names of holidays on a tape of plain words."""
    words = tape.words
    last = 0
    for at in compress(range(len(words)), map(_HOLIDAY_WORDS.__contains__, words)):
        if at < last:
            continue
        for spelling in _HOLIDAY_WORDS[words[at]]:
            if tuple(words[at : at + len(spelling)]) == spelling:
                last = at + len(spelling)
                yield Fold(at, last, "holiday", _HOLIDAY_KEY[spelling])
                break


def atoms(tape: Tape) -> Iterator[Fold]:
    """Dates, times of day, lengths and repetitions, each alone; the longest where several begin."""
    classes = tape.classes
    at = 0
    find = _STARTS.search
    while (match := find(classes, at)) is not None:
        start = match.start()
        best: Fold | None = None
        if tape.classes[start] != _C["money_number"]:
            for read in (read_repeat, read_date, read_length, read_clock):
                fold = read(tape, start)
                if fold is not None and (best is None or fold.last > best.last):
                    best = fold
        if best is None:
            at = start + 1
            continue
        if best.first < at:
            best = best._replace(first=start)
        yield best
        at = best.last


_Rule = tuple[re.Pattern[str], Callable[[Tape, "re.Match[str]"], Fold | None]]


def fold_rules(tape: Tape, rules: Iterable[_Rule]) -> Tape:
    """The tape with everything folded that one of the rules reads; the first and then the longest wins."""
    found: list[Fold] = []
    for rule, make in rules:
        at = 0
        while (match := rule.search(tape.classes, at)) is not None:
            fold = make(tape, match)
            if fold is None:
                at = match.start() + 1
            else:
                found.append(fold)
                at = max(fold.last, match.start() + 1)
    if not found:
        return tape
    found.sort(key=lambda fold: (fold.first, -fold.last))
    kept: list[Fold] = []
    for fold in found:
        if not kept or fold.first >= kept[-1].last:
            kept.append(fold)
    return tape.folded(kept)


def _moment(tape: Tape, match: re.Match[str], group: str) -> Moment | None:
    thing = tape.things[match.start(group)] if match[group] is not None else None
    return thing if isinstance(thing, Moment) else None


# ------------------------------------------------------------------ lengths from a point, parts of a stretch


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
    return Fold(match.start(), match.end(), "date", _from_now(offset, sign))


def _from_now(offset: tuple[tuple[str, float], ...], sign: int) -> Moment:
    return Moment(unit="D", shift=0, offset=tuple((unit, sign * number) for unit, number in offset))


def _from_date(tape: Tape, match: re.Match[str]) -> Fold | None:
    """3 days from Tuesday, two weeks before Christmas, 3 minutes from now"""
    length: Length = tape.things[match.start("p")]
    moment = _moment(tape, match, "x")
    offset = length.offset
    if moment is None or offset is None:
        return None
    sign = -1 if tape.words[match.start("link")] == "before" else 1
    if moment.fixed == "PRESENT_REF":
        return Fold(match.start(), match.end(), "date", _from_now(offset, sign))
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
    frame = _moment(tape, match, "f")
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
    part, frame = _moment(tape, match, "d"), _moment(tape, match, "f")
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
    frame = None if of_this else _moment(tape, match, "f")
    day = number_at(tape, match.start("d"))
    if of_this:
        frame = Moment(unit="M", shift=0)
    if frame is None or day is None or not 1 <= day <= 31 or frame.unit != "M" or frame.day is not None:
        return None
    return Fold(match.start(), match.end(), "date", replace(frame, day=day))


def _weekday_of_week(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Monday of next week, next week Monday, last week's Sunday"""
    one, two = _moment(tape, match, "a"), _moment(tape, match, "b")
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
    moment = _moment(tape, match, "x")
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


_OFFSETS: tuple[_Rule, ...] = (
    (pattern("p:duration comma? (ago | back | earlier | later | hence)"), _ago),
    (pattern("p:duration link:(from | after | before) the? x:(date | instant)"), _from_date),
)
_PARTS: tuple[_Rule, ...] = (
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


# ------------------------------------------------------------------ a day and a time of it


def _day_and_time(tape: Tape, match: re.Match[str]) -> Fold | None:
    day, time = _moment(tape, match, "x"), _moment(tape, match, "t")
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


def _day_and_hour(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Saturday at 5, tonight around 7, 8 tonight"""
    day = _moment(tape, match, "x")
    hour = number_at(tape, match.start("h"))
    if day is None or hour is None or not day.is_day or day.hour is not None:
        return None
    return Fold(match.start(), match.end(), "instant", _joined(day, Moment(hour=hour)))


def _part_and_hour(tape: Tape, match: re.Match[str]) -> Fold | None:
    """In the morning at 7, this morning at 3"""
    part = _moment(tape, match, "x")
    thing = tape.things[match.start("h")]
    time = thing if isinstance(thing, Moment) else Moment(hour=number_at(tape, match.start("h")))
    if part is None or part.part is None or part.hour is not None or time.hour is None:
        return None
    joined = _joined(part, time)
    kind = "instant" if part.has_date else "time"
    return Fold(match.start(), match.end(), kind, joined if part.has_date else replace(joined, part=None))


def _tonight_hour(tape: Tape, match: re.Match[str]) -> Fold | None:
    day = _moment(tape, match, "x")
    if day is None or day.part is None or not day.has_date or (match.start() and tape.glued(match.start())):
        return None
    return _day_and_hour(tape, match)


def _night_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Tuesday night"""
    day = _moment(tape, match, "x")
    if day is None or tape.words[match.end() - 1] != "night" or not day.is_day or day.has_time:
        return None
    return Fold(match.start(), match.end(), "instant", replace(day, part="NI"))


_MERGES: tuple[_Rule, ...] = (
    (
        pattern(
            "(in the?)? x:(time | date) at? (at | by | approximately)? approximately? h:(time | hour12) (?! percent | colon | dash | period | plain hour12)"
        ),
        _part_and_hour,
    ),
    (
        pattern("x:date comma? (at | on | for | by | dash)? (approximately | early | late | in the?)? t:time"),
        _day_and_time,
    ),
    (pattern("(at)? t:time comma? (on | of | for | in)? (the)? x:date"), _day_and_time),
    (
        pattern(
            "x:date comma? (at approximately? | approximately) h:hour12 (?! percent | colon | dash | period | to | slash | comma hour)"
        ),
        _day_and_hour,
    ),
    (pattern("h:hour12 comma? x:date"), _tonight_hour),
    (pattern("x:date period"), _night_of),
)


# ------------------------------------------------------------------ from one to another


def _fill(start: Moment, end: Moment) -> tuple[Moment, Moment] | None:
    """Each end takes what only the other says: "5 to 6pm", "Nov 18 to Dec 19, 2015"."""
    start, end = _halves(start, end)
    if start.has_date and not end.has_date:
        end = _with_day(end, start)
    elif end.has_date and not start.has_date:
        start = _with_day(start, end)
    if start.month is not None and end.month is not None and start.year is None and isinstance(end.year, int):
        start = replace(
            start, year=end.year if (start.month, start.day or 0) <= (end.month, end.day or 99) else end.year - 1
        )
    if start.weekday is not None and start.unit == "W" and end == Moment(weekday=end.weekday):
        end = replace(end, unit="W", shift=start.shift)
    return start, end


def _halves(start: Moment, end: Moment) -> tuple[Moment, Moment]:
    """Two hours of which at most one says its half of the day."""
    if start.hour is None or end.hour is None:
        return start, end
    if end.meridiem and not start.meridiem and start.hour <= 12:
        return _half(start, end), end
    if end.meridiem or end.hour > 12:
        return start, end
    if end.hour < start.hour:
        end = _keep_date(half_of_day(end, afternoon=True), end)
    return start, end


def _half(start: Moment, end: Moment) -> Moment:
    """The first hour of "2 to 4pm" is in the half of the day that comes before the second."""
    assert end.hour is not None
    late = half_of_day(start, afternoon=end.hour >= 12)
    assert late.hour is not None
    if (late.hour, late.minute or 0) > (end.hour, end.minute or 0):
        late = half_of_day(start, afternoon=False)
    return _keep_date(late, start)


def _keep_date(time: Moment, dated: Moment) -> Moment:
    return replace(dated, hour=time.hour, minute=time.minute, meridiem=True)


def _with_day(time: Moment, day: Moment) -> Moment:
    return replace(day, hour=time.hour, minute=time.minute, second=time.second, part=time.part, meridiem=time.meridiem)


def _between(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Two moments, or a bare number and a moment that says what it is."""
    a, b = tape.things[match.start("a")], tape.things[match.start("b")]
    joint = match.start("j")
    if tape.classes[joint] == _C["dash"] and tape.glued(joint) != tape.glued(joint + 1):
        return None
    explicit = match["open"] is not None
    start = a if isinstance(a, Moment) else None
    end = b if isinstance(b, Moment) else None
    if start is None and end is not None:
        start = _like(number_at(tape, match.start("a")), end)
    elif end is None and start is not None:
        end = _like_after(number_at(tape, match.start("b")), start, tape, match.start("b"), explicit=explicit)
    if start is None or end is None or (start.fixed is None and end.fixed is None and _mixed(start, end)):
        return None
    first = match.start()
    if tape.words[joint] == "and" and not (match["open"] is not None and tape.words[match.start("open")] == "between"):
        return None
    filled = _fill(start, end)
    if filled is None:
        return None
    start, end = filled
    if start.hour is not None and end.hour is not None and start.hour > 24:
        return None
    return Fold(first, match.end(), "span", Stretch(start, end))


def _mixed(start: Moment, end: Moment) -> bool:
    return any(
        a.has_date and not a.has_time and b.has_time and not b.has_date for a, b in ((start, end), (end, start))
    ) or (start == Moment(year=start.year) and end.has_time)


def _like(number: int | None, end: Moment) -> Moment | None:
    """What a bare number before "to 6pm", "-20 November", "to March 3" is."""
    if number is None:
        return None
    if end.hour is not None:
        return Moment(hour=number) if 0 <= number <= 24 else None
    if end.day is not None and end.weekday is None and end.unit is None:
        return replace(end, day=number) if 1 <= number <= 31 else None
    if end == Moment(year=end.year) and 1000 <= number < 2200:
        return Moment(year=number)
    return None


def _like_after(number: int | None, start: Moment, tape: Tape, at: int, *, explicit: bool) -> Moment | None:
    if number is None or (
        (at + 1 < len(tape) and tape.classes[at + 1] in (_C["percent"], _C["period"], _C["plain"])) and not explicit
    ):
        return None
    if start.hour is not None:
        return Moment(hour=number) if 0 <= number <= 24 else None
    if start.day is not None and start.month is not None and start.weekday is None:
        return replace(start, day=number) if 1 <= number <= 31 and number > start.day else None
    if start == Moment(year=start.year) and isinstance(start.year, int):
        if 1000 <= number < 2200:
            return Moment(year=number)
        if 0 <= number < 100 and number > start.year % 100 and tape.words[at].isdecimal() and len(tape.words[at]) == 2:
            return Moment(year=start.year // 100 * 100 + number)
    return None


def _hours_of_day(tape: Tape, match: re.Match[str]) -> Fold | None:
    """From 3 to 5 tomorrow, Monday 12-4, tomorrow from 7:00 to 8"""
    day = _moment(tape, match, "x")
    if day is None or not day.is_day or day.hour is not None:
        return None
    a, b = tape.things[match.start("a")], tape.things[match.start("b")]
    start = a if isinstance(a, Moment) else Moment(hour=number_at(tape, match.start("a")))
    end = b if isinstance(b, Moment) else Moment(hour=number_at(tape, match.start("b")))
    joint = match.start("j")
    if tape.classes[joint] == _C["dash"] and tape.glued(joint) != tape.glued(joint + 1):
        return None
    if start.has_date or end.has_date or start.hour is None or end.hour is None or start.hour > 24 or end.hour > 24:
        return None
    if tape.words[joint] == "and" and (match["open"] is None or tape.words[match.start("open")] != "between"):
        return None
    if day.part is not None:
        late = day.part != "MO"
        start = start if start.meridiem else half_of_day(start, afternoon=late)
        end = end if end.meridiem else half_of_day(end, afternoon=late)
        day = replace(day, part=None)
    filled = _fill(start, end)
    if filled is None:
        return None
    start, end = filled
    return Fold(match.start(), match.end(), "span", Stretch(_with_day(start, day), _with_day(end, day)))


def _span_of_day(tape: Tape, match: re.Match[str]) -> Fold | None:
    """5 to 6pm on Tuesday: a span of hours with its day"""
    stretch = tape.things[match.start("s")]
    day = _moment(tape, match, "x")
    if not isinstance(stretch, Stretch) or day is None or not day.is_day or day.hour is not None:
        return None
    known = [side for side in stretch if side is not None]
    if any(side.has_date or not side.has_time for side in known):
        return None
    if day.part is not None:
        day = replace(day, part=None)
    sides = [side and _with_day(side, day) for side in stretch]
    return Fold(match.start(), match.end(), "span", Stretch(*sides))


_RANGES: tuple[_Rule, ...] = (
    (
        pattern(
            "open:(from | between)? (the | approximately)? a:(date | time | instant) j:(to | until | dash | and | tilde) dash? (the | approximately)? b:(date | time | instant) (?! colon)"
        ),
        _between,
    ),
    (
        pattern(
            "open:(from | between)? (the)? a:(hour | to31 | word31 | ordinal_day | year) j:(to | until | dash | and | tilde) (the)? b:(time | date | instant)"
        ),
        _between,
    ),
    (
        pattern(
            "open:(from | between)? (the)? a:(date | time | instant) j:(to | until | dash | and | tilde) (the)? b:(hour | to31 | word31 | ordinal_day | year | to59 | integer) (?! colon | slash | dot (small|integer))"
        ),
        _between,
    ),
    (
        pattern(
            "x:(date | time) comma? (at | on)? open:(from | between)? a:(hour | time) j:(to | until | dash | and | tilde) b:(hour | time) (?! percent | period | plain)"
        ),
        _hours_of_day,
    ),
    (
        pattern(
            "open:(from | between)? a:(hour | time) j:(to | until | dash | and | tilde) b:(hour | time) (on | of)? (the)? x:date"
        ),
        _hours_of_day,
    ),
)
_SPANS: tuple[_Rule, ...] = (
    (pattern("s:span comma? (on | of | in)? (the)? x:(date)"), _span_of_day),
    (pattern("x:date comma? (at | on)? s:span"), _span_of_day),
)


# ------------------------------------------------------------------ bounds, and lengths around the document's date

_OPEN_END = frozenset({"after", "since", "starting", "from", "beginning", "later"})


def _bounded(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Before 2018, since August, until 5pm, by end of month"""
    moment = _moment(tape, match, "x")
    if moment is None or moment.fixed == "PRESENT_REF":
        return None
    word = tape.words[match.start("w")]
    noun = match.end() < len(tape) and tape.classes[match.end()] == _C["plain"]
    if noun and tape.classes[match.start("x") - 1] == _C["the"]:
        return None  # "after the 2008 election": the date belongs to the noun
    stretch = Stretch(moment, None) if word in _OPEN_END else Stretch(None, moment)
    return Fold(match.start(), match.end(), "span", stretch)


def _or_later(tape: Tape, match: re.Match[str]) -> Fold | None:
    moment = _moment(tape, match, "x")
    if moment is None:
        return None
    word = tape.words[match.end() - 1]
    later = word in ("later", "after", "greater", "more", "newer")
    return Fold(match.start(), match.end(), "span", Stretch(moment, None) if later else Stretch(None, moment))


def _than(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Later than 2020, no later than 6:00, as late as 7am"""
    moment = _moment(tape, match, "x")
    if moment is None:
        return None
    text = tape.text[tape.starts[match.start()] : tape.starts[match.start("x")]].lower()
    until = text.startswith(("no later", "not later", "earlier", "as late"))
    if text.startswith(("greater", "more", "larger")) and moment != Moment(year=moment.year):
        return None
    return Fold(match.start(), match.end(), "span", Stretch(None, moment) if until else Stretch(moment, None))


def _in_length(tape: Tape, match: re.Match[str]) -> Fold | None:
    """In 5 minutes, in two weeks"""
    length: Length = tape.things[match.start("p")]
    offset = length.offset
    if offset is None or (match.start() and tape.words[match.start() - 1] in _NOT_BEFORE_IN):
        return None
    begin = tape.starts[match.start()]
    if _DONE.search(tape.text[max(0, begin - _REACH) : begin].lower()):
        return None  # "they made progress in six months": how long it took
    return Fold(match.start(), match.end(), "date", _from_now(offset, 1))


_REACH = 40
_DONE = re.compile(r"\b(?:has|have|had|was|were|made|grew|fell|rose|won|lost|took|did|\w{3,}ed)\b(?![^.;]*\b(?:will|would|to|that|said)\b)[^.;]*$")
_NOT_BEFORE_IN = frozenset(
    [
        "once",
        "twice",
        "times",
        "first",
        "time",
        "second",
        "third",
        "only",
        "best",
        "worst",
        "biggest",
        "largest",
        "highest",
        "lowest",
        "least",
        "people",
        "record",
        "than",
        "years",
        "day",
        "days",
    ]
)


def _in_the(tape: Tape, match: re.Match[str]) -> Fold | None:
    """In the evening"""
    moment = _moment(tape, match, "x")
    if moment is None or moment.part is None or moment.hour is not None:
        return None
    return Fold(match.start(), match.end(), "time", moment)


def _from_for(tape: Tape, match: re.Match[str]) -> Fold | None:
    """From 2pm for 2 hours, for 3 days from Monday"""
    length: Length = tape.things[match.start("p")]
    moment = _moment(tape, match, "x")
    if moment is None or length.offset is None or moment.fixed is not None or moment.offset:
        return None
    clock = any(unit.startswith("T") for unit, _ in length.offset)
    if clock and moment.hour is not None:
        minutes = {"TH": 60, "TM": 1, "TS": 0, "D": 1440}
        total = moment.hour * 60 + (moment.minute or 0) + sum(minutes.get(unit, 0) * n for unit, n in length.offset)
        if total >= 1440:
            return None
        end = replace(
            moment, hour=int(total // 60), minute=int(total % 60) if total % 60 or moment.minute is not None else None
        )
    elif not clock and moment.is_day and moment.hour is None:
        end = replace(moment, offset=length.offset)
    else:
        return None
    return Fold(match.start(), match.end(), "span", Stretch(moment, end))


def _around(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The last 3 months, next 3 days, within 5 minutes, the past year and a half"""
    length: Length = tape.things[match.start("p")]
    offset = length.offset
    now = Moment(unit="D", shift=0)
    clock = any(part[0].startswith("T") for part in length.parts)
    groups = match.groupdict()
    shift = VALUES[tape.words[match.start("s")]] if groups.get("s") is not None else 1
    if shift == 0:
        return None
    if offset is None:
        return None
    if clock:
        now = Moment(unit="TS", shift=0)
    if shift < 0:
        return Fold(
            match.start(), match.end(), "span", Stretch(replace(now, offset=tuple((u, -n) for u, n in offset)), now)
        )
    begin = now if clock or groups.get("within") is not None else replace(now, shift=1)
    return Fold(match.start(), match.end(), "span", Stretch(begin, replace(begin, offset=offset)))


def _numbered_shift(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The next 3 days, "5 past years"."""
    fold = read_length(_swapped(tape, match), 0) if match["n"] is not None else None
    if fold is None or not isinstance(fold.thing, Length) or fold.thing.offset is None:
        return None
    shift = VALUES[tape.words[match.start("s")]]
    if shift == 0:
        return None
    now = Moment(unit="TS" if fold.thing.parts[0][0].startswith("T") else "D", shift=0)
    begin = now if now.unit == "TS" else replace(now, shift=1)
    offset = fold.thing.offset
    if shift < 0:
        return Fold(
            match.start(), match.end(), "span", Stretch(replace(now, offset=tuple((u, -n) for u, n in offset)), now)
        )
    return Fold(match.start(), match.end(), "span", Stretch(begin, replace(begin, offset=offset)))


def _swapped(tape: Tape, match: re.Match[str]) -> Tape:
    """As in "5 past years" read as "5 years"."""
    n, u = match.start("n"), match.start("u")
    return Tape(
        tape.text, [tape.words[n], tape.words[u]], tape.classes[n] + tape.classes[u], [tape.starts[n], tape.starts[u]],
        [tape.ends[n], tape.ends[u]], [tape.things[n], tape.things[u]],
    )  # fmt: skip


def _first_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The first few days, the first 2 weeks (of 2021)"""
    length: Length = tape.things[match.start("p")]
    return Fold(match.start(), match.end(), "duration", length)


def _running(tape: Tape, match: re.Match[str]) -> Fold | None:
    """For a second day running, a third straight week: so many in a row"""
    n, u = match.start("n"), match.start("u")
    number = number_at(tape, n)
    if number is None or not (match["run"] is not None or match["straight"] is not None):
        return None
    unit = unit_of(tape.words[u])
    timex = f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"
    rank = Rank(number, period_unit(tape.words[u]), (tape.starts[n], tape.ends[n]), (tape.starts[u], tape.ends[u]))
    return Fold(match.start(), match.end(), "repeat", Repeat(timex, rank))


def _repeat_at(tape: Tape, match: re.Match[str]) -> Fold | None:
    repeat: Repeat = tape.things[match.start("r")]
    time = _moment(tape, match, "t")
    if time is None or time.has_date:
        return None
    return Fold(match.start(), match.end(), "repeat", moment_of_repeat(repeat, clock_value(time)))


_REPEATS: tuple[_Rule, ...] = (
    (pattern("r:repeat comma? (at | on | approximately)? t:time"), _repeat_at),
    (pattern("t:time comma? (on)? r:repeat"), _repeat_at),
    (pattern("for? (the | a)? n:ordinal_day straight:straight? u:period (run:(running | in a row))?"), _running),
    (pattern("(the)? n:ordinal_day p:duration"), _first_of),
)
_LAST: tuple[_Rule, ...] = (
    (pattern("within:within? s:shift p:duration"), _around),
    (pattern("within:within p:duration"), _around),
    (pattern("n:amount s:shift u:period"), _numbered_shift),
    (pattern("in approximately? p:duration"), _in_length),
    (pattern("(no | not)? (later | earlier | more) than (the)? x:(date | time | instant)"), _than),
    (pattern("in the? x:time (?! period)"), _in_the),
    (pattern("from? x:(time | instant) for p:duration"), _from_for),
    (pattern("from x:date for p:duration"), _from_for),
    (pattern("for p:duration comma? from x:(time | instant | date)"), _from_for),
    (pattern("as (early | late) as x:(date | time | instant)"), _than),
    (
        pattern(
            "w:(before | after | since | until | by | starting) (on | at | from)? approximately? the? x:(date | time | instant)"
        ),
        _bounded,
    ),
    (
        pattern(
            "(period of?)? x:(date | time | instant) (or | and) (later | earlier | after | before | more) (?! than | date | time | plain | the)"
        ),
        _or_later,
    ),
)


_BEFORE, _BEHIND = 7, 9
"""Words around a time expression that can become part of it."""
_PERIODS = pattern("period | quarter | quarters").finditer
_LAYERS = (_REPEATS, _OFFSETS, _PARTS, _PARTS, _OFFSETS, _MERGES, _MERGES, _RANGES, _SPANS, _LAST, _SPANS, _REPEATS)


def read_times(tape: Tape) -> Tape:
    """The tape with every time expression folded to one word.

    Only the surroundings of dates, times and units of time are looked at more than once.
    """
    found = list(atoms(tape))
    seeds = sorted([(fold.first, fold.last) for fold in found] + [match.span() for match in _PERIODS(tape.classes)])
    if not seeds:
        return tape
    regions: list[tuple[int, int]] = []
    for first, last in seeds:
        low, high = max(0, first - _BEFORE), min(len(tape), last + _BEHIND)
        if regions and low <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(high, regions[-1][1]))
        else:
            regions.append((low, high))
    part = tape.selected(regions).folded(_moved(found, regions))
    for rules in _LAYERS:
        part = fold_rules(part, rules)
    names = {char: name for name, char in CLASSES.items()}
    folds = []
    for index, char in enumerate(part.classes):
        if char in TIME_CLASSES:
            first = bisect_left(tape.starts, part.starts[index])
            last = bisect_left(tape.starts, part.ends[index])
            folds.append(Fold(first, last, names[char], part.things[index]))
    return tape.folded(folds)


def _moved(folds: list[Fold], regions: list[tuple[int, int]]) -> Iterator[Fold]:
    """The folds of a tape at their places on the tape of its regions."""
    region, shift = iter(regions), 0
    first, last = next(region)
    shift = -first
    for fold in folds:
        while fold.first >= last:
            shift += last + 1
            first, last = next(region)
            shift -= first
        yield fold._replace(first=fold.first + shift, last=fold.last + shift)


__all__ = ["TIME_CLASSES", "Length", "Moment", "Numeral", "Repeat", "Stretch", "holidays", "in_set", "read_times"]
