"""Candidates: who is in the reader's mind when a pronoun comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from copydesk_entities.chains.chain import Chain

Kind = Literal["name", "pronoun", "noun"]
DEFINITE, INDEFINITE, OWNED, BARE = range(4)
"""How somebody without a name is introduced: "the driver", "a driver", "his driver", "driver"."""


@dataclass(eq=False)
class Stranger(Chain):
    """Somebody without a name. A pronoun may mean them, so nobody else is sure."""

    introduced: int = DEFINITE


@dataclass(slots=True)
class Place:
    """A mention with what the parse and the layout say of it.

    Attributes:
        start, end: its words. kind: what stands there.
        token, role, clause, depth, listed: see `Syntax`.
        sentence: number of its sentence, of those that the story tells. line: number of its line.
        quotation: the quotation that it stands in, or -1.
        speaks: whether it is the subject of a verb of speech.
        before: what the word before it is, as a code.
    """

    chain: Chain
    start: int
    end: int
    kind: Kind
    token: int
    role: int
    clause: int
    depth: int
    listed: bool
    sentence: int
    line: int
    quotation: int
    speaks: bool
    before: int


@dataclass(slots=True)
class Candidate:
    """Somebody whom a pronoun may mean, as the story has shown him or her so far."""

    chain: Chain
    last: Place
    """The latest mention; the next one where there was none."""
    count: int = 1
    by_name: int = 1
    first: int = 0
    """The sentence of the first mention."""
    subjects: int = 0
    """How often a subject."""
    gender: str | None = None
    """What pronouns told: m or f."""
    spoke: int = -1
    """Where it was last the subject of a verb of speech."""


class Recent:
    """Everybody mentioned so far, those mentioned last at the end."""

    def __init__(self) -> None:
        self._by_chain: dict[int, Candidate] = {}

    def add(self, place: Place) -> None:
        """Note a mention."""
        key = id(place.chain)
        known = self._by_chain.pop(key, None)
        subject = place.role <= 1
        if known is None:
            known = Candidate(place.chain, place, 1, place.kind == "name", place.sentence, subject)
        else:
            known.last = place
            known.count += 1
            known.by_name += place.kind == "name"
            known.subjects += subject
        if place.speaks and place.quotation < 0:
            known.spoke = place.start
        self._by_chain[key] = known

    def get(self, chain: Chain) -> Candidate | None:
        """Who was mentioned before."""
        return self._by_chain.get(id(chain))

    def backwards(self) -> Iterator[Candidate]:
        """All, those mentioned last first."""
        return reversed(self._by_chain.values())
