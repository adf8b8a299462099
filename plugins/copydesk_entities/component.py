"""The component `entities`: the rules of this plugin in their order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from copydesk import Annotation, Component, ComponentConfig, Document, Entity, Reference, Role, Section
from copydesk_entities.lexicon import Lexicon, lexicon
from copydesk_entities.linking import Chain, link_names, title_genders
from copydesk_entities.names import Name, find_institutions, find_names
from copydesk_entities.references import find_references, tell_genders
from copydesk_entities.roles import find_roles
from copydesk_entities.words import Words


class Entities(Component):
    """Finds who and what a story names, which names are one, and what it says they are.

    Names come from the model of the pipeline and are corrected by rules. Names of one person,
    organisation or place share an entity id. Roles say who holds which office, rank or occupation.
    """

    name = "entities"
    requires_optional = (Section,)
    provides = (Entity, Reference, Role)
    uses = ("doc.ents", "token.tag", "token.dep", "token.is_sent_start")

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
        institutions = find_institutions(board, self._lexicon)
        names = [*board.in_order(), *institutions]
        chains = link_names(words, names, self._lexicon, title_genders(board, self._lexicon))
        chain_of = {id(name): chain for chain in chains for name in chain.names}
        roles = find_roles(board, institutions, self._lexicon)
        tell_genders(chain_of, roles)
        references = find_references(board, chain_of, roles, self._lexicon)
        ids = {id(chain): _chain_id(words, chain) for chain in chains}

        def id_of(name: Name | None) -> str | None:
            return None if name is None else ids[id(chain_of[id(name)])]

        found: list[Annotation] = []
        for chain in chains:
            for name in chain.names:
                found.append(
                    Entity(
                        start=words.starts[name.start],
                        end=words.ends[name.end - 1],
                        label=name.label,
                        name=chain.full,
                        entity=ids[id(chain)],
                        link=chain.link,
                    )
                )
        for role in roles:
            start, end = words.starts[role.start], words.ends[role.end - 1]
            holder = ids[id(chain_of[id(role.holder)])]
            found.append(
                Role(
                    start=start,
                    end=end,
                    id=Role.make_id(start, end, holder.partition(":")[2]),
                    holder=holder,
                    title=role.title,
                    kind=role.kind,
                    organisation=id_of(role.organisation),
                    country=id_of(role.country),
                )
            )
        found.extend(
            Reference(
                start=words.starts[reference.start],
                end=words.ends[reference.end - 1],
                kind=reference.kind,
                entity=ids[id(reference.chain)],
                confidence=reference.confidence,
            )
            for reference in references
        )
        return found


def _chain_id(words: Words, chain: Chain) -> str:
    """The id of the first mention by the full name."""
    first = next((name for name in chain.names if words.name(name.start, name.end) == chain.full), chain.names[0])
    return Entity.make_id(words.starts[first.start], words.ends[first.end - 1])
