"""Cardinals: terms in falling order, each a coefficient with its scales."""

from __future__ import annotations

from copydesk_numbers.language.pack import FRACTION_SYMBOLS
from copydesk_numbers.numerals.digits import read_digits
from copydesk_numbers.numerals.literals import read_literal
from copydesk_numbers.numerals.numeral import DENOMINATORS, DIGITS, SCALES, TERM_START, WHOLE, Value, plain_number
from copydesk_numbers.numerals.parts import read_denominator, small_words
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_MOST_SCALES = 4  # "three hundred thousand million"; more in a row is no number
_LONGEST_DECIMALS = 12
_PHRASE_ENDS = frozenset(_C[name] for name in ("break", "dot", "comma", "exclaim"))


def scales(tape: Tape, j: int) -> tuple[int, int]:
    """The product of the scale words from `j`, and where they end."""
    classes = tape.classes
    n = len(classes)
    factor = 1
    end = min(n, j + _MOST_SCALES)
    while j < end:
        char = classes[j]
        if char == _C["hundred"]:
            factor *= 100
        elif char == _C["scale"] or char == _C["dozen"]:
            factor *= int(tape.value(j))
        else:
            break
        j += 1
        if tape.is_in(j - 1, "scales_with_dots") and tape.class_at(j) == _C["dot"] and tape.glued(j):
            return j + 1, factor  # "5 Mrd. Euro"
    return j, factor


def read_term(tape: Tape, i: int) -> tuple[Value, int, float, bool] | None:
    """One term of a cardinal: a coefficient and its scales. Value, end, scale, whether only digits."""
    classes = tape.classes
    n = len(classes)
    char = classes[i]
    digits = char in DIGITS
    value: Value
    if digits:
        read = read_digits(tape, i)
        if read is None:
            return None
        value, j = read
    elif char in (_C["hundred"], _C["scale"], _C["dozen"]):
        if tape.is_in(i, "scales_only_behind") or tape.class_at(i - 1) in DIGITS:
            return None  # digits before it that are part of a name: "R2 million"
        value, j = 1, i
    elif char == _C["a"]:
        if i + 1 >= n or classes[i + 1] not in SCALES:
            return None
        value, j = 1, i + 1
    elif char == _C["symbol_fraction"]:
        value, j = FRACTION_SYMBOLS[tape.words[i]], i + 1
    else:
        small = small_words(tape, i)
        if small is None:
            return None
        value, j = small
    scale = 1.0
    j = _past_hyphen(tape, j)
    if j < n and classes[j] == _C["hundred"] and (digits or 0 < value < 100):
        value, j, scale = value * 100, j + 1, 100.0
        rest = below_hundred(tape, j)
        if rest is not None:
            value, j, scale = value + rest[0], rest[1], 1.0
    k, factor = scales(tape, j)
    if factor != 1:
        return plain_number(value * factor), k, factor * (scale if scale > 1 else 1.0), False
    if not digits or j > i + 1:
        return value, j, scale, digits and scale == 1.0 and j > i
    return letter_scale(tape, j, value)


def _past_hyphen(tape: Tape, j: int) -> int:
    """The scale word behind a hyphen, as in "a $10-million house"; the hyphen itself where there is none."""
    if tape.class_at(j) != _C["dash"] or not (tape.glued(j) and tape.glued(j + 1)):
        return j
    return j + 1 if tape.class_at(j + 1) in (_C["scale"], _C["hundred"], _C["dozen"]) else j


def letter_scale(tape: Tape, j: int, value: Value) -> tuple[Value, int, float, bool]:
    """10k, 1.2B, 3M; "m" is left to the layer above."""
    if j >= len(tape.words):
        return value, j, 1.0, True
    spelt = tape.written(j, j + 1)
    if tape.glued(j) or spelt in tape.language.group("scale_letters_apart"):
        factor = tape.language.map("scale_letters").get(spelt)
        if factor is not None and not (
            j + 1 < len(tape.words) and tape.glued(j + 1) and tape.words[j + 1][:1].isalnum()
        ):
            return plain_number(value * factor), j + 1, factor, False
    return value, j, 1.0, True


