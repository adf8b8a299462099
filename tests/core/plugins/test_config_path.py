"""Files that settings name: where they are looked for, and what is said where there is none."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from pydantic import Field

from copydesk import Component, Config, ConfigPath, Pipeline, Registry
from copydesk.errors import InvalidPipelineError, StepError, UsageError


class Options(Config):
    """What a plugin validates in `setup`."""

    table: ConfigPath


class LookerConfig(Config):
    """Its settings."""

    table: ConfigPath | None = None
    more: tuple[ConfigPath, ...] = ()
    options: dict[str, str] = Field(default_factory=dict)
    any: dict[str, Any] = Field(default_factory=dict)


class Looker(Component[LookerConfig]):
    """Reads files."""

    name = "looker"

    def setup(self, context):
        SEEN.append(Options.model_validate(self.config.options) if self.config.options else None)

    def process(self, document):
        return []


SEEN: list[Options | None] = []


@pytest.fixture
def registry():
    registry = Registry(installed=False)
    registry.add(Looker)
    return registry


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a pipeline file to be and a table; the working directory is another one."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "table.yaml").write_text("- a", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return folder


def load(desk, registry, settings) -> Pipeline:
    file = desk / "p.yaml"
    file.write_text(f"name: p\nsteps:\n  - use: looker\n    with: {settings}\n", encoding="utf-8")
    return Pipeline.load(file, registry=registry)


def test_they_start_from_the_pipeline_file(desk, registry):
    config = load(desk, registry, "{table: table.yaml, more: [../desk/table.yaml]}").steps[0].config
    assert config.table.read_text(encoding="utf-8") == "- a"
    assert config.more[0].samefile(config.table)


def test_so_they_do_in_what_is_validated_in_setup(desk, registry):
    load(desk, registry, "{options: {table: table.yaml}}").open().close()
    assert SEEN[-1].table.samefile(desk / "table.yaml")


def test_an_absolute_path_is_what_it_says(desk, registry, tmp_path):
    path = tmp_path / "other.yaml"
    path.touch()
    assert load(desk, registry, f"{{table: {path}}}").steps[0].config.table == path


@pytest.mark.parametrize("name", ["nowhere.yaml", "a" * 5000, '"a\\0b"', "elsewhere/table.yaml"])
def test_a_file_that_is_not_there_is_a_problem_with_its_place(desk, registry, name):
    with pytest.raises(InvalidPipelineError) as caught:
        load(desk, registry, f"{{table: {name}}}")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (4, 12)
    assert "'table': there is no file" in problem.message


def test_the_message_says_where_it_was_looked_for(desk, registry):
    with pytest.raises(
        InvalidPipelineError, match=r"desk/no\.yaml; a relative path starts from the folder of the pipeline"
    ):
        load(desk, registry, "{table: no.yaml}")


def test_one_that_setup_misses_is_placed_at_its_step(desk, registry):
    with pytest.raises(StepError, match=r"p\.yaml:3\) cannot be set up(.|\n)*there is no file"):
        load(desk, registry, "{options: {table: no.yaml}}").open()


def test_in_python_they_start_from_the_working_directory(desk):
    with pytest.raises(UsageError, match=r"there is no file table\.yaml"):
        LookerConfig(table="table.yaml")
    Path("table.yaml").touch()
    pipeline = Pipeline([Looker(LookerConfig(table="table.yaml", options={"table": "table.yaml"}))])
    pipeline.open().close()
    assert pipeline.steps[0].config.table == SEEN[-1].table == Path("table.yaml")


def test_a_text_has_the_folder_that_it_is_given(desk, registry):
    text = "name: p\nsteps: [{use: looker, with: {table: table.yaml}}]"
    assert Pipeline.from_yaml(text, registry=registry, folder=desk).steps[0].config.table.exists()
    with pytest.raises(InvalidPipelineError, match=r"there is no file table\.yaml"):
        Pipeline.from_yaml(text, registry=registry)


def test_the_digest_of_a_configuration_is_of_what_files_say_and_not_of_where_they_lie(desk, tmp_path):
    twin = tmp_path / "elsewhere" / "table.yaml"
    twin.write_text("- a", encoding="utf-8")
    digest = Looker(LookerConfig(table=desk / "table.yaml")).config_digest()
    assert Looker(LookerConfig(table=twin)).config_digest() == digest
    twin.write_text("- b", encoding="utf-8")
    assert Looker(LookerConfig(table=twin)).config_digest() != digest


def test_listings_call_it_a_path(registry):
    from copydesk.plugins.listing import describe

    (component,) = describe(registry.load("looker"))["components"]
    assert {setting["name"]: setting["type"] for setting in component["config"]}["table"] == "Path | None"


class TestOfAnotherFile:
    """A value that a file takes from one that it extends starts from the folder of that one."""

    @pytest.fixture
    def heir(self, desk, tmp_path):
        """A file in another folder than the one that it extends, and the table."""
        (desk / "p.yaml").write_text(
            "name: p\nsteps:\n  - use: looker\n    with: {table: table.yaml, options: {table: table.yaml}, any: {table: table.yaml}}\n",
            encoding="utf-8",
        )
        file = tmp_path / "elsewhere" / "heir.yaml"
        file.write_text(
            "name: heir\nextends: ../desk/p.yaml\nsteps:\n  - use: looker\n    with: {more: [own.yaml]}\n",
            encoding="utf-8",
        )
        (tmp_path / "elsewhere" / "own.yaml").touch()
        return file

    def test_each_starts_from_its_own(self, heir, desk, registry):
        config = Pipeline.load(heir, registry=registry).steps[0].config
        assert config.table.samefile(desk / "table.yaml")
        assert config.more[0].samefile(heir.parent / "own.yaml")

    def test_also_where_the_component_looks_at_it_later(self, heir, desk, registry):
        config = Pipeline.load(heir, registry=registry).steps[0].config
        for again in (config, pickle.loads(pickle.dumps(config))):
            assert Options.model_validate(again.any).table.samefile(desk / "table.yaml")
            assert again.any == {"table": "table.yaml"}

    def test_one_that_is_not_there_is_a_problem_of_its_file(self, heir, desk, registry):
        (desk / "table.yaml").unlink()
        with pytest.raises(InvalidPipelineError) as caught:
            Pipeline.load(heir, registry=registry)
        (problem,) = caught.value.problems
        assert (Path(problem.path).resolve(), problem.line, problem.column) == (desk / "p.yaml", 4, 12)
