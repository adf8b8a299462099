"""The component `entities`: the rules of this plugin in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from copydesk import Annotation, Component, ComponentConfig, ConfigPath, Document, Entity, Reference, Role, Section
from copydesk_entities.board import Name
from copydesk_entities.chain import Chain
from copydesk_entities.headline import implied_roles
from copydesk_entities.lexicon import Lexicon, lexicon
from copydesk_entities.linking import link_names, title_genders
from copydesk_entities.names import find_names
from copydesk_entities.organisations import find_institutions
from copydesk_entities.patterns import Patterns, read_patterns
from copydesk_entities.reference_table import ReferenceTable, read_reference_table
from copydesk_entities.references import Resolved, find_references, tell_genders
from copydesk_entities.roles import Stated, find_roles, stated_in_headline
from copydesk_entities.words import Words

_HEADLINE_WORDS = 30


class Entities(Component):
    """Finds who and what a story names, which names are one, and what it says they are.

    Names come from the model of the pipeline and are corrected by rules. Names of one person,
    organisation or place share an entity id. Roles say who holds which office, rank or occupation.
    References say whom a pronoun or a description such as "the minister" means, where that is clear.
    """

    name = "entities"
    requires_optional = (Section,)
    provides = (Entity, Reference, Role)
    uses = ("doc.ents", "token.tag", "token.dep", "token.head", "token.is_sent_start")

    class Config(ComponentConfig):
        """What can be set."""

        reference: ConfigPath | None = Field(
            None,
            description="A table of who is who, CSV or YAML, with the columns name, id, aliases, office, country, from, "
            "to, source. Entities are linked to its entries.",
        )
        patterns: ConfigPath | None = Field(
            None,
            description="Names of your own, which nothing overrules: spaCy patterns (.jsonl), or a gazetteer as CSV "
            "(name, label, id) or YAML (label: [names]).",
        )
        min_confidence: float = Field(
            0.6, ge=0.0, le=1.0, description="Leave out references that are less certain than this."
        )

    config: Config

    def setup(self) -> None:
        """Read the word lists and the user's files.

        Raises:
            UserFileError: a file of the user cannot be read or is not as it should be.
        """
        self._lexicon: Lexicon = lexicon()
        self._table: ReferenceTable | None = (
            None if self.config.reference is None else read_reference_table(self.config.reference)
        )
        self._patterns: Patterns | None = None if self.config.patterns is None else read_patterns(self.config.patterns)

    def process(self, document: Document) -> Iterable[Annotation]:
        """The entities, references and roles of a document."""
        words = Words(document)
        if not len(words):
            return []
        board = find_names(words, self._lexicon, self._patterns.find(words) if self._patterns else None)
        institutions = find_institutions(board, self._lexicon)
        names = [*board.in_order(), *institutions]
        chains = link_names(words, names, self._lexicon, title_genders(board, self._lexicon))
        roles = find_roles(board, institutions, self._lexicon)
        headline = _headline(document, words)
        implied = implied_roles(board, self._lexicon, headline) if headline else []
        roles += [stated_in_headline(board, one.title, one.holder, institutions) for one in implied]
        chain_of = {id(name): chain for chain in chains for name in chain.names}
        tell_genders(chain_of, roles)
        references = find_references(board, institutions, chain_of, roles, self._lexicon)
        references += [
            Resolved(one.title.start, one.title.end, "description", chain_of[id(one.holder)], 0.6) for one in implied
        ]
        references = [one for one in references if one.confidence >= self.config.min_confidence]
        self._link(document, words, chains, chain_of, roles)
        return list(_annotations(words, chains, chain_of, roles=roles, references=references))

    def _link(
        self, document: Document, words: Words, chains: list[Chain], chain_of: dict[int, Chain], roles: list[Stated]
    ) -> None:
        """Give chains the ids of the user's patterns and reference table."""
        date = document.metadata.get("date")
        stated: dict[int, set[str]] = {}
        for role in roles:
            if role.country is not None and role.country.known is not None:
                stated.setdefault(id(chain_of[id(role.holder)]), set()).add(role.country.known.key)
        for chain in chains:
            chain.link = next((name.link for name in chain.names if name.link is not None), None)
            if chain.link is None and self._table is not None:
                names = {words.name(name.start, name.end): None for name in chain.names}
                chain.link = self._table.link(
                    sorted(names, key=lambda name: (name != chain.full, -len(name), name)),
                    date if isinstance(date, str) else None,
                    stated.get(id(chain), set()),
                    self._lexicon,
                )


def _headline(document: Document, words: Words) -> tuple[int, int] | None:
    """The words of the headline: the section that says so, else a first line that is no sentence."""
    section = next((section for section in document[Section] if section.kind == "headline"), None)
    if section is not None:
        if section.end <= section.start:
            return None
        return words.word_at(section.start), words.word_at(section.end - 1) + 1
    end = next((i for i in range(min(len(words), _HEADLINE_WORDS)) if words.line[i] != words.line[0]), None)
    if Section in document or end is None or end < 2 or words.texts[end - 2] in {".", "!", "?"}:
        return None
    return 0, end


def _annotations(
    words: Words,
    chains: list[Chain],
    chain_of: dict[int, Chain],
    *,
    roles: list[Stated],
    references: list[Resolved],
) -> Iterator[Annotation]:
    ids = {id(chain): _chain_id(words, chain) for chain in chains}

    def id_of(name: Name | None) -> str | None:
        return None if name is None else ids[id(chain_of[id(name)])]

    for chain in chains:
        for name in chain.names:
            yield Entity(
                start=words.starts[name.start],
                end=words.ends[name.end - 1],
                label=name.label,
                name=chain.full,
                entity=ids[id(chain)],
                link=chain.link,
            )
    for role in roles:
        start, end = words.starts[role.start], words.ends[role.end - 1]
        holder = ids[id(chain_of[id(role.holder)])]
        yield Role(
            start=start,
            end=end,
            id=Role.make_id(start, end, holder.partition(":")[2]),
            holder=holder,
            title=role.title,
            kind=role.kind,
            organisation=id_of(role.organisation),
            country=id_of(role.country),
        )
    for reference in references:
        yield Reference(
            start=words.starts[reference.start],
            end=words.ends[reference.end - 1],
            kind=reference.kind,
            entity=ids[id(reference.chain)],
            confidence=reference.confidence,
        )


def _chain_id(words: Words, chain: Chain) -> str:
    """The id of the first mention by the full name."""
    first = next((name for name in chain.names if words.name(name.start, name.end) == chain.full), chain.names[0])
    return Entity.make_id(words.starts[first.start], words.ends[first.end - 1])
