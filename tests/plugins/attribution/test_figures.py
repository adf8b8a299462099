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


class TestConflictingFigures:
    """ATT602."""

    @pytest.mark.parametrize(
        ("paragraphs", "figures", "expected"),
        [
            pytest.param(
                ["Twelve people died in the fire. Relatives of the 14 dead were told."],
                [("Twelve", 12, "people"), ("14", 14, "")],
                "14",
                id="the-dead",
            ),
            pytest.param(
                ["The army sent 500 fuel trucks.", "It rained. The 400 fuel trucks came late."],
                [("500", 500, "fuel trucks"), ("400", 400, "fuel trucks")],
                "400",
                id="the-same-words",
            ),
            pytest.param(
                ["It hurt 12 people.", "The blast left 15 injured. The 20 injured went home."],
                [("15", 15, ""), ("20", 20, "")],
                "20",
                id="the-injured",
            ),
            pytest.param(
                ["All 30 students came. It rained. The 32 students were wet."],
                [("30", 30, "students"), ("32", 32, "students")],
                "32",
                id="definite",
            ),
        ],
    )
    def test_two_counts_of_one_thing(self, story, paragraphs, figures, expected):
        build = story("", *paragraphs)
        for words, value, counted in figures:
            build.figure(words, value, counted=counted)
        assert build.passages("ATT602") == [expected]
        [finding] = build.findings("ATT602")
        assert [build.text[item.start : item.end] for item in finding.evidence] == [figures[0][0]]

    @pytest.mark.parametrize(
        ("paragraph", "second"),
        [
            pytest.param(
                "Twelve people died in the fire. Twelve people died, it is feared.",
                {"value": 12, "words": "Twelve people died, it"},
                id="equal",
            ),
            pytest.param(
                "Twelve people died in the fire. Another 14 people died in hospital.", {"value": 14}, id="another"
            ),
            pytest.param("Twelve people died in May, 14 people died in June.", {"value": 14}, id="one-sentence"),
            pytest.param(
                "Twelve people died in the fire. At least 14 people died.", {"value": 14, "bound": ">="}, id="hedged"
            ),
            pytest.param("Twelve people left. It rained. Then 14 people came.", {"value": 14}, id="different-people"),
        ],
    )
    def test_what_may_differ_is_silent(self, story, paragraph, second):
        build = story("", paragraph).figure("Twelve", 12, counted="people")
        if second["value"] == 14:
            build.figure("14", 14, counted="people", bound=second.get("bound", "="))
        else:
            build.figure("Twelve", 12, counted="people", number=1)
        assert build.passages("ATT602") == []

    def test_different_sources_and_times_are_silent(self, story):
        text = "Police said 12 people died. It rained. The union said 14 people died."
        build = story("", text).figure("12", 12, counted="people").figure("14", 14, counted="people")
        assert build.passages("ATT602") == ["14"]
        build.quote("12 people died", source="Police", kind="indirect").quote(
            "14 people died", source="The union", kind="indirect"
        )
        assert build.passages("ATT602") == []
        days = story("", "On Monday 12 people died. On Tuesday 14 people died.")
        days.figure("12", 12, counted="people").figure("14", 14, counted="people")
        assert days.passages("ATT602") == ["14"]
        assert days.time("Monday", "XXXX-WXX-1").time("Tuesday", "XXXX-WXX-2").passages("ATT602") == []

    def test_options(self, story):
        build = story("", "Nearly 100 people died. It rained. Then 102 people had died.")
        build.figure("100", 100, counted="people", bound="~").figure("102", 102, counted="people")
        assert build.passages("ATT602") == []
        assert build.passages("ATT602", options={"ATT602": {"respect_hedges": False}}) == ["102"]
        assert build.passages("ATT602", options={"ATT602": {"respect_hedges": False, "tolerance": 0.05}}) == []


