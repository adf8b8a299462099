"""Digits: grouped by spaces, with a power or a fraction behind them."""

from __future__ import annotations

import math
import re

from copydesk_numbers.language.pack import FRACTION_SYMBOLS
from copydesk_numbers.numerals.literals import read_literal
from copydesk_numbers.numerals.numeral import DIGITS, WHOLE, Value, plain_number
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_POWER_LIMIT = 300
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_COMMON_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 1000))
_BEFORE_DATE = frozenset(_C[name] for name in ("weekday", "weekday_or_word", "on", "shift", "to"))
_LARGEST_DENOMINATOR = 1000
_MOST_GROUPS = 10  # 30 digits; what is longer is a column of figures or a code
_SPACES = " \u00a0\u2009\u202f"


def read_digits(tape: Tape, i: int) -> tuple[Value, int] | None:
    """Digits: grouped by spaces, with an exponent, a power, or a fraction behind them."""
    classes, words = tape.classes, tape.words
    n = len(classes)
    if classes[i] == _C["code"]:
        return None
    j = i + 1
    word = words[i]
    if j < n and len(word) <= 3 and len(words[j]) >= 3 and classes[j] in DIGITS and word.isdecimal():
        word, j = space_grouped(tape, i)
    value = read_literal(word, tape.language.separators)
    if value is None:
        return None
    if j >= n:
        return value, j
    if classes[j] == _C["symbol_fraction"]:
        return value + FRACTION_SYMBOLS[words[j]], j + 1
    if tape.glued(j) or classes[j] == _C["x"]:
        power = read_power(tape, j, value)
        if power is not None:
            return power
    simple = slashed_fraction(tape, i, j, value)
    if simple is not None:
        return simple
    # 10 1/2, 3-1/2
    hyphen = classes[j] == _C["dash"] and tape.glued(j) and tape.glued(j + 1)
    k = j + 1 if hyphen and tape.class_at(j + 2) == _C["slash"] else j
    if tape.class_at(k) in WHOLE and isinstance(value, int) and (k > j or not tape.glued(k)):
        over = read_literal(words[k], tape.language.separators)
        if over is not None and isinstance(over, int):
            mixed = slashed_fraction(tape, k, k + 1, over)
            if mixed is not None and mixed[0] < 1:
                return value + mixed[0], mixed[1]
    return value, j


def space_grouped(tape: Tape, i: int) -> tuple[str, int]:
    """1 414 021 100: groups of three behind single spaces."""
    words, n = tape.words, len(tape.words)
    j, digits = i + 1, words[i]
    while (
        j < n
        and re.fullmatch(r"\d{3}(?:[.,]\d+)?", words[j])
        and tape.starts[j] == tape.ends[j - 1] + 1
        and tape.text[tape.ends[j - 1]] in _SPACES
        and digits.isdecimal()
        and j < i + _MOST_GROUPS
    ):
        digits += words[j]
        j += 1
    near = j < n and tape.starts[j] <= tape.ends[j - 1] + 1 and tape.text[tape.ends[j - 1]] in _SPACES
    if near and tape.classes[j] in DIGITS:
        return words[i], i + 1
    if digits != words[i] and words[i].startswith("0"):
        return words[i], i + 1
    return digits, j


def slashed_fraction(tape: Tape, i: int, j: int, over: Value) -> tuple[float, int] | None:
    """3/4, where it can be no date: a denominator that divides, and no further slash."""
    classes = tape.classes
    n = len(classes)
    if j + 1 >= n or classes[j] != _C["slash"] or classes[j + 1] not in WHOLE or not isinstance(over, int):
        return None
    if tape.glued(j) != tape.glued(j + 1):
        return None
    if j + 2 < n and tape.glued(j + 2) and classes[j + 2] in (_C["slash"], _C["dash"]):
        return None
    if i > 0 and tape.glued(i) and classes[i - 1] == _C["slash"]:
        return None
    under = read_literal(tape.words[j + 1], tape.language.separators)
    if not isinstance(under, int) or under in (0, over):
        return None
    common = under in _COMMON_DENOMINATORS and over < under
    no_date = under > 31 or over > 31 or (over > 12 and under > 12)
    if not (common or no_date) or (common and i > 0 and classes[i - 1] in _BEFORE_DATE):
        return None
    if under > _LARGEST_DENOMINATOR:
        return None  # 2/2013 is a month
    return over / under, j + 2


def read_power(tape: Tape, j: int, value: Value) -> tuple[Value, int] | None:
    """1e10, 1.3x10^6, 2.48×10−5, 1.1^23."""
    classes, words = tape.classes, tape.words
    n = len(classes)
    base: float | None = None
    k = j
    if classes[j] == _C["e"] and tape.glued(j):
        base, k = 10.0, j + 1
    elif classes[j] == _C["x"] and j + 1 < n and words[j + 1] == "10":
        base, k = 10.0, j + 2
        if k < n and classes[k] == _C["caret"]:
            k += 1
    elif classes[j] == _C["caret"]:
        k = j + 1
    else:
        return None
    sign = 1
    signed = 0
    while k < n and signed < 2 and classes[k] in (_C["dash"], _C["plus"]):
        sign = -1 if classes[k] == _C["dash"] and signed == 0 else 1
        k, signed = k + 1, signed + 1
    if k >= n or not tape.glued(k):
        return None
    if classes[k] == _C["superscript"]:
        end = k
        while end < n and classes[end] == _C["superscript"]:
            end += 1
        written = "".join(words[k:end]).translate(_SUPERSCRIPTS)
    elif classes[k] in WHOLE:
        end, written = k + 1, words[k]
    else:
        return None
    if not re.fullmatch(r"-?\d{1,3}", written):
        return None
    exponent = sign * int(written)
    try:
        result = value * base**exponent if base is not None else float(value) ** exponent
    except (OverflowError, ZeroDivisionError):
        return None
    if not isinstance(result, float) or not math.isfinite(result) or abs(exponent) > _POWER_LIMIT:
        return None
    return plain_number(result), end
