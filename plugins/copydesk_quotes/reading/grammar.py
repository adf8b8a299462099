"""Reading a dependency parse in either label scheme: Universal Dependencies, or that of spaCy's own English models."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from copydesk_quotes.reading.relations import (
    HEADS_OF_PHRASES,
    NEGATION,
    OBJECT,
    OBJECTS,
    PASSIVE,
    PHRASE,
    POSSESSOR,
    POSSESSORS,
    PREPOSITIONS,
    SUBJECT,
    SUBJECTS,
)
from copydesk_quotes.reading.tree import Tree


def complements(tree: Tree, token: int) -> Iterator[tuple[str, int, int]]:
    """The prepositional complements of a token: the preposition, the noun or clause, and what stands for the whole phrase.

    In Universal Dependencies the noun carries the preposition (``case``); in spaCy's scheme it hangs below it.
    A preposition of several words is joined by spaces ("according to"). White space is none, whatever a parser says.
    """
    if not tree.relations[token] & PHRASE:
        return
    deps, children = tree.deps, tree.children
    for child in children[token]:
        dep = deps[child]
        if dep in PREPOSITIONS:
            if not tree.is_space(child):
                for preposition, word in _below(tree, child, tree.lower[child]):
                    yield preposition, word, child
        elif dep in HEADS_OF_PHRASES:
            for case in children[child]:
                if case >= child:
                    break
                if deps[case] in ("case", "mark") and not tree.is_space(case):
                    fixed = [
                        tree.lower[word] for word in children[case] if deps[word] == "fixed" and not tree.is_space(word)
                    ]
                    yield " ".join([tree.lower[case], *fixed]), child, child
                    break


def _below(tree: Tree, preposition: int, name: str) -> Iterator[tuple[str, int]]:
    for child in tree.children[preposition]:
        if tree.deps[child] in ("pobj", "pcomp"):
            yield name, child
        elif tree.deps[child] == "prep" and child == tree.next_word(preposition):
            yield from _below(tree, child, f"{name} {tree.lower[child]}")


def child_of(tree: Tree, token: int, deps: Collection[str]) -> int | None:
    """Its first child with one of these labels."""
    for child in tree.children[token]:
        if tree.deps[child] in deps:
            return child
    return None


def subject_of(tree: Tree, token: int) -> int | None:
    """Its subject, or None."""
    return child_of(tree, token, SUBJECTS) if tree.relations[token] & SUBJECT else None


def object_of(tree: Tree, token: int) -> int | None:
    """Its direct object, or None."""
    return child_of(tree, token, OBJECTS) if tree.relations[token] & OBJECT else None


def possessor_of(tree: Tree, token: int) -> int | None:
    """Whose it is: "Warren's remarks", "their claim"."""
    return child_of(tree, token, POSSESSORS) if tree.relations[token] & POSSESSOR else None


def is_passive(tree: Tree, token: int) -> bool:
    """Whether a verb stands in the passive voice: by its subject or auxiliary."""
    return tree.relations[token] & PASSIVE != 0


def is_negated(tree: Tree, token: int) -> bool:
    """Whether a negation hangs on the token."""
    return tree.relations[token] & NEGATION != 0


def agent_of(tree: Tree, token: int) -> int | None:
    """Who does it, in the passive voice: "by X"."""
    for child in tree.children[token]:
        dep = tree.deps[child]
        if dep == "obl:agent":
            return child
        if dep == "agent":
            word = child_of(tree, child, ("pobj",))
            if word is not None:
                return word
        elif dep == "obl" and any(
            tree.lower[case] == "by" for case in tree.children[child] if tree.deps[case] == "case"
        ):
            return child
    return None
