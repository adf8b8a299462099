"""Whose words they are: from the source as written to an entity.

No answer beats a wrong one: collective and unnamed sources ("police", "two officials of the
ministry") keep their span and get no entity.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from copydesk import Document, Entity, Reference, Span
from copydesk_quotes import grammar

if TYPE_CHECKING:
    from spacy.tokens import Token

_PART_OF_A_NAME = frozenset(
    {"flat", "flat:name", "compound", "appos", "nmod:desc", "nmod:unmarked", "nummod", "list", "dep"}
)
_RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that", "whose"})


class Speakers:
    """Resolves sources of one document to entities."""

    def __init__(self, document: Document) -> None:
        self._entities = document[Entity]
        self._references = document[Reference]

    def of(self, head: Token, source: Sequence[Span]) -> str | None:
        """The id of the entity that the source with this head is, or None."""
        if head.lower_ in _RELATIVE_PRONOUNS:
            antecedent = _antecedent(head)
            if antecedent is None:
                return None
            head = antecedent
            source = ()
        at_head = Span(head.idx, head.idx + len(head))
        for reference in self._references.overlapping(at_head):
            if reference.kind == "pronoun" or reference.end == at_head.end:
                return reference.entity
        named = self._named(at_head)
        if named is not None:
            return named.entity
        return self._apposed(head, source)

    def _named(self, where: Span) -> Entity | None:
        found = [entity for entity in self._entities.overlapping(where) if entity.end >= where.end]
        return max(found, key=lambda entity: (entity.label == "PERSON", entity.end - entity.start), default=None)

    def _apposed(self, head: Token, source: Sequence[Span]) -> str | None:
        """The entity that a noun such as "minister" introduces: "foreign minister Sergei Lavrov", "the minister, Sergei Lavrov"."""
        for child in head.children:
            if child.dep_ in _PART_OF_A_NAME and child.i > head.i and child.pos_ in ("PROPN", "NOUN", "X"):
                entity = self._named(Span(child.idx, child.idx + len(child)))
                if entity is not None and entity.label in ("PERSON", "ORG"):
                    return entity.entity
        if head.pos_ == "PROPN":
            # A name that the entity finder cut: the part that is known.
            inside = [e for span in source for e in self._entities.within(span) if e.label == "PERSON"]
            if len({entity.entity for entity in inside}) == 1:
                return inside[0].entity
        return None


def _antecedent(pronoun: Token) -> Token | None:
    """What a relative pronoun stands for: the noun that its clause describes."""
    token = pronoun
    for _ in range(6):
        if token.dep_ in grammar.RELATIVE_CLAUSES or token.dep_ == "acl":
            return token.head
        if token.head is token:
            return None
        token = token.head
    return None
