"""Pipeline files: all problems at once, each at its place, with the nearest name and the repair."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

import copydesk
from copydesk import Check, ChecksConfig, Component, Config, Entity, Limits, Observer, Pipeline, Quote, Registry
from copydesk.errors import InvalidPipelineError, PluginConflictError, PluginNotFoundError, UsageError
from copydesk.pipeline.finding import find_pipeline, shipped_pipelines


class Shade(BaseModel):
    """A nested setting."""

    model_config = ConfigDict(extra="forbid")

    depth: int = Field(1, description="How deep.")


class Settings(Config):
    """Of `finder`."""

    limit: int = Field(3, ge=2, description="How many.")
    kinds: list[Literal["direct", "mixed"]] = Field(["direct"], description="Which.")
    weights: dict[str, float] = Field({}, description="By name.")
    shade: Shade = Field(Shade(), description="Nested.")
    as_: bool = Field(default=False, alias="as", description="A word that Python keeps for itself.")


class Finder(Component[Settings]):
    """Finds entities."""

    name = "finder"
    provides = (Entity,)

    def process(self, document):
        return []


class Quoter(Component):
    """Finds quotes among entities."""

    name = "quoter"
    requires = (Entity,)
    provides = (Quote,)

    def process(self, document):
        return []


class StrictConfig(Config):
    """Its settings."""

    number: int = Field(description="Any but 13.")


class Strict(Component[StrictConfig]):
    """Has a setting without a default, and does not like 13."""

    name = "strict"

    def __init__(self, config=None, /):
        super().__init__(config)
        if self.config.number == 13:
            raise RuntimeError("13 is bad luck")

    def process(self, document):
        return []


class Runner(Component[ChecksConfig]):
    """Runs checks."""

    name = "runner"
    runs_checks = True

    def process(self, document):
        return []


class LengthConfig(Config):
    """Its options."""

    at_least: int = Field(10, ge=0, description="How long a text must be.")


class TooShort(Check[LengthConfig]):
    """The text is too short."""

    code = "TST001"
    name = "too-short"
    severity = "info"

    def check(self, document):
        return []


class Elsewhere(TooShort):
    """Is reported by another."""

    code = "TST002"
    name = "elsewhere"
    reported_by = "`copydesk run`"


class Checks:
    @copydesk.hookimpl
    def copydesk_checks(self):
        return [TooShort, Elsewhere]

    @copydesk.hookimpl
    def copydesk_check_prefixes(self):
        return ["TST"]


class MetricsConfig(Config):
    """Its settings."""

    every: int = Field(1, ge=1, description="How often.")


class Metrics(Observer[MetricsConfig]):
    """Counts."""

    name = "metrics"


class Observers:
    @copydesk.hookimpl
    def copydesk_observers(self):
        return [Metrics]


@pytest.fixture
def registry() -> Registry:
    registry = Registry(installed=False)
    for component in (Finder, Quoter, Strict, Runner):
        registry.add(component)
    registry.add(Checks(), name="checks")
    registry.add(Observers(), name="metrics")
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
        ("name: x\nsteps: []", "p.yaml:2:1: 'steps' must not be empty"),
        ("name: x\nsteps:", "p.yaml:2:1: 'steps' must be a list, not null"),
        ("name: 5\nsteps: [{use: finder}]", "p.yaml:1:1: 'name' must be a text, not 5"),
        ("name: x\nmodle: z\nsteps: [{use: finder}]", "p.yaml:2:1: unknown key 'modle'; did you mean 'model'?"),
        ("name: x\nmodel: 3\nsteps: [{use: finder}]", "p.yaml:2:1: 'model' must be a text, not 3"),
        ("name: x\nmodel: ''\nsteps: [{use: finder}]", "p.yaml:2:1: 'model' must not be empty"),
        ("name: x\nplugins: nothing\nsteps: [{use: finder}]", "p.yaml:2:1: 'plugins' must be a list, not 'nothing'"),
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
        ("use: xxxxxx", "3:5: unknown step 'xxxxxx'; known: checks, finder, metrics, quoter, runner, strict"),
        ("use: finder.other", "3:5: plugin 'finder' has no component 'other'; known: finder"),
        ("use: finder\n    with: {limit: 1}", "4:12: 'limit' must be at least 2, not 1"),
        ("use: finder\n    with: {limit: many}", "4:12: 'limit' must be a whole number, not 'many'"),
        ("use: finder\n    with: {limti: 4}", "4:12: unknown key 'limti'; did you mean 'limit'?"),
        (
            "use: finder\n    with:\n      kinds: [direct, mixt]",
            "5:23: 'kinds.1' must be 'direct' or 'mixed', not 'mixt'",
        ),
        (
            "use: finder\n    with:\n      weights:\n        a: heavy",
            "6:9: 'weights.a' must be a number, not 'heavy'",
        ),
        (
            "use: finder\n    with:\n      shade:\n        depth: x",
            "6:9: 'shade.depth' must be a whole number, not 'x'",
        ),
        ("use: finder\n    with: {as_: true}", "4:12: unknown key 'as_'; did you mean 'as'?"),
        ("use: quoter\n    with: {a: 1}", "4:12: unknown key 'a'; no key is known here"),
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
    assert pipeline.steps[0].config.as_ is True


def test_settings_reach_the_component(registry):
    pipeline = Pipeline.from_yaml(
        "name: x\nsteps:\n  - use: finder\n    id: a\n    with: {limit: 9, kinds: [mixed], weights: {w: 1}}\n",
        registry=registry,
    )
    (step,) = pipeline.steps
    assert step.config == Settings(limit=9, kinds=["mixed"], weights={"w": 1.0})
    assert (step.id, step.use, step.path, step.line) == ("a", "finder", "<string>", 3)


def test_a_plugin_list_is_checked_item_by_item(problems):
    assert problems("name: x\nplugins:\n  - finder\n  - fnder\nsteps: [{use: finder}]") == [
        "p.yaml:4:5: unknown plugin 'fnder'; did you mean 'finder'?"
    ]


# Ids, order, layers


def test_two_steps_of_one_id(problems):
    assert problems("name: x\nsteps:\n  - use: runner\n  - use: runner\n") == [
        "p.yaml:4:5: two steps have the id 'runner' (the first in line 3); give one of them its own `id:`"
    ]
    assert problems("name: x\nsteps:\n  - use: finder\n  - use: quoter\n    id: finder\n") == [
        "p.yaml:5:5: two steps have the id 'finder' (the first in line 3); give one of them its own `id:`"
    ]


def test_a_component_can_be_used_twice_under_two_ids(registry):
    pipeline = Pipeline.from_yaml("name: x\nsteps: [{use: runner}, {use: runner, id: again}]", registry=registry)
    assert [step.id for step in pipeline.steps] == ["runner", "again"]


def test_an_id_that_is_taken_by_the_parse(problems):
    assert problems("name: x\nsteps:\n  - use: finder\n    id: parse\n") == [
        "p.yaml:4:5: 'parse' is what the shared parse is called; give the step another `id:`"
    ]


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
        "(`copydesk plugins NAME` shows what a plugin provides); or say `given: [entity]`, if the documents bring it"
    )


def test_the_repair_names_a_plugin_that_is_called_after_what_is_missing(registry, problems):
    registry.add(Finder, name="entities")
    (problem,) = problems("name: x\nsteps:\n  - use: quoter\n")
    assert problem.startswith(
        "p.yaml:3:5: 'quoter' needs Entity; add a step that provides it before line 3, e.g. entities; or say "
    )


def test_nothing_is_said_to_be_missing_while_a_step_is_unknown(problems):
    """The unknown step may well be the one that provides it."""
    assert problems("name: x\nsteps:\n  - use: findr\n  - use: quoter\n") == [
        "p.yaml:3:5: unknown step 'findr'; did you mean 'finder'?"
    ]


def test_what_the_documents_bring_need_not_be_found(registry):
    pipeline = Pipeline.from_yaml("name: x\ngiven: [entity]\nsteps: [{use: quoter}]", registry=registry)
    assert pipeline.given == ("entity",)


def test_two_finders_of_entities(problems):
    (problem,) = problems("name: x\nsteps:\n  - use: finder\n  - use: finder\n    id: again\n")
    assert problem.startswith("p.yaml:4:5: 'again' provides Entity, and so does 'finder' (line 3); a document has each")


CONTACT = """
import copydesk
class Contact(copydesk.Annotation):
    "How to reach somebody."
