"""Documents: values that nothing changes, and a JSON form that loses nothing."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Annotation, Document, ErrorRecord, Quote, Span, StepRecord
from copydesk.errors import AnnotationError, FormatError, TextError
from copydesk.model.json_values import MAX_DEPTH
from copydesk.model.records import Origin
from copydesk.testing import toy_parse


class Word(Annotation):
    """A word."""

    word: str = ""


class Pair(Annotation):
    """A word and another."""

    other: Span


WORD = Word.layer

encodable = st.characters(codec="utf-8")
texts = st.text(encodable) | st.text("a 😀\u0301\u2028\r\n\0\u202e𝒳", max_size=20)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(encodable, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(encodable, max_size=8), inner, max_size=3),
    max_leaves=8,
)
json_objects = st.dictionaries(st.text(encodable, max_size=8), json_values, max_size=4)


@st.composite
def documents_as_json(draw):
    """What another version with other plugins might write: unknown layers, fields and keys throughout."""
    text = draw(texts)
    layers = {}
    for name in draw(st.lists(st.sampled_from(["word", "from_elsewhere", "quote2", "é 😀"]), unique=True, max_size=3)):
        entries = []
        for number in range(draw(st.integers(0, 3))):
            start = draw(st.integers(0, len(text)))
            end = draw(st.integers(start, len(text)))
            base = {"id": f"{name}:{number}", "start": start, "end": end}
            if draw(st.booleans()):
                base["text"] = text[start:end]
            further = {f"x-{key}": value for key, value in draw(json_objects).items()}
            entries.append(base | further)
        layers[name] = sorted(entries, key=lambda entry: (entry["start"], -entry["end"], entry["id"]))
    unknown = {f"x-{key}": value for key, value in draw(json_objects).items()}
    step = {"id": "s", "use": "u", "distribution": None, "version": "1", "settings": "sha256:0", "model": None,
            "checks": [], "removed": 0, "cleared": 0, **unknown}  # fmt: skip
    error = {"error": "TextError", "message": "bad", "step": None, "path": "a.txt", "line": 3, **unknown}
    return {
        "copydesk": 1,
        "id": draw(st.text(encodable, min_size=1, max_size=8)),
        "text": text,
        "metadata": draw(json_objects),
        "layers": layers,
        "steps": [step] * draw(st.integers(0, 2)),
        "errors": [error] * draw(st.integers(0, 2)),
        **unknown,
    }


def exactly(item):
    """Tells 1 from 1.0 and from true, and keeps the order of keys."""
    return json.dumps(item, ensure_ascii=False)


def with_words(text="so LOUD here", *words, step=None):
    return Document(text, id="d").with_annotations(
        words or [Word(start=3, end=7, word="LOUD")],
        step=StepRecord(id=step, use="words") if step else None,
        provides=(Word,),
    )


class TestNothingIsLostInJson:
    @given(documents_as_json())
    def test_what_another_version_wrote_comes_back_as_it_stood(self, item):
        assert exactly(Document.from_json(item).to_json()) == exactly(item)

    @given(documents_as_json())
    def test_through_a_line_of_text(self, item):
        document = Document.from_json(item)
        line = document.to_json_line()
        assert "\n" not in line
        assert Document.from_json(json.loads(line)) == document
        assert Document.from_json(json.loads(line)).to_json_line() == line

    @given(documents_as_json())
    def test_what_an_encoder_writes_a_decoder_reads(self, item):
        line = Document.from_json(item).to_json_line()
        assert json.loads(line.encode().decode()) == item

    @given(documents_as_json())
    def test_further_steps_leave_the_rest_as_it_stood(self, item):
        document = Document.from_json(item)
        after = document.with_annotations([], step=StepRecord(id="more", use="more")).to_json()
        assert exactly({**after, "steps": after["steps"][:-1]}) == exactly(item)

    @given(documents_as_json())
    def test_pickling(self, item):
        document = Document.from_json(item)
        assert exactly(pickle.loads(pickle.dumps(document)).to_json()) == exactly(document.to_json())

    def test_reading_a_layer_by_type_does_not_change_what_is_written(self):
        entry = {"id": "w", "start": 0, "end": 1, "text": "a", "step": None, "word": "a", "later": [1, 1.0]}
        document = Document.from_json({"id": "d", "text": "a", "layers": {WORD: [entry]}})
        assert document[Word][0].word == "a"
        assert exactly(document.to_json()["layers"][WORD]) == exactly([entry])

    def test_typed_annotations_read_back_as_they_were_made(self):
        document = with_words(step="words")
        assert Document.from_json(json.loads(document.to_json_line()))[Word] == document[Word]

    def test_the_reading_and_the_given_object_share_nothing(self):
        item = {"text": "a", "metadata": {"tags": ["x"]}, "layers": {"w": [{"id": "w", "start": 0, "end": 1, "f": []}]}}
        before = copy.deepcopy(item)
        document = Document.from_json(item)
        item["metadata"]["tags"].append("y")
        item["layers"]["w"][0]["f"].append("y")
        written = document.to_json()
        written["metadata"]["tags"].append("z")
        written["layers"]["w"][0]["f"].append("z")
        assert document == Document.from_json(before)

    def test_a_python_tuple_in_the_metadata_is_a_list(self):
        document = Document("a", metadata={"tags": ("x", ["y"])})
        assert document.metadata["tags"] == ["x", ["y"]]
        assert Document.from_json(document.to_json()) == document

    def test_a_number_is_an_id(self):
        assert Document.from_json({"id": 7, "text": ""}).id == "7"


class TestOffsetsCountCodePoints:
    def test_of_astral_text(self):
        text = "👩\u200d🚀 said: 𝒳"
        document = Document(text).with_annotations([Word(start=4, end=8), Word(start=10, end=11)])
        assert [entry["text"] for entry in document.to_json()["layers"][WORD]] == ["said", "𝒳"]
        assert document.text_of(document[Word][0]) == "said"

    def test_the_end_of_the_text_is_a_place(self):
        document = Document("😀").with_annotations([Word(start=1, end=1), Word(start=0, end=1)])
        assert [word.span for word in document[Word]] == [(0, 1), (1, 1)]


class TestIds:
    @given(texts)
    def test_a_text_has_one_id(self, text):
        assert Document(text).id == Document(text, metadata={"title": "x"}).id
        assert Document(text).id != Document(text + "a").id

    def test_the_same_in_every_process(self):
        code = "from copydesk import Document; print(Document('a story').id)"
        here = Document("a story").id
        for seed in ("1", "2"):
            there = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
            )  # fmt: skip
            assert there.stdout.strip() == here

    def test_one_that_is_given_is_kept(self):
        assert Document("a", id="x").read_from("f.jsonl", 3, id="f.jsonl:3").id == "x"
        assert Document("a").read_from("f.jsonl", 3, id="f.jsonl:3").id == "f.jsonl:3"


class TestNothingChangesADocument:
    def test_each_change_is_a_new_document(self):
        before = with_words(step="words")
        line = before.to_json_line()
        changed = [
            before.with_annotations([Word(start=0, end=2)]),
            before.with_annotations([], provides=(Pair,)),
            before.with_error(ErrorRecord(error="E", message="m")),
            before.read_from("f", 1, id="other"),
            before.with_doc(None),
        ]
        assert before.to_json_line() == line
        assert all(document is not before for document in changed)
        assert [len(document[Word]) for document in changed] == [2, 1, 1, 1, 1]

    @pytest.mark.parametrize("name", ["text", "id", "metadata", "layers", "steps", "errors", "origin", "anything"])
    def test_no_attribute_can_be_set(self, name):
        with pytest.raises(AttributeError):
            setattr(Document("a"), name, "b")

    def test_the_metadata_cannot_be_set(self):
        given_metadata = {"title": "x"}
        document = Document("a", metadata=given_metadata)
        given_metadata["title"] = "y"
        assert document.metadata == {"title": "x"}
        document.metadata["title"] = "z"
        assert document.metadata == {"title": "x"}, "what is given out is a copy"

    def test_a_layer_read_before_a_change_stays_as_it_was(self):
        before = with_words()
        layer = before[Word]
        after = before.with_annotations([Word(start=0, end=2)])
        assert len(layer) == 1
        assert [word.start for word in after[Word]] == [0, 3]
        assert before[Word] is layer


class TestEquality:
    def test_equal_by_content(self):
        assert with_words(step="s") == with_words(step="s")
        assert with_words(step="s") != with_words(step="t")
        assert Document("a", id="x") != Document("a", id="y")
        assert Document("a") != "a"

    def test_where_it_was_read_does_not_count(self):
        assert Document("a", id="x", origin=Origin("f", 1)) == Document("a", id="x")

    def test_typed_and_untyped_annotations_are_the_same(self):
        assert Document.from_json(with_words().to_json()) == with_words()

    def test_it_has_no_hash(self):
        with pytest.raises(TypeError, match="unhashable"):
            hash(Document("a"))


class TestPickled:
    def test_it_still_knows_where_it_was_read(self):
        document = pickle.loads(pickle.dumps(Document("a", origin=Origin("stories.jsonl", 12))))
        assert document.origin == Origin("stories.jsonl", 12)

    def test_the_parse_stays_behind(self):
        document = Document("a").with_doc(toy_parse("a"))
        assert not pickle.loads(pickle.dumps(document)).has_doc


class TestLayers:
    def test_a_step_that_found_nothing_leaves_an_empty_layer(self):
        document = Document("a").with_annotations([], provides=(Word,))
        assert Word in document
        assert Pair not in document
        assert len(document[Word]) == len(document[Pair]) == 0
        assert document.layers == (WORD,)
        assert document.to_json()["layers"] == {WORD: []}

    def test_annotations_are_stamped_with_their_step(self):
        document = with_words(step="words").with_annotations([Word(start=0, end=2)])
        assert [word.step for word in document[Word]] == [None, "words"]
        assert [record.id for record in document.steps] == ["words"]

    @given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12, unique=True))
    def test_sorted_whatever_order_they_come_in(self, pairs):
        words = [Word(start=min(p), end=max(p), id=f"{number}") for number, p in enumerate(pairs)]
        document = Document("abcde")
        for word in words:
            document = document.with_annotations([word])
        at_once = Document("abcde").with_annotations(words)
        assert document == at_once
        assert list(document[Word]) == sorted(words, key=lambda word: (word.start, -word.end, word.id))

    def test_saying_the_same_twice_says_it_once(self):
        document = with_words(step="words")
        assert len(document.with_annotations(document[Word])[Word]) == 1

    def test_also_after_a_round_trip(self):
        """A run over the output of the same run finds what is there."""
        document = Document.from_json(with_words(step="words").to_json())
        again = document.with_annotations([Word(start=3, end=7, word="LOUD")], step=StepRecord(id="words", use="words"))
        assert len(again[Word]) == 1


def refusal(kind, build):
    with pytest.raises(kind) as caught:
        build()
    return caught.value


class TestRefusedTexts:
    @pytest.mark.parametrize(
        ("text", "what"),
        [(None, "null"), (b"a", "bytes"), (7, "a number"), (1.5, "a number"), (True, "a boolean"), (["a"], "a list"), ({}, "an object")],
    )  # fmt: skip
    def test_what_is_no_text(self, text, what):
        error = refusal(TextError, lambda: Document(text, id="d"))
        assert error.message == f"the text is {what}, not a string"
        assert error.document_id == "d"
        assert refusal(TextError, lambda: Document.from_json({"id": "d", "text": text})).message == error.message

    @pytest.mark.parametrize("lone", [chr(0xD800), chr(0xDC00), chr(0xDFFF), chr(0xDE00) + chr(0xD83D)])
    def test_a_lone_surrogate(self, lone):
        error = refusal(TextError, lambda: Document("ab" + lone, id="d"))
        assert f"a lone surrogate, U+{ord(lone[0]):04X}, at offset 2" in error.message
        assert "decode the source again" in error.message

    def test_a_missing_text(self):
        error = refusal(TextError, lambda: Document.from_json({"id": "d"}))
        assert error.message == "there is no 'text'"
        assert error.document_id == "d"


class TestRefusedJson:
    """A document that is taken can be written: whatever JSON cannot hold is refused when it comes in."""

    @pytest.mark.parametrize(
        ("value", "why"),
        [
            (float("nan"), "'metadata'.a.0 is nan, which JSON has no number for"),
            (float("inf"), "'metadata'.a.0 is inf, which JSON has no number for"),
            ("\ud800", "'metadata'.a.0 holds a lone surrogate, U+D800, at offset 0"),
            ({"\udfff": 1}, "'metadata'.a.0 holds a lone surrogate, U+DFFF, at offset 0"),
            ({1: 2}, "'metadata'.a.0 has the key 1, which is not a string"),
            ({3}, "'metadata'.a.0 is a Python set, which JSON cannot hold"),
            (b"x", "'metadata'.a.0 is a Python bytes, which JSON cannot hold"),
        ],
    )
    def test_metadata(self, value, why):
        for build in (
            lambda: Document("a", id="d", metadata={"a": [value]}),
            lambda: Document.from_json({"id": "d", "text": "a", "metadata": {"a": [value]}}),
        ):
            error = refusal(FormatError, build)
            assert error.message.startswith(why)
            assert error.document_id == "d"

    @pytest.mark.parametrize(
        "part",
        [
            {"further": "\ud800"},
            {"further": float("inf")},
            {"layers": {"w": [{"id": "w", "start": 0, "end": 1, "f": "\ud800"}]}},
            {"layers": {"w": [{"id": "w", "start": 0, "end": 1, "f": float("inf")}]}},
            {"layers": {"\ud800": []}},
            {"steps": [{"id": "s", "use": "s", "more": float("inf")}]},
            {"errors": [{"error": "E", "message": "\ud800"}]},
        ],
    )
    def test_everywhere_else(self, part):
        error = refusal(FormatError, lambda: Document.from_json({"id": "d", "text": "a", **part}))
        assert error.document_id == "d"
        assert f"'{next(iter(part))}'" in error.message

    def test_depth(self):
        def nested(levels):
            value = []
            for _ in range(levels - 1):
                value = [value]
            return {"text": "a", "metadata": {"m": value}}

        assert Document.from_json(nested(MAX_DEPTH - 1)).to_json_line()
        error = refusal(FormatError, lambda: Document.from_json(nested(MAX_DEPTH)))
        assert f"nested more than {MAX_DEPTH} levels deep" in error.message
        assert len(error.message) < 200

    @pytest.mark.parametrize(
        ("item", "message"),
        [
            ([], "a document is a JSON object, not a list"),
            ("text", "a document is a JSON object, not a string"),
            (None, "a document is a JSON object, not null"),
            ({"text": "a", "id": ["x"]}, "'id' is a list, not a string"),
            ({"text": "a", "id": True}, "'id' is a boolean, not a string"),
            ({"text": "a", "id": 1.5}, "'id' is a number, not a string"),
            (
                {"text": "a", "id": "\ud800"},
                "'id' holds a lone surrogate, U+D800, at offset 0; no encoding can write it",
            ),
            ({"text": "a", "copydesk": 2}, "'copydesk' is 2; this version reads format 1: update copydesk"),
            ({"text": "a", "copydesk": None}, "'copydesk' is None; this version reads format 1: update copydesk"),
            ({"text": "a", "metadata": []}, "'metadata' is a list, not an object"),
            ({"text": "a", "metadata": None}, "'metadata' is null, not an object"),
            ({"text": "a", "layers": []}, "'layers' is a list, not an object"),
            ({"text": "a", "layers": {"w": {}}}, "layer 'w' is an object, not a list"),
            ({"text": "a", "layers": {"w": [7]}}, "layer 'w', item 0 is a number, not an object"),
            ({"text": "a", "layers": {"w": [{"start": 0, "end": 0}]}}, "layer 'w', item 0: 'id' is null, not a string"),
            ({"text": "a", "steps": {}}, "'steps' is an object, not a list"),
            ({"text": "a", "steps": [{"id": "s"}]}, "'steps': 'use' is missing"),
            ({"text": "a", "errors": [7]}, "'errors': this must be a mapping, not 7"),
        ],
    )
    def test_what_is_no_document(self, item, message):
        assert refusal(FormatError, lambda: Document.from_json(item)).message == message

    def test_a_lone_surrogate_in_an_id_given_in_python(self):
        assert refusal(FormatError, lambda: Document("a", id="\ud800")).message == "'id' holds a lone surrogate"

    @pytest.mark.parametrize(
        ("start", "end"), [(0, 3), (-1, 1), (2, 1), (0, 1.0), (False, 1), ("0", 1), (None, None), (0, 10**30)]
    )
    def test_offsets_outside_the_text(self, start, end):
        item = {"id": "d", "text": "ab", "layers": {"w": [{"id": "w1", "start": start, "end": end}]}}
        error = refusal(AnnotationError, lambda: Document.from_json(item))
        assert error.message == (
            f"layer 'w', item 0, 'w1': start {start!r} and end {end!r} are no span of a text of 2 code points"
        )
        assert error.document_id == "d"

    def test_an_annotation_of_another_text(self):
        item = {"text": "abc", "layers": {"w": [{"id": "w1", "start": 1, "end": 2, "text": "c"}]}}
        message = refusal(AnnotationError, lambda: Document.from_json(item)).message
        assert message.startswith("layer 'w', item 0, 'w1': its 'text' is not what the document has at [1, 2]")

    def test_an_id_that_is_there_twice(self):
        entries = [{"id": "w1", "start": 0, "end": 1}, {"id": "w1", "start": 1, "end": 2}]
        message = refusal(
            AnnotationError, lambda: Document.from_json({"text": "abc", "layers": {"w": entries}})
        ).message
        assert message == "layer 'w', item 1: the id 'w1' is there twice"


class TestRefusedAnnotations:
    def test_beyond_the_text(self):
        error = refusal(AnnotationError, lambda: Document("ab", id="d").with_annotations([Word(start=1, end=3)]))
        assert error.message == f"Word '{WORD}:1-3' holds the span [1, 3], but the text has 2 code points"
        assert error.document_id == "d"

    def test_a_span_within_a_field(self):
        document = Document("ab")
        error = refusal(AnnotationError, lambda: document.with_annotations([Pair(start=0, end=1, other=Span(1, 9))]))
        assert error.message == f"Pair '{Pair.layer}:0-1' holds the span [1, 9], but the text has 2 code points"

    def test_a_refusal_leaves_the_document_as_it_was(self):
        document = with_words()
        line = document.to_json_line()
        with pytest.raises(AnnotationError):
            document.with_annotations([Word(start=0, end=1), Word(start=0, end=99)])
        assert document.to_json_line() == line

    def test_an_entry_that_is_not_of_the_type_asked_for(self):
        item = {"id": "d", "text": "ab", "layers": {"quote": [{"id": "q", "start": 0, "end": 1, "kind": 7}]}}
        error = refusal(AnnotationError, lambda: Document.from_json(item)[Quote])
        assert error.message.startswith("layer 'quote': 'q' is no Quote: 'kind' must be a text, not 7")
        assert error.document_id == "d"

    def test_an_entry_with_a_span_beyond_the_text(self):
        """No component need fear a field that points outside."""
        item = {"text": "ab", "layers": {Pair.layer: [{"id": "p", "start": 0, "end": 1, "other": [1, 9]}]}}
        error = refusal(AnnotationError, lambda: Document.from_json(item)[Pair])
        assert error.message == "Pair 'p' holds the span [1, 9], but the text has 2 code points"

    def test_two_types_of_one_layer_name(self):
        one, other = (
            type("Rival", (Annotation,), {"__module__": f"acme.{module}", "__annotations__": {}}) for module in "ab"
        )
        document = Document("a").with_annotations([one(start=0, end=1)])
        error = refusal(AnnotationError, lambda: document[other])
        assert "two types must not share a layer's name" in error.message

    def test_a_parse_that_is_not_there(self):
        error = refusal(AnnotationError, lambda: Document("a").doc)
        assert "`uses` names the spaCy attributes it reads" in error.message


def test_its_representation_is_short():
    assert (
        repr(with_words("so LOUD here" * 1000, Word(start=3, end=7))) == f"<Document 'd', 12000 characters, {WORD}: 1>"
    )
