"""ATT201 to ATT204: who is speaking."""

from __future__ import annotations

import pytest

from copydesk import Context, Trait

LEE = "{P:lee Ann Lee}"


UNKNOWN = {"unknown_is": "warning"}
"""Options of ATT203: also somebody of whom nothing at all is said."""


class TestUnintroducedPerson:
    """ATT201."""

    def test_a_source_by_surname_alone(self, story):
        build = story("", "“It will rain,” {P:w Warren} said.").quote("“It will rain,”", source="Warren", speaker="w")
        assert build.passages("ATT201") == ["Warren"]

    def test_the_owner_of_remarks(self, story):
        assert story("", "{P:w Warren}’s latest remarks were in line with policy.").passages("ATT201") == ["Warren"]

    def test_only_the_first_mention(self, story):
        build = story("", "{P:w Warren}’s remarks were odd.", "{P:w Warren} said it rained.").quote(
            "it rained", source="Warren", number=1
        )
        assert build.passages("ATT201") == ["Warren"]

    def test_a_full_name_of_somebody_else_does_not_introduce(self, story):
        build = story("", LEE + ", the mayor, was there. {P:w Warren} said it rained.").quote(
            "it rained", source="Warren"
        )
        assert build.passages("ATT201") == ["Warren"]

    def test_with_a_rank_but_no_name(self, story):
        build = story("", "General {P:k Kartapolov} said it rained.").quote("it rained", source="General Kartapolov")
        assert build.passages("ATT201") == ["Kartapolov"]

    def test_a_misspelt_source_is_asked_about(self, story):
        build = story("", "{P:m Eva Maurer}, a nurse, was there. {P:x Mauer} said it rained.").quote(
            "it rained", source="Mauer"
        )
        [finding] = build.findings("ATT201")
        assert "Eva Maurer" in finding.message
        assert [build.text[item.start : item.end] for item in finding.evidence] == ["Eva Maurer"]
        [plain] = build.findings("ATT201", options={"ATT201": {"suggest_distance": 0}})
        assert not plain.evidence

    def test_every_person_on_request(self, story):
        build = story("", "{P:w Warren} opened the bridge.")
        assert build.passages("ATT201") == []
        assert build.passages("ATT201", options={"ATT201": {"scope": "all"}}) == ["Warren"]

    @pytest.mark.parametrize(
        ("paragraphs", "source"),
        [
            pytest.param([LEE + " was there.", "{P:lee Lee} said it rained."], "Lee", id="introduced-before"),
            pytest.param(
                ["{P:lee Lee} said it rained.", LEE + " was there."], "Lee", id="introduced-after-is-another-check"
            ),
            pytest.param(["Pope {P:f Francis} said it rained."], "Pope Francis", id="a-title-that-goes-with-one-name"),
            pytest.param(["{P:e Elizabeth} II said it rained."], "Elizabeth II", id="a-monarch"),
            pytest.param(["The {P:m Monti} government said it rained."], "The Monti government", id="an-eponym"),
            pytest.param(
                ["A friend of {P:w Warren} said it rained."], "A friend of Warren", id="not-the-head-of-the-source"
            ),
            pytest.param(
                ["{P:w Warren}’s spokesman said it rained."], "Warren’s spokesman", id="possessor-of-the-source"
            ),
            pytest.param(
                ["{P:g José García} was there.", "{P:g Garcia} said it rained."], "Garcia", id="an-accent-less"
            ),
            pytest.param(
                [LEE + " was there.", "{P:x Ann} said it rained."], "Ann", id="given-name-of-somebody-named-in-full"
            ),
        ],
    )
    def test_introduced_people_and_no_people_are_silent(self, story, paragraphs, source):
        assert story("", *paragraphs).quote("it rained", source=source).passages("ATT201") == []

    def test_relatives_quotations_and_lists_are_silent(self, story):
        relative = story("", "His wife, {P:g Gloria}, said it rained.").quote("it rained", source="Gloria")
        assert relative.role("wife", "g", kind="relation").passages("ATT201") == []
        inside = story("", "“{P:w Warren}’s remarks were odd,” said " + LEE + ", a nurse.")
        assert inside.quote("“Warren’s remarks were odd,”", source="Ann Lee", speaker="lee").passages("ATT201") == []
        known = story("", "{P:p Putin} said it rained.").quote("it rained", source="Putin")
        assert known.passages("ATT201", house={"people": ["Vladimir Putin"]}) == []

    def test_a_caption_introduces_only_on_request(self, story):
        build = (
            story("", "{P:w Warren} said it rained.")
            .caption("{P:w Steve Warren} at work")
            .quote("it rained", source="Warren")
        )
        assert build.passages("ATT201") == ["Warren"]
        assert build.passages("ATT201", options={"ATT201": {"captions": True}}) == []


