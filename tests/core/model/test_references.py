"""References: typed, checked, and followed when what they mean changes."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from copydesk import Annotation, Document, Entity, Mention, Merged, Quote, Ref, Span, StepRecord, Trait
from copydesk.errors import AnnotationError

TEXT = "Ann Lee met Bo Ray. Lee left."
ANN = Entity(start=0, end=7, label="PERSON", name="Ann Lee")
BO = Entity(start=12, end=18, label="PERSON", name="Bo Ray")
LEE = Entity(start=20, end=23, label="PERSON", name="Lee")


def name(entity: Entity) -> Mention:
    return Mention(start=entity.start, end=entity.end, kind="name", entity=entity.ref)


SAID = Quote(start=20, end=29, kind="indirect", content=(Span(20, 29),), speaker=LEE.ref)
MAYOR = Trait(start=12, end=18, kind="role", value="mayor", role="office", entity=BO.ref, organisation=LEE.ref)


class Duel(Annotation):
    """Who fights."""

    sides: tuple[Ref[Entity], ...] = ()
    about: Ref[Annotation] | None = None


def step(id: str) -> StepRecord:
    return StepRecord(id=id, use=id)


@pytest.fixture(params=["as made", "read from JSON"])
def story(request: pytest.FixtureRequest) -> Document:
    made = Document(TEXT, id="d").with_annotations(
        [ANN, BO, LEE, *map(name, (ANN, BO, LEE)), SAID, MAYOR], step=step("first")
    )
    return made if request.param == "as made" else Document.from_json(json.loads(made.to_json_line()))


class TestFollowing:
    def test_to_the_annotation(self, story):
        assert story.resolve(story[Quote][0].speaker) == story[Entity].get(LEE.id)
        assert story.resolve(None) is None

    def test_back_to_what_refers_to_it(self, story):
        assert [mention.start for mention in story.of(Mention, LEE)] == [20]
        assert story.of(Trait, LEE) == story.of(Trait, BO) != ()
        assert story.of(Quote, ANN) == ()

    def test_a_bare_id_will_do(self, story):
        assert story.resolve(Ref(BO.id)).name == "Bo Ray"

    def test_one_that_means_nothing(self, story):
        with pytest.raises(AnnotationError, match="no annotation 'entity:7-8'"):
            story.resolve(Ref("entity:7-8"))

    def test_a_reference_is_its_id(self):
        assert json.loads(json.dumps(LEE.ref)) == LEE.id
        assert pickle.loads(pickle.dumps(LEE.ref)) == LEE.ref
        assert pickle.loads(pickle.dumps(LEE.ref)).layer == "entity"


class TestNothingIsReferredTo:
    def test_a_step_that_does_is_refused(self):
        with pytest.raises(
            AnnotationError, match="refers by 'speaker' to 'entity:20-23', but the layer 'entity' has no"
        ):
            Document(TEXT).with_annotations([SAID])

    def test_a_file_that_does_is_refused(self, story):
        item = story.to_json()
        item["layers"]["quote"][0]["speaker"] = "entity:900-999"
        with pytest.raises(AnnotationError, match="'entity:900-999'"):
            Document.from_json(item)

    def test_of_a_type_that_is_not_installed_it_is_kept(self, story):
        entry = {"id": "x", "start": 0, "end": 1, "speaker": "entity:900-999"}
        item = story.to_json()
        item["layers"]["elsewhere.remark"] = [entry]
        assert Document.from_json(item).to_json()["layers"]["elsewhere.remark"] == [entry]


class TestOneId:
    def test_two_steps_that_differ_at_one_span_both_stand(self, story):
        other = Entity(start=0, end=7, label="ORG", name="Ann Lee")
        after = story.with_annotations([other, name(other).replace(confidence=0.5)], step=step("second"))
        labels = {entity.id: entity.label for entity in after[Entity].within(Span(0, 7))}
        assert sorted(labels.values()) == ["ORG", "PERSON"]
        meant = [labels[mention.entity] for mention in after[Mention].within(Span(0, 7))]
        assert sorted(meant) == ["ORG", "PERSON"], "references of the same output follow the id"

    def test_equal_runs_give_equal_ids(self, story):
        other = Entity(start=0, end=7, label="ORG", name="Ann Lee")
        runs = [story.with_annotations([other], step=step("second")).to_json() for _ in range(2)]
        assert runs[0] == runs[1]

    def test_what_was_said_already_is_not_said_again(self, story):
        assert len(story.with_annotations([ANN, name(ANN)], step=step("second"))[Entity]) == 3

    def test_a_reference_to_one_of_two_is_refused(self):
        twins = [Entity(start=0, end=7, label=label, name="x") for label in ("PERSON", "ORG")]
        with pytest.raises(AnnotationError, match="two different annotations have the id 'entity:0-7'"):
            Document(TEXT).with_annotations([*twins, name(twins[1])])


class TestRevising:
    def test_who_is_kept_keeps_id_and_maker(self, story):
        linked = story[Entity].get(ANN.id).replace(link="Q1")
        after = story.with_annotations([linked, BO, LEE], step=step("linker"), revises=(Entity,))
        ann, bo = after[Entity].get(ANN.id), after[Entity].get(BO.id)
        assert (ann.step, ann.revised_by, ann.link) == ("first", ("linker",), "Q1")
        assert (bo.step, bo.revised_by) == ("first", ())

    def test_what_was_merged_is_meant_as_the_other(self, story):
        after = story.with_annotations([ANN, BO, Merged(LEE.id, ANN.id)], step=step("linker"), revises=(Entity,))
        assert after[Quote][0].speaker == ANN.id
        assert [mention.start for mention in after.of(Mention, ANN)] == [0, 20]
        assert after.steps[-1].removed == after.steps[-1].cleared == 0

    def test_through_a_chain_of_merges(self, story):
        merges = [Merged(LEE.id, ANN.id), Merged(ANN.id, BO.id)]
        after = story.with_annotations([BO, *merges], step=step("linker"), revises=(Entity,))
        assert {mention.entity for mention in after[Mention]} == {BO.id}

    def test_what_is_dropped_leaves_nothing_dangling(self, story):
        """Optional references are empty; what cannot do without goes along; the record counts both."""
        after = story.with_annotations([ANN, BO], step=step("cleaner"), revises=(Entity,))
        assert after[Quote][0].speaker is None
        assert after[Trait][0].organisation is None
        assert [mention.start for mention in after[Mention]] == [0, 12]
        assert (after.steps[-1].removed, after.steps[-1].cleared) == (1, 2)

    def test_lists_of_references_grow_shorter(self, story):
        duel = Duel(start=0, end=18, sides=(ANN.ref, BO.ref, LEE.ref), about=SAID.ref)
        before = story.with_annotations([duel])
        after = before.with_annotations([ANN, Merged(LEE.id, ANN.id)], step=step("x"), revises=(Entity,))
        assert after[Duel][0].sides == (ANN.id,)
        without_quote = before.with_annotations([], step=step("y"), revises=(Quote,))
        assert without_quote[Duel][0].about is None

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ([ANN, ANN], "has the id 'entity:0-7' twice"),
            ([ANN, LEE, Merged(LEE.id, ANN.id)], "was merged into 'entity:0-7' and returned all the same"),
            ([ANN, Merged(LEE.id, BO.id)], "which the step did not return"),
            ([ANN, Merged("entity:1-2", ANN.id)], "no layer that the step revises had it"),
            ([Merged(LEE.id, BO.id), Merged(BO.id, LEE.id)], "merged into itself"),
        ],
    )
    def test_what_makes_no_sense(self, story, given, message):
        with pytest.raises(AnnotationError, match=message):
            story.with_annotations(given, step=step("x"), revises=(Entity,))

    def test_a_long_chain_of_what_needs_what_is_quick(self):
        class Link(Annotation):
            """One after another."""

            before: Ref[Entity] | None = None

        count = 20_000
        links = [Mention(start=0, end=1, id=f"m{n}", kind="name", entity=ANN.ref) for n in range(count)]
        after = Document(TEXT).with_annotations([ANN, *links]).with_layer(Entity, [])
        assert len(after[Mention]) == 0


class TestDroppingLayers:
    def test_references_to_them_go_too(self, story):
        after, losses = story.without_layers(["entity"])
        assert Entity not in after
        assert len(after[Mention]) == len(after[Trait]) == 0
        assert after[Quote][0].speaker is None
        assert losses == (4, 1)


class TestForms:
    def test_references_in_other_forms_are_refused_when_the_class_is_made(self):
        with pytest.raises(TypeError, match=r"Ref\[X\] \| None and tuple\[Ref\[X\], \.\.\.\] can be followed"):

            class Deep(Annotation):
                """Too deep."""

                pairs: tuple[tuple[Ref[Entity], ...], ...] = ()

    def test_the_fields_say_what_they_refer_to(self):
        fields: list[Any] = [(field.name, field.target, field.many, field.required) for field in Duel.ref_fields()]
        assert fields == [("sides", Entity, True, False), ("about", Annotation, False, False)]
