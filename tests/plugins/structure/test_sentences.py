"""Sentences end where their punctuation says so."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Context, Document, Section, Sentence
from copydesk_structure.structure import Structure


def annotated(text, metadata=None):
    component = Structure()
    component.setup(Context())
    document = Document(text, metadata=metadata)
    return document.with_annotations(component.process(document), provides=component.provides)


def sentences(text):
    document = annotated(text)
    return [document.text_of(sentence) for sentence in document[Sentence]]


@pytest.mark.parametrize(
    "expected",
    [
        ["It rained.", "It snowed."],
        ["Did it rain?", "It did!", "It snowed…", "A lot."],
        ["“It rained.”", "“It snowed,” said Ann Lee."],
        ["It rained (a lot).", "(It snowed.)", "2015 was dry."],
        ["Dr. Lee met Gen. Chan of the U.S. Army at 5 p.m. on Monday.", "J. R. R. Tolkien was there."],
        ["It rose by 4.5 percent, i.e. a lot.", "Nobody saw it."],
        ["He saw me and I.", "She went home."],
    ],
)
def test_a_sentence_ends_at_a_stop_before_what_can_begin_one(expected):
    assert sentences(" ".join(expected)) == expected


def test_white_space_of_any_kind_parts_sentences():
    assert sentences("It rained.\u00a0It snowed.\u2003It froze.") == ["It rained.", "It snowed.", "It froze."]


def test_a_paragraph_ends_a_sentence():
    assert sentences("Rain in the north\nIt rained:\nNorth all day.") == [
        "Rain in the north",
        "It rained:",
        "North all day.",
    ]


def test_only_the_story_has_sentences():
    text = "Rain in Paris\nBy Ann Lee\nPARIS (Reuters) — It rained. It snowed.\n***\nRelated news\nIt is dry\n"
    assert sentences(text) == ["Rain in Paris", "PARIS (Reuters) — It rained.", "It snowed."]


@given(st.text(alphabet='ab .!?…"”’)(A1\n\u00a0', max_size=60))
def test_sentences_lie_apart_each_in_its_section(text):
    document = annotated(text)
    found = list(document[Sentence])
    assert all(left.end <= right.start for left, right in pairwise(found))
    for sentence in found:
        assert document.text_of(sentence).strip() == document.text_of(sentence) != ""
        assert any(section.span.contains(sentence) for section in document[Section])