class {name}(copydesk.Component):
    "Finds contacts."
    name = {name!r}
    provides = (Contact,)
    def process(self, document):
        return [Contact(start=0, end=1)]
@copydesk.hookimpl
def copydesk_components():
    return [{name}]
"""


def test_two_plugins_may_have_types_of_one_name(distribution):
    for name in ("acme", "rival"):
        distribution(name, {name: f"{name}_contacts"}, {f"{name}_contacts": CONTACT.format(name=name)})
    pipeline = Pipeline.from_yaml("name: x\nsteps: [{use: acme}, {use: rival}]", registry=Registry())
    assert [kind.layer for kind in pipeline.provides] == ["acme_contacts.contact", "rival_contacts.contact"]


def test_two_types_in_one_layer(problems, registry, tmp_path):
    for name in ("one", "two"):  # files have the namespace `local` in common
        (tmp_path / f"{name}.py").write_text(CONTACT.format(name=name), encoding="utf-8")
        registry.add_file(tmp_path / f"{name}.py")
    (problem,) = problems("name: x\nsteps:\n  - use: one\n  - use: two\n")
    assert problem.startswith("p.yaml:4:5: 'two' means copydesk_local_two_")
    assert "Contact by the layer 'local.contact', an earlier step means copydesk_local_one_" in problem
    assert "rename one of the classes, or give it a `namespace` of its own" in problem


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
            st.sampled_from(
                ["name", "steps", "use", "with", "id", "model", "plugins", "limit", "shade", "x", "given", "limits"]
            )
            | st.sampled_from(["extends", "observers", "without", "before", "characters", "language"]),
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
        f"name: x\nextends: numbers\nsteps: {first}\nwithout: {second}\n",
        f"name: x\nobservers: {first}\nlimits: {second}\ngiven: {first}\nsteps: [{{use: finder}}]",
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


# Plugins, observers, limits


def test_plugins_are_those_of_steps_and_observers_and_those_that_are_named(registry):
    text = "name: x\nplugins: [checks]\nobservers: [{use: metrics}]\nsteps: [{use: runner}]"
    pipeline = Pipeline.from_yaml(text, registry=registry)
    assert [plugin.name for plugin in pipeline.plugins] == ["checks", "metrics", "runner"]
    assert pipeline.checks == (TooShort, Elsewhere)


def test_plugins_of_the_command_line_are_as_if_the_file_named_them(registry, tmp_path):
    file = tmp_path / "p.yaml"
    file.write_text("name: x\nsteps: [{use: runner, with: {ignore: [too-short]}}]", encoding="utf-8")
    pipeline = Pipeline.load(file, registry=registry, plugins=["checks"])
    assert pipeline.checks == (TooShort, Elsewhere)
    with pytest.raises(PluginNotFoundError, match="unknown plugin 'cheks'; did you mean 'checks'"):
        Pipeline.load(file, registry=registry, plugins=["cheks"])


class RivalChecks:
    @copydesk.hookimpl
    def copydesk_check_prefixes(self):
        return ["TST"]


def test_two_plugins_that_claim_one_prefix(problems, registry, tmp_path):
    registry.add(RivalChecks(), name="rival")
    text = "name: x\nplugins: [checks, rival]\nsteps: [{use: runner}]\n"
    (problem,) = problems(text)
    assert problem.startswith("p.yaml:2:19: the checks of plugin 'checks'")
    assert "and of plugin 'rival' of registry.add both have codes that begin with TST" in problem
    file = tmp_path / "p.yaml"
    file.write_text("name: x\nplugins: [checks]\nsteps: [{use: runner}]\n", encoding="utf-8")
    with pytest.raises(PluginConflictError, match="codes that begin with TST"):
        Pipeline.load(file, registry=registry, plugins=["rival"])


def test_observers_have_settings(registry, problems):
    text = "name: x\nobservers:\n  - use: metrics\n    with: {{every: {}}}\nsteps: [{{use: runner}}]"
    (observer,) = Pipeline.from_yaml(text.format(3), registry=registry).observers
    assert (type(observer), observer.config) == (Metrics, MetricsConfig(every=3))
    assert problems(text.format(0)) == ["p.yaml:4:12: 'every' must be at least 1, not 0"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("observers: [{use: metrcs}]", "2:14: unknown observer 'metrcs'; did you mean 'metrics'?"),
        ("observers: [metrics]", "2:13: an observer is a mapping; write `use: metrics`"),
        ("observers: [{use: metrics, id: x}]", "2:28: unknown key 'id'; known: use, with"),
        ("observers: [{use: finder}]", "2:14: plugin 'finder' has no observers"),
        ("limits: {characters: 0}", "2:10: 'limits.characters' must be at least 1, not 0"),
        ("limits: {seconds: -1}", "2:10: 'limits.seconds' must be more than 0, not -1"),
        ("limits: {charcters: 5}", "2:10: unknown key 'charcters'; did you mean 'characters'?"),
        ("language: english", "2:1: 'language' must be a language's code: en, de"),
        ("without: [finder]", "2:1: 'without' leaves out steps of a pipeline that this one `extends`, and it extends none"),
    ],
)  # fmt: skip
def test_a_wrong_observer_limit_or_language(problems, text, expected):
    (problem,) = problems(f"name: x\n{text}\nsteps: [{{use: finder}}]")
    assert problem.startswith(f"p.yaml:{expected}")


def test_limits_and_language(registry):
    pipeline = Pipeline.from_yaml(
        "name: x\nlanguage: de\nlimits: {characters: 9, seconds: 0.5}\nsteps: [{use: finder}]", registry=registry
    )
    assert (pipeline.language, pipeline.limits) == ("de", Limits(characters=9, seconds=0.5))


# Settings of checks


def test_a_check_of_a_plugin_that_is_not_named_says_which(problems):
    for wanted in ("TST001", "too-short"):
        (problem,) = problems(f"name: x\nsteps:\n  - use: runner\n    with: {{also: [{wanted}]}}")
        assert (
            problem
            == f"p.yaml:4:19: also: the check '{wanted}' is of the plugin 'checks'; name it: `plugins: [checks]`"
        )


CHECKED = "name: x\nplugins: [checks]\nsteps:\n  - use: runner\n    with:\n"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("select: [too-shrt]", "6:16: select: there is no check 'too-shrt'; did you mean TST001 (too-short)?"),
        ("also: [TST001, XYZ]", "6:22: also: there is no check 'XYZ'"),
        ("ignore:\n        - TST002", "7:11: ignore: TST002 (elsewhere) is reported by `copydesk run`; `copydesk explain TST002` says"),
        ("ignore: [ATT901]", "6:16: ignore: ATT901 (checks-skipped) is reported by every step that runs checks"),
        ("severity: {too-long: info}", "6:18: severity: there is no check 'too-long'"),
        ("severity: {TST001: fatal}", "6:18: 'severity.TST001' must be 'error', 'warning' or 'info', not 'fatal'"),
        ("options: {TST01: {}}", "6:17: options: there is no check 'TST01'; did you mean TST001 (too-short)?"),
        ("options:\n        TST001:\n          at_least: -1", "8:11: TST001 (too-short): 'at_least' must be at least 0, not -1"),
        ("options: {too-short: {atleast: 3}}", "6:29: TST001 (too-short): unknown key 'atleast'; did you mean 'at_least'?"),
        ("options: {tst001: 3}", "6:17: 'options.tst001' must be a mapping, not 3"),
    ],
)  # fmt: skip
def test_a_wrong_setting_of_a_check_is_placed_where_it_stands(problems, settings, expected):
    (problem,) = problems(f"{CHECKED}      {settings}\n")
    assert problem.startswith(f"p.yaml:{expected}")


def test_all_wrong_settings_of_checks_are_said_at_once(problems):
    found = problems(
        f"{CHECKED}      select: [a, b]\n      options: {{TST001: {{at_least: -1, x: 1}}}}\n      severity: {{c: info}}\n"
    )
    assert [problem.split(": ")[0] for problem in found] == [
        "p.yaml:6:16", "p.yaml:6:19", "p.yaml:7:26", "p.yaml:7:40", "p.yaml:8:18",
    ]  # fmt: skip


def test_right_settings_of_checks(registry):
    settings = "      select: [tst001]\n      severity: {too-short: error}\n      options: {TST001: {at_least: 3}}\n"
    assert Pipeline.from_yaml(CHECKED + settings, registry=registry).steps[0].config.select == ("tst001",)


def test_no_check_is_said_to_be_missing_while_a_plugin_is(problems):
    """It may well be that one's."""
    assert problems("name: x\nplugins: [ghost]\nsteps: [{use: runner, with: {select: [TST001]}}]") == [
        "p.yaml:2:11: unknown plugin 'ghost'; known: checks, finder, metrics, quoter, runner, strict"
    ]


