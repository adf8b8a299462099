"""Pipeline files: all problems at once, each at its place, with the nearest name and the repair."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from copydesk import Annotation, Component, ComponentConfig, Entity, Pipeline, Quote, Registry, hookimpl
from copydesk.errors import InvalidPipelineError, UsageError
from copydesk.pipeline.check import find_pipeline, shipped_pipelines


class Shade(BaseModel):
    """A nested setting."""

    model_config = ConfigDict(extra="forbid")

    depth: int = Field(1, description="How deep.")


class Settings(ComponentConfig):
    """Of `finder`."""

    limit: int = Field(3, ge=2, description="How many.")
    kinds: list[Literal["direct", "mixed"]] = Field(["direct"], description="Which.")
    weights: dict[str, float] = Field({}, description="By name.")
    shade: Shade = Field(Shade(), description="Nested.")
    as_: bool = Field(default=False, alias="as", description="A word that Python keeps for itself.")


class Finder(Component):
    """Finds entities."""

    name = "finder"
    provides = (Entity,)
    Config = Settings

    def process(self, document):
        return []


class Quoter(Component):
    """Finds quotes among entities."""

    name = "quoter"
    requires = (Entity,)
    provides = (Quote,)

    def process(self, document):
        return []


class Strict(Component):
    """Has a setting without a default, and does not like 13."""

    name = "strict"

    class Config(ComponentConfig):
        """Its settings."""

        number: int = Field(description="Any but 13.")

    def __init__(self, config=None, /, **settings):
        super().__init__(config, **settings)
        if self.config.number == 13:
            raise RuntimeError("13 is bad luck")

    def process(self, document):
        return []


class OtherEntity(Annotation):
    """Not our Entity, but in its layer."""

    layer = "entity"


class Rival(Component):
    """Provides another type in the layer of Entity."""

    name = "rival"
    provides = (OtherEntity,)

    def process(self, document):
        return []


@pytest.fixture
def registry() -> Registry:
    registry = Registry(installed=False)
    for component in (Finder, Quoter, Strict, Rival):
        registry.add(component)
    return registry


@pytest.fixture
def problems(registry):
    """The problems of a YAML text, as people see them."""

    def problems(text: str) -> list[str]:
        with pytest.raises(InvalidPipelineError) as caught:
            Pipeline.from_yaml(text, registry=registry, path="p.yaml")
        return [str(problem) for problem in caught.value.problems]

    return problems


# The shape of the file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "p.yaml:1:1: the file is empty; a pipeline has a name and steps"),
        ("# nothing\n\n", "p.yaml:1:1: the file is empty; a pipeline has a name and steps"),
        ("- use: finder", "p.yaml:1:1: a pipeline is a mapping with `name:` and `steps:`"),
        ("just words", "p.yaml:1:1: a pipeline is a mapping with `name:` and `steps:`"),
        ("steps: [{use: finder}]", "p.yaml:1:1: 'name' is missing"),
        ("name: x", "p.yaml:1:1: 'steps' is missing"),
        ("name: x\nsteps: []", "p.yaml:2:1: 'steps' is empty"),
        ("name: x\nsteps:", "p.yaml:2:1: 'steps': input should be a valid tuple (got None)"),
        ("name: 5\nsteps: [{use: finder}]", "p.yaml:1:1: 'name': input should be a valid string (got 5)"),
        ("name: x\nmodle: z\nsteps: [{use: finder}]", "p.yaml:2:1: unknown key 'modle'; did you mean 'model'?"),
        ("name: x\nmodel: 3\nsteps: [{use: finder}]", "p.yaml:2:1: 'model': input should be a valid string (got 3)"),
        ("name: x\nmodel: ''\nsteps: [{use: finder}]", "p.yaml:2:1: 'model': string should have at least 1 character"),
        ("name: x\nplugins: nothing\nsteps: [{use: finder}]", "p.yaml:2:1: 'plugins': input should be a valid tuple"),
    ],
)
def test_the_shape_of_the_file(problems, text, expected):
    (problem,) = problems(text)
    assert problem.startswith(expected)


# Steps and their settings


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("use: findr", "3:5: unknown step 'findr'; did you mean 'finder'?"),
        ("use: xxxxxx", "3:5: unknown step 'xxxxxx'; known: finder, quoter, rival, strict"),
        ("use: finder.other", "3:5: plugin 'finder' has no component 'other'; known: finder"),
        ("use: finder\n    with: {limit: 1}", "4:12: 'limit': input should be greater than or equal to 2 (got 1)"),
        ("use: finder\n    with: {limit: many}", "4:12: 'limit': input should be a valid integer"),
        ("use: finder\n    with: {limti: 4}", "4:12: unknown key 'limti'; did you mean 'limit'?"),
        ("use: finder\n    with:\n      kinds: [direct, mixt]", "5:23: 'kinds.1': input should be 'direct' or 'mixed'"),
        (
            "use: finder\n    with:\n      weights:\n        a: heavy",
            "6:9: 'weights.a': input should be a valid number",
        ),
        (
            "use: finder\n    with:\n      shade:\n        depth: x",
            "6:9: 'shade.depth': input should be a valid integer",
        ),
        ("use: finder\n    with: {as_: true}", "4:12: unknown key 'as_'; did you mean 'as'?"),
        ("use: quoter\n    with: {a: 1}", "4:12: unknown key 'a'; none is known here"),
        ("use: strict", "3:5: 'number' is missing"),
        ("use: strict\n    with: {}", "4:5: 'number' is missing"),
        ("use: strict\n    with: {number: 13}", "4:5: 'strict' cannot be built: RuntimeError: 13 is bad luck"),
    ],
)
def test_a_wrong_step(problems, step, expected):
    found = problems(f"name: x\nsteps:\n  - {step}\n")
    assert any(problem.startswith(f"p.yaml:{expected}") for problem in found), found


def test_an_alias_is_what_a_file_writes(registry):
    pipeline = Pipeline.from_yaml("name: x\nsteps: [{use: finder, with: {as: true}}]", registry=registry)
    assert pipeline.steps[0].component.config.as_ is True


def test_settings_reach_the_component(registry):
    pipeline = Pipeline.from_yaml(
        "name: x\nsteps:\n  - use: finder\n    id: a\n    with: {limit: 9, kinds: [mixed], weights: {w: 1}}\n",
        registry=registry,
    )
    (step,) = pipeline.steps
    assert step.component.config == Settings(limit=9, kinds=["mixed"], weights={"w": 1.0})
    assert (step.id, step.record.use, step.path, step.line) == ("a", "finder", "<string>", 3)


def test_a_plugin_list_is_checked_item_by_item(problems):
    assert problems("name: x\nplugins:\n  - finder\n  - fnder\nsteps: [{use: finder}]") == [
        "p.yaml:4:5: unknown plugin 'fnder'; did you mean 'finder'?"
    ]


# Ids, order, layers


def test_two_steps_of_one_id(problems):
    assert problems("name: x\nsteps:\n  - use: finder\n  - use: finder\n") == [
        "p.yaml:4:5: two steps have the id 'finder' (the first in line 3); give one of them its own `id:`"
    ]
    assert problems("name: x\nsteps:\n  - use: finder\n  - use: quoter\n    id: finder\n") == [
        "p.yaml:5:5: two steps have the id 'finder' (the first in line 3); give one of them its own `id:`"
    ]


def test_a_component_can_be_used_twice_under_two_ids(registry):
    pipeline = Pipeline.from_yaml("name: x\nsteps: [{use: finder}, {use: finder, id: again}]", registry=registry)
    assert [step.id for step in pipeline.steps] == ["finder", "again"]


def test_a_step_before_what_it_needs(problems):
    (problem,) = problems("name: x\nsteps:\n  - use: quoter\n  - use: finder\n")
    assert problem == (
        "p.yaml:3:5: 'quoter' needs Entity, which 'finder' provides only after it; "
        "move 'finder' (line 4) before 'quoter'"
    )


def test_a_step_without_what_it_needs(problems):
    (problem,) = problems("name: x\nsteps:\n  - use: quoter\n")
    assert problem == (
        "p.yaml:3:5: 'quoter' needs Entity; add a step that provides it before line 3 "
        "(`copydesk plugins NAME` shows what a plugin provides)"
    )


def test_the_repair_names_a_plugin_that_is_called_after_what_is_missing(registry, problems):
    registry.add(Finder, name="entities")
    (problem,) = problems("name: x\nsteps:\n  - use: quoter\n")
    assert problem == "p.yaml:3:5: 'quoter' needs Entity; add a step that provides it before line 3, e.g. entities"


def test_nothing_is_said_to_be_missing_while_a_step_is_unknown(problems):
    """The unknown step may well be the one that provides it."""
    assert problems("name: x\nsteps:\n  - use: findr\n  - use: quoter\n") == [
        "p.yaml:3:5: unknown step 'findr'; did you mean 'finder'?"
    ]


def test_two_types_in_one_layer(problems):
    (problem,) = problems("name: x\nsteps:\n  - use: finder\n  - use: rival\n")
    assert problem.startswith("p.yaml:4:5: 'rival' means ")
    assert "OtherEntity by the layer 'entity', an earlier step means copydesk.vocabulary.Entity" in problem
    assert "must rename its layer" in problem


# The model


def test_a_model_that_is_not_there_is_placed_on_the_key(problems):
    (problem,) = problems("name: x\nmodel: copydesk_englsh\nsteps: [{use: finder}]")
    assert problem.startswith("p.yaml:2:1: model 'copydesk_englsh' is not installed; did you mean 'copydesk_english'.")
    assert "python -m spacy download copydesk_englsh" in problem
    assert "blank:en" in problem


@pytest.mark.parametrize("model", ["no such model", "x" * 5000, '"a\\0b"', "'-'", "é", "a:b"])
def test_any_word_may_be_no_model(problems, model):
    (problem,) = problems(f"name: x\nmodel: {model}\nsteps: [{{use: finder}}]")
    assert problem.startswith("p.yaml:2:1: model '")


def test_a_relative_model_path_starts_from_the_pipeline_file(tmp_path, monkeypatch, registry):
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    (tmp_path / "models").mkdir()
    nlp.to_disk(tmp_path / "models" / "tiny")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    counts = []

    class Sentences(Component):
        """Counts sentences."""

        name = "sentences"
        uses = ("doc.sents",)

        def process(self, document):
            counts.append(len(list(document.doc.sents)))
            return []

    registry.add(Sentences)
    file = tmp_path / "p.yaml"
    file.write_text("name: x\nmodel: ./models/tiny\nsteps: [{use: sentences}]", encoding="utf-8")
    Pipeline.load(file, registry=registry)("One. Two.")
    assert counts == [2]
    with pytest.raises(InvalidPipelineError, match="there is no spaCy pipeline at models/tiny"):
        Pipeline.from_yaml(file.read_text(encoding="utf-8"), registry=registry)


# All at once


def test_all_problems_are_reported_at_once(problems):
    found = problems(
        "name: 5\n"
        "modle: x\n"
        "model: not-a-model\n"
        "plugins: [ghost]\n"
        "steps:\n"
        "  - use: quoter\n"
        "  - use: finder\n"
        "    with:\n"
        "      limit: 1\n"
        "      kinds: [wrong]\n"
        "      colour: red\n"
        "  - use: fnder\n"
        "    id: quoter\n"
        "  - use: strict\n"
        "    with: {number: yes}\n"
        "name: twice\n"
    )
    starts = [problem.split(": ", 1)[0] for problem in found]
    assert starts == [
        "p.yaml:1:1",
        "p.yaml:2:1",
        "p.yaml:3:1",
        "p.yaml:4:11",
        "p.yaml:9:7",
        "p.yaml:10:15",
        "p.yaml:11:7",
        "p.yaml:12:5",
        "p.yaml:13:5",
        "p.yaml:15:20",
        "p.yaml:16:1",
    ]


def test_problems_of_reading_come_with_those_of_meaning(problems):
    found = problems("name: x\nname: z\nsteps:\n  - use: findr\n  - use: finder\n    with: {limit: off}\n")
    assert [problem.split(": ", 1)[0] for problem in found][:2] == ["p.yaml:2:1", "p.yaml:4:5"]
    assert any("'off' is a boolean" in problem for problem in found)


YAML_VALUES = st.recursive(
    st.sampled_from(["finder", "quoter", "x", "", "5", "null", "true", "yes", "'two words'", "./here", "blank:en"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(
            st.sampled_from(["name", "steps", "use", "with", "id", "model", "plugins", "limit", "shade", "x"]),
            inner,
            max_size=4,
        ).map(lambda items: "{" + ", ".join(f"{key}: {item}" for key, item in items.items()) + "}")
    ),
    max_leaves=15,
)


@given(YAML_VALUES, YAML_VALUES)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_file_of_any_shape_crashes_the_check(first, second):
    registry = Registry(installed=False)
    registry.add(Finder)
    registry.add(Quoter)
    for text in (
        first,
        f"name: x\nsteps: {first}\n",
        f"name: x\nsteps:\n  - use: finder\n    with: {first}\n  - {second}\n",
    ):
        with suppress(InvalidPipelineError):
            Pipeline.from_yaml(text, registry=registry)


# Finding the file


def test_a_bare_name_is_a_shipped_pipeline():
    assert set(shipped_pipelines()) >= {"newsroom", "numbers", "quotes"}
    assert find_pipeline("newsroom") == shipped_pipelines()["newsroom"]


def test_an_unknown_name_is_said_with_the_nearest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="unknown pipeline 'newsrom'; did you mean 'newsroom'"):
        find_pipeline("newsrom")
    (tmp_path / "newsrom").write_text("name: x", encoding="utf-8")
    with pytest.raises(UsageError, match=r"to run the file, write \./newsrom"):
        find_pipeline("newsrom")


def test_a_file_that_lies_here_never_takes_a_bare_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newsroom").write_text("name: mine", encoding="utf-8")
    (tmp_path / "newsroom.yaml").write_text("name: mine", encoding="utf-8")
    assert find_pipeline("newsroom") == shipped_pipelines()["newsroom"]
    assert find_pipeline("newsroom.yaml").resolve() == tmp_path / "newsroom.yaml"
    assert find_pipeline("./newsroom").resolve() == tmp_path / "newsroom"


def test_a_folder_is_no_pipeline_file(tmp_path):
    with pytest.raises(UsageError, match="there is no pipeline file"):
        Pipeline.load(tmp_path)


def test_problems_name_the_file_as_it_was_given(tmp_path, monkeypatch, registry):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.yaml").write_text("name: x\nsteps: [{use: nope}]", encoding="utf-8")
    with pytest.raises(InvalidPipelineError) as caught:
        Pipeline.load("p.yaml", registry=registry)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("p.yaml", 2, 10)


def test_opening_a_file_imports_no_python_path(registry, problems, tmp_path, monkeypatch):
    (tmp_path / "evil_module.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for use in ("evil_module", "evil_module.Thing", "evil_module:Thing"):
        assert problems(f"name: x\nplugins: [{use!r}]\nmodel: evil_module\nsteps:\n  - use: {use!r}\n")


def test_plugins_that_are_named_give_their_hooks(registry):
    seen = []
    registry.add(SimpleNamespace(copydesk_document_done=hookimpl(lambda result: seen.append(1))), name="watcher")
    pipeline = Pipeline.from_yaml("name: x\nplugins: [watcher]\nsteps: [{use: finder}]", registry=registry)
    assert len(pipeline.hooks.copydesk_document_done.get_hookimpls()) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "name: x\nsteps:\n  - use: finder\n    with: [1]\n",
            "p.yaml:4:5: 'steps.0.with': input should be a valid dict",
        ),
        ("name: x\nsteps:\n  - {}\n", "p.yaml:3:5: 'steps.0.use' is missing"),
        ("name: x\nsteps:\n  - use: finder\n    wth: {}\n", "p.yaml:4:5: unknown key 'wth'; did you mean 'with'?"),
        ("name: x\nsteps:\n  - use: 'two words'\n", "p.yaml:3:5: 'steps.0.use': string should match pattern"),
        ("name: x\nsteps:\n  - use: a.b.c\n", "p.yaml:3:5: 'steps.0.use': string should match pattern"),
        ("name: x\nsteps:\n  - use: os:system\n", "p.yaml:3:5: 'steps.0.use': string should match pattern"),
        ("name: x\nsteps:\n  - use: 7\n", "p.yaml:3:5: 'steps.0.use': input should be a valid string (got 7)"),
        ("name: x\nsteps:\n  - use: finder\n    id: 'a b'\n", "p.yaml:4:5: 'steps.0.id': string should match pattern"),
    ],
)
def test_the_shape_of_a_step(problems, text, expected):
    (problem,) = problems(text)
    assert problem.startswith(expected)


def test_a_step_with_a_wrong_shape_is_the_only_problem(problems):
    """That the list of steps is empty for lack of valid ones is no second problem."""
    (problem,) = problems("name: x\nsteps:\n  - use: finder\n    idd: a\n")
    assert problem == "p.yaml:4:5: unknown key 'idd'; did you mean 'id'?"


def test_a_step_that_is_a_bare_word_is_said_with_its_repair(problems):
    (problem,) = problems("name: x\nsteps:\n  - finder\n")
    assert problem == "p.yaml:3:5: a step is a mapping; write `use: finder`"


@pytest.mark.parametrize("step", ["7", "[finder]", "null", "true"])
def test_a_step_that_is_no_mapping(problems, step):
    (problem,) = problems(f"name: x\nsteps:\n  - {step}\n")
    assert problem == "p.yaml:3:5: a step is a mapping with `use:`"


def test_settings_have_one_name_in_a_file(problems):
    """`settings` is what Python calls them; in a file, and in its JSON Schema, it is `with`."""
    assert problems("name: x\nsteps:\n  - use: finder\n    settings: {limit: 4}\n") == [
        "p.yaml:4:5: unknown key 'settings'; known: id, use, with"
    ]


def test_a_nested_unknown_setting_is_placed_and_claims_nothing_about_what_is_known(problems):
    (problem,) = problems("name: x\nsteps:\n  - use: finder\n    with:\n      shade:\n        dept: 2\n")
    assert problem.startswith("p.yaml:6:9: unknown key 'dept'")
    assert "none is known" not in problem


@pytest.mark.parametrize(
    "text",
    [
        'name: x\n"two\\nlines": 1\nsteps: [{use: finder}]',
        'name: x\n"red \\e[31m text": 1\nsteps: [{use: finder}]',
        'name: x\n"a\\u202eb\\u2028c": 1\nsteps: [{use: finder}]',
        'name: x\nplugins: ["a\\nb"]\nsteps: [{use: finder}]',
        'name: x\nmodel: "a\\nb"\nsteps: [{use: finder}]',
        'name: x\nsteps: [{use: finder, with: {weights: {"a\\nb\\e": x}}}]',
        'name: x\n"a\\nb": 1\n"a\\nb": 2\nsteps: [{use: finder}]',
        "name: x\nb: !%0Ax 1\nsteps: [{use: finder}]",
        "name: x\n" + "k" * 100_000 + ": 1\nsteps: [{use: finder}]",
        "name: x\nsteps: [{use: finder, with: {limit: " + "k" * 100_000 + "}}]",
    ],
)  # fmt: skip
def test_a_problem_is_one_readable_line_whatever_the_file_holds(problems, text):
    for problem in problems(text):
        assert problem.isprintable()
        assert len(problem) < 2_000


def test_a_problem_keeps_the_words_of_a_plugin_on_one_line(problems, registry, tmp_path, monkeypatch):
    class Wordy(Finder):
        """Says a lot."""

        name = "wordy"

        def __init__(self, *args, **settings):
            raise ValueError("first\n  second\tthird")

    registry.add(Wordy)
    (problem,) = problems("name: x\nsteps: [{use: wordy}]")
    assert problem == "p.yaml:2:10: 'wordy' cannot be built: ValueError: first second third"


@pytest.mark.parametrize(
    "model", ["./nowhere", "../nowhere/model", "/nowhere/at/all", "./" + "a" * 300, "./" + "a/" * 3000]
)
def test_a_model_path_that_leads_nowhere(problems, model):
    (problem,) = problems(f"name: x\nmodel: {model}\nsteps: [{{use: finder}}]")
    assert problem.startswith("p.yaml:2:1: there is no spaCy pipeline at ")
    assert "config.cfg" in problem or len(model) > 1_000


@pytest.mark.parametrize("source", ["none.yaml", "./none", "no/such/file.yaml", "x" * 300 + ".yaml", "a/" * 3000 + "x"])
def test_a_file_that_is_not_there(source):
    with pytest.raises(UsageError, match="there is no pipeline file"):
        find_pipeline(source)


def test_a_file_that_cannot_be_read_is_a_usage_error(tmp_path, monkeypatch):
    file = tmp_path / "p.yaml"
    file.write_text("name: x", encoding="utf-8")

    def denied(self, mode):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(type(file), "open", denied)
    with pytest.raises(UsageError, match=r"p\.yaml cannot be read: Permission denied"):
        Pipeline.load(file)


def test_an_empty_with_is_no_settings(registry):
    assert (
        Pipeline.from_yaml("name: x\nsteps:\n  - use: finder\n    with:\n", registry=registry).steps[0].id == "finder"
    )
