"""What good copy does all the time, and no check may take for a fault: each is a false alarm that real stories gave."""

import pytest

from copydesk import Context, Mention
from copydesk_attribution.component import Attribution, AttributionConfig

EVERY = {"ATT501": {"told_from": 1}}
LEE, RAY = "{P:lee Ann Lee}", "{P:ray Bob Ray}"


def said(story, paragraph, *, headline="", speaker="lee", source="Ann Lee", content="it rained"):
    """A story in which somebody said that it rained."""
    return story(headline, paragraph).quote(content, source=source, speaker=speaker, cue="said", kind="indirect")


UNKNOWN = {"unknown_is": "warning"}
"""Options of ATT203: also somebody of whom nothing at all is said."""


class TestDescriptions:
    """ATT203: where it can stand that somebody is somebody."""

    @pytest.mark.parametrize(
        "paragraph",
        [
            pytest.param(LEE + " and " + RAY + ", both of the union, said it rained.", id="shared-after"),
            pytest.param("Senators such as " + RAY + " and " + LEE + " said it rained.", id="shared-before"),
            pytest.param(RAY + " and " + LEE + " ― three former officials ― said it rained.", id="shared-dash"),
            pytest.param("Defending, " + LEE + " said it rained.", id="counsel"),
            pytest.param("{O:fox Fox}’s " + LEE + " said it rained.", id="whose-organisation"),
            pytest.param(LEE + ", writing in the Post, said it rained.", id="where-she-writes"),
            pytest.param("White House hopeful " + LEE + " said it rained.", id="hopeful"),
            pytest.param("Another delegate on the slate, " + LEE + ", said it rained.", id="apposed-with-complement"),
            pytest.param("Two analysts, " + RAY + " and " + LEE + ", said it rained.", id="apposed-to-two"),
            pytest.param("And a third, " + LEE + ", said it rained.", id="one-more-of-them"),
            pytest.param("A worker named " + LEE + " said it rained.", id="named"),
            pytest.param(LEE + ", {P:ray Ray}’s budget director then, said it rained.", id="whose-director"),
            pytest.param(LEE + " said it rained. " + LEE + ", 55, has worked at the mill for years.", id="works"),
            pytest.param(LEE + " said it rained. " + LEE + " is listed as the chairman.", id="listed-as"),
        ],
    )
    def test_a_description_in_another_place_is_one(self, story, paragraph):
        assert said(story, paragraph).passages("ATT203", options={"ATT203": UNKNOWN}) == []

    @pytest.mark.parametrize(
        "paragraph",
        [
            pytest.param("In a statement, " + LEE + " said it rained.", id="a-statement"),
            pytest.param("Last September, " + LEE + " said it rained.", id="a-month"),
            pytest.param("On paper, " + LEE + " said it rained.", id="ends-in-er"),
            pytest.param(RAY + "’s " + LEE + " said it rained.", id="a-person’s"),
            pytest.param(LEE + " and " + RAY + " said it rained.", id="a-list-of-names"),
            pytest.param("After a row with the mayor, " + LEE + " said it rained.", id="about-another"),
            pytest.param(LEE + " said it rained while the union works.", id="somebody-else-works"),
        ],
    )
    def test_what_only_looks_like_a_description_is_none(self, story, paragraph):
        assert "Ann Lee" in said(story, paragraph).passages("ATT203", options={"ATT203": UNKNOWN})

    def test_a_phrase_that_stands_for_the_person_describes_her(self, story):
        build = said(story, LEE + " said it rained. It snowed. The senator went home.")
        document = build.document()
        reference = Mention(**build.find("The senator")._asdict(), kind="description", entity="lee")
        component = Attribution(AttributionConfig(select=["ATT203"], options={"ATT203": UNKNOWN}))
        component.setup(Context())
        assert list(component.process(document))
        assert not list(component.process(document.with_annotations([reference], provides=[Mention])))

    def test_a_surname_alone_in_the_headline_is_of_somebody_known(self, story):
        assert (
            said(story, LEE + " said it rained.", headline="{P:lee Lee}: it rained").passages(
                "ATT203", options={"ATT203": UNKNOWN}
            )
            == []
        )
        assert said(story, LEE + " said it rained.", headline="Rain for Ann").passages(
            "ATT203", options={"ATT203": UNKNOWN}
        ) == ["Ann Lee"]

    @pytest.mark.parametrize("name", ["{P:lee Ann Lee}", "{P:lee Lee}"])
    def test_a_name_under_a_letter_needs_neither_introduction_nor_role(self, story, name):
        build = story("", "“It rained.” ― " + name, "“It snowed.” ― {P:ray Bob Ray}.")
        written = "Ann Lee" if "Ann" in name else "Lee"
        build.quote("“It rained.”", source=written, speaker="lee").quote(
            "“It snowed.”", source="Bob Ray", speaker="ray"
        )
        assert build.passages("ATT201", "ATT203", options={"ATT203": UNKNOWN}) == []

    def test_an_institution_that_was_taken_for_a_person_is_no_source_without_role(self, story):
        center = "{P:c James Martin Center for Peace}"
        build = said(story, f"The {center} said it rained.", speaker="c", source="James Martin Center for Peace")
        assert build.passages("ATT203", options={"ATT203": UNKNOWN}) == []

    @pytest.mark.parametrize(
        ("next_one", "found"),
        [
            ("The party's nominee was in town.", []),
            ("“As a mother, I was wet,” she added.", []),
            ("The town was wet.", ["Ann Lee"]),
            ("The nominee {P:ray Bob Ray} was in town.", ["Ann Lee"]),
        ],
    )
    def test_a_description_in_the_next_sentence_is_one(self, story, next_one, found):
        assert said(story, f"{LEE} said it rained. {next_one}").passages("ATT203", options={"ATT203": UNKNOWN}) == found

    def test_an_owner_is_no_source(self, story):
        build = story("", "{P:bob Bob Ray} sings " + LEE + "’s song: “It rains.”")
        build.quote("“It rains.”", source="Ann Lee", speaker="lee")
        assert build.passages("ATT203", options={"ATT203": UNKNOWN}) == []


