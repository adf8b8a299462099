"""An amount: one number with all that belongs to it."""

from __future__ import annotations

from typing import NamedTuple

from copydesk_numbers.numerals.numeral import Value, plain_number
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape

NUMERALS = in_set("numeral")
"""The classes of folded numbers."""
AMOUNTS = NUMERALS | {CLASSES["duration"]}
"""The classes that an amount can begin with: numbers, and lengths of time, which are numbers with a unit already."""


class Amount(NamedTuple):
    """Words `first` to `last` (exclusive) of a tape: a number with all that belongs to it.

    Attributes:
        kind: as in `Figure`.
        low, high: equal for one number, None where open or vague.
        number: offsets of the number alone.
        scale: what its scale words multiply by: 1e6 for "two million".
        bare: whether it has neither unit nor currency, so that the other end of a range may give it one.
        prefixed: whether its currency stands before it.
        bound, per, vague: as in `Figure`.
        end: the word behind its number and unit, where a rate stands behind those: the rate is no part of its span.
        rate_at: the word of a rate behind what is counted: "500 jobs a month".
        code: whether letters stick to it that mean nothing, so that it is part of a code or name.
    """

    first: int
    last: int
    kind: str
    low: Value | None
    high: Value | None
    unit: str | None
    number: tuple[int, int]
    scale: Value = 1
    bare: bool = False
    prefixed: bool = False
    per: str | None = None
    bound: str = "="
    vague: bool = False
    code: bool = False
    end: int | None = None
    rate_at: int | None = None

    @property
    def value(self) -> Value | None:
        """The number, where it is one."""
        return self.low if self.low == self.high else None

    def scaled(self, factor: Value) -> Amount:
        """The amount, so many times as large."""
        low, high = (None if end is None else plain_number(end * factor) for end in (self.low, self.high))
        return self._replace(low=low, high=high, scale=self.scale * abs(factor))

    def negative(self) -> Amount:
        """The amount below zero."""
        low, high = (None if end is None else -end for end in (self.high, self.low))
        return self._replace(low=low, high=high)


def ends_phrase(tape: Tape, at: int) -> bool:
    """Whether no noun stands at word `at`, which the word before could belong to: "$5 Canadian", not "$5 Canadian coins"."""
    return tape.class_at(at) != CLASSES["plain"] or tape.is_in(at, "stop")
