"""Who says it: the source of a cue, read from the parse."""

from __future__ import annotations

from copydesk_quotes.reading import grammar, relations
from copydesk_quotes.reading.tree import Piece, Tree

_CLIMB = frozenset({"xcomp", "conj", "advcl", "parataxis", "ccomp", "acl", "dep"})
_STEPS = 5
"""How far a verb without a subject is followed up to one that has it."""

_CUT_OFF = relations.CLAUSES_OF_NOUNS | {"parataxis", "advcl", "ccomp"}


def source_of(tree: Tree, cue: int) -> int | None:
    """The head of the source of what `cue` reports; None where nobody is named."""
    if tree.lower[cue] == "according":
        return _according(tree, cue)
    if tree.pos[cue] in ("NOUN", "PROPN"):
        return _of_noun(tree, cue)
    return _of_verb(tree, cue)


def _according(tree: Tree, cue: int) -> int | None:
    if tree.deps[cue] in ("case", "mark"):
        return tree.heads[cue]
    for preposition, word, _ in grammar.complements(tree, cue):
        if preposition == "to":
            return word
    preposition_below = grammar.child_of(tree, cue, ("prep",))
    return None if preposition_below is None else grammar.child_of(tree, preposition_below, ("pobj",))


def _of_verb(tree: Tree, cue: int) -> int | None:
    if grammar.is_passive(tree, cue):
        return grammar.agent_of(tree, cue)
    token = cue
    for _ in range(_STEPS):
        subject = grammar.subject_of(tree, token)
        if subject is not None:
            return None if tree.tags[subject] == "EX" else subject
        head, dep = tree.heads[token], tree.deps[token]
        if head == token:
            return None
        if dep in relations.CLAUSES_OF_NOUNS:
            return head
        if dep == "amod" and tree.tags[token] in ("VBG", "VBN"):
            return head
        if dep == "xcomp" and tree.pos[head] in ("VERB", "AUX"):
            patient = grammar.object_of(tree, head)
            if patient is not None and grammar.subject_of(tree, head) is not None and token > patient:
                return patient
        if dep not in _CLIMB:
            return None
        if tree.pos[head] in ("NOUN", "PROPN") and dep in ("conj", "dep"):
            return None
        token = head
    return None


def _of_noun(tree: Tree, cue: int) -> int | None:
    possessor = grammar.possessor_of(tree, cue)
    if possessor is not None:
        return possessor
    for preposition, word, phrase in grammar.complements(tree, cue):
        if preposition in ("by", "from") and phrase > cue:
            return word
    head, dep = tree.heads[cue], tree.deps[cue]
    if dep in relations.OBJECTS or dep in relations.OBLIQUES or dep == "pobj":
        verb = tree.heads[head] if dep == "pobj" else head
        if tree.pos[verb] in ("VERB", "AUX"):
            return _of_verb(tree, verb)
    for child in tree.children[cue]:
        if tree.deps[child] in ("compound", "amod", "nmod:desc") and tree.pos[child] == "PROPN":
            return child
    return None


def source_span(tree: Tree, head: int, avoid: int) -> Piece:
    """The words of a source: its phrase without relative clauses, and without the cue, the word `avoid`."""
    if avoid == head:
        return head, head + 1
    left, right = tree.subtree(head)
    for child in tree.children[head]:
        if tree.deps[child] in _CUT_OFF:
            if child > head:
                right = min(right, tree.left[child])
            else:
                left = max(left, tree.right[child] + 1)
    if avoid > head:
        right = min(right, avoid)
    else:
        left = max(left, avoid + 1)
    while right - 1 > head and _is_edge(tree, right - 1, ("cc", "mark")):
        right -= 1
    while left < head and _is_edge(tree, left, ("case", "cc", "fixed")):
        left += 1
    return min(left, head), max(right, head + 1)


def _is_edge(tree: Tree, token: int, deps: tuple[str, ...]) -> bool:
    return tree.deps[token] in deps or tree.is_punct(token) or tree.is_space(token)
