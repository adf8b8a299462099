"""Layer: the annotations of one type, sorted, with queries by place in O(log n + answers)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Generic, TypeVar, overload

from copydesk.model.annotation import Annotation
from copydesk.model.notebook import in_notebook
from copydesk.model.span import HasSpan

A = TypeVar("A", bound=Annotation)


class Layer(Sequence[A], Generic[A]):
    """All annotations of one type in a document: a sorted, immutable sequence.

    Sorted by start; of those that start together the longest first, so that whatever holds others
    comes before them. Annotations may overlap and nest.
    """

    __slots__ = ("__dict__", "_items")

    def __init__(self, items: Iterable[A] = (), *, text: str | None = None) -> None:
        self._items: tuple[A, ...] = tuple(sorted(items, key=position))
        self.text = text
        """The text that they are of, where it is known: for what a notebook shows."""

    @overload
    def __getitem__(self, index: int) -> A: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[A, ...]: ...
    def __getitem__(self, index: int | slice) -> A | tuple[A, ...]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[A]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        return self._items == other._items if isinstance(other, Layer) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return f"Layer({list(self._items)!r})"

    def _repr_html_(self) -> str:
        return in_notebook("layer", self)

    def get(self, id: str | None) -> A | None:
        """The annotation with this id, or None; None has none, so `get(quote.speaker)` always works."""
        return None if id is None else self._by_id.get(id)

    def within(self, where: HasSpan) -> tuple[A, ...]:
        """Those that lie inside `where`, its edges included."""
        low = bisect_left(self._starts, where.start)
        high = bisect_right(self._starts, where.end)
        if high - low <= _FEW:
            return tuple([item for item in self._items[low:high] if item.end <= where.end])
        return tuple(self._items[i] for i in self._min_ends.at_most(where.end, low, high))

    def overlapping(self, where: HasSpan) -> tuple[A, ...]:
        """Those that share at least one code point with `where`; an empty span shares none."""
        if where.end <= where.start:
            return ()
        high = bisect_left(self._starts, where.end)
        found = (self._items[i] for i in self._max_ends.at_least(where.start + 1, 0, high))
        return tuple(item for item in found if item.end > item.start)

    def at(self, offset: int) -> tuple[A, ...]:
        """Those that hold the code point at `offset`."""
        high = bisect_right(self._starts, offset)
        return tuple(self._items[i] for i in self._max_ends.at_least(offset + 1, 0, high))

    @cached_property
    def _by_id(self) -> dict[str, A]:
        return {item.id: item for item in self._items}

    @cached_property
    def _starts(self) -> list[int]:
        return [item.start for item in self._items]

    @cached_property
    def _max_ends(self) -> _Tournament:
        return _Tournament([item.end for item in self._items], sign=1)

    @cached_property
    def _min_ends(self) -> _Tournament:
        return _Tournament([item.end for item in self._items], sign=-1)


_FEW = 16
"""So many are looked at sooner one by one than by the tree."""


def position(item: Annotation) -> tuple[int, int, str]:
    """The sort key of a layer."""
    return (item.start, -item.end, item.id)


class _Tournament:
    """A segment tree of maxima (of minima with sign -1): finds all values past a bound in a range.

    Nesting makes the ends of a sorted layer unsorted, so bisection alone cannot find them.
    """

    def __init__(self, values: list[int], *, sign: int) -> None:
        size = 1
        while size < len(values):
            size *= 2
        self._size = size
        floor = -(1 << 62)
        tree = [floor] * (2 * size)
        for i, value in enumerate(values):
            tree[size + i] = sign * value
        for i in range(size - 1, 0, -1):
            tree[i] = max(tree[2 * i], tree[2 * i + 1])
        self._tree = tree

    def at_least(self, bound: int, low: int, high: int) -> list[int]:
        """The indexes in [low, high) whose value is >= bound, ascending."""
        return self._past(bound, low, high)

    def at_most(self, bound: int, low: int, high: int) -> list[int]:
        """The indexes in [low, high) whose value is <= bound, ascending (a tree of minima)."""
        return self._past(-bound, low, high)

    def _past(self, bound: int, low: int, high: int) -> list[int]:
        found: list[int] = []
        stack = [(1, 0, self._size)]
        while stack:
            node, first, last = stack.pop()
            if first >= high or last <= low or self._tree[node] < bound:
                continue
            if node >= self._size:
                found.append(first)
                continue
            middle = (first + last) // 2
            stack.append((2 * node + 1, middle, last))
            stack.append((2 * node, first, middle))
        return found
