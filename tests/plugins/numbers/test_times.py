"""Dates, times of day, lengths, repetitions, and their values."""

from datetime import datetime

import pytest
import spacy
from spacy.tokens import Doc

from copydesk import Context, Document
from copydesk_numbers.component import Numbers
from copydesk_numbers.engine import read

WEDNESDAY = "2021-06-16"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 4 February 1998", ("4 February 1998", "date", "1998-02-04")),
        ("on February 4, 1998", ("February 4, 1998", "date", "1998-02-04")),
        ("on the 4th of February, 1998", ("the 4th of February, 1998", "date", "1998-02-04")),
        ("on 2/4/1998", ("2/4/1998", "date", "1998-02-04")),
        ("on 14/2/1998", ("14/2/1998", "date", "1998-02-14")),
        ("on 1998-02-04", ("1998-02-04", "date", "1998-02-04")),
        ("in February 1998", ("February 1998", "date", "1998-02")),
        ("in 1998", ("1998", "date", "1998")),
        ("by mid-1998", ("by mid-1998", "range", "../1998")),
        ("at 9:15 p.m. EDT on May 4, 2020", ("at 9:15 p.m. EDT on May 4, 2020", "datetime", "2020-05-04T21:15")),
        ("in nineteen ninety-eight", ("nineteen ninety-eight", "date", "1998")),
        ("in the 1990s", ("1990s", "date", "199")),
        ("in the third quarter of 1998", ("the third quarter of 1998", "date", "1998-Q3")),
        ("in the summer of 1998", ("summer of 1998", "date", "1998-SU")),
        ("the second Tuesday of May 2021", ("the second Tuesday of May 2021", "date", "2021-05-11")),
        ("the last day of May 2021", ("the last day of May 2021", "date", "2021-05-31")),
        ("on Good Friday 2021", ("Good Friday 2021", "date", "2021-04-02")),
        ("on Thanksgiving 2021", ("Thanksgiving 2021", "date", "2021-11-25")),
        ("at 4.15pm", ("4.15pm", "time", "T16:15")),
        ("by train at 16:15", ("16:15", "time", "T16:15")),
        ("around half past four in the afternoon", ("half past four in the afternoon", "time", "T16:30")),
        ("a quarter to nine", ("a quarter to nine", "time", "T08:45")),
        ("around noon", ("noon", "time", "T12")),
        ("on 4 February 1998 at 9am", ("4 February 1998 at 9am", "datetime", "1998-02-04T09")),
        ("it took two hours", ("two hours", "duration", "PT2H")),
        ("it took two and a half years", ("two and a half years", "duration", "P2.5Y")),
        ("it took two years and 3 months", ("two years and 3 months", "duration", "P2Y3M")),
        ("it took a few weeks", ("a few weeks", "duration", "PXW")),
        ("it lasted an hour", ("an hour", "duration", "PT1H")),
        ("it comes every other week", ("every other week", "set", "P2W")),
        ("it comes every Friday", ("every Friday", "set", "XXXX-WXX-5")),
        ("it comes daily", ("daily", "set", "P1D")),
        ("it comes on Sundays", ("Sundays", "set", "XXXX-WXX-7")),
        ("rain for a fourth day running", ("for a fourth day running", "set", "P4D")),
        ("from 1998 to 2003", ("from 1998 to 2003", "range", "1998/2003")),
        ("between 2 May and 9 May 2021", ("between 2 May and 9 May 2021", "range", "2021-05-02/2021-05-09")),
        ("from 2 to 4pm", ("from 2 to 4pm", "range", "T14/T16")),
        ("since 1998", ("since 1998", "range", "1998/..")),
        ("before May 2021", ("before May 2021", "range", "../2021-05")),
    ],
)
def test_value_without_a_document_date(times, text, expected):
    assert expected in times(text)


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("He arrives today.", "2021-06-16"),
        ("He arrived yesterday.", "2021-06-15"),
        ("He arrives tomorrow.", "2021-06-17"),
        ("He arrives the day after tomorrow.", "2021-06-18"),
        ("He arrives next week.", "2021-W25"),
        ("He arrived last month.", "2021-05"),
        ("He arrived last year.", "2020"),
        ("He arrives next Friday.", "2021-06-25"),
        ("He said on Monday that he knew.", "2021-06-14"),
        ("He will speak on Monday.", "2021-06-21"),
        ("He had left on September 30.", "2020-09-30"),
        ("He will leave on September 30.", "2021-09-30"),
        ("Many said they were less likely to vote in November.", "2021-11"),
        ("He left three days ago.", "2021-06-13"),
        ("He leaves in two weeks.", "2021-06-30"),
        ("He left two weeks before Christmas 2020.", "2020-12-11"),
        ("It rained for the last 10 days.", "2021-06-06/2021-06-16"),
        ("He came last night.", "2021-06-15TNI"),
        ("He came Monday night.", "2021-06-14TNI"),
        ("He died on Sunday and will be missed.", "2021-06-13"),
        ("He comes tomorrow at 6pm.", "2021-06-17T18"),
        ("Sales this quarter fell.", "2021-Q2"),
    ],
)
def test_value_by_the_document_date(times, text, timex):
    assert timex in [item[2] for item in times(text, date=WEDNESDAY)]


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("since September 30", "XXXX-09-30/.."),
        ("He left on Friday.", "XXXX-WXX-5"),
        ("He arrives next week.", "DCT+P1W"),
        ("He arrived yesterday.", "DCT-P1D"),
        ("He left three days ago.", "DCT-P3D"),
        ("He leaves in two weeks.", "DCT+P2W"),
        ("He left on March 23 of this year.", "XXXX-03-23"),
        ("He leaves on January 20 next year.", "XXXX-01-20"),
        ("He left in June of last year.", "XXXX-06"),
        ("He leaves on the 23rd of this month.", "XXXX-XX-23"),
        ("Earlier he had left.", "PAST_REF"),
    ],
)
def test_value_stays_open_without_a_date(times, text, timex):
    assert timex in [item[2] for item in times(text)]


