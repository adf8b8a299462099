"""What is like a figure but has no number: ranks ("the last page") and units alone ("to Fahrenheit")."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_numbers.figures.amount import Amount
from copydesk_numbers.figures.units import UnitReader
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape, pattern

_C = CLASSES
# The longer reading first. "next to last" counts from the end; "the one before the last one" does too.
_RANK = pattern(
    """the word12 before the shift word12
     | the shift but word12 | the ordinal_day to shift | (ordinal_day | shift) to shift
     | shift word12 (?! plain) | shift | rank"""
)
_NUMBERS = (_C["to12"], _C["word12"])
_SHORT = 3


def _nothing(tape: Tape, first: int, last: int, kind: str, unit: str | None) -> Amount:
    return Amount(first, last, kind, None, None, unit, (tape.starts[first], tape.ends[last - 1]))


def ranks(tape: Tape) -> Iterator[Amount]:
    """Words of rank that are part of no time expression: last, next, previous, penultimate."""
    for match in _RANK.finditer(tape.classes):
        first, last = match.span()
        is_one = tape.is_in(last - 1, "pronouns")
        if tape.classes[last - 1] in _NUMBERS and not is_one:
            last -= 1
        length = last - first
        if (tape.is_in(first, "no_ranks") and length < _SHORT) or tape.is_in(last - 1, "no_ranks_at_end"):
            continue
        if length == _SHORT - 1 and is_one and tape.is_in(first, "ranks_before_one"):
            last -= 1
        yield _nothing(tape, first, last, "ordinal", None)


def bare_units(tape: Tape, units: UnitReader, used: set[int]) -> Iterator[Amount]:
    """Currencies, percent and degree scales that no number stands before."""
    at = 0
    while at < len(tape.words):
        found = _bare(tape, at, units) if at not in used and tape.things[at] is None else None
        if found is None:
            at += 1
            continue
        yield found
        at = found.last


def _bare(tape: Tape, at: int, units: UnitReader) -> Amount | None:
    money = units.money_after(tape, at)
    if money is not None and money.kind == "money" and tape.words[at].isalpha() and len(tape.words[at]) >= _SHORT:
        return _nothing(tape, at, money.last, "money", money.name)
    unit = units.unit_at(tape, at)
    if unit is None:
        return None
    if unit.name == "percent":
        return _nothing(tape, at, unit.last, "percent", "percent")
    named = units.unit_at(tape, unit.last) if unit.name == "degree" else unit
    if named is not None and named.kind == "temperature" and named.name not in ("degree", "kelvin"):
        return _nothing(tape, at, named.last, "temperature", named.name)
    return None
