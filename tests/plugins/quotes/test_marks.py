"""Quotation marks are paired from the text alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.testing.growth import measure_growth
from copydesk_quotes.marks import find_marks, paragraphs

HOSTILE = "\"“”„«»‹›‘’'`\n\r\u2028 ,.:()[]—-abS5é🙂\u0301\u200f\x00"


def inner(text: str, *, depth: int | None = None) -> list[str]:
    return [
        text[stretch.inner.start : stretch.inner.end]
        for stretch in find_marks(text).stretches
        if depth is None or stretch.depth == depth
    ]


def alone(text: str) -> list[int]:
    marks = find_marks(text)
    return sorted(span.start for span in (*marks.unclosed, *marks.unopened))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ("Er sagte „ja“ und „nein“.", ["ja", "nein"]),
        ("Hon sade ”ja” och ”nej”.", ["ja", "nej"]),
        ("Il a dit « oui ».", [" oui "]),
        ("Sie sagte »ja« und »nein«.", ["ja", "nein"]),
        ("He said ''yes'' and ''no.''", ["yes", "no."]),
        ("He said ``yes'' and ``no.''", ["yes", "no."]),
        ("He said 「yes」.", ["yes"]),
        ("She said ‘yes’ to the ministers’ plan.", ["yes"]),
        ("She said 'yes' to the ministers' plan.", ["yes"]),
        ("‘The soldiers’ guns were old,’ he said.", ["The soldiers’ guns were old,"]),
        ("'It's the '90s, y'all,' he said.", ["It's the '90s, y'all,"]),
        ("“Let ’em come,” he said.", ["Let ’em come,"]),
        ("(“Yes”)—“no”", ["Yes", "no"]),
        ("He is 6'2\" tall.", []),
        ("the dogs' and cats' food", []),
        ("rock ’n’ roll in the ’60s", []),
    ],
)
def test_marks_of_many_kinds_are_paired(text: str, expected: list[str]) -> None:
    assert inner(text) == expected
    assert alone(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“He told me ‘never’ twice,” she said.",
        "\"He told me 'never' twice,\" she said.",
        "‘He told me “never” twice,’ she said.",
        "'He told me \"never\" twice,' she said.",
        "“He told me “never” twice,” she said.",
    ],
)
def test_marks_nest(text: str) -> None:
    assert inner(text, depth=1) == ["never"]
    assert len(inner(text, depth=0)) == 1
    assert alone(text) == []


def test_an_unclosed_quotation_runs_to_the_end_of_its_paragraph() -> None:
    text = "He said: “We will go.\nThe next day nothing happened."
    assert inner(text) == ["We will go."]
    assert alone(text) == [9]


def test_each_paragraph_of_a_long_quotation_opens_anew() -> None:
    text = "“We will go.\n“We will stay.\n“We will see,” he said.\n“Another.”"
    marks = find_marks(text)
    assert inner(text) == ["We will go.", "We will stay.", "We will see,", "Another."]
    assert [stretch.chain for stretch in marks.stretches[:3]] == [marks.stretches[0].chain] * 3
    assert marks.stretches[3].chain != marks.stretches[0].chain
    assert alone(text) == []


def test_a_quotation_may_go_on_without_opening_anew() -> None:
    text = "“We will go.\nWe will stay,” he said."
    assert inner(text) == ["We will go.", "We will stay,"]
    assert alone(text) == []


def test_an_opening_mark_that_a_later_one_overtakes_is_unclosed() -> None:
    text = "“We will go, he said. “We will stay,” he added."
    assert "We will stay," in inner(text)
    assert alone(text) == [0]


def test_a_closing_mark_without_an_opening_one_is_reported() -> None:
    assert alone("We will go,” he said.") == [11]


def test_wrapped_text_has_paragraphs_between_blank_lines() -> None:
    line = "word " * 12
    text = f"{line}\n{line}\n\n{line}\n{line}\nlast."
    assert len(paragraphs(text)) == 2
    assert len(paragraphs("One.\n\nTwo.\nThree.")) == 3


@given(st.text(alphabet=HOSTILE, max_size=60))
def test_any_text_gives_sound_stretches(text: str) -> None:
    marks = find_marks(text)
    for stretch in marks.stretches:
        assert 0 <= stretch.start <= stretch.inner.start <= stretch.inner.end <= stretch.end <= len(text)
        assert stretch.closed or stretch.inner.end == stretch.end
    outer = [stretch for stretch in marks.stretches if stretch.depth == 0]
    assert all(left.end <= right.start for left, right in pairwise(outer))
    assert marks == find_marks(text)


@pytest.mark.parametrize("unit", ["“", "”", '"', "'", "‘", "’", "«", "»", "''", "``", "(“", "‘“", "'\"", "“a\n", "'s "])
def test_time_grows_linearly_on_marks_alone(unit: str) -> None:
    growth = measure_growth(lambda size: unit * (size // len(unit)), find_marks, largest=100_000, suspicious=1.25)
    assert growth.exponent < 1.5, growth
