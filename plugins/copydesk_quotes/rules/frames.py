"""Frames: every way in which a word can govern reported speech in a parse.

A frame says how content hangs on a cue: "ccomp" ("said that …"), "obj" ("criticised the …"), "for" ("called for …"),
"parataxis" ("the deal is dead, he said"). Which words report in which frames is for the lexicon to say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from copydesk_quotes.reading import grammar, relations
from copydesk_quotes.reading.tree import Piece, Tree

ACCORDING_FRAME = "according"
"""The frame of "according to"."""

_ENDS_OF_CLAUSES = frozenset({"conj", "cc", "parataxis", "punct"})
_FRAMES_ABOVE = frozenset({"parataxis", "advcl"})
_GOVERNED = relations.PASSIVE | relations.OBJECT | relations.CLAUSE | relations.SO
_PUNCTUATION_INSIDE_CLAUSES = frozenset({",", "(", "-", "–", "—"})


class Frame(NamedTuple):
    """A way in which a word governs content.

    Attributes:
        name: the way.
        content: the content in pieces, in text order.
        extent: further words of the clause that may belong to the content, or None.
    """

    name: str
    content: tuple[Piece, ...]
    extent: Piece | None = None


def has_frames(tree: Tree, token: int) -> bool:
    """Whether there can be any frame; for most nouns there is none."""
    return (
        tree.relations[token] & relations.GOVERNS != 0
        or tree.deps[token] in _FRAMES_ABOVE
        or tree.lower[token] == "according"
    )


def frames_of(tree: Tree, token: int) -> Iterator[Frame]:
    """The frames in which this word could report something."""
    under = tree.relations[token]
    if tree.pos[token] in ("NOUN", "PROPN"):
        yield from _noun_frames(tree, token)
    if tree.lower[token] == "according":
        yield from _according(tree, token)
        return
    deps = tree.deps
    prefix = "pass:" if grammar.is_passive(tree, token) else ""
    end: int | None = None
    has_clause = False
    for child in tree.children[token] if under & _GOVERNED else ():
        dep = deps[child]
        if dep == "ccomp" or (dep in ("csubj", "csubj:pass") and child > token):
            has_clause = True
            yield Frame("ccomp", _around(tree, child, token))
        elif dep == "xcomp":
            yield Frame(f"{prefix}xcomp", _around(tree, child, token))
        elif dep in relations.OBJECTS or dep == "iobj":
            piece = tree.subtree(child)
            end = _clause_end(tree, token) if end is None else end
            yield Frame("obj", (piece,), _beyond(piece, end))
        elif dep in relations.PASSIVE_SUBJECTS:
            yield Frame("pass:subj", (tree.subtree(child),))
        elif dep == "parataxis" and child > token:
            yield Frame("parataxis>", (tree.subtree(child),))
        elif dep == "advcl" and child > token and not _has_mark(tree, child):
            yield Frame("advcl", (tree.subtree(child),))
        elif dep == "advmod" and tree.lower[child] == "so":
            yield Frame("so", (tree.subtree(child),))
    for preposition, _, phrase in grammar.complements(tree, token):
        if phrase < token and deps[phrase] != "advcl":
            continue
        piece = _after_preposition(tree, phrase, preposition)
        if piece[0] < piece[1]:
            end = _clause_end(tree, token) if end is None else end
            yield Frame(f"{prefix}{preposition}", (piece,), _beyond(piece, end))
    if not has_clause:
        yield from _frames_above(tree, token)


def _frames_above(tree: Tree, token: int) -> Iterator[Frame]:
    """Frames in which the word hangs on what it reports."""
    head, dep = tree.heads[token], tree.deps[token]
    if dep == "parataxis":
        yield Frame("parataxis<", _without(tree, head, token))
    elif dep == "advcl":
        if any(tree.lower[child] == "as" and child < token for child in tree.children[token]):
            yield Frame("as", _without(tree, head, token))
        elif grammar.object_of(tree, token) is None:
            yield Frame("advcl<", _without(tree, head, token))


def _noun_frames(tree: Tree, token: int) -> Iterator[Frame]:
    deps = tree.deps
    for child in tree.children[token] if tree.relations[token] & relations.NOUN_CLAUSE else ():
        if child < token:
            continue
        if deps[child] in relations.CLAUSES_OF_NOUNS:
            that = tree.lower[tree.left[child]]
            if deps[child] == "acl" or that == "that":
                kind = that if that in ("that", "to") else "acl"
                yield Frame(f"n:{kind}", (tree.subtree(child),))
        elif deps[child] in ("ccomp", "xcomp"):
            yield Frame(f"n:{deps[child]}", (tree.subtree(child),))
    for preposition, _, phrase in grammar.complements(tree, token):
        if phrase > token:
            piece = _after_preposition(tree, phrase, preposition)
            if piece[0] < piece[1]:
                yield Frame(f"n:{preposition}", (piece,))


def _according(tree: Tree, token: int) -> Iterator[Frame]:
    phrase = tree.heads[token] if tree.deps[token] in ("case", "mark") else token
    clause = tree.heads[phrase]
    if clause != phrase:
        yield Frame(ACCORDING_FRAME, _without(tree, clause, phrase))


def _after_preposition(tree: Tree, phrase: int, preposition: str) -> Piece:
    """A phrase without the preposition that opens it."""
    left, right = tree.subtree(phrase)
    words = preposition.split()
    if tree.lower[left] != words[0]:
        return left, right
    for _ in words:
        left = tree.next_word(left)
    return left, right


def _beyond(piece: Piece, end: int) -> Piece | None:
    return (piece[1], end) if end > piece[1] else None


def _has_mark(tree: Tree, token: int) -> bool:
    return any(tree.deps[child] == "mark" and tree.lower[child] != "to" for child in tree.children[token])


def _clause_end(tree: Tree, token: int) -> int:
    """The end of what follows a verb and depends on it, up to a coordinated clause or a full stop."""
    end = token + 1
    for child in tree.children[token]:
        if child < token:
            continue
        if tree.deps[child] in _ENDS_OF_CLAUSES:
            if tree.deps[child] != "punct" or tree.lower[child] not in _PUNCTUATION_INSIDE_CLAUSES:
                break
            continue
        end = tree.right[child] + 1
    return end


def _around(tree: Tree, child: int, cue: int) -> tuple[Piece, ...]:
    """What hangs on `child`; where the cue stands inside, what follows it."""
    left, right = tree.subtree(child)
    return ((left, right),) if not left < cue < right else _filled((cue + 1, right))


def _without(tree: Tree, head: int, phrase: int) -> tuple[Piece, ...]:
    """What hangs on `head`, without what hangs on `phrase`."""
    left, right = tree.subtree(head)
    cut_left, cut_right = tree.subtree(phrase)
    if cut_left <= left:
        return _filled((max(cut_right, left), right))
    if cut_right >= right:
        return _filled((left, cut_left))
    return _filled((left, cut_left), (cut_right, right))


def _filled(*pieces: Piece) -> tuple[Piece, ...]:
    """Those pieces that hold a token."""
    return tuple(piece for piece in pieces if piece[0] < piece[1])


def circumstances_of(tree: Tree, token: int) -> tuple[str, ...]:
    """What else tells whether a word reports: who its subject is, its form, negation and modal verbs."""
    subject = grammar.subject_of(tree, token)
    if subject is None:
        who = "none"
    elif tree.pos[subject] == "PRON":
        who = tree.lower[subject] if tree.lower[subject] in _TELLING_PRONOUNS else "pronoun"
    else:
        who = tree.pos[subject].lower()
    found = [f"subject {who}", f"form {tree.tags[token]}"]
    if grammar.is_negated(tree, token):
        found.append("negated")
    if tree.relations[token] & relations.MODAL:
        found.extend(f"with {tree.lower[child]}" for child in tree.children[token] if tree.tags[child] == "MD")
    if tree.deps[token] in _TELLING_PLACES:
        found.append(f"as {tree.deps[token]}")
    return tuple(found)


def circumstances_in(frame: Frame, tree: Tree) -> tuple[str, ...]:
    """What of the content tells whether a word reports it: how long it is, and the form of its first word."""
    first = frame.content[0][0]
    count = sum(end - begin for begin, end in frame.content)
    return f"words {_LENGTHS[bisect_right(_LENGTHS, count) - 1]}", f"opens {tree.tags[first]}"


_LENGTHS = (1, 2, 3, 5, 8, 12, 20)
"""Contents are told apart by the greatest of these that is no more than their words."""
_TELLING_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "you", "it", "who", "which", "that"})
_TELLING_PLACES = frozenset({"ROOT", "conj", "advcl", "xcomp", "acl", "acl:relcl", "relcl", "amod", "ccomp"})
