"""SARIF and GitHub annotations."""

from __future__ import annotations

import io
import json

import pytest

from copydesk import Check, Document, Evidence, Finding
from copydesk.errors import TextError
from copydesk.findings import passed_over
from copydesk.formats.concise import ConciseWriter
from copydesk.formats.findings_view import FindingsWriter
from copydesk.formats.github import GithubWriter
from copydesk.formats.sarif import SarifWriter
from copydesk.model.records import ErrorRecord
from copydesk.model.result import Result

TEXT = "Head 🙂 line\nIt rained, Lee said.\nMayor Ann Lee left.\n"


def finding(start, end, severity="warning", evidence=(), message="Too late."):
    return Finding(
        start=start,
        end=end,
        id=Finding.make_id(start, end, "ATT202"),
        code="ATT202",
        name="introduced-too-late",
        severity=severity,
        message=message,
        evidence=evidence,
        fingerprint="aa11",
    )


def story(*findings, id="stories/a b.txt", text=TEXT):
    return Document(text, id=id).with_annotations(findings, provides=[Finding])


def write(writer_class, *documents):
    stream = io.StringIO()
    writer = writer_class(stream)
    writer.start()
    for document in documents:
        errors = tuple(TextError(record.message) for record in document.errors)
        writer.write(Result(document, errors, {}))
    writer.finish()
    return stream.getvalue()


def log(*documents):
    return json.loads(write(SarifWriter, *documents))


