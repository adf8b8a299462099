"""Reading a dependency parse in either label scheme: Universal Dependencies, or that of spaCy's own English models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass", "csubj", "csubj:pass", "csubjpass"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass"})
OBJECTS = frozenset({"obj", "dobj"})
POSSESSORS = frozenset({"nmod:poss", "poss"})
RELATIVE_CLAUSES = frozenset({"acl:relcl", "relcl"})
CLAUSES_OF_NOUNS = frozenset({"acl", "acl:relcl", "relcl"})
OBLIQUES = frozenset(
    {"obl", "obl:agent", "obl:npmod", "obl:tmod", "obl:unmarked", "nmod", "nmod:desc", "nmod:unmarked"}
)
PREPOSITIONS = frozenset({"prep", "agent", "dative"})
PUNCTUATION = frozenset({"punct"})


def complements(token: Token) -> Iterator[tuple[str, Token, Token]]:
    """The prepositional complements of a token: the preposition, the noun or clause, and what stands for the whole phrase.

    In Universal Dependencies the noun carries the preposition (``case``); in spaCy's scheme it hangs below it.
    A preposition of several words is joined by spaces ("according to"). White space is none, whatever a parser says.
    """
    for child in token.children:
        dep = child.dep_
        if dep in PREPOSITIONS and not child.is_space:
            for preposition, word in _below(child, child.lower_):
                yield preposition, word, child
        elif dep in OBLIQUES or dep == "advcl":
            cases = [
                case
                for case in child.children
                if case.dep_ in ("case", "mark") and case.i < child.i and not case.is_space
            ]
            if cases:
                fixed = [word.lower_ for word in cases[0].children if word.dep_ == "fixed" and not word.is_space]
                yield " ".join([cases[0].lower_, *fixed]), child, child


def _below(preposition: Token, name: str) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield name, child
        elif child.dep_ == "prep" and child.i == preposition.i + 1 and not child.is_space:
            yield from _below(child, f"{name} {child.lower_}")


def subject_of(token: Token) -> Token | None:
    """Its subject, or None."""
    for child in token.children:
        if child.dep_ in SUBJECTS:
            return child
    return None


def object_of(token: Token) -> Token | None:
    """Its direct object, or None."""
    for child in token.children:
        if child.dep_ in OBJECTS:
            return child
    return None


def is_passive(token: Token) -> bool:
    """Whether a verb stands in the passive voice: by its subject or auxiliary."""
    return any(child.dep_ in PASSIVE_SUBJECTS or child.dep_ in ("aux:pass", "auxpass") for child in token.children)


def is_negated(token: Token) -> bool:
    """Whether a negation hangs on the token."""
    return any(child.dep_ == "neg" or child.lower_ in ("not", "n't", "n’t", "never") for child in token.children)


def agent_of(token: Token) -> Token | None:
    """Who does it, in the passive voice: "by X"."""
    for child in token.children:
        if child.dep_ == "obl:agent":
            return child
        if child.dep_ == "agent":
            for word in child.children:
                if word.dep_ == "pobj":
                    return word
        elif child.dep_ == "obl" and any(case.lower_ == "by" for case in child.children if case.dep_ == "case"):
            return child
    return None


def possessor_of(token: Token) -> Token | None:
    """Whose it is: "Warren's remarks", "their claim"."""
    for child in token.children:
        if child.dep_ in POSSESSORS:
            return child
    return None


def first_child(token: Token, *deps: str) -> Token | None:
    """Its first child with one of these labels."""
    for child in token.children:
        if child.dep_ in deps:
            return child
    return None
