"""The seed article with the layers of its gold annotation gives exactly the expected findings."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from copydesk import Context
from copydesk_attribution.component import Attribution, AttributionConfig

sys.path.insert(0, str(Path(__file__).parent))  # the measurements are scripts beside the tests
from attribution_gold import data_folder, seed

OFFICES = Path(__file__).parents[2] / "seeds" / "offices.yaml"

needs_data = pytest.mark.skipif(data_folder() is None, reason="COPYDESK_DATA names no folder of shared data")


@needs_data
def test_the_seed_with_gold_layers_gives_exactly_what_an_editor_would_mark():
    document = seed(data_folder())
    options = {"role-contradicts-reference": {"reference": str(OFFICES)}}
    component = Attribution(AttributionConfig(options=options))
    component.setup(Context())
    found = [(f.code, f.severity, document.text_of(f)) for f in component.process(document) if f.code < "ATT602"]
    assert found == [
        ("ATT201", "warning", "Warren"),
        ("ATT204", "warning", "Warren’s remarks"),
        ("ATT202", "warning", "Kartapolov"),
        ("ATT501", "warning", "state news outlet Tass"),
        ("ATT201", "warning", "Putin"),
        ("ATT403", "error", "Russian Foreign Affairs Minister Laurent Fabius"),
        ("ATT501", "info", "France Inter radio"),
        ("ATT203", "warning", "Russia’s Sergei Lavrov"),
    ]


@needs_data
def test_the_late_introduction_of_the_seed_is_shown_as_evidence():
    document = seed(data_folder())
    component = Attribution(AttributionConfig(select=("ATT202",)))
    component.setup(Context())
    [finding] = component.process(document)
    assert [document.text_of(item) for item in finding.evidence] == ["Andrey Kartapolov"]


@needs_data
def test_all_persons_of_the_seed_without_a_role_are_reported_on_request():
    document = seed(data_folder())
    component = Attribution(
        AttributionConfig(select=("ATT203",), options={"ATT203": {"scope": "all", "unknown_is": "warning"}})
    )
    component.setup(Context())
    assert [document.text_of(finding) for finding in component.process(document)] == [
        "Valery Gerasimov",
        "Pierre de Villiers",
        "Russia’s Sergei Lavrov",
    ]


@pytest.fixture(scope="module")
def desk():
    """The whole pipeline, as `newsroom` runs it."""
    from attribution_desk import Desk

    return Desk()


@needs_data
def test_the_seed_with_predicted_layers_gives_the_same(desk):
    from attribution_desk import stable

    [document] = desk.read([seed(data_folder()).text])
    options = {"role-contradicts-reference": {"reference": str(OFFICES)}}
    findings = desk.findings(document, options)
    found = {(f.code, f.severity, document.text_of(f)) for f in stable(findings)}
    assert found == {
        ("ATT201", "warning", "Warren"),
        ("ATT204", "warning", "Warren’s remarks"),
        ("ATT202", "warning", "Kartapolov"),
        ("ATT501", "warning", "state news outlet Tass"),
        ("ATT201", "warning", "Putin"),
        ("ATT403", "error", "Russian Foreign Affairs Minister Laurent Fabius"),
        ("ATT501", "info", "France Inter radio"),
        ("ATT203", "warning", "Russia’s Sergei Lavrov"),
    }


@needs_data
def test_published_articles_get_few_findings_and_fewer_wrong_ones(desk):
    """What is measured on Wikinews, as floors; a finding that nobody judged counts as wrong."""
    from attribution_desk import wikinews
    from measure_attribution import clean, total

    measured = clean(desk.read(wikinews(data_folder())))
    assert 1000 * total(measured) <= 1.5 * measured["words"]
    assert total(measured, "error") == 0
    wrong = sum(verdicts["wrong"] + verdicts["unjudged"] for verdicts in measured["verdicts"].values())
    assert wrong <= 0.25 * total(measured)


@needs_data
def test_natural_faults_are_found(desk):
    """A floor for faults of Wikinews; the measurement prints all."""
    from attribution_desk import wikinews
    from measure_attribution import drawn, faults

    articles = desk.read(wikinews(data_folder())[:6])
    wanted = {"a surname is misspelt", "a closing mark is lost", "the headline's quotation changes"}
    counted = faults(desk, articles, [edit for edit in drawn(articles) if edit.fault in wanted])
    sites, found = (sum(count[key] for count in counted.values()) for key in ("sites", "found"))
    assert sites >= 5
    assert found >= 0.7 * sites
