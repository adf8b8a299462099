"""The shared types: every instance survives JSON in both directions, and nothing else is one."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

import copydesk
from copydesk import (
    Document,
    Entity,
    Evidence,
    Finding,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    Span,
    TimeExpression,
    Trait,
)
from copydesk.model.annotation import BASE_FIELDS
from copydesk.model.vocabulary import SEVERITIES, VOCABULARY
from copydesk.model.words import Words
from copydesk.schemas import document_schema

TEXT = "a text of 😀 forty code points, no more…"

words = st.text(st.characters(codec="utf-8"), max_size=8)
maybe_word = st.none() | words
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: Span(*sorted(pair)))
pieces = st.lists(spans, max_size=3).map(tuple)
confidences = st.floats(0, 1)
ends = st.none() | st.floats(allow_nan=False, allow_infinity=False)
WHO = Entity(start=2, end=6, id="e", label="PERSON", name="text")
"""Whom all references mean."""
who = st.just(WHO.ref)
maybe_who = st.none() | who


def word_of(kind, field):
    """A word of a closed list, or one that a plugin has added to it."""
    [listed] = [data for data in kind.model_fields[field].metadata if isinstance(data, Words)]
    return st.sampled_from([*listed.known, "acme.own"])


def some(kind, /, **fields):
    """Instances of a type, at any place in the text."""
    return spans.flatmap(lambda span: st.builds(kind, start=st.just(span.start), end=st.just(span.end), **fields))


INSTANCES = {
    Section: some(Section, kind=word_of(Section, "kind")),
    Sentence: some(Sentence),
    Quotation: some(Quotation, inner=spans, depth=st.integers(1, 9), paragraphs=pieces),
    Entity: some(Entity, label=words, name=words, aliases=st.lists(words, max_size=2).map(tuple), link=maybe_word),
    Mention: some(Mention, kind=word_of(Mention, "kind"), entity=who, confidence=confidences),
    Trait: some(
        Trait,
        kind=word_of(Trait, "kind"),
        entity=who,
        value=maybe_word,
        role=st.none() | st.sampled_from(["office", "acme.own"]),
        organisation=maybe_who,
        place=maybe_who,
    ),
    Quote: some(
        Quote,
        kind=word_of(Quote, "kind"),
        content=st.lists(spans, min_size=1, max_size=3).map(tuple),
        cue=pieces,
        source=pieces,
        speaker=maybe_who,
        relay=pieces,
        confidence=confidences,
    ),
    Quantity: some(
        Quantity,
        kind=word_of(Quantity, "kind"),
        low=ends,
        high=ends,
        unit=maybe_word,
        per=maybe_word,
        role=word_of(Quantity, "role"),
        bound=word_of(Quantity, "bound"),
        number=spans,
        counted=st.none() | spans,
        counted_head=st.none() | spans,
    ),
    TimeExpression: some(
        TimeExpression,
        kind=word_of(TimeExpression, "kind"),
        timex=words,
        anchored=st.none() | st.booleans(),
    ),
    Finding: some(
        Finding,
        code=words,
        name=words,
        severity=st.sampled_from(SEVERITIES),
        message=st.text(st.characters(codec="utf-8"), min_size=1, max_size=8),
        evidence=st.lists(
            st.builds(lambda span, note: Evidence(start=span.start, end=span.end, note=note), spans, words), max_size=2
        ).map(tuple),
        suggestion=maybe_word,
        fingerprint=words,
    ),
}

any_annotation = st.one_of(*INSTANCES.values())
every_type = pytest.mark.parametrize("kind", VOCABULARY, ids=lambda kind: kind.__name__)
VALIDATOR = Draft202012Validator(document_schema())


def test_every_type_is_generated_here():
    assert set(INSTANCES) == set(VOCABULARY)


def test_every_type_is_public_and_has_a_layer_of_its_own():
    assert all(getattr(copydesk, kind.__name__) is kind for kind in VOCABULARY)
    assert [kind.layer for kind in VOCABULARY] == [
        "section", "sentence", "quotation", "entity", "mention", "trait", "quote", "quantity", "time_expression",
        "finding",
    ]  # fmt: skip


@given(any_annotation)
def test_what_is_written_is_read_as_it_was(annotation):
    item = json.loads(json.dumps(annotation.to_json(TEXT), allow_nan=False))
    again = type(annotation).from_json(item)
    assert again == annotation
    assert again.to_json(TEXT) == annotation.to_json(TEXT)
    assert json.dumps(again.to_json(TEXT)) == json.dumps(item)


@given(any_annotation)
def test_what_is_read_is_written_as_it_was(annotation):
    """The other direction, through a document that does not know the type until it is asked."""
    made = Document(TEXT, id="d").with_annotations([WHO, annotation])
    line = made.to_json_line()
    read = Document.from_json(json.loads(line))
    assert annotation in read[type(annotation)]
    assert read.to_json_line() == line


@given(any_annotation)
def test_pickling(annotation):
    assert pickle.loads(pickle.dumps(annotation)) == annotation


@given(any_annotation)
def test_it_is_as_the_schema_says(annotation):
    item = Document(TEXT, id="d").with_annotations([WHO, annotation]).to_json()
    assert [error.message for error in VALIDATOR.iter_errors(item)] == []


@given(any_annotation)
def test_spans_are_pairs_in_json(annotation):
    item = annotation.to_json(TEXT)
    for name in annotation.span_fields():
        value = getattr(annotation, name)
        if isinstance(value, Span):
            assert item[name] == [value.start, value.end]
        elif value is not None:
            assert item[name] == [
                [each.start, each.end] if isinstance(each, Span) else each.model_dump() for each in value
            ]


@every_type
def test_every_field_is_described_or_speaks_for_itself(kind):
    """A reader of the JSON Schema has nothing else."""
    for name, field in kind.model_fields.items():
        if name not in (*BASE_FIELDS, "kind", "severity", "message", "confidence", "suggestion"):
            assert field.description, f"{kind.__name__}.{name}"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Section, {"kind": "footer"}),
        (Sentence, {"kind": "question"}),
        (Quotation, {"inner": Span(0, 1), "depth": 0}),
        (Mention, {"kind": "pronoun"}),
        (Mention, {"kind": "pronoun", "entity": ""}),
        (Mention, {"kind": "pronoun", "entity": "e", "confidence": 1.1}),
        (Trait, {"kind": "office", "entity": "e"}),
        (Trait, {"kind": "role", "entity": "e", "role": "boss"}),
        (Quote, {"kind": "direct", "content": ()}),
        (Quote, {"kind": "direct", "content": (Span(0, 1),), "confidence": -0.1}),
        (Quote, {"kind": "shouted", "content": (Span(0, 1),)}),
        (Quantity, {"kind": "cardinal", "low": float("nan"), "number": Span(0, 1)}),
        (Quantity, {"kind": "cardinal", "low": "three", "number": Span(0, 1)}),
        (Quantity, {"kind": "cardinal", "role": "sum", "number": Span(0, 1)}),
        (Quantity, {"kind": "cardinal", "low": 3}),
        (TimeExpression, {"kind": "date"}),
        (Finding, {"code": "A", "name": "a", "severity": "fatal", "message": "m"}),
        (Finding, {"code": "A", "name": "a", "severity": "info", "message": ""}),
    ],
)
def test_what_is_none_of_them(kind, fields):
    with pytest.raises(ValidationError):
        kind(start=0, end=1, **fields)
