"""Frames: every way in which a word can govern reported speech in a parse.

A frame says how content hangs on a cue: "ccomp" ("said that …"), "obj" ("criticised the …"), "for" ("called for …"),
"parataxis" ("the deal is dead, he said"). Which words report in which frames is for the lexicon to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from copydesk_quotes import grammar

if TYPE_CHECKING:
    from spacy.tokens import Token

    Piece = tuple[int, int]
    """First token, and the one after the last."""


class Frame(NamedTuple):
    """A way in which `cue` governs content.

    Attributes:
        name: the way.
        cue: index of the word that reports.
        head: index of the head of the content.
        content: the content in pieces, in text order.
        extent: further words of the clause that may belong to the content: a piece, or None.
    """

    name: str
    cue: int
    head: int
    content: tuple[Piece, ...]
    extent: Piece | None


def frames_of(token: Token) -> Iterator[Frame]:
    """The frames in which this word could report something."""
    doc = token.doc
    pos = token.pos_
    if pos in ("NOUN", "PROPN"):
        yield from _noun_frames(token)
    if token.lower_ == "according":
        yield from _according(token)
        return
    passive = grammar.is_passive(token)
    prefix = "pass:" if passive else ""
    end = _clause_end(token)
    has_clause = False
    for child in token.children:
        dep = child.dep_
        if dep == "ccomp" or (dep == "csubj" and child.i > token.i) or (dep == "csubj:pass" and child.i > token.i):
            has_clause = True
            yield _frame("ccomp", token, child, _around(child, token), None)
        elif dep == "xcomp":
            yield _frame(f"{prefix}xcomp", token, child, _around(child, token), None)
        elif dep in grammar.OBJECTS or dep == "iobj":
            piece = _span(child)
            yield _frame("obj", token, child, (piece,), _beyond(piece, end))
        elif dep in grammar.PASSIVE_SUBJECTS:
            yield _frame("pass:subj", token, child, (_span(child),), None)
        elif dep == "parataxis" and child.i > token.i:
            yield _frame("parataxis>", token, child, (_span(child),), None)
        elif dep == "advcl" and child.i > token.i and not _has_mark(child):
            yield _frame("advcl", token, child, (_span(child),), None)
        elif dep == "advmod" and child.lower_ == "so":
            yield _frame("so", token, child, (_span(child),), None)
    for preposition, word, phrase in grammar.complements(token):
        if phrase.i < token.i and phrase.dep_ != "advcl":
            continue
        left, right = _span(phrase)
        start = left + len(preposition.split()) if doc[left].lower_ == preposition.split()[0] else left
        if start < right:
            piece = (start, right)
            yield _frame(f"{prefix}{preposition}", token, word, (piece,), _beyond(piece, end))
    head = token.head
    dep = token.dep_
    if dep in grammar.RELATIVE_CLAUSES:
        relative = next((child for child in token.children if child.lower_ in ("which", "that", "what", "whom")), None)
        if relative is not None and relative.dep_ in grammar.OBJECTS:
            pass
    if dep == "parataxis" and not has_clause:
        yield _frame("parataxis<", token, head, _without(head, token), None)
    elif dep == "advcl" and not has_clause:
        if any(child.lower_ == "as" and child.i < token.i for child in token.children):
            yield _frame("as", token, head, _without(head, token), None)
        elif grammar.object_of(token) is None:
            yield _frame("advcl<", token, head, _without(head, token), None)


def _noun_frames(token: Token) -> Iterator[Frame]:
    doc = token.doc
    for child in token.children:
        if child.dep_ in grammar.CLAUSES_OF_NOUNS and child.i > token.i:
            that = doc[child.left_edge.i].lower_
            if child.dep_ == "acl" or that == "that":
                kind = "that" if that == "that" else "to" if that == "to" else "acl"
                yield _frame(f"n:{kind}", token, child, (_span(child),), None)
        elif child.dep_ in ("ccomp", "xcomp") and child.i > token.i:
            yield _frame(f"n:{child.dep_}", token, child, (_span(child),), None)
    for preposition, word, phrase in grammar.complements(token):
        if phrase.i < token.i:
            continue
        left, right = _span(phrase)
        start = left + len(preposition.split()) if doc[left].lower_ == preposition.split()[0] else left
        if start < right:
            yield _frame(f"n:{preposition}", token, word, ((start, right),), None)


def _according(token: Token) -> Iterator[Frame]:
    phrase = token.head if token.dep_ in ("case", "mark") else token
    clause = phrase.head
    if clause is phrase:
        return
    yield _frame("according", token, clause, _without(clause, phrase), None)


def _frame(name: str, cue: Token, head: Token, content: tuple[Piece, ...], extent: Piece | None) -> Frame:
    return Frame(name, cue.i, head.i, tuple(piece for piece in content if piece[0] < piece[1]), extent)


def _span(token: Token) -> Piece:
    return token.left_edge.i, token.right_edge.i + 1


def _beyond(piece: Piece, end: int) -> Piece | None:
    return (piece[1], end) if end > piece[1] else None


def _has_mark(token: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ != "to" for child in token.children)


def _clause_end(token: Token) -> int:
    """The end of what follows a verb and depends on it, up to a coordinated clause or a full stop."""
    end = token.i + 1
    for child in token.rights:
        if child.dep_ in ("conj", "cc", "parataxis", "punct"):
            if child.dep_ != "punct" or child.lower_ not in (",", "(", "-", "–", "—"):
                break
            continue
        if child.i < token.i:
            continue
        end = child.right_edge.i + 1
    return end


def _around(child: Token, cue: Token) -> tuple[Piece, ...]:
    """The subtree of `child`, parted by the cue where it stands inside."""
    left, right = _span(child)
    if left < cue.i < right:
        inner_left = min(left_child.left_edge.i for left_child in [cue, *cue.lefts] if left_child.i > left)
        return (left, inner_left), (cue.i + 1, right)
    return ((left, right),)


def _without(head: Token, phrase: Token) -> tuple[Piece, ...]:
    """The subtree of `head` without that of `phrase`."""
    left, right = _span(head)
    cut_left, cut_right = _span(phrase)
    if cut_left <= left:
        return ((max(cut_right, left), right),)
    if cut_right >= right:
        return ((left, cut_left),)
    return (left, cut_left), (cut_right, right)


def circumstances_of(token: Token) -> tuple[str, ...]:
    """What else tells whether a word reports: who its subject is, its form, negation and modal verbs."""
    subject = grammar.subject_of(token)
    if subject is None:
        who = "none"
    elif subject.pos_ == "PRON":
        lower = subject.lower_
        who = lower if lower in _TELLING_PRONOUNS else "pronoun"
    else:
        who = subject.pos_.lower()
    found = [f"subject {who}", f"form {token.tag_}"]
    if grammar.is_negated(token):
        found.append("negated")
    found.extend(f"with {child.lower_}" for child in token.children if child.tag_ == "MD")
    if token.dep_ in ("ROOT", "conj", "advcl", "xcomp", "acl", "acl:relcl", "relcl", "amod", "ccomp"):
        found.append(f"as {token.dep_}")
    return tuple(found)


_TELLING_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "you", "it", "who", "which", "that"})
