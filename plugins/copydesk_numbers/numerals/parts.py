"""The small parts of numerals in words: numbers below a hundred, ordinals, what a fraction divides by."""

from __future__ import annotations

from copydesk_numbers.numerals.numeral import ORDINAL_WORD, SMALL_WORD, Value
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_C = CLASSES


def small_words(tape: Tape, i: int) -> tuple[int, int] | None:
    """A number below a hundred in words."""
    classes = tape.classes
    n = len(classes)
    if i >= n:
        return None
    char = classes[i]
    if char not in SMALL_WORD:
        return (0, i + 1) if char == _C["cardinal_zero"] else None
    value = int(tape.value(i))
    j = i + 1
    if char == _C["cardinal_tens"]:
        k = j + 1 if j < n and classes[j] == _C["dash"] else j
        if k < n and classes[k] == _C["cardinal_unit"] and (k == j or tape.glued(j) == tape.glued(k)):
            return value + int(tape.value(k)), k + 1
    return value, j


def ordinal_value(tape: Tape, i: int) -> Value:
    return 2 if tape.classes[i] == _C["second"] else tape.value(i)


def small_ordinal(tape: Tape, k: int) -> tuple[int, int] | None:
    end = k + 1
    if end < len(tape.words) and tape.classes[end] == _C["dash"]:
        end += 1
    if end < len(tape.words) and tape.classes[end] in ORDINAL_WORD and ordinal_value(tape, end) < 10:
        return int(tape.value(k) + ordinal_value(tape, end)), end + 1
    return None


def read_denominator(tape: Tape, k: int) -> tuple[int, int] | None:
    """What a fraction divides by: "fifths", "twenty-firsts", "quarters", "halves"."""
    classes = tape.classes
    n = len(classes)
    if k < n and classes[k] == _C["dash"]:
        k += 1
    if k >= n:
        return None
    char = classes[k]
    if char == _C["quarter"] or char == _C["quarters"]:
        return 4, k + 1
    if char == _C["half"] or char == _C["halves"]:
        return 2, k + 1
    if char == _C["denominator"]:
        return int(tape.value(k)), k + 1
    if char == _C["cardinal_tens"]:
        end = k + 2 if k + 1 < n and classes[k + 1] == _C["dash"] else k + 1
        if end < n and classes[end] == _C["denominator"] and tape.value(end) < 10:
            return int(tape.value(k) + tape.value(end)), end + 1
        if end < n and classes[end] in ORDINAL_WORD and ordinal_value(tape, end) < 10:
            return int(tape.value(k) + ordinal_value(tape, end)), end + 1
    if char in ORDINAL_WORD and char != _C["second"] and not tape.is_in(k, "no_denominator"):
        return int(ordinal_value(tape, k)), k + 1
    return None
