"""Rules that came of reading findings on articles that no rule was made for: each with a fault beside it that stays one."""

from __future__ import annotations

import pytest

from copydesk import Finding, Pipeline

LEE, RAY = "{P:lee Ann Lee}", "{P:ray Bob Ray}"
PLAN = "“This plan will ruin the whole town.”"


class TestRunsOfQuotation:
    """ATT101."""

    def after(self, story, *paragraphs, first=f"“It rained on all of us,” {LEE} said.", speaker="lee", **options):
        build = story("", first, *paragraphs)
        if "said" in first:
            build.quote("ained on all of us", source="Ann Lee", speaker=speaker, cue="said")
        return build.passages("ATT101", options={"ATT101": options})

    def test_the_one_source_of_the_paragraph_before_speaks_on(self, story):
        assert self.after(story, PLAN) == []
        assert self.after(story, PLAN, first=f"{LEE} said: “It has rained on all of us.”") == []
        assert self.after(story, PLAN, first="It rained.") == [PLAN]
        assert self.after(story, f"It rained. {PLAN}") == [PLAN]

    @pytest.mark.parametrize(
        "first",
        [
            f"{LEE} said it had rained on all of us.",
            f"“It rained on all of us,” {LEE} said. It snowed on the town too.",
            f"{LEE} said: “Has it rained on all of us?”",
            f"{LEE} said it rained on all of us, and called that “a mess”.",
        ],
    )
    def test_whose_paragraph_does_not_end_with_their_sentence_does_not(self, story, first):
        assert self.after(story, PLAN, first=first) == [PLAN]

    def test_nor_does_a_body_or_who_is_named_in_the_quotation(self, story):
        assert self.after(story, PLAN, speaker=None) == [PLAN]
        named = f"“This plan of {LEE} will ruin the whole town.”"
        assert self.after(story, named) == ["“This plan of Ann Lee will ruin the whole town.”"]

    def test_of_two_sources_it_is_not_clear_who_speaks_on(self, story):
        build = story("", f"{LEE} said it rained. {RAY} said it snowed.", PLAN)
        build.quote("it rained", source="Ann Lee", speaker="lee").quote("it snowed", source="Bob Ray", speaker="ray")
        assert build.passages("ATT101") == [PLAN]

    def test_for_how_many_paragraphs_is_a_setting(self, story):
        last = "“Nobody has asked us what we want.”"
        assert self.after(story, PLAN, last) == []
        assert self.after(story, PLAN, last, carry_paragraphs=1) == [last]
        assert self.after(story, PLAN, carry_paragraphs=0) == [PLAN]

    @pytest.mark.parametrize("line", [LEE + ".", "— " + LEE + ", mayor", "- Mayor of Leeds."])
    def test_a_name_on_the_line_below_signs_it(self, story, line):
        assert story("", "It rained.", PLAN, line).passages("ATT101") == []

    @pytest.mark.parametrize("line", ["WHAT COMES NEXT.", f"{LEE} was there.", "It rained all day."])
    def test_any_other_line_does_not(self, story, line):
        assert story("", "It rained.", PLAN, line).passages("ATT101") == [PLAN]

    def test_a_quotation_without_an_end_is_one_fault(self, story):
        build = story("", "It rained.", "“This plan will ruin the whole town.", "It snowed.")
        assert {finding.code for finding in build.findings("ATT101", "ATT701")} == {"ATT701"}

    def test_an_address_is_no_statement(self, story):
        text = "See “https://example.org/we-will/go-on/and-that/is-all”."
        assert story("", text).passages("ATT101") == []


