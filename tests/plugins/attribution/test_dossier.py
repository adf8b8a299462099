"""ATT207, ATT208, ATT405 to ATT409: what a story says of one person or body, from top to bottom."""

from __future__ import annotations

import pytest

from copydesk_attribution.titles import exclude_one_another, title_of

LEE, RAY = "{P:lee Ann Lee}", "{P:ray Bob Ray}"


class TestTitles:
    """Which titles exclude one another."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("fire chief", "police chief"),
            ("mayor", "deputy mayor"),
            ("chemist", "physicist"),
            ("senator", "mayor"),
            ("Sen.", "Rep."),
            ("fire chief", "commissioner"),
            ("professor of history", "professor of law"),
            ("finance director", "marketing director"),
        ],
    )
    def test_before_the_name(self, one, other):
        assert exclude_one_another(title_of(one), title_of(other), before=True)
        assert exclude_one_another(title_of(other), title_of(one), before=True)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("press secretary", "White House press secretary"),
            ("minister", "foreign minister"),
            ("minister of defence", "defense minister"),
            ("senior editor", "editor"),
            ("senator", "leader"),
            ("police chief", "commissioner"),
            ("actor", "activist"),
            ("professor", "history professor"),
            ("senator", "lawyer"),
        ],
    )
    def test_held_together(self, one, other):
        assert not exclude_one_another(title_of(one), title_of(other), before=True)
        assert not exclude_one_another(title_of(other), title_of(one), before=True)

    def test_after_the_name_only_fields_and_families_exclude(self):
        assert not exclude_one_another(title_of("chemist"), title_of("physicist"), before=False)
        assert exclude_one_another(title_of("fire chief"), title_of("police chief"), before=False)


class TestRanks:
    """ATT405."""

    def ranks(self, story, first, second, between="It rained."):
        build = story("", f"{first} {LEE} came. {between} {second} {{P:lee Lee}} left.")
        return build.role(first, "lee", kind="rank").role(second, "lee", kind="rank", number=first.count(second))

    def test_a_second_rank_is_reported(self, story):
        [finding] = self.ranks(story, "Captain", "Sergeant").findings("ATT405")
        assert finding.message == "Ann Lee is “Sergeant” here and “Captain” before: which rank is right?"

    def test_a_short_form_and_a_promotion_are_silent(self, story):
        assert self.ranks(story, "Lieutenant Colonel", "Major").passages("ATT405") == ["Major"]
        short = story("", f"Lieutenant General {LEE} came. It rained. General {{P:lee Lee}} left.")
        short.role("Lieutenant General", "lee", kind="rank").role("General", "lee", kind="rank", number=1)
        assert short.passages("ATT405") == []
        assert self.ranks(story, "Captain", "Sergeant", "It rained, then").passages("ATT405") == []


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        pytest.param("ATT406", f"French chemist {LEE} won. {{P:lee Lee}}, a Belgian chemist, left.", ["Belgian"], id="two"),
        pytest.param("ATT406", f"French chemist {LEE} won. {{P:lee Lee}}, a French woman, left.", [], id="the-same"),
        pytest.param("ATT406", f"French-Algerian chemist {LEE} won. {{P:lee Lee}}, a French woman, left.", [], id="double"),
        pytest.param("ATT406", f"British manager {LEE} won. The Italian {{P:lee Lee}} left.", [], id="abroad"),
        pytest.param("ATT406", f"French chemist {LEE} won. The former Belgian chemist {{P:lee Lee}} left.", [], id="former"),
        pytest.param("ATT406", f"French chemist {LEE} won. Belgian chemist {RAY} left.", [], id="two-persons"),
        pytest.param("ATT407", f"Sen. {LEE} (R-Ohio) came. {{P:lee Lee}}, a Democrat, left.", ["Democrat"], id="bracket"),
        pytest.param("ATT407", f"Democrat {LEE} came. Republican {{P:lee Lee}} left.", ["Republican"], id="before"),
        pytest.param("ATT407", f"{LEE} (D) came. {{P:lee Lee}}, a Democrat from Ohio, left.", [], id="one-party"),
        pytest.param("ATT407", f"Democrat {LEE} came. {{P:lee Lee}}, a former Republican, left.", [], id="was-once"),
        pytest.param("ATT407", f"Democrat {LEE} came. {LEE} beat Republican {RAY}.", [], id="the-other's"),
        pytest.param("ATT408", f"The 34-year-old {LEE} came. The 43-year-old {{P:lee Lee}} left.", ["43-year-old"], id="ages"),
        pytest.param("ATT408", f"The 34-year-old {LEE} came. The 34-year-old {{P:lee Lee}} left.", [], id="one-age"),
        pytest.param("ATT408", f"The 34-year-old {LEE} was then the 17-year-old {{P:lee Lee}}.", [], id="then"),
        pytest.param(
            "ATT409", "The {O:a Wessex Institution} met. The {O:b Wessex Institute} left.", ["Wessex Institute"], id="body"
        ),
        pytest.param("ATT409", "The {O:a House Law Committee} met. The {O:b Senate Law Committee} left.", [], id="two-bodies"),
        pytest.param("ATT409", "The {O:a Wessex Fund} met. The {O:b Wessex Fund} left.", [], id="one-name"),
    ],
)  # fmt: skip
def test_facts_of_one_person(story, code, text, found):
    assert story("", text).passages(code) == found


def test_an_age_is_held_against_the_year_of_birth(story):
    text = f"The 43-year-old {LEE}, born in 1960, came."
    [finding] = story("", text, metadata={"date": "2016-05-01"}).findings("ATT408")
    assert finding.message == "Ann Lee is 43 here; born in 1960, that would be 55 or 56 in 2016."
    assert story("", text.replace("43", "56"), metadata={"date": "2016-05-01"}).passages("ATT408") == []
    assert story("", text).passages("ATT408") == []
    first = f"The 43-year-old {LEE} came. Born in 1960, {{P:lee Lee}} moved."
    assert story("", first, metadata={"date": "2016-05-01"}).passages("ATT408") == ["43-year-old"]


SENATOR = "Massachusetts Sen. {P:lee Ann Lee} (D-Mass.) left."


class TestDescriptionsThatStandForSomebody:
    """ATT401 and ATT407: "the Ohio senator", for one of Massachusetts."""

    def found(self, story, *paragraphs, code, quoted=""):
        build = story("", *paragraphs).role("Sen.", "lee", title="senator")
        if quoted:
            build.quote("it rained", source=quoted, kind="indirect", cue="said")
        return build.passages(code)

    @pytest.mark.parametrize(
        ("code", "text", "found"),
        [
            ("ATT401", "The Ohio senator came back.", ["The Ohio senator"]),
            ("ATT401", "The Massachusetts senator came back.", []),
            ("ATT401", "The former senator came back.", []),
            ("ATT407", "The Republican senator came back.", ["The Republican senator"]),
            ("ATT407", "The Democratic senator came back.", []),
            ("ATT407", "Nobody asked the Republican mayor.", []),
        ],
    )
    def test_another_state_or_party(self, story, code, text, found):
        assert self.found(story, SENATOR, text, code=code) == found

    def test_another_may_be_meant(self, story):
        other = "Sen. {P:ray Bob Ray} was there."
        build = story("", SENATOR, other, "The Ohio senator came back.").role("Sen.", "lee", title="senator")
        assert build.role("Sen.", "ray", title="senator", number=1).passages("ATT401") == []
        assert self.found(story, SENATOR, "{P:ray Bob Ray} was there.", "The Ohio senator came.", code="ATT401") == []

    @pytest.mark.parametrize(
        ("text", "quoted", "found"),
        [
            ("The governor said it rained.", "The governor", ["The governor"]),
            ("The governor left: it rained.", "", []),
            ("The senator said it rained.", "The senator", []),
            ("{P:ray Bob Ray} came. The governor said it rained.", "The governor", []),
        ],
    )
    def test_a_title_that_nobody_has(self, story, text, quoted, found):
        assert self.found(story, SENATOR, text, code="ATT401", quoted=quoted) == found


class TestSharedSurname:
    """ATT207."""

    def test_a_surname_that_two_share(self, story):
        build = story("", f"{LEE} and {{P:tom Tom Lee}} opened a shop.", "{P:lee Lee} closed it.")
        [finding] = build.findings("ATT207")
        assert finding.message == "“Lee” may be Ann Lee or Tom Lee; on second reference use the given name."

    @pytest.mark.parametrize(
        "paragraphs",
        [
            pytest.param([f"{LEE} came.", "{P:lee Lee} left. {P:tom Tom Lee} came.", "{P:lee Lee} slept."], id="settled"),
            pytest.param(["{P:tom Tom Lee} came. It rained.", f"{LEE} came. {{P:lee Lee}} left."], id="named-nearby"),
            pytest.param([f"{LEE} and {{P:tom Tom Lee}} came.", "Mayor {P:lee Lee} left."], id="a-title"),
            pytest.param([f"{LEE} and {RAY} came.", "{P:lee Lee} left."], id="two-surnames"),
        ],
    )  # fmt: skip
    def test_who_is_meant_is_clear(self, story, paragraphs):
        assert story("", *paragraphs).passages("ATT207") == []


class TestLateRole:
    """ATT208."""

    TEXT = f"{LEE} came. {{P:lee Lee}} said it rained. {{P:lee Lee}} left. {{P:lee Lee}}, the mayor, slept."

    def late(self, story, text):
        build = story("", text).quote("it rained", source="Lee", speaker="lee", cue="said", kind="indirect")
        return build.role("mayor", "lee")

    def test_a_role_after_the_third_mention(self, story):
        [finding] = self.late(story, self.TEXT).findings("ATT208")
        assert finding.message == "Ann Lee is named 3 times before the story says who that is: “mayor”."

    def test_a_role_in_time_is_silent(self, story):
        assert self.late(story, f"{LEE}, the mayor, came. {{P:lee Lee}} said it rained.").passages("ATT208") == []
        assert self.late(story, self.TEXT.replace("came.", "of Leeds came.")).passages("ATT208") == []
