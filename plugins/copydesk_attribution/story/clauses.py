"""Clauses: who does what, and whether the story says so as a fact; by the parse, in either label scheme.

Universal Dependencies and the scheme of spaCy's own English models are read alike. A verb is the index of its token.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Literal

from copydesk import Parse
from copydesk_attribution.wordlists import words

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass"})
OBJECTS = frozenset({"obj", "dobj"})
PREDICATES = frozenset({"attr", "acomp"})
_PASSIVE = frozenset({"nsubj:pass", "nsubjpass", "aux:pass", "auxpass"})
_HELPERS = frozenset({"aux", "aux:pass", "auxpass", "cop"})
_CONTENTS = frozenset({"ccomp", "csubj", "csubj:pass", "csubjpass"})
_RELATIVE = frozenset({"acl:relcl", "relcl"})
_PRONOUNS = frozenset({"who", "that", "which"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_NOBODY = frozenset({"no", "none", "neither", "nobody", "nor"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LEFT_OUT = _RELATIVE | {"acl", "punct", "parataxis"}
_HIGHEST = 40
_FURTHEST = 60

Stance = Literal["fact", "denied", "softened", "reported", "open"]
"""How a clause stands: told as a fact, denied, softened ("may", "allegedly"), somebody's words, or no statement."""


