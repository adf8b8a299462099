"""`extends:`: what a file takes from another, what it changes, and where its problems are."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

import copydesk
from copydesk import Component, Config, Limits, Observer, Pipeline, Registry
from copydesk.errors import InvalidPipelineError


class Settings(Config):
    """Of all steps here."""

    limit: int = Field(3, ge=2, description="How many.")
    kinds: tuple[str, ...] = ("a",)
    table: dict[str, int] = {}  # noqa: RUF012  # a field


def component(name) -> type[Component]:
    class Step(Component[Settings]):
        """For a test."""

        def process(self, document):
            return []

    Step.name = name
    Step.__qualname__ = name.title()
    return Step


class Watcher(Observer):
    """Watches."""

    name = "watcher"


class Watchers:
    @copydesk.hookimpl
    def copydesk_observers(self):
        return [Watcher]


@pytest.fixture
def registry() -> Registry:
    registry = Registry(installed=False)
    for name in ("one", "two", "three", "four"):
        registry.add(component(name))
    registry.add(Watchers(), name="watcher")
    return registry


BASE = """\
name: base
description: What all have.
model: blank:en
language: en
given: [section]
limits: {characters: 100, seconds: 2}
steps:
  - use: one
    with: {limit: 5, kinds: [b], table: {x: 1}}
  - use: two
  - use: three
    id: third
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def load(folder, registry):
    """The pipeline of a file beside the base."""

    def load(text: str, name: str = "own.yaml") -> Pipeline:
        (folder / name).write_text(text, encoding="utf-8")
        return Pipeline.load(name, registry=registry)

    return load


@pytest.fixture
def problems(load):
    def problems(text: str) -> list[str]:
        with pytest.raises(InvalidPipelineError) as caught:
            load(text)
        return [str(problem) for problem in caught.value.problems]

    return problems


def ids(pipeline) -> list[str]:
    return [step.id for step in pipeline.steps]


# What is taken over


def test_what_is_not_said_is_as_in_the_base(load):
    pipeline = load("name: own\nextends: base.yaml\n")
    assert (pipeline.name, pipeline.description, pipeline.model) == ("own", "What all have.", "blank:en")
    assert (pipeline.language, pipeline.given) == ("en", ("section",))
    assert pipeline.limits == Limits(characters=100, seconds=2)
    assert ids(pipeline) == ["one", "two", "third"]
    assert pipeline.steps[0].config == Settings(limit=5, kinds=("b",), table={"x": 1})


def test_what_is_said_takes_its_place(load):
    pipeline = load("name: own\nextends: base.yaml\ndescription: Other.\nmodel: blank:de\nlanguage: de\n")
    assert (pipeline.description, pipeline.model, pipeline.language) == ("Other.", "blank:de", "de")


def test_lists_are_added_to_and_limits_are_replaced_one_by_one(load):
    pipeline = load(
        "name: own\nextends: base.yaml\ngiven: [quote]\nlimits: {seconds: 9}\nplugins: [four]\nobservers: [{use: watcher}]\n"
    )
    assert pipeline.given == ("section", "quote")
    assert pipeline.limits == Limits(characters=100, seconds=9)
    assert [plugin.name for plugin in pipeline.plugins] == ["four", "one", "three", "two", "watcher"]
    assert [observer.name for observer in pipeline.observers] == ["watcher"]


def test_settings_are_replaced_key_by_key(load):
    pipeline = load("name: own\nextends: base.yaml\nsteps: [{use: one, with: {limit: 7, table: {y: 2}}}]\n")
    assert ids(pipeline) == ["one", "two", "third"]
    assert pipeline.steps[0].config == Settings(limit=7, kinds=("b",), table={"y": 2})


def test_a_step_with_an_id_of_its_own_is_found_by_it(load):
    pipeline = load("name: own\nextends: base.yaml\nsteps: [{use: three, id: third, with: {limit: 8}}]\n")
    assert pipeline.steps[2].config.limit == 8


@pytest.mark.parametrize(
    ("place", "order"),
    [
        ("before: one", ["four", "one", "two", "third"]),
        ("before: third", ["one", "two", "four", "third"]),
        ("after: one", ["one", "four", "two", "third"]),
        ("after: third", ["one", "two", "third", "four"]),
    ],
)
def test_a_new_step_has_its_place(load, place, order):
    assert ids(load(f"name: own\nextends: base.yaml\nsteps: [{{use: four, {place}}}]\n")) == order


