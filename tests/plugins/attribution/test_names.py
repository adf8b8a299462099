"""ATT404: one name in two spellings."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param(["{P:a Eva Maurer} came. {P:a Maurer} sat. {P:b Mauer} left."], "Mauer", id="surname-alone"),
        pytest.param(
            ["{P:a Eva Maurer} came. {P:a Maurer} sat.", "{P:b Eva Mauer} left."], "Eva Mauer", id="full-names"
        ),
        pytest.param(
            ["{P:a Kent Bauchtman} came. {P:b Kent Buchtmann} left. {P:b Buchtmann} slept."],
            "Kent Bauchtman",
            id="two-letters-of-a-long-name",
        ),
        pytest.param(
            ["{P:a Sergei Lavrov} came. {P:a Sergei Lavrov} sat. {P:b Sergey Lavrov} left."],
            "Sergey Lavrov",
            id="given-name",
        ),
        pytest.param(["{P:a Eva Maurer} came. {P:a Maurer} sat. {P:b E. Mauerr} left."], "E. Mauerr", id="initial"),
    ],
)
def test_the_rarer_spelling_is_reported(story, paragraphs, expected):
    assert story("", *paragraphs).passages("ATT404") == [expected]


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param(["{P:a Ann Lee} came. {P:b Anna Lee} left."], id="short-given-names"),
        pytest.param(["{P:a Jon Smith} came. {P:b John Smyth} left."], id="given-and-surname-differ"),
        pytest.param(["{P:a Eva Maurer} came. The {P:b Maurers} left."], id="plural"),
        pytest.param(["{P:a Eva Maurer} came. {P:a Maurer}’s dog barked."], id="possessive"),
        pytest.param(
            ["{P:a Eva Maurer} came. {P:b Tom Mauer} left. {P:b Mauer} slept."], id="two-people-both-introduced"
        ),
        pytest.param(["{P:a Ann Hall} came. {P:b Hill} left."], id="short-surnames"),
        pytest.param(["{P:a José García} came. {P:a Garcia} left."], id="accents"),
    ],
)
def test_two_people_and_one_spelling_are_silent(story, paragraphs):
    assert story("", *paragraphs).passages("ATT404") == []


def test_a_misspelt_source_is_left_to_the_check_of_introductions(story):
    build = story("", "{P:a Eva Maurer}, a nurse, came. {P:b Mauer} said it rained.").quote(
        "it rained", source="Mauer", speaker="b"
    )
    assert [finding.code for finding in build.findings("ATT404", "ATT201")] == ["ATT201"]


def test_options(story):
    build = story("", "{P:a Eva Maurer} came. {P:a Maurer} sat. {P:b Mauer} left.")
    assert build.passages("ATT404", options={"ATT404": {"aliases": [["Mauer", "Maurer"]]}}) == []
    assert build.passages("ATT404", options={"ATT404": {"min_len": 7}}) == []
    two = story("", "{P:a Kent Bauchtman} came. {P:b Kent Buchtmann} left. {P:b Buchtmann} slept.")
    assert two.passages("ATT404", options={"ATT404": {"max_distance": 1}}) == []