def below_hundred(tape: Tape, j: int) -> tuple[int, int] | None:
    """What may follow "hundred": "and sixteen", "sixteen", "and 21"."""
    classes = tape.classes
    n = len(classes)
    with_and = j < n and classes[j] == _C["and"]
    k = j + 1 if with_and else j
    if k >= n:
        return None
    if with_and and classes[k] in WHOLE:
        value = read_literal(tape.words[k], tape.language.separators)
        rest = (value, k + 1) if isinstance(value, int) and 0 < value < 100 else None
    else:
        rest = small_words(tape, k)
    if rest is None or not rest[0]:
        return None
    after = classes[rest[1]] if rest[1] < n else ""
    if after == _C["hundred"] or (with_and and after == _C["dozen"]):
        return None
    if after in DENOMINATORS and is_proper(tape, rest[0], rest[1], with_and=with_and):
        return None
    if not with_and and tens_of_denominator(tape, k, rest):
        return None
    return rest


def tens_of_denominator(tape: Tape, k: int, rest: tuple[Value, int]) -> bool:
    """As in "one hundred thirty fifths": the tens belong to the denominator."""
    classes = tape.classes
    if classes[k] != _C["cardinal_tens"] or rest[1] != k + 1 or k + 1 >= len(tape.words):
        return False
    after = k + 2 if classes[k + 1] == _C["dash"] and k + 2 < len(tape.words) else k + 1
    return classes[after] == _C["denominator"] and tape.value(after) < 10


def is_proper(tape: Tape, numerator: Value, k: int, *, with_and: bool) -> bool:
    """Whether "… and three quarters" is a number and a proper fraction."""
    divisor = read_denominator(tape, k)
    return with_and and divisor is not None and numerator < divisor[0]


def read_cardinal(tape: Tape, i: int) -> tuple[Value, int, float, bool] | None:
    """Terms in falling order: value, end, the last scale, whether it is digits only."""
    first = read_term(tape, i)
    if first is None:
        return None
    total, j, floor, digits = first
    classes = tape.classes
    n = len(classes)
    if floor == 1.0 and not digits and isinstance(total, int):
        spoken = spoken_pair(tape, i, j, total)
        if spoken is not None:
            return spoken
    while floor > 1.0 and j < n:
        k, joined = j, ""
        if classes[k] in (_C["and"], _C["comma"]):
            joined, k = classes[k], k + 1
        if k >= n or classes[k] not in TERM_START:
            break
        if joined == _C["comma"] and classes[k] in DIGITS:
            break
        term = read_term(tape, k)
        if term is None:
            break
        value, end, scale, literal = term
        if not 0 < value < floor or (literal and scale == 1.0) or (joined == _C["comma"] and value < 100):
            break
        if end < n and classes[end] in DENOMINATORS and joined and is_proper(tape, value, end, with_and=True):
            break
        if end < n and classes[end] == _C["and"] and and_half(tape, end + 1) and joined:
            break
        if not joined and tens_of_denominator(tape, k, (value, end)):
            break
        total, j, floor, digits = total + value, end, scale, False
    return total, j, floor, digits


def and_half(tape: Tape, k: int) -> bool:
    return k < len(tape.words) and tape.classes[k] == _C["half"]


def spoken_pair(tape: Tape, i: int, j: int, value: int) -> tuple[Value, int, float, bool] | None:
    """As in "nineteen ninety-six", "twenty fifteen", "nineteen hundred" is read elsewhere."""
    hundreds = 0 < value < 10 and tape.classes[i] == _C["cardinal_unit"]  # "one twenty two", at the end of a phrase
    if j != i + 1 or not (hundreds or 10 <= value <= 20) or j >= len(tape.words):
        return None
    if tape.classes[j] not in (_C["cardinal_tens"], _C["cardinal_teen"], _C["cardinal_glued"]):
        return None
    rest = small_words(tape, j)
    if rest is None or rest[0] < 10:
        return None
    after = tape.classes[rest[1]] if rest[1] < len(tape.words) else ""
    if after in DENOMINATORS or after in SCALES or (hundreds and tape.class_at(rest[1]) not in _PHRASE_ENDS):
        return None
    return value * 100 + rest[0], rest[1], 1.0, False


def read_decimals(tape: Tape, i: int) -> tuple[float, int] | None:
    """The digits behind a spoken point: "seven one", "seventy-one", "nought four", "77"."""
    digits = ""
    j = i
    while j < len(tape.words) and len(digits) < _LONGEST_DECIMALS:
        if tape.classes[j] in WHOLE and not digits:
            digits, j = tape.words[j], j + 1
            break
        small = small_words(tape, j)
        if small is None:
            break
        digits += str(small[0])
        j = small[1]
    return (float("0." + digits), j) if digits else None
