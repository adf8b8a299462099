"""What the classes of a plugin must be, said when it is loaded; and what plugins must not share."""

from __future__ import annotations

import warnings

import pytest
from pydantic import Field
from sample_plugins import Lines, Nothing, Rule, Silence, Watcher, giving, variant

import copydesk
from copydesk import Annotation, Component, Config, Entity, Quote, Registry
from copydesk.errors import PluginConflictError, PluginLoadError
from copydesk.plugins.config import API, SUPPORTED_API
from copydesk.plugins.contract import check_together


def load(**hooks):
    registry = Registry(installed=False)
    registry.add(giving(**hooks), name="plugin")
    return registry.load("plugin")


class TonedQuote(Quote):
    """A quote with its tone."""

    tone: float = 0.0


SOUND = [
    (Nothing, "components", {}),
    (Nothing, "components", {"requires": (Entity, "acme.cue"), "reads": ("quote",), "provides": (Quote,)}),
    (Nothing, "components", {"revises": (Entity,), "reads": (Entity,), "runs_checks": True}),
    (Nothing, "components", {"uses": ("token.dep", "doc.ents"), "uses_optional": ("token.lemma",)}),
    (Nothing, "components", {"name": "it_is-9"}),
    (Lines, "readers", {"suffixes": (".txt", ".tar.gz"), "provides": ("entity", "acme.cue")}),
    (Silence, "writers", {"suffixes": (), "binary": True}),
    (Watcher, "observers", {}),
    (Rule, "checks", {"code": "TST42", "severity": "error", "maturity": "stable", "requires": (Quote,)}),
]


@pytest.mark.parametrize(("base", "hook", "attributes"), SOUND)
def test_what_is_sound(base, hook, attributes):
    kind = variant(base, **attributes)
    assert getattr(load(**{hook: [kind]}, check_prefixes=["TST"]), hook) == (kind,)


