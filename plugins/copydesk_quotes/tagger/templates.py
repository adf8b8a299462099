"""Templates: features of the tagger, hashed.

A feature is a template's number and some attributes, mixed into one of 2 ** `BITS` rows of a weight table.
All attributes are spaCy's hashes of strings or small numbers, so that they do not depend on a model.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 17

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

FACTOR = np.uint64(0x9E3779B97F4A7C15)
_LAST_FACTOR = np.uint64(0xC2B2AE3D27D4EB4F)
_NUMBER_FACTOR = 0x165667B19E3779F9
_SHIFT = np.uint64(29)
_WORD = (1 << 64) - 1


class Templates:
    """Collects features, one template after another.

    Args:
        items: how many items have features.
        templates: how many templates there will be.
    """

    def __init__(self, items: int, templates: int) -> None:
        self._table = np.empty((templates, items), np.uint64)
        self._shifted = np.empty(items, np.uint64)
        self._number = 0

    def add(self, *parts: Hashes) -> None:
        """One more template: the conjunction of `parts`, at least one."""
        mixed, shifted = self._table[self._number], self._shifted
        self._number += 1
        so_far: Hashes | np.uint64 = np.uint64(self._number * _NUMBER_FACTOR & _WORD)
        for part in parts:
            np.bitwise_xor(so_far, part, out=mixed)
            np.multiply(mixed, FACTOR, out=mixed)
            np.right_shift(mixed, _SHIFT, out=shifted)
            np.bitwise_xor(mixed, shifted, out=mixed)
            so_far = mixed
        np.multiply(mixed, _LAST_FACTOR, out=mixed)
        np.right_shift(mixed, np.uint64(64 - BITS), out=mixed)

    def rows(self) -> Ints:
        """The rows of the weight table: by template, and by item."""
        return self._table[: self._number].view(np.int64)


def hashes(values: NDArray[np.generic]) -> Hashes:
    """Numbers as a part of a template."""
    return values.astype(np.uint64)
