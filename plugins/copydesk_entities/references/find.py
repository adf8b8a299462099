"""References of all kinds, in their order: descriptions, it and they, who, he and she, I."""

from __future__ import annotations

from copydesk_entities.chains.chain import Chain
from copydesk_entities.labels import PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name
from copydesk_entities.references.descriptions import Descriptions
from copydesk_entities.references.pronouns import Judge, find_pronouns
from copydesk_entities.references.relatives import find_relatives
from copydesk_entities.references.resolved import Resolved
from copydesk_entities.references.speakers import find_speakers
from copydesk_entities.references.syntax import Syntax
from copydesk_entities.references.things import find_things
from copydesk_entities.traits.stated import Stated

_FEMININE = word_set("feminine")
_MASCULINE = word_set("masculine")


def tell_genders(chains: dict[int, Chain], roles: list[Stated]) -> None:
    """A role tells the gender of its holder: "spokeswoman", "his brother"."""
    for role in roles:
        chain = chains.get(id(role.holder))
        if chain is None or chain.label != PERSON or chain.gender is not None or role.title is None:
            continue
        head = role.title.split()[-1]
        if head in _FEMININE:
            chain.gender = "f"
        elif head in _MASCULINE:
            chain.gender = "m"


def find_references(
    board: Board,
    institutions: list[Name],
    chains: dict[int, Chain],
    roles: list[Stated],
    lexicon: Lexicon,
    judge: Judge,
) -> list[Resolved]:
    """The references that can be resolved, in order of place.

    Args:
        board: the names of the document.
        institutions: its names in lower case.
        chains: the chain of each name, by the name's identity.
        roles: what the story states.
        lexicon: the word lists.
        judge: the model that tells whom a pronoun means.
    """
    words = board.words
    names = [*board.in_order(), *institutions]
    stated = {i for role in roles for i in range(role.start, role.end)}
    descriptions = Descriptions(board, chains, roles, lexicon)
    found = [
        one
        for i in words.where({"the"})
        if not words.quoted[i]
        and i + 1 not in stated  # "Jane Roe, the senator from Ohio" says what she is
        and board.at(i) is None
        and (one := descriptions.resolve(i)) is not None
    ]
    found += descriptions.aged()
    syntax = Syntax(words)
    found += find_things(board, syntax, names, chains, found)
    found += find_relatives(board, syntax, chains, roles)
    people = [one for one in found if one.chain.label == PERSON]
    found += find_pronouns(board, syntax, names, chains, people, stated, lexicon, judge)
    found += find_speakers(board, names, chains, found)
    return sorted(found, key=lambda one: (one.start, one.end))