class Clauses:
    """The clauses of a document."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.lower, self.lemmas, self.tags, self.deps = parse.lower, parse.lemmas, parse.tags, parse.deps
        self.heads: list[int] = parse.heads.tolist()

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The tokens of each base form."""
        found: dict[str, list[int]] = {}
        for token, lemma in enumerate(self.lemmas):
            if lemma in found:
                found[lemma].append(token)
            else:
                found[lemma] = [token]
        return found

    def tokens_of(self, forms: AbstractSet[str]) -> list[int]:
        """The tokens of these base forms, in order."""
        return sorted(token for form in forms & self._places.keys() for token in self._places[form])

    def children(self, token: int) -> list[int]:
        """The tokens that hang on a token, in order; those further off than people write are left out."""
        first = max(0, token - _FURTHEST)
        return [
            place for place, head in enumerate(self.heads[first : token + _FURTHEST], first) if head == token != place
        ]

    def has_any(self, forms: AbstractSet[str]) -> bool:
        """Whether one of these base forms stands anywhere."""
        return not forms.isdisjoint(self._places)

    def child(self, token: int, deps: Collection[str]) -> int | None:
        """The first child with one of these labels."""
        return next((child for child in self.children(token) if self.deps[child] in deps), None)

    def subject(self, verb: int) -> int | None:
        """The subject of a verb: its own, that of the verb it is joined to, or what its relative clause describes."""
        for _ in range(_HIGHEST):
            found = self.child(verb, SUBJECTS)
            if found is not None and self.lower[found] in _PRONOUNS and self.deps[verb] in _RELATIVE:
                return self.heads[verb]
            if found is not None:
                return found
            if self.deps[verb] != "conj" or self.heads[verb] == verb:
                return None
            verb = self.heads[verb]
        return None

    def is_passive(self, verb: int) -> bool:
        """Whether a verb stands in the passive voice, by its own words or those of the verb it is joined to."""
        for _ in range(_HIGHEST):
            if self.child(verb, _PASSIVE) is not None:
                return True
            if (
                self.deps[verb] != "conj"
                or self.tags[verb] != "VBN"
                or self.child(verb, SUBJECTS | _HELPERS) is not None
            ):
                return False
            verb = self.heads[verb]
        return False

    def agent(self, verb: int) -> int | None:
        """Who does it, in the passive voice: "by X"."""
        for child in self.children(verb):
            if self.deps[child] == "agent":
                return self.child(child, ("pobj",))
            if self.deps[child] in ("obl", "obl:agent") and any(
                self.deps[case] == "case" and self.lower[case] == "by" for case in self.children(child)
            ):
                return child
        return None

    def doer(self, verb: int) -> int | None:
        """Who does it, in either voice."""
        return self.agent(verb) if self.is_passive(verb) else self.subject(verb)

    def target(self, verb: int) -> int | None:
        """To whom it is done, in either voice."""
        return self.subject(verb) if self.is_passive(verb) else self.child(verb, OBJECTS)

    def called(self, noun: int) -> int | None:
        """Of whom a noun or adjective is said: X in "X is a liar"."""
        if self.child(noun, ("cop",)) is not None:
            return self.subject(noun)
        return self.subject(self.heads[noun]) if self.deps[noun] in PREDICATES else None

    def possessor(self, noun: int) -> int | None:
        """Whose something is: Lee in "Lee's lies"."""
        return self.child(noun, ("nmod:poss", "poss"))

    def complement(self, token: int, preposition: str) -> int | None:
        """The noun that a preposition joins to a token: X in "allegations against X"."""
        for child in self.children(token):
            if self.deps[child] == "prep" and self.lower[child] == preposition:
                return self.child(child, ("pobj",))
            if self.deps[child] in ("nmod", "obl") and any(
                self.deps[case] == "case" and self.lower[case] == preposition for case in self.children(child)
            ):
                return child
        return None

    def named_so(self, verb: int) -> int | None:
        """What somebody is called by somebody: "a liar" in "Lee called Ray a liar"."""
        return self.child(verb, ("xcomp", "oprd"))

    def helpers(self, verb: int) -> Iterator[int]:
        """The auxiliaries of a verb."""
        return (child for child in self.children(verb) if self.deps[child] in _HELPERS)

    def is_doubted(self, verb: int) -> bool:
        """Whether a verb is negated or softened."""
        return self.is_negated(verb) or self.is_softened(verb)

    def stance(self, verb: int) -> Stance:
        """How the clause of a verb stands in its sentence."""
        verb = self.heads[verb] if self.deps[verb] in PREDICATES else verb
        if not self._is_finite(verb):
            return "open"
        if self.is_negated(verb):
            return "denied"
        if self.is_softened(verb):
            return "softened"
        return self._above(verb)

    def _is_finite(self, verb: int) -> bool:
        if self.tags[verb] in _FINITE or any(self.tags[helper] in _FINITE for helper in self.helpers(verb)):
            return True
        return (
            self.deps[verb] == "conj"
            and self.tags[verb] == "VBN"
            and self.heads[verb] < verb
            and self.is_passive(self.heads[verb])
        )

    def is_negated(self, verb: int) -> bool:
        """Whether a verb is negated, by a word of its own or by its subject: "nobody"."""
        subject = self.child(verb, SUBJECTS)
        below = self.children(subject) if subject is not None else ()
        return (
            any(self.deps[child] == "neg" or self.lower[child] in _NEGATIONS for child in self.children(verb))
            or any(self.lower[child] in _NOBODY for child in below)
            or (subject is not None and self.lower[subject] in _NOBODY)
        )

    def is_softened(self, verb: int) -> bool:
        """Whether an auxiliary or adverb takes the certainty from a verb."""
        softeners = words("softeners")
        return any(self.lower[child] in softeners for child in self.children(verb))

    def _above(self, verb: int) -> Stance:
        """What the clauses above a clause make of it, and a source that follows: "X lied, Lee said"."""
        for _ in range(_HIGHEST):
            for child in self.children(verb):
                if self.deps[child] == "parataxis" and self.lower[child] in words("speech_verbs"):
                    return "reported"
                if self.deps[child] == "mark" and self.lower[child] in ("if", "whether", "unless"):
                    return "open"
            head = self.heads[verb]
            if head == verb:
                return "fact"
            if self.deps[verb] in _CONTENTS:
                return "reported"
            verb = head
        return "open"

    def reach(self, token: int) -> tuple[int, int]:
        """The first and the last token of the phrase that hangs on a token, relative clauses and what is apposed left out."""
        first = last = token
        waiting = [token]
        while waiting:
            here = waiting.pop()
            first, last = min(first, here), max(last, here)
            waiting += [child for child in self.children(here) if self.deps[child] not in _LEFT_OUT]
        return first, last
