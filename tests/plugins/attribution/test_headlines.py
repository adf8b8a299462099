"""ATT801: words that the headline quotes."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("headline", "body", "severity"),
    [
        pytest.param("‘Total port disaster’, says captain", "“It was difficult,” he said.", "error", id="three-words"),
        pytest.param("‘Total disaster’ at the port", "“It was difficult,” he said.", "warning", id="two-words"),
        pytest.param("Port is a ‘disgrace’", "“It was difficult,” he said.", "warning", id="one-word"),
        pytest.param('"It was a total disaster"', "“It was difficult,” he said.", "error", id="straight-marks"),
        pytest.param(
            "“Bridge … is going to fall”",
            "“The bridge is safe and is going to stay,” he said.",
            "error",
            id="half-of-it",
        ),
        pytest.param("‘Very difficult day’ at port", "It was a very difficult day.", "warning", id="only-in-narration"),
    ],
)
def test_words_that_nobody_says(story, headline, body, severity):
    [finding] = story(headline, body).findings("ATT801")
    assert finding.severity == severity


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        pytest.param(
            "Chiefs discuss ‘coordination’",
            "They “discussed the coordination of troops”, it said.",
            id="inside-a-longer-quotation",
        ),
        pytest.param(
            "Chiefs ‘coordinated’", "They “discussed the coordination of troops”, it said.", id="another-ending"
        ),
        pytest.param("‘Total disaster’ at the port", "“It was a total disaster,” he said.", id="verbatim"),
        pytest.param(
            "“Bridge … is going to fall”", "“The bridge over the river is going to fall,” he said.", id="ellipsis"
        ),
        pytest.param("Singer returns with “Blue Moon Rising”", "Her record “Blue Moon Rising” is out.", id="a-title"),
        pytest.param("Port is a mess", "“It was difficult,” he said.", id="no-quotation"),
        pytest.param("Mayor's plan isn't liked", "“It was difficult,” he said.", id="apostrophes"),
    ],
)
def test_words_that_the_body_bears_out(story, headline, body):
    assert story(headline, body).passages("ATT801") == []


def test_indirect_speech_of_the_quotes_layer_counts(story):
    build = story("Bridge ‘close to collapse’", "The bridge was close to collapse, the engineer said.")
    assert build.findings("ATT801")[0].severity == "warning"
    build.quote("The bridge was close to collapse", source="the engineer", kind="indirect")
    assert build.findings("ATT801") == []


def test_options(story):
    ending = story("Chiefs ‘coordinated’", "They “discussed the coordination of troops”, it said.")
    assert ending.passages("ATT801", options={"ATT801": {"fuzzy": False}}) == ["‘coordinated’"]
    narration = story("‘Very difficult day’ at port", "It was a very difficult day.")
    strict = narration.findings("ATT801", options={"ATT801": {"allow_in_narration": False}})
    assert [finding.severity for finding in strict] == ["error"]


class TestHeadlineNumberMismatch:
    """ATT802."""

    @pytest.mark.parametrize(
        ("headline", "body", "first", "second"),
        [
            pytest.param("14 dead in fire", "Twelve people were killed.", ("14", 14), ("Twelve", 12), id="words"),
            pytest.param("500 protest", "Police counted 900 people.", ("500", 500), ("900", 900), id="digits"),
            pytest.param(
                "$4 million leak", "It cost $3 million.", ("$4 million", 4e6), ("$3 million", 3e6), id="money"
            ),
            pytest.param(
                "40 percent up", "Prices rose 14 percent.", ("40 percent", 40), ("14 percent", 14), id="percent"
            ),
        ],
    )
    def test_a_number_that_the_story_does_not_have(self, story, headline, body, first, second):
        build = story(headline, body)
        kind = "money" if "$" in headline else "percent" if "percent" in headline else "cardinal"
        build.figure(first[0], first[1], kind=kind).figure(second[0], second[1], kind=kind)
        assert build.passages("ATT802") == [first[0]]

    @pytest.mark.parametrize(
        ("headline", "body", "first", "others"),
        [
            pytest.param("12 dead in fire", "Twelve people were killed.", ("12", 12), [("Twelve", 12)], id="in-words"),
            pytest.param("500 protest", "Police counted 497 people.", ("500", 500), [("497", 497)], id="rounded"),
            pytest.param(
                "12 hurt",
                "Between 10 and 12 were hurt.",
                ("12", 12),
                [("Between 10 and 12", (10, 12))],
                id="end-of-a-range",
            ),
            pytest.param("Two dead", "A man and 5 dogs died.", ("Two", 2), [("5", 5)], id="small"),
            pytest.param("Dozens hurt", "It hurt 40 people.", ("Dozens", None), [("40", 40)], id="vague"),
        ],
    )
    def test_a_number_that_the_story_has_is_silent(self, story, headline, body, first, others):
        build = story(headline, body).figure(*first)
        for words, value in others:
            build.figure(words, value, number=1 if words == first[0] else 0)
        assert build.passages("ATT802") == []

    def test_a_headline_may_add_up_people(self, story):
        build = story("12 hurt", "Seven men and 5 women were hurt.").figure("12", 12)
        build.figure("Seven", 7, counted="men").figure("5", 5, counted="women")
        assert build.passages("ATT802") == []

    def test_a_headline_may_not_add_up_anything_else(self, story):
        build = story("12 hurt", "In 7 days 5 dogs were hurt.").figure("12", 12).figure("7", 7).figure("5", 5)
        assert build.passages("ATT802") == ["12"]

    def test_the_figure_for_the_same_thing_is_the_evidence(self, story):
        build = story("14 workers dead", "It rained for 3 days. The fire killed 12 workers.")
        build.figure("14", 14, counted="workers").figure("3", 3, counted="days").figure("12", 12, counted="workers")
        [finding] = build.findings("ATT802")
        assert [build.text[item.start : item.end] for item in finding.evidence] == ["12"]

    def test_options(self, story):
        build = story("500 protest", "Police counted 497 people.").figure("500", 500).figure("497", 497)
        assert build.passages("ATT802", options={"ATT802": {"rounding": 0}}) == ["500"]
        two = story("Two dead", "Five dogs died.").figure("Two", 2).figure("Five", 5)
        assert two.passages("ATT802", options={"ATT802": {"min_value": 1}}) == ["Two"]
