"""The component `entities`: the rules of this plugin in their order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import Field

from copydesk import (
    Annotation,
    Component,
    Config,
    ConfigPath,
    Context,
    Document,
    Entity,
    Mention,
    Quotation,
    Section,
    Trait,
)
from copydesk_entities.annotations import LabelledMention, annotations_of
from copydesk_entities.chains.chain import Chain
from copydesk_entities.chains.link import link_names, title_genders
from copydesk_entities.lexicon import Lexicon, lexicon
from copydesk_entities.names.find import find_names
from copydesk_entities.names.organisations import find_institutions
from copydesk_entities.references.candidates import Candidate
from copydesk_entities.references.features import Pronoun
from copydesk_entities.references.find import find_references, tell_genders
from copydesk_entities.references.model import shipped_model
from copydesk_entities.references.resolved import Resolved
from copydesk_entities.text.words import Words
from copydesk_entities.traits.headline import find_headline, implied_roles
from copydesk_entities.traits.roles import find_traits, stated_in_headline
from copydesk_entities.traits.stated import Stated
from copydesk_entities.userfiles.patterns import Patterns, read_patterns
from copydesk_entities.userfiles.reference_table import ReferenceTable, read_reference_table

if TYPE_CHECKING:
    from copydesk_entities.references.features import Integers


class EntitiesConfig(Config):
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
        0.6, ge=0.0, le=1.0, description="Leave out pronouns and descriptions that are less certain than this."
    )


class Entities(Component[EntitiesConfig]):
    """Finds who and what a story names, each place that means them, and what the story says they are.

    Names come from the model of the pipeline and are corrected by rules. All names of one person, organisation or
    place are mentions of one entity; so are pronouns, and descriptions such as "the minister", where it is clear
    whom they mean. Traits say who holds which office, rank or occupation.
    """

    name = "entities"
    api = 1
    reads = (Section, Quotation)
    provides = (Entity, Mention, LabelledMention, Trait)
    uses = ("doc.ents", "token.tag", "token.dep", "token.head", "token.is_sent_start")

    def setup(self, context: Context) -> None:
        """Read the word lists and the user's files.

        Raises:
            UserFileError: a file of the user cannot be read or is not as it should be.
        """
        self._lexicon: Lexicon = lexicon()
        self._model = shipped_model()
        table, patterns = self.config.reference, self.config.patterns
        self._table: ReferenceTable | None = None if table is None else read_reference_table(table)
        self._patterns: Patterns | None = None if patterns is None else _patterns(patterns, context)

    def process(self, document: Document) -> Iterable[Annotation]:
        """The entities, their mentions and traits."""
        words = Words(document)
        if not len(words):
            return []
        board = find_names(words, self._lexicon, self._patterns.find(words, document.doc) if self._patterns else None)
        institutions = find_institutions(board, self._lexicon)
        names = [*board.in_order(), *institutions]
        chains = link_names(words, names, self._lexicon, title_genders(board, self._lexicon))
        roles = find_traits(board, institutions, self._lexicon)
        headline = find_headline(document, words)
        implied = implied_roles(board, self._lexicon, headline) if headline else []
        roles += [stated_in_headline(board, one.title, one.holder, institutions) for one in implied]
        chain_of = {id(name): chain for chain in chains for name in chain.names}
        tell_genders(chain_of, roles)
        references = find_references(board, institutions, chain_of, roles, self._lexicon, self.chances)
        references += [
            Resolved(one.title.start, one.title.end, "description", chain_of[id(one.holder)], 0.6) for one in implied
        ]
        references = [one for one in references if one.confidence >= self.config.min_confidence]
        roles += [
            Stated(one.chain.names[0], one.start + 1, one.end, "occupation", one.occupation)
            for one in references
            if one.occupation is not None
        ]
        self._link(document, words, chains, chain_of, roles)
        return annotations_of(words, chains, chain_of, roles=roles, references=references)

    def chances(self, pronoun: Pronoun, candidates: list[Candidate], rows: Integers) -> list[float]:  # noqa: ARG002
        """How likely a pronoun means each candidate, and last, nobody of them. The learning script has its own."""
        return self._model.chances(rows)

    def _link(
        self, document: Document, words: Words, chains: list[Chain], chain_of: dict[int, Chain], roles: list[Stated]
    ) -> None:
        """Give chains the ids of the user's patterns and reference table."""
        for chain in chains:
            chain.link = next((name.link for name in chain.names if name.link is not None), None)
        if self._table is None:
            return
        date = document.metadata.get("date")
        countries: dict[int, set[str]] = {}
        for role in roles:
            if role.place is not None and role.place.known is not None and role.place.known.country:
                countries.setdefault(id(chain_of[id(role.holder)]), set()).add(role.place.known.key)
        for chain in chains:
            if chain.link is None:
                names = {words.name(name.start, name.end) for name in chain.names}
                chain.link = self._table.link(
                    sorted(names, key=lambda name: (name != chain.full, -len(name), name)),
                    date if isinstance(date, str) else None,
                    countries.get(id(chain), set()),
                    self._lexicon,
                )


def _patterns(path: ConfigPath, context: Context) -> Patterns:
    """Patterns on the vocabulary of the parse; that of a document may be gone before the next one."""
    if context.has_parse:
        return Patterns(path, read_patterns(path), context.nlp)
    from spacy.lang.en import English  # without a parse, to read the file

    return Patterns(path, read_patterns(path), English())
