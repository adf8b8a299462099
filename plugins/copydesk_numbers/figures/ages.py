"""Ages without a unit: "aged 34", "at age 34", "Ann Lee, 34, said"."""

from __future__ import annotations

from copydesk_numbers.figures.amount import Amount
from copydesk_numbers.numerals.numeral import Value
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.times.years import is_owned

_C = CLASSES
_YOUNGEST, _OLDEST = 10, 120
"""Years that a number between commas behind a name may be."""
_NAME = 2  # words of a name before the comma
_DECADE = 10
_SENTENCE = 24  # words before or behind a number in which its sentence may speak of ages
_S, _PLAIN, _COMMA, _LEFT, _THAN, _WAS, _AGE = (
    _C[name] for name in ("s", "plain", "comma", "left", "than", "was", "age")
)
_BEFORE_AGES = frozenset((_PLAIN, _COMMA, _LEFT, _THAN, _WAS, _AGE, _C["of"], _C["between"]))
_OF_AGE = frozenset((_AGE, _C["old"]))
_SENTENCE_ENDS = frozenset((_C["dot"], _C["break"], _C["exclaim"]))


def with_age(tape: Tape, figure: Amount) -> Amount:
    """The figure as an age, where the words around it make it one."""
    if not figure.bare or figure.kind != "cardinal" or not (_is_age(figure.low) and _is_age(figure.high)):
        return figure
    if tape.class_at(figure.last) == _S and _is_decade(tape, figure) and isinstance(figure.low, int):
        high = figure.low + _DECADE - 1
        return figure._replace(kind="age", unit="year", high=high, last=figure.last + 1, bare=False)
    if tape.class_at(figure.last) == _S and _is_band(tape, figure) and isinstance(figure.low, int):
        return figure._replace(high=figure.low + _DECADE - 1, last=figure.last + 1, bare=False)
    before = tape.class_at(figure.first - 1)
    if _is_of_people(tape, figure):
        return figure._replace(kind="age", unit="year")
    if before not in _BEFORE_AGES:
        return figure
    return figure._replace(kind="age", unit="year") if _is_aged(tape, figure, before) else figure


def _is_aged(tape: Tape, figure: Amount, before: str) -> bool:
    """Whether a number is an age by the word before it, whose class is given, and those around."""
    at = figure.first
    if tape.is_in(at - 1, "before_ages_then") and tape.class_at(at - 2) == _COMMA:
        return (
            tape.class_at(figure.last) == _COMMA and _is_name(tape, at - 3) and (figure.low or 0) >= _YOUNGEST
        )  # "Lee, then 34, left"
    if before == _PLAIN:
        return tape.is_in(at - 1, "of_birthdays") and not _noun_follows(tape, figure.last)  # "he turned 70 on Tuesday"
    if before == _COMMA:
        return tape.class_at(at - 2) == _AGE or _follows_name(tape, figure)  # "whose age, 44, told"
    if before == _LEFT:
        return _is_in_brackets(tape, figure)
    if before == _THAN:
        return tape.is_in(at - 2, "of_ages")  # "younger than 50"
    if before == _WAS:  # "he was 69 when he left", "when he was 69"
        since = tape.is_in(at - 3, "opens_ages") and not _noun_follows(tape, figure.last)
        return since or tape.is_in(figure.last, "opens_ages")
    return before == _AGE or tape.class_at(at - 2) == _AGE


def _is_of_people(tape: Tape, figure: Amount) -> bool:
    """An age that bounds who is meant: "voters under 30", "those 45 and over"; not "men over 30 feet"."""
    first, last = figure.first, figure.last
    if tape.is_in(first - 1, "sides_of_ages") and tape.is_in(first - 2, "people"):
        return not _noun_follows(tape, last)
    joined = tape.class_at(last) in (_C["and"], _C["or"]) and tape.is_in(last + 1, "behind_ages")
    return joined and (tape.is_in(first - 1, "people") or tape.class_at(first - 1) == _C["that"])


def _is_band(tape: Tape, figure: Amount) -> bool:
    """Ten values from tens that are no decade: "a rating in the low 50s"."""
    whole = isinstance(figure.value, int) and figure.value % _DECADE == 0 and _YOUNGEST <= figure.value < _OLDEST
    stands = tape.class_at(figure.first - 1) == _C["the"] or tape.is_in(figure.first - 1, "of_values")
    return whole and stands and tape.glued(figure.last) and tape.words[figure.first].isdecimal()


def _is_decade(tape: Tape, figure: Amount) -> bool:
    """Ten years of somebody's life: "in his 40s", "in her mid-30s"."""
    value = figure.value
    if not tape.glued(figure.last) or not isinstance(value, int):
        return False
    return value % _DECADE == 0 and is_owned(tape, figure.first)


def _is_in_brackets(tape: Tape, figure: Amount) -> bool:
    """A number in brackets behind a name, in a sentence that speaks of ages: "Rand Roe (45) is the youngest"."""
    at = figure.first
    if tape.class_at(figure.last) != _C["right"] or at < _NAME:
        return False
    if not _is_name(tape, at - 2) or not tape.words[at].isdecimal() or (figure.low or 0) < _YOUNGEST:
        return False
    return any(_speaks_of_age(tape, at, step) for step in (-1, 1))


def _speaks_of_age(tape: Tape, at: int, step: int) -> bool:
    for k in range(at + step, at + step * _SENTENCE, step):
        if tape.class_at(k) in _SENTENCE_ENDS:
            return False
        if tape.class_at(k) in _OF_AGE or tape.is_in(k, "of_ages"):
            return True
    return False


def _noun_follows(tape: Tape, at: int) -> bool:
    return tape.class_at(at) == _C["plain"] and not tape.is_in(at, "stop")


def _is_age(value: Value | None) -> bool:
    return isinstance(value, int) and 0 < value < _OLDEST


def _follows_name(tape: Tape, figure: Amount) -> bool:
    at = figure.first
    if at < _NAME or tape.classes[at - 1] != _C["comma"] or not tape.words[at].isdecimal():
        return False
    listed = figure.last < len(tape.words) and tape.words[figure.last] == ";"  # "Ann, 34; Rand, 32"
    ends = (listed or tape.class_at(figure.last) in (_C["comma"], _C["dot"])) and not tape.glued(figure.last + 1)
    full = all(_is_name(tape, k) for k in range(at - 1 - _NAME, at - 1))
    between = (listed or tape.class_at(figure.last) == _C["comma"]) and _is_name(tape, at - _NAME)
    return ends and (full or between) and (figure.low or 0) >= _YOUNGEST


def _is_name(tape: Tape, at: int) -> bool:
    capital = tape.written(at, at + 1)[:1].isupper() and tape.classes[at] == _PLAIN
    return capital and not tape.is_in(at, "stop") and not tape.is_in(at, "opens_sentences")
