"""References: pronouns and definite descriptions, resolved only where one answer is left.

A speaker named a sentence ago, and nobody else who fits: that is answered. Two who fit are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from copydesk_entities.board import Board, Name
from copydesk_entities.chain import Chain
from copydesk_entities.labels import ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.phrases import title_ending_at
from copydesk_entities.roles import Stated
from copydesk_entities.words import Words

_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_SPEECH = word_set("speech")
_MENTIONS = 30
"""How many mentions back a pronoun's entity is looked for."""
_HOLDERS = 30
"""Of how many who hold a title one is looked for."""
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
    names: dict[int, list[Name]] = defaultdict(list)
    for name in (*board.in_order(), *institutions):
        names[name.start].append(name)
    titles: dict[str, list[tuple[int, Stated]]] = defaultdict(list)
    stated: set[int] = set()
    for role in roles:
        stated.update(range(role.start, role.end))
        if role.title is not None and role.kind not in {"affiliation", "relation"}:
            titles[role.title.split()[-1]].append((role.end, role))
    by_noun = _organisations_by_noun(chains, lexicon)
    found: list[Resolved] = []
    seen: list[_Seen] = []
    told = _told_sentences(words)
    for i in range(len(words)):
        resolved = None
        if words.quoted[i]:
            continue
        seen.extend(_mention(words, chains[id(name)], name.start, name.end, told) for name in names.get(i, ()))
        if board.at(i) is not None:
            continue
        lower = words.lowers[i]
        if lower in _GENDER:
            resolved = _person(words, i, seen, told)
        elif lower == "it":
            resolved = _institution(words, i, seen, told)
        elif lower == "the":
            resolved = _description(board, i, titles, by_noun, chains=chains, lexicon=lexicon)
        if resolved is not None:
            found.append(resolved)
            seen.append(_mention(words, resolved.chain, resolved.start, resolved.end, told))
        elif lower in {"a", "an", "the", "another", "one"} and i + 1 not in stated:
            stranger = _stranger(board, i, lexicon)
            if stranger is not None:
                seen.append(_Seen(stranger, i, told[i], words.line[i], subject=False))
    return found


def _told_sentences(words: Words) -> list[int]:
    """For each word, how many sentences the story told before it; those inside quotation marks are not counted."""
    told: list[int] = []
    count, sentence = 0, 0
    for i in range(len(words)):
        if words.sentence[i] != sentence:
            sentence = words.sentence[i]
            count += not words.quoted[i]
        told.append(count)
    return told


def _mention(words: Words, chain: Chain, start: int, end: int, told: list[int]) -> _Seen:
    subject, speaks = _is_subject(words, start, end), _speaks(words, start, end)
    return _Seen(chain, start, told[start], words.line[start], subject, speaks)


def _speaks(words: Words, start: int, end: int) -> bool:
    """Whether the words are the subject of a verb of speech, by the parse or because they stand beside one."""
    if (start and words.lowers[start - 1] in _SPEECH) or (end < len(words) and words.lowers[end] in _SPEECH):
        return True
    doc = words.doc
    tokens = (doc[words.token[i]] for i in range(start, end))
    return any(token.dep_.startswith("nsubj") and token.head.lower_ in _SPEECH for token in tokens)


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
    recent = [mention for mention in _recent(words, i, seen, told) if mention.chain.label == PERSON]
    fits = [mention for mention in recent if mention.chain.gender in {None, gender}]
    if not fits or not fits[0].chain.names:
        return None
    chains = {id(mention.chain): mention.chain for mention in fits}
    if len(chains) == 1:
        chain = fits[0].chain
        return Resolved(i, i + 1, "pronoun", chain, 0.95 if chain.gender == gender else 0.85)
    if _speaks(words, i, i + 1):
        # Who spoke last speaks on: ““…,” he said.” behind ““…,” said John Roe, who met Bill Poe.”
        speaking = [mention for mention in fits if mention.speaks]
        if speaking and not any(m.subject and m.at > speaking[0].at for m in fits if m.chain is not speaking[0].chain):
            return Resolved(i, i + 1, "pronoun", speaking[0].chain, 0.8)
    sure = {id(mention.chain): mention.chain for mention in fits if mention.chain.gender == gender}
    if len(sure) == 1 and fits[0].chain.gender == gender:
        return Resolved(i, i + 1, "pronoun", fits[0].chain, 0.75)
    return _last_subject(words, i, fits, told)


def _last_subject(words: Words, i: int, fits: list[_Seen], told: list[int]) -> Resolved | None:
    """The only person of the sentence before, where that was its subject and nobody came since."""
    if not _is_subject(words, i, i + 1):
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


def _organisations_by_noun(chains: dict[int, Chain], lexicon: Lexicon) -> dict[str, list[tuple[int, Chain]]]:
    found: dict[str, list[tuple[int, Chain]]] = defaultdict(list)
    for chain in {id(chain): chain for chain in chains.values()}.values():
        if chain.label != ORG:
            continue
        parts = [part.strip(".,").lower() for part in chain.full.split()]
        nouns = {parts[-1], parts[0]} | {parts[j] for j in range(len(parts) - 1) if parts[j + 1] in {"of", "for"}}
        if len(parts) > 1:
            for noun in nouns & lexicon.organisation_nouns:
                found[noun].append((chain.names[0].start, chain))
    return found


def _description(
    board: Board,
    i: int,
    titles: dict[str, list[tuple[int, Stated]]],
    by_noun: dict[str, list[tuple[int, Chain]]],
    *,
    chains: dict[int, Chain],
    lexicon: Lexicon,
) -> Resolved | None:
    """Of "the minister", "the Russian president", "the ministry": said before of just one."""
    words = board.words
    at, country = i + 1, None
    if at < len(words) and (name := board.at(at)) is not None:
        if name.known is None or not name.known.adjective:
            return None
        at, country = name.end, name.known.key
    first, limit = at, min(len(words), at + 5)
    while (
        at < limit
        and board.at(at) is None
        and (words.tags[at] in {"NN", "NNP", "HYPH"} or (words.tags[at] == "JJ" and at == first))
    ):
        at += 1
    if at == first or (at < len(words) and board.at(at) is not None and words.joined(at) is False):
        return None
    if at < len(words) and (words.lowers[at] in {"of", "-"} or words.tags[at] in {"NNS", "NNPS"}):
        return None
    candidates: dict[int, Chain] = {}
    title = title_ending_at(words, lexicon, at)
    if title is not None and title[0] >= first:
        said = {*title[1].split(), *(words.lowers[j] for j in range(first, title[0]))} - {"-", "former"}
        for end, role in titles.get(title[1].split()[-1], [])[:_HOLDERS]:
            chain = chains.get(id(role.holder))
            if end > i or chain is None or role.title is None:
                continue
            if country is not None and (
                role.country is None or role.country.known is None or role.country.known.key != country
            ):
                continue
            if said <= set(role.title.split()):
                candidates[id(chain)] = chain
    elif country is None:
        noun = words.lowers[at - 1]
        said = {words.lowers[j] for j in range(first, at - 1)}
        for start, chain in by_noun.get(noun, [])[:_HOLDERS]:
            if start < i and said <= set(chain.full.lower().split()):
                candidates[id(chain)] = chain
    if len(candidates) != 1:
        return None
    return Resolved(i, at, "description", next(iter(candidates.values())), 0.8)


def _is_subject(words: Words, start: int, end: int) -> bool:
    """Whether the words are the subject of a verb, in either label scheme."""
    doc = words.doc
    return any(doc[words.token[i]].dep_.startswith("nsubj") for i in range(start, end))
