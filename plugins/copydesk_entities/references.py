"""References: pronouns and definite descriptions, resolved only where one answer is left.

A speaker named a sentence ago, and nobody else who fits: that is answered. Two who fit are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import ne
from typing import Literal

from copydesk_entities.chains.chain import Chain
from copydesk_entities.labels import ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name
from copydesk_entities.text.words import Words
from copydesk_entities.traits.phrases import title_ending_at
from copydesk_entities.traits.stated import Stated

_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_ARTICLES = frozenset(("a", "an", "the", "another", "one"))
_PLACES = _GENDER.keys() | _ARTICLES | {"it"}
"""Words with which a reference, or the description of somebody new, begins."""
_SPEECH = word_set("speech")
_MENTIONS = 30
"""How many mentions back a pronoun's entity is looked for."""
_HOLDERS = 30
"""Of how many who hold a title one is looked for."""
_LONGEST = 5
"""Words of a description, at most."""
_LINES = 3
_SENTENCES = 2
"""How many sentences back a pronoun's entity is looked for."""
_FEMININE = word_set("feminine")
_MASCULINE = word_set("masculine")
_PERSON_NOUNS, _MEN, _WOMEN = word_set("person_nouns"), word_set("person_nouns_m"), word_set("person_nouns_f")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A pronoun or description at words [start, end) and whom it stands for."""

    start: int
    end: int
    kind: Literal["pronoun", "description"]
    chain: Chain
    confidence: float


@dataclass(slots=True)
class _Seen:
    """A mention of an entity that a pronoun may take up."""

    chain: Chain
    at: int
    sentence: int
    line: int
    subject: bool
    speaks: bool = False


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
    board: Board, institutions: list[Name], chains: dict[int, Chain], roles: list[Stated], lexicon: Lexicon
) -> list[Resolved]:
    """The references that can be resolved, in order of place.

    Args:
        board: the names of the document.
        institutions: its names in lower case.
        roles: what the story states.
        lexicon: the word lists.
        chains: the chain of each name, by the name's identity.
    """
    words = board.words
    names: defaultdict[int, list[Name]] = defaultdict(list)
    for name in (*board.in_order(), *institutions):
        names[name.start].append(name)
    stated = {i for role in roles for i in range(role.start, role.end)}
    descriptions = _Descriptions(board, chains, roles, lexicon)
    found: list[Resolved] = []
    seen: list[_Seen] = []
    told = _told_sentences(words)
    for i in sorted({*names, *words.where(_PLACES)}):
        if words.quoted[i]:
            continue
        seen.extend(_mention(words, chains[id(name)], name.start, name.end, told) for name in names.get(i, ()))
        if board.at(i) is not None:
            continue
        resolved = _resolve(words, i, seen, told, descriptions)
        if resolved is not None:
            found.append(resolved)
            seen.append(_mention(words, resolved.chain, resolved.start, resolved.end, told))
        elif words.lowers[i] in _ARTICLES and i + 1 not in stated:
            stranger = _stranger(board, i, lexicon)
            if stranger is not None:
                seen.append(_Seen(stranger, i, told[i], words.line[i], subject=False))
    return found


def _resolve(words: Words, i: int, seen: list[_Seen], told: list[int], descriptions: _Descriptions) -> Resolved | None:
    lower = words.lowers[i]
    if lower in _GENDER:
        return _person(words, i, seen, told)
    if lower == "it":
        return _institution(words, i, seen, told)
    return descriptions.resolve(i) if lower == "the" else None


def _told_sentences(words: Words) -> list[int]:
    """For each word, how many sentences the story told before it; those inside quotation marks are not counted."""
    begins = map(ne, words.sentence, (0, *words.sentence))
    return list(accumulate(begin and not quoted for begin, quoted in zip(begins, words.quoted, strict=True)))


def _mention(words: Words, chain: Chain, start: int, end: int, told: list[int]) -> _Seen:
    subject, speaks = words.is_subject(start, end), _speaks(words, start, end)
    return _Seen(chain, start, told[start], words.line[start], subject, speaks)


def _speaks(words: Words, start: int, end: int) -> bool:
    """Whether the words are the subject of a verb of speech, by the parse or because they stand beside one."""
    if (start and words.lowers[start - 1] in _SPEECH) or (end < len(words) and words.lowers[end] in _SPEECH):
        return True
    return any(verb in _SPEECH for verb in words.verbs_of(start, end))


def _stranger(board: Board, i: int, lexicon: Lexicon) -> Chain | None:
    """Somebody without a name: "a protester", "the driver". A pronoun may mean them, so nobody else is sure."""
    words = board.words
    at, limit = i + 1, min(len(words), i + 7)
    while at < limit and (words.tags[at] in {"JJ", "NN", "HYPH", "CD"} or board.at(at) is not None):
        at += 1
    if at == i + 1 or board.at(at - 1) is not None or (at < len(words) and board.at(at) is not None):
        return None
    noun = words.lowers[at - 1]
    title = title_ending_at(words, lexicon, at)
    if title is None and noun not in _PERSON_NOUNS and noun not in _MEN and noun not in _WOMEN:
        return None
    gender = "m" if noun in _MEN | _MASCULINE else "f" if noun in _WOMEN | _FEMININE else None
    return Chain(PERSON, gender=gender)


def _recent(words: Words, i: int, seen: list[_Seen], told: list[int]) -> Iterator[_Seen]:
    for mention in reversed(seen[-_MENTIONS:]):
        if mention.sentence < told[i] - _SENTENCES or mention.line < words.line[i] - _LINES:
            return
        yield mention


def _person(words: Words, i: int, seen: list[_Seen], told: list[int]) -> Resolved | None:
    gender = _GENDER[words.lowers[i]]
    recent = _recent(words, i, seen, told)
    fits = [mention for mention in recent if mention.chain.label == PERSON and mention.chain.gender in {None, gender}]
    if not fits or not fits[0].chain.names:
        return None
    last = fits[0].chain
    if all(mention.chain is last for mention in fits):
        return Resolved(i, i + 1, "pronoun", last, 0.95 if last.gender == gender else 0.85)
    speaker = _speaks_on(fits) if _speaks(words, i, i + 1) else None
    if speaker is not None:
        return Resolved(i, i + 1, "pronoun", speaker, 0.8)
    if last.gender == gender and all(mention.chain is last or mention.chain.gender is None for mention in fits):
        return Resolved(i, i + 1, "pronoun", last, 0.75)
    return _last_subject(words, i, fits, told)


def _speaks_on(fits: list[_Seen]) -> Chain | None:
    """Who spoke last speaks on: ““…,” he said.” behind ““…,” said John Roe, who met Bill Poe.”"""
    spoke = next((mention for mention in fits if mention.speaks), None)
    if spoke is None or any(m.subject and m.at > spoke.at and m.chain is not spoke.chain for m in fits):
        return None
    return spoke.chain


def _last_subject(words: Words, i: int, fits: list[_Seen], told: list[int]) -> Resolved | None:
    """The only person of the sentence before, where that was its subject and nobody came since."""
    if not words.is_subject(i, i + 1):
        return None
    here = [mention for mention in fits if mention.sentence == told[i]]
    last = [mention for mention in fits if mention.sentence == told[i] - 1]
    if here or not last or len({id(mention.chain) for mention in last}) != 1 or not any(m.subject for m in last):
        return None
    if not last[0].chain.names:
        return None
    return Resolved(i, i + 1, "pronoun", last[0].chain, 0.65)


def _institution(words: Words, i: int, seen: list[_Seen], told: list[int]) -> Resolved | None:
    """Of "it said": an organisation that spoke or acted just before."""
    if i + 1 >= len(words) or words.lowers[i + 1] not in _SPEECH:
        return None
    fits = [m for m in _recent(words, i, seen, told) if m.chain.label == ORG and m.sentence >= told[i] - 1]
    chains = {id(m.chain): m.chain for m in fits}
    if len(chains) != 1:
        subjects = {id(m.chain): m.chain for m in fits if m.subject}
        if len(subjects) != 1:
            return None
        chains = subjects
    return Resolved(i, i + 1, "pronoun", next(iter(chains.values())), 0.7)


class _Descriptions:
    """Resolves "the minister", "the Russian president", "the ministry": said before of just one."""

    def __init__(self, board: Board, chains: dict[int, Chain], roles: list[Stated], lexicon: Lexicon) -> None:
        self._board = board
        self._chains = chains
        self._lexicon = lexicon
        self._by_title: defaultdict[str, list[Stated]] = defaultdict(list)
        for role in roles:
            if role.title is not None and role.kind not in {"affiliation", "relation", "age"}:
                self._by_title[role.title.split()[-1]].append(role)
        self._by_noun: defaultdict[str, list[Chain]] = defaultdict(list)
        for chain in {id(chain): chain for chain in chains.values() if chain.label == ORG}.values():
            for noun in _nouns(chain, lexicon):
                self._by_noun[noun].append(chain)

    def resolve(self, i: int) -> Resolved | None:
        """What the description that begins with the article at word `i` means."""
        board, words = self._board, self._board.words
        first, country = i + 1, None
        if (name := board.at(first)) is not None:
            if name.known is None or not name.known.adjective:
                return None
            first, country = name.end, name.known.key
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

    def _holders(self, i: int, noun: str, said: set[str], country: str | None) -> list[Chain]:
        """Of whom the story says before word `i` that they hold such a title, of that country."""
        return [
            self._chains[id(role.holder)]
            for role in self._by_title.get(noun, [])[:_HOLDERS]
            if role.end <= i
            and role.title is not None
            and said <= set(role.title.split())
            and (country is None or _is_of(role.country, country))
        ]

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


def _is_of(name: Name | None, country: str) -> bool:
    return name is not None and name.known is not None and name.known.key == country


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
