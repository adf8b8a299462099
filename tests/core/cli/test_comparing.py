"""`copydesk diff` and `copydesk evaluate`: what they print, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from copydesk.cli import app


def entity(text, words, label):
    start = text.index(words)
    return {"id": words, "start": start, "end": start + len(words), "label": label, "name": words}


def line(id, text, **labels):
    layers = {"entity": [entity(text, words, label) for words, label in labels.items()]}
    return json.dumps({"id": id, "text": text, "layers": layers}) + "\n"


@pytest.fixture
def files(tmp_path):
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(line("1", "Ann left.", Ann="PERSON") + line("2", "Bob left.", Bob="PERSON"))
    second.write_text(line("1", "Ann left.", Ann="PERSON") + line("2", "Bob left.", Bob="ORG", left="ORG"))
    return str(first), str(second)


def call(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_equal_files_are_told_by_exit_code_0(files):
    done = call("diff", files[0], files[0])
    assert (done.exit_code, done.stdout) == (0, "documents: 2 same\n")


def test_differences_are_told_by_exit_code_1(files):
    done = call("diff", *files)
    assert done.exit_code == 1
    assert "  ~ entity ORG 0-3 “Bob”; label: PERSON → ORG\n  + entity ORG 4-8 “left”\n" in done.stdout
    assert "documents: 1 same, 1 changed\n" in done.stdout


def test_differences_are_lines_of_json(files):
    (difference,) = map(json.loads, call("diff", *files, "--json").stdout.splitlines())
    assert difference["id"] == "2"
    assert [each["change"] for each in difference["annotations"]] == ["changed", "added"]
    assert difference["annotations"][0]["fields"] == {"label": ["PERSON", "ORG"]}


@pytest.mark.parametrize("command", ["diff", "evaluate"])
def test_a_line_that_cannot_be_read_is_told_by_exit_code_3(files, command):
    broken = Path(files[1])
    broken.write_text(f"{broken.read_text()}oops\n")
    done = call(command, *files)
    assert done.exit_code == 3
    assert "b.jsonl:3: this is not JSON" in done.stderr


def test_scores_and_mistakes_are_shown(files):
    done = call("evaluate", *files)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "2:0-3: wrong entity PERSON “Bob”; label: PERSON → ORG"
    assert lines[1] == "2:4-8: spurious entity ORG “left”"
    assert "entity       0.333     0.500     0.400         1         1         2" in lines


@pytest.mark.parametrize("mistakes", ["--mistakes", "--no-mistakes"])
def test_scores_are_one_json_object(files, mistakes):
    result = json.loads(call("evaluate", *files, "--json", mistakes).stdout)
    assert result["layers"]["entity"]["total"]["f1"] == pytest.approx(0.4)
    assert len(result.get("mistakes", ())) == (2 if mistakes == "--mistakes" else 0)


@pytest.mark.parametrize(("least", "code"), [("0.4", 0), ("0.5", 1)])
def test_a_score_below_the_least_is_told_by_exit_code_1(files, least, code):
    assert call("evaluate", *files, "--fail-under", least).exit_code == code