# Dicts


def test_a_dict_says_what_a_file_says(registry):
    said = {"name": "x", "steps": [{"use": "finder", "id": "a", "with": {"kinds": ("mixed",), "limit": 4}}]}
    pipeline = Pipeline.from_dict(said, registry=registry)
    assert pipeline.steps[0].config == Settings(kinds=["mixed"], limit=4)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"use": "findr"}, "<dict>.steps[0].use:1:1: unknown step 'findr'; did you mean 'finder'?"),
        ({"use": "finder", "with": {"limit": 1}}, "<dict>.steps[0].with.limit:1:1: 'limit' must be at least 2, not 1"),
        ({"use": "finder", "with": {"kinds": {"mixed"}}}, "<dict>.steps[0].with.kinds:1:1: {'mixed'} is nothing that"),
        ({"use": "finder", "with": {"weights": {"a": float("nan")}}}, "<dict>.steps[0].with.weights.a:1:1: nan is nothing"),
    ],
)  # fmt: skip
def test_problems_of_a_dict_say_where_in_it(registry, step, expected):
    with pytest.raises(InvalidPipelineError) as caught:
        Pipeline.from_dict({"name": "x", "steps": [step]}, registry=registry)
    assert str(caught.value.problems[0]).startswith(expected)


def test_a_dict_that_holds_itself(registry):
    said: dict[str, Any] = {"name": "x"}
    said["steps"] = [said]
    with pytest.raises(InvalidPipelineError, match="nested more than 50 levels deep"):
        Pipeline.from_dict(said, registry=registry)