@pytest.mark.parametrize(("tag", "timex"), [("VBD", "2020-11"), ("VBP", "2021-11")])
def test_the_verb_that_governs_a_date_in_the_parse_says_its_tense(tag, timex):
    """Where the words near it say nothing: "swore" is in no list."""
    words = ["They", "swore", "it", "in", "November"]
    doc = Doc(
        spacy.blank("en").vocab, words=words, heads=[1, 1, 1, 4, 1], deps=["nsubj", "ROOT", "obj", "case", "obl"],
        tags=["PRP", tag, "PRP", "IN", "NNP"], lemmas=["they", "swear", "it", "in", "November"],
    )  # fmt: skip
    numbers = Numbers()
    numbers.setup(Context())
    document = Document(doc.text, metadata={"date": WEDNESDAY}).with_doc(doc)
    assert [item.timex for item in numbers.process(document)] == [timex]


@pytest.mark.parametrize(
    ("words", "heads", "deps", "tags", "timex"),
    [
        # a month on a verb in the present, on its object, and on its subject
        ("It does give hope in January", (2, 2, 2, 2, 5, 2), "nsubj aux ROOT obj case obl", "PRP VBZ VB NN IN NNP", "2022-01"),
        ("They said it gives hope in January", (1, 1, 3, 1, 3, 6, 4), "nsubj ROOT nsubj ccomp obj case nmod", "PRP VBD PRP VBZ NN IN NNP", "2021-01"),
        ("Talk in January gives hope", (3, 2, 0, 3, 3), "nsubj case nmod ROOT obj", "NN IN NNP VBZ NN", "XXXX-01"),
        ("They are holding talks Sunday", (2, 2, 2, 2, 2), "nsubj aux ROOT obj obl", "PRP VBP VBG NNS NNP", "2021-06-20"),
        ("They kept on holding talks Sunday", (1, 1, 3, 1, 3, 3), "nsubj ROOT mark advcl obj obl", "PRP VBD IN VBG NNS NNP", "2021-06-13"),
    ],
)  # fmt: skip
def test_verbs_in_the_present_look_ahead(words, heads, deps, tags, timex):
    split = words.split()
    doc = Doc(
        spacy.blank("en").vocab, words=split, heads=list(heads), deps=deps.split(), tags=tags.split(), lemmas=split
    )
    numbers = Numbers()
    numbers.setup(Context())
    document = Document(doc.text, metadata={"date": WEDNESDAY}).with_doc(doc)
    assert [item.timex for item in numbers.process(document)] == [timex]


