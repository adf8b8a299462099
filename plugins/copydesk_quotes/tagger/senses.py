"""Senses: what a word is like, known for many words that the annotated news never used to report.

`senses.npz` has, for verbs, nouns and adjectives, the group of words of similar meaning, and in steps how apt the word is
to report, as its likes do. It was made by ``learning/learn_senses.py``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk_quotes.tagger.templates import Hashes, Ints

GROUPS = 80
"""How many groups each part of speech has."""

_FACTOR = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)


class Senses(NamedTuple):
    """Groups and aptness of words, in the order of their keys."""

    keys: NDArray[np.uint32]
    groups: NDArray[np.uint8]
    aptness: NDArray[np.uint8]

    def of(self, lemma: Hashes, pos: Hashes) -> tuple[Ints, Ints]:
        """Of words with these lemmas and parts of speech the groups and the aptness, both from 1; 0 for unknown words."""
        wanted = keys_of(lemma, pos)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = self.keys[at] == wanted
        return np.where(known, self.groups[at] + np.int64(1), 0), np.where(known, self.aptness[at] + np.int64(1), 0)


def keys_of(lemma: Hashes, pos: Hashes) -> NDArray[np.uint32]:
    """The keys of words."""
    return ((lemma ^ pos * _FACTOR) * _FACTOR >> _SHIFT).astype(np.uint32)


@cache
def bundled() -> Senses:
    """The senses that come with the plugin."""
    with as_file(files("copydesk_quotes").joinpath("senses.npz")) as path, np.load(path, allow_pickle=False) as stored:
        return Senses(stored["keys"], stored["groups"], stored["aptness"])
