"""Time values in words: what an editor reads in place of a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.timex import LONGEST, in_words


@pytest.mark.parametrize(
    ("timex", "words"),
    [
        ("2015-11-18", "18 November 2015"),
        ("2016-02", "February 2016"),
        ("2016", "2016"),
        ("0800", "800"),
        ("196", "the 1960s"),
        ("XX7", "the 70s"),
        ("19", "the years 1900 to 1999"),
        ("XXXX", "some year"),
        ("XXXX-10-28", "28 October (year not known)"),
        ("XXXX-09", "September (year not known)"),
        ("XXXX-XX-15", "day 15 of a month"),
        ("XXXX-WXX-4", "a Thursday"),
        ("2016-W18", "the week of 2 May 2016"),
        ("2016-W18-WE", "the weekend of 7 May 2016"),
        ("XXXX-W13", "week 13 (year not known)"),
        ("1998-Q3", "the third quarter of 1998"),
        ("XXXX-Q1", "the first quarter (year not known)"),
        ("2016-SU", "summer 2016"),
        ("WI", "winter"),
        ("FY2014", "the fiscal year 2014"),
        ("FYDCT", "the fiscal year of the story"),
        ("T16:15", "16:15"),
        ("T12", "12:00"),
        ("TNI", "night"),
        ("1998-02-04T09", "4 February 1998, 09:00"),
        ("2016-05-04T10:00:00", "4 May 2016, 10:00:00"),
        ("2021-06-15TNI", "15 June 2021, night"),
        ("XXXX-WXX-6TNI", "a Saturday, night"),
        ("PRESENT_REF", "now"),
        ("PAST_REF", "in the past"),
        ("FUTURE_REF", "in the future"),
    ],
)
def test_points_in_time(timex, words):
    assert in_words(timex) == words


@pytest.mark.parametrize(
    ("timex", "words"),
    [
        ("PXD", "some days"),
        ("PTXM", "some minutes"),
        ("P1Y", "1 year"),
        ("P2Y3M", "2 years 3 months"),
        ("P2.5Y", "2.5 years"),
        ("PT1H30M", "1 hour 30 minutes"),
        ("P1DT12H", "1 day 12 hours"),
        ("P1WE", "1 weekend"),
        ("P1CE", "1 century"),
        ("PXCE", "some centuries"),
    ],
)
def test_lengths(timex, words):
    assert in_words(timex, "duration") == words


@pytest.mark.parametrize(
    ("timex", "words"),
    [
        ("DCT", "the time of the story"),
        ("DCTTNI", "the time of the story, night"),
        ("DCT-P1W", "the week before the story"),
        ("DCT+P3D", "3 days after the story"),
        ("DCT-P1DTNI", None),
        ("DCT-P1W-WXX-7", "Sunday of the week before the story"),
        ("DCT-WXX-4", "Thursday of the week of the story"),
        ("DCT-PT20M", "20 minutes before the story"),
        ("DCT+P1D+P4Y", "the day after 4 years after the story"),
        ("XXXX-12-25+P2W", "2 weeks after 25 December (year not known)"),
        ("P-1W", "the week before"),
        ("-P1W", "the week before"),
        ("-P2W", "2 weeks before"),
    ],
)
def test_distances(timex, words):
    assert in_words(timex) == (words or "the day before the story, night")


@pytest.mark.parametrize(
    ("timex", "words"),
    [
        ("1998/2003", "from 1998 to 2003"),
        ("1998/..", "from 1998 on"),
        ("../2021-05", "up to May 2021"),
        ("../PAST_REF", "up to the past"),
        ("../DCT", "up to the time of the story"),
        ("DCT-P5D/DCT", "from 5 days before the story to the time of the story"),
        ("T06:00/T09", "from 06:00 to 09:00"),
    ],
)
def test_ranges(timex, words):
    assert in_words(timex, "range") == words


@pytest.mark.parametrize(
    ("timex", "words"),
    [
        ("P1D", "every day"),
        ("P2W", "every 2 weeks"),
        ("PXD", "every few days"),
        ("XXXX-WXX-5", "every Friday"),
        ("XXXX-WXX-5T09", "every Friday, 09:00"),
        ("XXXX-WXX-WE", "every weekend"),
        ("TNI", "every night"),
        ("T09:30", "every day, 09:30"),
        ("SU", "every summer"),
        ("XXXX-12", "every December"),
        ("XXXX-12-25", "every 25 December"),
    ],
)
def test_what_comes_again(timex, words):
    assert in_words(timex, "set") == words


@pytest.mark.parametrize("kind", ["date", "set", "range"])
@pytest.mark.parametrize(
    "timex",
    [
        "",
        "P",
        "PT",
        "DCT-23",
        "soon",
        "2016-13",
        "2016-W99",
        "a/b",
        "../..",
        "1/2/3",
        "TXX",
        "P1X",
        "<b>",
        "+P1D",
        "-P",
    ],
)
def test_a_value_that_is_not_understood_stays(timex, kind):
    assert in_words(timex, kind) == timex


@given(st.text("PTXWDYMHQSECDCT0123456789-+/.:_ ", max_size=2 * LONGEST), st.sampled_from(["date", "set", "range"]))
def test_any_value_has_words(timex, kind):
    said = in_words(timex, kind)
    assert bool(said) == bool(timex)
    assert len(timex) <= LONGEST or said == timex
