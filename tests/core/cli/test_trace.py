"""`copydesk trace`: an annotation's chain on the terminal."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from copydesk import Pipeline
from copydesk.cli import app


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("trace") / "a.jsonl"
    lines = [result.document.to_json_line() for result in Pipeline.load("numbers").pipe(["12 men left.", "They left."])]
    path.write_text("\n".join(lines) + "\n")
    return path


def call(*arguments):
    return CliRunner().invoke(app, ["trace", *map(str, arguments)])


@pytest.mark.parametrize("wanted", ["quantity:0-2", "quantity/quantity:0-2", "12"])
def test_maker_version_and_settings_are_shown(file, wanted):
    lines = call(file, wanted).stdout.splitlines()
    assert lines[1] == "quantity cardinal 0-2 “12”  id quantity:0-2"
    assert "  counted: men" in lines
    assert lines[-1].startswith("  made by: numbers, copydesk ")
    assert "; settings sha256:" in lines[-1]


def test_settings_are_shown_in_full_where_they_are_those_of_the_pipeline(file):
    assert '"dollar": "USD", ' in call(file, "12", "--pipeline", "numbers").stdout


def test_chain_is_a_line_of_json(file):
    (item,) = map(json.loads, call(file, "12", "--json").stdout.splitlines())
    assert item["made_by"]["use"] == "numbers"
    assert item["annotation"]["counted"] == [3, 6]


@pytest.mark.parametrize("options", [["13"], ["12", "--layer", "quote"], ["12", "--document", "other"]])
def test_what_is_not_there_is_refused(file, options):
    assert f"the annotation '{options[0]}' is not there" in str(call(file, *options).exception)


def test_a_line_that_cannot_be_read_is_told_by_exit_code_3(file, tmp_path):
    broken = tmp_path / "b.jsonl"
    broken.write_text(f"oops\n{file.read_text()}")
    done = call(broken, "12")
    assert done.exit_code == 3
    assert "b.jsonl:1" in done.stderr
    assert "made by" in done.stdout
