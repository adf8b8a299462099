"""The JSON Schema of documents: every document validates that copydesk writes, and others do not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from copydesk import Annotation, Document, ErrorRecord, Evidence, Finding, Pipeline, Quote, Registry, Span
from copydesk.errors import FormatError
from copydesk.schemas import document_schema

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
VALIDATOR = Draft202012Validator(document_schema())
GOOD = {"copydesk": 1, "id": "d", "text": "so LOUD", "metadata": {}, "layers": {}, "steps": [], "errors": []}
SHOUT = {"id": "s", "start": 3, "end": 7, "text": "LOUD", "step": "shouts"}


def faults(item):
    return [f"{'.'.join(map(str, error.path))}: {error.message}" for error in VALIDATOR.iter_errors(item)]


def test_it_is_a_schema():
    Draft202012Validator.check_schema(document_schema())


def test_the_command_prints_it(in_process):
    from typer.testing import CliRunner

    from copydesk.cli import app

    printed = CliRunner().invoke(app, ["schema", "document"]).stdout
    assert json.loads(printed) == document_schema()


class TestWhatCopydeskWrites:
    def test_an_empty_document(self):
        assert faults(Document("").to_json()) == []

    def test_errors_unknown_layers_and_unknown_keys(self):
        item = {
            **GOOD,
            "layers": {"howl": [{"id": "h", "start": 0, "end": 2, "volume": [11]}], "quote": []},
            "later": {"version": 2},
            "errors": [{"error": "E", "message": "m", "more": 1}],
            "steps": [{"id": "s", "use": "u", "more": 1}],
        }
        assert faults(Document.from_json(item).to_json()) == []

    def test_types_of_a_plugin(self):
        class Loud(Annotation):
            """Loud."""

            volume: int = 11

        document = Document("so LOUD").with_annotations([Loud(start=3, end=7)])
        assert faults(document.with_error(ErrorRecord(error="E", message="m")).to_json()) == []

    def test_nested_fields(self):
        document = Document("so LOUD").with_annotations(
            [
                Quote(start=0, end=7, kind="direct", content=(Span(0, 2), Span(3, 7))),
                Finding(
                    start=0, end=2, code="A", name="a", severity="info", message="m", evidence=(Evidence(start=0, end=1),)
                ),
            ]
        )  # fmt: skip
        assert faults(document.to_json()) == []

    @pytest.mark.parametrize("path", sorted(ROOT.glob("pipelines/*.yaml")), ids=lambda path: path.stem)
    def test_the_shipped_pipelines(self, path):
        """On the seeds, on hostile texts, and on articles where there are some."""
        pipeline = Pipeline.load(str(path), registry=Registry())
        texts = [seed.read_text(encoding="utf-8") for seed in ROOT.glob("seeds/*.txt")]
        texts += ["", "\0", "“", "😀 said “a\u2028b” e\u0301", "العربية 12 عبر", "BOOM " * 50]
        if data := os.environ.get("COPYDESK_DATA"):
            articles = sorted(Path(data, "data/polnear/train/text").glob("*.txt"))[:3]
            texts += [article.read_text(encoding="utf-8") for article in articles]
        for result in pipeline.pipe([Document(text, id=str(n)) for n, text in enumerate(texts)], on_error="record"):
            item = result.document.to_json()
            assert result.errors == ()
            assert faults(item) == []
            assert Document.from_json(json.loads(result.document.to_json_line())) == result.document

    def test_what_failed(self, run, shouting):
        ran = run(shouting, "-", "--from", "jsonl", stdin=b'{"text": "so LOUD"}\n{"text": "BOOM"}\nno\n{"id": "x"}\n')
        assert len(ran.documents) == 4
        assert [faults(document) for document in ran.documents] == [[]] * 4


class TestWhatIsNone:
    @pytest.mark.parametrize("key", GOOD)
    def test_every_key_is_needed(self, key):
        assert faults({name: value for name, value in GOOD.items() if name != key})

    @pytest.mark.parametrize(
        "part",
        [
            {"copydesk": 2},
            {"text": None},
            {"id": 7},
            {"metadata": []},
            {"layers": []},
            {"layers": {"shout": {}}},
            {"layers": {"shout": [{**SHOUT, "start": -1}]}},
            {"layers": {"shout": [{**SHOUT, "start": 1.5}]}},
            {"layers": {"shout": [{**SHOUT, "id": None}]}},
            {"layers": {"shout": [{key: value for key, value in SHOUT.items() if key != "end"}]}},
            {"layers": {"quote": [SHOUT]}},
            {"layers": {"section": [{**SHOUT, "kind": 7}]}},
            {"steps": [{"id": "s"}]},
            {"errors": [{"message": "m"}]},
        ],
        ids=json.dumps,
    )
    def test_each_part_is_checked(self, part):
        assert faults(GOOD) == []
        assert faults({**GOOD, **part})

    @pytest.mark.parametrize("part", [{"copydesk": 2}, {"metadata": []}, {"layers": []}, {"steps": [{"id": "s"}]}])
    def test_the_reader_agrees(self, part):
        with pytest.raises(FormatError):
            Document.from_json({**GOOD, **part})