class TestIntroductions:
    """ATT201, ATT202: who is introduced well enough."""

    def test_an_office_of_one_introduces_a_surname(self, story):
        assert said(story, "President {P:lee Lee} said it rained.", source="Lee").passages("ATT201") == []
        assert said(story, "Senator {P:lee Lee} said it rained.", source="Lee").passages("ATT201") == ["Lee"]

    def test_a_firm_is_no_person(self, story):
        firm = "{O:firm Lee Energy} was sold."
        assert said(story, firm + " {P:lee Lee} said it rained.", source="Lee").passages("ATT201") == []

    def test_what_has_an_article_is_no_person(self, story):
        build = said(story, "The {P:b Daily Beast} said it rained.", speaker="b", source="Daily Beast")
        assert build.passages("ATT203", options={"ATT203": UNKNOWN}) == []

    @pytest.mark.parametrize("marks", ['""', "“”", "()"])
    def test_a_nickname_stands_within_a_full_name(self, story, marks):
        nickname = f"{marks[0]}Annie{marks[1]}"
        build = story("", "Rep. Ann " + nickname + " {P:lee Lee} went out. {P:lee Lee} was wet.", LEE + " slept.")
        assert build.passages("ATT202") == []

    def test_a_deck_introduces_nobody(self, story):
        body = ["LEEDS, Yorks. - It rained.", LEE + " went out."]
        assert story("", "Plan of {P:lee Lee} fails.", *body).passages("ATT202") == []
        assert story("", "Plan of {P:lee Lee} fails.", "It rained.", body[1]).passages("ATT202") == ["Lee"]

    def test_the_house_list_holds_for_all_checks(self, story):
        late = story("", "{P:lee Lee} went out.", LEE + " was wet.")
        assert late.passages("ATT202") == ["Lee"]
        assert late.passages("ATT202", house={"people": ["Ann Lee"]}) == []
        known = said(story, "{P:t Donald Trump} said it rained.", speaker="t", source="Donald Trump")
        assert known.passages("ATT203", options={"ATT203": UNKNOWN}) == []
        assert known.passages("ATT203", options={"ATT203": UNKNOWN}, house={"household_names": False}) == [
            "Donald Trump"
        ]


