"""Fractions in words: "two thirds", "half a million", "one and a half", "three out of four"."""

from __future__ import annotations

from copydesk_numbers.numerals.cardinals import read_cardinal, scales
from copydesk_numbers.numerals.numeral import DIGITS, SCALES, TERM_START, Numeral, Value, plain_number
from copydesk_numbers.numerals.ordinals import with_ordinal
from copydesk_numbers.numerals.parts import read_denominator, small_words
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape, pattern

_C = CLASSES
BEFORE_PARTS = frozenset(_C[name] for name in ("than", "approximately", "between"))
"""Classes before an article that make a fraction of what could be an ordinal or a period: "less than a third"."""
_PLURALS = frozenset((_C["denominator"], _C["halves"], _C["quarters"]))
_HYPHENED_HALF = pattern("dash and dash a dash half")
_HYPHENED = 6  # words of it: "seven-and-a-half years"
_DASH = _C["dash"]
_HUNDRED = 100
_IN_DIGITS = 10  # the least number that styles write in digits
_SHARES = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000))
_AFTER_NO_SHARE = (
    in_set("anyperiod") | in_set("anymonth") | DIGITS | {_C["dash"], _C["percent"], _C["scale"], _C["hundred"]}
)


def fraction_word(tape: Tape, i: int) -> tuple[Numeral, int] | None:
    """Half a million, half a dozen, half, a quarter of a million."""
    part = 0.5 if tape.classes[i] == _C["half"] else 0.25
    if i + 1 < len(tape.words) and tape.classes[i + 1] == _C["shift"]:
        return None  # half past four
    scaled = of_scale(tape, i + 1)
    if scaled is not None:
        return Numeral(plain_number(part * scaled[0])), scaled[1]
    if part == 0.25 and not (
        tape.class_at(i - 1) == _C["a"] and (is_part(tape, i + 1) or tape.class_at(i - 2) in BEFORE_PARTS)
    ):
        return None
    return Numeral(part, "fraction"), i + 1


def is_part(tape: Tape, k: int) -> bool:
    """Whether nothing that "a third" could rank stands at word `k`: a phrase ends, or a verb in the plural follows."""
    ends = (
        k >= len(tape.words)
        or tape.classes[k] in (_C["of"], _C["comma"], _C["dot"], _C["break"])
        or tape.words[k] == ";"
    )
    return ends or tape.is_in(k, "plural_verbs")


def of_scale(tape: Tape, k: int) -> tuple[float, int] | None:
    """The scale of "half [of] [a] million"."""
    classes = tape.classes
    n = len(classes)
    k = _past_hyphen(tape, k)  # "a half-dozen", "a quarter-of-a-million"
    after_of = _past_hyphen(tape, k + 1) if tape.class_at(k) == _C["of"] else k
    if tape.class_at(after_of) == _C["a"]:
        k = _past_hyphen(tape, after_of + 1)
    if k < n and classes[k] in (_C["scale"], _C["dozen"], _C["hundred"]):
        end, factor = scales(tape, k)
        return factor, end
    return None


def _past_hyphen(tape: Tape, k: int) -> int:
    return k + 1 if tape.class_at(k) == _C["dash"] and tape.glued(k) and tape.glued(k + 1) else k


def with_fraction(tape: Tape, i: int, j: int, value: Value, scale: float) -> tuple[Numeral, int] | None:
    """Two thirds, one and a half, two and a half million, one out of three, three over four."""
    classes = tape.classes
    n = len(classes)
    if j >= n:
        return None
    words_only = DIGITS.isdisjoint(classes[i : min(j, i + 4)])
    if words_only and isinstance(value, int) and (long := _long_denominator(tape, j)) is not None:
        return Numeral(value / long[0], "fraction"), long[1]
    if words_only or scale > 1 or classes[j] == _C["denominator"]:
        divisor = read_denominator(tape, j)
        if divisor is not None and isinstance(value, int) and is_divided(tape, i, j, value, divisor):
            part = value / divisor[0]
            scaled = of_scale(tape, divisor[1])
            if scaled is not None and (divisor[1] < n and classes[divisor[1]] in (_C["of"], *SCALES)):
                return Numeral(plain_number(part * scaled[0])), scaled[1]
            return Numeral(part, "fraction"), divisor[1]
    if classes[j] == _DASH and _HYPHENED_HALF.match(classes, j) and all(map(tape.glued, range(j, j + _HYPHENED))):
        return Numeral(plain_number(value + 0.5 * (scale if scale >= 1000 else 1.0))), j + _HYPHENED
    if classes[j] == _C["and"]:
        mixed = mixed_part(tape, j + 1)
        if mixed is not None:
            part, k = mixed
            k2, factor = scales(tape, k)
            if factor > 1.0:
                if scale > factor:
                    return Numeral(plain_number(value + part * factor)), k2
                return Numeral(plain_number((value + part) * factor)), k2
            unit = scale if scale >= 1000 else 1.0
            return Numeral(plain_number(value + part * unit)), k
    if classes[j] == _C["in"] and isinstance(value, int):
        return share_in(tape, i, j, value)
    hyphens = classes[j] == _C["dash"] and tape.class_at(j + 1) == _C["in"] and tape.class_at(j + 2) == _C["dash"]
    if hyphens and tape.glued(j) and isinstance(value, int):
        return share_in(tape, i, j + 1, value)  # "one-in-five"
    if classes[j] == _C["over"] or (classes[j] == _C["out"] and j + 1 < n and classes[j + 1] == _C["of"]):
        k = j + 1 if classes[j] == _C["over"] else j + 2
        k += tape.class_at(k) == _C["every"]
        under = read_cardinal(tape, k) if k < n and classes[k] in TERM_START else None
        if under is not None and isinstance(under[0], int) and under[0] > 0 and isinstance(value, int):
            spoken = classes[j] == _C["out"]
            ends = under[1] >= n or classes[under[1]] in (_C["dot"], _C["comma"], _C["break"], _C["exclaim"])
            if (spoken and value < under[0]) or (not spoken and ends):
                end = under[1]
                if spoken and end < n and classes[end] == _C["hundreds"]:
                    return Numeral(value / (under[0] * 100), "fraction"), end + 1
                return Numeral(value / under[0], "fraction"), end
    return None


