"""Times of day: 3pm, 15:30, 0200 GMT, half past seven, noon, in the morning."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk_numbers.numerals.numeral import Numeral
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Fold, Tape, pattern
from copydesk_numbers.times.datewords import is_night
from copydesk_numbers.times.moments import Moment
from copydesk_numbers.times.rules import has, maker

_C = CLASSES
_HOURS, _MINUTES, _NOON, _EVENING = 24, 60, 12, 5
_TWO_DIGITS = 2
_STEP = 5  # minutes that clocks are told by: "ten to nine"
_COUNTED = frozenset(_C[name] for name in ("plain", "period", "percent", "scale", "dash"))
_DAYPART_BEHIND = pattern("in the? (daypart | ampm) | early? daypart (?! daypart) | in the? early daypart")


def _clock(tape: Tape, match: re.Match[str], moment: Moment | None, last: int | None = None) -> Fold | None:
    """A time of day with the half of the day that the words behind it say."""
    if moment is None or (match.start() and _is_fraction(tape, match.start())):
        return None
    return with_half_of_day(tape, match.start(), match.end() if last is None else last, moment)


def _is_fraction(tape: Tape, at: int) -> bool:
    return tape.glued(at) and tape.words[at - 1] in "$€£"


@maker
def digital(tape: Tape, match: re.Match[str]) -> Fold | None:
    """15:30, 3:30:15, 3:30 pm"""
    h, m = match.start("h"), match.start("m")
    if not (tape.glued(h + 1) and tape.glued(m)) or not _is_two(tape, m) or not tape.words[h].isdecimal():
        return None
    if not has(match, "half") and _is_verse(tape, h):
        return None
    second, last = None, match.end()
    if has(match, "s"):
        s = match.start("s")
        if tape.glued(s) and _is_two(tape, s):
            second = int(tape.words[s])
        else:
            last = m + 1
    hour = int(tape.words[h])
    return _clock(tape, match, Moment(hour=hour, minute=int(tape.words[m]), second=second, meridiem=hour > _NOON), last)


def _is_verse(tape: Tape, h: int) -> bool:
    """Whether a name stands right before an hour: it is a verse of a book then, "Ephesians 5:11"."""
    name = tape.written(h - 1, h) if tape.class_at(h - 1) == _C["plain"] else ""
    return name.istitle() and not (tape.is_in(h - 1, "stop") or tape.is_in(h - 1, "opens_sentences"))


def _is_two(tape: Tape, at: int) -> bool:
    return len(tape.words[at]) == _TWO_DIGITS


@maker
def dotted_clock(tape: Tape, match: re.Match[str]) -> Fold | None:
    """4.15pm"""
    hour, _, minute = tape.words[match.start()].partition(".")
    if not (
        hour.isdecimal()
        and minute.isdecimal()
        and len(minute) == _TWO_DIGITS
        and int(hour) <= _HOURS
        and int(minute) < _MINUTES
    ):
        return None
    return _clock(tape, match, Moment(hour=int(hour), minute=int(minute)))


@maker
def hour_said(tape: Tape, match: re.Match[str]) -> Fold | None:
    """5 pm, 5 o'clock, 5ish, 5 in the morning"""
    if has(match, "ish") and not tape.glued(match.start("ish")):
        return None
    return _clock(
        tape, match, Moment(hour=_number(tape, match.start("n"))), match.start("n") + 1 if has(match, "part") else None
    )


