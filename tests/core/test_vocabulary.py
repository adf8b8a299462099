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
    Quantity,
    Quote,
    Reference,
    Role,
    Section,
    Span,
    TimeExpression,
)
from copydesk.schemas import document_schema
from copydesk.vocabulary import SEVERITIES, VOCABULARY

TEXT = "a text of 😀 forty code points, no more…"

words = st.text(st.characters(codec="utf-8"), max_size=8)
maybe_word = st.none() | words
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: Span(*sorted(pair)))
pieces = st.lists(spans, max_size=3).map(tuple)
confidences = st.floats(0, 1)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
ends = st.none() | numbers


def some(kind, /, **fields):
    """Instances of a type, at any place in the text."""
    return spans.flatmap(lambda span: st.builds(kind, start=st.just(span.start), end=st.just(span.end), **fields))


INSTANCES = {
    Section: some(Section, kind=st.sampled_from(["headline", "byline", "dateline", "paragraph", "caption", "other"])),
    Entity: some(Entity, label=words, name=words, entity=words, link=maybe_word),
    Reference: some(Reference, kind=st.sampled_from(["pronoun", "description"]), entity=words, confidence=confidences),
    Role: some(
        Role,
        holder=words,
        title=maybe_word,
        kind=st.sampled_from(["office", "rank", "occupation", "relation", "affiliation", "description"]),
        organisation=maybe_word,
        country=maybe_word,
    ),
    Quote: some(
        Quote,
        kind=st.sampled_from(["direct", "mixed", "indirect"]),
        content=st.lists(spans, min_size=1, max_size=3).map(tuple),
        cue=pieces,
        source=pieces,
        speaker=maybe_word,
        relay=pieces,
        confidence=confidences,
    ),
    Quantity: some(
        Quantity,
        kind=st.sampled_from(["cardinal", "ordinal", "percent", "money", "quantity", "fraction", "age", "temperature"]),
        value=st.none() | numbers | st.tuples(ends, ends),
        unit=maybe_word,
        bound=st.sampled_from(["=", "~", "<", ">", "<=", ">="]),
        number=spans,
        counted=st.none() | spans,
        counted_head=st.none() | spans,
    ),
    TimeExpression: some(
        TimeExpression,
        kind=st.sampled_from(["date", "time", "datetime", "duration", "set", "range"]),
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
        "section", "entity", "reference", "role", "quote", "quantity", "time", "finding",
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
    made = Document(TEXT, id="d").with_annotations([annotation])
    line = made.to_json_line()
    read = Document.from_json(json.loads(line))
    assert list(read[type(annotation)]) == [annotation]
    assert read.to_json_line() == line


@given(any_annotation)
def test_pickling(annotation):
    assert pickle.loads(pickle.dumps(annotation)) == annotation


@given(any_annotation)
def test_it_is_as_the_schema_says(annotation):
    item = Document(TEXT, id="d").with_annotations([annotation]).to_json()
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


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_whole_number_stays_whole_and_a_decimal_stays_decimal(value):
    item = Quantity(start=0, end=1, kind="cardinal", value=value, number=Span(0, 1)).to_json(TEXT)
    again = Quantity.from_json(json.loads(json.dumps(item)))
    assert type(again.value) is type(value)
    assert again.value == value


@every_type
def test_every_field_is_described_or_speaks_for_itself(kind):
    """A reader of the JSON Schema has nothing else."""
    for name, field in kind.model_fields.items():
        if name not in ("start", "end", "id", "step", "kind", "severity", "message", "confidence", "suggestion"):
            assert field.description, f"{kind.__name__}.{name}"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Section, {"kind": "footer"}),
        (Reference, {"kind": "pronoun"}),
        (Reference, {"kind": "pronoun", "entity": "e", "confidence": 1.1}),
        (Role, {"holder": "e", "kind": "office"}),
        (Quote, {"kind": "direct", "content": ()}),
        (Quote, {"kind": "direct", "content": (Span(0, 1),), "confidence": -0.1}),
        (Quote, {"kind": "shouted", "content": (Span(0, 1),)}),
        (Quantity, {"kind": "cardinal", "value": float("nan"), "number": Span(0, 1)}),
        (Quantity, {"kind": "cardinal", "value": "three", "number": Span(0, 1)}),
        (Quantity, {"kind": "cardinal", "value": (1, 2, 3), "number": Span(0, 1)}),
        (Quantity, {"kind": "cardinal", "value": 3}),
        (TimeExpression, {"kind": "date"}),
        (Finding, {"code": "A", "name": "a", "severity": "fatal", "message": "m"}),
        (Finding, {"code": "A", "name": "a", "severity": "info", "message": ""}),
    ],
)
def test_what_is_none_of_them(kind, fields):
    with pytest.raises(ValidationError):
        kind(start=0, end=1, **fields)