def test_a_new_step_may_come_beside_a_new_step(load):
    text = "name: own\nextends: base.yaml\nsteps: [{use: four, after: one}, {use: four, id: last, after: four}]\n"
    assert ids(load(text)) == ["one", "four", "last", "two", "third"]


def test_steps_are_left_out(load):
    assert ids(load("name: own\nextends: base.yaml\nwithout: [one, third]\n")) == ["two"]


def test_one_may_take_the_id_of_one_that_is_left_out(load):
    text = "name: own\nextends: base.yaml\nwithout: [one]\nsteps: [{use: four, id: one, before: two}]\n"
    pipeline = load(text)
    assert [(step.id, step.use) for step in pipeline.steps] == [("one", "four"), ("two", "two"), ("third", "three")]
    assert pipeline.steps[0].config == Settings()


def test_a_base_that_extends_another(load):
    load("name: middle\nextends: ./base.yaml\nwithout: [two]\nsteps: [{use: one, with: {limit: 6}}]\n", "middle.yaml")
    pipeline = load("name: own\nextends: middle.yaml\nsteps: [{use: one, with: {kinds: [c]}}]\n")
    assert ids(pipeline) == ["one", "third"]
    assert pipeline.steps[0].config == Settings(limit=6, kinds=("c",), table={"x": 1})


def test_a_shipped_pipeline_is_a_base_by_name():
    pipeline = Pipeline.from_yaml("name: own\nextends: quotes\nwithout: [quotes]\n")
    assert ids(pipeline) == ["structure", "entities"]


def test_a_text_and_a_dict_may_extend_too(folder, registry):
    own = {"name": "own", "extends": "base.yaml", "without": ["two"]}
    assert ids(Pipeline.from_dict(own, registry=registry, folder=folder)) == ["one", "third"]
    assert ids(Pipeline.from_dict(own, registry=registry)) == ["one", "third"], "from the working directory"


def test_what_is_extended_is_one_pipeline_when_it_is_written(load, registry):
    pipeline = load("name: own\nextends: base.yaml\nwithout: [two]\n")
    assert "extends" not in pipeline.to_dict()
    assert Pipeline.from_yaml(pipeline.to_yaml(), registry=registry) == pipeline


# Where things stand


def test_a_step_knows_the_file_it_stands_in(load):
    pipeline = load(
        "name: own\nextends: base.yaml\nsteps:\n  - use: four\n    before: two\n  - use: one\n    with: {limit: 4}\n"
    )
    assert [(step.id, step.path, step.line) for step in pipeline.steps] == [
        ("one", "base.yaml", 8), ("four", "own.yaml", 4), ("two", "base.yaml", 10), ("third", "base.yaml", 11),
    ]  # fmt: skip


def test_a_model_path_starts_from_its_own_file(tmp_path, registry, monkeypatch):
    import spacy

    base, own = tmp_path / "a" / "base.yaml", tmp_path / "b" / "own.yaml"
    for file in (base, own):
        file.parent.mkdir()
    spacy.blank("en").to_disk(base.parent / "tiny")
    base.write_text("name: base\nmodel: ./tiny\nsteps: [{use: one}]\n", encoding="utf-8")
    own.write_text("name: own\nextends: ../a/base.yaml\n", encoding="utf-8")
    pipeline = Pipeline.load(own, registry=registry)
    assert isinstance(pipeline.model, str)
    assert (own.parent / pipeline.model).samefile(base.parent / "tiny")
    own.write_text("name: own\nextends: ../a/base.yaml\nmodel: ./tiny\n", encoding="utf-8")
    with pytest.raises(InvalidPipelineError, match=r"own\.yaml:3:1: there is no spaCy pipeline at"):
        Pipeline.load(own, registry=registry)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("steps: [{use: one, with: {limit: 1}}]", "own.yaml:3:27: 'limit' must be at least 2, not 1"),
        (
            "steps: [{use: four}]",
            "own.yaml:3:10: 'four' is no step of base.yaml; known: one, third, two. A new step says before or after",
        ),
        ("steps: [{use: thre, before: one}]", "own.yaml:3:10: unknown step 'thre'; did you mean 'three'?"),
        (
            "steps: [{use: three, id: thrid, with: {}}]",
            "own.yaml:3:22: 'thrid' is no step of base.yaml; did you mean 'third'. A new step",
        ),
        ("steps: [{use: four, before: onne}]", "own.yaml:3:21: there is no step 'onne' here; did you mean 'one'?"),
        (
            "steps: [{use: four, before: one, after: two}]",
            "own.yaml:3:34: a step comes before one or after one, not both",
        ),
        ("steps: [{use: two, before: one}]", "own.yaml:3:20: 'two' is a step of base.yaml and stays in its place"),
        (
            "steps: [{use: one, id: third}]",
            "own.yaml:3:10: the step 'third' of base.yaml uses three; give this one its own",
        ),
        ("without: [four]", "own.yaml:3:11: base.yaml has no step 'four'; known: one, third, two"),
        ("without: [one, two, third]", "own.yaml:3:1: no step is left"),
        ("without: one", "own.yaml:3:1: 'without' must be a list, not 'one'"),
        ("modle: x", "own.yaml:3:1: unknown key 'modle'; did you mean 'model'?"),
    ],
)
def test_a_problem_of_the_own_file(problems, text, expected):
    assert any(problem.startswith(expected) for problem in problems(f"name: own\nextends: base.yaml\n{text}\n"))


