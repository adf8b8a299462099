"""The seed article with the layers of its gold annotation gives exactly the expected findings."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from copydesk_attribution.component import Attribution

sys.path.insert(0, str(Path(__file__).parent))  # the measurements are scripts beside the tests
from attribution_gold import data_folder, seed

OFFICES = Path(__file__).parents[2] / "seeds" / "offices.yaml"

needs_data = pytest.mark.skipif(data_folder() is None, reason="COPYDESK_DATA names no folder of shared data")


@needs_data
def test_the_seed_with_gold_layers_gives_exactly_what_an_editor_would_mark():
    document = seed(data_folder())
    component = Attribution(options={"role-contradicts-reference": {"reference": str(OFFICES)}})
    component.setup()
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
    component = Attribution(select=("ATT202",))
    component.setup()
    [finding] = component.process(document)
    assert [document.text_of(item) for item in finding.evidence] == ["Andrey Kartapolov"]


@needs_data
def test_all_persons_of_the_seed_without_a_role_are_reported_on_request():
    document = seed(data_folder())
    component = Attribution(select=("ATT203",), options={"ATT203": {"scope": "all"}})
    component.setup()
    assert [document.text_of(finding) for finding in component.process(document)] == [
        "Valery Gerasimov",
        "Pierre de Villiers",
        "Russia’s Sergei Lavrov",
    ]