class TestRemarks:
    """ATT204: the remarks may come right after."""

    @pytest.mark.parametrize(
        "paragraph",
        [
            pytest.param("{P:lee Lee}’s comments were short. “It rained,” she said.", id="next-sentence"),
            pytest.param("They discussed {P:lee Lee}’s “it rained” remark.", id="between-marks"),
        ],
    )
    def test_remarks_that_follow_are_no_riddle(self, story, paragraph):
        build = story("", paragraph)
        words = "“It rained,”" if "“It" in paragraph else "“it rained”"
        assert build.quote(words, source="she" if "she" in paragraph else "", speaker="lee").passages("ATT204") == []

    def test_remarks_that_follow_in_another_paragraph_are(self, story):
        build = story("", "{P:lee Lee}’s comments were short.", "“It rained,” she said.")
        assert build.quote("“It rained,”", source="she", speaker="lee").passages("ATT204") == ["Lee’s comments"]


class TestVagueAndUnnamed:
    """ATT301, ATT302, ATT502."""

    @pytest.mark.parametrize(
        "sentence", ["Officials have not said why.", "Officials declined to say why.", "Officials didn’t say why."]
    )
    def test_who_says_nothing_is_no_source(self, story, sentence):
        build = story("", sentence).quote("why", source="Officials", cue="", kind="indirect")
        assert build.passages("ATT301") == []

    def test_a_service_speaks_as_an_institution(self, story):
        for sentence, found in (
            ("Fire officials", []),
            ("North Carolina election officials", []),
            ("Senior officials", ["Senior officials"]),
        ):
            build = story("", f"{sentence} said it rained.").quote("it rained", source=sentence, cue="said")
            assert build.passages("ATT301") == found

    def test_who_acts_tells_nothing(self, story):
        build = story("", "Senior officials ruled out rain.")
        build.quote("rain", source="Senior officials", cue="ruled out", kind="indirect")
        assert build.passages("ATT301") == []

    def test_some_state_officials_are_one_phrase(self, story):
        assert story("", "Some state officials praised the rain.").passages("ATT301", "ATT302") == []
        assert story("", "Some state that it rained.").passages("ATT302") == ["Some state"]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("It will rain, according to health experts.", ["experts"]),
            ("It will rain, according to the experts.", []),
            ("Scientists have long warned of rain.", ["Scientists have long warned"]),
            ("Experts say it will rain. Lee said so.", []),
        ],
    )
    def test_experts_without_a_name(self, story, text, found):
        assert story("", text.replace("Lee", LEE)).passages("ATT302") == found

    @pytest.mark.parametrize(
        "text",
        [
            "Most believe it will rain.",
            "Others</tweet> believe it.",
            "Some state laws forbid it.",
            "Perhaps most telling is the rain.",
        ],
    )
    def test_what_goes_back_to_others_or_is_no_phrase(self, story, text):
        assert story("", text).passages("ATT302") == []

    def test_no_excuse_reaches_over_a_paragraph(self, story):
        assert story("", "Experts say it will rain.", LEE + " said so.").passages("ATT302") == ["Experts say"]

    def test_a_verb_that_does_not_agree_has_another_subject(self, story):
        text = "The number that caught the eyes of many analysts shows a dead heat."
        assert story("", text).passages("ATT302") == []

    @pytest.mark.parametrize("apostrophe", ["'", "’"])
    def test_it_s_believed_is_it_is_believed(self, story, apostrophe):
        text = f"It{apostrophe}s believed the change will come."
        assert story("", text).passages("ATT302") == [f"It{apostrophe}s believed"]

    def test_media_before_a_comma_did_not_report(self, story):
        assert story("", "She was not to speak to the press, said a friend.").passages("ATT502") == []


