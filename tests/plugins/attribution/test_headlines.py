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
