"""Ascent: where words hang in the tree, seen from the cues around which they stand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from copydesk_quotes.tagger.templates import BITS, Ints, part
from copydesk_quotes.tagger.units import Windows
from copydesk_quotes.tagger.words import Words

LEVELS = 4
"""How many ancestors of a cue are told apart."""
_CLIMB = 16
"""How far a word's place in the tree is followed upwards."""
_CHAIN = 30
"""The role of labels in a chain."""


class Positions(NamedTuple):
    """For each entry of the windows where its word hangs, seen from the cue.

    Attributes:
        level: of the common ancestor: 0 is the cue itself, 1 its head, …; the last one means none of these.
        branch: what hangs on that ancestor and holds the word.
        twig: what hangs on the branch and holds the word; the branch where it is the word.
        below: how far below the branch the word is, at most 3.
        chain: how the cue hangs below the ancestor, as a part of templates.
    """

    level: Ints
    branch: Ints
    twig: Ints
    below: Ints
    chain: Ints


def positions_of(words: Words, word: Ints, windows: Windows) -> Positions:
    """Where words hang.

    Args:
        words: of the document.
        word: for each entry of the windows its word.
        windows: around the cues.
    """
    size, cues = words.size + 1, windows.cues
    above = np.empty((_CLIMB, size), np.int64)
    above[0] = np.arange(size)
    depth = np.zeros(size, np.int64)
    for step in range(1, _CLIMB):
        np.take(words.head, above[step - 1], out=above[step])
        depth += above[step] != above[step - 1]
    ancestors = np.empty((LEVELS + 2, len(cues)), np.int64)
    ancestors[0] = cues
    chain = np.zeros((LEVELS + 2, len(cues)), np.int64)
    label = part(words.dep, _CHAIN)
    level = np.zeros(len(word), np.int64)
    for step in range(LEVELS + 1):
        here = ancestors[step]
        left, right = words.left_edge[here], words.right_edge[here]
        level += (word < left.take(windows.row)) | (word > right.take(windows.row))
        ancestors[step + 1] = words.head[here]
        chain[step + 1] = (chain[step] * 5 + label[here]) & (1 << BITS) - 1
    chain[LEVELS + 1] = 0
    at = level * len(cues) + windows.row
    ancestor = ancestors.ravel().take(at)
    below = np.where(level <= LEVELS, depth.take(word) - depth.take(ancestor) - 1, 0)
    np.clip(below, 0, _CLIMB - 1, out=below)
    flat = above.ravel()
    branch = flat.take(below * size + word)
    twig = flat.take(np.maximum(below - 1, 0) * size + word)
    return Positions(level, branch, twig, np.minimum(below, 3), chain.ravel().take(at))
