"""A pipeline as the dict or text of its file: what comes back is equal, and what a file can't say is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field

import copydesk
from copydesk import Check, ChecksConfig, Component, Config, ConfigPath, Limits, Observer, Pipeline, Registry, Step
from copydesk.errors import PipelineError


class Shade(Config):
    """A nested setting."""

    depth: int = 1
    colour: str = "red"


class Settings(ChecksConfig):
    """Of the step below."""

    limit: int = Field(3, ge=2, description="How many.")
    among: frozenset[str] = frozenset()
    shade: Shade = Shade()
    table: ConfigPath | None = None
    as_: bool = Field(default=False, alias="as", description="Spelt otherwise.")


class Finder(Component[Settings]):
    """Finds nothing."""

    name = "finder"
    runs_checks = True

    def process(self, document):
        return []


class RuleConfig(Config):
    """Its options."""

    table: ConfigPath | None = None
    words: tuple[str, ...] = ()


class Rule(Check[RuleConfig]):
    """Nothing is right."""

    code = "TST001"
    name = "nothing-is-right"
    severity = "info"

    def check(self, document):
        return []


class MetricsConfig(Config):
    """Its settings."""

    every: int = 1


class Metrics(Observer[MetricsConfig]):
    """Counts."""

    name = "metrics"


class Plugin:
    @copydesk.hookimpl
    def copydesk_components(self):
        return [Finder]

    @copydesk.hookimpl
    def copydesk_checks(self):
        return [Rule]

    @copydesk.hookimpl
    def copydesk_check_prefixes(self):
        return ["TST"]

    @copydesk.hookimpl
    def copydesk_observers(self):
        return [Metrics]


class More:
    @copydesk.hookimpl
    def copydesk_checks(self):
        return []


@pytest.fixture
def registry() -> Registry:
    registry = Registry(installed=False)
    registry.add(Plugin(), name="desk")
    registry.add(More(), name="more")
    return registry


TEXTS = [
    "name: x\nsteps: [{use: desk}]",
    "name: x\ndescription: d\nmodel: blank:en\nlanguage: en\ngiven: [acme.cue]\nsteps: [{use: desk.finder, id: a}]",
    "name: x\nplugins: [more]\nlimits: {characters: 9, seconds: 2.5, annotations: 3}\nsteps: [{use: finder}]",
    "name: x\nobservers: [{use: desk.metrics, with: {every: 3}}]\nsteps: [{use: desk}, {use: desk, id: again}]",
    "name: x\nsteps: [{use: desk, with: {limit: 4, among: [b, a], shade: {depth: 2}, as: true}}]",
    "name: x\nsteps: [{use: desk, with: {options: {tst001: {words: [a]}}}}]",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_written_comes_back_equal(registry, text):
    pipeline = Pipeline.from_yaml(text, registry=registry)
    assert Pipeline.from_yaml(pipeline.to_yaml(), registry=registry) == pipeline
    assert Pipeline.from_dict(pipeline.to_dict(), registry=registry) == pipeline
    assert Pipeline.from_dict(pipeline.to_dict(), registry=registry).digest == pipeline.digest


def test_what_is_written_is_what_was_said(registry):
    text = "name: x\nmodel: blank:en\nplugins: [more]\nsteps: [{use: desk, id: a, with: {limit: 4, shade: {depth: 2}}}]"
    assert Pipeline.from_yaml(text, registry=registry).to_dict() == {
        "name": "x",
        "model": "blank:en",
        "plugins": ["more"],
        "steps": [{"use": "desk", "id": "a", "with": {"limit": 4, "shade": {"depth": 2}}}],
    }


def test_paths_are_absolute_so_that_the_file_may_lie_anywhere(registry, tmp_path, monkeypatch):
    (tmp_path / "table.yaml").touch()
    file = tmp_path / "p.yaml"
    file.write_text(
        "name: x\nsteps: [{use: desk, with: {table: table.yaml, options: {TST001: {table: table.yaml}}}}]",
        encoding="utf-8",
    )
    pipeline = Pipeline.load(file, registry=registry)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (step,) = pipeline.to_dict()["steps"]
    assert step["with"] == {
        "table": str(tmp_path / "table.yaml"),
        "options": {"TST001": {"table": str(tmp_path / "table.yaml")}},
    }
    assert Pipeline.from_yaml(pipeline.to_yaml(), registry=registry).steps[0].config.table == tmp_path / "table.yaml"


def test_a_model_path_is_absolute_too(registry, tmp_path):
    import spacy

    spacy.blank("en").to_disk(tmp_path / "tiny")
    pipeline = Pipeline.from_yaml("name: x\nmodel: ./tiny\nsteps: [{use: desk}]", registry=registry, folder=tmp_path)
    assert Path(pipeline.to_dict()["model"]) == tmp_path / "tiny"


# What a file can't say


def test_a_class_of_ones_own_program():
    with pytest.raises(PipelineError, match="cannot name the step 'finder': no plugin gives Finder as 'finder'"):
        Pipeline([Finder()]).to_dict()


def test_a_class_that_only_has_the_name_of_an_installed_one():
    with pytest.raises(PipelineError, match="no plugin gives Finder as 'numbers'"):
        Pipeline([Step.of(Finder(), use="numbers")]).to_dict()


def test_an_observer_of_ones_own_program(registry):
    loaded = Pipeline.from_yaml("name: x\nsteps: [{use: desk}]", registry=registry)
    pipeline = Pipeline(loaded.steps, plugins=[registry.load("desk")], observers=[Metrics()])
    assert pipeline.to_dict()["observers"] == [{"use": "desk.metrics"}]
    own = type("Own", (Observer,), {"__doc__": "Mine.", "name": "own"})
    with pytest.raises(PipelineError, match="cannot name the observer 'own': no plugin of the pipeline gives Own"):
        Pipeline(loaded.steps, plugins=loaded.plugins, observers=[own()]).to_dict()


def test_a_model_that_is_an_object(registry):
    import spacy

    steps = Pipeline.from_yaml("name: x\nsteps: [{use: desk}]", registry=registry).steps
    with pytest.raises(PipelineError, match="cannot say what model this is"):
        Pipeline(steps, model=spacy.blank("en"), limits=Limits()).to_dict()
