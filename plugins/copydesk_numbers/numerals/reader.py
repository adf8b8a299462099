"""Numerals: digits, number words and mixtures of both, as one number.

`numerals` finds every one on a tape and gives the folds for the next layer. It knows nothing of
units, money or time; where a reading depends on those ("5/3", "two fifty", "10m"), it leaves the
words alone and the layer above decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from copydesk_numbers.numerals.cardinals import read_cardinal, read_decimals, scales
from copydesk_numbers.numerals.fractions import BEFORE_PARTS, fraction_word, is_part, with_fraction
from copydesk_numbers.numerals.literals import read_literal
from copydesk_numbers.numerals.numeral import DIGITS, ORDINAL_WORD, SMALL_WORD, WHOLE, Numeral, plain_number
from copydesk_numbers.numerals.ordinals import is_period, with_ordinal
from copydesk_numbers.numerals.parts import ordinal_value
from copydesk_numbers.numerals.vague import plural_scale, vague_number
from copydesk_numbers.tape.classes import CLASSES, NAMES, SETS
from copydesk_numbers.tape.tape import Fold, Tape

_C = CLASSES
_STARTS = (
    "digits small_word cardinal_zero hundred scale dozen vague ordinal_word half quarter symbol_fraction point minus"
    " hundreds multiplier"
)
_START = re.compile("[" + "".join(SETS[name].strip("[]") for name in _STARTS.split()) + "]")
_SIGNABLE = DIGITS | SMALL_WORD | {_C["cardinal_zero"], _C["hundred"]}
_TAKES_ARTICLE = frozenset(_C[name] for name in ("hundred", "scale", "dozen", "half", "quarter", "vague"))
_OPENING = frozenset(
    _C[name]
    for name in ["left", "comma", "colon", "break", "less_sign", "more_sign", "equal", "dash", "other", "quote"]
)
_BEFORE_DIGITS = frozenset(_C[name] for name in ("h", "e", "x", "minus", "plus", "month", "month_or_word", "ce"))
"""What may stick to digits that belong to it: 15h30, 1e10, Dec31."""
_DATE_SIGNS = frozenset((_C["dash"], _C["slash"]))
_TOPS = ((12, "word12"), (31, "word31"), (59, "word59"))


def digits_only(tape: Tape, first: int, last: int) -> bool:
    """Whether words are digits with no sign of a fraction: 0.5, but not 3/8 or ¾."""
    return last == first + 1 and tape.classes[first] != _C["symbol_fraction"]


def numerals(tape: Tape) -> Iterator[Fold]:
    """Every numeral of a tape, in order, as a fold."""
    classes = tape.classes
    at = 0
    for match in _START.finditer(classes):
        start = match.start()
        if start < at:
            continue
        first, read = read_at(tape, start, at)
        if read is None or read[1] <= first:
            at = start + 1
            continue
        found, last = read
        yield Fold(first, last, class_name(tape, first, last, found), found)
        at = last


def class_name(tape: Tape, first: int, last: int, numeral: Numeral) -> str:
    if numeral.kind == "ordinal":
        return "ordinal_day" if numeral.value is not None and 1 <= numeral.value <= 31 else "ordinal"
    if numeral.kind != "cardinal":
        return numeral.kind
    if numeral.digits and last == first + 1 and tape.classes[first] in DIGITS:
        return NAMES[tape.classes[first]]
    value = numeral.value
    if not isinstance(value, int) or value < 1:
        return "number"
    for top, name in _TOPS:
        if value <= top:
            return name if DIGITS.isdisjoint(tape.classes[first:last]) else "number"
    return "spoken_year" if 1500 <= value < 2100 else "number"


def read_at(tape: Tape, start: int, floor: int) -> tuple[int, tuple[Numeral, int] | None]:
    """The numeral that begins at or just before `start`, and where it begins."""
    classes = tape.classes
    char = classes[start]
    first = start
    if char in (_C["minus"], _C["point"]):
        after = start + 1
        if char == _C["minus"] and _is_plus_or(tape, start - 1):
            return start, None  # "plus or minus 3 points"
        if char == _C["minus"] and tape.class_at(after) == _C["dash"]:
            after += 1
        if tape.class_at(after) not in _SIGNABLE or (char == _C["point"] and tape.glued(after)):
            return start, None
        if char == _C["point"]:
            point = read_decimals(tape, after)
            return start, (Numeral(point[0]), point[1]) if point else None
        read = read_numeral(tape, after)
        if read is None or read[0].value is None:
            return start, None
        return start, (read[0]._replace(value=-read[0].value, digits=False), read[1])
    if char in _TAKES_ARTICLE and tape.glued(start) and tape.is_in(start - 2, "many_of"):
        return start, None  # "multi-million"
    if char in DIGITS and is_code(tape, start):
        return start, None
    if char == _C["symbol_fraction"] and (
        _C["symbol_fraction"] * 2 in classes[max(0, start - 1) : start + 2] or _is_inside_word(tape, start)
    ):
        return start, None  # "½½" is no number
    read = read_numeral(tape, start)
    if read is None:
        return start, None
    found, last = read
    # "a trillionth", "a fifth of": the article makes an ordinal a fraction, unless a noun follows.
    if (
        found.kind == "ordinal"
        and first > floor
        and classes[first - 1] == _C["a"]
        and found.value is not None
        and found.value > 2
        and not found.digits
        and char not in DIGITS
        and (is_part(tape, last) or tape.class_at(first - 2) in BEFORE_PARTS)
    ):
        return first - 1, (Numeral(1 / found.value, "fraction"), last)
    # An article that stands for one: "a hundred", "a half", "a dozen", "a couple".
    if first > floor and classes[first - 1] == _C["a"] and char in _TAKES_ARTICLE:
        first -= 1
    if char in DIGITS and first > floor and found.value is not None:
        before = classes[first - 1]
        if before == _C["dot"] and tape.glued(first) and found.digits and not after_word(tape, first - 1):
            value = read_literal("0." + tape.words[first], tape.language.separators)
            if value is not None and last == first + 1:
                found, first = Numeral(plain_number(value)), first - 1
                before = classes[first - 1] if first > floor else ""
        if before and (
            (before == _C["dash"] and is_sign(tape, first - 1, floor))
            or (before == _C["plus"] and tape.glued(first) and not after_word(tape, first - 1))
        ):
            sign = -1 if before == _C["dash"] else 1
            first -= 1
            assert found.value is not None
            found = found._replace(value=sign * found.value, digits=False)
    return first, (found, last)


def _is_plus_or(tape: Tape, at: int) -> bool:
    """Whether "plus or" ends at word `at`, with or without hyphens."""
    at -= tape.class_at(at) == _C["dash"]
    before = at - 2 if tape.class_at(at - 1) == _C["dash"] else at - 1
    return tape.class_at(at) == _C["or"] and tape.class_at(before) == _C["plus"]


def after_word(tape: Tape, index: int) -> bool:
    """Whether a sign stands right behind a word or number: "3-1", "end.5"."""
    return tape.glued(index) and tape.classes[index - 1] not in _OPENING


def is_sign(tape: Tape, index: int, floor: int) -> bool:
    """Whether a dash is a minus: "-5", "(-3", "- 20" at the start; not "3-1", "page - 20"."""
    if index < floor or after_word(tape, index):
        return False
    if tape.glued(index) and tape.class_at(index - 1) == _C["dash"]:
        return False  # "a half -- 20 votes": two hyphens are a dash
    if tape.glued(index + 1):
        after = index + 2
        year = tape.classes[index + 1] == _C["year"]
        if year and tape.glued(after) and tape.class_at(after) in _DATE_SIGNS and tape.glued(after + 1):
            return False  # -2020-07-01
        return index == 0 or tape.classes[index - 1] not in DIGITS or tape.words[index] == "-"
    return index == 0 or tape.classes[index - 1] in _OPENING


def is_code(tape: Tape, index: int) -> bool:
    """Whether digits are glued to letters that give them no meaning: A4, F16, 24703L202."""
    classes = tape.classes
    if tape.glued(index):
        before = classes[index - 1]
        if (
            tape.glued(index - 1)
            and classes[index - 2] in DIGITS
            and tape.words[index - 1].isalpha()
            and before != _C["h"]
            and not tape.is_in(index - 1, "before_digits")
        ):
            return True
        name = tape.words[index - 1].isalpha() and before not in _BEFORE_DIGITS
        if name or before in (_C["code"], _C["link"]):
            dollar = tape.glued(index - 1) and tape.words[index - 2] == "$"  # $US5
            return not dollar and not tape.is_in(index - 1, "before_digits")
        if before == _C["other"] and (tape.words[index - 1] in "_\\&=" or _is_mark(tape.words[index - 1])):
            return True
    return False


def _is_mark(word: str) -> bool:
    """Whether a word is a mark of the letter before it: digits behind it are inside a word whose letters are broken."""
    return unicodedata.category(word[0]).startswith("M")


def _is_inside_word(tape: Tape, index: int) -> bool:
    """Whether a sign stands between letters, with nothing between: the \u00bc of "G\u00c3\u00bclen", whose letters are broken."""
    after = tape.words[index + 1][:1] if tape.glued(index + 1) else ""
    return tape.glued(index) and tape.words[index - 1][-1:].isalpha() and after.isalpha()


def _agrees(tape: Tape, at: int, value: int) -> bool:
    """Whether the ending of an ordinal in digits fits its number: 21st, but not 8st, which is a weight."""
    last = tape.language.map("ordinal_endings").get(tape.words[at])
    return last is None or value % 10 == last


def read_numeral(tape: Tape, i: int) -> tuple[Numeral, int] | None:
    """The longest numeral that begins at word `i`, without sign or article, and where it ends."""
    classes = tape.classes
    n = len(classes)
    char = classes[i]
    if char == _C["vague"]:
        return vague_number(tape, i)
    if char == _C["hundreds"] or (char in (_C["scale"], _C["dozen"]) and tape.is_in(i, "plural_scales")):
        return plural_scale(tape, i)
    if char == _C["multiplier"]:
        alone = tape.is_in(i, "multiples_before") and not (
            tape.class_at(i + 1) == _C["as"] or tape.is_in(i + 1, "possessives")
        )
        return None if alone else (Numeral(int(tape.value(i))), i + 1)
    if char in ORDINAL_WORD and not is_period(tape, i):
        return Numeral(int(ordinal_value(tape, i)), "ordinal"), i + 1
    if char == _C["half"] or char == _C["quarter"]:
        return fraction_word(tape, i)
    read = read_cardinal(tape, i)
    if read is None:
        return None
    value, j, scale, digits = read
    # 5th, 21 st
    if (
        digits
        and j == i + 1
        and j < n
        and classes[j] == _C["st"]
        and isinstance(value, int)
        and _agrees(tape, j, value)
    ):
        return Numeral(value, "ordinal"), j + 1
    # twenty-fifth, three hundred and twenty second, two hundredth
    ordinal = with_ordinal(tape, j, value, scale, digits)
    if ordinal is not None:
        return ordinal
    j2 = with_fraction(tape, i, j, value, scale)
    if j2 is not None:
        return j2
    if (j < n and classes[j] == _C["point"] and not digits) or (
        j < n and classes[j] == _C["point"] and digits and j + 1 < n and classes[j + 1] in WHOLE
    ):
        point = read_decimals(tape, j + 1)
        if point is not None:
            total = value + point[0]
            k, factor = scales(tape, point[1])
            return Numeral(plain_number(total * factor), scale=factor), k
    kind = "fraction" if 0 < value < 1 and not digits_only(tape, i, j) else "cardinal"
    return Numeral(plain_number(value), kind, digits and j == i + 1, scale=plain_number(scale)), j
