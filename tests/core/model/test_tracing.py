"""What an annotation comes from, by the records of its document."""

from __future__ import annotations

import pytest

from copydesk import Annotation, Document, Entity, Quote, Ref, Span, StepRecord, trace
from copydesk.errors import AnnotationError


class Chained(Annotation):
    """Something that may refer to another of its kind."""

    namespace = "tracing"

    next: Ref[Annotation] | None = None


@pytest.fixture
def story():
    ann = Entity(start=0, end=3, label="PERSON", name="Ann")
    quote = Quote(start=9, end=17, kind="indirect", content=(Span(9, 17),), speaker=ann.ref)
    document = Document("Ann said it rains.", id="story")
    document = document.with_annotations([ann], step=StepRecord(id="names", use="entities", version="1.0"))
    document = document.with_annotations([quote], step=StepRecord(id="quotes", use="quotes", version="2.0"))
    known = document[Entity][0].replace(link="Q1")
    return document.with_annotations([known], step=StepRecord(id="linker", use="linker"), revises=[Entity])


def test_steps_and_references_are_a_chain(story):
    traced = trace(story, story[Quote][0])
    assert (traced.made_by.version, traced.revised_by) == ("2.0", ())
    assert traced.fields == {"kind": "indirect", "content": "it rains", "confidence": "1"}
    ((field, speaker),) = traced.refers_to
    assert (field, speaker.text, speaker.layer) == ("speaker", "Ann", "entity")
    assert speaker.made_by.use == "entities"
    assert [step.id for step in speaker.revised_by] == ["linker"]
    assert speaker.refers_to == ()


@pytest.mark.parametrize("id", ["quote:9-17", "quote/quote:9-17"])
def test_an_id_will_do(story, id):
    assert trace(story, id) == trace(story, story[Quote][0])


def test_an_id_of_nothing_is_refused(story):
    with pytest.raises(AnnotationError, match="no annotation 'quote:1-2'"):
        trace(story, "quote:1-2")


def test_an_id_of_two_layers_is_refused_with_what_to_write():
    entity, quote = Entity(start=0, end=3, id="x", label="A", name="Ann"), Chained(start=0, end=3, id="x")
    document = Document("Ann said it rains.").with_annotations([entity, quote])
    with pytest.raises(AnnotationError, match=r"'entity/x' or 'tracing\.chained/x'"):
        trace(document, "x")
    assert trace(document, "entity/x").layer == "entity"


def test_what_refers_to_itself_comes_to_an_end():
    first, second = (Chained(start=n, end=n + 1, id=str(n), next=Ref(str(1 - n), Chained.layer)) for n in (0, 1))
    document = Document("ab").with_annotations([first, second])
    names = []
    traced = trace(document, document[Chained][0])
    while True:
        names.append(traced.annotation.id)
        if not traced.refers_to:
            break
        ((_, traced),) = traced.refers_to
    assert names == ["0", "1", "0"]


def test_what_is_not_installed_is_traced_as_it_stands():
    item = {"id": "t", "start": 0, "end": 1, "step": "tone", "tone": "sad", "ext": {"b.c": {"d": 1}}}
    steps = [{"id": "tone", "use": "acme", "version": "3"}]
    document = Document.from_json({"text": "a", "layers": {"acme.tone": [item]}, "steps": steps})
    traced = trace(document, "t")
    assert (traced.layer, traced.made_by.version) == ("acme.tone", "3")
    assert traced.fields == {"tone": "sad", "b.c": "d: 1"}


def test_without_a_record_nobody_made_it():
    document = Document("Ann").with_annotations([Entity(start=0, end=3, id="e", label="PERSON", name="Ann")])
    assert trace(document, "e").made_by is None
