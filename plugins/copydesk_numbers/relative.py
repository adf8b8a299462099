"""Bounds ("since August"), lengths around the document's date ("the last 3 months"), repetitions with a time."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk_numbers.datewords import number_at, unit_of
from copydesk_numbers.lengths import Length, Rank, Repeat, moment_of_repeat, read_length
from copydesk_numbers.lexicon import CLASSES, VALUES
from copydesk_numbers.measures import period_unit
from copydesk_numbers.moments import Moment, clock_value
from copydesk_numbers.rules import Rule, Stretch, from_now, moment_of
from copydesk_numbers.tape import Fold, Tape, pattern

_C = CLASSES
_OPEN_END = frozenset({"after", "since", "starting", "from", "beginning", "later"})


def _bounded(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Before 2018, since August, until 5pm, by end of month"""
    moment = moment_of(tape, match, "x")
    if moment is None or moment.fixed == "PRESENT_REF":
        return None
    word = tape.words[match.start("w")]
    noun = match.end() < len(tape) and tape.classes[match.end()] == _C["plain"]
    if noun and tape.classes[match.start("x") - 1] == _C["the"]:
        return None  # "after the 2008 election": the date belongs to the noun
    stretch = Stretch(moment, None) if word in _OPEN_END else Stretch(None, moment)
    return Fold(match.start(), match.end(), "span", stretch)


def _or_later(tape: Tape, match: re.Match[str]) -> Fold | None:
    moment = moment_of(tape, match, "x")
    if moment is None:
        return None
    word = tape.words[match.end() - 1]
    later = word in ("later", "after", "greater", "more", "newer")
    return Fold(match.start(), match.end(), "span", Stretch(moment, None) if later else Stretch(None, moment))


def _than(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Later than 2020, no later than 6:00, as late as 7am"""
    moment = moment_of(tape, match, "x")
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
    return Fold(match.start(), match.end(), "date", from_now(offset, 1))


_REACH = 40
_DONE = re.compile(
    r"\b(?:has|have|had|was|were|made|grew|fell|rose|won|lost|took|did|ran|came|went|got|swam|drove|flew|built|sold|bought|\w{3,}ed)\b(?![^.;]*\b(?:will|would|to|that|said)\b)[^.;]*$"
)
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
    moment = moment_of(tape, match, "x")
    if moment is None or moment.part is None or moment.hour is not None:
        return None
    return Fold(match.start(), match.end(), "time", moment)


def _from_for(tape: Tape, match: re.Match[str]) -> Fold | None:
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
    time = moment_of(tape, match, "t")
    if time is None or time.has_date:
        return None
    return Fold(match.start(), match.end(), "repeat", moment_of_repeat(repeat, clock_value(time)))


REPEATS: tuple[Rule, ...] = (
    (pattern("r:repeat comma? (at | on | approximately)? t:time"), _repeat_at),
    (pattern("t:time comma? (on)? r:repeat"), _repeat_at),
    (pattern("for? (the | a)? n:ordinal_day straight:straight? u:period (run:(running | in a row))?"), _running),
    (pattern("(the)? n:ordinal_day p:duration"), _first_of),
)
LAST: tuple[Rule, ...] = (
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
