"""ATT501: statements that another outlet passed on."""

from __future__ import annotations

import pytest


def passed_on(story, paragraph, relay, **more):
    return story("", paragraph, **more).quote("“It is safe,”", source="he", relay=relay)


@pytest.mark.parametrize(
    ("paragraph", "relay", "severity"),
    [
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


@pytest.mark.parametrize(
    ("paragraph", "relay"),
    [
        ("“It is safe,” he said, according to state news outlet Tass.", "state news outlet Tass"),
        ("It is safe, as reported by the Evening Post.", "the Evening Post"),
    ],
)
def test_the_text_is_enough_where_no_relay_was_found(story, paragraph, relay):
    assert story("", paragraph).passages("ATT501") == [relay]


@pytest.mark.parametrize(
    "paragraph",
    [
        "He told Ann Lee that it was safe.",
        "It is safe according to the plan.",
        "According to Leeds Council it is safe.",
    ],
)
def test_the_text_alone_gives_no_other_relay(story, paragraph):
    assert story("", paragraph).passages("ATT501") == []


EVERY = {"ATT501": {"told_from": 1}}


@pytest.mark.parametrize(
    ("text", "relay"),
    [
        ("He told the BBC that it was safe.", "the BBC"),
        ("He said in an interview with Radio France Internationale that it was safe.", "Radio France Internationale"),
    ],
)
def test_an_outlet_that_a_source_spoke_to_is_credited_openly(story, text, relay):
    build = story("", text)
    assert build.passages("ATT501") == []
    assert build.passages("ATT501", options=EVERY) == [relay]


@pytest.mark.parametrize(
    ("other", "listed"),
    [
        pytest.param("“It is old,” she told {O:p The Evening Post}.", False, id="told-too"),
        pytest.param("It was old, according to {O:p The Evening Post}.", False, id="known-from"),
        pytest.param("It was old, according to state news agency {O:p Sana}.", True, id="of-a-state"),
    ],
)
def test_a_story_that_rests_on_a_weak_outlet_lists_them_all(story, other, listed):
    build = story("", "“It is safe,” he told {O:s Sky News}.", other)
    told = [finding for finding in build.findings("ATT501") if "not to this paper" in finding.message]
    assert [(build.text[one.start : one.end], one.severity) for one in told] == [("Sky News", "info")] * listed


def test_one_outlet_is_one_however_often_it_was_told(story):
    build = story("", "“It is safe,” he told {O:s Sky News}.", "“It is old,” she told {O:s Sky News}.")
    assert build.passages("ATT501") == []


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
    own = passed_on(story, text, "Sky News", metadata={"publisher": "Sky News"})
    assert own.passages("ATT501", options=EVERY) == []
    assert passed_on(story, text, "Sky News").passages("ATT501", house={"outlets": ["sky news"]}, options=EVERY) == []
    assert passed_on(story, text, "Sky News").passages("ATT501", options=EVERY) == ["Sky News"]


def test_options(story):
    told = passed_on(story, "“It is safe,” he told {O:s Sky News}.", "Sky News")
    warned = told.findings("ATT501", options={"ATT501": {"told_is": "warning", "told_from": 1}})
    assert [finding.severity for finding in warned] == ["warning"]
    assert told.findings("ATT501", options={"ATT501": {"told_is": "ok", "told_from": 1}}) == []
    assert told.findings("ATT501", options={"ATT501": {"state_media": ["Sky News"]}})[0].severity == "warning"
    own = passed_on(story, "“It is safe,” he told {O:z Zork}.", "Zork")
    assert own.passages("ATT501") == []
    assert own.passages("ATT501", options={"ATT501": {"relays": ["Zork"], "told_from": 1}}) == ["Zork"]


class TestUnnamedRelay:
    """ATT502."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("Local media reported that the bridge was closed.", "Local media reported", id="local-media"),
            pytest.param("The bridge was closed, according to press reports.", "press reports", id="according-to"),
            pytest.param("Media reports said the bridge was closed.", "Media reports", id="media-reports"),
            pytest.param(
                "Several newspapers claimed the bridge was closed.", "Several newspapers claimed", id="newspapers"
            ),
            pytest.param("The bridge was closed, according to local media.", "local media", id="according-to-media"),
        ],
    )
    def test_media_without_a_name(self, story, text, expected):
        assert story("", text).passages("ATT502") == [expected]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("{O:p The Evening Post} and other local media reported it.", id="one-is-named"),
            pytest.param("He told local media that the bridge was closed.", id="told-media"),
            pytest.param("“Local media reported it,” he said.", id="inside-a-quotation"),
            pytest.param("The media were not let in. Some reports were late.", id="no-report"),
        ],
    )
    def test_named_media_and_no_reports_are_silent(self, story, text):
        assert story("", text).passages("ATT502") == []

    def test_one_fault_gives_one_finding(self, story):
        build = story("", "The bridge was closed, according to local media.")
        build.quote("The bridge was closed", source="local media", kind="indirect")
        assert [finding.code for finding in build.findings("ATT501", "ATT502")] == ["ATT502"]

    def test_phrases_can_be_added(self, story):
        build = story("", "The wires had it that the bridge was closed.")
        assert build.passages("ATT502") == []
        assert build.passages("ATT502", options={"ATT502": {"phrases": ["the wires"]}}) == ["The wires"]
