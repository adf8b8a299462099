"""The board: the names of a document while rules place, change and remove them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from copydesk_entities.lexicon import Known, Lexicon, word_set
from copydesk_entities.text.words import POSSESSIVES, Words

_ARTICLES = frozenset(("the", "a", "an"))
_PREFIXES = word_set("prefixes_of_names")
_EDGE = frozenset("'’()[]{},.;:!?-–—/*•|")


@dataclass(slots=True, eq=False)
class Name:
    """A name at words [start, end)."""

    start: int
    end: int
    label: str
    known: Known | None = None
    link: str | None = None
    fixed: bool = False
    """The user's own patterns: no rule changes them."""
    short_for: Name | None = None
    """The full name that this acronym stands for."""


@dataclass(slots=True)
class Board:
    """The names of a document: none overlaps another."""

    words: Words
    names: list[Name | None] = field(default_factory=list)
    _owner: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._owner = [-1] * len(self.words)

    def __iter__(self) -> Iterator[Name]:
        return (name for name in self.names if name is not None)

    def at(self, i: int) -> Name | None:
        """The name that holds word `i`."""
        return self.names[self._owner[i]] if 0 <= i < len(self._owner) and self._owner[i] >= 0 else None

    def free(self, start: int, end: int) -> bool:
        """Whether no name holds a word of [start, end)."""
        return all(owner < 0 for owner in self._owner[start:end])

    def place(self, name: Name) -> bool:
        """Put a name in the place of all that it overlaps; not where one of those is fixed."""
        if name.end <= name.start:
            return False
        owners = {owner for owner in self._owner[name.start : name.end] if owner >= 0}
        if any(other is not None and other.fixed for other in map(self.names.__getitem__, owners)):
            return False
        for owner in owners:
            self._lift(owner)
        self._owner[name.start : name.end] = [len(self.names)] * (name.end - name.start)
        self.names.append(name)
        return True

    def remove(self, name: Name) -> None:
        """Take a name off."""
        if not name.fixed:
            self._lift(self._owner[name.start])

    def resize(self, name: Name, start: int, end: int) -> None:
        """Move the edges of a name, over other names if need be."""
        if name.fixed or (start, end) == (name.start, name.end):
            return
        self.remove(name)
        name.start, name.end = start, end
        self.place(name)

    def _lift(self, owner: int) -> None:
        name = self.names[owner]
        if name is not None:
            self._owner[name.start : name.end] = [-1] * (name.end - name.start)
            self.names[owner] = None

    def in_order(self) -> list[Name]:
        """The names by place."""
        return sorted(self, key=lambda name: name.start)


def edges(words: Words, start: int, end: int) -> tuple[int, int]:
    """The edges of a name without articles, possessives, marks, and a prefix: "anti-NATO" names NATO."""
    if end - start > 2 and words.texts[start] in _PREFIXES and words.texts[start + 1] == "-":
        start += 2
    while start < end and (words.mark[start] or words.lowers[start] in _ARTICLES or words.texts[start] in _EDGE):
        start += 1
    while end > start and (
        words.mark[end - 1]
        or words.lowers[end - 1] in POSSESSIVES
        or (words.texts[end - 1] in _EDGE and not (words.texts[end - 1] == "." and _keeps_stop(words, start, end)))
    ):
        end -= 1
    return start, end


def _keeps_stop(words: Words, start: int, end: int) -> bool:
    """Whether the full stop that ends a name belongs to it: "Inc.", "Jr."."""
    return (
        end - start > 1 and words.joined(end - 1) and words.lowers[end - 2] in {"inc", "corp", "co", "ltd", "jr", "sr"}
    )


def known_at(words: Words, lexicon: Lexicon, start: int, end: int) -> Known | None:
    """What the word lists know of exactly these words; a shouted line is read as if it were not."""
    found = lexicon.known.get(tuple(words.texts[start:end]))
    if found is None and words.shouted[start]:
        found = lexicon.known.get(tuple(text.capitalize() for text in words.texts[start:end]))
    return found


def title_end(words: Words, lexicon: Lexicon, at: int, limit: int) -> int | None:
    """The end of the title that begins at a word: courtesy title, rank, office or occupation."""
    ends = [
        found[0]
        for book in (lexicon.ranks, lexicon.offices)
        if (found := book.match(words.lowers, at, limit)) is not None
    ]
    if words.lowers[at] in lexicon.courtesy:
        stop = at + 1 < limit and words.texts[at + 1] == "." and words.joined(at + 1)
        ends.append(at + 2 if stop else at + 1)
    return max(ends, default=None)
