"""Check: one rule, its options, its page, and the findings it builds."""

from __future__ import annotations

import pytest
from pydantic import Field

from copydesk import Check, Config, Document, Evidence, Finding, Span
from copydesk.errors import UsageError


class RuleConfig(Config):
    """Its options."""

    at_least: int = Field(10, ge=0, description="How long a text | must be.")


class Rule(Check[RuleConfig]):
    """Every text is too short."""

    code = "TST001"
    name = "too-short"
    severity = "warning"

    def check(self, document):
        if len(document.text) < self.config.at_least:
            yield self.finding(Span(0, len(document.text)), "too short")


def test_options_by_default_or_object():
    assert Rule().config.at_least == 10
    assert Rule(RuleConfig(at_least=3)).config.at_least == 3


@pytest.mark.parametrize("options", [{"at_least": -1}, {"atleast": 3}])
def test_wrong_options_are_refused(options):
    with pytest.raises(UsageError):
        RuleConfig(**options)


def test_a_check_is_abstract_and_in_preview_until_it_is_not():
    with pytest.raises(TypeError, match="check"):
        Check()
    assert Rule.maturity == "preview"
    assert Rule.requires == ()


def test_a_finding_says_code_name_and_severity_of_its_rule():
    (finding,) = Rule().check(Document("short"))
    assert finding == Finding(
        start=0,
        end=5,
        id="finding:0-5.TST001",
        code="TST001",
        name="too-short",
        severity="warning",
        message="too short",
    )


def test_a_finding_can_be_graver_and_have_evidence():
    finding = Rule().finding(
        Span(1, 2),
        "because",
        evidence=[Evidence(start=3, end=4, note="here")],
        suggestion="write more",
        severity="error",
    )
    assert (finding.severity, finding.suggestion) == ("error", "write more")
    assert finding.evidence == (Evidence(start=3, end=4, note="here"),)


def test_two_rules_may_find_something_at_one_place():
    class Other(Rule):
        """Says so too."""

        code = "TST002"

    document = Document("short")
    findings = [*Rule().check(document), *Other().check(document)]
    assert len(document.with_annotations(findings)[Finding]) == 2


def test_its_page_has_its_options():
    page = Rule.page()
    assert page.startswith("# TST001 too-short\n\nSeverity: **warning** · Maturity: **preview**")
    assert "Every text is too short." in page
    assert "| `at_least` | `10` | How long a text \\| must be. |" in page