WRONG = [
    # All
    *[(base, hook, attributes, message) for base, hook in ((Nothing, "components"), (Lines, "readers"), (Silence, "writers"), (Watcher, "observers"), (Rule, "checks")) for attributes, message in [
        ({"name": None}, "give it a name"),
        ({"name": ""}, "give it a name"),
        ({"name": "two words"}, "give it a name"),
        ({"name": "a.b"}, "give it a name"),
        ({"name": "-x"}, "give it a name"),
        ({"__doc__": None}, "has no docstring"),
        ({"__doc__": "  \n "}, "has no docstring"),
        ({"api": 2}, "version 2 of the plugin interface; this copydesk speaks version 1: update copydesk"),
        ({"api": 0}, "version 0 of the plugin interface; this copydesk speaks version 1: update the plugin"),
        ({"api": "1"}, "Variant.api is '1'; it is a number"),
        ({"config_class": dict}, "settings derive from copydesk.Config"),
    ]],
    # Components
    (Nothing, "components", {"requires": [Quote]}, "it is a tuple of annotation types or names of layers"),
    (Nothing, "components", {"requires": (Nothing,)}, "it is a tuple of annotation types or names of layers"),
    (Nothing, "components", {"requires": (Annotation,)}, "it is a tuple of annotation types or names of layers"),
    (Nothing, "components", {"reads": "quote"}, "it is a tuple of annotation types or names of layers"),
    (Nothing, "components", {"reads": ("a.b.c",)}, "it is a tuple of annotation types or names of layers"),
    (Nothing, "components", {"provides": Quote}, "it is a tuple of annotation types, such as"),
    (Nothing, "components", {"provides": ("quote",)}, "it is a tuple of annotation types, such as"),
    (Nothing, "components", {"revises": ("quote",)}, "it is a tuple of annotation types, such as"),
    (Nothing, "components", {"provides": (Entity,), "revises": (Entity,)}, "both provides and revises the layer 'entity'"),
    (Nothing, "components", {"provides": (TonedQuote,), "revises": (Quote,)}, "both provides and revises the layer 'quote'"),
    (Nothing, "components", {"uses": "token.dep"}, "it is a tuple of spaCy attributes"),
    (Nothing, "components", {"uses": ("dep",)}, "it is a tuple of spaCy attributes"),
    (Nothing, "components", {"uses": ("lexeme.text",)}, "it is a tuple of spaCy attributes"),
    (Nothing, "components", {"uses_optional": ["token.dep"]}, "it is a tuple of spaCy attributes"),
    (Nothing, "components", {"runs_checks": 1}, "it is True or False"),
    # Formats
    (Lines, "readers", {"suffixes": ".txt"}, r"it is a tuple such as \(\".txt\",\)"),
    (Lines, "readers", {"suffixes": ("txt",)}, "it is a tuple such as"),
    (Lines, "readers", {"suffixes": ("./x",)}, "it is a tuple such as"),
    (Lines, "readers", {"provides": (Entity,)}, "it is a tuple of layer names"),
    (Silence, "writers", {"suffixes": (7,)}, "it is a tuple such as"),
    (Silence, "writers", {"binary": "no"}, "it is True or False"),
    (Silence, "writers", {"in_folder": Silence}, "it is a FolderWriter class or None"),
    # Checks
    (Rule, "checks", {"code": None}, "it must be 'TST' and digits"),
    (Rule, "checks", {"code": "TST"}, "it must be 'TST' and digits"),
    (Rule, "checks", {"code": "ATT201"}, "declares no other prefix in the hook copydesk_check_prefixes"),
    (Rule, "checks", {"code": "tst001"}, "it must be 'TST' and digits"),
    (Rule, "checks", {"name": "Loud"}, "words in small letters with '-' between them"),
    (Rule, "checks", {"name": "too_loud"}, "words in small letters with '-' between them"),
    (Rule, "checks", {"severity": "fatal"}, "it is one of error, warning, info"),
    (Rule, "checks", {"maturity": "old"}, "it is one of stable, preview"),
    (Rule, "checks", {"requires": ("quote",)}, "it is a tuple of annotation types, such as"),
    (Rule, "checks", {"reads": [Quote]}, "it is a tuple of annotation types, such as"),
    (Rule, "checks", {"uses_optional": ("dep",)}, "it is a tuple of spaCy attributes"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "hook", "attributes", "message"), WRONG)
def test_what_no_pipeline_could_use_is_an_error(base, hook, attributes, message):
    with pytest.raises(PluginLoadError, match=message):
        load(**{hook: [variant(base, **attributes)]}, check_prefixes=["TST"])


def test_a_component_without_a_name_is_an_error():
    class Nameless(Component):
        """Has no name."""

        def process(self, document):
            return []

    with pytest.raises(PluginLoadError, match=r"Nameless\.name is None"):
        load(components=[Nameless])


def test_an_abstract_component_is_an_error():
    class Half(Component):
        """Does not say what it does."""

        name = "half"

    with pytest.raises(PluginLoadError, match="does not define process"):
        Registry(installed=False).add(Half)


def test_uses_may_depend_on_the_settings():
    class DeepConfig(Config):
        """Its settings."""

        deep: bool = Field(default=False, description="Whether to look at the syntax.")

    uses = property(lambda self: ("token.dep",) if self.config.deep else ())
    assert load(components=[variant(config_class=DeepConfig, uses=uses)]).components


# Prefixes of check codes


@pytest.mark.parametrize("prefix", ["", "T", "tst", "TST-", 7, None, "123"])
def test_what_is_no_prefix(prefix):
    with pytest.raises(PluginLoadError, match="it is two or more capital letters, such as 'ATT'"):
        load(check_prefixes=[prefix])


