"""Bounds ("since August"), lengths around the document's date ("the last 3 months"), repetitions with a time."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk_numbers.numerals.numeral import Numeral
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Fold, Tape
from copydesk_numbers.times.datewords import factor_of, is_night, is_plural, number_at, unit_of
from copydesk_numbers.times.lengths import Length, Rank, Repeat, name_of, part_of
from copydesk_numbers.times.moments import Moment, clock_value
from copydesk_numbers.times.repeats import at_clock
from copydesk_numbers.times.rules import Stretch, from_now, has, maker, moment_of

_C = CLASSES
_OPEN_END = frozenset(_C[name] for name in ("after", "since", "starting", "from", "begin", "later"))
_LATER = frozenset(_C[name] for name in ("later", "after", "more"))
_NOUNS = frozenset((_C["plain"], _C["fiscal"], _C["weekdays"], _C["present"]))
_NUMERALS = in_set("numeral") - {_C["ordinal"], _C["ordinal_day"]}
_BEFORE_VERBS = frozenset((_C["will"], _C["to"], _C["not"]))
_DECADE = 10
_DONE_WITHIN = 8
_SHORTEST_PAST = 4  # letters that are too few for an ending of the past: "seed"


@maker
def bounded(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Before 2018, since August, until 5pm, by end of month"""
    moment = moment_of(tape, match, "x")
    if moment is None or moment.fixed is not None:
        return None  # "by now", "after recently losing it"
    onward = match.start("onward") if has(match, "onward") else None
    if onward is not None and not (tape.is_in(onward, "openings") and tape.class_at(onward - 1) != _C["the"]):
        return None  # "the talks start in May"
    word = tape.classes[match.start()]
    noun = tape.class_at(match.end()) in _NOUNS
    if noun and tape.classes[match.start("x") - 1] == _C["the"]:
        return None  # "after the 2008 election": the date belongs to the noun
    stretch = Stretch(moment, None) if word in _OPEN_END else Stretch(None, moment)
    return Fold(match.start(), match.end(), "span", stretch)


@maker
def or_later(tape: Tape, match: re.Match[str]) -> Fold | None:
    moment = moment_of(tape, match, "x")
    if moment is None:
        return None
    later = tape.classes[match.end() - 1] in _LATER
    return Fold(match.start(), match.end(), "span", Stretch(moment, None) if later else Stretch(None, moment))


