"""Every code that a finding can have has a page, in the documentation and for `copydesk explain`."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from copydesk import Component, Context, Document, Finding, Pipeline, Quote
from copydesk.cli import app
from copydesk.errors import UsageError
from copydesk_attribution.component import Attribution, AttributionConfig

ROOT = Path(__file__).parents[3]


def codes():
    """The codes in the source of core and plugins, wherever a string has one."""
    sources = [path for folder in ("core", "plugins") for path in (ROOT / folder).rglob("*.py")]
    return sorted({code for path in sources for code in re.findall(r'"(ATT\d{3})"', path.read_text("utf-8"))})


def test_the_codes_are_pinned():
    """A code is never used again for another rule, and none goes away by accident; a new one is added here."""
    heads = [CliRunner().invoke(app, ["explain", code]).stdout.split("\n", 1)[0].lstrip("# ") for code in codes()]
    pinned = Path(__file__).with_name("codes.txt")
    assert heads == pinned.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("code", codes())
def test_each_has_a_page(code):
    printed = CliRunner().invoke(app, ["explain", code])
    assert printed.exit_code == 0
    assert printed.stdout.startswith(f"# {code} ")
    assert (ROOT / "docs" / "checks" / f"{code}.md").is_file()


@pytest.mark.parametrize("code", ["ATT900", "ATT901"])
def test_what_others_report_is_no_check_to_choose(code):
    with pytest.raises(UsageError, match=f"{code}.* is reported by"):
        Attribution(AttributionConfig(ignore=[code])).setup(Context())


def test_an_unbalanced_mark_is_reported_once():
    pipeline = Pipeline.load("newsroom")
    document = pipeline("“It rained, said Ann Lee, the mayor.\n\nIt snowed in the town.\n")
    assert [finding.code for finding in document[Finding]].count("ATT701") == 1


class Broken(Component):
    """Fails on every document."""

    name = "broken"
    provides = (Quote,)

    def process(self, document):
        raise ValueError(document.id)


def test_after_a_failed_step_skipped_checks_do_not_ask_for_more_steps():
    [result] = Pipeline([Broken(), Attribution(AttributionConfig(select=["ATT106"]))]).pipe(
        ["It rained."], on_error="record"
    )
    [finding] = result.document[Finding]
    assert finding.code == "ATT901"
    assert "Earlier steps failed on this document" in finding.message
    assert "Add steps" not in finding.message


def test_without_errors_they_do():
    built = Attribution()
    built.setup(Context())
    [finding] = built.process(Document("It rained."))
    assert "Add steps" in finding.message
