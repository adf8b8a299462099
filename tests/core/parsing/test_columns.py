"""The columns of a parse are what its tokens say, in both label schemes."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk import Parse, Span
from copydesk.errors import AnnotationError
from copydesk.model.parse import NEEDS
from copydesk.testing import toy_parse

WORDS = st.sampled_from(
    [
        "Ann",
        "Lee",
        "said",
        "met",
        "the",
        "of",
        "Paris",
        "in",
        "it",
        "and",
        "42",
        "house",
        ".",
        "!",
        '"',
        "\n\n",
        " ",
        "😀",
    ]
)
TEXTS = st.lists(WORDS, max_size=80).map(" ".join)
SCHEMES = st.sampled_from(["ud", "spacy"])

PER_TOKEN = {
    "texts": lambda token: token.text,
    "lower": lambda token: token.lower_,
    "spaces": lambda token: bool(token.whitespace_),
    "lemmas": lambda token: token.lemma_,
    "tags": lambda token: token.tag_,
    "pos": lambda token: token.pos_,
    "morphs": lambda token: str(token.morph),
    "deps": lambda token: token.dep_,
    "heads": lambda token: token.head.i,
    "left_edges": lambda token: token.left_edge.i,
    "right_edges": lambda token: token.right_edge.i,
    "starts": lambda token: token.idx,
    "ends": lambda token: token.idx + len(token),
}


@given(TEXTS, SCHEMES)
@settings(max_examples=100)
def test_columns_are_what_the_tokens_say(text, scheme):
    doc = toy_parse(text, scheme=scheme)
    parse = Parse(doc)
    for name, of in PER_TOKEN.items():
        assert list(getattr(parse, name)) == [of(token) for token in doc], name
    assert len(parse) == len(doc)
    assert list(parse.sentence_starts) == [sent.start for sent in doc.sents]
    assert list(parse.entities) == [(ent.start, ent.end, ent.label_) for ent in doc.ents]


@given(TEXTS, SCHEMES)
@settings(max_examples=100)
def test_places_are_what_the_tokens_say(text, scheme):
    doc = toy_parse(text, scheme=scheme)
    parse = Parse(doc)
    for token in doc:
        assert list(parse.children(token.i)) == [child.i for child in token.children]
        assert parse.sentence(token.i) == range(token.sent.start, token.sent.end)
        assert parse.span(token.i, token.i) == Span(token.idx, token.idx + len(token))
    held = {offset: token.i for token in doc for offset in range(token.idx, token.idx + len(token))}
    for offset in range(-1, len(text) + 2):
        assert parse.token_at(offset) == held.get(offset)


@given(TEXTS, st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=150)
def test_tokens_of_a_stretch_share_a_code_point_with_it(text, one, other):
    doc = toy_parse(text)
    start, end = sorted((one, other))
    expected = [t.i for t in doc if max(start, t.idx) < min(end, t.idx + len(t))]
    assert list(Parse(doc).tokens(Span(start, end))) == expected


def test_numbers_cannot_be_written():
    parse = Parse(toy_parse("Ann Lee met Bo Ray in Paris."))
    for name in ("starts", "ends", "heads", "left_edges", "right_edges", "sentence_starts"):
        column = getattr(parse, name)
        assert column.dtype == "int32"
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1


def test_a_column_is_made_once_for_all_views():
    parse = Parse(toy_parse("Ann Lee met Bo Ray."))
    view = parse.fenced(frozenset(NEEDS.values()))
    assert all(getattr(view, name) is getattr(parse, name) for name in (*PER_TOKEN, "entities"))


@pytest.mark.parametrize("column", sorted(NEEDS))
def test_a_column_that_is_not_declared_is_refused(column):
    view = Parse(toy_parse("Ann Lee met Bo Ray.")).fenced(frozenset({"token.text"}))
    with pytest.raises(AnnotationError, match=rf'parse\.{column} .* add "{NEEDS[column]}" to its `uses`'):
        getattr(view, column)


@pytest.mark.parametrize("column", sorted(NEEDS))
def test_a_column_that_is_declared_can_be_read(column):
    doc = toy_parse("Ann Lee met Bo Ray.")
    view = Parse(doc).fenced(frozenset({NEEDS[column]}))
    assert list(getattr(view, column)) == list(getattr(Parse(doc), column))


def test_helpers_stand_behind_the_fence_too():
    view = Parse(toy_parse("Ann Lee met Bo Ray.")).fenced(frozenset({"token.text"}))
    for read in (view.children, view.sentence):
        with pytest.raises(AnnotationError):
            read(0)
    assert view.token_at(0) == 0


def test_an_empty_text_has_empty_columns():
    parse = Parse(spacy.blank("en")(""))
    assert all(len(getattr(parse, name)) == 0 for name in (*PER_TOKEN, "entities", "sentence_starts"))
    assert parse.token_at(0) is None
    assert list(parse.tokens(Span(0, 5))) == []
