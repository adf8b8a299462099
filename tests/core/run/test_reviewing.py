"""Reviewing a run: what is known already is passed over, and what passes over nothing is told."""

from __future__ import annotations

import time

import pytest

from copydesk import Document, Finding, Result
from copydesk.errors import UsageError
from copydesk.findings import Baseline, Reviewer, Suppression, passed_over, read_baseline, read_suppressions

COMMENT = "<!-- copydesk: ignore[ATT201] The desk knows. -->\n"


def finding(start, end, fingerprint="aa"):
    return Finding(
        start=start, end=end, code="ATT201", name="unintroduced-person", severity="warning",
        message="Who is it?", fingerprint=fingerprint,
    )  # fmt: skip


def result(text, *findings, id="story"):
    return Result(Document(text, id=id).with_annotations(findings, provides=[Finding]), (), {})


def left(reviewed):
    return [found.fingerprint or found.code for found in reviewed.document[Finding]]


class TestReviewer:
    def test_a_suppressed_finding_leaves_the_document_and_stays_on_record(self):
        reviewer = Reviewer([Suppression("aa", "known")])
        reviewed = reviewer(result("Lee, Lee", finding(0, 3), finding(5, 8, "bb")))
        assert left(reviewed) == ["bb"]
        assert [(item.finding.fingerprint, item.reason, item.kind) for item in reviewed.suppressed] == [
            ("aa", "known", "external")
        ]
        assert reviewer.unused() == ()

    def test_a_suppression_that_passes_over_nothing_is_told(self):
        stale = Suppression("zz", "gone")
        reviewer = Reviewer([stale])
        reviewer(result("Lee", finding(0, 3)))
        assert reviewer.unused() == (stale,)

    def test_a_comment_in_the_text_counts_without_any_file(self):
        at = len(COMMENT)
        document, suppressed = passed_over(result(f"{COMMENT}Lee said no.", finding(at, at + 3)).document)
        assert len(document[Finding]) == 0
        assert suppressed[0].kind == "inSource"

    def test_a_comment_that_passes_over_nothing_is_a_finding(self):
        document, _ = passed_over(result(f"{COMMENT}Nobody here.").document)
        assert [found.code for found in document[Finding]] == ["ATT900"]

    def test_what_the_baseline_has_is_passed_over(self, tmp_path):
        file = tmp_path / "before.jsonl"
        before = Baseline()
        before.note(result("Lee said no.", finding(0, 3)))
        file.write_text("\n".join(before.lines()) + "\n", encoding="utf-8")
        reviewer = Reviewer(baseline=read_baseline(file))
        assert left(reviewer(result("Now Lee said no.", finding(4, 7), finding(8, 12, "bb")))) == ["bb"]

    def test_many_comments_and_findings_take_linear_time(self):
        text = f"{COMMENT.strip()} Lee " * 3_000
        starts = list(range(0, len(text) - 3, len(text) // 3_000))
        given = result(text, *(finding(at, at + 3, f"{at}") for at in starts)).document
        start = time.process_time()
        _, suppressed = passed_over(given)
        assert len(suppressed) == len(starts)
        assert time.process_time() - start < 5

    def test_a_result_with_nothing_to_pass_over_is_given_back(self):
        given = result("Lee", finding(0, 3))
        assert Reviewer()(given) is given


class TestFiles:
    def test_suppressions(self, tmp_path):
        file = tmp_path / "known.yaml"
        file.write_text(
            "# known\n- fingerprint: 'aa'\n  reason: He is known.\n- {fingerprint: bb, reason: x, document: s.txt}\n"
        )
        assert read_suppressions(file) == (Suppression("aa", "He is known."), Suppression("bb", "x", "s.txt"))

    def test_an_empty_file_suppresses_nothing(self, tmp_path):
        file = tmp_path / "known.yaml"
        file.write_text("")
        assert read_suppressions(file) == ()

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("- {fingerprint: aa}", r"known\.yaml:1:3: 'reason' is missing"),
            ("- fingerprint: aa\n  reason: ' '", r"known\.yaml:2:3: 'reason' must not be empty"),
            ("- {fingerprint: 12, reason: x}", r"known\.yaml:1:4: 'fingerprint' must be a text, not 12"),
            ("- {fingerprint: aa, reason: x, until: 2027}", r"known\.yaml:1:32: unknown key 'until'"),
            ("a: b", "an entry has a fingerprint and a reason"),
            ("- [", "is not YAML"),
            ("- &a {fingerprint: aa, reason: x}\n- *a", "anchor"),
            ("- {fingerprint: aa, reason: x, reason: y}", "there twice"),
        ],
    )
    def test_a_bad_file_says_where(self, tmp_path, text, message):
        file = tmp_path / "known.yaml"
        file.write_text(text)
        with pytest.raises(UsageError, match=message):
            read_suppressions(file)

    def test_a_file_that_is_no_baseline_is_refused(self, tmp_path):
        file = tmp_path / "before.jsonl"
        file.write_text("not json\n")
        with pytest.raises(UsageError, match=r"before\.jsonl:1: this is no line of a baseline.*--update-baseline"):
            read_baseline(file)

    def test_a_missing_file_is_a_usage_error(self, tmp_path):
        for read in (read_suppressions, read_baseline):
            with pytest.raises(UsageError, match="cannot be read: No such file"):
                read(tmp_path / "nowhere")
