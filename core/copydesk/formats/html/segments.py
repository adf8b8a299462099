"""Cutting a text into pieces at every edge of an annotation, so that layers which overlap can be drawn flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from copydesk.model.span import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Segment(Generic[T]):
    """A stretch of text over which nothing begins or ends.

    Attributes:
        start, end: code-point offsets, end exclusive; never empty.
        marks: what covers it, the outermost first.
    """

    start: int
    end: int
    marks: tuple[T, ...]


def segments(start: int, end: int, marked: Sequence[tuple[Span, T]]) -> Iterator[Segment[T]]:
    """The pieces of [start, end) in order, each with the marks that cover it.

    Takes time in proportion to the marks and what covers each piece; marks are cut to [start, end).
    """
    inside = [(max(span.start, start), min(span.end, end), mark) for span, mark in marked]
    inside = [item for item in inside if item[0] < item[1]]
    inside.sort(key=lambda item: (item[0], -item[1]))
    edges = sorted({start, end, *(item[0] for item in inside), *(item[1] for item in inside)})
    following = 0
    open_marks: list[tuple[int, T]] = []
    for low, high in pairs(edges):
        open_marks = [item for item in open_marks if item[0] > low]
        while following < len(inside) and inside[following][0] == low:
            open_marks.append((inside[following][1], inside[following][2]))
            following += 1
        yield Segment(low, high, tuple(mark for _, mark in open_marks))


def pairs(edges: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbours: 1 2 3 -> (1, 2), (2, 3)."""
    iterator = iter(edges)
    low = next(iterator, None)
    for high in iterator:
        assert low is not None
        yield low, high
        low = high
