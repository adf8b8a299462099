"""What each number is: a count, a label, a score, odds, a list marker, a pronoun, a year.

The kind of a figure says most of it. What is left is a number alone, and the words right beside it say what
that is: rules of a language, tried in order, each with a form that the engine knows and the words it asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from copydesk_numbers.figures.amount import Amount
from copydesk_numbers.figures.forms import FORMS, is_alone
from copydesk_numbers.language.pack import Language
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.values import Role

_C = CLASSES
_BY_KIND: dict[str, Role] = {
    "money": "money", "percent": "percent", "age": "age", "ordinal": "rank", "quantity": "measure",
    "temperature": "measure", "fraction": "measure",
}  # fmt: skip
UNREPORTED: frozenset[Role] = frozenset(("label", "list", "pronoun"))
"""Roles of numbers that tell nothing about the story; they are reported on request only."""
_JOINTS = frozenset((_C["comma"], _C["and"], _C["or"], _C["dash"], _C["slash"]))
_JOINT = 2
_NEAR = 5  # words on either side in which a cue may stand


class _Rule(NamedTuple):
    role: Role
    form: Callable[[Tape, Amount], Any] | None
    before: frozenset[str]
    behind: frozenset[str]
    near: frozenset[str]


@cache
def _rules(language: Language, kind: str) -> tuple[_Rule, ...]:
    """The rules of roles for one kind of figure, in order."""
    return tuple(
        _Rule(
            rule["role"],
            FORMS[rule["form"]] if "form" in rule else None,
            frozenset(rule.get("before", ())),
            frozenset(rule.get("behind", ())),
            language.group(rule["near_group"]) if "near_group" in rule else frozenset(rule.get("near", ())),
        )
        for rule in language.rules.get("role", ())
        if kind in rule.get("kinds", ("cardinal",))
    )


def roles(tape: Tape, figures: Iterable[Amount]) -> Iterator[tuple[Amount, Role]]:
    """Each figure with what it is; a number joined to a label is one too: "chapters 3, 5 and 7"."""
    before: Amount | None = None
    role: Role = "count"
    for figure in figures:
        joined = before is not None and role == "label" and _is_joined(tape, before, figure) and is_alone(tape, figure)
        role = "label" if joined else role_of(tape, figure)
        before = figure
        yield figure, role


def _is_joined(tape: Tape, one: Amount, two: Amount) -> bool:
    between = tape.classes[one.last : two.first]
    return 0 < len(between) <= _JOINT and all(char in _JOINTS for char in between)


def role_of(tape: Tape, figure: Amount) -> Role:
    """What a figure is, by the words around it."""
    if figure.code:
        return "label"
    before = tape.words[_word_before(tape, figure.first)] if figure.first > 0 else ""
    behind = tape.words[figure.last] if figure.last < len(tape.words) else ""
    for rule in _rules(tape.language, figure.kind):
        beside = (not rule.before or before in rule.before) and (not rule.behind or behind in rule.behind)
        if beside and (rule.form is None or rule.form(tape, figure)) and (not rule.near or _near(tape, figure, rule)):
            return rule.role
    return _BY_KIND.get(figure.kind, "count")


def _near(tape: Tape, figure: Amount, rule: _Rule) -> bool:
    low, high = max(0, figure.first - _NEAR - 2), min(len(tape.words), figure.last + _NEAR + 2)
    return not rule.near.isdisjoint(tape.words[low:high])


def _word_before(tape: Tape, first: int) -> int:
    """The word before a number, past the full stop of "No. 5"."""
    at = first - 1
    while at > 0 and tape.classes[at] == _C["dot"] and tape.starts[at + 1] - tape.ends[at] <= 1:
        at -= 1
    return at
