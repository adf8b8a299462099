"""ATT101: quotations of whole sentences without a source."""

from __future__ import annotations

import pytest

SAID = "This plan will ruin the town."


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param(
            ["“This plan will ruin the town.” The council votes on Monday."],
            "“This plan will ruin the town.”",
            id="alone",
        ),
        pytest.param(
            ['"This plan will ruin the town." The council votes on Monday.'],
            '"This plan will ruin the town."',
            id="straight-marks",
        ),
        pytest.param(
            ["Ann Lee said no.", "The vote is on Monday. “We have been waiting for years.” It rained."],
            "“We have been waiting for years.”",
            id="a-source-in-the-paragraph-before-does-not-serve-narration",
        ),
        pytest.param(
            ["A banner hung there.", "“They have taken our homes and our jobs.”"],
            "“They have taken our homes and our jobs.”",
            id="whole-paragraph",
        ),
        pytest.param(
            ["“Nobody has asked us what we want", "“and nobody will before the vote is over.”"],
            "“Nobody has asked us what we want",
            id="over-two-paragraphs",
        ),
    ],
)
def test_a_statement_without_a_source_is_reported(story, paragraphs, expected):
    assert story("", *paragraphs).passages("ATT101")[0] == expected


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param(["Ann Lee opposes it. “This plan will ruin the town,” she said."], id="verb-of-speech"),
        pytest.param(
            ["“This plan will ruin the town.” The words are from a statement according to the council."],
            id="according-to",
        ),
        pytest.param(["The mayor's view:", "“This plan will ruin the town.”"], id="lead-in-with-colon"),
        pytest.param(["“The idea” was dropped."], id="a-term"),
        pytest.param(["He played in “The Man Who Would Have Been King Again” last year."], id="a-title"),
        pytest.param(["A sign: “No entry for cars and bicycles after dark”."], id="no-finite-verb"),
        pytest.param(
            ["“This plan will ruin the town,” said Ann Lee.", "“And it will cost us a fortune as well.”"],
            id="carried-on",
        ),
        pytest.param(
            [
                "Ann Lee said: “This plan will ruin the town.",
                "“It is the worst that I have seen.",
                "“And it will cost us a fortune.”",
            ],
            id="marks-left-open-over-three-paragraphs",
        ),
        pytest.param(["The town isn't happy about the '90s plan and doesn't like it."], id="apostrophes"),
    ],
)
def test_what_has_a_source_or_states_nothing_is_silent(story, paragraphs):
    assert story("", *paragraphs).passages("ATT101") == []


def test_a_quote_with_a_source_in_its_layer_is_enough(story):
    text = "“This plan will ruin the town.” So the mayor put it."
    assert story("", text).quote("“This plan will ruin the town.”", source="the mayor").passages("ATT101") == []
    assert story("", text).passages("ATT101") != []


def test_options_move_the_limits(story):
    short = story("", "“It will ruin us.” The council votes on Monday.")
    assert short.passages("ATT101") == []
    assert short.passages("ATT101", options={"ATT101": {"min_words": 3}}) == ["“It will ruin us.”"]
    cue = story("", "“This plan will ruin the town.” Thus opined the mayor.")
    assert cue.passages("ATT101") != []
    assert cue.passages("ATT101", options={"ATT101": {"extra_cues": ["opined"]}}) == []
    title = story("", "“What If She Were Here Now” is out on Monday.")
    assert title.passages("ATT101", options={"ATT101": {"ignore_titles": False}}) == ["“What If She Were Here Now”"]
    run = (
        "Ann Lee said: “We have waited for years.”",
        "“We will wait no more than we must.”",
        "“And we will be heard in the end.”",
    )
    assert story("", *run).passages("ATT101") == ["“And we will be heard in the end.”"]
    assert story("", *run).passages("ATT101", options={"ATT101": {"carry_paragraphs": 2}}) == []


def test_captions_are_not_checked(story):
    assert story("", "It rained.").caption("“This plan will ruin the town.”").passages("ATT101") == []