@pytest.mark.parametrize(
    ("told", "timex"),
    [
        # the day of the speech; a day that is not of it; one day alone; two days of which none is of it
        ("Lee said so in a talk on Tuesday, after losing on Monday. ", "2021-06-14TNI"),
        ("They lost on Monday. ", "2021-06-13TNI"),
        ("They lost on Monday, and again on Tuesday. ", "XXXX-XX-XXTNI"),
        ("They lost. ", "2021-06-15TNI"),
    ],
)
def test_last_night_in_a_quotation_counts_from_the_day_of_the_speech(told, timex):
    text = told + '"We lost last night."'
    found = read(text, date=datetime(2021, 6, 16), quotations=[(len(told), len(text))])  # noqa: DTZ001 - a document's date has no zone
    assert found[-1].timex == timex


def test_the_next_day_in_a_quotation_is_the_speakers():
    text = 'They lost on Monday. "You feel bad the next day."'
    found = read(text, date=datetime(2021, 6, 16), quotations=[(21, len(text))])  # noqa: DTZ001 - a document's date has no zone
    assert found[-1].timex == "XXXX-XX-XX"


def test_anchored_says_whether_the_date_was_needed_and_known(annotations):
    def anchored(text, **settings):
        return [item.anchored for item in annotations(text, **settings) if hasattr(item, "anchored")]

    assert anchored("on 4 February 1998") == [None]
    assert anchored("next week") == [False]
    assert anchored("next week", date=WEDNESDAY) == [True]


@pytest.mark.parametrize(
    ("resolve", "timex"),
    [("past", "2021-06-11"), ("future", "2021-06-18"), ("nearest", "2021-06-18"), ("open", "XXXX-WXX-5")],
)
def test_resolve(times, resolve, timex):
    assert times("Friday", date=WEDNESDAY, resolve=resolve)[0][2] == timex


@pytest.mark.parametrize(
    "text",
    [
        "You may leave.",
        "They march on.",
        "The sun sat low.",
        "Wait a second, he said.",
        "Good morning!",
        "She is 31 and 2000 people came.",
    ],
)
def test_what_only_looks_like_a_time(times, text):
    assert times(text) == []


def test_a_length_is_a_quantity_too(quantities):
    assert quantities("It took two hours.") == [("two hours", "quantity", 2, "hour")]


def test_how_long_it_took_is_no_date(times):
    assert times("They made progress in six months.") == [("six months", "duration", "P6M")]
    assert [item[1] for item in times("They will be back in six months.")] == ["date"]


def test_a_date_before_a_noun_is_no_bound(times):
    assert times("after the 1998 election") == [("1998", "date", "1998")]


def test_a_rate_is_no_length(times):
    assert times("It costs $5 an hour.") == []


def test_numbers_of_a_date_are_no_quantities(quantities):
    assert quantities("on 4 February 1998") == []
    assert [item[2] for item in quantities("on 4 February 1998", parts=True)] == [4, 1998]


def test_money_before_a_month_is_money(quantities, times):
    text = "He paid $12 December 27."
    assert quantities(text) == [("$12", "money", 12, "USD")]
    assert times(text)[0][0] == "December 27"


def test_kinds_can_be_switched_off(quantities, times):
    text = "Three men paid $4 on Monday at 5pm."
    assert [item[1] for item in quantities(text, kinds=("money",))] == ["money"]
    assert times(text, times=("duration",)) == []


@pytest.mark.parametrize("date", ["soon", "2021-13-45", "", 7, None])
def test_a_document_date_that_is_none_leaves_values_open(times, date):
    assert times("next week", date=date)[0][2] == "DCT+P1W"


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("at Diwali 2018", "2018-11-07"),
        ("on the Lunar New Year 2020", "2020-01-25"),
        ("on the Lunar New Year 1950", "1950-02-17"),
        ("at Eid al-Adha 2018", "2018-08-21"),
        ("at Eid al-Adha 1900", "1900-04-11"),
        ("on Holika Dahan 2019", "2019-03-20"),
        ("at Diwali 1800", "1800"),
    ],
)
def test_days_of_holidays_without_a_short_rule_are_in_a_table(times, text, timex):
    """Outside the table a rule gives the day, or the year is all that is known."""
    assert [item[2] for item in times(text)] == [timex]
