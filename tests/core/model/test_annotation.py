"""Spans and annotations: offsets, ids, JSON, and what the base class refuses."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from copydesk import Annotation, Document, Evidence, Mention, Quote, Span
from copydesk.model.annotation import snake_case


class Shout(Annotation):
    """A word in capitals."""

    word: str = ""


class Nested(Annotation):
    """Spans in every place that a field can hold them."""

    alone: Span | None = None
    many: tuple[Span, ...] = ()
    note: Evidence | None = None
    notes: tuple[Evidence, ...] = ()
    count: int = 0


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: Span(*sorted(pair)))


def code_points(span: Span) -> set[int]:
    return set(range(span.start, span.end))


class TestSpan:
    @given(spans, spans)
    def test_overlap_is_a_shared_code_point(self, one, other):
        """An empty span shares none, wherever it is."""
        assert one.overlaps(other) == bool(code_points(one) & code_points(other))
        assert one.overlaps(other) == other.overlaps(one)

    @given(spans, spans)
    def test_a_span_contains_what_lies_between_its_edges(self, one, other):
        assert one.contains(other) == (one.start <= other.start and other.end <= one.end)

    @given(st.lists(spans, min_size=1))
    def test_the_hull_holds_all_and_no_more(self, many):
        hull = Span.hull(*many)
        assert all(hull.contains(span) for span in many)
        assert any(span.start == hull.start for span in many)
        assert any(span.end == hull.end for span in many)

    @given(spans)
    def test_it_is_a_pair_in_json(self, span):
        adapter = TypeAdapter(Span)
        assert adapter.dump_json(span) == f"[{span.start},{span.end}]".encode()
        back = adapter.validate_json(adapter.dump_json(span))
        assert back == span
        assert isinstance(back, Span)

    @pytest.mark.parametrize("pair", [[3, 2], [-1, 2], [0], [0, 1, 2], ["0", 1], [0.0, 1], [True, 2], None])
    def test_what_is_no_span_is_refused(self, pair):
        with pytest.raises(ValidationError):
            TypeAdapter(Span).validate_python(pair)

    def test_the_refusal_names_both_ends(self):
        with pytest.raises(ValidationError, match="ends at 2, before it starts at 3"):
            TypeAdapter(Span).validate_python([3, 2])


class TestLayerNames:
    @pytest.mark.parametrize(
        ("name", "layer"),
        [
            ("Quote", "quote"),
            ("TimeExpression", "time_expression"),
            ("HTMLPage", "html_page"),
            ("Word2Vec", "word2_vec"),
        ],
    )
    def test_a_layer_is_named_after_its_class(self, name, layer):
        assert snake_case(name) == layer

    def test_the_core_has_bare_names_and_everybody_else_a_namespace(self):
        assert Quote.layer == "quote"
        assert Shout.layer == f"{Shout.namespace}.shout"
        assert Shout.namespace == __name__.partition(".")[0]

    @pytest.mark.parametrize("module", ["__main__", "copydesk_local_desk_0123abcd"])
    def test_a_file_or_notebook_is_local(self, module):
        kind = type("Cue", (Annotation,), {"__module__": module, "__annotations__": {}})
        assert kind.layer == "local.cue"

    def test_a_class_may_choose_its_namespace(self):
        class Contact(Annotation):
            """An address."""

            namespace = "acme"

        class Other(Annotation):
            """Another package's."""

            namespace = "globex"

        assert (Contact.layer, Other.layer) == ("acme.contact", "globex.other")

    def test_two_packages_may_have_types_of_one_name(self):
        one, other = (
            type("Contact", (Annotation,), {"__module__": module, "__annotations__": {}}) for module in ("one", "other")
        )
        document = Document("a").with_annotations([one(start=0, end=1), other(start=0, end=1)])
        assert document.layers == ("one.contact", "other.contact")
        assert len(document[one]) == len(document[other]) == 1

    @pytest.mark.parametrize(("name", "namespace"), [("é", "acme"), ("Cue", "a b"), ("Cue", "9lives")])
    def test_a_bad_name_is_refused(self, name, namespace):
        with pytest.raises(TypeError, match="letters, digits and '_'"):
            type(name, (Annotation,), {"namespace": namespace, "__module__": __name__, "__annotations__": {}})

    def test_the_layer_is_not_to_be_set(self):
        with pytest.raises(TypeError, match="it follows from the class's name"):
            type("Bad", (Annotation,), {"layer": "quote", "__module__": __name__, "__annotations__": {}})

    @pytest.mark.filterwarnings("ignore:Field name")
    @pytest.mark.parametrize(
        "field", ["id", "start", "end", "step", "text", "ext", "span", "ref", "replace", "to_json"]
    )
    def test_what_every_annotation_has_is_not_to_be_taken(self, field):
        with pytest.raises(TypeError, match=f"Bad declares '{field}', which every annotation has already"):
            type("Bad", (Annotation,), {"__module__": __name__, "__annotations__": {field: str}, field: ""})


