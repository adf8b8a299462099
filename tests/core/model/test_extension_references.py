"""References in the fields of extensions, made or read from JSON, and references that name no layer."""

from __future__ import annotations

import json

import pytest

from copydesk import Annotation, Document, Entity, Merged, Quote, Ref, Section, Span, StepRecord
from copydesk.errors import AnnotationError

TEXT = "Ann Lee said no. Bo heard it."
ANN = Entity(start=0, end=7, label="PERSON", name="Ann Lee")
BO = Entity(start=17, end=19, label="PERSON", name="Bo")
SAID = Quote(start=13, end=15, kind="indirect", content=(Span(13, 15),))


class HeardQuote(Quote):
    """A quote, and who heard it."""

    heard_by: Ref[Entity] | None = None


class JudgedQuote(Quote):
    """A quote, and who judges it: without a judge there is no judgement."""

    judge: Ref[Entity]
    tone: float


class Pointer(Annotation):
    """A note on anything."""

    about: Ref[Annotation]


def read_again(document):
    return Document.from_json(json.loads(document.to_json_line()))


def step(id):
    return StepRecord(id=id, use=id)


@pytest.fixture(params=["as made", "read from JSON"])
def story(request):
    def make(*quotes):
        made = Document(TEXT, id="d").with_annotations([ANN, BO, *quotes], provides=(Entity, Quote))
        return made if request.param == "as made" else read_again(made)

    return make


class TestExtensions:
    def test_a_reference_to_nothing_is_refused(self):
        with pytest.raises(
            AnnotationError, match="refers by 'heard_by' to 'entity:9-9', but the layer 'entity' has no such"
        ):
            Document(TEXT).with_annotations([HeardQuote.extend(SAID, heard_by="entity:9-9")])

    def test_so_is_one_that_is_read(self):
        item = Document(TEXT, id="d").with_annotations([BO, HeardQuote.extend(SAID, heard_by=BO.ref)]).to_json()
        [block] = item["layers"]["quote"][0]["ext"].values()
        block["heard_by"] = "entity:9-9"
        with pytest.raises(AnnotationError, match="refers by 'heard_by' to 'entity:9-9'"):
            Document.from_json(item)

    def test_what_is_joined_is_followed(self, story):
        before = story(HeardQuote.extend(SAID, heard_by=BO.ref))
        after = before.with_annotations([ANN, Merged(BO.id, ANN.id)], step=step("linker"), revises=(Entity,))
        assert after[HeardQuote][0].heard_by == ANN.id
        assert read_again(after) == after

    def test_what_is_gone_is_null(self, story):
        before = story(HeardQuote.extend(SAID, heard_by=BO.ref))
        after = before.with_annotations([ANN], step=step("filter"), revises=(Entity,))
        assert after[HeardQuote][0].heard_by is None
        assert read_again(after) == after

    def test_what_an_extension_cannot_do_without_takes_the_extension_and_not_the_quote(self, story):
        before = story(JudgedQuote.extend(SAID, judge=BO.ref, tone=0.5))
        after = before.with_annotations([ANN], step=step("filter"), revises=(Entity,))
        assert len(after[Quote]) == 1
        assert len(after[JudgedQuote]) == 0
        assert after[Quote][0].ext == {}

    def test_a_quote_that_carries_the_block_of_an_extension_is_followed_too(self):
        block = HeardQuote.extend(SAID, heard_by=BO.ref).to_json()["ext"]
        made = Document(TEXT, id="d").with_annotations([ANN, BO, SAID.replace(ext=block)])
        after = made.with_annotations([ANN], step=step("filter"), revises=(Entity,))
        assert after[HeardQuote][0].heard_by is None

    def test_those_without_the_fields_are_left_out(self, story):
        plain = Quote(start=0, end=3, kind="indirect", content=(Span(0, 3),))
        before = story(plain, HeardQuote.extend(SAID, heard_by=BO.ref))
        assert [quote.start for quote in before[HeardQuote]] == [13]
        assert [quote.start for quote in before[Quote]] == [0, 13]


class TestAnyLayer:
    @pytest.mark.parametrize("id", ["e1", "quote:0-1", ""])
    def test_a_reference_leads_to_its_layer_whatever_the_id(self, id):
        entity = Entity(start=0, end=7, label="PERSON", name="Ann Lee", **({"id": id} if id else {}))
        made = Document(TEXT, id="d").with_annotations([entity, Pointer(start=0, end=1, about=entity.ref)])
        again = read_again(made)
        for document in (made, again):
            assert document.resolve(document[Pointer][0].about) == entity
        gone = again.with_annotations([BO], step=step("filter"), revises=(Entity,))
        assert len(gone[Pointer]) == 0

    def test_one_to_nothing_is_refused(self):
        with pytest.raises(AnnotationError, match="no layer has such annotation"):
            Document(TEXT).with_annotations([Pointer(start=0, end=1, about=Ref("e1"))])


class TestReplace:
    def test_what_stays_is_read_as_it_stands(self):
        item = Section(start=0, end=4, kind="paragraph").to_json() | {"kind": "sidebar"}
        newer = Section.from_json(item)
        assert newer.replace(end=5).kind == "sidebar"

    def test_what_changes_is_checked(self):
        section = Section(start=0, end=4, kind="paragraph")
        with pytest.raises(ValueError, match="'sidebar' is none of"):
            section.replace(kind="sidebar")
        with pytest.raises(ValueError, match="kinds"):
            section.replace(kinds="paragraph")


def test_an_annotation_in_the_place_of_its_reference_is_told():
    with pytest.raises(ValueError, match=r"this is Entity itself; give its reference, \.ref"):
        Pointer(start=0, end=1, about=ANN)
