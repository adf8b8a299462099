"""The attribution plugin passes the checks of every component, and each check has a whole page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copydesk.findings.notices import NOTICES
from copydesk.testing import ComponentConformance
from copydesk_attribution.checks import CHECKS
from copydesk_attribution.component import Attribution

DOCS = Path(__file__).parents[3] / "docs" / "checks"


class TestAttribution(ComponentConformance):
    component = Attribution
    configs = (
        {},
        {"also": [check.code for check in CHECKS]},
        {"select": ["ATT301", "ATT302"], "report_skipped": False},
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
class TestPages:
    def test_the_page_says_what_why_and_what_not(self, check):
        page = check.page()
        for heading in ("## Why", "## Reported", "## Not reported"):
            assert heading in page, heading
        assert re.fullmatch(r"ATT\d{3}", check.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", check.name)

    def test_every_option_is_described(self, check):
        assert all(field.description for field in check.config_class.model_fields.values())
        assert ("## Options" in check.page()) == bool(check.config_class.model_fields)

    def test_its_page_is_in_the_documentation(self, check):
        assert (DOCS / f"{check.code}.md").exists()


def test_there_are_no_pages_of_checks_that_are_gone():
    assert {path.stem for path in DOCS.glob("ATT*.md")} == {check.code for check in (*CHECKS, *NOTICES)}
