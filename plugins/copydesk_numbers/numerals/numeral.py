"""What a numeral is, and the classes of words it is made of."""

from __future__ import annotations

from typing import NamedTuple

from copydesk_numbers.tape.classes import CLASSES, in_set

Value = int | float
_C = CLASSES


class Numeral(NamedTuple):
    """A number as read.

    Attributes:
        value: None where the words are vague and name no number.
        kind: cardinal, ordinal, fraction or vague.
        digits: whether it is written in digits only, so that it may be part of a date or a clock time.
        low, high: what a vague number may mean.
        scale: what its scale words multiply by: a million for "two million".
        made_of: start, end and value of the numbers of a share, and of a vague one: "four in ten", the hundred of "a few hundred".
    """

    value: Value | None
    kind: str = "cardinal"
    digits: bool = False
    low: Value | None = None
    high: Value | None = None
    scale: Value = 1
    made_of: tuple[tuple[int, int, Value], ...] = ()


DIGITS = in_set("digits")
WHOLE = in_set("whole")
SMALL_WORD = in_set("small_word")
ORDINAL_WORD = in_set("ordinal_word")
SCALES = frozenset((_C["hundred"], _C["scale"], _C["dozen"], _C["hundreds"]))
DENOMINATORS = frozenset(_C[name] for name in ("denominator", "half", "quarter", "quarters", "halves")) | ORDINAL_WORD
TERM_START = DIGITS | SMALL_WORD | {_C["a"]}


def plain_number(value: Value) -> Value:
    """The number as an int where it is one, and without the noise of binary fractions."""
    if isinstance(value, int):
        return value
    if value.is_integer() and abs(value) < 1e18:
        return int(value)
    return float(f"{value:.15g}")