def _long_denominator(tape: Tape, j: int) -> tuple[int, int] | None:
    """A denominator of several words: that of "one one-hundredth", "three one-thousandths"."""
    if tape.classes[j] != _C["cardinal_unit"] or tape.value(j) != 1:
        return None
    read = read_cardinal(tape, j)
    if read is None:
        return None
    value, k, scale, digits = read
    ordinal = with_ordinal(tape, k, value, scale, digits)
    if ordinal is not None:
        return int(ordinal[0].value or 0), ordinal[1]
    plural = read_denominator(tape, k) if value == 1 else None
    return plural if plural is not None and plural[0] >= _HUNDRED else None


def share_in(tape: Tape, i: int, j: int, value: int) -> tuple[Numeral, int] | None:
    """As in "two in three voters": a share of a round number, both in words or both in digits."""
    if i and tape.written(i - 1, i)[:1].isupper() and tape.written(i, i + 1).istitle():
        return None  # "Uranium One in three deals"
    hyphened = tape.classes[j - 1] == _C["dash"]
    k = j + 2 if hyphened else j + 1
    k += tape.class_at(k) == _C["every"]
    if j != i + 1 + hyphened or k >= len(tape.words) or tape.classes[k] not in TERM_START:
        return None
    under = read_cardinal(tape, k)
    mixed = (tape.classes[i] in DIGITS) != (tape.classes[k] in DIGITS)
    if mixed and (tape.classes[i] in DIGITS or under is None or under[0] < _IN_DIGITS):
        return None  # "six in 10" is as many styles write it
    if under is None or under[0] not in _SHARES or not 0 < value < under[0]:
        return None
    after = tape.classes[under[1]] if under[1] < len(tape.words) else _C["break"]
    if after in _AFTER_NO_SHARE or (tape.glued(under[1]) and tape.words[under[1]][:1].isalnum()):
        return None
    made_of = (tape.starts[i], tape.ends[i], value), (tape.starts[k], tape.ends[under[1] - 1], under[0])
    return Numeral(value / under[0], "fraction", made_of=made_of), under[1]


def is_divided(tape: Tape, i: int, j: int, value: int, divisor: tuple[int, int]) -> bool:
    """Whether an ordinal behind a cardinal divides it: "two thirds", "one fifth", not "one third baseman"."""
    end = divisor[1]
    last = tape.classes[end - 1]
    if last in _PLURALS:
        return last != _C["quarters"] or not are_periods(tape, i)
    if value != 1:
        return False
    return last != _C["quarter"] or is_part(tape, end) or tape.classes[j] == _C["dash"] or end < len(tape.words)


def are_periods(tape: Tape, i: int) -> bool:
    """Whether quarters are periods: two of them are, three of them are a fraction."""
    return tape.value(i) not in (1, 3)


def mixed_part(tape: Tape, k: int) -> tuple[float, int] | None:
    """The fraction of "one and a half", "three and three quarters", "two and one half"."""
    classes = tape.classes
    n = len(classes)
    if k >= n:
        return None
    char = classes[k]
    if char == _C["half"]:
        return 0.5, k + 1
    if char in DIGITS and tape.class_at(k + 1) == _C["slash"]:
        read = read_cardinal(tape, k)  # "3 and 1/2"
        return (float(read[0]), read[1]) if read is not None and 0 < read[0] < 1 else None
    if char == _C["quarter"]:
        return 0.25, k + 1
    if char == _C["a"]:
        divisor = read_denominator(tape, k + 1)
        return (1 / divisor[0], divisor[1]) if divisor else None
    small = small_words(tape, k)
    if small is not None and small[0]:
        value, j = small
        if j < n and classes[j] == _C["hundred"]:
            return None
        divisor = read_denominator(tape, j)
        if (
            divisor is not None
            and value < divisor[0]
            and (value == 1 or tape.classes[divisor[1] - 1] in _PLURALS or divisor[0] in (2, 4))
        ):
            return value / divisor[0], divisor[1]
    return None