@pytest.mark.parametrize("prefix", ["ATT9", "ATT90"])
def test_the_prefix_of_the_core(prefix):
    with pytest.raises(PluginLoadError, match=f"'{prefix}' belongs to copydesk itself"):
        load(check_prefixes=[prefix])
    with pytest.raises(PluginLoadError, match="codes that begin with ATT9 belong to copydesk itself"):
        load(checks=[variant(Rule, code=f"{prefix}1")], check_prefixes=["ATT"])


def test_a_plugin_may_declare_several():
    one, two = variant(Rule, code="ONE1", name="one"), variant(Rule, code="TWO22", name="two")
    assert load(checks=[one, two], check_prefixes=["ONE", "TWO"]).checks == (one, two)


# What one plugin gives twice


@pytest.mark.parametrize(
    ("hooks", "what"),
    [
        ({"components": [Nothing, variant(name="nothing")]}, "two components called 'nothing'"),
        ({"readers": [Lines, variant(Lines, name="lines")]}, "two readers called 'lines'"),
        ({"writers": [Silence, variant(Silence, name="silence")]}, "two writers called 'silence'"),
        ({"observers": [Watcher, variant(Watcher, name="watcher")]}, "two observers called 'watcher'"),
        ({"checks": [Rule, variant(Rule, name="other")]}, "two checks called 'TST001'"),
        (
            {"checks": [Rule, variant(Rule, code="TST2", name="nothing-is-right")]},
            "two checks called 'nothing-is-right'",
        ),
    ],
)
def test_two_of_one_name(hooks, what):
    with pytest.raises(PluginLoadError, match=what):
        load(**hooks, check_prefixes=["TST"])


def test_one_class_named_twice_is_one():
    assert load(components=[Nothing, Nothing]).components == (Nothing,)


# What several plugins claim


def plugins(*hooks):
    registry = Registry(installed=False)
    for number, each in enumerate(hooks):
        registry.add(giving(**each), name=f"plugin{number}")
    return [registry.load(name) for name in registry.names]


@pytest.mark.parametrize(
    ("one", "other", "claim"),
    [
        ({"check_prefixes": ["TST"]}, {"check_prefixes": ["ABC", "TST"]}, "codes that begin with TST"),
        ({"check_prefixes": ["TST"]}, {"check_prefixes": ["TST2"]}, "codes that begin with TST2"),
        (
            {"check_prefixes": ["ONE"], "checks": [variant(Rule, code="ONE1", name="same")]},
            {"check_prefixes": ["TWO"], "checks": [variant(Rule, code="TWO1", name="same")]},
            "the name same",
        ),
    ],
)
def test_two_plugins_that_claim_one_thing_are_both_named(one, other, claim):
    both = plugins(one, other)
    for order in (both, both[::-1]):
        with pytest.raises(PluginConflictError, match=f"both have {claim}") as caught:
            check_together(order)
        assert "'plugin0'" in str(caught.value)
        assert "'plugin1'" in str(caught.value)


def test_prefixes_that_no_code_could_share_are_two():
    check_together(plugins({"check_prefixes": ["TS"]}, {"check_prefixes": ["TST"]}))


def test_one_plugin_under_two_names_does_not_contradict_itself():
    plugin = {"check_prefixes": ["TST"], "checks": [Rule]}
    check_together(plugins(plugin, plugin))


def test_an_interface_that_is_going_is_told_with_what_replaces_it(monkeypatch):
    monkeypatch.setattr("copydesk.plugins.contract.API", 2)
    monkeypatch.setattr("copydesk.plugins.contract.SUPPORTED_API", (1, 2))
    for base, hook in ((Nothing, "components"), (Lines, "readers"), (Silence, "writers"), (Watcher, "observers")):
        with pytest.warns(DeprecationWarning, match=r"Variant is .* version 1 .*; version 2 replaces it: .* `api = 2`"):
            load(**{hook: [variant(base)]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load(components=[variant(Nothing, api=2)])


def test_the_versions_that_run_are_public():
    assert copydesk.SUPPORTED_API is SUPPORTED_API
    assert API in SUPPORTED_API
