"""Sentences as they stand in the news, with what an editor reads in them; the cases are in `cases.toml`."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from copydesk_numbers.engine import read
from copydesk_numbers.values import Figure, Settings, shown

NOW = datetime(2021, 6, 16)  # noqa: DTZ001 - a document's date has no zone
GROUPS = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["group"]


def cases(kind: str) -> list[object]:
    """The cases of a kind, each named by its group; they are English where the group names no other language."""
    return [
        pytest.param(text, want, Settings(language=group.get("language", "en")), id=f"{group['name']}: {text[:40]}")
        for group in GROUPS
        for text, *want in group.get(kind, ())
    ]


def line(text: str, figure: Figure) -> str:
    """A figure as the cases write it: with what it counts."""
    counted = f" #{text[slice(*figure.counted)]}" if figure.counted is not None else ""
    return f"{shown(figure)}{counted}"


@pytest.mark.parametrize(("text", "want", "settings"), cases("figures"))
def test_figures(text, want, settings):
    assert [line(text, item) for item in read(text, settings, date=NOW) if isinstance(item, Figure)] == want


@pytest.mark.parametrize(("text", "want", "settings"), cases("times"))
def test_times(text, want, settings):
    quotations = [match.span() for match in re.finditer("“[^”]*”", text)]
    found = read(text, settings, date=NOW, quotations=quotations)
    assert [shown(item) for item in found if not isinstance(item, Figure)] == want


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("Big news\n\nFriday, July 21, 2017\n\nHe came on Tuesday.", "2017-07-18"),
        ("LONDON, July 21, 2017 (Agency) - He came on Tuesday.", "2017-07-18"),
        ("He said on July 21, 2017 that he came on Tuesday.", "XXXX-WXX-2"),
    ],
)
def test_the_date_of_a_story_is_its_dateline(text, timex):
    assert shown(read(text)[-1]) == timex


@pytest.mark.parametrize(
    ("top", "timex"),
    [("June 14", "2021-06-13"), ("June 16", "2021-06-15"), ("May 14", "2021-06-15"), ("June 14, 2020", "2021-06-15")],
)
def test_a_dateline_a_few_days_off_is_the_day_of_the_story(top, timex):
    assert shown(read(f"ROME, {top} (Agency) - He came yesterday.", date=NOW)[-1]) == timex


def test_a_given_date_wins_over_the_dateline():
    assert shown(read("Friday, July 21, 2017\n\nHe came on Tuesday.", date=NOW)[-1]) == "2021-06-15"


@pytest.mark.parametrize(
    ("day", "weeks"), [(19, ["2021-W23", "2021-W24", "2021-W25"]), (20, ["2021-W24", "2021-W24", "2021-W25"])]
)
def test_on_a_day_that_begins_a_week_the_last_one_has_just_ended(day, weeks):
    """For English that is a Sunday; weeks are numbered from Monday."""
    found = read("last week, this week and next week", date=NOW.replace(day=day))
    assert list(map(shown, found)) == weeks


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("5 to 7 million people", ["5000000", "7000000"]),
        ("a 6-foot-2 guard", ["6", "2"]),
        ("four in ten voters", ["4", "10"]),
        ("five doctors per 100,000 people", ["100000"]),
        ("a few hundred people", ["100"]),
        ("They couple 5 to 6 men.", ["5", "6"]),
        ("your 1-4 years of it", ["1", "4"]),
        ("on 4 February 1998", ["4", "1998"]),
    ],
)
def test_parts_are_the_numbers_that_others_are_made_of(text, want):
    whole = read(text)
    parts = [item for item in read(text, Settings(parts=True)) if isinstance(item, Figure) and item not in whole]
    assert [f"{part.low:.10g}" for part in parts] == want


def test_labels_are_reported_on_request():
    text = "1. Flight 93 had the one they know, and 40 men."
    assert [item.role for item in read(text) if isinstance(item, Figure)] == ["count"]
    roles = [item.role for item in read(text, Settings(labels=True)) if isinstance(item, Figure)]
    assert roles == ["list", "label", "pronoun", "count"]


def test_ranks_without_a_number_are_reported_on_request():
    assert read("the last page") == []
    assert [item.kind for item in read("the last page", Settings(ranks=True)) if isinstance(item, Figure)] == [
        "ordinal"
    ]