def test_problems_of_both_files_are_said_at_once(folder, problems):
    broken = BASE.replace("limit: 5", "limit: 0").replace("language: en", "langauge: en")
    (folder / "base.yaml").write_text(broken, encoding="utf-8")
    found = problems("name: own\nextends: base.yaml\nsteps: [{use: two, with: {limti: 3}}]\n")
    assert [problem.split(": ")[0] for problem in found] == ["base.yaml:4:1", "base.yaml:9:12", "own.yaml:3:27"]


def test_two_steps_of_one_id_in_two_files(problems):
    (problem,) = problems("name: own\nextends: base.yaml\nsteps: [{use: four, before: one}, {use: one, id: two}]\n")
    assert problem.startswith("own.yaml:3:36: the step 'two' of base.yaml uses two; give this one its own `id:`")


# What cannot be extended


def test_no_such_base(problems):
    (problem,) = problems("name: own\nextends: none.yaml\n")
    assert problem.startswith("own.yaml:2:1: there is no pipeline file ")
    (problem,) = problems("name: own\nextends: newsrom\n")
    assert problem == "own.yaml:2:1: unknown pipeline 'newsrom'; did you mean 'newsroom'?"


def test_a_file_that_extends_itself(problems, load):
    assert problems("name: own\nextends: ./own.yaml\n") == [
        "own.yaml:2:1: own.yaml extends itself, by way of this file"
    ]


def test_files_that_extend_one_another_in_a_circle(problems, folder):
    (folder / "other.yaml").write_text("name: other\nextends: own.yaml\n", encoding="utf-8")
    (problem,) = problems("name: own\nextends: other.yaml\n")
    assert problem.startswith("other.yaml:2:1: ")
    assert problem.endswith("own.yaml extends itself, by way of this file")


def test_a_long_chain(problems, folder):
    for number in range(12):
        (folder / f"{number}.yaml").write_text(f"name: x\nextends: {number + 1}.yaml\n", encoding="utf-8")
    (problem,) = problems("name: own\nextends: 0.yaml\n")
    assert problem == "8.yaml:2:1: more than 10 files extend one another"


@pytest.mark.parametrize("text", ["", "- a", "just words", "name: base", "a: [", "name: base\nsteps: 5"])
def test_a_base_that_is_no_pipeline(folder, problems, text):
    (folder / "base.yaml").write_text(text, encoding="utf-8")
    assert problems("name: own\nextends: base.yaml\nsteps: [{use: one, with: {limit: 9}}]\n")


VALUES = st.recursive(
    st.sampled_from(["one", "two", "third", "x", "5", "null", "[]", "{}"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(["use", "id", "with", "before", "after", "limit"]), inner, max_size=4).map(
            lambda items: "{" + ", ".join(f"{key}: {item}" for key, item in items.items()) + "}"
        )
    ),
    max_leaves=12,
)


@given(VALUES, VALUES, VALUES)
@settings(deadline=None)
def test_no_two_files_of_any_shape_crash_it(base, own, without):
    registry = Registry(installed=False)
    for name in ("one", "two", "three"):
        registry.add(component(name))
    with TemporaryDirectory() as folder:
        Path(folder, "base.yaml").write_text(f"name: x\nsteps: {base}\nplugins: {without}\n", encoding="utf-8")
        text = f"name: x\nextends: ./base.yaml\nsteps: {own}\nwithout: {without}\nplugins: {own}\nlimits: {own}\n"
        with suppress(InvalidPipelineError):
            Pipeline.from_yaml(text, registry=registry, folder=Path(folder))