class TestIntroducedTooLate:
    """ATT202."""

    @pytest.mark.parametrize(
        "paragraphs",
        [
            pytest.param(["It rained, {P:lee Lee} said.", "Mayor " + LEE + " went home."], id="two-paragraphs"),
            pytest.param(["{P:lee Lee} went out. It rained. " + LEE + ", the mayor, was wet."], id="one-paragraph"),
            pytest.param(["{P:x Lee} went out.", "{P:lee Ann Lee} was wet."], id="by-name-even-when-the-chains-differ"),
            pytest.param(
                ["{P:v de Villiers} called.", "It rained.", "{P:v Pierre de Villiers} leads the staff."],
                id="a-surname-with-a-particle",
            ),
        ],
    )
    def test_the_surname_before_the_name(self, story, paragraphs):
        assert [finding.code for finding in story("", *paragraphs).findings("ATT202")] == ["ATT202"]

    def test_the_introduction_is_the_evidence(self, story):
        build = story("", "It rained, {P:lee Lee} said.", "Mayor " + LEE + " went home.")
        [finding] = build.findings("ATT202")
        assert build.text[finding.start : finding.end] == "Lee"
        assert [build.text[item.start : item.end] for item in finding.evidence] == ["Ann Lee"]

    @pytest.mark.parametrize(
        ("headline", "paragraphs"),
        [
            pytest.param(
                "{P:lee Lee} opposes plan",
                [LEE + ", the mayor, opposes the plan.", "{P:lee Lee} went home."],
                id="headline-first",
            ),
            pytest.param("", [LEE + " went out.", "{P:lee Lee} was wet.", LEE + " came home."], id="named-again"),
            pytest.param("", ["{P:w Warren} went out."], id="never-introduced"),
            pytest.param("", ["“{P:lee Lee} is wet,” he said.", LEE + " went home."], id="in-a-quotation"),
            pytest.param("", ["The {P:m Monti} government fell.", "{P:m Mario Monti} went home."], id="an-eponym"),
        ],
    )
    def test_introduced_in_time_is_silent(self, story, headline, paragraphs):
        assert story(headline, *paragraphs).passages("ATT202") == []

    def test_options_narrow_it(self, story):
        build = story("", "{P:lee Lee} went out. " + LEE + ", the mayor, was wet.")
        assert build.passages("ATT202") == ["Lee"]
        assert build.passages("ATT202", options={"ATT202": {"min_gap_sentences": 2}}) == []
        assert build.passages("ATT202", options={"ATT202": {"scope": "sources"}}) == []


class TestSourceWithoutRole:
    """ATT203."""

    @pytest.mark.parametrize(
        "paragraph",
        [
            pytest.param(LEE + " said it rained.", id="name-alone"),
            pytest.param("Yesterday " + LEE + " said it rained.", id="after-an-adverb"),
            pytest.param(LEE + ", 34, said it rained.", id="an-age-is-no-role"),
            pytest.param("It rained, added " + LEE + ".", id="after-the-verb"),
            pytest.param("It rained, according to " + LEE + ".", id="according-to"),
        ],
    )
    def test_a_source_of_whom_nothing_is_said(self, story, paragraph):
        content = "it rained" if "it rained" in paragraph else "It rained"
        cue = next(word for word in ("said", "added", "according to") if word in paragraph)
        build = story("", paragraph).quote(content, source="Ann Lee", speaker="lee", cue=cue, kind="indirect")
        assert build.passages("ATT203", options={"ATT203": UNKNOWN}) == ["Ann Lee"]

    @pytest.mark.parametrize(
        "paragraph",
        [
            pytest.param(LEE + ", the mayor, said it rained.", id="apposition"),
            pytest.param("Mayor " + LEE + " said it rained.", id="title"),
            pytest.param("The mayor, " + LEE + ", said it rained.", id="apposition-first"),
            pytest.param("Local resident " + LEE + " said it rained.", id="noun-before"),
            pytest.param(LEE + ", who lives opposite, said it rained.", id="relative-clause"),
            pytest.param(LEE + " of Save the Bay said it rained.", id="of"),
            pytest.param(LEE + ", 34, a nurse, said it rained.", id="after-an-age"),
            pytest.param(LEE + " (Labour) said it rained.", id="brackets"),
            pytest.param(LEE + " is a nurse. " + LEE + " said it rained.", id="copula-elsewhere"),
            pytest.param(LEE + ", spokeswoman for the port, said it rained.", id="no-article"),
        ],
    )
    def test_a_description_anywhere_is_enough(self, story, paragraph):
        build = story("", paragraph).quote("it rained", source="Ann Lee", speaker="lee", cue="said", kind="indirect")
        assert build.passages("ATT203", options={"ATT203": UNKNOWN}) == []

    def test_nothing_said_is_reported_where_that_is_asked_for(self, story):
        build = story("", LEE + " said it rained.").quote("it rained", source="Ann Lee", speaker="lee")
        assert build.passages("ATT203") == []
        [finding] = build.findings("ATT203", options={"ATT203": {"unknown_is": "info"}})
        assert finding.severity == "info"

    def test_a_role_found_by_an_earlier_step_is_enough(self, story):
        build = story("", LEE + " said it rained.", "Later it was the mayor who got wet.")
        build.quote("it rained", source="Ann Lee", speaker="lee")
        assert build.passages("ATT203", options={"ATT203": UNKNOWN}) == ["Ann Lee"]
        assert build.role("mayor", "lee").passages("ATT203", options={"ATT203": UNKNOWN}) == []

    def test_a_country_alone_is_partial(self, story):
        build = story("", "{L:ru Russia}’s {P:l Sergei Lavrov} said it rained.")
        build.quote("it rained", source="Russia’s Sergei Lavrov", speaker="l").role(
            "Russia’s", "l", kind="affiliation", country="ru"
        )
        assert build.passages() == build.passages("ATT203") == ["Russia’s Sergei Lavrov"]
        [finding] = build.findings("ATT203", options={"ATT203": {"partial_is": "info"}})
        assert finding.severity == "info"
        assert build.passages("ATT203", options={"ATT203": UNKNOWN | {"partial_is": "ok"}}) == []

    def test_scope_known_people_and_single_names(self, story):
        build = story("", LEE + " went home.")
        assert build.passages("ATT203", options={"ATT203": UNKNOWN}) == []
        assert build.passages("ATT203", options={"ATT203": UNKNOWN | {"scope": "all"}}) == ["Ann Lee"]
        assert (
            build.passages("ATT203", options={"ATT203": UNKNOWN | {"scope": "all"}}, house={"people": ["ann lee"]})
            == []
        )
        single = story("", "{P:w Warren} said it rained.").quote("it rained", source="Warren", speaker="w")
        assert single.passages("ATT203", options={"ATT203": UNKNOWN}) == []

    def test_without_roles_it_is_skipped_visibly(self, story):
        from copydesk_attribution.component import Attribution, AttributionConfig

        build = story("", LEE + " said it rained.").quote("it rained", source="Ann Lee")
        component = Attribution(AttributionConfig(select=("ATT203",)))
        component.setup(Context())
        [finding] = component.process(build.document(Trait))
        assert (finding.code, finding.severity) == ("ATT901", "info")
        assert "ATT203 for want of trait" in finding.message