@maker
def hour_and_minute(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Five-thirty"""
    m = match.start("m")
    if not (tape.glued(m) and tape.glued(m - 1)):
        return None
    return _clock(tape, match, Moment(hour=_number(tape, match.start("n")), minute=_number(tape, m)))


@maker
def hour_with_letter(tape: Tape, match: re.Match[str]) -> Fold | None:
    """5p, 5a"""
    first = match.start()
    if (
        not tape.glued(first + 1)
        or not tape.is_in(first + 1, "half_day_letters")
        or not tape.is_in(first - 1, "before_hours")
    ):
        return None
    return _clock(tape, match, Moment(hour=_number(tape, first)), first + 1)


@maker
def hour_with_h(tape: Tape, match: re.Match[str]) -> Fold | None:
    """15h30, 15h"""
    at = match.start() + 1
    if not tape.glued(at) or not tape.words[at - 1].isdecimal():
        return None
    hour = int(tape.words[at - 1])
    if has(match, "mm") and tape.glued(at + 1) and _is_two(tape, at + 1):
        return _clock(tape, match, Moment(hour=hour, minute=int(tape.words[at + 1]), meridiem=True), at + 2)
    return _clock(tape, match, Moment(hour=hour, minute=0, meridiem=True), at + 1)


@maker
def four_digits(tape: Tape, match: re.Match[str]) -> Fold | None:
    """630pm, 0200 GMT, 1430 hours"""
    written = tape.words[match.start()]
    needs_four = not has(match, "half")
    if len(written) not in ((4,) if needs_four else (3, 4)) or not written.isdecimal() or int(written[-2:]) >= _MINUTES:
        return None
    moment = Moment(hour=int(written[:-2]), minute=int(written[-2:]), meridiem=needs_four)
    return _clock(tape, match, moment, match.start() + 1 if needs_four else None)


@maker
def noon(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Noon, midnight"""
    return _clock(tape, match, Moment(hour=int(tape.value(match.start())), meridiem=True))


@maker
def mid_night(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Mid night"""
    first = match.start()
    return (
        _clock(tape, match, Moment(hour=0, meridiem=True))
        if is_night(tape, first + 1) and tape.is_in(first, "mids")
        else None
    )


@maker
def part_of_day(tape: Tape, match: re.Match[str]) -> Fold | None:
    """In the morning, early morning; not a greeting"""
    at = match.end() - 1
    if tape.is_in(match.start() - 1, "greetings"):
        return None
    if (
        at + 1 < len(tape.words)
        and tape.written(at, at + 1)[:1].isupper()
        and tape.written(at + 1, at + 2)[:1].isupper()
    ):
        return None  # "Morning Joe" is a name
    if (
        at
        and tape.written(at, at + 1).istitle()
        and tape.written(at - 1, at).islower()
        and tape.words[at - 1].isalpha()
    ):
        return None  # "it is Morning in America": so is this
    return _clock(tape, match, Moment(part=tape.value(match.end() - 1)))


@maker
def spoken(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Half past four, a quarter to nine, ten minutes to noon; "20 to 3" in digits is a range"""
    link, t = match.start("link"), match.start("t")
    past = tape.language.map("clock_links").get(tape.words[link])
    if past is None:
        return None
    minutes = 30 if has(match, "half") else 15 if has(match, "quarter") else _number(tape, match.start("n"))
    if has(match, "n"):
        digits = tape.words[match.start("n")][:1].isdecimal()
        bare = link == match.start("n") + 1
        if bare and ((past < 0 and digits and (minutes or 0) <= _NOON) or tape.is_in(link, "weak_clock_links")):
            return None
        if bare and not digits and ((minutes or 0) % _STEP or tape.class_at(match.end()) in _COUNTED):
            return None  # "three to four points"
        if bare and digits and past < 0 and not _is_announced(tape, match, t):
            return None  # "won 20 to 7", "35 to 12 percent"
        if not bare and tape.value(link - 1) != ["TM", 1]:
            return None
    named = tape.classes[t] == _C["clockword"]
    hour = int(tape.value(t)) if named else _number(tape, t)
    if minutes is None or hour is None or tape.class_at(match.end()) == _C["colon"]:
        return None
    total = (hour * _MINUTES + past * minutes) % (_HOURS * _MINUTES)
    return _clock(tape, match, Moment(hour=total // _MINUTES, minute=total % _MINUTES, meridiem=named))


def _is_announced(tape: Tape, match: re.Match[str], hour: int) -> bool:
    """Whether a word before or behind says that it is a time: "at 20 to 7", "20 to noon", "20 to 7 p.m."."""
    if match.end() > hour + 1 or tape.classes[hour] == _C["clockword"]:
        return True
    return tape.is_in(match.start() - 1, "before_spoken_hours") and not tape.is_in(match.end(), "behind_counts")


def with_half_of_day(tape: Tape, first: int, last: int, moment: Moment) -> Fold | None:
    """Am and pm, "a" and "p", "in the morning", behind or before a time."""
    if moment.hour is None:
        return Fold(first, last, "time", moment)
    half = _half_said(tape, last - 1) if last > first + 1 else None
    if half is None and not moment.meridiem:
        half = _half_said(tape, last)
        if half is None and tape.is_in(last, "half_day_letters") and tape.glued(last):
            free = not (tape.glued(last + 1) and tape.words[last + 1][:1].isalnum())
            half = tape.words[last] in tape.language.group("afternoon_letters") if free else None
        last += half is not None
    if half is not None:
        moment = half_of_day(moment, afternoon=half)
    elif not moment.meridiem and (match := _DAYPART_BEHIND.match(tape.classes, last)) is not None:
        part = tape.value(match.end() - 1) or "NI"
        moment = half_of_day(moment, afternoon=part in ("AF", "EV") or (part == "NI" and (moment.hour or 0) > _EVENING))
        last = match.end()
    if (moment.hour or 0) > _HOURS or (moment.minute or 0) >= _MINUTES:
        return None
    return Fold(first, last, "time", moment)


def _half_said(tape: Tape, at: int) -> bool | None:
    """Whether word `at` says afternoon (True) or morning (False)."""
    if tape.class_at(at) != _C["ampm"]:
        return None
    return tape.words[at].replace(" ", "").replace(".", "") in tape.language.group("afternoon_letters")


def half_of_day(moment: Moment, *, afternoon: bool) -> Moment:
    """The moment on the 24-hour clock."""
    hour = moment.hour
    if hour is None:
        return moment
    if afternoon and hour < _NOON:
        hour += _NOON
    elif not afternoon and hour == _NOON:
        hour = 0
    return replace(Moment(minute=moment.minute, second=moment.second), hour=hour, meridiem=True)


def _number(tape: Tape, at: int) -> int | None:
    thing = tape.things[at]
    return int(thing.value) if isinstance(thing, Numeral) and thing.value is not None else None
