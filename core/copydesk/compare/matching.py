"""Annotations of two versions of a text, paired: in passes, each of which takes what the ones before have left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.untyped import Untyped
from copydesk.model.view import shown

Key = Callable[[Annotation], Hashable]
AnnotationPair = tuple[Annotation, Annotation]

LABELS = ("label", "kind", "code")
"""The field that says which sort an annotation is of, by name; the first that its type has."""

NESTED = 50
"""How many annotations of one layer around one place are looked at: enough for any text, and no cost grows squared."""


def field_of(annotation: Annotation, name: str) -> Any:
    """The value of a field; None where there is no such field."""
    return annotation.fields.get(name) if isinstance(annotation, Untyped) else getattr(annotation, name, None)


def said(annotation: Annotation, name: str, document: Document) -> str:
    """The value of a field for people: of a reference the name of what it refers to, of a span its text."""
    value = getattr(annotation, name, None)
    return shown(field_of(annotation, name) if value is None else value, document)


def label_field(annotation: Annotation) -> str | None:
    """The field that says which sort it is of: `label`, `kind` or `code`; None where it has none of them."""
    return next((name for name in LABELS if isinstance(field_of(annotation, name), str)), None)


def label_of(annotation: Annotation) -> str:
    """Which sort it is of; empty where its type has no sorts."""
    name = label_field(annotation)
    return str(field_of(annotation, name)) if name else ""


def place(annotation: Annotation) -> tuple[int, int]:
    """Where it is."""
    return annotation.start, annotation.end


def place_and_label(annotation: Annotation) -> tuple[int, int, str]:
    """Where it is, and of which sort."""
    return annotation.start, annotation.end, label_of(annotation)


class Unpaired:
    """The annotations of two versions that have no partner yet.

    Each pass gives pairs, of which an annotation comes once, and they are paired then.
    """

    def __init__(self, lefts: Iterable[Annotation], rights: Iterable[Annotation]) -> None:
        self.lefts = {item.id: item for item in lefts}
        self.rights = {item.id: item for item in rights}

    def pair(self, candidates: Iterable[AnnotationPair]) -> Iterator[AnnotationPair]:
        """Those of the candidates, the best of which come first, that are free still."""
        for one, other in candidates:
            if one.id in self.lefts and other.id in self.rights:
                del self.lefts[one.id], self.rights[other.id]
                yield one, other

    def by_key(self, key: Key, other_key: Key | None = None) -> Iterator[AnnotationPair]:
        """Pairs of equal keys, of several the first with the first; what has the key None has no partner."""
        other_key = other_key or key
        waiting: defaultdict[Hashable, list[Annotation]] = defaultdict(list)
        for other in reversed(self.rights.values()):
            if (value := other_key(other)) is not None:
                waiting[value].append(other)
        return self.pair([(one, waiting[value].pop()) for one in self.lefts.values() if waiting.get(value := key(one))])

    def by_overlap(self, *, same_label: bool = False) -> Iterator[AnnotationPair]:
        """Pairs that share text, the best first: the largest part of what both cover."""
        found = sorted(
            (-_shared(one, other), one.start, one.id, other.start, other.id)
            for one, other in _overlapping(self.lefts.values(), self.rights.values())
            if not same_label or label_of(one) == label_of(other)
        )
        lefts, rights = dict(self.lefts), dict(self.rights)
        return self.pair((lefts[one], rights[other]) for _, _, one, _, other in found)


def _overlapping(lefts: Iterable[Annotation], rights: Iterable[Annotation]) -> Iterator[AnnotationPair]:
    """What shares text, from one walk over both; of more than `NESTED` around a place those that begin last."""
    items = [
        (item.start, item.end, item.id, side, item)
        for side, items in enumerate((lefts, rights))
        for item in items
        if item.end > item.start
    ]
    around: tuple[list[Annotation], list[Annotation]] = ([], [])
    for start, _, _, side, item in sorted(items, key=lambda entry: entry[:4]):
        others = around[1 - side]
        others[:] = [other for other in others if other.end > start]
        for other in others:
            yield (other, item) if side else (item, other)
        around[side].append(item)
        del around[side][:-NESTED]


def _shared(one: Annotation, other: Annotation) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start))
