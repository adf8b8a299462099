"""The relay: through which outlet or document a statement came ("told France Inter", "in a statement")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from copydesk import Document, Entity, Span
from copydesk_quotes import grammar
from copydesk_quotes.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_TO_AN_OUTLET = frozenset({"to", "with"})
_IN_A_DOCUMENT = frozenset({"in", "on", "at", "via", "through", "during", "by", "from"})
_NOUN_MODIFIERS = frozenset({"with", "to", "for", "on", "by", "of", "from"})


def relay_of(cue: Token, document: Document, content: Sequence[Span]) -> tuple[Span, ...]:
    """The outlets and documents that a cue's clause names, in text order."""
    found: list[Span] = []
    for child in cue.children:
        if child.dep_ in grammar.OBJECTS or child.dep_ in ("iobj", "dative"):
            if child.i > cue.i and _is_outlet(child, document):
                found.append(_phrase(child, content, document.text))
        elif (
            child.dep_ == "obl"
            and child.i > cue.i
            and not any(w.dep_ == "case" for w in child.children)
            and _is_outlet(child, document)
        ):
            found.append(_phrase(child, content, document.text))
    for preposition, word, _ in grammar.complements(cue):
        medium = preposition in _IN_A_DOCUMENT and _is_medium(word)
        outlet = preposition in _TO_AN_OUTLET and _is_outlet(word, document)
        witness = preposition == "according to" and is_relay_source(word, document)
        if medium or outlet or witness or (preposition == "on" and _is_outlet(word, document)):
            found.append(_phrase(word, content, document.text))
    whole = _with_whole_names([span for span in found if span.start < span.end], document)
    return tuple(span for span in whole if not any(span.overlaps(piece) for piece in content))


def _with_whole_names(spans: Sequence[Span], document: Document) -> list[Span]:
    """In text order, each with the whole of a name that it begins or ends in: a parse can cut "France Inter radio" in two."""
    whole: list[Span] = []
    for span in sorted(spans):
        names = [Span(name.start, name.end) for name in document[Entity].overlapping(span)]
        wide = Span.hull(span, *names)
        if whole and whole[-1].overlaps(wide):
            wide = Span.hull(whole.pop(), wide)
        whole.append(wide)
    return whole


def _is_medium(token: Token) -> bool:
    return token.lemma_.lower() in words("media") or token.lower_ in words("media")


def _is_outlet(token: Token, document: Document) -> bool:
    """Whether a noun phrase names an outlet: an organisation, or a noun such as "newspaper"."""
    if token.lemma_.lower() in words("outlets") or token.lower_ in words("outlets"):
        return True
    here = Span(token.idx, token.idx + len(token))
    return any(entity.label == "ORG" for entity in document[Entity].overlapping(here)) and token.pos_ != "PRON"


def is_relay_source(token: Token, document: Document) -> bool:
    """Whether the source of "according to X" is an outlet or a document."""
    return _is_medium(token) or _is_outlet(token, document)


def _phrase(token: Token, content: Sequence[Span], text: str) -> Span:
    """A noun phrase with its complements of a noun, without clauses."""
    doc = token.doc
    left, right = token.left_edge.i, token.i + 1
    while left < token.i and (doc[left].dep_ in ("case", "fixed", "punct") or doc[left].is_space):
        left += 1
    for child in token.rights:
        case = next((w for w in child.children if w.dep_ == "case"), child)
        if (
            child.dep_ in ("flat", "appos", "compound", "nummod")
            and not doc[child.left_edge.i].is_punct
            and doc[child.left_edge.i - 1].text != ","
        ) or (child.dep_ in ("nmod", "prep", "obl") and case.lower_ in _NOUN_MODIFIERS):
            right = child.right_edge.i + 1
        else:
            break
    end = doc[right - 1].idx + len(doc[right - 1])
    for piece in content:
        if piece.start > token.idx:
            end = min(end, piece.start)
    start = doc[left].idx
    return Span(start, start + len(text[start:end].rstrip()))
