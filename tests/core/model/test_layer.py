"""Layers: sorted, immutable, and found by place as fast as a tree finds."""

from __future__ import annotations

import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Annotation, Layer, Span
from copydesk.model.layer import _Tournament

LENGTH = 24


class Mark(Annotation):
    """Any stretch of text."""


def mark(start, end, name=""):
    return Mark(start=start, end=end, id=Mark.make_id(start, end, name))


@st.composite
def layers(draw):
    """Nested, overlapping, equal and empty spans together."""
    pairs = draw(st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)), max_size=40))
    return Layer(mark(*sorted(pair), str(number)) for number, pair in enumerate(pairs))


places = st.tuples(st.integers(0, LENGTH + 2), st.integers(0, LENGTH + 2)).map(lambda pair: Span(*sorted(pair)))


def code_points(where):
    return set(range(where.start, where.end))


class TestQueriesEqualAFilter:
    @given(layers(), places)
    def test_within(self, layer, where):
        expected = [item for item in layer if where.start <= item.start and item.end <= where.end]
        assert list(layer.within(where)) == expected

    @given(layers(), places)
    def test_overlapping(self, layer, where):
        expected = [item for item in layer if code_points(item) & code_points(where)]
        assert list(layer.overlapping(where)) == expected

    @given(layers(), st.integers(0, LENGTH + 2))
    def test_at(self, layer, offset):
        assert list(layer.at(offset)) == [item for item in layer if offset in code_points(item)]

    @given(layers())
    def test_get(self, layer):
        assert all(layer.get(item.id) is item for item in layer)
        assert layer.get("tests.mark:99-99") is None

    @given(layers(), places)
    def test_an_annotation_is_a_place_too(self, layer, where):
        item = mark(where.start, where.end)
        assert layer.within(item) == layer.within(where)
        assert layer.overlapping(item) == layer.overlapping(where)


class TestSequence:
    @given(layers())
    def test_sorted_by_start_and_the_longest_first(self, layer):
        order = [(item.start, -item.end, item.id) for item in layer]
        assert order == sorted(order)

    @given(st.permutations([mark(0, 5), mark(0, 3), mark(2, 2), mark(2, 9), mark(2, 9, "b")]))
    def test_the_order_of_making_does_not_matter(self, items):
        layer = Layer(items)
        assert [item.id for item in layer] == [
            "tests.mark:0-5",
            "tests.mark:0-3",
            "tests.mark:2-9",
            "tests.mark:2-9.b",
            "tests.mark:2-2",
        ]
        assert layer == Layer(reversed(items))
        assert hash(layer) == hash(Layer(reversed(items)))

    def test_indexes_slices_and_membership(self):
        layer = Layer([mark(4, 6), mark(0, 2)])
        assert len(layer) == 2
        assert layer[0].start == 0
        assert layer[-1].start == 4
        assert layer[:1] == (mark(0, 2),)
        assert mark(4, 6) in layer
        with pytest.raises(IndexError):
            layer[2]

    def test_an_empty_layer_answers_with_nothing(self):
        layer = Layer()
        assert not layer
        assert (layer.within(Span(0, 9)), layer.overlapping(Span(0, 9)), layer.at(0)) == ((), (), ())

    def test_nothing_can_be_put_in(self):
        layer = Layer([mark(0, 1)])
        with pytest.raises(TypeError):
            layer[0] = mark(1, 2)
        assert not hasattr(layer, "append")

    def test_it_is_no_tuple(self):
        assert Layer([mark(0, 1)]) != (mark(0, 1),)

    @given(layers(), places)
    def test_pickling(self, layer, where):
        layer.within(where)
        copy = pickle.loads(pickle.dumps(layer))
        assert copy == layer
        assert copy.within(where) == layer.within(where)


class CountedList(list):
    """Counts how often an element is read."""

    reads = 0

    def __getitem__(self, index):
        type(self).reads += 1
        return super().__getitem__(index)


def reads_of_one_query(size, items, query):
    """How many nodes of the trees and elements of the list of starts one query reads."""
    layer = Layer(items(size))
    layer.within(Span(0, 0))  # makes the indexes
    layer.at(0)
    for tree in (layer._max_ends, layer._min_ends):
        tree._tree = CountedList(tree._tree)
    layer.__dict__["_starts"] = CountedList(layer._starts)
    CountedList.reads = 0
    found = query(layer, size)
    return CountedList.reads, len(found)


def side_by_side(size):
    return (mark(3 * n, 3 * n + 2) for n in range(size))


def all_nested(size):
    return (mark(n, 2 * size - n) for n in range(size))


def one_holds_all(size):
    yield mark(0, 3 * size)
    yield from side_by_side(size - 1)


class TestQueriesAreLogarithmic:
    """Steps are counted, not timed: 64 times the annotations cost a few steps more."""

    @pytest.mark.parametrize("items", [side_by_side, one_holds_all])
    @pytest.mark.parametrize(
        "query",
        [
            lambda layer, size: layer.at(size),
            lambda layer, size: layer.overlapping(Span(size, size + 3)),
            lambda layer, size: layer.within(Span(size, size + 6)),
            lambda layer, size: layer.at(3 * size + 100),
            lambda layer, size: layer.overlapping(Span(3 * size + 100, 3 * size + 110)),
        ],
    )
    def test_few_answers_cost_few_steps(self, items, query):
        for size in (256, 16_384):
            reads, answers = reads_of_one_query(size, items, query)
            assert answers <= 4
            assert reads <= 8 * (answers + 1) * math.log2(size)

    def test_nested_spans_that_do_not_answer_are_not_looked_at(self):
        """Bisection by start alone would look at every outer span."""
        for size in (256, 16_384):
            reads, answers = reads_of_one_query(size, all_nested, lambda layer, size: layer.within(Span(0, size)))
            assert answers == 0
            assert reads <= 16 * math.log2(size)

    def test_many_answers_cost_steps_in_proportion(self):
        reads, answers = reads_of_one_query(4096, all_nested, lambda layer, size: layer.at(size - 1))
        assert answers == 4096
        assert reads <= 4 * answers


class TestTournament:
    @given(st.lists(st.integers(-50, 50)), st.integers(-60, 60), st.integers(0, 60), st.integers(0, 60))
    def test_it_finds_what_a_filter_finds(self, values, bound, low, high):
        at_least = _Tournament(values, sign=1).at_least(bound, low, high)
        at_most = _Tournament(values, sign=-1).at_most(bound, low, high)
        assert at_least == [i for i, value in enumerate(values) if low <= i < high and value >= bound]
        assert at_most == [i for i, value in enumerate(values) if low <= i < high and value <= bound]
