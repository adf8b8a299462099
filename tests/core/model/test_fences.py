"""What a step sees: the layers that it declared, what these refer to, and layers by name."""

from __future__ import annotations

import copy
import pickle

import pytest

from copydesk import Document, Entity, Mention, Quote, Untyped
from copydesk.errors import AnnotationError

ANN = Entity(start=0, end=3, label="PERSON", name="Ann")
STORY = Document("Ann left.").with_annotations([ANN, Mention(start=0, end=3, kind="name", entity=ANN.ref)])
ELSEWHERE = {"id": "x", "start": 0, "end": 3, "loudness": 11}


class TestFenced:
    fenced = STORY.fenced(frozenset({"mention"}))

    def test_what_it_declared(self):
        assert len(self.fenced[Mention]) == 1
        assert self.fenced.layers == ("mention",)

    def test_label_and_name_of_what_that_refers_to(self):
        assert self.fenced.resolve(self.fenced[Mention][0].entity).name == "Ann"

    def test_nor_in_json(self):
        assert self.fenced.to_json()["layers"].keys() == {"mention"}

    def test_its_json_is_a_whole_document(self):
        assert Document.from_json(self.fenced.to_json()).text == STORY.text

    @pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
    def test_copies_keep_the_fence_and_what_lies_behind(self, copied):
        again = copied(self.fenced)
        assert again == self.fenced
        assert again.resolve(again[Mention][0].entity).name == "Ann"
        with pytest.raises(AnnotationError, match="is not declared"):
            _ = again[Entity]

    def test_its_repr_counts_what_can_be_seen(self):
        assert "mention: 1" in repr(self.fenced)
        assert "entity" not in repr(self.fenced)

    def test_a_fence_is_a_set(self):
        with pytest.raises(TypeError, match="set of names of layers, not None"):
            STORY.fenced(None)

    def test_a_fence_is_never_lifted(self):
        again = self.fenced.fenced(frozenset({"mention", "entity"}))
        assert again.layers == ("mention",)

    @pytest.mark.parametrize(
        "read",
        [
            lambda document: document[Entity],
            lambda document: Entity in document,
            lambda document: "entity" in document,
            lambda document: document.layer("entity"),
            lambda document: document.of(Quote, ANN),
        ],
    )
    def test_nothing_else(self, read):
        STORY.of(Quote, ANN)  # whoever read it before does not open the fence
        _ = STORY[Entity]
        with pytest.raises(AnnotationError, match="is not declared by this component; add its type to"):
            read(self.fenced)


class TestLayersByName:
    def test_of_a_type_that_is_installed(self):
        assert list(STORY.layer("entity")) == [ANN]

    def test_of_one_that_is_not(self):
        document = Document.from_json({"text": "Ann", "layers": {"elsewhere.cue": [ELSEWHERE]}})
        [cue] = document.layer("elsewhere.cue")
        assert isinstance(cue, Untyped)
        assert (cue.start, cue.end, cue.id, cue.fields) == (0, 3, "x", {"loudness": 11})
        assert "elsewhere.cue" in document

    def test_one_that_nobody_made_is_empty(self):
        assert len(STORY.layer("elsewhere.cue")) == 0


class TestDerived:
    def test_a_view_is_made_once_for_a_document(self):
        made = []

        def view(document):
            made.append(document)
            return len(made)

        assert STORY.derived(view) == STORY.derived(view) == 1
        assert STORY.with_annotations([]).derived(view) == 2, "a changed copy is another document"
