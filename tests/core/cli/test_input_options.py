"""`--map`, `--date`, `--lang`, settings of formats; the same in a pipeline file; and findings at places of the file."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from copydesk import Pipeline
from copydesk.errors import InvalidPipelineError

RECORD = '{"body": "It rained last week.", "published": "July 21, 2017"}\n'


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(**files):
        for name, content in files.items():
            (tmp_path / name.replace("_", ".")).write_text(content, encoding="utf-8")

    return write


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(in_process):
    """`copydesk run`, in this process."""

    def run(*arguments):
        done = in_process(*arguments)
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


def times(ran):
    return [item["timex"] for line in ran.out.splitlines() for item in json.loads(line)["layers"]["time_expression"]]


class TestOptions:
    def test_a_map_brings_text_and_date_to_the_steps(self, here, run):
        here(a_jsonl=RECORD)
        ran = run("numbers", "a.jsonl", "--map", "text=body,date=published", "--to", "jsonl")
        assert times(ran) == ["2017-W28"]
        assert "--map" not in ran.err

    def test_a_date_is_for_texts_that_say_none(self, here, run):
        here(a_txt="It rained last week.", b_txt="---\ndate: 2017-07-21\n---\nIt rained last week.")
        ran = run("numbers", "a.txt", "b.txt", "--date", "2018-07-20", "--lang", "en", "--to", "jsonl")
        assert times(ran) == ["2018-W28", "2017-W28"]
        assert json.loads(ran.out.splitlines()[0])["metadata"] == {"date": "2018-07-20", "lang": "en"}

    def test_what_readers_warn_of_is_shown_once(self, here, run):
        here(a_jsonl='{"text": "a", "published": "2017-07-21"}\n' * 3)
        ran = run("numbers", "a.jsonl", "--to", "jsonl")
        assert ran.err.count("the field 'published' may be it: --map date=published") == 1

    def test_a_setting_of_a_reader_and_of_a_writer(self, here, run):
        here(a_csv="id;text\n1;It cost 5 euros for 6 books.\n")
        ran = run("numbers", "a.csv", "--from-option", "csv.delimiter=;", "--to", "text", "--to-option", "rows=1")
        assert ran.code == 0
        assert "… and 1 more" in ran.out

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["--map", "body"], "--map is NAME=FIELD, as in --map text=body,date=published; what is 'body'?"),
            (["--date", "21/7/2017"], "--date: 'date': write the date as 2017-07-21"),
            (["--lang", "English"], "--lang: 'lang' must be a language's code: en, de"),
            (["--from-option", "map=x"], "of which format? Say --from, or write FORMAT.map=x"),
            (["--from-option", "csv.delimitr=;"], "csv: unknown key 'delimitr'; did you mean 'delimiter'?"),
            (["--from-option", "cvs.delimiter=;"], "unknown input format 'cvs'; did you mean 'csv'?"),
            (["--to", "text", "--to-option", "rows=0"], "text: 'rows' must be at least 1, not 0"),
            (["--to", "sarif", "--to-option", "x=1"], "sarif: unknown key 'x'"),
        ],
    )
    def test_what_cannot_be_meant(self, here, run, options, message):
        here(a_jsonl=RECORD)
        ran = run("numbers", "a.jsonl", *options)
        assert (ran.code, ran.out) == (2, "")
        assert message in ran.err

    def test_a_map_for_files_that_are_no_records(self, here, run):
        here(a_txt="a")
        assert "a map is for records" in run("numbers", "a.txt", "--map", "text=body").err


FILE = """\
name: mapped
extends: numbers
input:
  map: {text: body}
  date: 2017-07-21
  options:
    csv: {delimiter: ";"}
output:
  to: csv
  options:
    csv: {layer: time_expression}
"""


class TestPipelineFiles:
    def test_input_and_output_are_part_of_the_pipeline(self, here, run):
        here(mapped_yaml=FILE, a_csv="id;body\n1;It rained last week.\n")
        ran = run("./mapped.yaml", "a.csv")
        assert ran.out.splitlines()[1].split(",")[:8] == [
            "1",
            "time_expression:10-19",
            "10",
            "19",
            "last week",
            "numbers",
            "date",
            "2017-W28",
        ]

    def test_the_command_line_is_laid_over_the_file(self, here, run):
        here(mapped_yaml=FILE, a_csv="id,body\n1,It rained last week.\n")
        ran = run("./mapped.yaml", "a.csv", "--from-option", "csv.delimiter=,", "--date", "2018-07-20", "--to", "jsonl")
        assert times(ran) == ["2018-W28"]

    def test_they_are_written_compared_and_part_of_the_digest(self):
        pipeline = Pipeline.from_yaml(FILE)
        assert Pipeline.from_dict(pipeline.to_dict()) == pipeline
        assert pipeline.to_dict()["input"]["map"] == {"text": "body"}
        assert pipeline.digest != Pipeline.load("numbers").digest

    def test_a_file_that_extends_changes_them_key_by_key(self, here):
        here(mapped_yaml=FILE, more_yaml="name: more\nextends: ./mapped.yaml\ninput:\n  date: 2018-07-20\n")
        spec = Pipeline.load("./more.yaml").input
        assert (spec.date, spec.map) == ("2018-07-20", {"text": "body"})

    @pytest.mark.parametrize(
        ("said", "problem"),
        [
            ("input:\n  from: jsnl\n", "4:3: there is no format 'jsnl'; did you mean 'jsonl'?"),
            ("input:\n  options:\n    cvs: {}\n", "5:5: there is no format 'cvs'; did you mean 'csv'?"),
            ("input:\n  options:\n    csv: {delimitr: a}\n", "5:11: unknown key 'delimitr'; did you mean 'delimiter'?"),
            ("input:\n  date: yesterday\n", "4:3: 'input.date': write the date as 2017-07-21"),
            ("output:\n  options:\n    text: {rows: 0}\n", "5:12: 'rows' must be at least 1, not 0"),
        ],
    )
    def test_problems_have_places(self, said, problem):
        with pytest.raises(InvalidPipelineError) as caught:
            Pipeline.from_yaml(f"name: a\nextends: numbers\n{said}")
        assert f"<string>:{problem}" in str(caught.value)


MARKED = "---\ntitle: Storm\n---\n# Storm\n\n> It is a **[WARNING](http://x.org)**\n> now.\n"
PAGE = "<html>\n<body><p>It is a\n <b title='>'>WARNING</b> &amp; more.\n"


class TestPlacesOfFindings:
    @pytest.mark.parametrize(("name", "content", "line", "column"), [("a_md", MARKED, 6, 14), ("a_html", PAGE, 3, 15)])
    def test_findings_stand_in_the_file_with_its_markup(self, here, run, shouting, name, content, line, column):
        here(**{name: content})
        file = name.replace("_", ".")
        annotations = run(shouting, file, "--to", "github").out
        assert f"::warning file={file},line={line},endLine={line},col={column},endColumn={column + 6}," in annotations

    def test_and_so_they_do_after_a_run_into_lines_of_json(self, here, run, shouting):
        here(a_md=MARKED)
        run(shouting, "a.md", "-o", "out.jsonl")
        [result] = json.loads(run(shouting, "out.jsonl", "--to", "sarif").out)["runs"][0]["results"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "a.md"
        assert place["region"] == {
            "startLine": 6,
            "startColumn": 14,
            "endLine": 6,
            "endColumn": 21,
            "snippet": {"text": "WARNING"},
        }