class TestSarif:
    AT = TEXT.index("Lee")
    LATER = TEXT.index("Ann Lee")

    def test_a_finding_is_a_result_with_its_evidence_and_fingerprint(self):
        found = story(
            finding(
                self.AT, self.AT + 3, evidence=(Evidence(start=self.LATER, end=self.LATER + 7, note="introduced here"),)
            )
        )
        [run] = log(found)["runs"]
        [result] = run["results"]
        assert result["ruleId"] == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "ATT202"
        assert result["level"] == "warning"
        assert result["partialFingerprints"] == {"copydesk/v1": "aa11"}
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"], region["endColumn"]) == (2, 12, 15)
        assert region["snippet"] == {"text": "Lee"}
        [related] = result["relatedLocations"]
        assert related["message"] == {"text": "introduced here"}
        assert related["physicalLocation"]["region"]["startLine"] == 3

    def test_columns_count_code_points_and_paths_are_uris(self):
        [run] = log(story(finding(7, 11)))["runs"]
        assert run["columnKind"] == "unicodeCodePoints"
        place = run["results"][0]["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "stories/a%20b.txt"
        assert place["region"]["startColumn"] == 8

    @pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "note")])
    def test_severities(self, severity, level):
        assert log(story(finding(0, 4, severity)))["runs"][0]["results"][0]["level"] == level

    def test_what_the_run_passed_over_is_suppressed(self):
        text = "<!-- copydesk: ignore[ATT202] Known. -->\nLee said no.\n"
        at = text.index("Lee")
        stream = io.StringIO()
        writer = SarifWriter(stream)
        writer.start()
        document, suppressed = passed_over(story(finding(at, at + 3), text=text))
        writer.write(Result(document, (), {}, suppressed))
        writer.finish()
        [result] = json.loads(stream.getvalue())["runs"][0]["results"]
        assert result["suppressions"] == [{"kind": "inSource", "justification": "Known."}]

    def test_errors_are_notifications(self):
        broken = story().with_error(ErrorRecord(error="TextError", message="not UTF-8"))
        [invocation] = log(broken)["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is False
        assert invocation["toolExecutionNotifications"][0]["message"] == {"text": "not UTF-8"}

    def test_several_documents_make_one_log_and_none_an_empty_one(self):
        whole = log(story(finding(0, 4)), story(finding(0, 4), id="b"))
        assert whole["version"] == "2.1.0"
        assert len(whole["runs"]) == 1
        assert len(whole["runs"][0]["results"]) == 2
        assert log()["runs"][0]["results"] == []


class TestGithub:
    def test_a_finding_is_an_annotation(self):
        assert write(GithubWriter, story(finding(TestSarif.AT, TestSarif.AT + 3))) == (
            "::warning file=stories/a b.txt,line=2,endLine=2,col=12,endColumn=14,"
            "title=ATT202 introduced-too-late::Too late.\n"
        )

    def test_marks_of_the_format_are_escaped(self):
        text = write(GithubWriter, story(finding(0, 4, message="100%:\nnew\r\x1b[31m"), id="a,b:c%.txt"))
        assert text.count("\n") == 1
        assert "file=a%2Cb%3Ac%25.txt," in text
        assert text.endswith("::100%25:%0Anew%0D\ufffd[31m\n")

    def test_a_finding_over_lines_has_no_end_column(self):
        assert "endColumn" not in write(GithubWriter, story(finding(0, 20)))

    def test_severities_and_errors(self):
        broken = story(finding(0, 4, "info"), finding(5, 6, "error")).with_error(
            ErrorRecord(error="StepError", message="x")
        )
        assert [line.split(" ")[0] for line in write(GithubWriter, broken).splitlines()] == [
            "::notice",
            "::error",
            "::error",
        ]


class Late(Check):
    """A name comes too late.

    It reports surnames.

    ## Why

    Readers ask.
    """

    code = "ATT202"
    name = "introduced-too-late"
    severity = "error"

    def check(self, document):
        return ()


def test_a_rule_that_the_pipeline_knows_is_described_whole():
    stream = io.StringIO()
    writer = SarifWriter(stream)
    writer.checks = (Late,)
    writer.start()
    writer.write(Result(story(finding(0, 4)), (), {}))
    writer.finish()
    [rule] = json.loads(stream.getvalue())["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"] == {"text": "A name comes too late."}
    assert rule["fullDescription"] == {"text": "A name comes too late.\n\nIt reports surnames."}
    assert rule["help"]["markdown"] == Late.page()
    assert rule["defaultConfiguration"] == {"enabled": False, "level": "error"}
    assert rule["properties"] == {"tags": ["error", "preview"]}


class TestConcise:
    def test_a_line_for_each_finding_and_a_sum_for_each_check(self):
        at = TEXT.index("Lee")
        two = story(finding(at, at + 3, message="Too late."), finding(0, 4, severity="error"))
        assert write(ConciseWriter, two).splitlines() == [
            "stories/a b.txt:1:1: error ATT202 introduced-too-late: Too late.",
            "stories/a b.txt:2:12: warning ATT202 introduced-too-late: Too late.",
            "2 findings in 1 document: 1 of severity error, 1 of severity warning.",
            "      2  ATT202 introduced-too-late",
        ]

    def test_without_findings(self):
        assert write(ConciseWriter, story(), story()) == "No findings in 2 documents.\n"

    def test_errors_are_lines(self):
        failed = story().with_error(ErrorRecord(error="StepError", message="It broke."))
        assert "stories/a b.txt:1:1: error StepError: It broke.\n" in write(ConciseWriter, failed)


class TestFindings:
    def test_passages_of_those_that_have_some(self):
        at = TEXT.index("Lee")
        shown = write(FindingsWriter, story(finding(at, at + 3)), story(id="in-order.txt"))
        assert "warning ATT202 introduced-too-late  line 2, column 12" in shown
        assert "     2 | It rained, Lee said.\n       |            ^^^" in shown
        assert "in-order.txt" not in shown
        assert "1 finding in 2 documents: 1 of severity warning.\n      1  ATT202 introduced-too-late\n" in shown

    def test_a_long_line_fits_the_width(self):
        text = "x " * 500
        lines = write(FindingsWriter, story(finding(400, 404), text=text)).splitlines()
        assert max(map(len, lines)) <= 110
