"""The component `entities`: the rules of this plugin in their order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from copydesk import Annotation, Component, ComponentConfig, Document, Entity, Reference, Role, Section
from copydesk_entities.lexicon import Lexicon, lexicon
from copydesk_entities.linking import Chain, link_names
from copydesk_entities.names import Name, find_names
from copydesk_entities.words import Words


class Entities(Component):
    """Finds who and what a story names, which names are one, and what it says they are.

    Names come from the model of the pipeline and are corrected by rules. Names of one person,
    organisation or place share an entity id. Roles say who holds which office, rank or occupation.
    """

    name = "entities"
    requires_optional = (Section,)
    provides = (Entity, Reference, Role)
    uses = ("doc.ents", "token.tag", "token.is_sent_start")

    class Config(ComponentConfig):
        """What can be set."""

    config: Config

    def setup(self) -> None:
        """Read the word lists."""
        self._lexicon: Lexicon = lexicon()

    def process(self, document: Document) -> Iterable[Annotation]:
        words = Words(document)
        if not len(words):
            return []
        board = find_names(words, self._lexicon)
        chains = link_names(words, board.in_order(), self._lexicon, {})
        return [entity for chain in chains for entity in _entities(words, chain)]


def _entities(words: Words, chain: Chain) -> Iterable[Entity]:
    first = next(
        (name for name in chain.names if words.name(name.start, name.end) == chain.full), chain.names[0]
    )
    chain_id = Entity.make_id(words.starts[first.start], words.ends[first.end - 1])
    for name in chain.names:
        yield Entity(
            start=words.starts[name.start],
            end=words.ends[name.end - 1],
            label=name.label,
            name=chain.full,
            entity=chain_id,
            link=chain.link,
        )
