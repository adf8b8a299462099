"""Suppressions, comments in the text, and baselines: which findings are known already."""

from __future__ import annotations

import pytest

from copydesk import Document, Finding
from copydesk.review import Baseline, Suppression, comments, review, unused


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
        known = Suppression("aa", "He is known.")
        story = document("Lee said no.", finding(0, 3), finding(4, 8, fingerprint="bb"))
        found = review(story, [known])
        assert [f.fingerprint for f in found.kept] == ["bb"]
        assert [(f.fingerprint, reason) for f, reason in found.suppressed] == [("aa", "He is known.")]
        assert found.used == {known}

    def test_it_may_be_for_one_document(self):
        known = Suppression("aa", "He is known.", document="other")
        assert len(review(document("Lee said no.", finding(0, 3)), [known]).kept) == 1
        assert len(review(document("Lee said no.", finding(0, 3), id="other"), [known]).kept) == 0

    def test_those_that_pass_over_nothing_are_told(self):
        gone = Suppression("zz", "It was so once.")
        found = review(document("Lee said no.", finding(0, 3)), [gone, Suppression("aa", "-")])
        assert unused([gone, Suppression("aa", "-")], found.used) == (gone,)

    def test_a_finding_without_a_fingerprint_is_never_passed_over(self):
        assert review(document("Lee", finding(0, 3, fingerprint="")), [Suppression("", "-")]).suppressed == ()


class TestComments:
    TEXT = "<!-- copydesk: ignore[unintroduced-person, ATT301] He is known. -->\nLee said no.\nLee left.\n"

    def test_a_comment_serves_its_line_and_the_next(self):
        at = self.TEXT.index("Lee")
        again = self.TEXT.index("Lee left")
        found = review(document(self.TEXT, finding(at, at + 3), finding(again, again + 3, fingerprint="bb")))
        assert [(f.start, reason) for f, reason in found.suppressed] == [(at, "He is known.")]
        assert [f.start for f in found.kept] == [again]
        assert found.unused == ()

    def test_a_code_will_do_for_a_name(self):
        at = self.TEXT.index("Lee")
        other = finding(at, at + 3, code="ATT301", name="unnamed-source")
        assert len(review(document(self.TEXT, other)).suppressed) == 1

    def test_other_checks_are_not_passed_over_and_the_comment_is_told_unused(self):
        at = self.TEXT.index("Lee")
        found = review(document(self.TEXT, finding(at, at + 3, code="ATT101", name="unattributed-quote")))
        assert len(found.kept) == 1
        assert [comment.reason for comment in found.unused] == ["He is known."]

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
    def test_only_what_is_new_comes_through(self):
        before = Baseline.of([document("Lee said no.", finding(0, 3))])
        after = document("Now Lee said no.", finding(4, 7), finding(8, 12, fingerprint="bb"))
        assert [f.fingerprint for f in before.new(after)] == ["bb"]
        assert len(before.new(document("Lee", finding(0, 3), id="other"))) == 1

    def test_a_second_one_of_a_kind_is_new(self):
        before = Baseline.of([document("Lee said no.", finding(0, 3))])
        assert len(before.new(document("Lee, Lee", finding(0, 3), finding(5, 8)))) == 1