class TestRelays:
    """ATT501."""

    def according(self, story, source, **metadata):
        build = story("", f"It rained, according to {source}.", metadata=metadata)
        plain = source.replace("{O:n NBC}", "NBC").replace(RAY, "Bob Ray").replace("{O:p The Post}", "The Post")
        return build.quote("It rained", source=plain, cue="according to", kind="indirect").passages("ATT501")

    def test_a_person_who_works_with_an_outlet_is_no_relay(self, story):
        assert self.according(story, RAY + ", a pollster who works for {O:n NBC}") == []

    def test_a_poll_of_an_outlet_is_its_own(self, story):
        assert self.according(story, "the {O:n NBC} poll") == []
        assert self.according(story, "{O:n NBC}") == ["NBC"]

    def test_the_paper_s_own_name_may_be_shortened(self, story):
        assert self.according(story, "{O:p The Post}", publisher="The Washington Post") == []
        assert self.according(story, "{O:p The Post}", publisher="The Guardian") == ["The Post"]

    def test_an_outlet_is_reported_once(self, story):
        build = story("", "It rained, {P:lee Lee} told {O:n NBC}.", "It poured, {P:ray Ray} told {O:n NBC}.")
        [finding] = build.findings("ATT501", options=EVERY)
        assert [build.text[item.start : item.end] for item in finding.evidence] == ["NBC"]
        assert finding.evidence[0].start > finding.end

    def test_the_source_s_own_programme_is_no_relay(self, story):
        build = story("", "{P:lee Lee} said on her weekly radio show that it rained.")
        build.quote("that it rained", source="Lee", speaker="lee", relay="her weekly radio show", kind="indirect")
        assert build.passages("ATT501") == []

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                "It rained, {P:lee Lee} told a {O:n NBC} news conference in {L:l Leeds}.", id="news-conference"
            ),
            pytest.param("It rained, {P:lee Lee} added on {O:n Twitter}.", id="a-post"),
            pytest.param("It rained, according to an {O:n NBC} survey of voters.", id="own-survey"),
            pytest.param("The rain was first reported by {O:n NBC}.", id="credit"),
            pytest.param("It rained, according to radio host {P:ray Bob Ray}.", id="a-host"),
            pytest.param("It rained, {P:lee Lee} told her radio audience.", id="her-audience"),
            pytest.param("{P:lee Lee} wrote an op-ed in {O:n NBC} that it rained.", id="an-op-ed"),
        ],
    )
    def test_what_passes_nothing_on(self, story, text):
        assert story("", text).passages("ATT501", options=EVERY) == []

    def test_a_programme_with_state_in_its_name_is_no_state_s(self, story):
        build = story("", "It rained, {P:lee Lee} said on {O:n CNN}’s State of the Union show.")
        build.quote("It rained,", source="Lee", relay="CNN’s State of the Union show", kind="indirect")
        assert [finding.severity for finding in build.findings("ATT501", options=EVERY)] == ["info"]

    def test_a_talk_show_host_is_no_outlet(self, story):
        text = "It rained, according to conservative talk radio host {P:ray Bob Ray}."
        build = story("", text).quote(
            "It rained",
            source="conservative talk radio host Bob Ray",
            relay="conservative talk radio host",
            kind="indirect",
        )
        assert build.passages("ATT501") == []

    def test_a_wire_s_own_story_is_no_second_hand(self, story):
        told = "It rained, {P:lee Lee} told {O:r Reuters}."
        assert story("", "LEEDS (Reuters) - It is May.", told).passages("ATT501", options=EVERY) == []
        assert story("", told).section("byline", "Bob Ray, Reuters").passages("ATT501", options=EVERY) == []
        assert story("", told).passages("ATT501", options=EVERY) == ["Reuters"]

    def test_an_interview_was_given_to_the_outlet(self, story):
        build = story("", "It rained, {P:lee Lee} said in an interview with {O:n NBC}.")
        assert [finding.message for finding in build.findings("ATT501", options=EVERY)] == [
            "Second-hand: said to NBC, not to this paper."
        ]


