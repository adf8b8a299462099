"""The rules of time expressions: patterns of a language, and the makers of the engine that read what they match.

A rule of `times.toml` has a name, a pattern over classes, the maker that turns a match into a fold, and its
examples. Makers know no word: what they ask of words is the class, the value, or a group of the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from copydesk_numbers.language.pack import Language
from copydesk_numbers.tape.openers import openers
from copydesk_numbers.tape.tape import Fold, Tape, pattern
from copydesk_numbers.times.moments import Moment

Maker = Callable[[Tape, "re.Match[str]"], Fold | None]
MAKERS: dict[str, Maker] = {}
"""The makers by name."""


def maker(make: Maker) -> Maker:
    """Makes a function known to rules, by its name."""
    MAKERS[make.__name__] = make
    return make


def date_maker(make: Callable[[Tape, re.Match[str]], Moment | None]) -> Callable[[Tape, re.Match[str]], Moment | None]:
    """Makes a function that gives a moment known to rules; the whole match is a date then."""

    def fold(tape: Tape, match: re.Match[str]) -> Fold | None:
        moment = make(tape, match)
        return Fold(match.start(), match.end(), "date", moment) if moment is not None else None

    MAKERS[make.__name__] = fold
    return make


class Stretch(NamedTuple):
    """From one moment to another, either side open (None)."""

    start: Moment | None
    end: Moment | None


Rule = tuple[re.Pattern[str], Maker]


class Grammar(NamedTuple):
    """The rules of a language.

    Attributes:
        atoms: rules by the class that they can begin with.
        starts: finds the places where one of them may begin.
        layers: the rules of each layer, by its name.
    """

    atoms: dict[str, list[Rule]]
    starts: re.Pattern[str]
    layers: dict[str, tuple[Rule, ...]]


@cache
def grammar(language: Language) -> Grammar:
    """The rules of a language, compiled."""
    atoms: dict[str, list[Rule]] = {}
    for entry in language.rules.get("atom", ()):
        rule = (pattern(entry["pattern"]), MAKERS[entry["make"]])
        for char in openers(entry["pattern"]):
            atoms.setdefault(char, []).append(rule)
    starts = re.compile("[" + "".join(sorted(atoms)) + "]") if atoms else re.compile("(?!)")
    layers = {
        name: tuple((pattern(entry["pattern"]), MAKERS[entry["make"]]) for entry in language.rules.get(name, ()))
        for name in ("repeats", "offsets", "parts", "merges", "ranges", "spans", "last")
    }
    return Grammar(atoms, starts, layers)


def fold_rules(tape: Tape, rules: Iterable[Rule]) -> Tape:
    """The tape with everything folded that one of the rules reads; the first and then the longest wins."""
    found: list[Fold] = []
    for rule, make in rules:
        at = 0
        while (match := rule.search(tape.classes, at)) is not None:
            fold = make(tape, match)
            if fold is None:
                at = match.start() + 1
            else:
                found.append(fold)
                at = max(fold.last, match.start() + 1)
    if not found:
        return tape
    found.sort(key=lambda fold: (fold.first, -fold.last))
    kept: list[Fold] = []
    for fold in found:
        if not kept or fold.first >= kept[-1].last:
            kept.append(fold)
    return tape.folded(kept)


def has(match: re.Match[str], group: str) -> bool:
    """Whether a rule has a group and it matched something."""
    return match.re.groupindex.get(group) is not None and match[group] is not None


def moment_of(tape: Tape, match: re.Match[str], group: str) -> Moment | None:
    """The moment that a group stands for."""
    thing = tape.things[match.start(group)] if has(match, group) else None
    return thing if isinstance(thing, Moment) else None


def from_now(offset: tuple[tuple[str, float], ...], sign: int) -> Moment:
    """The document's date, moved by lengths of time."""
    return Moment(unit="D", shift=0, offset=tuple((unit, sign * number) for unit, number in offset))