class TestDanglingSpeechReference:
    """ATT204."""

    @pytest.mark.parametrize(
        ("paragraphs", "expected"),
        [
            pytest.param(["{P:w Warren}’s remarks went down badly."], "Warren’s remarks", id="first-heard"),
            pytest.param([LEE + "'s recent comments drew anger."], "Ann Lee's recent comments", id="with-an-adjective"),
            pytest.param(["{O:m The ministry}’s statement drew anger."], "The ministry’s statement", id="organisation"),
            pytest.param(["The remarks drew anger in the town."], "The remarks", id="no-owner-and-no-speech"),
            pytest.param(
                ["{P:w Warren}’s remarks drew anger.", "{P:w Warren} said it rained."],
                "Warren’s remarks",
                id="only-later",
            ),
        ],
    )
    def test_speech_that_was_never_reported(self, story, paragraphs, expected):
        assert story("", *paragraphs).passages("ATT204") == [expected]

    @pytest.mark.parametrize(
        "paragraphs",
        [
            pytest.param(["{P:w Warren} said it rained.", "{P:w Warren}’s remarks drew anger."], id="reported-before"),
            pytest.param(["{P:c Cornyn}'s statement added, “We will appeal.”"], id="content-in-the-sentence"),
            pytest.param(["{P:w Warren}’s claim that it rained drew anger."], id="content-after-the-noun"),
            pytest.param(["Today's announcement drew anger."], id="an-owner-who-cannot-speak"),
            pytest.param(["It rained, he said.", "The remarks drew anger."], id="somebody-spoke-before"),
            pytest.param(["“{P:w Warren}’s remarks drew anger,” he said."], id="inside-a-quotation"),
        ],
    )
    def test_speech_that_was_reported_is_silent(self, story, paragraphs):
        build = story("", *paragraphs)
        if "We will appeal" in build.text:
            build.quote("“We will appeal.”", source="Cornyn's statement", speaker="c")
        assert build.passages("ATT204") == []

    def test_options(self, story):
        later = story("", "{P:w Warren}’s remarks drew anger.", "{P:w Warren} said it rained.")
        later.quote("it rained", source="Warren", speaker="w", number=1)
        assert later.passages("ATT204", options={"ATT204": {"allow_later": True}}) == []
        nouns = story("", "{P:w Warren}’s tirade drew anger.")
        assert nouns.passages("ATT204") == []
        assert nouns.passages("ATT204", options={"ATT204": {"nouns": ["tirade"]}}) == ["Warren’s tirade"]
