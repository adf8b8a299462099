"""What single words of a date stand for."""

from __future__ import annotations

from copydesk_numbers.numerals.numeral import Numeral
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_UNITS = {_C["second"]: ("TS", 1), _C["quarter"]: ("Q", 1), _C["quarters"]: ("Q", 1), _C["h"]: ("TH", 1)}
PERIODS = in_set("anyperiod")


def number_at(tape: Tape, at: int) -> int | None:
    """The whole number that word `at` stands for."""
    thing = tape.things[at]
    if isinstance(thing, Numeral) and isinstance(thing.value, int | float) and float(thing.value).is_integer():
        return int(thing.value)
    return None


def year_at(tape: Tape, at: int) -> int | str | None:
    """The year that word `at` stands for: 2015, 15, '87."""
    value = number_at(tape, at)
    if value is None or value < 0:
        return None
    if value < 100:
        return f"XX{value:02}" if 30 <= value < 40 else value + (2000 if value < 30 else 1900)
    return value if value < 10_000 else None


def is_period(tape: Tape, at: int) -> bool:
    """Whether word `at` is a unit of time."""
    return 0 <= at < len(tape.words) and (tape.classes[at] in PERIODS or tape.classes[at] == _C["h"])


def unit_of(tape: Tape, at: int) -> str:
    """D, W, M, Y … of the unit of time at word `at`; multiples are resolved by `factor_of`."""
    return _UNITS[tape.classes[at]][0] if tape.classes[at] in _UNITS else str(tape.value(at)[0])


def factor_of(tape: Tape, at: int) -> float:
    """How many of its ISO unit a unit of time is: 10 years for a decade."""
    return _UNITS[tape.classes[at]][1] if tape.classes[at] in _UNITS else float(tape.value(at)[1])


def is_plural(tape: Tape, at: int) -> bool:
    """Whether a unit of time is in the plural."""
    return tape.is_in(at, "plural_periods")


def is_night(tape: Tape, at: int) -> bool:
    """Whether a word is "night", which is a unit of time and a part of the day."""
    return tape.is_in(at, "nights")


def month_at(tape: Tape, at: int) -> int:
    """The month that word `at` names."""
    return int(tape.value(at))
