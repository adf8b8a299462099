"""Each rule is needed: its examples hold with it, and one of them fails without it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from copydesk_numbers.engine import Engine
from copydesk_numbers.language.pack import Language, languages, load
from copydesk_numbers.values import Figure, Settings, shown

NOW = datetime(2021, 6, 16)  # noqa: DTZ001 - a document's date has no zone
FIGURES = ("bound", "role")
"""Tables whose examples are figures; those of the others are time expressions."""
RULES = [(name, kind, rule) for name in languages() for kind, rules in load(name).rules.items() for rule in rules]
each_rule = pytest.mark.parametrize(
    ("language", "kind", "rule"), RULES, ids=[f"{name}-{kind}-{rule['name']}" for name, kind, rule in RULES]
)


def read(text: str, kind: str, language: Language) -> list[tuple[str, str]]:
    """What the engine finds in an example, as its line shows it, without and with its words."""
    settings = Settings(language=language.name, labels=True)
    found = sorted(Engine(settings, language).read(text, date=NOW), key=lambda item: (item.start, item.end))
    lines = [
        (shown(item), text[item.start : item.end]) for item in found if isinstance(item, Figure) == (kind in FIGURES)
    ]
    return [(line, f"{words} = {line}") for line, words in lines]


def faults(rule: dict[str, Any], kind: str, language: Language) -> list[str]:
    """The examples of a rule that do not hold."""
    wrong = []
    for text, *want in rule.get("yes", ()):
        got = read(text, kind, language)
        if len(got) != len(want) or any(line not in either for line, either in zip(want, got, strict=True)):
            wrong.append(f"{text}: {got}")
    for text in rule.get("no", ()):
        got = read(text, kind, language)
        mark = rule.get("role") or rule.get("sign") or ""
        if any(mark in line.split(" ") or not mark for line, _ in got):
            wrong.append(f"{text}: {got}")
    return wrong


@each_rule
def test_its_examples_hold(language, kind, rule):
    assert faults(rule, kind, load(language)) == []


@each_rule
def test_it_is_needed(language, kind, rule):
    """Deleting the rule breaks one of its own examples."""
    assert faults(rule, kind, load(language).without(kind, rule["name"])) != []


def test_names_of_rules_are_their_own():
    for language in languages():
        for kind, rules in load(language).rules.items():
            names = [rule["name"] for rule in rules]
            assert len(names) == len(set(names)), kind