class TestArithmeticMismatch:
    """ATT603."""

    @pytest.mark.parametrize(
        ("text", "figures", "expected"),
        [
            pytest.param(
                "Output rose from 40 to 50 tonnes, up 20 percent.",
                [("40", 40, "quantity"), ("50 tonnes", 50, "quantity"), ("20 percent", 20, "percent")],
                "20 percent",
                id="change",
            ),
            pytest.param(
                "It fell 50 percent, from 40 to 30.",
                [("50 percent", 50, "percent"), ("40", 40, "cardinal"), ("30", 30, "cardinal")],
                "50 percent",
                id="fall",
            ),
            pytest.param(
                "Output doubled from 40 to 50.",
                [("40", 40, "cardinal"), ("50", 50, "cardinal")],
                "doubled",
                id="doubled",
            ),
            pytest.param(
                "Rates rose from 5 percent to 7 percent, up 2 percent.",
                [("5 percent", 5, "percent"), ("7 percent", 7, "percent"), ("2 percent", 2, "percent")],
                "2 percent",
                id="points",
            ),
            pytest.param(
                "Between 15 and 10 people came.",
                [("Between 15 and 10", (15, 10), "cardinal")],
                "Between 15 and 10",
                id="range",
            ),
        ],
    )
    def test_figures_that_do_not_fit(self, story, text, figures, expected):
        build = story("", text)
        for words, value, kind in figures:
            build.figure(words, value, kind=kind)
        assert build.passages("ATT603") == [expected]

    def test_a_total_that_is_not_the_sum(self, story):
        build = story("", "The blast killed 12 people: 7 men and 4 women.")
        build.figure("12", 12, counted="people").figure("7", 7, counted="men").figure("4", 4, counted="women")
        assert build.passages("ATT603") == ["12"]

    @pytest.mark.parametrize(
        ("text", "figures"),
        [
            pytest.param(
                "Output rose from 40 to 50 tonnes, up 25 percent.",
                [("40", 40, "quantity"), ("50 tonnes", 50, "quantity"), ("25 percent", 25, "percent")],
                id="change",
            ),
            pytest.param(
                "It rose from 3 to 4, up 30 percent.",
                [("3", 3, "cardinal"), ("4", 4, "cardinal"), ("30 percent", 30, "percent")],
                id="within-rounding",
            ),
            pytest.param(
                "Output doubled from 40 to 80.", [("40", 40, "cardinal"), ("80", 80, "cardinal")], id="doubled"
            ),
            pytest.param(
                "Rates rose from 5 percent to 7 percent, up 2 percentage points.",
                [("5 percent", 5, "percent"), ("7 percent", 7, "percent"), ("2 percentage points", 2, "percent")],
                id="points",
            ),
            pytest.param("Between 10 and 15 people came.", [("Between 10 and 15", (10, 15), "cardinal")], id="range"),
            pytest.param(
                "Of 12 people, 5 were children and 2 were nurses.",
                [("12", 12, "cardinal"), ("5", 5, "cardinal"), ("2", 2, "cardinal")],
                id="not-all-parts",
            ),
        ],
    )
    def test_figures_that_fit_are_silent(self, story, text, figures):
        build = story("", text)
        for words, value, kind in figures:
            build.figure(words, value, kind=kind)
        assert build.passages("ATT603") == []

    def test_a_total_that_is_the_sum_is_silent(self, story):
        build = story("", "The blast killed 11 people: 7 men and 4 women.")
        build.figure("11", 11, counted="people").figure("7", 7, counted="men").figure("4", 4, counted="women")
        assert build.passages("ATT603") == []

    def test_rounding_can_be_widened(self, story):
        build = story("", "It rose from 40 to 50, up 20 percent.")
        build.figure("40", 40).figure("50", 50).figure("20 percent", 20, kind="percent")
        assert build.passages("ATT603") == ["20 percent"]
        assert build.passages("ATT603", options={"ATT603": {"rounding": 6}}) == []


class TestUnanchoredTime:
    """ATT607, a preview check."""

    def build(self, story, **more):
        build = story("", "He came yesterday. He will go next week. The war ended in 1918.", **more)
        return (
            build.time("yesterday", "XXXX-XX-XX", anchored=False)
            .time("next week", "XXXX-WXX", anchored=False)
            .time("1918", "1918")
        )

    def test_one_finding_lists_all(self, story):
        build = self.build(story)
        [finding] = build.findings("ATT607")
        assert build.text[finding.start : finding.end] == "yesterday"
        assert [build.text[item.start : item.end] for item in finding.evidence] == ["next week"]
        assert build.passages("ATT607", options={"ATT607": {"aggregate": False}}) == ["yesterday", "next week"]
        assert "ATT607" not in [finding.code for finding in build.findings()]

    @pytest.mark.parametrize(
        "text", ["He came yesterday.", "Earlier he came.", "It rained. He left on Friday.", "Next week he goes."]
    )
    def test_each_kind_of_time(self, story, text):
        word = next(word for word in ("yesterday", "Earlier", "Friday", "Next week") if word in text)
        assert story("", text).time(word, "XXXX", anchored=False).passages("ATT607") == [word]

    def test_a_date_silences_it(self, story):
        assert self.build(story, metadata={"date": "2015-11-19"}).passages("ATT607") == []

    @pytest.mark.parametrize("kind", ["dateline", "byline"])
    def test_a_date_above_the_text_silences_it(self, story, kind):
        build = story("", "He came yesterday.").section(kind, "July 21, 2017")
        build.time("yesterday", "XXXX-XX-XX", anchored=False)
        assert build.passages("ATT607") == ["yesterday"]
        assert build.time("July 21, 2017", "2017-07-21").passages("ATT607") == []

    def test_anchored_and_quoted_times_are_silent(self, story):
        assert story("", "He came yesterday.").time("yesterday", "2017-07-20", anchored=True).passages("ATT607") == []
        assert story("", "He came in 1918.").time("1918", "1918").passages("ATT607") == []
        assert (
            story("", "“He came yesterday,” she said.")
            .time("yesterday", "XXXX-XX-XX", anchored=False)
            .passages("ATT607")
            == []
        )
