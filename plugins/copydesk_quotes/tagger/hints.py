"""Hints: what the rules say, for the tagger to weigh; and what hangs on what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from copydesk_quotes.attribution import Attribution
from copydesk_quotes.reading.tree import Piece, Tree
from copydesk_quotes.tagger.templates import FACTOR
from copydesk_quotes.tagger.words import Words, hash_of


class Hints:
    """What the rules say, per token and per cue; however improbable.

    Attributes:
        chance: per token, in tenths: how probable the rules think it is that it reports something.
        frame: per token, the hash of the frame that they chose, or 0.
        pieces: per cue the pieces of content that they chose.
        sources: per cue the source that they chose.
    """

    def __init__(self, found: Sequence[Attribution], tree: Tree) -> None:
        self.chance = np.zeros(tree.size + 1, np.int64)
        self.frame = np.zeros(tree.size + 1, np.uint64)
        self.pieces: dict[int, list[Piece]] = {}
        self.sources: dict[int, Piece] = {}
        for item in found:
            cue = item.cue_word
            if cue < 0:
                continue
            self.chance[cue] = 1 + int(item.confidence * 9.99)
            self.frame[cue] = hash_of(item.frame)
            self.pieces[cue] = [
                (bisect_right(tree.ends, piece.start), bisect_left(tree.starts, piece.end)) for piece in item.content
            ]
            for span in item.source[:1]:
                first, last = bisect_right(tree.ends, span.start), bisect_left(tree.starts, span.end)
                if first < last:
                    self.sources[cue] = first, last


class Relations:
    """What hangs on each token.

    Attributes:
        kinds: for each kind of relation the first child of each token, or the empty row.
        signature: of each token, its relations that matter as one number.
    """

    def __init__(self, words: Words) -> None:
        count = words.size
        first = [[count] * (count + 1) for _ in _KINDS]
        signature = [0] * (count + 1)
        head, dep, factor = words.head.tolist(), words.dep.tolist(), int(FACTOR)
        for token in range(count - 1, -1, -1):
            above = head[token]
            if above == token:
                continue
            for kind in _KINDS_OF.get(dep[token], ()):
                first[kind][above] = token
            if dep[token] in _CORE_LABELS:
                signature[above] = (signature[above] + dep[token] * factor) & _WORD
        self.kinds = {name: np.array(children) for name, children in zip(_KINDS, first, strict=True)}
        self.signature = np.array(signature, np.uint64)


_WORD = (1 << 64) - 1
_KINDS: dict[str, tuple[str, ...]] = {
    "subject": ("nsubj", "nsubj:pass", "nsubjpass", "nsubj:outer", "csubj"),
    "object": ("obj", "dobj", "iobj"),
    "clause": ("ccomp", "xcomp", "advcl", "acl", "parataxis"),
    "oblique": ("obl", "nmod", "prep", "agent", "obl:agent"),
    "case": ("case", "mark"),
    "owner": ("nmod:poss", "poss"),
    "auxiliary": ("aux", "aux:pass", "auxpass", "cop", "neg"),
}
_CORE = (
    "obj",
    "dobj",
    "ccomp",
    "xcomp",
    "nsubj",
    "nsubj:pass",
    "nsubjpass",
    "obl",
    "prep",
    "parataxis",
    "advcl",
    "acl",
    "nmod:poss",
    "poss",
    "mark",
    "case",
)


_CORE_LABELS = frozenset(map(hash_of, _CORE))
_KINDS_OF = {
    hash_of(label): tuple(number for number, labels in enumerate(_KINDS.values()) if label in labels)
    for labels_of_kind in _KINDS.values()
    for label in labels_of_kind
}
