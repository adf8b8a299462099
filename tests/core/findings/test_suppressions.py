"""Suppressions, comments in the text, and baselines: which findings are known already."""

from __future__ import annotations

import pytest

from copydesk import Document, Finding, Result
from copydesk.findings import Baseline, Suppression, passed_over
from copydesk.findings.suppressions import Suppressions, comments, known_findings

NOTHING = Suppressions()


def finding(start, end, code="ATT201", name="unintroduced-person", fingerprint="aa"):
    return Finding(
        start=start,
        end=end,
        id=Finding.make_id(start, end, code),
        code=code,
        name=name,
        severity="info",
        message="-",
        fingerprint=fingerprint,
    )


def document(text, *findings, id="story"):
    return Document(text, id=id).with_annotations(findings, provides=[Finding])


class TestSuppressions:
    def test_a_finding_is_passed_over_by_its_fingerprint(self):
        known = Suppressions([Suppression("aa", "He is known.")])
        story = document("Lee said no.", finding(0, 3), finding(4, 8, fingerprint="bb"))
        kept, suppressed = known_findings(story, known, {})
        assert [one.fingerprint for one in kept] == ["bb"]
        assert [(one.finding.fingerprint, one.reason) for one in suppressed] == [("aa", "He is known.")]
        assert known.used == {Suppression("aa", "He is known.")}

    @pytest.mark.parametrize(("id", "left"), [("story", 1), ("other", 0)])
    def test_it_may_be_for_one_document(self, id, left):
        known = Suppressions([Suppression("aa", "He is known.", document="other")])
        assert len(known_findings(document("Lee said no.", finding(0, 3), id=id), known, {})[0]) == left

    def test_those_that_pass_over_nothing_are_told(self):
        gone = Suppression("zz", "It was so once.")
        known = Suppressions([gone, Suppression("aa", "-")])
        known_findings(document("Lee said no.", finding(0, 3)), known, {})
        assert known.unused() == (gone,)

    def test_a_finding_without_a_fingerprint_is_never_passed_over(self):
        story = document("Lee", finding(0, 3, fingerprint=""))
        assert known_findings(story, Suppressions([Suppression("", "-")]), {})[1] == []


class TestComments:
    TEXT = "<!-- copydesk: ignore[unintroduced-person, ATT301] He is known. -->\nLee said no.\nLee left.\n"

    def test_a_comment_serves_its_line_and_the_next(self):
        at = self.TEXT.index("Lee")
        again = self.TEXT.index("Lee left")
        story, suppressed = passed_over(
            document(self.TEXT, finding(at, at + 3), finding(again, again + 3, fingerprint="bb"))
        )
        assert [(one.finding.start, one.reason) for one in suppressed] == [(at, "He is known.")]
        assert [one.start for one in story[Finding]] == [again]

    def test_a_code_will_do_for_a_name(self):
        at = self.TEXT.index("Lee")
        other = finding(at, at + 3, code="ATT301", name="unnamed-source")
        story, suppressed = passed_over(document(self.TEXT, other))
        assert [one.finding.code for one in suppressed] == ["ATT301"]
        assert len(story[Finding]) == 0

    def test_other_checks_are_not_passed_over_and_the_comment_is_told_unused(self):
        at = self.TEXT.index("Lee")
        story, suppressed = passed_over(
            document(self.TEXT, finding(at, at + 3, code="ATT101", name="unattributed-quote"))
        )
        assert [one.code for one in story[Finding]] == ["ATT900", "ATT101"]
        assert suppressed == ()

    @pytest.mark.parametrize(
        "text",
        [
            "<!-- copydesk: ignore[ATT201] -->",
            "<!-- copydesk: ignore[] x -->",
            "<!-- ignore[ATT201] x -->",
            "copydesk: ignore[ATT201] x",
        ],
    )
    def test_without_a_reason_or_check_it_counts_for_nothing(self, text):
        assert comments(text) == ()

    def test_many_openings_cost_no_more_than_their_length(self):
        assert comments("<!-- copydesk: ignore[" * 20_000) == ()


class TestBaseline:
    @pytest.fixture
    def before(self):
        baseline = Baseline()
        baseline.note(Result(document("Lee said no.", finding(0, 3)), (), {}))
        return baseline

    def test_only_what_is_new_comes_through(self, before):
        after = document("Now Lee said no.", finding(4, 7), finding(8, 12, fingerprint="bb"))
        assert [one.fingerprint for one in known_findings(after, NOTHING, before.of("story"))[0]] == ["bb"]

    def test_another_document_has_its_own(self, before):
        assert before.of("other") == {}

    def test_a_second_one_of_a_kind_is_new(self, before):
        after = document("Lee, Lee", finding(0, 3), finding(5, 8))
        assert len(known_findings(after, NOTHING, before.of("story"))[0]) == 1
