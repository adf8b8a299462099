"""The places that name an entity."""

from __future__ import annotations

from typing import NamedTuple

from copydesk import Document, Entity, Layer, Mention, Ref, Span


class Named(NamedTuple):
    """A place that names an entity, with what the entity is: the checks read names by place.

    Attributes:
        start, end: where it is. id: of its mention.
        entity, label, name: of the entity.
    """

    start: int
    end: int
    id: str
    entity: Ref[Entity]
    label: str
    name: str

    @property
    def span(self) -> Span:
        """Where it is."""
        return Span(self.start, self.end)


NamedPlaces = Layer[Named]  # type: ignore[type-var]  # a layer asks for places and ids; an annotation for each costs more


def named_places(document: Document) -> NamedPlaces:
    """The places that name an entity."""
    entities = {entity.id: entity for entity in document[Entity]}
    places = []
    for mention in document[Mention]:
        if mention.kind == "name":
            entity = entities[mention.entity]
            places.append(Named(mention.start, mention.end, mention.id, mention.entity, entity.label, entity.name))
    return NamedPlaces(places)  # type: ignore[type-var]  # as above
