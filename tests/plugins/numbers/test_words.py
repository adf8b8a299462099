"""Each list of words is needed: without it some example or case of its language is read otherwise."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from copydesk_numbers.engine import Engine
from copydesk_numbers.language.pack import Language, languages, load
from copydesk_numbers.values import Settings

NOW = datetime(2021, 6, 16)  # noqa: DTZ001 - a document's date has no zone
RANKS = {"en": ("the next one", "He sat next to this.")}
PARSED = frozenset(("infinitive", "past_helpers", "states", "measuring", "before_lengths", "of_speech"))
"""Groups that are asked for words of a parse or for quotations; their tests are those of these."""
MADE = {"de": frozenset(("before_digits",))}
"""Groups that the engine makes of the currencies alone."""


@cache
def texts(language: str) -> tuple[str, ...]:
    """The examples of the rules and the cases."""
    rules = [rule for listed in load(language).rules.values() for rule in listed]
    found = [text for rule in rules for text in (*(yes[0] for yes in rule.get("yes", ())), *rule.get("no", ()))]
    cases = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["group"]
    groups = [group for group in cases if group.get("language", "en") == language]
    found += [case[0] for group in groups for kind in ("figures", "times") for case in group.get(kind, ())]
    return tuple(dict.fromkeys((*found, *RANKS.get(language, ()))))


@cache
def read_by(engine: Engine, text: str) -> list[str]:
    return sorted(map(repr, engine.read(text, date=NOW)))


@cache
def whole(language: str) -> Engine:
    return Engine(everything(language), load(language))


def everything(language: str) -> Settings:
    return Settings(language=language, labels=True, ranks=True, bare_units=True)


def changes(language: Language, words: list[str]) -> bool:
    """Whether a text that has one of the words is read otherwise; a language that lacks what it must have fails."""
    engine = Engine(everything(language.name), language)
    try:
        return any(
            read_by(engine, text) != read_by(whole(language.name), text)
            for text in texts(language.name)
            if any(word in text.lower() for word in words)
        )
    except KeyError:
        return True


GROUPS = [
    (name, group) for name in languages() for group in sorted(load(name).groups.keys() - PARSED - MADE.get(name, set()))
]
MAPS = [(name, table) for name in languages() for table in sorted(load(name).maps)]


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_a_group_of_words_is_needed(name, group):
    language = load(name)
    words = [word.lower() for word in language.groups[group]]
    assert changes(replace(language, groups={**language.groups, group: frozenset()}), words)


@pytest.mark.parametrize(("name", "table"), MAPS)
def test_a_table_of_words_is_needed(name, table):
    language = load(name)
    assert changes(replace(language, maps={**language.maps, table: {}}), [""])