class TestSurelyAPerson:
    """ATT201: a single name may be a firm's."""

    def said(self, story, text, *, content="it rained", **more):
        more["cue"] = more["cue"] if more["cue"] in text else "read"
        return story("", text).quote(content, source="Sharp", speaker="x", **more).passages("ATT201")

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("The sign of {P:x Sharp} read it rained.", id="nothing-says-that-it-is-a-person"),
            pytest.param("Mr. {P:x Sharp} came. The website {P:x Sharp} said it rained.", id="a-noun-says-what-it-is"),
            pytest.param("Mr. {P:x Sharp} came, and TF {P:x Sharp} said it rained.", id="capitals-before-it"),
            pytest.param("Mr. {P:x Sharp} came. The union ({P:x Sharp}) said it rained.", id="in-brackets"),
            pytest.param("Mr. {P:x Sharp} came. {P:x Sharp} employees said it rained.", id="people-of-theirs"),
            pytest.param("Mr. {P:x Sharp} came. The president of {P:x Sharp} said it rained.", id="its-president"),
            pytest.param(
                "Mr. {P:x Sharp} came to {O:o Zenith Sharp}. {P:x Sharp} said it rained.", id="a-firm’s-last-word"
            ),
            pytest.param("John “Tig” {P:x Sharp} came. Mr. {P:x Sharp} said it rained.", id="nickname-before"),
        ],
    )
    def test_what_may_be_no_person_is_silent(self, story, text):
        assert self.said(story, text, kind="indirect", cue="said") == []

    @pytest.mark.parametrize(
        ("text", "content"),
        [
            pytest.param("Mr. {P:x Sharp} said it rained.", "it rained", id="a-title"),
            pytest.param("{P:x Sharp}, a farmer, said it rained.", "it rained", id="an-apposition"),
            pytest.param("“It rained,” {P:x Sharp} said.", "“It rained,”", id="words-in-marks"),
            pytest.param("{P:x Sharp} said it rained.", "it rained", id="a-plain-verb"),
            pytest.param("{P:x Sharp}’s remarks were odd. {P:x Sharp} said it rained.", "it rained", id="remarks"),
        ],
    )
    def test_what_shows_a_person_is_enough(self, story, text, content):
        kind = "direct" if "“" in content else "indirect"
        assert self.said(story, text, content=content, kind=kind, cue="said") == ["Sharp"]

    @pytest.mark.parametrize(("rest", "found"), [("", ["Sharp"]), (" van Hill", []), (" in ’t Veld", [])])
    def test_a_particle_joins_the_rest_of_the_name(self, story, rest, found):
        text = f"“It rained,” {{P:x Sharp}}{rest} said."
        assert self.said(story, text, content="“It rained,”", cue="said") == found


class TestFirstReference:
    """ATT202."""

    def late(self, story, *paragraphs, headline="Council meets"):
        return story(headline, *paragraphs).passages("ATT202")

    def test_what_stands_above_a_line_in_capitals_sums_up(self, story):
        long = "Mr. {P:lee Lee} and the others of the council differ on the roads, on the schools and on what to do about both of them."
        assert self.late(story, "ABSTRACT.", long, "FULL TEXT.", f"{LEE} came.") == []
        assert self.late(story, "ABSTRACT.", long, "The full text.", f"{LEE} came.") == ["Lee"]

    def test_a_line_that_heads_a_paragraph_is_no_reference(self, story):
        assert self.late(story, "It rained.", "It snowed.", "{P:lee Lee}: see you later?", f"{LEE} came.") == []
        assert self.late(story, "It rained.", "It snowed.", "{P:lee Lee} came too.", f"{LEE} came.") == ["Lee"]

    def test_somebody_else_of_the_surname_introduces_nobody(self, story):
        later = "{P:tom Tom Lee} came."
        assert self.late(story, "Secretary {P:lee Lee} came. It rained.", later) == []
        assert self.late(story, "The town knows {P:lee Lee}. It rained.", later) == ["Lee"]


