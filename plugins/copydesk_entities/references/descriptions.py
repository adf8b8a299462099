"""Definite descriptions, resolved only where one answer is left: "the minister", "the Russian president", "the ministry"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from copydesk_entities.chains.chain import Chain
from copydesk_entities.labels import LOC, ORG
from copydesk_entities.lexicon import Lexicon
from copydesk_entities.names.board import Board, Name
from copydesk_entities.references.resolved import Resolved
from copydesk_entities.traits.phrases import title_ending_at
from copydesk_entities.traits.stated import ROLE_KINDS, Stated

_YEARS_OLD = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
_HOLDERS = 30
"""Of how many who hold a title one is looked for."""
_LONGEST = 5
"""Words of a description, at most."""


class Descriptions:
    """Resolves "the minister", "the Russian president", "the ministry": said before of just one."""

    def __init__(self, board: Board, chains: dict[int, Chain], roles: list[Stated], lexicon: Lexicon) -> None:
        self._board = board
        self._chains = chains
        self._lexicon = lexicon
        self._by_title: defaultdict[str, list[Stated]] = defaultdict(list)
        for role in roles:
            if role.title is not None and role.kind in ROLE_KINDS - {"relation"}:
                self._by_title[role.title.split()[-1]].append(role)
        self._places: defaultdict[int, set[str]] = defaultdict(set)
        for role in roles:
            if role.kind == "affiliation" and role.place is not None:
                self._places[id(chains[id(role.holder)])].add(_key(board, role.place))
        self._ages: defaultdict[str, list[Chain]] = defaultdict(list)
        for role in roles:
            if role.kind == "age" and role.title is not None:
                self._ages[role.title].append(chains[id(role.holder)])
        self._by_noun: defaultdict[str, list[Chain]] = defaultdict(list)
        for chain in {id(chain): chain for chain in chains.values() if chain.label == ORG}.values():
            for noun in _nouns(chain, lexicon):
                self._by_noun[noun].append(chain)

    def resolve(self, i: int) -> Resolved | None:
        """What the description that begins with the article at word `i` means."""
        board, words = self._board, self._board.words
        first, country = i + 1, None
        if (name := board.at(first)) is not None:
            adjective = name.known is not None and name.known.adjective
            if not adjective and name.label != LOC:
                return None
            first, country = name.end, _key(board, name)
        end = _noun_phrase_end(board, first)
        if end is None:
            return None
        title = title_ending_at(words, self._lexicon, end)
        if title is not None and title[0] >= first:
            said = {*title[1].split(), *words.lowers[first : title[0]]} - {"-", "former"}
            found = self._holders(i, title[1].split()[-1], said, country)
        elif country is None:
            found = self._organisations(i, words.lowers[end - 1], set(words.lowers[first : end - 1]))
        else:
            return None
        return Resolved(i, end, "description", found[0], 0.8) if len(set(map(id, found))) == 1 else None

    def aged(self) -> Iterator[Resolved]:
        """Of "the 54-year-old": the one person whose age the story gives so."""
        words, ages = self._board.words, self._ages
        for match in _YEARS_OLD.finditer(words.text) if ages else ():
            start, end = words.word_at(match.start()), words.word_at(match.end() - 1) + 1
            alone = end >= len(words) or words.tags[end][:2] in {"VB", "MD", "RB", ",", ".", "WP"}
            chains = {id(chain): chain for chain in ages.get(match[1], ())}
            if alone and start and words.lowers[start - 1] == "the" and len(chains) == 1:
                yield Resolved(start - 1, end, "description", next(iter(chains.values())), 0.9)

    def _holders(self, i: int, noun: str, said: set[str], country: str | None) -> list[Chain]:
        """Of whom the story says before word `i` that they hold such a title, of that country."""
        return [
            self._chains[id(role.holder)]
            for role in self._by_title.get(noun, [])[:_HOLDERS]
            if role.end <= i
            and role.title is not None
            and said <= set(role.title.split())
            and (country is None or self._is_of(role, country))
        ]

    def _is_of(self, role: Stated, place: str) -> bool:
        """Whether a role is of a place, or its holder: "Sen. Marco Rubio of Florida"."""
        if role.place is not None:
            return _key(self._board, role.place) == place
        return place in self._places[id(self._chains[id(role.holder)])]

    def _organisations(self, i: int, noun: str, said: set[str]) -> list[Chain]:
        """The organisations named before word `i` that have the noun and these words in their name."""
        return [
            chain
            for chain in self._by_noun.get(noun, [])[:_HOLDERS]
            if chain.names[0].start < i and said <= set(chain.full.lower().split())
        ]


def _nouns(chain: Chain, lexicon: Lexicon) -> set[str]:
    """The nouns of an organisation's name by which the story may call it: "the ministry"."""
    parts = [part.strip(".,").lower() for part in chain.full.split()]
    if len(parts) < 2:
        return set()
    heads = {part for part, after in pairwise(parts) if after in {"of", "for"}}
    return ({parts[-1], parts[0]} | heads) & lexicon.organisation_nouns


def _key(board: Board, name: Name) -> str:
    return name.known.key if name.known is not None else board.words.name(name.start, name.end)


def _noun_phrase_end(board: Board, first: int) -> int | None:
    """The end of the noun in the singular that begins here, with what stands before it; None where it goes on."""
    words = board.words
    at, limit = first, min(len(words), first + _LONGEST)
    while at < limit and board.at(at) is None:
        if words.tags[at] not in {"NN", "NNP", "HYPH"} and not (words.tags[at] == "JJ" and at == first):
            break
        at += 1
    if at == first:
        return None
    if at < len(words):
        goes_on = board.at(at) is not None and not words.joined(at)
        if goes_on or words.lowers[at] in {"of", "-"} or words.tags[at] in {"NNS", "NNPS"}:
            return None
    return at
