"""A language as data: its words with their classes and values, its groups of words, its rules, its units and money.

A folder `language/xx` holds

* `words.toml`: a table for each class of word; `[group]` has lists of words that the engine asks for by name;
* `figures.toml` and `times.toml`: rules, each beside its examples;
* `units.tsv`, `currencies.tsv`, `holidays.toml`: what their first lines say.

The engine knows the names of classes and groups, never the words.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from copydesk_numbers.numerals.compounds import Compounds, compounds
from copydesk_numbers.numerals.literals import Separators
from copydesk_numbers.tape.classes import CLASSES, SYMBOLS

FRACTION_SYMBOLS: dict[str, float] = {char: unicodedata.numeric(char) for char in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞↉"}
_SHORTEST_PLURAL = 2
_NO_WORDS: frozenset[str] = frozenset()
_FOLDER = files("copydesk_numbers") / "language"


@dataclass(frozen=True, eq=False)
class Language:
    """The words and rules of one language.

    Attributes:
        classes: word (lower case) to class character.
        values: word to what it stands for: 3, ["TH", 1], …
        groups: name to words that the engine treats alike.
        maps: name to words with what they stand for to one part of the engine.
        tokens: letters that words with signs in them begin with, and expressions for those words: "o'clock", "a.m.".
        separators: how digits are grouped and decimals marked.
        week_begins: the day that weeks begin on, 1 for Monday.
        plural_endings, singular_endings: endings of plurals, and those of them that are none.
        verb_endings: endings of words behind a noun that are no nouns.
        participle_endings: endings of words that are nouns, adjectives or verbs.
        past_endings: endings of verbs in the past.
        adverb_endings: endings of adverbs, which nothing is counted by.
        rules: the tables of figures.toml and times.toml: name of the kind of rule to its rules.
        compounds: reads numbers that are written as one word: "einundzwanzig".
        units, currencies: rows of the tables.
        holidays: the holidays by key.
    """

    name: str
    classes: Mapping[str, str]
    values: Mapping[str, Any]
    groups: Mapping[str, frozenset[str]]
    maps: Mapping[str, Mapping[str, Any]]
    rules: Mapping[str, tuple[dict[str, Any], ...]]
    compounds: Compounds | None
    units: tuple[tuple[str, ...], ...]
    currencies: tuple[tuple[str, ...], ...]
    holidays: Mapping[str, dict[str, Any]]
    tokens: tuple[str, tuple[str, ...]]
    separators: Separators
    week_begins: int
    plural_endings: tuple[str, ...]
    singular_endings: tuple[str, ...]
    verb_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    adverb_endings: tuple[str, ...]
    past_endings: tuple[str, ...]

    def group(self, name: str) -> frozenset[str]:
        """The words of a group; none where the language has no such group."""
        return self.groups.get(name, _NO_WORDS)

    def map(self, name: str) -> Mapping[str, Any]:
        """A table of words with what they stand for to one part of the engine; empty where there is none."""
        return self.maps.get(name, {})

    def phrases(self) -> Iterator[str]:
        """The phrases that are found as such: names, fixed phrases, holidays."""
        yield from self.group("names")
        yield from self.group("fixed_phrases")
        for entry in self.holidays.values():
            yield from entry["names"]

    def is_plural(self, word: str) -> bool:
        """Whether a word looks like a plural: by its ending, and not in the group `not_plurals`."""
        return (
            word.endswith(self.plural_endings)
            and not word.endswith(self.singular_endings)
            and len(word) > _SHORTEST_PLURAL
            and word not in self.group("not_plurals")
        )

    def without(self, kind: str, rule: str) -> Language:
        """The language without one rule, for the test that each rule is needed."""
        kept = tuple(entry for entry in self.rules[kind] if entry["name"] != rule)
        return replace(self, rules={**self.rules, kind: kept})


@cache
def load(name: str) -> Language:
    """The language of a folder.

    Raises:
        ValueError: there is no such folder, or it names a class that the engine does not know.
    """
    if name not in languages():
        raise ValueError(f"There is no language '{name}'; there are {', '.join(languages())}.")
    words = _toml(name, "words.toml")
    groups = {key: frozenset(listed) for key, listed in words.pop("group", {}).items()}
    maps = words.pop("map", {})
    separators = words.pop("separators", "auto")
    week_begins = words.pop("week_begins", 1)
    tokens = words.pop("tokens", {})
    endings = words.pop("ending", {})
    glued_numbers = compounds(words.pop("compound", {}))
    glue = words.pop("glue", {})
    tables = _flat(words)
    _glued(tables, glue)
    unknown = sorted(tables.keys() - CLASSES.keys())
    if unknown:
        raise ValueError(f"Language '{name}' names classes that do not exist: {', '.join(unknown)}.")
    classes = {
        **{symbol: CLASSES[kind] for symbol, kind in SYMBOLS.items()},
        **dict.fromkeys(FRACTION_SYMBOLS, CLASSES["symbol_fraction"]),
        **{word: CLASSES[kind] for kind, table in tables.items() for word in table},
    }
    values = {word: value for table in tables.values() for word, value in table.items() if value is not None}
    currencies = _rows(name, "currencies.tsv")
    signs = {row[0].lower() for row in currencies if row[2] in ("code", "symbol")}
    groups["before_digits"] = groups.get("before_digits", _NO_WORDS) | signs
    rules = {
        kind: tuple(entries) for part in ("figures.toml", "times.toml") for kind, entries in _toml(name, part).items()
    }
    return Language(
        name=name,
        classes=classes,
        values=values,
        groups=groups,
        maps=maps,
        rules=rules,
        compounds=glued_numbers,
        units=_rows(name, "units.tsv"),
        currencies=currencies,
        holidays=_toml(name, "holidays.toml"),
        tokens=(tokens.get("starts", ""), tuple(tokens.get("patterns", ()))),
        separators=separators,
        week_begins=week_begins,
        plural_endings=tuple(endings.get("plural", ())),
        singular_endings=tuple(endings.get("singular", ())),
        verb_endings=tuple(endings.get("verb", ())),
        participle_endings=tuple(endings.get("participle", ())),
        adverb_endings=tuple(endings.get("adverb", ())),
        past_endings=tuple(endings.get("past", ())),
    )


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are."""
    return tuple(sorted(path.name for path in _FOLDER.iterdir() if (path / "words.toml").is_file()))


