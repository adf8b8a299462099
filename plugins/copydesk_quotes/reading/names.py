"""Who is meant where: the mentions of a document, by place."""

from __future__ import annotations

from copydesk import Document, Entity, HasSpan, Mention, Span


class Names:
    """The mentions of a document, with the labels of their entities."""

    def __init__(self, document: Document) -> None:
        self._mentions = document[Mention]
        self._labels = {entity.id: entity.label for entity in document[Entity]}

    def label(self, name: Mention) -> str:
        """What kind of entity a mention means."""
        return self._labels.get(name.entity, "")

    def at(self, where: HasSpan) -> list[Mention]:
        """The names that share a place with `where`."""
        return [mention for mention in self._mentions.overlapping(where) if mention.kind == "name"]

    def within(self, where: HasSpan) -> list[Mention]:
        """The names that lie inside `where`."""
        return [mention for mention in self._mentions.within(where) if mention.kind == "name"]

    def others_at(self, where: HasSpan) -> list[Mention]:
        """The pronouns and descriptions that share a place with `where`."""
        return [mention for mention in self._mentions.overlapping(where) if mention.kind != "name"]

    def best_at(self, where: Span) -> Mention | None:
        """Of the names that reach to the end of `where` or beyond it a person's before others, the longest of these."""
        found = [mention for mention in self.at(where) if mention.end >= where.end]
        return max(found, key=lambda name: (self.label(name) == "PERSON", name.end - name.start), default=None)