class TestIds:
    @given(spans)
    def test_an_id_is_made_of_layer_and_span(self, span):
        shout = Shout(start=span.start, end=span.end)
        assert shout.id == f"{Shout.layer}:{span.start}-{span.end}"
        assert shout.id == Shout(start=span.start, end=span.end, word="OTHER").id

    def test_a_discriminator_tells_two_apart(self):
        assert Shout.make_id(0, 4, "b") == f"{Shout.layer}:0-4.b"
        assert Shout(start=0, end=4, id=Shout.make_id(0, 4, "b")).id == f"{Shout.layer}:0-4.b"


class TestRefusals:
    @pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, -2), ("0", 2), (0.0, 2), (True, 2), (None, 2)])
    def test_offsets_are_integers_from_zero_up(self, start, end):
        with pytest.raises(ValidationError):
            Shout(start=start, end=end)

    def test_an_annotation_does_not_end_before_it_starts(self):
        with pytest.raises(ValidationError, match="Shout ends at 2, before it starts at 3"):
            Shout(start=3, end=2)

    def test_an_unknown_field_is_an_error(self):
        with pytest.raises(ValidationError, match="wrod"):
            Shout(start=0, end=1, wrod="A")

    @pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
    def test_numbers_are_finite(self, number):
        class Weight(Annotation):
            """A weight."""

            value: float

        with pytest.raises(ValidationError):
            Weight(start=0, end=1, value=number)

    @pytest.mark.parametrize("field", ["start", "end", "id", "step", "word"])
    def test_nothing_changes_one(self, field):
        shout = Shout(start=0, end=1)
        with pytest.raises(ValidationError, match="frozen"):
            setattr(shout, field, shout.start)


class TestReplace:
    def test_it_keeps_the_id(self):
        shout = Shout(start=3, end=7, word="LOUD", step="s")
        moved = shout.replace(end=6, word="LOU")
        assert moved == Shout(start=3, end=6, word="LOU", id=shout.id, step="s")

    @pytest.mark.parametrize("change", [{"word": 7}, {"wrod": "x"}, {"end": 1}, {"start": -1}])
    def test_what_it_changes_is_checked(self, change):
        with pytest.raises(ValidationError):
            Shout(start=3, end=7).replace(**change)


class TestClosedLists:
    """Of words: whoever makes an annotation keeps to the list, whoever reads one takes what is there."""

    def test_a_word_that_is_none_of_them(self):
        with pytest.raises(ValidationError, match="'nmae' is none of name, pronoun, description; did you mean 'name'"):
            Mention(start=0, end=1, kind="nmae", entity="entity:0-1")

    def test_a_word_of_ones_own(self):
        assert Mention(start=0, end=1, kind="acme.emoji", entity="entity:0-1").kind == "acme.emoji"

    def test_a_word_of_a_later_version_is_read_as_it_stands(self):
        item = Mention(start=0, end=1, kind="name", entity="e").to_json() | {"kind": "ellipsis"}
        assert Mention.from_json(item).kind == "ellipsis"


class TestJson:
    def test_common_fields_come_first_then_its_own(self):
        item = Shout(start=3, end=7, word="LOUD", step="shouts").to_json("so LOUD here")
        assert item == {
            "id": f"{Shout.layer}:3-7", "start": 3, "end": 7, "text": "LOUD", "step": "shouts", "word": "LOUD",
        }  # fmt: skip
        assert list(item) == ["id", "start", "end", "text", "step", "word"]

    def test_offsets_count_code_points(self):
        """An emoji is one, though it takes two UTF-16 units and four bytes."""
        assert Shout(start=2, end=6).to_json("\N{PILE OF POO} LOUD")["text"] == "LOUD"

    def test_a_field_of_a_later_version_is_passed_over(self):
        shout = Shout.from_json({"id": "a", "start": 0, "end": 1, "text": "x", "step": None, "volume": 11})
        assert shout == Shout(id="a", start=0, end=1)

    @given(spans, st.text())
    def test_round_trip(self, span, word):
        shout = Shout(start=span.start, end=span.end, word=word)
        assert Shout.from_json(shout.to_json("x" * 30)) == shout
        assert pickle.loads(pickle.dumps(shout)) == shout


class TestSpansOfFields:
    def test_all_are_found_wherever_they_stand(self):
        nested = Nested(
            start=0,
            end=1,
            alone=Span(1, 2),
            many=(Span(3, 4), Span(5, 6)),
            note=Evidence(start=7, end=8),
            notes=(Evidence(start=9, end=10, note="why"),),
        )
        assert nested.spans() == [Span(1, 2), Span(3, 4), Span(5, 6), Span(7, 8), Span(9, 10)]

    def test_fields_that_hold_none(self):
        assert Nested(start=0, end=1).spans() == []
        assert Shout.span_fields() == ()
        assert Nested.span_fields() == ("alone", "many", "note", "notes")
