"""Sentences as they stand in the news, with what an editor reads in them; the cases are in `cases.toml`."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from copydesk_numbers.engine import read
from copydesk_numbers.values import Figure, shown

NOW = datetime(2021, 6, 16)  # noqa: DTZ001 - a document's date has no zone
GROUPS = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["group"]


def cases(kind: str) -> list[object]:
    """The cases of a kind, each named by its group."""
    return [
        pytest.param(text, want, id=f"{group['name']}: {text[:40]}")
        for group in GROUPS
        for text, *want in group.get(kind, ())
    ]


def line(text: str, figure: Figure) -> str:
    """A figure as the cases write it: with what it counts."""
    counted = f" #{text[slice(*figure.counted)]}" if figure.counted is not None else ""
    return f"{shown(figure)}{counted}"


@pytest.mark.parametrize(("text", "want"), cases("figures"))
def test_figures(text, want):
    assert [line(text, item) for item in read(text, date=NOW) if isinstance(item, Figure)] == want


@pytest.mark.parametrize(("text", "want"), cases("times"))
def test_times(text, want):
    assert [shown(item) for item in read(text, date=NOW) if not isinstance(item, Figure)] == want


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


def test_a_given_date_wins_over_the_dateline():
    assert shown(read("Friday, July 21, 2017\n\nHe came on Tuesday.", date=NOW)[-1]) == "2021-06-15"
