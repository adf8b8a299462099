"""Words of number that name none: "several", "a couple of hundred", "tens of thousands"."""

from __future__ import annotations

from copydesk_numbers.numerals.cardinals import scales
from copydesk_numbers.numerals.numeral import SCALES, Numeral, Value, plain_number
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_DOZEN, _HUNDRED = 12, 100
_BEFORE_PAIR = frozenset((_C["a"], _C["shift"], _C["the"]))
_SCALED = frozenset((_C["hundred"], _C["scale"], _C["dozen"]))
_NOT_BEHIND_PAIR = frozenset(_C[name] for name in ("plain", "will", "was", "comma", "dot", "quote"))


def vague_number(tape: Tape, i: int) -> tuple[Numeral, int] | None:
    """As in "several", "a few thousand", "a couple of hundred"; a couple alone may be two people, and is none then."""
    meaning = tape.value(i)
    low, high = meaning if isinstance(meaning, list) else (meaning, meaning)
    pair = tape.is_in(i, "pairs")
    if pair and tape.class_at(i - 1) not in _BEFORE_PAIR:
        return None
    last = i + 1
    made_of: tuple[tuple[int, int, Value], ...] = ()
    scaled = last + 1 if pair and tape.class_at(last) == _C["of"] else last
    if tape.class_at(scaled) in _SCALED:
        last, factor = scales(tape, scaled)
        made_of = ((tape.starts[scaled], tape.ends[last - 1], factor),)
        low, high = plain_number(low * factor), plain_number(high * factor)
    elif pair and scaled == last and tape.class_at(last) in _NOT_BEHIND_PAIR:
        return None
    return Numeral(low if low == high else None, "vague", low=low, high=high, made_of=made_of), last


def plural_scale(tape: Tape, i: int) -> tuple[Numeral, int] | None:
    """As in "hundreds", "tens of thousands", "dozens": many, and no number."""
    j, factor = i + 1, int(tape.value(i))
    while j + 1 < len(tape.words) and tape.classes[j] == _C["of"] and tape.classes[j + 1] in SCALES:
        factor *= int(tape.value(j + 1) or _HUNDRED)
        j += 2
    if j == i + 1 and factor < _DOZEN:
        return None  # "tens" alone
    return Numeral(None, "vague", low=2 * factor), j
