"""What the parse tells of a word: its role, its clause, and how two words of one sentence lie to each other.

Both label schemes are read: Universal Dependencies, and that of spaCy's English models.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from copydesk_entities.text.words import Words

SUBJECT, PASSIVE, OBJECT, OBLIQUE, NOMINAL, POSSESSOR, APPOSED, ROOT, OTHER = range(9)
"""Roles. NOMINAL: behind a preposition that belongs to a noun."""
ROLES: Final = 9
ELSEWHERE, IN_POSSESSED, IN_CONTAINED, IN_RELATIVE, BESIDE_SUBJECT, BESIDE, BELOW_SUBJECT, BELOW, ABOVE, APART = range(
    10
)
"""How a pronoun lies to a mention. ELSEWHERE: in another sentence. IN_POSSESSED: the mention is in the phrase that
the pronoun owns ("his brother John"). IN_CONTAINED, IN_RELATIVE: the pronoun is in the phrase of the mention, or in a
relative clause of it. BESIDE: in one clause. BELOW: in a clause below that of the mention; ABOVE: in one above it."""
RELATIONS: Final = 10

_ROLE_OF = {
    "nsubj": SUBJECT, "nsubj:outer": SUBJECT, "csubj": SUBJECT, "expl": SUBJECT,
    "nsubj:pass": PASSIVE, "nsubjpass": PASSIVE,
    "obj": OBJECT, "dobj": OBJECT, "iobj": OBJECT, "dative": OBJECT,
    "obl": OBLIQUE, "obl:agent": OBLIQUE, "obl:npmod": OBLIQUE, "obl:unmarked": OBLIQUE, "agent": OBLIQUE,
    "nmod": NOMINAL,
    "nmod:poss": POSSESSOR, "poss": POSSESSOR,
    "appos": APPOSED,
    "root": ROOT, "ROOT": ROOT,
}  # fmt: skip
_CLAUSES = frozenset(
    ("root", "ROOT", "ccomp", "advcl", "advcl:relcl", "acl", "acl:relcl", "relcl", "csubj", "csubj:pass", "csubjpass",
     "parataxis", "pcomp")
)  # fmt: skip
_RELATIVE = frozenset(("acl", "acl:relcl", "relcl"))
_PART_OF_NAME = frozenset(("flat", "flat:name", "compound"))
_CLIMB = 12
"""How far up a tree is looked."""


class Syntax:
    """The tree of a document, read at single words."""

    def __init__(self, words: Words) -> None:
        parse = words.parse
        self._token, self._first_word = words.token, words.first_word
        self._deps, self._tags = parse.deps, parse.tags
        self._heads: list[int] = parse.heads.tolist()
        self._above: dict[int, list[int]] = {}

    def head_of(self, start: int, end: int) -> int:
        """The token on which a phrase, words [start, end), hangs: that of the title where it is part of a title's phrase."""
        first, last = self._token[start], self._token[end - 1]
        token = next((t for t in range(first, last + 1) if not first <= self._heads[t] <= last), last)
        for _ in range(3):
            head, dep = self._heads[token], self._deps[token]
            joined = dep in _PART_OF_NAME or (dep == "appos" and head == first - 1)
            if head == token or not joined or not self._tags[head].startswith("NN"):
                break
            token = head
        return token

    def role(self, token: int) -> int:
        """The role of a token; of a later member of a list, that of the first."""
        dep = self._deps[token]
        for _ in range(_CLIMB):
            if dep != "conj":
                break
            token = self._heads[token]
            dep = self._deps[token]
        if dep == "pobj":
            above = self._heads[self._heads[token]]
            return NOMINAL if self._tags[above].startswith("NN") else OBLIQUE
        return _ROLE_OF.get(dep, OTHER)

    def listed(self, token: int) -> bool:
        """Whether it is a later member of a list."""
        return self._deps[token] == "conj"

    def clause(self, token: int) -> int:
        """The predicate of the clause that a token is in."""
        for _ in range(_CLIMB):
            head, dep = self._heads[token], self._deps[token]
            if head == token or dep in _CLAUSES or (dep == "conj" and self._tags[token].startswith("VB")):
                return token
            token = head
        return token

    def above(self, token: int) -> list[int]:
        """The heads over a token, the nearest first."""
        found = self._above.get(token)
        if found is not None:
            return found
        heads, at = self._heads, token
        found = self._above[token] = []
        for _ in range(_CLIMB):
            head = heads[at]
            if head == at:
                break
            found.append(head)
            at = head
        return found

    def owned(self, token: int) -> int | None:
        """What a possessive owns."""
        return self._heads[token] if _ROLE_OF.get(self._deps[token]) == POSSESSOR else None

    def is_modified_by(self, noun: int, token: int) -> bool:
        """Whether a token stands in a relative clause of a noun, or in one of its participles."""
        while token != noun:
            if self._deps[token] in _RELATIVE and self._heads[token] == noun:
                return True
            head = self._heads[token]
            if head == token:
                return False
            token = head
        return False

    def noun_of_relative(self, token: int) -> int | None:
        """The noun of whose relative clause a token is a part."""
        predicate = self.clause(token)
        return self._heads[predicate] if self._deps[predicate] in _RELATIVE else None

    def subjects_over(self, token: int) -> Iterator[int]:
        """The subjects of the clause that a token is in and of those above it, the nearest first; never the token itself."""
        for _ in range(_CLIMB):
            subject = self._subjects.get(token)
            if subject is not None:
                yield subject
            head = self._heads[token]
            if head == token:
                return
            token = head

    @cached_property
    def _subjects(self) -> dict[int, int]:
        """By predicate, its subject."""
        of = {dep for dep in set(self._deps) if _ROLE_OF.get(dep) in {SUBJECT, PASSIVE}}
        return {self._heads[token]: token for token, dep in enumerate(self._deps) if dep in of}