# The shape of a step


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "name: x\nsteps:\n  - use: finder\n    with: [1]\n",
            "p.yaml:4:5: 'steps.0.with' must be a mapping, not a list",
        ),
        ("name: x\nsteps:\n  - {}\n", "p.yaml:3:5: 'steps.0.use' is missing"),
        ("name: x\nsteps:\n  - use: finder\n    wth: {}\n", "p.yaml:4:5: unknown key 'wth'; did you mean 'with'?"),
        (
            "name: x\nsteps:\n  - use: 'two words'\n",
            "p.yaml:3:5: 'steps.0.use' must be a plugin's name, or plugin.component where it has several",
        ),
        (
            "name: x\nsteps:\n  - use: a.b.c\n",
            "p.yaml:3:5: 'steps.0.use' must be a plugin's name, or plugin.component where it has several",
        ),
        (
            "name: x\nsteps:\n  - use: os:system\n",
            "p.yaml:3:5: 'steps.0.use' must be a plugin's name, or plugin.component where it has several",
        ),
        ("name: x\nsteps:\n  - use: 7\n", "p.yaml:3:5: 'steps.0.use' must be a text, not 7"),
        (
            "name: x\nsteps:\n  - use: finder\n    id: 'a b'\n",
            "p.yaml:4:5: 'steps.0.id' must be letters, digits, '_', '-' and '.'",
        ),
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
        "p.yaml:4:5: unknown key 'settings'; known: after, before, id, use, with"
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
