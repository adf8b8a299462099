"""Which annotations of two versions of a document are the same thing.

Ids say nothing across runs. What stands at the same place is the same; so are, of what is left, annotations of one
name, then those that the same annotations refer to, and last those that overlap. So a quote's speaker can be compared
where the two versions have the speaker at different places.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any

from copydesk.compare.matching import AnnotationPair, Key, Unpaired, field_of, place, place_and_label
from copydesk.model.annotation import BASE_FIELDS, Annotation
from copydesk.model.document import Document
from copydesk.model.reference import Ref
from copydesk.model.tracing import layer_of
from copydesk.model.untyped import Untyped


class Alignment:
    """The annotations of two versions of a text, each with its partner.

    Layers are aligned when they are asked for: whoever looks at one layer pays for what that refers to, no more.

    Args:
        first, second: two documents of equal text.
    """

    def __init__(self, first: Document, second: Document) -> None:
        self.first = first
        self.second = second
        self._partners: dict[str, dict[str, Annotation]] = {}

    def partners(self, layer: str) -> dict[str, Annotation]:
        """Of a layer: the partner of each of the first document's annotations that has one, by the first's id."""
        known = self._partners.get(layer)
        if known is None:
            known = self._partners[layer] = {one.id: other for one, other in self._aligned(layer)}
        return known

    def same_target(self, one: Ref[Any], other: Ref[Any]) -> bool:
        """Whether a reference of the first document and one of the second mean the same thing."""
        target, other_target = self.first.resolve(one), self.second.resolve(other)
        partner = self.partners(layer_of(target)).get(target.id)
        return partner is not None and partner.ref == other_target.ref

    def differing(self, one: Annotation, other: Annotation) -> list[str]:
        """The fields in which two annotations differ, start and end among them; references by what they mean."""
        names = [name for name in ("start", "end") if getattr(one, name) != getattr(other, name)]
        mine, others = _values(one), _values(other)
        names += [name for name in mine | others if not _alike(mine.get(name), others.get(name))]
        for name in dict.fromkeys(field.name for each in (one, other) for field in each.ref_fields()):
            refs, other_refs = _refs(one, name), _refs(other, name)
            if len(refs) != len(other_refs) or not all(map(self.same_target, refs, other_refs)):
                names.append(name)
        return names

    def _aligned(self, layer: str) -> Iterator[AnnotationPair]:
        unpaired = Unpaired(self.first.layer(layer), self.second.layer(layer))
        yield from unpaired.by_key(_everything(self.first), _everything(self.second))
        for key in (place_and_label, place, _name):
            yield from unpaired.by_key(key)
        if unpaired.lefts and unpaired.rights:
            lefts, rights = unpaired.lefts.copy(), unpaired.rights.copy()
            shared = self._shared_referrers(layer)
            yield from unpaired.pair((lefts[i], rights[j]) for i, j in shared if i in lefts and j in rights)
            yield from unpaired.by_overlap()

    def _shared_referrers(self, layer: str) -> list[tuple[str, str]]:
        """Ids of both documents to which annotations at the same places refer, the most often shared first."""
        others = _referrers(self.second, layer)
        votes = Counter((id, others[where]) for where, id in _referrers(self.first, layer).items() if where in others)
        return sorted(votes, key=lambda ids: (-votes[ids], ids))


def _values(annotation: Annotation) -> dict[str, Any]:
    """What it says, as JSON values: all fields but those that every annotation has, and references."""
    if isinstance(annotation, Untyped):
        fields = dict(annotation.fields)
    else:
        references = {field.name for field in annotation.ref_fields()}
        fields = annotation.model_dump(mode="json", exclude={*BASE_FIELDS, *references})
    return {**fields, "ext": dict(annotation.ext)} if annotation.ext else fields


def _everything(document: Document) -> Key:
    def key(annotation: Annotation) -> Hashable:
        targets = tuple((field.name, place(document.resolve(ref))) for field, ref in annotation.refs())
        return place(annotation), json.dumps(_values(annotation), sort_keys=True), targets

    return key


def _name(annotation: Annotation) -> Hashable:
    name = field_of(annotation, "name")
    # The name of a finding is that of its check: many have it.
    return name.casefold() if isinstance(name, str) and name and field_of(annotation, "code") is None else None


def _referrers(document: Document, layer: str) -> dict[Hashable, str]:
    """What is referred to in a layer, by where it is referred from: layer, field and place."""
    return {
        (name, field.name, place(annotation)): ref
        for name in document.layers
        for annotation in document.layer(name)
        for field, ref in annotation.refs()
        if ref.layer == layer
    }


def _refs(annotation: Annotation, name: str) -> tuple[Ref[Any], ...]:
    value = getattr(annotation, name, None)
    return () if value is None else value if isinstance(value, tuple) else (value,)


def _alike(one: object, other: object) -> bool:
    """Equal; floats but for the last digits, in which machines differ."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-6)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(value, other[key]) for key, value in one.items())
    return one == other
