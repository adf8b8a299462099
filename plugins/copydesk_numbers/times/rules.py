"""The rules of time expressions: patterns of a language, and the makers of the engine that read what they match.

A rule of `times.toml` has a name, a pattern over classes, the maker that turns a match into a fold, and its
examples. Makers know no word: what they ask of words is the class, the value, or a group of the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from copydesk_numbers.language.pack import Language
from copydesk_numbers.tape.openers import Opening
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


class Rule(NamedTuple):
    """A rule, compiled.

    Attributes:
        opening: what its first words can be.
        needs: sets of class characters, one of each of which is in every match.
        search: finds the places where it may match.
        match: matches it at a place.
        make: reads what it matched.
    """

    opening: Opening
    needs: tuple[frozenset[str], ...]
    search: Callable[[str, int], re.Match[str] | None]
    match: Callable[[str, int], re.Match[str] | None]
    make: Maker


class Atoms(dict[str, tuple[Rule, ...]]):
    """The rules that may match where two words have these classes, in order; found when first asked for.

    Args:
        rules: all of them.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, pair: str) -> tuple[Rule, ...]:
        found = self[pair] = tuple(rule for rule in self._rules if rule.opening.fits(pair))
        return found


class Grammar(NamedTuple):
    """The rules of a language.

    Attributes:
        atoms: rules by the classes of two words that they can begin with.
        starts: finds the places where one of them may begin.
        layers: the rules of each layer, by its name.
    """

    atoms: Atoms
    starts: re.Pattern[str]
    layers: dict[str, tuple[Rule, ...]]


LAYERS = ("repeats", "offsets", "parts", "merges", "ranges", "spans", "last")


@cache
def grammar(language: Language) -> Grammar:
    """The rules of a language, compiled."""
    tables = {name: tuple(map(_compiled, language.rules.get(name, ()))) for name in ("atom", *LAYERS)}
    atoms = tables.pop("atom")
    first = sorted(frozenset().union(*(rule.opening.first for rule in atoms)))
    starts = re.compile("[" + "".join(first) + "]") if first else re.compile("(?!)")
    return Grammar(Atoms(atoms), starts, tables)


def _compiled(entry: Mapping[str, str]) -> Rule:
    opening = Opening(entry["pattern"])
    return Rule(opening, opening.needs, opening.search().search, pattern(entry["pattern"]).match, MAKERS[entry["make"]])


def fold_rules(tape: Tape, rules: Iterable[Rule]) -> Tape:
    """The tape with everything folded that one of the rules reads; the first and then the longest wins."""
    classes = tape.classes
    present = frozenset(classes)
    found: list[Fold] = []
    for _, needs, search, match, make in rules:
        if any(map(present.isdisjoint, needs)):
            continue
        at = 0
        while (place := search(classes, at)) is not None:
            start = place.start()
            read = match(classes, start)
            fold = make(tape, read) if read is not None else None
            if fold is None:
                at = start + 1
            else:
                found.append(fold)
                at = max(fold.last, start + 1)
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