class TestComesInAsASource:
    """ATT203."""

    def said(self, story, text, *, cue="said", kind="indirect", number=0, headline=""):
        build = story(headline, text)
        return build.quote("it rained", source="Ann Lee", speaker="lee", cue=cue, kind=kind, number=number).passages(
            "ATT203", options={"ATT203": {"unknown_is": "warning"}}
        )

    @pytest.mark.parametrize(
        ("text", "cue", "number"),
        [
            pytest.param(f"{RAY} played {LEE}. {LEE} said it rained.", "", 1, id="does-something-first"),
            pytest.param(f"{LEE} claimed it rained.", "claimed", 0, id="of-the-matter-not-a-source"),
            pytest.param(f"{LEE} wrote in the {{O:s Spectator}} that it rained.", "wrote", 0, id="where-she-writes"),
            pytest.param(f"{LEE} said in a column on {{O:s Yahoo}} that it rained.", "said", 0, id="a-column"),
            pytest.param(f"{LEE} said it rained, since the former senator was wet.", "said", 0, id="called-so-later"),
            pytest.param(f"{LEE} said it rained. It snowed. {{P:lee Lee}} left. The lawmaker slept.", "said", 0, id="next"),
            pytest.param(f"Times’ {LEE} said it rained.", "said", 0, id="possessive-in-s"),
            pytest.param(f"The Atlantic’s {LEE} said it rained.", "said", 0, id="with-an-article"),
            pytest.param(f"The editor I was talking to, {LEE}, said it rained.", "said", 0, id="contact-clause"),
            pytest.param(f"{LEE}, still excoriated for it, said it rained.", "said", 0, id="participle"),
        ],
    )  # fmt: skip
    def test_whoever_is_known_otherwise_is_silent(self, story, text, cue, number):
        assert self.said(story, text, cue=cue, number=number) == []

    @pytest.mark.parametrize(
        "text",
        [
            f"{LEE} said it rained.",
            f"{LEE} said on Twitter that it rained.",
            f"{LEE} said in a column on Monday that it rained.",
            f"{LEE} said it rained, and {RAY} the former senator slept.",
        ],
    )
    def test_whoever_is_not_is_reported(self, story, text):
        assert self.said(story, text) == ["Ann Lee"]

    def test_a_name_that_the_headline_has_is_known(self, story):
        assert self.said(story, f"{LEE} said it rained.", headline="{O:w Ann Lee}: it rained") == []


class TestAnonymous:
    """ATT301."""

    def said(self, story, *paragraphs, source, **more):
        return story("", *paragraphs).quote("it rained", source=source, **more).passages("ATT301")

    @pytest.mark.parametrize(
        ("text", "source"),
        [
            pytest.param("His chief aide said it rained.", "His chief aide", id="one-in-particular"),
            pytest.param(
                "The town’s adviser on roads said it rained.", "The town’s adviser on roads", id="with-a-complement"
            ),
            pytest.param("A staffer emailed it rained.", "A staffer", id="sent-not-said"),
            pytest.param("He said in a memo to employees that it rained.", "employees", id="who-hears-it"),
            pytest.param(
                "{L:f Florida} election officials said it rained.", "Florida election officials", id="a-place-first"
            ),
            pytest.param("Immigration officials said it rained.", "Immigration officials", id="a-service"),
        ],
    )
    def test_known_and_institutional_sources_are_silent(self, story, text, source):
        cue = "emailed" if "emailed" in text else "said"
        assert self.said(story, text, source=source, cue=cue, kind="indirect") == []

    @pytest.mark.parametrize(
        ("text", "source"),
        [
            pytest.param("One Democrat, who requested anonymity, said it rained.", "One Democrat", id="anonymity"),
            pytest.param("A teacher who asked not to be named said it rained.", "A teacher", id="not-to-be-named"),
            pytest.param(
                "The aide of years, who spoke on condition of anonymity, said it rained.", "The aide of years", id="the"
            ),
            pytest.param("It rained, according to someone in attendance.", "someone in attendance", id="who-was-there"),
        ],
    )
    def test_whoever_would_not_be_named_is_not(self, story, text, source):
        text = text.replace("It rained,", "Well, it rained,")
        assert self.said(story, text, source=source, kind="indirect", cue="said" if "said" in text else "") == [source]

    def test_a_teacher_who_says_so_is_named_enough(self, story):
        assert self.said(story, "A teacher said it rained.", source="A teacher") == []

    def test_whom_the_lead_describes_the_story_may_name_next(self, story):
        lead, named = "A diplomat said it rained.", f"{LEE}, who was there, said it snowed."
        build = story("", lead, named).quote("it rained", source="A diplomat", kind="indirect", cue="said")
        assert build.passages("ATT301") == ["A diplomat"]
        build.quote("it snowed", source="Ann Lee", speaker="lee", kind="indirect", cue="said")
        assert build.passages("ATT301") == []

    def test_of_several_one_may_be_named_next(self, story):
        build = story("", "It snowed.", "Two officials said it rained. It was wet, {P:lee Ann Lee} said.")
        build.quote("it rained", source="Two officials", kind="indirect", cue="said")
        assert build.passages("ATT301") == ["Two officials"]
        build.quote("It was wet", source="Ann Lee", speaker="lee", kind="indirect")
        assert build.passages("ATT301") == []

    def test_one_kind_is_one_finding_bare_or_not(self, story):
        build = story("", "Officials said it rained. American officials said it snowed.")
        [finding] = build.findings("ATT301")
        assert (build.text[finding.start : finding.end], len(finding.evidence)) == ("Officials", 1)


