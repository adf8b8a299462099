"""Who says it: the source of a cue, read from the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk_quotes import grammar

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLIMB = frozenset({"xcomp", "conj", "advcl", "parataxis", "ccomp", "acl", "dep"})
_STEPS = 5
"""How far a verb without a subject is followed up to one that has it."""


def source_of(cue: Token) -> Token | None:
    """The head of the source of what `cue` reports; None where nobody is named."""
    if cue.lower_ == "according":
        return _according(cue)
    if cue.pos_ in ("NOUN", "PROPN"):
        return _of_noun(cue)
    return _of_verb(cue)


def _according(cue: Token) -> Token | None:
    if cue.dep_ in ("case", "mark"):
        return cue.head
    for preposition, word, _phrase in grammar.complements(cue):
        if preposition == "to":
            return word
    for child in cue.children:
        if child.dep_ == "prep":
            return grammar.first_child(child, "pobj")
    return None


def _of_verb(cue: Token) -> Token | None:
    if grammar.is_passive(cue):
        return grammar.agent_of(cue)
    token = cue
    for _ in range(_STEPS):
        subject = grammar.subject_of(token)
        if subject is not None:
            return None if subject.tag_ == "EX" else subject
        head = token.head
        if head is token:
            return None
        if token.dep_ in grammar.CLAUSES_OF_NOUNS:
            return head
        if token.dep_ == "amod" and token.tag_ in ("VBG", "VBN"):
            return head
        if token.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX"):
            patient = grammar.object_of(head)
            if patient is not None and grammar.subject_of(head) is not None and token.i > patient.i:
                return patient
        if token.dep_ not in _CLIMB:
            return None
        if head.pos_ in ("NOUN", "PROPN") and token.dep_ in ("conj", "dep"):
            return None
        token = head
    return None


def _of_noun(cue: Token) -> Token | None:
    possessor = grammar.possessor_of(cue)
    if possessor is not None:
        return possessor
    for preposition, word, phrase in grammar.complements(cue):
        if preposition in ("by", "from") and phrase.i > cue.i:
            return word
    head = cue.head
    if cue.dep_ in grammar.OBJECTS or cue.dep_ in grammar.OBLIQUES or cue.dep_ == "pobj":
        verb = head.head if cue.dep_ == "pobj" else head
        if verb.pos_ in ("VERB", "AUX"):
            return _of_verb(verb)
    for child in cue.children:
        if child.dep_ in ("compound", "amod", "nmod:desc") and child.pos_ == "PROPN":
            return child
    return None


def source_span(head: Token, avoid: tuple[int, int] | None = None) -> tuple[int, int]:
    """The words of a source, as token indexes: its phrase without relative clauses, and without the words in `avoid`."""
    left, right = head.left_edge.i, head.right_edge.i + 1
    for child in head.children:
        if child.dep_ in grammar.CLAUSES_OF_NOUNS or child.dep_ in ("parataxis", "advcl", "ccomp"):
            if child.i > head.i:
                right = min(right, child.left_edge.i)
            else:
                left = max(left, child.right_edge.i + 1)
    doc = head.doc
    if avoid is not None:
        start, end = avoid
        if start <= head.i < end:
            return head.i, head.i + 1
        if start > head.i:
            right = min(right, start)
        else:
            left = max(left, end)
    while right - 1 > head.i and (
        doc[right - 1].is_punct or doc[right - 1].is_space or doc[right - 1].dep_ in ("cc", "mark")
    ):
        right -= 1
    while left < head.i and (doc[left].is_punct or doc[left].is_space or doc[left].dep_ in ("case", "cc", "fixed")):
        left += 1
    return min(left, head.i), max(right, head.i + 1)
