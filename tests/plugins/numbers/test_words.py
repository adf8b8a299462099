"""Each list of words is needed: without it some example or case of the language is read otherwise."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from copydesk_numbers.engine import Engine
from copydesk_numbers.language.pack import Language, load
from copydesk_numbers.values import Settings

NOW = datetime(2021, 6, 16)  # noqa: DTZ001 - a document's date has no zone
EVERYTHING = Settings(labels=True, ranks=True, bare_units=True)
RANKS = ("the next one", "He sat next to this.")
PARSED = frozenset(("infinitive", "past_helpers", "states", "measuring", "before_lengths"))
"""Groups that are asked for words of a parse; their tests are those of the parse."""


@cache
def texts() -> tuple[str, ...]:
    """The examples of the rules and the cases."""
    rules = [rule for listed in load("en").rules.values() for rule in listed]
    found = [text for rule in rules for text in (*(yes[0] for yes in rule.get("yes", ())), *rule.get("no", ()))]
    groups = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["group"]
    found += [case[0] for group in groups for kind in ("figures", "times") for case in group.get(kind, ())]
    return tuple(dict.fromkeys((*found, *RANKS)))


@cache
def read_by(engine: Engine, text: str) -> list[str]:
    return sorted(map(repr, engine.read(text, date=NOW)))


@cache
def whole() -> Engine:
    return Engine(EVERYTHING, load("en"))


def changes(language: Language, words: list[str]) -> bool:
    """Whether a text that has one of the words is read otherwise; a language that lacks what it must have fails."""
    engine = Engine(EVERYTHING, language)
    try:
        return any(
            read_by(engine, text) != read_by(whole(), text)
            for text in texts()
            if any(word in text.lower() for word in words)
        )
    except KeyError:
        return True


@pytest.mark.parametrize("name", sorted(load("en").groups.keys() - PARSED))
def test_a_group_of_words_is_needed(name):
    english = load("en")
    words = [word.lower() for word in english.groups[name]]
    assert changes(replace(english, groups={**english.groups, name: frozenset()}), words)


@pytest.mark.parametrize("name", sorted(load("en").maps))
def test_a_table_of_words_is_needed(name):
    english = load("en")
    assert changes(replace(english, maps={**english.maps, name: {}}), [""])
