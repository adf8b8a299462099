"""ATT301 and ATT302: sources without a name."""

from __future__ import annotations

import pytest


class TestUnnamedSource:
    """ATT301."""

    @pytest.mark.parametrize(
        ("paragraph", "source", "severity"),
        [
            pytest.param("A source said it rained.", "A source", "warning", id="a-source"),
            pytest.param("Two officials said it rained.", "Two officials", "warning", id="officials"),
            pytest.param(
                "A senior aide to the minister said it rained.", "A senior aide to the minister", "info", id="described"
            ),
            pytest.param(
                "People familiar with the matter said it rained.",
                "People familiar with the matter",
                "info",
                id="people-who-know",
            ),
            pytest.param(
                "It rained, according to a government official.", "a government official", "info", id="according-to"
            ),
            pytest.param(
                "An anonymous source told the paper it rained.",
                "An anonymous source",
                "warning",
                id="anonymous-says-nothing",
            ),
        ],
    )
    def test_a_source_by_function_only(self, story, paragraph, source, severity):
        build = story("", paragraph)
        build.quote("it rained" if "it rained" in paragraph else "It rained", source=source, kind="indirect")
        [finding] = build.findings("ATT301")
        assert (build.text[finding.start : finding.end], finding.severity) == (source, severity)

    def test_the_name_before_the_noun_is_somebody_else_s(self, story):
        build = story("", "A {P:lee Lee} adviser said it rained.")
        assert build.quote("it rained", source="A Lee adviser", speaker="lee", kind="indirect").passages("ATT301") == [
            "A Lee adviser"
        ]

    @pytest.mark.parametrize(
        ("paragraph", "expected"),
        [
            pytest.param("Sources said it rained.", "Sources", id="plural"),
            pytest.param("It rained, according to a lawyer for one of the firms.", "a lawyer", id="lawyer"),
            pytest.param("It rained, according to a senior official.", "a senior official", id="according-to"),
        ],
    )
    def test_the_text_is_enough_where_no_quote_was_found(self, story, paragraph, expected):
        assert story("", paragraph).passages("ATT301") == [expected]

    @pytest.mark.parametrize(
        ("paragraph", "source", "speaker"),
        [
            pytest.param(
                "{P:r Jeff Rathke}, a government official, said it rained.",
                "Jeff Rathke, a government official",
                "r",
                id="name-before",
            ),
            pytest.param(
                "Health official {P:h Julie Hahn} said it rained.", "Health official Julie Hahn", "h", id="name-after"
            ),
            pytest.param("Police said it rained.", "Police", None, id="institution"),
            pytest.param("Witnesses said it rained.", "Witnesses", None, id="witnesses"),
            pytest.param("The official said it rained.", "The official", None, id="refers-back"),
            pytest.param("A police spokesman said it rained.", "A police spokesman", None, id="spokesman"),
            pytest.param("A source of income said it rained.", "", None, id="no-quote-and-no-verb-beside"),
            pytest.param(
                "“A source said it rained,” {P:r Jeff Rathke} said.", "Jeff Rathke", "r", id="inside-a-quotation"
            ),
        ],
    )
    def test_named_and_institutional_sources_are_silent(self, story, paragraph, source, speaker):
        build = story("", paragraph)
        if source:
            build.quote("it rained", source=source, speaker=speaker)
        assert build.passages("ATT301") == []

    def test_options(self, story):
        build = story("", "A source said it rained.")
        assert build.findings("ATT301", options={"ATT301": {"bare_severity": "error"}})[0].severity == "error"
        assert build.findings("ATT301", options={"ATT301": {"allow_roles": ["source"]}}) == []
        assert build.findings("ATT301", options={"ATT301": {"count_threshold": 2}}) == []


class TestVagueAttribution:
    """ATT302."""

    @pytest.mark.parametrize(
        ("paragraph", "expected"),
        [
            pytest.param("Experts say the bridge is unsafe.", "Experts say", id="experts"),
            pytest.param("Many believe the bridge is unsafe.", "Many believe", id="many"),
            pytest.param("It is widely believed that the bridge is unsafe.", "It is widely believed", id="impersonal"),
            pytest.param("The minister is reportedly ill.", "reportedly", id="adverb"),
            pytest.param("Studies show that the bridge is unsafe.", "Studies show", id="studies"),
            pytest.param("Some critics argue the bridge is unsafe.", "Some critics argue", id="some-critics"),
            pytest.param("The minister is thought to be ill.", "is thought to", id="passive"),
        ],
    )
    def test_attribution_to_nobody(self, story, paragraph, expected):
        assert story("", paragraph).passages("ATT302") == [expected]

    @pytest.mark.parametrize(
        "paragraph",
        [
            pytest.param(
                "Experts say it is unsafe. “It could fall,” said {P:lee Ann Lee}, an engineer.", id="a-source-follows"
            ),
            pytest.param(
                "Researchers say it is unsafe, according to {O:u the University of Leeds}.", id="an-institution-follows"
            ),
            pytest.param("Police arrested a man who allegedly broke in.", id="law"),
            pytest.param("“Experts say it is unsafe,” he said.", id="inside-a-quotation"),
            pytest.param("Experts from {O:u the University of Leeds} say it is unsafe.", id="particular-experts"),
            pytest.param("Experts met in the town. Many people came.", id="no-verb-of-saying"),
        ],
    )
    def test_particular_sources_are_silent(self, story, paragraph):
        build = story("", paragraph)
        if "It could fall" in paragraph:
            build.quote("“It could fall,”", source="Ann Lee", speaker="lee")
        assert build.passages("ATT302") == []

    def test_who_only_spoke_there_is_no_source(self, story):
        build = story("", "Experts said the bridge was unsafe at a dinner where {P:lee Ann Lee} also spoke.")
        assert build.passages("ATT302") == ["Experts said"]

    def test_a_place_in_the_words_for_a_source_is_no_source(self, story):
        build = story(
            "{P:lee Ann Lee} came.",
            "Experts say it would cost $84 billion. It was to help, said a speech Lee gave at {O:yale Yale}.",
        )
        build.quote("It was to help", source="a speech Lee gave at Yale", speaker="lee")
        assert build.passages("ATT302") == ["Experts say"]

    def test_options(self, story):
        charge = story("", "Police arrested a man who allegedly broke in.")
        assert charge.passages("ATT302", options={"ATT302": {"legal_context": False}}) == ["allegedly"]
        own = story("", "Rumour has it that the bridge is unsafe.")
        assert own.passages("ATT302", options={"ATT302": {"phrases": ["rumour has it"]}}) == ["Rumour has it"]
        late = story("", "Experts say it is unsafe. It rained. {P:lee Ann Lee} said it could fall.")
        assert late.passages("ATT302") == ["Experts say"]
        assert late.passages("ATT302", options={"ATT302": {"lookahead": 2}}) == []
