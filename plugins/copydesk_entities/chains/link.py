"""Linking: which names in a document name the same person, organisation or place.

By the strings of the names alone, never through pronouns. A chain is the names of one entity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from copydesk_entities.chains.chain import Chain, plain
from copydesk_entities.chains.people import link_people
from copydesk_entities.labels import LOC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name
from copydesk_entities.text.words import Words

_LEGAL_FORMS = word_set("legal_forms")
_PARTS = word_set("parts_of_bodies")
_LONGEST = 14
"""Words of a name that are looked at, at most."""
_SMALL = frozenset(("of", "the", "for", "and", "&", "on", "in"))


def title_genders(board: Board, lexicon: Lexicon) -> dict[int, str]:
    """The gender that a courtesy title tells, by the first word of the name behind it."""
    words = board.words
    found: dict[int, str] = {}
    for name in board:
        at = name.start - 1
        if at > 0 and words.texts[at] == "." and words.joined(at):
            at -= 1
        if (
            name.label == PERSON
            and at >= 0
            and lexicon.courtesy.get(words.lowers[at], "-") != "-"
            and words.capital[at]
        ):
            found[name.start] = lexicon.courtesy[words.lowers[at]]
    return found


def link_names(words: Words, names: Iterable[Name], lexicon: Lexicon, genders: dict[int, str]) -> list[Chain]:
    """The chains of a document, in the order of their first names.

    Args:
        words: the document.
        names: its names.
        lexicon: the word lists.
        genders: by the first word of a name, the gender that its title tells: m or f.
    """
    people: list[Name] = []
    groups: dict[tuple[str, str], Chain] = {}
    acronyms: list[tuple[Name, Chain]] = []
    for name in names:
        if name.label == PERSON:
            people.append(name)
            continue
        chain = groups.setdefault(_group(words, name), Chain(name.label))
        chain.names.append(name)
        if name.known is not None:
            chain.key = name.known.key
            if name.known.label == LOC:
                chain.label = LOC
        if name.short_for is not None:
            acronyms.append((name, chain))
    chains = list(groups.values())
    chains = _join_acronyms(chains, acronyms)
    chains = _join_short_organisations(words, chains, lexicon)
    chains += link_people(words, people, genders, lexicon)
    for chain in chains:
        chain.names.sort(key=lambda name: (name.start, -name.end))
        chain.full = _fullest(words, chain)
    return sorted(chains, key=lambda chain: (chain.names[0].start, -chain.names[0].end))


def _group(words: Words, name: Name) -> tuple[str, str]:
    if name.known is not None:
        adjective_as_noun = name.known.adjective and name.label == NORP and _names_people(words, name)
        return ("people" if adjective_as_noun else "known", name.known.key)
    text = (
        plain(words.name(name.start, name.end)).replace(".", "")
        if words.is_acronym(name.start)
        else plain(words.name(name.start, name.end))
    )
    if name.label == ORG:
        parts = text.replace(",", " ").split()
        while len(parts) > 1 and parts[-1].strip(".") in _LEGAL_FORMS:
            parts.pop()
        text = " ".join(parts)
    return name.label, text


def _names_people(words: Words, name: Name) -> bool:
    """Whether "the French" has no noun after it: people then, not the country."""
    before = words.lowers[name.start - 1] if name.start else ""
    if before != "the":
        return False
    if name.end >= len(words):
        return True
    tag = words.tags[name.end]
    return not (
        tag.startswith(("NN", "JJ", "VBN", "VBG", "CD")) or words.texts[name.end] in {"-", ",", "and", "or", "/"}
    )


def _join_acronyms(chains: list[Chain], acronyms: list[tuple[Name, Chain]]) -> list[Chain]:
    of_name = {id(name): chain for chain in chains for name in chain.names}
    gone: set[int] = set()
    for name, chain in acronyms:
        full = of_name.get(id(name.short_for))
        if full is None or full is chain:
            continue
        full.names += chain.names
        full.key = full.key or chain.key
        for moved in chain.names:
            of_name[id(moved)] = full
        chain.names = []
        gone.add(id(chain))
    return [chain for chain in chains if id(chain) not in gone]


def _join_short_organisations(words: Words, chains: list[Chain], lexicon: Lexicon) -> list[Chain]:
    """Join "Amnesty" to "Amnesty International" where the story has one organisation that begins so; initials too,
    and what is left without its "of" or its country.

    A part is not called by its whole: "House" is not the "House Intelligence Committee".
    """
    by_first: defaultdict[str, list[Chain]] = defaultdict(list)
    by_initials: defaultdict[str, list[Chain]] = defaultdict(list)
    organisations = [chain for chain in chains if chain.label == ORG]
    by_part: defaultdict[str, list[Chain]] = defaultdict(list)
    for chain in organisations:
        for part in _parts_that_name(words, chain, lexicon):
            by_part[part].append(chain)
        parts = _content_words(words, chain)
        if len(parts) > 1 and parts[-1] not in _PARTS:
            by_first[parts[0]].append(chain)
        if len(parts) > 2:
            by_initials["".join(part[0] for part in parts)].append(chain)
    gone: set[int] = set()
    for chain in organisations:
        first = chain.names[0]
        if chain.key is not None:
            continue
        text = plain(words.texts[first.start])
        if first.end - first.start != 1:
            found = by_part.get(plain(words.name(first.start, first.end)), [])
        elif words.is_acronym(first.start):
            found = by_initials.get(text.replace(".", ""), [])
        elif text in lexicon.organisation_nouns or lexicon.known.get((words.texts[first.start],)) is not None:
            continue
        else:
            found = by_first.get(text, [])
        if len(found) == 1 and found[0] is not chain and id(found[0]) not in gone:
            found[0].names += chain.names
            gone.add(id(chain))
    return [chain for chain in chains if id(chain) not in gone]


def _parts_that_name(words: Words, chain: Chain, lexicon: Lexicon) -> list[str]:
    """Parts of its longest name by which it is called: "Girl Scouts" of America, the United States "Pacific Command"."""
    name = max(chain.names, key=lambda one: one.end - one.start)
    if name.end - name.start > _LONGEST:
        return []
    of = next((i for i in range(name.start + 2, name.end) if words.lowers[i] == "of"), None)
    country = lexicon.known.match(words.texts, name.start, name.end)
    spans = [] if of is None else [(name.start, of)]
    if country is not None and country[1].country and name.end - country[0] > 1:
        spans.append((country[0], name.end))
    return [plain(words.name(start, end)) for start, end in spans]


def _content_words(words: Words, chain: Chain) -> list[str]:
    """The words of its longest name, but for small ones."""
    longest = max((words.name(name.start, name.end) for name in chain.names), key=len)
    return [part for part in plain(longest).replace("-", " ").split() if part not in _SMALL]


def _fullest(words: Words, chain: Chain) -> str:
    """The fullest name: of a country its noun, not its adjective; else the one of most words, then the longest."""
    names = [name for name in chain.names if name.label == chain.label] or chain.names
    names = [name for name in names if not words.shouted[name.start]] or names
    texts = [words.name(name.start, name.end) for name in names]
    return texts[0] if len(texts) == 1 else max(texts, key=lambda text: (text.count(" "), len(text)))