class TestQuotations:
    """ATT101, ATT801."""

    def test_a_closed_quotation_may_need_its_source_again(self, story):
        first = LEE + " was wet. “It rained all day long on us,” she said."
        again = "“It has snowed all day long on all of us.”"
        build = story("", first, again).quote(
            "“It rained all day long on us,”", source="she", speaker="lee", cue="said"
        )
        assert build.passages("ATT101") == []
        assert build.passages("ATT101", options={"ATT101": {"carry_paragraphs": 0}}) == [again]

    def test_a_title_without_marks_in_the_body_is_a_name(self, story):
        assert story("Lee sings in ‘The 411’", "It is her show The 411.").passages("ATT801") == []
        assert story("Lee sings in ‘all the rain’", "It is all the rain.").passages("ATT801") == ["‘all the rain’"]

    def test_two_words_of_the_story_s_own_are_its_gist(self, story):
        assert story("Lee ‘not sure’", "Lee was not sure.").passages("ATT801") == []
        assert story("Lee ‘not sure’", "Lee was glad.").passages("ATT801") == ["‘not sure’"]

    def test_an_opening_mark_typed_as_a_closing_one_is_one_fault(self, story):
        assert story("", "” It rained all day,” " + LEE + " said.").passages("ATT701") == ["”"]

    def test_a_height_in_inches_opens_and_closes_nothing(self, story):
        assert story("", "“He is like 6’2”,” " + LEE + " said.").passages("ATT701") == []

    def test_a_quotation_built_into_a_sentence_is_no_statement(self, story):
        text = "The leaflet calls it a “plan that will ruin the whole town for good”."
        assert story("", text).passages("ATT101") == []

    def test_short_forms_are_the_same_words(self, story):
        build = story("‘We are going ahead’", "“Well, we’re going ahead with it,” " + LEE + " said.")
        build.quote("“Well, we’re going ahead with it,”", source="Ann Lee", speaker="lee")
        assert build.passages("ATT801") == []

    def test_other_words_are_not(self, story):
        build = story("‘We are going home’", "“Well, we’re going ahead with it,” " + LEE + " said.")
        build.quote("“Well, we’re going ahead with it,”", source="Ann Lee", speaker="lee")
        assert build.passages("ATT801") == ["‘We are going home’"]


