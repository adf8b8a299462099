"""ATT501: statements that another outlet passed on."""

from __future__ import annotations

import pytest


def passed_on(story, paragraph, relay, **more):
    return story("", paragraph, **more).quote("“It is safe,”", source="he", relay=relay)


@pytest.mark.parametrize(
    ("paragraph", "relay", "severity"),
    [
        pytest.param("“It is safe,” he told {O:s Sky News}.", "Sky News", "info", id="told"),
        pytest.param("“It is safe,” he said, according to {O:r Reuters}.", "Reuters", "info", id="agency"),
        pytest.param(
            "“It is safe,” he said, according to state news agency {O:s Sana}.",
            "state news agency Sana",
            "warning",
            id="state-by-description",
        ),
        pytest.param("“It is safe,” he told {O:x Xinhua}.", "Xinhua", "warning", id="state-by-the-list"),
        pytest.param("“It is safe,” he told a local newspaper.", "a local newspaper", "warning", id="not-named"),
    ],
)
def test_a_relay_is_reported(story, paragraph, relay, severity):
    build = passed_on(story, paragraph, relay)
    [finding] = build.findings("ATT501")
    assert (build.text[finding.start : finding.end], finding.severity) == (relay, severity)


def test_an_outlet_as_the_source_is_second_hand_too(story):
    build = story("", "The bridge is safe, according to {O:r Reuters}.").quote(
        "The bridge is safe", source="Reuters", kind="indirect"
    )
    assert build.passages("ATT501") == ["Reuters"]


def test_a_role_that_describes_the_outlet_as_the_states_makes_it_a_warning(story):
    build = passed_on(story, "“It is safe,” he told {O:z Zoo TV}. {O:z Zoo TV} is a state broadcaster.", "Zoo TV")
    build.role("state broadcaster", "z", kind="description")
    [finding] = build.findings("ATT501")
    assert finding.severity == "warning"
    assert build.text[finding.evidence[0].start : finding.evidence[0].end] == "state broadcaster"


@pytest.mark.parametrize(
    ("paragraph", "relay"),
    [
        pytest.param("“It is safe,” he said in a statement.", "in a statement", id="a-statement"),
        pytest.param("“It is safe,” he told {P:lee Ann Lee}.", "Ann Lee", id="a-person"),
        pytest.param("“It is safe,” he told the court.", "the court", id="a-court"),
        pytest.param("“It is safe,” he said.", "", id="none"),
    ],
)
def test_what_is_no_outlet_is_silent(story, paragraph, relay):
    assert passed_on(story, paragraph, relay).passages("ATT501") == []


def test_the_papers_own_outlet_is_silent(story):
    text = "“It is safe,” he told {O:s Sky News}."
    assert passed_on(story, text, "Sky News", metadata={"publisher": "Sky News"}).passages("ATT501") == []
    assert passed_on(story, text, "Sky News").passages("ATT501", options={"ATT501": {"own_outlet": ["sky news"]}}) == []


def test_options(story):
    told = passed_on(story, "“It is safe,” he told {O:s Sky News}.", "Sky News")
    assert told.findings("ATT501", options={"ATT501": {"told_is": "warning"}})[0].severity == "warning"
    assert told.findings("ATT501", options={"ATT501": {"told_is": "ok"}}) == []
    assert told.findings("ATT501", options={"ATT501": {"state_media": ["Sky News"]}})[0].severity == "warning"
    own = passed_on(story, "“It is safe,” he told {O:z Zork}.", "Zork")
    assert own.passages("ATT501") == []
    assert own.passages("ATT501", options={"ATT501": {"relays": ["Zork"]}}) == ["Zork"]