@maker
def than(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Later than 2020, no later than 6:00, as late as 7am"""
    moment = moment_of(tape, match, "x")
    if moment is None:
        return None
    if tape.classes[match.start()] == _C["than"]:
        return None  # "fewer than seven years ago" compares, and bounds nothing
    if tape.classes[match.start()] == _C["more"] and not moment.offset:
        return None  # "$5 more than last year" compares sums
    until = has(match, "until")
    if tape.classes[match.start()] == _C["more"] and any(number < 0 for _, number in moment.offset):
        until = True  # "more than a month ago" is before then
    return Fold(match.start(), match.end(), "span", Stretch(None, moment) if until else Stretch(moment, None))


@maker
def in_length(tape: Tape, match: re.Match[str]) -> Fold | None:
    """In 5 minutes, in two weeks"""
    length: Length = tape.things[match.start("p")]
    offset = length.offset
    if offset is None or tape.is_in(match.start() - 1, "not_before_in") or _is_done(tape, match.start()):
        return None
    if tape.class_at(match.end()) == _C["that"] or _is_record(tape, match.start()):
        return None  # "in a year that was good", "his worst showing in two years"
    if tape.class_at(match.end()) == _C["or"] and tape.class_at(match.end() + 1) in (_C["fewer"], _C["more"]):
        return None  # "in ten years or less" is how long it takes
    by_the_clock = all(unit.startswith("T") for unit, _ in offset)
    if by_the_clock and any(tape.is_in(at, "modals") for at in range(match.start() - _DONE_WITHIN, match.start())):
        return None  # "you can wreck it in a minute"
    return Fold(match.start(), match.end(), "date", from_now(offset, 1))


def _is_record(tape: Tape, first: int) -> bool:
    """Whether a superlative stands before: "its worst showing in two years" is how long that was so."""
    record = False
    for at in range(first - 1, max(-1, first - 1 - _DONE_WITHIN), -1):
        if tape.classes[at] in (_C["dot"], _C["break"], _C["comma"]):
            break
        if tape.is_in(at, "future_verbs"):
            return False  # "he will give his first speech in two weeks"
        record = record or tape.is_in(at, "superlatives")
    return record


def _is_done(tape: Tape, first: int, *, of_sums: bool = True) -> bool:
    """Whether a verb of the past stands before: "they made progress in six months" is how long it took.

    Args:
        tape, first: where the length begins.
        of_sums: whether a number before it says so too: "24 points in 36 minutes".
    """
    for at in range(first - 1, max(-1, first - 1 - _DONE_WITHIN), -1):
        if tape.is_in(at, "not_done") or tape.classes[at] in (_C["dot"], _C["break"]):
            return False
        word = tape.words[at]
        if of_sums and tape.classes[at] in _NUMERALS:
            return True
        if tape.is_in(at, "past_verbs") or (word.endswith(tape.language.past_endings) and len(word) > _SHORTEST_PAST):
            return True
    return False


@maker
def in_the(tape: Tape, match: re.Match[str]) -> Fold | None:
    """In the evening"""
    moment = moment_of(tape, match, "x")
    if moment is None or moment.part is None or moment.hour is not None:
        return None
    return Fold(match.start(), match.end(), "time", moment)


@maker
def from_for(tape: Tape, match: re.Match[str]) -> Fold | None:
    """From 2pm for 2 hours, for 3 days from Monday"""
    length: Length = tape.things[match.start("p")]
    moment = moment_of(tape, match, "x")
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


@maker
def around(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The last 3 months, next 3 days, within 5 minutes, the past year and a half"""
    length: Length = tape.things[match.start("p")]
    offset = length.offset
    now = Moment(unit="D", shift=0)
    clock = any(part[0].startswith("T") for part in length.parts)
    shift = tape.value(match.start("s")) if has(match, "s") else 1
    if shift == 0 or offset is None or (has(match, "within") and _is_done(tape, match.start(), of_sums=False)):
        return None  # "they wrecked it within three years" is how long it took
    if shift < 0 and tape.class_at(match.start() - 1) in _BEFORE_VERBS:
        return None  # "it would last four years"
    if clock:
        now = Moment(unit="TS", shift=0)
    if shift < 0:
        return Fold(
            match.start(), match.end(), "span", Stretch(replace(now, offset=tuple((u, -n) for u, n in offset)), now)
        )
    begin = now if clock or has(match, "within") else replace(now, shift=1)
    return Fold(match.start(), match.end(), "span", Stretch(begin, replace(begin, offset=offset)))


@maker
def up_to_now(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The past month, which is so long until now and no month of the calendar"""
    u = match.start("u")
    if has(match, "opening") and tape.value(match.start("opening")) != 0:
        return None
    over = tape.classes[match.start()] == _C["the"] and tape.is_in(match.start() - 1, "before_stretches")
    last = over and tape.is_in(match.start("s"), "last_words")  # "over the last year"
    if over and tape.value(match.start("s")) > 0 and factor_of(tape, u) == _DECADE and not is_plural(tape, u):
        start = Moment(unit="D", shift=0)
        return Fold(match.start("s"), match.end(), "span", Stretch(start, replace(start, offset=(("Y", _DECADE),))))
    if not (last or tape.is_in(match.start("s"), "past_shifts")) or is_plural(tape, u) or is_night(tape, u):
        return None
    unit, number = part_of(tape, u, 1)
    if unit.startswith("T") or unit == "WE" or number is None:
        return None
    now = Moment(unit="D", shift=0)
    return Fold(match.start("s"), match.end(), "span", Stretch(replace(now, offset=((unit, -number),)), now))


@maker
def numbered_shift(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The next 3 days, "5 past years"."""
    n, u = match.start("n"), match.start("u")
    thing, shift = tape.things[n], tape.value(match.start("s"))
    if not isinstance(thing, Numeral) or thing.value is None or not shift:
        return None
    unit, number = part_of(tape, u, thing.value)
    now = Moment(unit="TS" if unit.startswith("T") else "D", shift=0)
    begin = now if now.unit == "TS" or shift < 0 else replace(now, shift=1)
    moved = replace(begin, offset=((unit, float(number or 0) * shift),))
    return Fold(match.start(), match.end(), "span", Stretch(moved, now) if shift < 0 else Stretch(begin, moved))


@maker
def first_of(tape: Tape, match: re.Match[str]) -> Fold | None:
    """The first few days, the first 2 weeks (of 2021)"""
    length: Length = tape.things[match.start("p")]
    return Fold(match.start(), match.end(), "duration", length)


@maker
def running(tape: Tape, match: re.Match[str]) -> Fold | None:
    """For a second day running, a third straight week: so many in a row"""
    n, u = match.start("n"), match.start("u")
    number = number_at(tape, n)
    if number is None or not (has(match, "run") or has(match, "straight")):
        return None
    unit = unit_of(tape, u)
    timex = f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"
    rank = Rank(number, name_of(tape, u), (tape.starts[n], tape.ends[n]), (tape.starts[u], tape.ends[u]))
    return Fold(match.start(), match.end(), "repeat", Repeat(timex, rank))


@maker
def repeat_at(tape: Tape, match: re.Match[str]) -> Fold | None:
    repeat: Repeat = tape.things[match.start("r")]
    time = moment_of(tape, match, "t")
    if time is None or time.has_date:
        return None
    return Fold(match.start(), match.end(), "repeat", at_clock(repeat, clock_value(time)))
