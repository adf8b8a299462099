"""Who and which: the name before them, where the parse says so or nothing stands between."""

from __future__ import annotations

from copydesk_entities.chains.chain import Chain
from copydesk_entities.labels import LOC, ORG, PERSON
from copydesk_entities.names.board import Board
from copydesk_entities.references.resolved import Resolved
from copydesk_entities.references.syntax import Syntax
from copydesk_entities.traits.stated import Stated

_LABELS = {
    **dict.fromkeys(("who", "whom", "whose"), frozenset((PERSON,))),
    "which": frozenset((ORG, LOC)),
}


def find_relatives(board: Board, syntax: Syntax, chains: dict[int, Chain], roles: list[Stated]) -> list[Resolved]:
    """Whom relative pronouns mean: a name ("Jane Roe, who"), or the holder of a role ("Jane Roe, the mayor, who").

    Args:
        board: the names of the document.
        syntax: its tree.
        chains: the chain of each name, by the name's identity.
        roles: what the story states.
    """
    words = board.words
    holders = {i: chains[id(role.holder)] for role in roles for i in range(role.start, role.end)}
    found: list[Resolved] = []
    for i in words.where(_LABELS.keys()):
        if not i or not words.tags[i].startswith("W"):
            continue
        noun = syntax.noun_of_relative(words.token[i])
        by_tree = None if noun is None else _meant(board, words.first_word[noun], chains, holders)
        at = i - 1 if words.texts[i - 1] != "," else i - 2
        beside = _meant(board, at, chains, holders) if at >= 0 and words.same_place(at, i) else None
        labels = _LABELS[words.lowers[i]]
        fits = [chain for chain in (by_tree, beside) if chain is not None and chain.label in labels]
        if not fits or (words.lowers[i] == "which" and len(fits) < 2):
            continue
        found.append(Resolved(i, i + 1, "pronoun", fits[0], 0.95 if len(fits) == 2 and fits[0] is fits[1] else 0.75))
    return found


def _meant(board: Board, i: int, chains: dict[int, Chain], holders: dict[int, Chain]) -> Chain | None:
    name = board.at(i)
    return chains[id(name)] if name is not None and name.label in {PERSON, ORG, LOC} else holders.get(i)