class TestVague:
    """ATT302."""

    @pytest.mark.parametrize(
        "paragraphs",
        [
            pytest.param(["Fifty doctors met. Some said the plan would fail."], id="some-of-those-before"),
            pytest.param(["Some left. Others argue that it is safe."], id="others-after-some"),
            pytest.param(["Some say they will not vote."], id="of-themselves"),
            pytest.param(["She is widely expected to win."], id="a-forecast-of-all"),
            pytest.param(["It is the supposedly safe bridge."], id="the-writer’s-own-doubt"),
            pytest.param(
                ["{O:p The Post} reported it. The minister is reportedly ill."], id="an-outlet-in-the-paragraph"
            ),
            pytest.param(["{O:p The Post} reported it.", "The minister is reportedly ill."], id="or-in-the-one-before"),
            pytest.param(["The minister is reportedly ill.", "{O:p The Post} reported it."], id="or-after-the-lead"),
        ],
    )
    def test_who_is_meant_is_clear(self, story, paragraphs):
        assert story("", *paragraphs).passages("ATT302") == []

    @pytest.mark.parametrize(
        ("paragraphs", "found"),
        [
            pytest.param(["The doctor left. Some said it would fail."], ["Some said"], id="one-is-not-some"),
            pytest.param(["“Fifty doctors met,” he said. Some said no."], ["Some said"], id="in-somebody’s-words"),
            pytest.param(["Experts say they are unsafe."], ["Experts say"], id="experts-on-others"),
            pytest.param(["It rained.", "The minister is reportedly ill.", "{O:p The Post} reported it."], ["reportedly"], id="too-late"),
            pytest.param(["{P:lee Ann Lee} said so. She is reportedly ill."], ["reportedly"], id="a-person-reports-nothing"),
        ],
    )  # fmt: skip
    def test_who_is_meant_is_not(self, story, paragraphs, found):
        assert story("", *paragraphs).passages("ATT302") == found

    def test_a_quotation_that_opens_the_next_paragraph_is_a_source(self, story):
        said = "“It may fall,” said {P:lee Ann Lee}, an engineer."
        first = "Some experts said it was unsafe."
        assert story("", "It rained.", first, said).passages("ATT302") == []
        assert story("", "It rained.", first + " It snowed. It thawed.", said).passages("ATT302") == []
        assert story("", "It rained.", first, "It snowed. " + said).passages("ATT302") == ["Some experts said"]

    def test_what_is_set_into_the_page_is_not_the_papers(self, story):
        assert story("", '<tweet id="1">Experts say it is unsafe.').passages("ATT302") == []


class TestOutlets:
    """ATT501 and ATT502."""

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("{O:p The Evening Post} reported it. “It is safe,” he told the newspaper.", id="named-before"),
            pytest.param("It is safe, according to live TV.", id="the-air"),
            pytest.param("It is the biggest change, according to traditional print media.", id="media-at-large"),
            pytest.param("Nobody died, according to the {O:a National Police Agency}.", id="an-agency-of-another-kind"),
            pytest.param("“It is safe,” he reiterated to {O:s Sky News}.", id="said-to"),
            pytest.param("It is safe, according to exit polling by {O:s Sky News}.", id="its-own-poll"),
            pytest.param("It is safe, according to the {O:s Evening Post} average.", id="its-own-average"),
        ],
    )
    def test_what_passes_nothing_on_is_silent(self, story, text):
        build = story("", text)
        if "reiterated" in text:
            build.quote("“It is safe,”", source="he", relay="Sky News")
        assert build.passages("ATT501", "ATT502") == []

    def test_the_newspaper_is_unnamed_where_none_was_named(self, story):
        build = story("", "“It is safe,” he said, according to the newspaper.")
        build.quote("“It is safe,”", source="he", relay="the newspaper")
        assert build.passages("ATT501") == ["the newspaper"]

    def test_agencies_count_votes_themselves(self, story):
        count = story("", "She leads by 263 delegates, according to {O:ap The Associated Press}.")
        assert count.figure("263", 263, counted="delegates").passages("ATT501") == []
        tax = story("", "She paid 263 dollars in taxes, according to {O:ap The Associated Press}.")
        assert tax.figure("263", 263, counted="dollars").passages("ATT501") == ["The Associated Press"]

    def test_a_magazine_with_its_name_is_named(self, story):
        build = story("", "“It is safe,” he said, according to Time magazine.")
        [finding] = build.quote("“It is safe,”", source="he", relay="Time magazine").findings("ATT501")
        assert (finding.severity, finding.message) == ("info", "Second-hand: known from Time magazine.")

    def test_the_message_names_the_outlet_alone(self, story):
        text = "He said in an interview with {O:p The Evening Post} that it is safe."
        [finding] = story("", text).findings("ATT501", options={"ATT501": {"told_from": 1}})
        assert finding.message == "Second-hand: said to The Evening Post, not to this paper."

    def test_the_short_name_is_the_same_outlet(self, story):
        text = "It is safe, according to {O:w the Washington Post}. It is old, according to {O:p the Post}."
        [finding] = story("", text).findings("ATT501")
        assert len(finding.evidence) == 1

    def test_the_end_of_a_quotation_is_not_media_that_said_it(self, story):
        assert story("", "“Do they read newspapers?” said {P:lee Ann Lee}.").passages("ATT502") == []


