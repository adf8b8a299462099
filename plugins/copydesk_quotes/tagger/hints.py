"""Hints: what the rules say, for the tagger to weigh; and what hangs on what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from copydesk_quotes.attribution import Attribution
from copydesk_quotes.reading.tree import Piece, Tree
from copydesk_quotes.tagger.templates import BITS, Ints, part
from copydesk_quotes.tagger.words import Words, hash_of


class Hints:
    """What the rules say, per token and per cue; however improbable.

    Attributes:
        chance: per token, in tenths: how probable the rules think it is that it reports something.
        frame: per token, the hash of the frame that they chose, or 0.
        pieces: per cue the pieces of content that they chose.
        sources: per cue the source that they chose.
        source_heads: per token the head of that source, or the empty row.
    """

    def __init__(self, found: Sequence[Attribution], tree: Tree) -> None:
        self.chance = np.zeros(tree.size + 1, np.int64)
        self.frame = np.zeros(tree.size + 1, np.uint64)
        self.source_heads = np.full(tree.size + 1, tree.size)
        self.pieces: dict[int, list[Piece]] = {}
        self.sources: dict[int, Piece] = {}
        for item in found:
            cue = item.cue_word
            if cue < 0:
                continue
            self.chance[cue] = 1 + int(item.confidence * 9.99)
            self.frame[cue] = hash_of(item.frame)
            if item.source_word >= 0:
                self.source_heads[cue] = item.source_word
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
        signature: of each token, its relations that matter as a part of templates.
    """

    def __init__(self, words: Words) -> None:
        count = words.size
        head, here = words.head, np.arange(count + 1)
        at = np.minimum(np.searchsorted(_LABELS, words.dep), len(_LABELS) - 1)
        code = np.where(_LABELS[at] == words.dep, _NUMBERS[at], 0)
        code[head == here] = 0
        self.kinds: dict[str, Ints] = {}
        for number, name in enumerate(_KINDS, 1):
            children = np.flatnonzero(code >> 1 == number)[::-1]  # the first one is written last
            first = np.full(count + 1, count)
            first[head[children]] = children
            self.kinds[name] = first
        core = np.flatnonzero(code & 1)
        sums = np.bincount(head[core], part(words.dep, _SIGNATURE)[core], count + 1)
        self.signature: Ints = sums.astype(np.int64) & (1 << BITS) - 1


_SIGNATURE = 31
"""The role of labels in a signature."""
_KINDS: dict[str, tuple[str, ...]] = {
    "subject": ("nsubj", "nsubj:pass", "nsubjpass", "nsubj:outer", "csubj"),
    "object": ("obj", "dobj", "iobj"),
    "clause": ("ccomp", "xcomp", "advcl", "acl", "parataxis"),
    "oblique": ("obl", "nmod", "prep", "agent", "obl:agent"),
    "case": ("case", "mark"),
    "owner": ("nmod:poss", "poss"),
    "auxiliary": ("aux", "aux:pass", "auxpass", "cop", "neg"),
}
_CORE = frozenset(
    (
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
)
_CODES = {
    hash_of(label): 2 * number + (label in _CORE)
    for number, labels in enumerate(_KINDS.values(), 1)
    for label in labels
}
"""Of each label twice the number of its kind, and one more if it matters to the signature."""
_LABELS = np.array(sorted(_CODES), np.uint64)
_NUMBERS = np.array([_CODES[label] for label in sorted(_CODES)])
