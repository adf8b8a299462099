"""Numerals: digits, number words and mixtures of both, as one number.

`numerals` finds every one on a tape and gives the folds for the next layer. It knows nothing of
units, money or time; where a reading depends on those ("5/3", "two fifty", "10m"), it leaves the
words alone and the layer above decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from copydesk_numbers.lexicon import CLASSES, FRACTION_SYMBOLS, SETS, VALUES, in_set
from copydesk_numbers.literals import Separators, read_literal
from copydesk_numbers.tape import Fold, Tape

Value = int | float


class Numeral(NamedTuple):
    """A number as read.

    Attributes:
        value: None where the words are vague and name no number.
        kind: cardinal, ordinal, fraction or vague.
        digits: whether it is written in digits only, so that it may be part of a date or a clock time.
        low, high: what a vague number may mean.
        scale: what its scale words multiply by: a million for "two million".
    """

    value: Value | None
    kind: str = "cardinal"
    digits: bool = False
    low: Value | None = None
    high: Value | None = None
    scale: Value = 1


_DIGITS = in_set("digits")
_WHOLE = in_set("whole")
_SMALL_WORD = in_set("small_word")
_ORDINAL_WORD = in_set("ordinal_word")
_C = CLASSES
_START = re.compile(
    "[" + "".join(
        SETS[name].strip("[]")
        for name in (
            "digits", "small_word", "cardinal_zero", "hundred", "scale", "dozen", "vague", "ordinal_word",
            "half", "quarter", "symbol_fraction", "point", "minus", "hundreds", "multiplier",
        )
    ) + "]"
)  # fmt: skip
_LETTER_SCALE = {"K": 1e3, "M": 1e6, "B": 1e9, "MM": 1e6, "k": 1e3, "b": 1e9, "mm": None, "bn": 1e9}
_POWER_LIMIT = 300
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def plain_number(value: Value) -> Value:
    """The number as an int where it is one, and without the noise of binary fractions."""
    if isinstance(value, int):
        return value
    if value.is_integer() and abs(value) < 1e18:
        return int(value)
    return float(f"{value:.15g}")


def digits_only(tape: Tape, first: int, last: int) -> bool:
    """Whether words are digits with no sign of a fraction: 0.5, but not 3/8 or ¾."""
    return last == first + 1 and tape.classes[first] != _C["symbol_fraction"]


class NumeralReader:
    """Reads numerals from tapes.

    Args:
        separators: which signs group digits and which marks decimals.
        prefixes: letters that may stand right before digits: "usd" of USD115.
    """

    def __init__(self, separators: Separators, prefixes: frozenset[str] = frozenset()) -> None:
        self._separators = separators
        self._prefixes = prefixes | {"q", "fy", "cy", "sy", "w"}

    def folds(self, tape: Tape) -> Iterator[Fold]:
        """Every numeral of a tape, in order, as a fold."""
        classes = tape.classes
        at = 0
        find = _START.search
        while (match := find(classes, at)) is not None:
            start = match.start()
            first, read = self._read_at(tape, start, at)
            if read is None:
                at = start + 1
                continue
            numeral, last = read
            if last <= first:
                at = start + 1
                continue
            yield Fold(first, last, self._class_name(tape, first, last, numeral), numeral)
            at = last

    def _class_name(self, tape: Tape, first: int, last: int, numeral: Numeral) -> str:
        if numeral.kind == "ordinal":
            return "ordinal_day" if numeral.value is not None and 1 <= numeral.value <= 31 else "ordinal"
        if numeral.kind != "cardinal":
            return numeral.kind
        if numeral.digits and last == first + 1 and tape.classes[first] in _DIGITS:
            return _NAME_OF[tape.classes[first]]
        value = numeral.value
        if not isinstance(value, int) or value < 1:
            return "number"
        for top, name in ((12, "word12"), (31, "word31"), (59, "word59")):
            if value <= top:
                return "number" if any(tape.classes[k] in _DIGITS for k in range(first, last)) else name
        return "spoken_year" if 1500 <= value < 2100 else "number"

    def _read_at(self, tape: Tape, start: int, floor: int) -> tuple[int, tuple[Numeral, int] | None]:
        """The numeral that begins at or just before `start`, and where it begins."""
        classes = tape.classes
        char = classes[start]
        first = start
        if char in (_C["minus"], _C["point"]):
            after = start + 1
            if after >= len(classes) or classes[after] not in _SIGNABLE or (char == _C["point"] and tape.glued(after)):
                return start, None
            if char == _C["point"]:
                point = self._decimals(tape, after)
                return start, (Numeral(point[0]), point[1]) if point else None
            read = self.numeral(tape, after)
            if read is None or read[0].value is None:
                return start, None
            return start, (read[0]._replace(value=-read[0].value, digits=False), read[1])
        if char in _DIGITS and self._is_code(tape, start):
            return start, None
        if char == _C["symbol_fraction"] and _C["symbol_fraction"] * 2 in classes[max(0, start - 1) : start + 2]:
            return start, None  # "½½" is no number
        read = self.numeral(tape, start)
        if read is None:
            return start, None
        numeral, last = read
        # "a trillionth", "a fifth of": the article makes an ordinal a fraction, unless a noun follows.
        if (
            numeral.kind == "ordinal"
            and first > floor
            and classes[first - 1] == _C["a"]
            and numeral.value is not None
            and numeral.value > 2
            and not numeral.digits
            and char not in _DIGITS
            and self._is_part(tape, last)
        ):
            return first - 1, (Numeral(1 / numeral.value, "fraction"), last)
        # An article that stands for one: "a hundred", "a half", "a dozen", "a couple".
        if first > floor and classes[first - 1] == _C["a"] and char in _TAKES_ARTICLE:
            first -= 1
        if char in _DIGITS and first > floor and numeral.value is not None:
            before = classes[first - 1]
            if before == _C["dot"] and tape.glued(first) and numeral.digits and not self._after_word(tape, first - 1):
                value = read_literal("0." + tape.words[first], self._separators)
                if value is not None and last == first + 1:
                    numeral, first = Numeral(plain_number(value)), first - 1
                    before = classes[first - 1] if first > floor else ""
            if before and (
                (before == _C["dash"] and self._is_sign(tape, first - 1, floor))
                or (before == _C["plus"] and tape.glued(first) and not self._after_word(tape, first - 1))
            ):
                sign = -1 if before == _C["dash"] else 1
                first -= 1
                assert numeral.value is not None
                numeral = numeral._replace(value=sign * numeral.value, digits=False)
        return first, (numeral, last)

    @staticmethod
    def _after_word(tape: Tape, index: int) -> bool:
        """Whether a sign stands right behind a word or number: "3-1", "end.5"."""
        return tape.glued(index) and tape.classes[index - 1] not in _OPENING

    def _is_sign(self, tape: Tape, index: int, floor: int) -> bool:
        """Whether a dash is a minus: "-5", "(-3", "- 20" at the start; not "3-1", "page - 20"."""
        if index < floor or self._after_word(tape, index):
            return False
        if tape.glued(index + 1):
            after = index + 2
            if after < len(tape) and tape.glued(after) and tape.words[after] in ("-", "/") and tape.glued(after + 1):
                return False  # -2020-07-01
            return index == 0 or tape.classes[index - 1] not in _DIGITS or tape.words[index] == "-"
        return index == 0 or tape.classes[index - 1] in _OPENING

    def _is_code(self, tape: Tape, index: int) -> bool:
        """Whether digits are glued to letters that give them no meaning: A4, F16, 24703L202."""
        classes = tape.classes
        if tape.glued(index):
            before = classes[index - 1]
            if (
                tape.glued(index - 1)
                and classes[index - 2] in _DIGITS
                and tape.words[index - 1].isalpha()
                and before != _C["h"]
            ):
                return True
            if before == _C["plain"] or before in (_C["code"], _C["link"]):
                return tape.words[index - 1] not in self._prefixes
            if before == _C["other"] and tape.words[index - 1] in "_\\&=":
                return True
            if before == _C["dash"] and index > 1 and tape.glued(index - 1):
                word = tape.written(index - 2, index - 1)
                if word[:1].isalpha() and tape.classes[index - 2] == _C["plain"] and not word.islower():
                    return True
        return False

    # ------------------------------------------------------------------ the grammar

    def numeral(self, tape: Tape, i: int) -> tuple[Numeral, int] | None:
        """The longest numeral that begins at word `i`, without sign or article, and where it ends."""
        classes, n = tape.classes, len(tape)
        char = classes[i]
        if char == _C["vague"]:
            return self._vague(tape, i)
        if char == _C["hundreds"] or (char in (_C["scale"], _C["dozen"]) and tape.words[i].endswith("s")):
            return self._plural_scale(tape, i)
        if char == _C["multiplier"]:
            return None
        if char in _ORDINAL_WORD and not self._is_period(tape, i):
            return Numeral(int(self._ordinal_value(tape, i)), "ordinal"), i + 1
        if char == _C["half"] or char == _C["quarter"]:
            return self._fraction_word(tape, i)
        read = self._cardinal(tape, i)
        if read is None:
            return None
        value, j, scale, digits = read
        # 5th, 21 st
        if digits and j == i + 1 and j < n and classes[j] == _C["st"] and isinstance(value, int):
            return Numeral(value, "ordinal"), j + 1
        # twenty-fifth, three hundred and twenty second, two hundredth
        ordinal = self._ordinal_tail(tape, j, value, scale, digits)
        if ordinal is not None:
            return ordinal
        j2 = self._fraction_tail(tape, i, j, value, scale)
        if j2 is not None:
            return j2
        if (j < n and classes[j] == _C["point"] and not digits) or (
            j < n and classes[j] == _C["point"] and digits and j + 1 < n and classes[j + 1] in _WHOLE
        ):
            point = self._decimals(tape, j + 1)
            if point is not None:
                total = value + point[0]
                k, factor = self._scales(tape, point[1])
                return Numeral(plain_number(total * factor), scale=factor), k
        kind = "fraction" if 0 < value < 1 and not digits_only(tape, i, j) else "cardinal"
        return Numeral(plain_number(value), kind, digits and j == i + 1, scale=plain_number(scale)), j

    def _is_period(self, tape: Tape, i: int) -> bool:
        """Whether "second" is the unit of time here: "one second", "30-second"."""
        return tape.classes[i] == _C["second"] and i > 0 and tape.classes[i - 1] in _BEFORE_SECOND

    def _ordinal_value(self, tape: Tape, i: int) -> Value:
        word = tape.words[i]
        return 2 if word == "second" else VALUES[word]

    def _vague(self, tape: Tape, i: int) -> tuple[Numeral, int] | None:
        classes, n = tape.classes, len(tape)
        meaning = VALUES[tape.words[i]]
        j = i + 1
        low, high = meaning if isinstance(meaning, list) else (meaning, meaning)
        if tape.words[i] in ("couple", "pair"):
            if i == 0 or classes[i - 1] not in (_C["a"], _C["shift"], _C["the"]):
                return None
            if j < n and classes[j] == _C["of"]:
                j += 1
                k = j
            else:
                k = j
        else:
            k = j
        if k < n and classes[k] in (_C["hundred"], _C["scale"], _C["dozen"]):
            k, factor = self._scales(tape, k)
            low, high = plain_number(low * factor), plain_number(high * factor)
            j = k
        elif tape.words[i] in ("couple", "pair"):
            if j == i + 1 and j < n and classes[j] in (_C["plain"], _C["will"], _C["was"], _C["comma"], _C["dot"]):
                return None  # two people, not a number
            j = i + 1
        value = low if low == high else None
        return Numeral(value, "vague", low=low, high=high), j

    def _plural_scale(self, tape: Tape, i: int) -> tuple[Numeral, int] | None:
        """As in "hundreds", "tens of thousands", "dozens": many, and no number."""
        j = i + 1
        while j + 1 < len(tape) and tape.classes[j] == _C["of"] and tape.classes[j + 1] in _SCALES:
            j += 2
        return Numeral(None, "vague"), j

    def _scales(self, tape: Tape, j: int) -> tuple[int, int]:
        """The product of the scale words from `j`, and where they end."""
        classes, n = tape.classes, len(tape)
        factor = 1
        end = min(n, j + _MOST_SCALES)
        while j < end:
            char = classes[j]
            if char == _C["hundred"]:
                factor *= 100
            elif char == _C["scale"] or char == _C["dozen"]:
                factor *= int(VALUES[tape.words[j]])
            else:
                break
            j += 1
        return j, factor

    def _small_words(self, tape: Tape, i: int) -> tuple[int, int] | None:
        """A number below a hundred in words."""
        classes, n = tape.classes, len(tape)
        if i >= n:
            return None
        char = classes[i]
        if char not in _SMALL_WORD:
            return (0, i + 1) if char == _C["cardinal_zero"] else None
        value = int(VALUES[tape.words[i]])
        j = i + 1
        if char == _C["cardinal_tens"]:
            k = j + 1 if j < n and classes[j] == _C["dash"] else j
            if k < n and classes[k] == _C["cardinal_unit"] and (k == j or tape.glued(j) == tape.glued(k)):
                return value + int(VALUES[tape.words[k]]), k + 1
        return value, j

    def _term(self, tape: Tape, i: int) -> tuple[Value, int, float, bool] | None:
        """One term of a cardinal: a coefficient and its scales. Value, end, scale, whether only digits."""
        classes, n = tape.classes, len(tape)
        char = classes[i]
        digits = char in _DIGITS
        value: Value
        if digits:
            read = self._literal(tape, i)
            if read is None:
                return None
            value, j = read
        elif char in (_C["hundred"], _C["scale"], _C["dozen"]):
            value, j = 1, i
        elif char == _C["a"]:
            if i + 1 >= n or classes[i + 1] not in _SCALES:
                return None
            value, j = 1, i + 1
        elif char == _C["symbol_fraction"]:
            value, j = FRACTION_SYMBOLS[tape.words[i]], i + 1
        else:
            small = self._small_words(tape, i)
            if small is None:
                return None
            value, j = small
        scale = 1.0
        if j < n and classes[j] == _C["hundred"] and (digits or 0 < value < 100):
            value, j, scale = value * 100, j + 1, 100.0
            rest = self._below_hundred(tape, j)
            if rest is not None:
                value, j, scale = value + rest[0], rest[1], 1.0
        k, factor = self._scales(tape, j)
        if factor != 1:
            return plain_number(value * factor), k, factor * (scale if scale > 1 else 1.0), False
        if not digits or j > i + 1:
            return value, j, scale, digits and scale == 1.0 and j > i
        return self._letter_scale(tape, j, value)

    def _letter_scale(self, tape: Tape, j: int, value: Value) -> tuple[Value, int, float, bool]:
        """10k, 1.2B, 3M; "m" is left to the layer above."""
        if j < len(tape) and (tape.glued(j) or tape.written(j, j + 1) in ("K", "M")):
            factor = _LETTER_SCALE.get(tape.written(j, j + 1))
            if factor is not None and not (j + 1 < len(tape) and tape.glued(j + 1) and tape.words[j + 1][:1].isalnum()):
                return plain_number(value * factor), j + 1, factor, False
        return value, j, 1.0, True

    def _below_hundred(self, tape: Tape, j: int) -> tuple[int, int] | None:
        """What may follow "hundred": "and sixteen", "sixteen", "and 21"."""
        classes, n = tape.classes, len(tape)
        with_and = j < n and classes[j] == _C["and"]
        k = j + 1 if with_and else j
        if k >= n:
            return None
        if with_and and classes[k] in _WHOLE:
            value = read_literal(tape.words[k], self._separators)
            rest = (value, k + 1) if isinstance(value, int) and 0 < value < 100 else None
        else:
            rest = self._small_words(tape, k)
        if rest is None or not rest[0]:
            return None
        after = classes[rest[1]] if rest[1] < n else ""
        if after == _C["hundred"] or (with_and and after == _C["dozen"]):
            return None
        if after in _DENOMINATORS and self._proper(tape, rest[0], rest[1], with_and=with_and):
            return None
        if not with_and and self._tens_of_denominator(tape, k, rest):
            return None
        return rest

    @staticmethod
    def _tens_of_denominator(tape: Tape, k: int, rest: tuple[Value, int]) -> bool:
        """As in "one hundred thirty fifths": the tens belong to the denominator."""
        classes = tape.classes
        if classes[k] != _C["cardinal_tens"] or rest[1] != k + 1 or k + 1 >= len(tape):
            return False
        after = k + 2 if classes[k + 1] == _C["dash"] and k + 2 < len(tape) else k + 1
        return classes[after] == _C["denominator"] and VALUES[tape.words[after]] < 10

    def _proper(self, tape: Tape, numerator: Value, k: int, *, with_and: bool) -> bool:
        """Whether "… and three quarters" is a number and a proper fraction."""
        divisor = self._denominator(tape, k)
        return with_and and divisor is not None and numerator < divisor[0]

    def _cardinal(self, tape: Tape, i: int) -> tuple[Value, int, float, bool] | None:
        """Terms in falling order: value, end, the last scale, whether it is digits only."""
        first = self._term(tape, i)
        if first is None:
            return None
        total, j, floor, digits = first
        classes, n = tape.classes, len(tape)
        if floor == 1.0 and not digits and isinstance(total, int):
            spoken = self._spoken_pair(tape, i, j, total)
            if spoken is not None:
                return spoken
        while floor > 1.0 and j < n:
            k, joined = j, ""
            if classes[k] in (_C["and"], _C["comma"]):
                joined, k = classes[k], k + 1
            if k >= n or classes[k] not in _TERM_START:
                break
            if joined == _C["comma"] and classes[k] in _DIGITS:
                break
            term = self._term(tape, k)
            if term is None:
                break
            value, end, scale, literal = term
            if not 0 < value < floor or (literal and scale == 1.0) or (joined == _C["comma"] and value < 100):
                break
            if end < n and classes[end] in _DENOMINATORS and joined and self._proper(tape, value, end, with_and=True):
                break
            if end < n and classes[end] == _C["and"] and self._and_half(tape, end + 1) and joined:
                break
            if not joined and self._tens_of_denominator(tape, k, (value, end)):
                break
            total, j, floor, digits = total + value, end, scale, False
        return total, j, floor, digits

    def _and_half(self, tape: Tape, k: int) -> bool:
        return k < len(tape) and tape.classes[k] == _C["half"]

    def _spoken_pair(self, tape: Tape, i: int, j: int, value: int) -> tuple[Value, int, float, bool] | None:
        """As in "nineteen ninety-six", "twenty fifteen", "nineteen hundred" is read elsewhere."""
        if j != i + 1 or not (10 <= value <= 20) or j >= len(tape):
            return None
        if tape.classes[j] not in (_C["cardinal_tens"], _C["cardinal_teen"], _C["cardinal_glued"]):
            return None
        rest = self._small_words(tape, j)
        if rest is None or rest[0] < 10:
            return None
        after = tape.classes[rest[1]] if rest[1] < len(tape) else ""
        if after in _DENOMINATORS or after in _SCALES:
            return None
        return value * 100 + rest[0], rest[1], 1.0, False

    def _literal(self, tape: Tape, i: int) -> tuple[Value, int] | None:
        """Digits: grouped by spaces, with an exponent, a power, or a fraction behind them."""
        classes, n, words = tape.classes, len(tape), tape.words
        if classes[i] == _C["code"]:
            return None
        j = i + 1
        word = words[i]
        if j < n and len(word) <= 3 and len(words[j]) >= 3 and classes[j] in _DIGITS and word.isdecimal():
            word, j = self._space_grouped(tape, i)
        value = read_literal(word, self._separators)
        if value is None:
            return None
        if j >= n:
            return value, j
        if classes[j] == _C["symbol_fraction"]:
            return value + FRACTION_SYMBOLS[words[j]], j + 1
        if tape.glued(j) or classes[j] == _C["x"]:
            power = self._power(tape, j, value)
            if power is not None:
                return power
        simple = self._slashed(tape, i, j, value)
        if simple is not None:
            return simple
        # 10 1/2
        if classes[j] in _WHOLE and isinstance(value, int) and not tape.glued(j):
            over = read_literal(words[j], self._separators)
            if over is not None and isinstance(over, int):
                mixed = self._slashed(tape, j, j + 1, over)
                if mixed is not None and mixed[0] < 1:
                    return value + mixed[0], mixed[1]
        return value, j

    def _space_grouped(self, tape: Tape, i: int) -> tuple[str, int]:
        """1 414 021 100: groups of three behind single spaces."""
        words, n = tape.words, len(tape)
        j, digits = i + 1, words[i]
        while (
            j < n
            and re.fullmatch(r"\d{3}(?:[.,]\d+)?", words[j])
            and tape.starts[j] == tape.ends[j - 1] + 1
            and digits.isdecimal()
        ):
            digits += words[j]
            j += 1
        if j < n and tape.classes[j] in _DIGITS and tape.starts[j] <= tape.ends[j - 1] + 1:
            return words[i], i + 1
        if digits != words[i] and words[i].startswith("0"):
            return words[i], i + 1
        return digits, j

    def _slashed(self, tape: Tape, i: int, j: int, over: Value) -> tuple[float, int] | None:
        """3/4, where it can be no date: a denominator that divides, and no further slash."""
        classes, n = tape.classes, len(tape)
        if j + 1 >= n or classes[j] != _C["slash"] or classes[j + 1] not in _WHOLE or not isinstance(over, int):
            return None
        if tape.glued(j) != tape.glued(j + 1):
            return None
        if j + 2 < n and tape.glued(j + 2) and classes[j + 2] in (_C["slash"], _C["dash"]):
            return None
        if i > 0 and tape.glued(i) and classes[i - 1] == _C["slash"]:
            return None
        under = read_literal(tape.words[j + 1], self._separators)
        if not isinstance(under, int) or under == 0:
            return None
        common = under in _COMMON_DENOMINATORS and over < under
        no_date = under > 31 or over > 31 or (over > 12 and under > 12)
        if not (common or no_date) or (common and i > 0 and classes[i - 1] in _BEFORE_DATE):
            return None
        if under > 999 and not over < under:
            return None
        return over / under, j + 2

    def _power(self, tape: Tape, j: int, value: Value) -> tuple[Value, int] | None:
        """1e10, 1.3x10^6, 2.48×10−5, 1.1^23."""
        classes, words, n = tape.classes, tape.words, len(tape)
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
        elif classes[k] in _WHOLE:
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

    def _decimals(self, tape: Tape, i: int) -> tuple[float, int] | None:
        """The digits behind a spoken point: "seven one", "seventy-one", "nought four", "77"."""
        digits = ""
        j = i
        while j < len(tape) and len(digits) < LONGEST_DECIMALS:
            if tape.classes[j] in _WHOLE and not digits:
                digits, j = tape.words[j], j + 1
                break
            small = self._small_words(tape, j)
            if small is None:
                break
            digits += str(small[0])
            j = small[1]
        return (float("0." + digits), j) if digits else None

    def _denominator(self, tape: Tape, k: int) -> tuple[int, int] | None:
        """What a fraction divides by: "fifths", "twenty-firsts", "quarters", "halves"."""
        classes, n = tape.classes, len(tape)
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
            return int(VALUES[tape.words[k]]), k + 1
        if char == _C["cardinal_tens"]:
            end = k + 2 if k + 1 < n and classes[k + 1] == _C["dash"] else k + 1
            if end < n and classes[end] == _C["denominator"] and VALUES[tape.words[end]] < 10:
                return int(VALUES[tape.words[k]] + VALUES[tape.words[end]]), end + 1
            if end < n and classes[end] in _ORDINAL_WORD and self._ordinal_value(tape, end) < 10:
                return int(VALUES[tape.words[k]] + self._ordinal_value(tape, end)), end + 1
        if char in _ORDINAL_WORD and char != _C["second"] and tape.words[k] != "first":
            return int(self._ordinal_value(tape, k)), k + 1
        return None

    def _ordinal_tail(self, tape: Tape, j: int, value: Value, scale: float, digits: bool) -> tuple[Numeral, int] | None:
        """twenty-fifth, one hundred and first, two hundredth: a cardinal that ends as an ordinal."""
        classes, n = tape.classes, len(tape)
        if j >= n or digits or not isinstance(value, int):
            return None
        k = j
        if classes[k] in (_C["dash"], _C["and"]) and k + 1 < n:
            if classes[k] == _C["and"] and scale < 100:
                return None
            k += 1
        char = classes[k]
        if char == _C["cardinal_tens"] and scale >= 100:
            read = self._small_ordinal(tape, k)
            return (Numeral(value + read[0], "ordinal"), read[1]) if read else None
        if char not in _ORDINAL_WORD:
            return None
        last = self._ordinal_value(tape, k)
        if char == _C["ordinal_hundred"] and 0 < value < 100:
            return Numeral(int(value * 100), "ordinal"), k + 1
        if char == _C["ordinal_scale"]:
            return Numeral(int(value * last), "ordinal"), k + 1
        fits = (value % 100 == 0 and last < 100 and value >= 100) or (
            value % 10 == 0 and last < 10 and value % 100 >= 20
        )
        if not fits or (char == _C["second"] and tape.glued(k) is False and classes[j] == _C["dash"]):
            return None
        return Numeral(int(value + last), "ordinal"), k + 1

    def _small_ordinal(self, tape: Tape, k: int) -> tuple[int, int] | None:
        end = k + 1
        if end < len(tape) and tape.classes[end] == _C["dash"]:
            end += 1
        if end < len(tape) and tape.classes[end] in _ORDINAL_WORD and self._ordinal_value(tape, end) < 10:
            return int(VALUES[tape.words[k]] + self._ordinal_value(tape, end)), end + 1
        return None

    def _fraction_word(self, tape: Tape, i: int) -> tuple[Numeral, int] | None:
        """Half a million, half a dozen, half, a quarter of a million."""
        part = 0.5 if tape.classes[i] == _C["half"] else 0.25
        if i + 1 < len(tape) and tape.classes[i + 1] == _C["shift"]:
            return None  # half past four
        scaled = self._of_scale(tape, i + 1)
        if scaled is not None:
            return Numeral(plain_number(part * scaled[0])), scaled[1]
        if part == 0.25 and not (i > 0 and tape.classes[i - 1] == _C["a"] and self._is_part(tape, i + 1)):
            return None
        return Numeral(part, "fraction"), i + 1

    def _is_part(self, tape: Tape, k: int) -> bool:
        return k >= len(tape) or tape.classes[k] in (_C["of"], _C["comma"], _C["dot"], _C["break"])

    def _of_scale(self, tape: Tape, k: int) -> tuple[float, int] | None:
        """The scale of "half [of] [a] million"."""
        classes, n = tape.classes, len(tape)
        if k + 1 < n and classes[k] == _C["of"] and classes[k + 1] == _C["a"]:
            k += 1
        if k < n and classes[k] == _C["a"]:
            k += 1
        if k < n and classes[k] in (_C["scale"], _C["dozen"], _C["hundred"]):
            end, factor = self._scales(tape, k)
            return factor, end
        return None

    def _fraction_tail(self, tape: Tape, i: int, j: int, value: Value, scale: float) -> tuple[Numeral, int] | None:
        """Two thirds, one and a half, two and a half million, one out of three, three over four."""
        classes, n = tape.classes, len(tape)
        if j >= n:
            return None
        words_only = not any(classes[k] in _DIGITS for k in range(i, min(j, i + 4)))
        if words_only or scale > 1:
            divisor = self._denominator(tape, j)
            if divisor is not None and isinstance(value, int) and self._divides(tape, i, j, value, divisor):
                part = value / divisor[0]
                scaled = self._of_scale(tape, divisor[1])
                if scaled is not None and (divisor[1] < n and classes[divisor[1]] in (_C["of"], *_SCALES)):
                    return Numeral(plain_number(part * scaled[0])), scaled[1]
                return Numeral(part, "fraction"), divisor[1]
        if classes[j] == _C["and"]:
            mixed = self._mixed(tape, j + 1)
            if mixed is not None:
                part, k = mixed
                k2, factor = self._scales(tape, k)
                if factor > 1.0:
                    if scale > factor:
                        return Numeral(plain_number(value + part * factor)), k2
                    return Numeral(plain_number((value + part) * factor)), k2
                unit = scale if scale >= 1000 else 1.0
                return Numeral(plain_number(value + part * unit)), k
        if classes[j] == _C["in"] and isinstance(value, int):
            return self._one_in(tape, i, j, value)
        if classes[j] == _C["over"] or (classes[j] == _C["out"] and j + 1 < n and classes[j + 1] == _C["of"]):
            k = j + 1 if classes[j] == _C["over"] else j + 2
            under = self._cardinal(tape, k) if k < n and classes[k] in _TERM_START else None
            if under is not None and isinstance(under[0], int) and under[0] > 0 and isinstance(value, int):
                spoken = classes[j] == _C["out"]
                ends = under[1] >= n or classes[under[1]] in (_C["dot"], _C["comma"], _C["break"], _C["exclaim"])
                if (spoken and value < under[0]) or (not spoken and ends):
                    end = under[1]
                    if spoken and end < n and classes[end] == _C["hundreds"]:
                        return Numeral(value / (under[0] * 100), "fraction"), end + 1
                    return Numeral(value / under[0], "fraction"), end
        return None

    def _one_in(self, tape: Tape, i: int, j: int, value: int) -> tuple[Numeral, int] | None:
        """As in "two in three voters": a share of a round number, both in words or both in digits."""
        k = j + 1
        if j != i + 1 or k >= len(tape) or (tape.classes[i] in _DIGITS) != (tape.classes[k] in _DIGITS):
            return None
        under = self._cardinal(tape, k) if tape.classes[k] in _TERM_START else None
        if under is None or under[0] not in _SHARES or not 0 < value < under[0]:
            return None
        after = tape.classes[under[1]] if under[1] < len(tape) else _C["break"]
        if after in _AFTER_NO_SHARE or (
            under[1] < len(tape) and tape.glued(under[1]) and after != _C["dot"] and after != _C["comma"]
        ):
            return None
        return Numeral(value / under[0], "fraction"), under[1]

    def _divides(self, tape: Tape, i: int, j: int, value: int, divisor: tuple[int, int]) -> bool:
        """Whether an ordinal behind a cardinal divides it: "two thirds", "one fifth", not "one third baseman"."""
        end = divisor[1]
        last = tape.words[end - 1]
        if last.endswith("s") or last == "halves":
            return last != "quarters" or not self._fiscal(tape, i)
        if value != 1:
            return False
        return last != "quarter" or self._is_part(tape, end) or tape.classes[j] == _C["dash"] or end < len(tape)

    @staticmethod
    def _fiscal(tape: Tape, i: int) -> bool:
        """Whether quarters are periods: two of them are, three of them are a fraction."""
        return VALUES.get(tape.words[i]) not in (1, 3)

    def _mixed(self, tape: Tape, k: int) -> tuple[float, int] | None:
        """The fraction of "one and a half", "three and three quarters", "two and one half"."""
        classes, n = tape.classes, len(tape)
        if k >= n:
            return None
        char = classes[k]
        if char == _C["half"]:
            return 0.5, k + 1
        if char == _C["quarter"]:
            return 0.25, k + 1
        if char == _C["a"]:
            divisor = self._denominator(tape, k + 1)
            return (1 / divisor[0], divisor[1]) if divisor else None
        small = self._small_words(tape, k)
        if small is not None and small[0]:
            value, j = small
            if j < n and classes[j] == _C["hundred"]:
                return None
            divisor = self._denominator(tape, j)
            if (
                divisor is not None
                and value < divisor[0]
                and (value == 1 or tape.words[divisor[1] - 1].endswith("s") or divisor[0] in (2, 4))
            ):
                return value / divisor[0], divisor[1]
        return None


_SHARES = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000))
_AFTER_NO_SHARE = (
    in_set("anyperiod")
    | in_set("anymonth")
    | in_set("digits")
    | {_C["dash"], _C["percent"], _C["scale"], _C["hundred"]}
)
LONGEST_DECIMALS = 12
_MOST_SCALES = 4  # "three hundred thousand million"; more in a row is no number
_NAME_OF = {char: name for name, char in CLASSES.items()}
_SCALES = frozenset((_C["hundred"], _C["scale"], _C["dozen"], _C["hundreds"]))
_DENOMINATORS = frozenset((_C["denominator"], _C["half"], _C["quarter"], _C["quarters"], _C["halves"])) | _ORDINAL_WORD
_TERM_START = _DIGITS | _SMALL_WORD | {_C["a"]}
_SIGNABLE = _DIGITS | _SMALL_WORD | {_C["cardinal_zero"], _C["hundred"]}
_TAKES_ARTICLE = frozenset((_C["hundred"], _C["scale"], _C["dozen"], _C["half"], _C["quarter"], _C["vague"]))
_OPENING = frozenset(
    (
        _C["left"],
        _C["comma"],
        _C["colon"],
        _C["break"],
        _C["less_sign"],
        _C["more_sign"],
        _C["equal"],
        _C["dash"],
        _C["other"],
        _C["quote"],
    )
)
_BEFORE_SECOND = _DIGITS | _SMALL_WORD | {_C["half"], _C["dash"], _C["per"], _C["every"]}
_BEFORE_DATE = frozenset((_C["weekday"], _C["weekday_or_word"], _C["on"], _C["shift"], _C["to"]))
_COMMON_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 1000))