class TestNamesAndTitles:
    """ATT401, ATT404, ATT604, ATT801."""

    def titles(self, story, first, second, rest="left."):
        build = story("", f"{first} {LEE} came. {second} {{P:lee Lee}} {rest}")
        build.role(first, "lee", title=first.lower())
        return build.role(second, "lee", title=second.lower(), number=int(first == second)).passages("ATT401")

    def test_a_title_of_several_may_be_another_s(self, story):
        assert self.titles(story, "Governor", "Presidents Hill and", "left.") == []
        assert self.titles(story, "Governor", "President") == ["President"]

    @pytest.mark.parametrize("rest", ["also left.", "explained earlier."])
    def test_words_of_the_sentence_excuse_nothing(self, story, rest):
        assert self.titles(story, "Governor", "President", rest) == ["President"]
        assert self.titles(story, "Governor", "President", ", later mayor, left.") == []

    @pytest.mark.parametrize(
        ("first", "second"),
        [("Chief Executive Officer", "Governor"), ("Justice", "City Attorney"), ("Judge", "District Attorney")],
    )
    def test_posts_and_jobs_exclude_one_another(self, story, first, second):
        assert self.titles(story, first, second) == [second]

    def test_an_article_makes_it_no_surname(self, story):
        named = "{P:c Bob Cristian} came."
        assert story("", named, "A {L:x Christian} leader left.").passages("ATT404") == []
        assert story("", named, "So {L:x Christian} left.").passages("ATT404") == ["Christian"]

    def test_one_member_is_not_the_body(self, story):
        build = story("", "The council voted 6-1 for it. One member voted against it.")
        build.figure("6", 6).figure("1", 1).figure("One", 1, counted="member")
        assert build.passages("ATT604") == []

    @pytest.mark.parametrize(
        ("headline", "body"),
        [
            ("Ray: chief is ‘judge and jury’", "“He was the judge and the jury,” he said."),
            ("Ray on ‘doom and despair’", "“Their doom-and-despair tour plays here,” he said."),
        ],
    )
    def test_articles_and_hyphens_do_not_count(self, story, headline, body):
        assert story(headline, body).passages("ATT801") == []

    def test_a_headline_may_count_words(self, story):
        build = story("His 6-word answer", "It cost 20 dollars.").figure("6", 6, counted="word").figure("20", 20)
        assert build.passages("ATT802") == []


@pytest.mark.parametrize(("noun", "found"), [("aide", []), ("slept", ["Lee"])])
def test_a_name_that_narrows_a_noun_is_nobody_s(noun, found):
    text = f"Shop opens\n\nAnn Lee and her partner Tom Lee opened the shop in May.\n\nA former Lee {noun} came.\n"
    text = text if noun == "aide" else text.replace("A former Lee slept came", "Lee slept")
    findings = Pipeline.load("newsroom")(text)[Finding]
    assert [text[finding.start : finding.end] for finding in findings if finding.code == "ATT207"] == found


