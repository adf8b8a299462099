"""Ordinals that begin as a cardinal: "twenty-fifth", "two hundredth"."""

from __future__ import annotations

from copydesk_numbers.numerals.numeral import DIGITS, ORDINAL_WORD, SMALL_WORD, Numeral, Value
from copydesk_numbers.numerals.parts import ordinal_value, small_ordinal
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_PARTS = ORDINAL_WORD | {_C["denominator"]}
_BEFORE_SECOND = DIGITS | SMALL_WORD | {_C["half"], _C["dash"], _C["per"], _C["every"]}


def is_period(tape: Tape, i: int) -> bool:
    """Whether "second" is the unit of time here: "one second", "30-second", "a tenth of a second"."""
    if tape.classes[i] != _C["second"]:
        return False
    part = tape.class_at(i - 1) == _C["a"] and tape.class_at(i - 2) == _C["of"] and tape.class_at(i - 3) in _PARTS
    return part or tape.class_at(i - 1) in _BEFORE_SECOND


def with_ordinal(tape: Tape, j: int, value: Value, scale: float, digits: bool) -> tuple[Numeral, int] | None:
    """twenty-fifth, one hundred and first, two hundredth: a cardinal that ends as an ordinal."""
    classes = tape.classes
    n = len(classes)
    if j >= n or digits or not isinstance(value, int):
        return None
    k = j
    if classes[k] in (_C["dash"], _C["and"]) and k + 1 < n:
        if classes[k] == _C["and"] and scale < 100:
            return None
        k += 1
    char = classes[k]
    if char == _C["cardinal_tens"] and scale >= 100:
        read = small_ordinal(tape, k)
        return (Numeral(value + read[0], "ordinal"), read[1]) if read else None
    if char not in ORDINAL_WORD:
        return None
    last = ordinal_value(tape, k)
    if char == _C["ordinal_hundred"] and 0 < value < 100:
        return Numeral(int(value * 100), "ordinal"), k + 1
    if char == _C["ordinal_scale"]:
        return Numeral(int(value * last), "ordinal"), k + 1
    fits = (value % 100 == 0 and last < 100 and value >= 100) or (value % 10 == 0 and last < 10 and value % 100 >= 20)
    if not fits or (char == _C["second"] and tape.glued(k) is False and classes[j] == _C["dash"]):
        return None
    return Numeral(int(value + last), "ordinal"), k + 1
