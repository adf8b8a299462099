"""ATT601: figures that matter and have no source."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("paragraph", "figure", "given"),
    [
        pytest.param(
            "The leak cost $4 million.", "$4 million", {"value": 4_000_000, "kind": "money", "unit": "USD"}, id="money"
        ),
        pytest.param("Prices rose by 7 percent in May.", "7 percent", {"value": 7, "kind": "percent"}, id="percent"),
        pytest.param("About 500 protesters came.", "500", {"value": 500, "counted": "protesters"}, id="people"),
        pytest.param("Two men were killed.", "Two", {"value": 2, "counted": "men"}, id="casualties-however-few"),
        pytest.param("The storm left 12 dead.", "12", {"value": 12}, id="the-dead"),
    ],
)
def test_a_material_figure_without_a_source(story, paragraph, figure, given):
    assert story("", paragraph).figure(figure, **given).passages("ATT601") == [figure]


@pytest.mark.parametrize(
    ("paragraph", "figure", "given"),
    [
        pytest.param(
            "The leak cost $4 million. The company said it would pay.",
            "$4 million",
            {"value": 4e6, "kind": "money"},
            id="a-source-in-the-paragraph",
        ),
        pytest.param("He was released on $20,000 bail.", "$20,000", {"value": 20_000, "kind": "money"}, id="bail"),
        pytest.param("“The leak cost $4 million.”", "$4 million", {"value": 4e6, "kind": "money"}, id="in-a-quotation"),
        pytest.param("Two men came.", "Two", {"value": 2, "counted": "men"}, id="few-people"),
        pytest.param(
            "The road is 40 miles long.", "40 miles", {"value": 40, "kind": "quantity", "unit": "mile"}, id="distance"
        ),
        pytest.param("He scored in the 12th minute.", "12th", {"value": 12, "kind": "ordinal"}, id="ordinal"),
        pytest.param("The council counted 900 votes.", "900", {"value": 900, "counted": "votes"}, id="votes"),
    ],
)
def test_figures_that_are_sourced_or_immaterial_are_silent(story, paragraph, figure, given):
    assert story("", paragraph).figure(figure, **given).passages("ATT601") == []


def test_a_quote_layer_with_a_source_is_enough(story):
    build = story("", "The leak cost $4 million. That is the mayor's figure.").figure("$4 million", 4e6, kind="money")
    build.quote("The leak cost $4 million", source="the mayor's", kind="indirect")
    assert build.passages("ATT601") == []


def test_options(story):
    build = story(
        "", "The company said it would pay. The leak cost $4 million. It fined 12 workers.", "Background: it cost $5."
    )
    build.figure("$4 million", 4e6, kind="money").figure("$5", 5, kind="money")
    assert build.passages("ATT601") == ["$5"]
    assert build.passages("ATT601", options={"ATT601": {"scope": "sentence"}}) == ["$4 million", "$5"]
    assert build.passages("ATT601", options={"ATT601": {"scope": "sentence", "cap_per_doc": 1}}) == ["$4 million"]
    assert build.passages("ATT601", options={"ATT601": {"kinds": ["people"]}}) == []
    assert build.passages("ATT601", options={"ATT601": {"ignore_sections": ["background"]}}) == []
    crowd = story("", "About 500 protesters came.").figure("500", 500, counted="protesters")
    assert crowd.passages("ATT601", options={"ATT601": {"min_value": 1000}}) == []
