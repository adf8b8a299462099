"""What is like a figure but has no number: ranks ("the last page") and units alone ("to Fahrenheit")."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_numbers.lexicon import CLASSES
from copydesk_numbers.quantities import Draft
from copydesk_numbers.tape import Tape, pattern
from copydesk_numbers.units import UnitReader

_C = CLASSES
# The longer reading first. "next to last" counts from the end; "the one before the last one" does too.
_RANK = pattern(
    """the word12 before the shift word12
     | the shift but word12 | the ordinal_day to shift | (ordinal_day | shift) to shift
     | shift word12 (?! plain) | shift | rank"""
)
_NOT_RANKS = frozenset({"this", "same", "past", "coming", "upcoming", "following", "subsequent", "preceding"})
_ONE = "one"


def ranks(tape: Tape) -> Iterator[Draft]:
    """Words of rank that are part of no time expression: last, next, previous, penultimate."""
    for match in _RANK.finditer(tape.classes):
        first, last = match.span()
        words = tape.words[first:last]
        if tape.classes[last - 1] in (_C["to12"], _C["word12"]) and words[-1] != _ONE:
            last -= 1
            words.pop()
        if (words[0] in _NOT_RANKS and len(words) < 3) or words[-1] in ("this", "past"):
            continue
        if len(words) == 2 and words[-1] == _ONE and words[0] in ("last", "next"):
            last -= 1
        yield Draft(first, last, "ordinal", None, None, first, last)


def bare_units(tape: Tape, units: UnitReader, used: set[int]) -> Iterator[Draft]:
    """Currencies, percent and degree scales that no number stands before."""
    at = 0
    while at < len(tape):
        draft = _bare(tape, at, units) if at not in used and tape.things[at] is None else None
        if draft is None:
            at += 1
            continue
        yield draft
        at = draft.last


def _bare(tape: Tape, at: int, units: UnitReader) -> Draft | None:
    word = tape.words[at]
    if word in ("%", "percent", "percentage"):
        return Draft(at, at + 1, "percent", None, "percent", at, at + 1)
    money = units.money_after(tape, at)
    if money is not None and money.kind == "money" and word.isalpha() and len(word) > 2:
        return Draft(at, money.last, "money", None, money.name, at, money.last)
    first = at + 1 if word == "degrees" else at
    unit = units.unit_at(tape, first)
    if unit is not None and unit.name in ("degree_Celsius", "degree_Fahrenheit"):
        return Draft(at, unit.last, "temperature", None, unit.name, at, unit.last)
    return None
