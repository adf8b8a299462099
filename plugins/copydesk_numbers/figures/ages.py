"""Ages without a unit: "aged 34", "at age 34", "Ann Lee, 34, said"."""

from __future__ import annotations

from copydesk_numbers.figures.amount import Amount
from copydesk_numbers.numerals.numeral import Value
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_YOUNGEST, _OLDEST = 10, 120
"""Years that a number between commas behind a name may be."""
_NAME = 2  # words of a name before the comma


def with_age(tape: Tape, figure: Amount) -> Amount:
    """The figure as an age, where the words around it make it one."""
    if not figure.bare or figure.kind != "cardinal" or not (_is_age(figure.low) and _is_age(figure.high)):
        return figure
    at = figure.first
    aged = tape.class_at(at - 1) == _C["age"] or (
        tape.class_at(at - 1) in (_C["of"], _C["between"]) and tape.class_at(at - 2) == _C["age"]
    )
    return figure._replace(kind="age", unit="year") if aged or _follows_name(tape, figure) else figure


def _is_age(value: Value | None) -> bool:
    return isinstance(value, int) and 0 < value < _OLDEST


def _follows_name(tape: Tape, figure: Amount) -> bool:
    at = figure.first
    if at < _NAME or tape.classes[at - 1] != _C["comma"] or not tape.words[at].isdecimal():
        return False
    ends = tape.class_at(figure.last) in (_C["comma"], _C["dot"]) and not tape.glued(figure.last + 1)
    full = all(_is_name(tape, k) for k in range(at - 1 - _NAME, at - 1))
    between = tape.class_at(figure.last) == _C["comma"] and _is_name(tape, at - _NAME)
    return ends and (full or between) and (figure.low or 0) >= _YOUNGEST


def _is_name(tape: Tape, at: int) -> bool:
    capital = tape.written(at, at + 1)[:1].isupper() and tape.classes[at] == _C["plain"]
    return capital and not tape.is_in(at, "stop") and not tape.is_in(at, "opens_sentences")
