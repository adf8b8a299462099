"""What the engine takes and gives: plain data, without a word of any framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from copydesk_numbers.numerals.literals import Separators

Kind = Literal["cardinal", "ordinal", "percent", "money", "quantity", "fraction", "age", "temperature"]
TimeKind = Literal["date", "time", "datetime", "duration", "set", "range"]
Role = Literal[
    "count", "measure", "money", "percent", "age", "year", "rank", "label", "score", "odds", "clock", "list", "pronoun"
]
Bound = Literal["=", "~", "<", ">", "<=", ">="]
Resolve = Literal["context", "past", "future", "nearest", "open"]
Offsets = tuple[int, int]
"""Start and end in a text, in code points, end exclusive."""

KINDS: tuple[Kind, ...] = (
    "cardinal", "ordinal", "percent", "money", "quantity", "fraction", "age", "temperature",
)  # fmt: skip
TIME_KINDS: tuple[TimeKind, ...] = ("date", "time", "datetime", "duration", "set", "range")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a story, with its unit.

    Attributes:
        low, high: equal where it is one number; None where open or vague.
        unit: pint's name, an ISO 4217 code, or None.
        per: what a rate is counted by: barrel, month, share, "100000 people".
        role: what the number is in the story.
        number: the number alone.
        counted, counted_head: the noun phrase that is counted, and its head.
    """

    start: int
    end: int
    kind: Kind
    low: float | None
    high: float | None
    unit: str | None
    number: Offsets
    role: Role
    per: str | None = None
    bound: Bound = "="
    counted: Offsets | None = None
    counted_head: Offsets | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A date, time of day, length, repetition or range.

    Attributes:
        timex: an ISO 8601 or TIMEX3 value; X for what is not known.
        anchored: whether the document's date was needed and known; None where it was not needed.
    """

    start: int
    end: int
    kind: TimeKind
    timex: str
    anchored: bool | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the engine reads and how; the fields are those of the component's settings."""

    language: str = "en"
    separators: Separators | None = None
    dollar: str = "USD"
    kinds: tuple[Kind, ...] = KINDS
    times: tuple[TimeKind, ...] = TIME_KINDS
    resolve: Resolve = "context"
    labels: bool = False
    ranks: bool = False
    vague: bool = False
    bare_units: bool = False
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Parse:
    """A parse of the text as columns: one entry for each token.

    Attributes:
        starts, ends: offsets of the tokens in the text.
        tags: Penn tags. lemmas: dictionary forms. heads: index of each token's head; its own at a root.
        labels: relations to the head, of Universal Dependencies or of spaCy's own models.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]


def shown(item: Figure | Time) -> str:
    """A finding in one line, as the examples beside the rules write it: "> 60", "5..7 USD / barrel", "= 5 label"."""
    if isinstance(item, Time):
        return item.timex
    low, high = ("" if end is None else f"{end:.10g}" for end in (item.low, item.high))
    text = low if low == high else f"{low}..{high}"
    if item.bound != "=":
        text = f"{item.bound} {text}"
    if item.unit:
        text += f" {item.unit}"
    if item.per:
        text += f" / {item.per}"
    usual = {
        "cardinal": "count",
        "quantity": "measure",
        "temperature": "measure",
        "fraction": "measure",
        "ordinal": "rank",
    }
    return text if usual.get(item.kind, item.kind) == item.role else f"{text} {item.role}"
