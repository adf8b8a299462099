"""Linking: which names in a document name the same person, organisation or place.

By the strings of the names alone, never through pronouns. A chain is the names of one entity.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from copydesk_entities.board import Board, Name
from copydesk_entities.labels import LOC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.words import PARTICLES, Words

_SUFFIXES = word_set("name_suffixes")
_LEGAL_FORMS = word_set("legal_forms")


@dataclass(eq=False)
class Chain:
    """The names of one entity, in order of place."""

    label: str
    names: list[Name] = field(default_factory=list)
    full: str = ""
    """Its fullest name."""
    key: str | None = None
    """The key of the word lists, for countries and well-known organisations."""
    link: str | None = None
    gender: str | None = None


def plain(text: str) -> str:
    """A name as it is compared: without accents, case and differences of typing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("‘", "'"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def _sound(text: str) -> str:
    """A given name or surname without what transliterations differ in: Sergey, Sergei; Mohammed, Mohamed."""
    for old, new in (
        ("ey", "i"),
        ("ei", "i"),
        ("iy", "i"),
        ("y", "i"),
        ("kh", "h"),
        ("ph", "f"),
        ("w", "v"),
        ("ou", "u"),
        ("x", "ks"),
    ):
        text = text.replace(old, new)
    return "".join(c for i, c in enumerate(text) if i == 0 or c != text[i - 1])


class PersonName:
    """A person's name in parts.

    Attributes:
        given: the names before the surname, plain. surname: with its particles, plain.
        last: the surname without them.
    """

    __slots__ = ("given", "last", "parts", "surname")

    def __init__(self, text: str) -> None:
        parts = [part.strip(".,") for part in plain(text).split()]
        parts = [part for part in parts if part]
        while len(parts) > 1 and parts[-1] in _SUFFIXES:
            parts.pop()
        self.parts = tuple(parts)
        first = len(parts) - 1
        while first > 1 and parts[first - 1] in PARTICLES:
            first -= 1
        if first == 1 and len(parts) > 1 and parts[0] in PARTICLES:
            first = 0
        first = max(first, 0)
        self.surname = " ".join(parts[first:])
        self.last = parts[-1].removeprefix("al-").removeprefix("el-") if parts else ""
        self.given = tuple(parts[:first])

    def is_short_for(self, full: PersonName) -> bool:
        """Whether this bare name is the surname of a full one, or the family name that comes first."""
        if self.given or not full.given:
            return False
        if self.surname in {full.surname, full.last} or self.last == full.last:
            return True
        # "Kim" for "Kim Jong-un": a family name first, and a given name with a hyphen.
        return len(full.parts) == 2 and self.surname == full.parts[0] and "-" in full.parts[1]

    def is_given_name_of(self, full: PersonName) -> bool:
        """Whether this bare name is the given name of a full one."""
        return not self.given and bool(full.given) and self.surname == full.given[0]

    def agrees(self, other: PersonName) -> bool:
        """Whether two full names can be one person's: same surname, and given names that do not differ."""
        if _sound(self.last) != _sound(other.last):
            return False
        short, long = sorted((self.parts, other.parts), key=len)
        if len(short) > 1 and long[-len(short) :] == short:
            # Words that are no name before one: "Scientologist Tom Cruise".
            return True
        if self.given and other.given and _sound(self.given[0]) != _sound(other.given[0]):
            initial, name = sorted((self.given[0], other.given[0]), key=len)
            return len(initial) == 1 and name.startswith(initial)
        rest, others = self.given[1:], other.given[1:]
        return not rest or not others or all(_initial_agrees(a, b) for a, b in zip(rest, others, strict=False))


def _initial_agrees(a: str, b: str) -> bool:
    return _sound(a) == _sound(b) or ((len(a) == 1 or len(b) == 1) and a[0] == b[0])


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
    chains += _link_people(words, people, genders, lexicon.genders)
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
    """Join "Amnesty" to "Amnesty International" where the story has one organisation that begins so; initials too."""
    by_first: dict[str, list[Chain]] = defaultdict(list)
    by_initials: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains:
        if chain.label != ORG:
            continue
        long = max((words.name(name.start, name.end) for name in chain.names), key=len)
        parts = [
            part
            for part in plain(long).replace("-", " ").split()
            if part not in {"of", "the", "for", "and", "&", "on", "in"}
        ]
        if len(parts) > 1:
            by_first[parts[0]].append(chain)
        if len(parts) > 2:
            by_initials["".join(part[0] for part in parts)].append(chain)
    gone: set[int] = set()
    for chain in chains:
        first = chain.names[0]
        if chain.label != ORG or first.end - first.start != 1 or chain.key is not None:
            continue
        text = plain(words.texts[first.start])
        if words.is_acronym(first.start):
            found = by_initials.get(text.replace(".", ""), [])
        elif text in lexicon.organisation_nouns or lexicon.known.get((words.texts[first.start],)) is not None:
            found = []
        else:
            found = by_first.get(text, [])
        if len(found) == 1 and found[0] is not chain and id(found[0]) not in gone:
            found[0].names += chain.names
            gone.add(id(chain))
    return [chain for chain in chains if id(chain) not in gone]


def _link_people(
    words: Words, people: list[Name], genders: dict[int, str], given_genders: dict[str, str]
) -> list[Chain]:
    people = sorted(people, key=lambda name: name.start)
    parsed = {id(name): PersonName(words.name(name.start, name.end)) for name in people}
    chains: list[Chain] = []
    by_last: dict[str, list[Chain]] = defaultdict(list)
    by_part: dict[str, list[Chain]] = defaultdict(list)
    of: dict[int, Chain] = {}
    # Full names first, wherever they stand: a headline has the surname before the story has the name.
    for name in people:
        full = parsed[id(name)]
        if not full.given:
            continue
        gender = genders.get(name.start) or given_genders.get(words.texts[name.start])
        fits = [
            chain
            for chain in by_last[_sound(full.last)]
            if all(full.agrees(parsed[id(other)]) for other in chain.names) and not _conflict(chain.gender, gender)
        ]
        if len(fits) == 1:
            chain = fits[0]
        else:
            chain = Chain(PERSON)
            chains.append(chain)
            by_last[_sound(full.last)].append(chain)
            for part in {full.last, full.surname, full.parts[0]}:
                by_part[part].append(chain)
        chain.names.append(name)
        chain.gender = chain.gender or gender
        of[id(name)] = chain
    bare: dict[str, Chain] = {}
    latest: dict[int, int] = {}
    for name in people:
        short = parsed[id(name)]
        if short.given:
            latest[id(of[id(name)])] = name.start
            continue
        gender = genders.get(name.start)
        owner = _owner(
            short,
            [*by_part.get(short.last, ()), *(by_part.get(short.surname, ()) if short.surname != short.last else ())],
            parsed,
            latest,
            gender=gender,
        )
        chain = owner or bare.get(short.surname) or Chain(PERSON)
        if not chain.names:
            bare[short.surname] = chain
            chains.append(chain)
        chain.names.append(name)
        chain.gender = chain.gender or gender
        latest[id(chain)] = name.start
    return chains


def _owner(
    short: PersonName,
    chains: list[Chain],
    parsed: dict[int, PersonName],
    latest: dict[int, int],
    *,
    gender: str | None,
) -> Chain | None:
    """Whose short name this is: a surname before a given name, and of several people the one named last."""
    unique = list({id(chain): chain for chain in chains}.values())
    for fits in (PersonName.is_short_for, PersonName.is_given_name_of):
        found = [
            chain
            for chain in unique
            if any(fits(short, parsed[id(full)]) for full in chain.names[:1]) and not _conflict(chain.gender, gender)
        ]
        if gender is not None and len(found) > 1:
            found = [chain for chain in found if chain.gender == gender] or found
        if len(found) == 1:
            return found[0]
        if found:
            before = [chain for chain in found if id(chain) in latest]
            if before:
                return max(before, key=lambda chain: latest[id(chain)])
            return max(found, key=lambda chain: (len(chain.names), -chain.names[0].start))
    return None


def _conflict(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b


def _fullest(words: Words, chain: Chain) -> str:
    """The fullest name: of a country its noun, not its adjective; else the one of most words, then the longest."""
    names = [name for name in chain.names if name.label == chain.label] or chain.names
    texts = [words.name(name.start, name.end) for name in names]
    return max(texts, key=lambda text: (len(text.split()), len(text)))
