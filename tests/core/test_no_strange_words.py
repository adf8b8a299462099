"""Pydantic's words and links reach no user: at each edge the message is in ours."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import Field

from copydesk import (
    Annotation,
    Component,
    Config,
    Document,
    Limits,
    Observer,
    Pipeline,
    Quote,
    Registry,
    read_baseline,
    read_suppressions,
)
from copydesk.errors import CopydeskError, UsageError
from copydesk.formats.jsonl import JsonLinesReader
from copydesk.lsp.analysis import Settings
from copydesk.plugins.reader import Source

STRANGE = re.compile(
    r"pydantic|validation error|Field required|Input should|should have at (least|most)|should be a|should match"
    r"|instance of|Extra inputs|not permitted|type=|input_value|Spec\b"
)


class Note(Annotation):
    """A note."""

    level: int = Field(ge=0)


class NoteConfig(Config):
    """Settings."""

    words: tuple[str, ...] = Field((), description="Words.")
    most: int = Field(3, ge=1, description="How many.")


class Notes(Component[NoteConfig]):
    """Makes a note that is none."""

    name = "notes"
    provides = (Note,)

    def process(self, document):
        return [Note.model_validate({"start": 0, "end": 0, "level": document.text})]


class NeedyConfig(Config):
    """Settings."""

    where: str = Field(description="Where to.")


class Needy(Observer[NeedyConfig]):
    """Needs a place."""

    name = "needy"


def said(run) -> str:
    with pytest.raises(CopydeskError) as caught:
        run()
    return str(caught.value)


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("- reason: x\n", "1:3: 'fingerprint' is missing"),
            ("- {fingerprint: '', reason: x}\n", "1:4: 'fingerprint' must not be empty"),
            ("- {fingerprint: 7, reason: x}\n", "1:4: 'fingerprint' must be a text, not 7"),
            ("- {fingerprint: a, reason: x, documnt: z}\n", "1:31: unknown key 'documnt'; did you mean 'document'?"),
            ("- just words\n", "1:3: an entry must be a mapping, not 'just words'"),
            ("fingerprint: a\n", "1:1: this must be a list, not a mapping"),
        ],
    )
    def test_of_suppressions(self, tmp_path, text, expected):
        path = written(tmp_path / "s.yaml", text)
        message = said(lambda: read_suppressions(path))
        assert message.startswith(f"{path}:{expected}")
        assert message.endswith("; an entry has a fingerprint and a reason")
        assert not STRANGE.search(message.replace(str(path), ""))

    def test_of_suppressions_on_the_command_line(self, tmp_path):
        path = written(tmp_path / "s.yaml", "- reason: ''\n")
        command = [Path(sys.executable).with_name("copydesk"), "run", "numbers", "-", "--suppressions", str(path)]
        done = subprocess.run(command, input="Two men.", capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "'fingerprint' is missing" in done.stderr
        assert "'reason' must not be empty" in done.stderr
        assert not STRANGE.search(done.stderr)

    @pytest.mark.parametrize("line", ["{}", "[1]", '{"document": 1, "findings": {"a": "b"}}', "7"])
    def test_of_baselines(self, tmp_path, line):
        path = written(tmp_path / "b.jsonl", line + "\n")
        assert not STRANGE.search(said(lambda: read_baseline(path)))

    @pytest.mark.parametrize(
        "text",
        [
            "{name: '', steps: [{use: notes}]}",
            "{name: x, steps: [{use: notes, with: {most: 0, words: 3, wrods: 1}}]}",
            "{name: x, limits: {seconds: -1, characters: many}, steps: [{use: notes}]}",
            "{name: x, observers: [{use: seven.eight.nine}, 7], given: [7], steps: [{id: 3}, 7]}",
            "{steps: 3}",
            "[]",
        ],
    )
    def test_of_pipelines(self, text):
        registry = Registry(installed=False)
        registry.add(Notes)
        assert not STRANGE.search(said(lambda: Pipeline.from_yaml(text, registry=registry)))

    @pytest.mark.parametrize(
        "changes",
        [
            {"steps": [{"id": 3}]},
            {"steps": [{}]},
            {"steps": 7},
            {"errors": [{"error": "E", "message": ["m"]}]},
            {"layers": {"quote": [{"id": "a", "start": 0, "end": 1, "kind": 7}]}},
            {"layers": {"quote": [{"id": "a", "start": 0, "end": 1}]}},
        ],
    )
    def test_of_documents(self, changes):
        item = {"copydesk": 1, "text": "a text", **changes}
        message = said(lambda: Document.from_json(item)[Quote])
        assert not STRANGE.search(message)
        [read] = JsonLinesReader().read(Source(io.BytesIO(json.dumps(item).encode()), "a.jsonl", "a.jsonl"))
        message = str(read) if isinstance(read, CopydeskError) else said(lambda: read[Quote])
        assert not STRANGE.search(message)


class TestPython:
    @pytest.mark.parametrize(
        ("limit", "expected"),
        [
            ({"seconds": -1}, "the limit 'seconds' must be more than 0, not -1"),
            ({"characters": 0}, "the limit 'characters' must be at least 1, not 0"),
            ({"annotations": "many"}, "the limit 'annotations' must be a whole number, not 'many'"),
        ],
    )
    def test_limits(self, limit, expected):
        assert said(lambda: Limits(**limit)) == expected

    def test_settings_that_are_missing(self):
        assert not STRANGE.search(said(Needy))

    def test_what_a_step_makes_of_a_text(self):
        message = said(lambda: Pipeline([Notes()])("many"))
        assert "Note is not valid: 'level' must be a whole number, not 'many'" in message
        assert not STRANGE.search(message)


@pytest.mark.parametrize(
    "given", [{"pipeline": 7}, {"pipeline": ["a"]}, {"baseline": {"a": 1}}, {"suppressions": 3.5}, {"other": 1}, 7]
)
def test_settings_of_an_editor(given):
    with pytest.raises(UsageError) as caught:
        Settings().changed(given, Path())
    assert not STRANGE.search(str(caught.value))