class TestReadOnceMore:
    """What was wrong in three more rounds of unseen articles."""

    @pytest.mark.parametrize(
        "paragraphs",
        [
            pytest.param(("It rained.", "“Ann Lee: This plan will ruin the whole town.”"), id="label"),
            pytest.param(("It rained.", f"TOWN IN RUINS {PLAN} [Reuters]"), id="credit-behind"),
            pytest.param(("It rained.", PLAN, "So says a voice at the end of the film."), id="taken-up"),
        ],
    )
    def test_a_source_may_stand_otherwise(self, story, paragraphs):
        assert story("", *paragraphs).passages("ATT101") == []

    def said(self, story, text, name, *more):
        build = story("", text, *more)
        return build.quote("it rained", source=name, speaker="lee", cue="said").passages("ATT201")

    @pytest.mark.parametrize(
        ("text", "name", "more"),
        [
            pytest.param("{P:lee Francis} said it rained.", "Francis", ("The pope left.",), id="pope"),
            pytest.param("{P:lee Dean Lee} said it rained.", "Dean Lee", (), id="given-name"),
            pytest.param("FranÃ§ois {P:lee Lee} said it rained.", "Lee", (), id="garbled"),
            pytest.param("Several {P:lee Arizonans} said it rained.", "Arizonans", (), id="several"),
            pytest.param("{L:a Arizona}: {P:lee Arizonans} said it rained.", "Arizonans", (), id="people-of-a-place"),
            pytest.param("{P:lee Lee}'s Rules of Order said it rained.", "Lee", (), id="work"),
        ],
    )
    def test_one_name_that_is_enough_or_none(self, story, text, name, more):
        assert self.said(story, "{P:lee Lee} said it rained.", "Lee") == ["Lee"]
        assert self.said(story, text, name, *more) == []

    def test_a_short_line_above_the_lead_introduces_nobody(self, story):
        lead = (
            f"Mayor {LEE} asked the council on Tuesday for yet another look at the plan for the old town and its roads."
        )
        assert story("Town asks again", "{P:lee Lee} asks for a new look at plan.", lead).passages("ATT202") == []
        assert story("", "{P:lee Lee} asks for a new look at plan.", lead).passages("ATT202") == ["Lee"]

    @pytest.mark.parametrize(
        "text", ["It rained, according to a review of Fox News transcripts.", "It rained at Fox News."]
    )
    def test_what_the_paper_went_through_itself_is_no_second_hand(self, story, text):
        build = story("", text.replace("Fox News", "{O:f Fox News}"))
        relay = "a review of Fox News transcripts" if "review" in text else "Fox News"
        assert build.quote("It rained", relay=relay, kind="indirect").passages("ATT501") == []

    def test_a_claim_that_is_staked_is_not_uttered(self, story):
        assert story("", "{P:lee Lee} is staking Lee's claim to the town.").passages("ATT204") == []

    def test_an_adjective_is_no_source(self, story):
        assert story("", "The site cites many Republican claims as false.").passages("ATT301") == []

    def test_marks_of_a_tag_are_no_quotation_marks(self, story):
        assert story("", "It rained.", '">It will rain on us all.<tweet/>').passages("ATT701") == []

    def test_the_israeli_ministry_is_not_the_department_here(self, story):
        text = "The {O:a Defense Department} met. The Israeli {O:b Defense Ministry} did not."
        assert story("", text).passages("ATT409") == []
        assert story("", text.replace("Israeli ", "")).passages("ATT409") == ["Defense Ministry"]

    def test_whom_the_lead_describes_is_known(self, story):
        told = f"{LEE} came. {{P:lee Lee}} said it rained. {{P:lee Lee}} left. {{P:lee Lee}}, the mayor, slept."
        first = "The hacker who broke into the town's mail was sentenced on Monday."
        for lead, found in ((first, []), ("It rained on Monday.", ["Ann Lee"])):
            build = story("", lead, told).quote("it rained", source="Lee", speaker="lee", cue="said", kind="indirect")
            assert build.role("mayor", "lee").passages("ATT208") == found

    def test_who_is_named_behind_the_comma_is_named(self, story):
        build = story("", "One early supporter, Representative {P:lee Ann Lee}, Republican of Ohio, said it rained.")
        source = "One early supporter, Representative Ann Lee, Republican of Ohio"
        assert build.quote("it rained", source=source, speaker="lee").passages("ATT301") == []

    def test_the_outlet_may_be_one_named_before(self, story):
        text = "{O:f Fox News} was there. It rained, according to the news outlet."
        assert story("", text).quote("It rained", relay="the news outlet").passages("ATT501") == []