def _toml(language: str, part: str) -> dict[str, Any]:
    path = _FOLDER / language / part
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _rows(language: str, part: str) -> tuple[tuple[str, ...], ...]:
    path = _FOLDER / language / part
    if not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def _flat(tables: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """One table per class: `[ordinal.unit]` becomes `ordinal_unit`, `[word]` a class per key."""
    flat: dict[str, dict[str, Any]] = {}
    for name, table in tables.items():
        if name == "word":
            flat.update({key: dict.fromkeys(words) for key, words in table.items()})
        elif table and all(isinstance(inner, dict) for inner in table.values()):
            flat.update({f"{name}_{key}": inner for key, inner in table.items()})
        else:
            flat[name] = table
    return flat


def _glued(tables: dict[str, dict[str, Any]], glue: Mapping[str, Any]) -> None:
    """Adds the words that are made of two: "twentyfive" is tens and unit, "thirds" an ordinal with an ending."""
    for name, recipe in glue.items():
        made = tables.setdefault(name, {})
        first = [tables[table] for table in recipe["first"]]
        for word, value in ((word, value) for table in first for word, value in table.items()):
            if word in recipe.get("not", ()):
                continue
            if "ending" in recipe:
                made.setdefault(word + recipe["ending"], value)
            for tail, more in [
                *(pair for last in recipe.get("last", ()) for pair in tables[last].items()),
                *recipe.get("and", {}).items(),
            ]:
                made[word + tail] = value + more
