"""What `copydesk plugins` says of a plugin is what its author wrote."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import Field
from sample_plugins import Nothing, giving, variant

from copydesk import Check, Component, Config, Entity, Observer, Quote, Reader, Registry
from copydesk.plugins.listing import describe, type_name


class RichConfig(Config):
    """Its settings."""

    kinds: tuple[str, ...] = Field(("a", "b"), description="Which kinds.")
    limit: int = Field(description="How many.")
    alias: bool = Field(default=False, alias="as", description="Spelt otherwise in YAML.")


SETTINGS = [
    {
        "name": "kinds",
        "type": "tuple[str, ...]",
        "required": False,
        "default": ["a", "b"],
        "description": "Which kinds.",
    },
    {"name": "limit", "type": "int", "required": True, "default": None, "description": "How many."},
    {"name": "as", "type": "bool", "required": False, "default": False, "description": "Spelt otherwise in YAML."},
]


class Rich(Component[RichConfig]):
    """Finds quotes
    in two lines.

    And says more.
    """

    name = "rich"
    requires = (Entity, "acme.cue")
    reads = ("section",)
    provides = (Quote,)
    uses = ("token.dep", "doc.ents")
    uses_optional = ("token.lemma",)

    def process(self, document):
        return []


class RichLines(Reader[RichConfig]):
    """Reads lines."""

    name = "lines"
    suffixes = (".lines",)
    provides = ("entity",)

    def read(self, source):
        yield from ()


class Metrics(Observer[RichConfig]):
    """Counts."""

    name = "metrics"


class Rule(Check[RichConfig]):
    """Nothing is right.

    At all.
    """

    code = "TST001"
    name = "nothing-is-right"
    severity = "info"

    def check(self, document):
        return []


def described(**hooks):
    registry = Registry(installed=False)
    registry.add(giving(**hooks), name="plugin")
    return describe(registry.load("plugin"))


def test_a_component():
    assert described(components=[Rich])["components"] == [
        {
            "name": "rich",
            "description": "Finds quotes in two lines.",
            "api": 1,
            "requires": ["Entity", "acme.cue"],
            "reads": ["section"],
            "provides": ["Quote"],
            "revises": [],
            "uses": ["token.dep", "doc.ents"],
            "uses_optional": ["token.lemma"],
            "runs_checks": False,
            "config": SETTINGS,
        }
    ]


def test_what_depends_on_the_settings_is_said_so():
    (component,) = described(components=[variant(uses=property(lambda self: ()))])["components"]
    assert component["uses"] == ["depends on the settings"]


def test_the_rest():
    said = described(readers=[RichLines], observers=[Metrics], checks=[Rule], check_prefixes=["TST"])
    assert said["readers"] == [
        {
            "name": "lines",
            "description": "Reads lines.",
            "api": 1,
            "suffixes": [".lines"],
            "provides": ["entity"],
            "config": SETTINGS,
        }
    ]
    assert said["observers"] == [{"name": "metrics", "description": "Counts.", "api": 1, "config": SETTINGS}]
    assert said["checks"] == [
        {
            "code": "TST001",
            "name": "nothing-is-right",
            "severity": "info",
            "maturity": "preview",
            "description": "Nothing is right.",
            "api": 1,
            "config": SETTINGS,
        }
    ]
    assert said["check_prefixes"] == ["TST"]


def test_what_a_plugin_lacks_is_an_empty_list():
    assert described(components=[Nothing])["observers"] == []


@pytest.mark.parametrize(
    ("annotation", "shown"),
    [(int, "int"), (Path | None, "Path | None"), (Mapping[str, Path], "Mapping[str, Path]"), (None, "None")],
)
def test_types_are_shown_as_people_write_them(annotation, shown):
    assert type_name(annotation) == shown
