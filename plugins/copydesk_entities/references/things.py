"""It and they: organisations, places and groups, where the sentence leaves one answer.

What "it" means is often no name at all. So a name is answered only as the subject over the pronoun ("Acme said it
would sell its ships"), and of "it said" as the organisation that spoke or acted just before.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from copydesk_entities.chains.chain import Chain
from copydesk_entities.labels import LOC, NORP, ORG
from copydesk_entities.lexicon import word_set
from copydesk_entities.names.board import Board, Name
from copydesk_entities.references.resolved import Resolved
from copydesk_entities.references.syntax import PASSIVE, Syntax

_SPEECH = word_set("speech")
_COPULAS = word_set("copulas")
_MOST = 30
"""How many mentions back an organisation is looked for."""
_THINGS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("it", "its", "itself"), frozenset((ORG, LOC))),
    **dict.fromkeys(("they", "their", "them", "themselves"), frozenset((ORG, NORP))),
}
_IN_CLAUSE = frozenset(("its", "itself", "their", "themselves"))
"""Pronouns that may mean the subject of their own clause."""


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    chain: Chain


def find_things(
    board: Board, syntax: Syntax, names: list[Name], chains: dict[int, Chain], known: list[Resolved]
) -> list[Resolved]:
    """What it and they mean.

    Args:
        board: the names of the document.
        syntax: its tree.
        names: its names, institutions in lower case included.
        chains: the chain of each name, by the name's identity.
        known: descriptions whose entity is known.
    """
    words = board.words
    mentions = [_Mention(name.start, name.end, chains[id(name)]) for name in names]
    mentions += [_Mention(one.start, one.end, one.chain) for one in known]
    mentions = sorted((m for m in mentions if m.chain.label in {ORG, LOC, NORP}), key=lambda m: (m.start, m.end))
    taken_up: dict[int, Chain] = {}
    found: list[Resolved] = []
    for i in words.where(_THINGS.keys()):
        chain = _subject_over(board, syntax, i, chains, taken_up)
        if chain is None and words.lowers[i] == "it":
            chain = _speaker(board, mentions, i)
        if chain is not None:
            found.append(Resolved(i, i + 1, "pronoun", chain, 0.75))
            taken_up[words.token[i]] = chain
    return found


def _subject_over(
    board: Board, syntax: Syntax, i: int, chains: dict[int, Chain], taken_up: dict[int, Chain]
) -> Chain | None:
    """The subject of the clause above; a pronoun that may mean it, that of its own."""
    words = board.words
    token = words.token[i]
    of_clause = words.lowers[i] in _IN_CLAUSE
    if not of_clause and (syntax.role(token) > PASSIVE or words.lowers[min(i + 1, len(words) - 1)] in _COPULAS):
        return None  # "send it" and "it is time" mean no name
    above = syntax.above(token)
    for subject in syntax.subjects_over(token):
        if subject == token or subject in above:
            continue
        first = words.first_word[subject]
        name = board.at(first)
        chain = taken_up.get(subject) if name is None else chains[id(name)]
        fits = chain is not None and chain.label in _THINGS[words.lowers[i]]
        return chain if fits and words.quotation[first] == words.quotation[i] else None
    return None


def _speaker(board: Board, mentions: list[_Mention], i: int) -> Chain | None:
    """Of "it said": the organisation of this sentence or the one before, its subject if there are two."""
    words = board.words
    if words.quoted[i] or i + 1 >= len(words) or words.lowers[i + 1] not in _SPEECH:
        return None
    at = bisect_left(mentions, i, key=lambda mention: mention.start)
    near = [m for m in mentions[max(0, at - _MOST) : at] if m.chain.label == ORG and _is_near(board, m.start, i)]
    fits = {id(m.chain): m.chain for m in near}
    if len(fits) > 1:
        fits = {id(m.chain): m.chain for m in near if words.is_subject(m.start, m.end)}
    return next(iter(fits.values())) if len(fits) == 1 else None


def _is_near(board: Board, start: int, i: int) -> bool:
    """Whether a mention stands in this sentence or the one before, outside quotation marks."""
    told = board.words.told
    return not board.words.quoted[start] and told[start] >= told[i] - 1
