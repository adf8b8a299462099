"""What was found, as annotations: an entity for each chain, its mentions, its traits."""

from __future__ import annotations

from pydantic import Field

from copydesk import Annotation, Entity, Mention, Ref, Trait
from copydesk_entities.chains.chain import Chain
from copydesk_entities.names.board import Name
from copydesk_entities.references.resolved import Resolved
from copydesk_entities.text.words import Words
from copydesk_entities.traits.stated import ROLE_KINDS, Stated


class LabelledMention(Mention):
    """A name with a label of its own, which is not its entity's: "Russian" (NORP) means Russia (LOC)."""

    label: str = Field(description="PERSON, ORG, LOC, NORP or another label of the model or the user's patterns.")


def annotations_of(
    words: Words, chains: list[Chain], chain_of: dict[int, Chain], *, roles: list[Stated], references: list[Resolved]
) -> list[Annotation]:
    """The annotations of a document.

    Args:
        words: the document.
        chains: its entities.
        chain_of: the chain of each name, by the name's identity.
        roles: what the story states of them.
        references: the pronouns and descriptions that mean them.
    """
    found: list[Annotation] = []
    entities: dict[int, Ref[Entity]] = {}
    for chain in chains:
        entity = _entity(words, chain)
        entities[id(chain)] = entity.ref
        found.append(entity)
        found.extend(_named(words, name, entity) for name in chain.names)

    def ref(name: Name | None) -> Ref[Entity] | None:
        return None if name is None else entities[id(chain_of[id(name)])]

    for role in roles:
        is_role = role.kind in ROLE_KINDS
        found.append(
            Trait(
                start=words.starts[role.start],
                end=words.ends[role.end - 1],
                kind="role" if is_role else role.kind,
                entity=entities[id(chain_of[id(role.holder)])],
                value=role.title,
                role=role.kind if is_role else None,
                organisation=ref(role.organisation),
                place=ref(role.place),
            )
        )
    found.extend(
        Mention(
            start=words.starts[reference.start],
            end=words.ends[reference.end - 1],
            kind=reference.kind,
            entity=entities[id(reference.chain)],
            confidence=reference.confidence,
        )
        for reference in references
    )
    return found


def _named(words: Words, name: Name, entity: Entity) -> Mention:
    start, end = words.starts[name.start], words.ends[name.end - 1]
    if name.label == entity.label:
        return Mention(start=start, end=end, kind="name", entity=entity.ref)
    return LabelledMention(start=start, end=end, kind="name", entity=entity.ref, label=name.label)


def _entity(words: Words, chain: Chain) -> Entity:
    """The entity of a chain, at its first mention by the fullest name."""
    forms = [words.name(name.start, name.end) for name in chain.names]
    first = chain.names[forms.index(chain.full)]
    return Entity(
        start=words.starts[first.start],
        end=words.ends[first.end - 1],
        label=chain.label,
        name=chain.full,
        aliases=tuple(form for form in dict.fromkeys(forms) if form != chain.full),
        link=chain.link,
    )
