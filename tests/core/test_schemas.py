"""JSON Schemas: they say of a file what the checker says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import jsonschema
import pytest
import yaml
from pydantic import Field

import copydesk
from copydesk import Check, ChecksConfig, Component, Config, Document, Entity, Observer, Pipeline, Registry
from copydesk.errors import InvalidPipelineError
from copydesk.model.records import ErrorRecord, StepRecord
from copydesk.model.vocabulary import VOCABULARY
from copydesk.pipeline.finding import shipped_pipelines
from copydesk.schemas import document_schema, pipeline_schema


class FinderConfig(Config):
    """Its settings."""

    limit: int = Field(3, ge=2, description="How many.")
    kinds: tuple[Literal["direct", "mixed"], ...] = Field(("direct",), description="Which.")
    as_: bool = Field(default=False, alias="as", description="Spelt otherwise.")


class Finder(Component[FinderConfig]):
    """Finds entities."""

    name = "finder"
    provides = (Entity,)

    def process(self, document):
        return []


class StrictConfig(Config):
    """Its settings."""

    number: int = Field(description="Any.")


class Strict(Component[StrictConfig]):
    """Has a setting that must be given."""

    name = "strict"

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


class MetricsConfig(Config):
    """Its settings."""

    every: int = Field(1, ge=1, description="How often.")


class Metrics(Observer[MetricsConfig]):
    """Counts."""

    name = "metrics"


class Desk:
    @copydesk.hookimpl
    def copydesk_checks(self):
        return [TooShort, Elsewhere]

    @copydesk.hookimpl
    def copydesk_check_prefixes(self):
        return ["TST"]

    @copydesk.hookimpl
    def copydesk_observers(self):
        return [Metrics]


@pytest.fixture
def registry() -> Registry:
    registry = Registry(installed=False)
    for component in (Finder, Strict, Runner):
        registry.add(component)
    registry.add(Desk(), name="desk")
    return registry


def accepts(schema: dict, value: object) -> bool:
    return jsonschema.Draft202012Validator(schema).is_valid(value)


def builds(registry: Registry, text: str) -> bool:
    try:
        Pipeline.from_yaml(text, registry=registry)
    except InvalidPipelineError:
        return False
    return True


STEPS = {
    "use: finder": True,
    "use: finder.finder": True,
    "{use: finder, id: again}": True,
    "{use: finder, with: {}}": True,
    "{use: finder, with: {limit: 5, kinds: [mixed], as: true}}": True,
    "{use: strict, with: {number: 1}}": True,
    "use: fnder": False,
    "use: finder.other": False,
    "use: 7": False,
    "finder": False,
    "{}": False,
    "{use: finder, wth: {}}": False,
    "{use: finder, settings: {limit: 5}}": False,
    "{use: finder, id: 'two words'}": False,
    "{use: finder, with: [limit]}": False,
    "{use: finder, with: {limit: 1}}": False,
    "{use: finder, with: {limit: many}}": False,
    "{use: finder, with: {limti: 5}}": False,
    "{use: finder, with: {as_: true}}": False,
    "{use: finder, with: {kinds: [wrong]}}": False,
    "use: strict": False,
    "{use: strict, with: {}}": False,
    "{use: strict, with: null}": False,
    "{use: finder, with: null}": True,
    "{use: finder, before: other}": False,
    "{use: finder, after: other}": False,
}

CHECKED = {
    "{select: null}": True,
    "{select: [TST001], also: [too-short], ignore: []}": True,
    "{severity: {TST001: error}, options: {too-short: {at_least: 3}}}": True,
    "{options: {TST001: {}}}": True,
    "{select: TST001}": False,
    "{select: [TST01]}": False,
    "{also: [too-shrt]}": False,
    "{ignore: [TST002]}": False,
    "{severity: {TST01: error}}": False,
    "{severity: {TST001: fatal}}": False,
    "{options: {TST01: {}}}": False,
    "{options: {TST001: {atleast: 3}}}": False,
    "{options: {too-short: {at_least: -1}}}": False,
}


@pytest.mark.parametrize("settings", CHECKED)
def test_schema_and_checker_agree_on_settings_of_checks(registry, settings):
    text = f"name: x\nplugins: [desk]\nsteps: [{{use: runner, with: {settings}}}]"
    assert builds(registry, text) is CHECKED[settings]
    assert accepts(pipeline_schema(registry), yaml.safe_load(text)) is CHECKED[settings]


FORMATS = {
    "input: {from: csv, options: {csv: {delimiter: ;}}}": True,
    "input: {from: null, map: {text: body}, options: {csv: {}}}": True,
    "output: {to: text, options: {text: {rows: 100}}}": True,
    "input: {from: text-file}": False,
    "input: {from: sarif}": False,
    "input: {options: {cvs: {}}}": False,
    "input: {options: {csv: {delimeter: ;}}}": False,
    "input: {options: {csv: null}}": False,
    "input: {options: [csv]}": False,
    "output: {to: docx}": False,
    "output: {options: {text: {rows: many}}}": False,
    "output: {options: {text: {row: 100}}}": False,
}


@pytest.mark.parametrize("section", FORMATS)
def test_schema_and_checker_agree_on_formats(registry, section):
    text = f"name: x\n{section}\nsteps: [{{use: finder}}]"
    assert builds(registry, text) is FORMATS[section]
    assert accepts(pipeline_schema(registry), yaml.safe_load(text)) is FORMATS[section]


def test_two_plugins_that_claim_one_format_cost_no_pipeline_its_schema(registry):
    class Mine(copydesk.Reader):
        """Reads."""

        name = "csv"
        suffixes = (".mine",)

        def read(self, source):
            return iter(())

    class Rival:
        @copydesk.hookimpl
        def copydesk_readers(self):
            return [Mine]

    registry.add(Rival(), name="rival")
    assert accepts(pipeline_schema(registry), yaml.safe_load("name: x\nsteps: [{use: finder}]"))


@pytest.mark.parametrize("step", STEPS)
def test_schema_and_checker_agree_on_steps(registry, step):
    text = f"name: x\nsteps: [{step if step.startswith('{') or ':' not in step else '{' + step + '}'}]"
    assert builds(registry, text) is STEPS[step]
    assert accepts(pipeline_schema(registry), yaml.safe_load(text)) is STEPS[step]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("{name: x, description: d, model: 'blank:en', plugins: [finder], steps: [{use: finder}]}", True),
        ("{steps: [{use: finder}]}", False),
        ("{name: x}", False),
        ("{name: x, steps: []}", False),
        ("{name: '', steps: [{use: finder}]}", False),
        ("{name: x, colour: red, steps: [{use: finder}]}", False),
        ("{name: x, plugins: finder, steps: [{use: finder}]}", False),
        ("{name: x, plugins: [ghost], steps: [{use: finder}]}", False),
        ("{name: x, language: de, given: [quote, acme.cue], steps: [{use: finder}]}", True),
        ("{name: x, language: german, steps: [{use: finder}]}", False),
        ("{name: x, given: [a.b.c], steps: [{use: finder}]}", False),
        ("{name: x, given: quote, steps: [{use: finder}]}", False),
        ("{name: x, limits: {characters: 5, seconds: 0.5, annotations: null}, steps: [{use: finder}]}", True),
        ("{name: x, limits: {characters: 0}, steps: [{use: finder}]}", False),
        ("{name: x, limits: {minutes: 1}, steps: [{use: finder}]}", False),
        ("{name: x, observers: [{use: desk}, {use: desk.metrics, with: {every: 2}}], steps: [{use: finder}]}", True),
        ("{name: x, observers: [{use: finder}], steps: [{use: finder}]}", False),
        ("{name: x, observers: [{use: desk, with: {every: 0}}], steps: [{use: finder}]}", False),
        ("{name: x, observers: [{use: desk, id: x}], steps: [{use: finder}]}", False),
        ("{name: x, without: [finder], steps: [{use: finder}]}", False),
        ("{name: x, extends: numbrs}", False),
        ("{name: x, extends: ''}", False),
        ("{name: x, extends: numbers, without: numbers}", False),
        ("[]", False),
        ("null", False),
    ],
)
def test_schema_and_checker_agree_on_files(registry, text, good):
    assert builds(registry, text) is good
    assert accepts(pipeline_schema(registry), yaml.safe_load(text)) is good


def test_a_file_that_extends_another_says_only_what_changes(registry, tmp_path):
    """A setting that must be given may stand in the other file."""
    base = tmp_path / "base.yaml"
    base.write_text("name: base\nsteps: [{use: strict, with: {number: 1}}]", encoding="utf-8")
    text = f"name: x\nextends: {base}\nsteps: [{{use: strict, with: {{}}}}, {{use: finder, before: strict}}]"
    assert builds(registry, text)
    assert accepts(pipeline_schema(registry), yaml.safe_load(text))
    assert accepts(pipeline_schema(registry), {"name": "x", "extends": "newsroom"})
    wrong = f"name: x\nextends: {base}\nsteps: [{{use: strict, with: {{nmber: 2}}}}]"
    assert not builds(registry, wrong)
    assert not accepts(pipeline_schema(registry), yaml.safe_load(wrong))


@pytest.mark.parametrize("installed", [True, False])
def test_the_schema_is_a_schema(installed):
    """Also where no plugin is there, or none can be loaded."""
    jsonschema.Draft202012Validator.check_schema(pipeline_schema(Registry(installed=installed)))


def test_descriptions_and_defaults_reach_the_editor(registry):
    schema = pipeline_schema(registry)
    assert schema["title"] == "copydesk pipeline"
    (finder,) = [kind for kind in schema["properties"]["steps"]["items"]["oneOf"] if kind["title"] == "finder"]
    assert finder["description"] == "Finds entities."
    limit = finder["properties"]["with"]["properties"]["limit"]
    assert (limit["description"], limit["default"], limit["minimum"]) == ("How many.", 3, 2)


def test_checks_and_their_options_reach_the_editor(registry):
    schema = pipeline_schema(registry)
    (runner,) = [kind for kind in schema["properties"]["steps"]["items"]["oneOf"] if kind["title"] == "runner"]
    settings = runner["properties"]["with"]["properties"]
    assert settings["also"]["items"]["enum"] == ["TST001", "too-short", "TST", "TST0", "TST00"]
    options = settings["options"]["properties"]["too-short"]
    assert options["description"] == "The text is too short."
    at_least = schema["$defs"][options["$ref"].rpartition("/")[2]]["properties"]["at_least"]
    assert at_least["description"] == "How long a text must be."


def test_a_plugin_that_cannot_be_loaded_has_no_part_in_it(distribution):
    distribution("acme-broken", {"broken": "acme_broken"}, {"acme_broken": "1 / 0"})
    schema = pipeline_schema(Registry())
    assert "broken" not in schema["properties"]["steps"]["items"]["properties"]["use"]["enum"]


def test_a_setting_that_no_schema_can_say_costs_only_its_own_step(registry):
    class OddConfig(Config):
        """Its settings."""

        hook: Callable[[str], str] = Field(str.upper, description="A function.")

    class Odd(Component[OddConfig]):
        """Has a setting that JSON Schema has no words for."""

        name = "odd"

        def process(self, document):
            return []

    registry.add(Odd)
    schema = pipeline_schema(registry)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert accepts(schema, {"name": "x", "steps": [{"use": "odd"}]})
    assert not accepts(schema, {"name": "x", "steps": [{"use": "finder", "with": {"limit": 1}}]})


def test_settings_are_those_of_the_component_that_is_used(registry):
    schema = pipeline_schema(registry)
    assert accepts(schema, {"name": "x", "steps": [{"use": "finder"}, {"use": "strict", "with": {"number": 1}}]})
    assert not accepts(schema, {"name": "x", "steps": [{"use": "finder", "with": {"number": 1}}]})


def test_several_components_are_named_with_their_plugin():
    registry = Registry(installed=False)

    class Pair:
        @copydesk.hookimpl
        def copydesk_components(self):
            return [Finder, Strict]

    registry.add(Pair(), name="pair")
    names = pipeline_schema(registry)["properties"]["steps"]["items"]["properties"]["use"]["enum"]
    assert {"pair.finder", "pair.strict"} <= set(names)
    assert "pair" not in names


# What ships, with the plugins that are installed


@pytest.fixture(scope="module")
def installed_schema() -> dict:
    return pipeline_schema(Registry())


@pytest.mark.parametrize("name", sorted(shipped_pipelines()))
def test_a_shipped_pipeline_is_valid_by_schema_and_by_checker(installed_schema, name):
    path = shipped_pipelines()[name]
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), installed_schema)
    assert Pipeline.load(name).name == name


@pytest.mark.parametrize("name", sorted(shipped_pipelines()))
def test_every_step_of_a_shipped_pipeline_refuses_an_unknown_setting(installed_schema, name):
    data = yaml.safe_load(shipped_pipelines()[name].read_text(encoding="utf-8"))
    for step in data["steps"]:
        wrong = {**data, "steps": [{**step, "with": {"no-such-setting": 1}}]}
        assert not accepts(installed_schema, wrong)


# Documents


def test_the_schema_of_documents_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(document_schema())


def test_every_type_of_the_vocabulary_has_its_layer():
    assert set(document_schema()["properties"]["layers"]["properties"]) == {kind.layer for kind in VOCABULARY}


def test_a_document_is_valid_by_its_schema():
    entity = Entity(start=0, end=5, label="LOC", name="Paris")
    document = (
        Document("Paris.", id="x", metadata={"title": "t"})
        .with_annotations(
            [entity], step=StepRecord(id="e", use="e", settings="sha256:0", removed=2), provides=(Entity,)
        )
        .with_error(ErrorRecord(error="StepError", message="m", step="s", path="p", line=1))
    )
    jsonschema.validate(document.to_json(), document_schema())
    jsonschema.validate(Document("").to_json(), document_schema())


@pytest.mark.parametrize(
    "change",
    [
        {"copydesk": 2},
        {"text": None},
        {"layers": []},
        {"layers": {"entity": [{"id": "entity:0-5", "start": 0, "end": 5}]}},
        {"layers": {"other": [{"start": 0, "end": 5}]}},
        {"layers": {"other": [{"id": "a", "start": -1, "end": 5}]}},
        {"errors": [{"error": "E"}]},
    ],
)
def test_what_is_no_document_is_refused(change):
    assert not accepts(document_schema(), {**Document("Paris.").to_json(), **change})


def test_a_layer_of_an_unknown_type_is_valid():
    unknown = {"id": "shout:0-5", "start": 0, "end": 5, "text": "Paris", "step": None, "loudness": 3}
    assert accepts(document_schema(), {**Document("Paris.").to_json(), "layers": {"shout": [unknown]}})
