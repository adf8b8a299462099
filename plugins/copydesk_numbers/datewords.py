"""What single words of a date stand for."""

from __future__ import annotations

from copydesk_numbers.lexicon import VALUES
from copydesk_numbers.numerals import Numeral
from copydesk_numbers.tape import Tape


def number_at(tape: Tape, at: int) -> int | None:
    """The whole number that word `at` stands for."""
    thing = tape.things[at]
    if isinstance(thing, Numeral) and isinstance(thing.value, int | float) and float(thing.value).is_integer():
        return int(thing.value)
    return None


def year_at(tape: Tape, at: int) -> int | str | None:
    """The year that word `at` stands for: 2015, 15, '87."""
    value = number_at(tape, at)
    if value is None or value < 0:
        return None
    if value < 100:
        return f"XX{value:02}" if 30 <= value < 40 else value + (2000 if value < 30 else 1900)
    return value if value < 10_000 else None


def unit_of(word: str) -> str:
    """D, W, M, Y … of a unit of time as written; multiples are resolved by `factor_of`."""
    if word.startswith("quarter"):
        return "Q"
    if word.startswith("second"):
        return "TS"
    if word == "h":
        return "TH"
    return str(VALUES[word][0])


def factor_of(word: str) -> float:
    """How many of its ISO unit a unit of time is: 10 years for a decade."""
    return 1 if word.startswith(("quarter", "second")) or word == "h" else VALUES[word][1]


def month_at(tape: Tape, at: int) -> int:
    """The month that word `at` names."""
    return int(VALUES[tape.words[at]])
