"""Linking people: a surname, a rank with a surname and a full name are one; people of one family are not."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from copydesk_entities.chains.chain import Chain, plain
from copydesk_entities.labels import PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Name
from copydesk_entities.text.words import PARTICLES, Words

_SUFFIXES = word_set("name_suffixes")
_MOST = 40
"""People of one surname, and ways to write one name, that are compared: no story has more, and time stays linear."""


@lru_cache(maxsize=10_000)
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
        last: the surname without them. suffix: "jr", "sr", "iii", or nothing.
    """

    __slots__ = ("given", "last", "parts", "suffix", "surname")

    def __init__(self, text: str, *, given_first: bool = False) -> None:
        """Take a name apart; `given_first` where its first word is a given name, whatever else that is: "Al Gore"."""
        parts = [part.strip(".,") for part in plain(text).split()]
        parts = [part for part in parts if part]
        self.suffix = ""
        while len(parts) > 1 and parts[-1] in _SUFFIXES:
            self.suffix = parts.pop()
        self.parts = tuple(parts)
        first = len(parts) - 1
        while first > 1 and parts[first - 1] in PARTICLES:
            first -= 1
        if first == 1 and parts[0] in PARTICLES and not given_first:
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
        if self.suffix != other.suffix and "sr" in {self.suffix, other.suffix}:
            return False  # who is told apart from a son
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


class _Person:
    """A chain of a person that grows, with the ways in which the name is written in full."""

    __slots__ = ("chain", "fulls", "latest", "seen")

    def __init__(self) -> None:
        self.chain = Chain(PERSON)
        self.fulls: list[PersonName] = []
        self.latest = -1
        """Where the person was last named, of the names looked at so far."""
        self.seen = 0
        """How many of those name the person."""

    def see(self, start: int) -> None:
        self.latest = start
        self.seen += 1

    def fits(self, full: PersonName, gender: str | None) -> bool:
        return not _conflict(self.chain.gender, gender) and all(full.agrees(other) for other in self.fulls)

    def add(self, name: Name, gender: str | None, full: PersonName | None = None) -> None:
        self.chain.names.append(name)
        self.chain.gender = self.chain.gender or gender
        if full is not None and len(self.fulls) < _MOST and all(full.parts != other.parts for other in self.fulls):
            self.fulls.append(full)


def link_people(words: Words, people: list[Name], genders: dict[int, str], lexicon: Lexicon) -> list[Chain]:
    """The chains of the people named.

    Args:
        words: the document.
        people: the names.
        genders: by the first word of a name, the gender that a title before it tells.
        lexicon: the word lists, for given names and the gender that they tell.
    """
    parsed = [
        (
            name,
            PersonName(words.name(name.start, name.end), given_first=words.texts[name.start] in lexicon.weak_genders),
        )
        for name in sorted(people, key=lambda name: name.start)
    ]
    by_last: dict[str, list[_Person]] = defaultdict(list)
    by_part: dict[str, list[_Person]] = defaultdict(list)
    found: list[_Person] = []
    of: dict[int, _Person] = {}
    # Full names first, wherever they stand: a headline has the surname before the story has the name.
    for name, full in parsed:
        if not full.given:
            continue
        gender = genders.get(name.start) or lexicon.genders.get(words.texts[name.start])
        same_surname = by_last[_sound(full.last)]
        fits = [person for person in same_surname[-_MOST:] if person.fits(full, gender)]
        if len(fits) == 1:
            person = fits[0]
        else:
            person = _Person()
            found.append(person)
            same_surname.append(person)
            for part in sorted({full.last, full.surname, full.parts[0]}):
                by_part[part].append(person)
        person.add(name, gender, full)
        of[id(name)] = person
    bare: dict[str, _Person] = {}
    for name, short in parsed:
        known = of.get(id(name))
        if known is not None:
            known.see(name.start)
            continue
        gender = genders.get(name.start)
        candidates = by_part.get(short.last, [])[-_MOST:]
        if short.surname != short.last:
            candidates = candidates + by_part.get(short.surname, [])[-_MOST:]
        owner = _owner(words, name, short, candidates, gender) or bare.get(short.surname)
        if owner is None:
            owner = bare[short.surname] = _Person()
            found.append(owner)
        owner.add(name, gender)
        owner.see(name.start)
    return [person.chain for person in found]


def _owner(
    words: Words, name: Name, short: PersonName, candidates: list[_Person], gender: str | None
) -> _Person | None:
    """Whose short name this is: a surname before a given name.

    Of several people it is the one named last in its paragraph, else the one whom the story named most so far: a
    brother who is named once keeps his given name.
    """
    for fits in (PersonName.is_short_for, PersonName.is_given_name_of):
        found = [
            person
            for person in dict.fromkeys(candidates)
            if fits(short, person.fulls[0]) and not _conflict(person.chain.gender, gender)
        ]
        if gender is not None and len(found) > 1:
            found = [person for person in found if person.chain.gender == gender] or found
        if found:
            last = max(found, key=lambda person: person.latest)
            if last.latest >= 0 and words.line[last.latest] == words.line[name.start]:
                return last
            # Before any of them was named, in a headline say, the one who is named most in full.
            return max(found, key=lambda person: (person.seen, person.latest, len(person.chain.names)))
    return None


def _conflict(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b
