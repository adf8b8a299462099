"""What comes again: every Friday, daily, twice a week, Sundays."""

from __future__ import annotations

import re

from copydesk_numbers.numerals.numeral import Numeral
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Fold, Tape
from copydesk_numbers.times.datewords import is_night, is_plural
from copydesk_numbers.times.lengths import Repeat, part_of
from copydesk_numbers.times.reckoning import length_value
from copydesk_numbers.times.rules import has, maker

_C = CLASSES


def _repeat(match: re.Match[str], timex: str) -> Fold:
    return Fold(match.start(), match.end(), "repeat", Repeat(timex))


@maker
def every(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Every Friday, every two weeks, every other day, every summer"""
    if has(match, "w"):
        part = f"T{tape.value(match.start('dayp'))}" if has(match, "dayp") else ""
        return _repeat(match, f"XXXX-WXX-{tape.value(match.start('w'))}{part}")
    if has(match, "season"):
        return _repeat(match, f"XXXX-{tape.value(match.start('season'))}")
    if has(match, "m"):
        if not tape.written(match.start("m"), match.start("m") + 1)[:1].isupper():
            return None  # "each may thrive"
        return _repeat(match, f"XXXX-{tape.value(match.start('m')):02}")
    u = match.start("u")
    if tape.classes[u] == _C["daypart"]:
        return _repeat(match, f"T{tape.value(u)}")
    if is_night(tape, u):
        return _repeat(match, "TNI")
    number: float = 2 if has(match, "other") else 1
    if has(match, "n"):
        thing = tape.things[match.start("n")]
        number = thing.value if isinstance(thing, Numeral) and thing.value is not None else 1
    unit, scaled = part_of(tape, u, number)
    if unit == "WE" and number == 1:
        return _repeat(match, "XXXX-WXX-WE")
    return _repeat(match, length_value([(unit, float(scaled or 1))]))


@maker
def often(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Daily, annual"""
    at = match.start("o")
    if tape.written(at, at + 1)[:1].isupper() and tape.class_at(at - 1) == _C["the"]:
        return None  # "The Daily Telegraph"
    if (
        at > 1
        and tape.written(at, at + 1).istitle()
        and tape.class_at(at - 1) == _C["plain"]
        and tape.written(at - 1, at).istitle()
    ):
        return None  # "said Publishers Weekly"
    return _repeat(match, tape.value(at))


@maker
def half_as_often(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Semi-annual, bi-weekly"""
    at = match.start("r")
    prefixes = tape.language.map("often_prefixes").get(tape.words[match.start()], {})
    timex = prefixes.get(tape.things[at].timex)
    if timex is None or not tape.glued(at) or not tape.glued(at - 1):
        return None
    return _repeat(match, timex)


@maker
def plural_days(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Sundays, Monday mornings"""
    at = match.start("w")
    part = ""
    if has(match, "part"):
        p = match.start("part")
        if tape.classes[p] == _C["period"] and not (is_night(tape, p) and is_plural(tape, p)):
            return None
        part = "TNI" if is_night(tape, p) else f"T{tape.value(p)}"
    return _repeat(match, f"XXXX-WXX-{tape.value(at)}{part}")


@maker
def so_often(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Once a week, twice a day, five times a year"""
    u = match.start("u")
    if is_plural(tape, u) or (has(match, "single") and not tape.is_in(match.start(), "pronouns")):
        return None
    unit, number = part_of(tape, u, 1)
    return _repeat(match, length_value([(unit, float(number or 1))]))


def at_clock(repeat: Repeat, clock: str) -> Repeat:
    """As in "every Monday" with "at 4pm"; "every day at 4pm" is a time that comes again."""
    if repeat.timex.startswith("XXXX") and "T" not in repeat.timex:
        return Repeat(repeat.timex + clock)
    return Repeat(clock)