class TestFigures:
    """ATT601, ATT602, ATT603, ATT802."""

    def test_a_lead_may_leave_its_source_to_the_second_paragraph(self, story):
        lead = "A clerk stole $9,000."
        build = story("", lead, LEE + " said so.").figure("$9,000", 9000, kind="money")
        assert build.passages("ATT601") == []
        assert story("", lead, "It rained.").figure("$9,000", 9000, kind="money").passages("ATT601") == ["$9,000"]

    def test_a_poll_in_the_lead_serves_for_the_percentages_of_the_story(self, story):
        build = story("", "A poll was taken.", "It rained.", "He has 12 percent.")
        assert build.figure("12 percent", 12, kind="percent").passages("ATT601") == []

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            pytest.param("All pay a 36 percent rate.", "percent", id="a-rate-that-is-set"),
            pytest.param("It would cost 36 percent.", "percent", id="what-may-be"),
        ],
    )
    def test_what_nobody_counted_is_no_count(self, story, text, kind):
        assert story("", "It rained.", text).figure("36 percent", 36, kind=kind).passages("ATT601") == []

    def test_a_list_of_prices_is_no_claim(self, story):
        text = "Oil rose 1 percent, gold 2 percent, tin 3 percent, zinc 4 percent and lead {} percent."
        build = story("", "It rained.", text.format(5))
        for value in range(1, 6):
            build.figure(f"{value} percent", value, kind="percent")
        assert build.passages("ATT601") == []

    def test_a_paragraph_has_one_finding(self, story):
        build = story("", "It rained.", "It cost $200. It cost $300 more.")
        build.figure("$200", 200, kind="money").figure("$300", 300, kind="money")
        assert build.passages("ATT601") == ["$200"]

    @pytest.mark.parametrize("text", ["Most gave $200 or less.", "She missed the $200 threshold."])
    def test_a_threshold_is_no_count(self, story, text):
        assert story("", "It rained.", text).figure("$200", 200, kind="money").passages("ATT601") == []

    def test_two_towns_may_have_different_numbers(self, story):
        build = story("", "{L:h Hart} has 41 registered voters. {L:m Hull} is home to 22 registered voters.")
        build.figure("41", 41, counted="registered voters").figure("22", 22, counted="registered voters")
        assert build.passages("ATT602") == []

    def test_points_are_seen_after_a_decimal(self, story):
        text = "Inflation fell from 6.1 percent to 1.4 percent, down 4.7 percentage points."
        build = story("", text).figure("6.1 percent", 6.1, kind="percent").figure("1.4 percent", 1.4, kind="percent")
        assert build.figure("4.7", 4.7, kind="percent").passages("ATT603") == []

    @pytest.mark.parametrize(
        ("headline", "number"),
        [("Five questions for Lee", 5), ("7 things to know", 7), ("2016 teaches a lesson", 2016)],
    )
    def test_a_headline_may_count_its_own_story(self, story, headline, number):
        build = story(headline, "It rained on 31 days.").figure("31", 31, counted="days")
        assert build.figure(headline.split()[0], number).passages("ATT802") == []

    def test_the_message_says_which_number_and_what_the_story_has(self, story):
        build = story("14 schools in fire", "Twelve towns were lit.").figure("14", 14, counted="schools")
        [finding] = build.figure("Twelve", 12, counted="towns").findings("ATT802")
        assert finding.message == "The headline says 14, a number that stands nowhere in the story."


class TestTimes:
    """ATT607."""

    @pytest.mark.parametrize("time", ["the following week", "two days later", "the same day"])
    def test_times_that_count_from_the_story_need_no_date(self, story, time):
        build = story("", f"It rained in May. It snowed {time}.").time(time, "XXXX", anchored=False)
        assert build.passages("ATT607") == []


class TestTranscripts:
    """Questions and answers are somebody's words without marks."""

    ANSWER = "Some people say it rains."

    @pytest.mark.parametrize(
        "paragraphs",
        [
            pytest.param(["Q: Does it rain?", "A: " + ANSWER], id="q-and-a"),
            pytest.param(["Lee: Does it rain?", "Ray: " + ANSWER, "Lee: Thank you."], id="names"),
            pytest.param(["**Q:** Does it rain?", "**A:** It does.", ANSWER, "Q: Much?"], id="an-answer-goes-on"),
        ],
    )
    def test_they_are_not_checked(self, story, paragraphs):
        assert story("", "Ann Lee, the mayor, met us.", *paragraphs).passages("ATT302") == []

    @pytest.mark.parametrize(
        "paragraphs",
        [
            pytest.param(["Background: " + ANSWER, "It rained."], id="one-label"),
            pytest.param(["Q: Does it rain?", "A: It does.", "It rained.", ANSWER], id="after-the-transcript"),
        ],
    )
    def test_the_rest_of_the_story_is(self, story, paragraphs):
        assert story("", *paragraphs).passages("ATT302") == ["Some people say"]
