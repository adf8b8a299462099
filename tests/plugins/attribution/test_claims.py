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
            ["“This plan will ruin the town,” said Ann Lee.", "“And it will cost us a fortune as well.”"],
            "“And it will cost us a fortune as well.”",
            id="after-a-closed-quotation",
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
    cue = story("", "“This plan will ruin the town.” Thus warbled the mayor.")
    assert cue.passages("ATT101") != []
    assert cue.passages("ATT101", options={"ATT101": {"extra_cues": ["warbled"]}}) == []
    title = story("", "“What If She Were Here Now” is out on Monday.")
    assert title.passages("ATT101", options={"ATT101": {"ignore_titles": False}}) == ["“What If She Were Here Now”"]


def test_captions_are_not_checked(story):
    assert story("", "It rained.").caption("“This plan will ruin the town.”").passages("ATT101") == []


LONG = "“We have waited for a bridge for thirty years. We were told it would come. It has not come.”"


class TestLateAttribution:
    """ATT102."""

    @pytest.mark.parametrize(
        ("text", "content", "source"),
        [
            pytest.param(LONG + " said Ann Lee.", LONG, "Ann Lee", id="three-sentences"),
            pytest.param(
                "“" + "word " * 41 + "end,” said Ann Lee.", "“" + "word " * 41 + "end,”", "Ann Lee", id="many-words"
            ),
            pytest.param("It rained. " + LONG + " said Ann Lee.", LONG, "Ann Lee", id="after-narration"),
            pytest.param(LONG + " according to Ann Lee.", LONG, "Ann Lee", id="according-to"),
        ],
    )
    def test_a_long_quotation_before_its_source(self, story, text, content, source):
        build = story("", text).quote(content, source=source)
        assert build.passages("ATT102") == [content]

    @pytest.mark.parametrize(
        ("text", "content", "speaker"),
        [
            pytest.param("Ann Lee said: " + LONG, LONG, None, id="source-first"),
            pytest.param("“It rained,” said Ann Lee.", "“It rained,”", None, id="short"),
            pytest.param(
                "{P:lee Ann Lee} was out. " + LONG + " she said, for Ann Lee was tired.",
                LONG,
                "lee",
                id="named-in-the-sentence-before",
            ),
            pytest.param("They met. " + LONG, LONG, "lee", id="no-sign-of-a-source"),
        ],
    )
    def test_a_source_in_time_is_silent(self, story, text, content, speaker):
        build = story("", text).quote(
            content, source="Ann Lee" if "Ann Lee" in text.replace("}", "") else "", speaker=speaker
        )
        assert build.passages("ATT102") == []

    def test_a_source_between_two_pieces_is_silent(self, story):
        build = story("", "“It rained,” said Ann Lee. “We were wet. We went home. We slept.”")
        build.pieces("“It rained,”", "“We were wet. We went home. We slept.”", source="Ann Lee")
        assert build.passages("ATT102") == []

    def test_options(self, story):
        build = story("", LONG + " said Ann Lee.").quote(LONG, source="Ann Lee")
        assert build.passages("ATT102", options={"ATT102": {"max_sentences": 3}}) == []
        assert build.passages("ATT102", options={"ATT102": {"max_sentences": 3, "max_words": 10}}) == [LONG]


class TestSameQuoteTwoSources:
    """ATT106."""

    def two(self, story, first, second, *, speakers=("lee", "ray")):
        build = story("", f"{{P:lee Ann Lee}} said “{first}”.", f"{{P:ray Bob Ray}} said “{second}”!")
        build.quote(f"“{first}”.", source="Ann Lee", speaker=speakers[0])
        return build.quote(f"“{second}”!", source="Bob Ray", speaker=speakers[1])

    @pytest.mark.parametrize(
        ("first", "second", "speakers", "severity"),
        [
            pytest.param(
                "it will ruin the whole town", "it will ruin the whole town", ("lee", "ray"), "error", id="two-speakers"
            ),
            pytest.param(
                "It will ruin the whole town",
                "it will ruin, the whole town",
                ("lee", "ray"),
                "error",
                id="case-and-commas",
            ),
            pytest.param(
                "it will ruin the whole town and all that we have built here",
                "it will ruin the whole town and all that we had built here",
                ("lee", "lee"),
                "warning",
                id="another-wording",
            ),
            pytest.param(
                "it will ruin the whole town and all that we have built here",
                "it will ruin the whole town and all that they have built here",
                ("lee", "ray"),
                "error",
                id="nearly-the-same-and-two-speakers",
            ),
        ],
    )
    def test_one_quotation_of_two(self, story, first, second, speakers, severity):
        build = self.two(story, first, second, speakers=speakers)
        [finding] = build.findings("ATT106", options={"ATT106": {"similarity": 0.8}})
        assert (build.text[finding.start : finding.end], finding.severity) == (f"“{second}”!", severity)
        assert [build.text[item.start : item.end] for item in finding.evidence] == [f"“{first}”."]

    @pytest.mark.parametrize(
        ("first", "second", "speakers"),
        [
            pytest.param(
                "it will ruin the whole town", "it will ruin the whole town", ("lee", "lee"), id="one-speaker"
            ),
            pytest.param("it will ruin us", "it will ruin us", ("lee", "ray"), id="short"),
            pytest.param(
                "it will ruin the whole town", "it will save the whole village", ("lee", "ray"), id="different"
            ),
            pytest.param(
                "it will ruin the whole town", "it will ruin the whole town", ("lee", None), id="unknown-speaker"
            ),
        ],
    )
    def test_what_may_be_is_silent(self, story, first, second, speakers):
        assert self.two(story, first, second, speakers=speakers).passages("ATT106") == []

    def test_rewording_can_be_allowed(self, story):
        first = "it will ruin the whole town and all that we have built here in ten years"
        build = self.two(story, first, first.replace("have", "had"), speakers=("lee", "lee"))
        options = {"similarity": 0.8}
        assert len(build.passages("ATT106", options={"ATT106": options})) == 1
        assert build.passages("ATT106", options={"ATT106": {**options, "report_rewording": False}}) == []
