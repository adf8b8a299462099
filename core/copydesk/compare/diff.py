"""What differs between two versions of the same documents, such as two runs over one corpus."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from copydesk.compare.alignment import Alignment
from copydesk.compare.matching import said
from copydesk.compare.pairs import Documents, Pair, pairs
from copydesk.errors import DocumentError
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document

DocumentChange = Literal["same", "changed", "added", "removed", "unreadable"]
"""What became of a document."""

AnnotationChange = Literal["changed", "added", "removed"]
"""What became of an annotation."""


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field that says two things.

    Attributes:
        name: the field; `start` and `end` where the place differs.
        before, after: its values, for people: of a reference the name of what it refers to, of a span its text.
    """

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AnnotationDiff:
    """An annotation that one version lacks, or that the two have differently.

    Attributes:
        change: added, removed or changed.
        layer: its layer.
        text: what it covers, in the later version that has it.
        before, after: the annotation in each version; None where it lacks it.
        fields: of a changed one, what differs.
    """

    change: AnnotationChange
    layer: str
    text: str
    before: Annotation | None
    after: Annotation | None
    fields: tuple[FieldDiff, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """It as a JSON object, its annotations in their JSON form."""
        return {
            "change": self.change,
            "layer": self.layer,
            "text": self.text,
            "before": None if self.before is None else self.before.to_json(),
            "after": None if self.after is None else self.after.to_json(),
            "fields": {field.name: [field.before, field.after] for field in self.fields},
        }


@dataclass(frozen=True, slots=True)
class DocumentDiff:
    """What became of a document.

    Attributes:
        id: the document's.
        change: what became of it. Of one that was added or removed, and of one whose text changed, no annotation
            is compared.
        parts: of a changed one, what differs beside annotations: `text`, `metadata`, `errors`; and `layer NAME` where
            only one version has that layer.
        annotations: those that differ, in text order within each layer.
        error: why it cannot be read.
    """

    id: str
    change: DocumentChange
    parts: tuple[str, ...] = ()
    annotations: tuple[AnnotationDiff, ...] = ()
    error: DocumentError | None = None

    def to_json(self) -> dict[str, Any]:
        """It as a JSON object."""
        return {
            "id": self.id,
            "change": self.change,
            "parts": list(self.parts),
            "annotations": [annotation.to_json() for annotation in self.annotations],
            "error": None if self.error is None else str(self.error),
        }


def diff(before: Documents, after: Documents, *, layers: Collection[str] = ()) -> Iterator[DocumentDiff]:
    """What differs between two versions of the same documents, one after another; equal ones are told too.

    Documents are matched by id, whatever their order, and neither version is held in memory. Annotations are matched by
    what they are, not by id; references by what they refer to. Which steps made them, and their settings, is not
    compared.

    Args:
        before, after: paths of files of JSON lines, or documents.
        layers: look at these layers alone.

    Raises:
        UsageError: a path names no file.
    """
    return (_document(pair, layers) for pair in pairs(before, after))


def _document(pair: Pair, layers: Collection[str]) -> DocumentDiff:
    if pair.error is not None:
        return DocumentDiff(pair.id, "unreadable", error=pair.error)
    if pair.first is None:
        return DocumentDiff(pair.id, "added")
    if pair.second is None:
        return DocumentDiff(pair.id, "removed")
    return _compared(pair.id, pair.first, pair.second, layers)


def _compared(id: str, before: Document, after: Document, layers: Collection[str]) -> DocumentDiff:
    names = [name for name in dict.fromkeys((*before.layers, *after.layers)) if not layers or name in layers]
    parts: list[str] = []
    if not layers:
        parts += [name for name in ("metadata", "errors") if getattr(before, name) != getattr(after, name)]
    if before.text != after.text:
        return DocumentDiff(id, "changed", ("text", *parts))
    parts += [f"layer {name}" for name in names if (name in before) != (name in after)]
    annotations: list[AnnotationDiff] = []
    if any(before.layer(name) != after.layer(name) for name in names):
        alignment = Alignment(before, after)
        annotations = [change for name in names for change in _layer(alignment, name)]
    changed = bool(parts or annotations)
    return DocumentDiff(id, "changed" if changed else "same", tuple(parts), tuple(annotations))


def _layer(alignment: Alignment, layer: str) -> list[AnnotationDiff]:
    before, after = alignment.first, alignment.second
    partners = alignment.partners(layer)
    found: list[AnnotationDiff] = []
    for one in before.layer(layer):
        other = partners.get(one.id)
        if other is None:
            found.append(AnnotationDiff("removed", layer, before.text_of(one), one, None))
        elif fields := alignment.differing(one, other):
            differing = tuple(FieldDiff(name, said(one, name, before), said(other, name, after)) for name in fields)
            found.append(AnnotationDiff("changed", layer, after.text_of(other), one, other, differing))
    known = {other.id for other in partners.values()}
    found += [
        AnnotationDiff("added", layer, after.text_of(other), None, other)
        for other in after.layer(layer)
        if other.id not in known
    ]
    return sorted(found, key=_place)


def _place(change: AnnotationDiff) -> tuple[int, int, str]:
    annotation = change.after or change.before
    assert annotation is not None, "one of the two is there"
    return annotation.start, annotation.end, change.change
