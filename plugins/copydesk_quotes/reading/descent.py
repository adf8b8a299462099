"""Descent: what hangs on each token of a tree, and how far it reaches, from the heads alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


def children_of(heads: Ints) -> list[tuple[int, ...]]:
    """Of each token those that hang on it, in order."""
    size = len(heads)
    above = np.where(heads == np.arange(size), size, heads)
    by_head = tuple(np.argsort(above, kind="stable").tolist())
    ends = np.cumsum(np.bincount(above, minlength=size))[:size].tolist()
    return [by_head[first:last] for first, last in pairwise((0, *ends))]


def reach_of(heads: Ints) -> tuple[list[int], list[int]]:
    """Of each token the first and the last one below it.

    What is known of a token goes to its head, then to that one's head's head, …, twice as far each time, so that
    deep trees take few rounds.
    """
    left, right = np.arange(len(heads)), np.arange(len(heads))
    above = heads
    while True:
        np.minimum.at(left, above, left.copy())
        np.maximum.at(right, above, right.copy())
        farther = above[above]
        if np.array_equal(farther, above):
            return left.tolist(), right.tolist()
        above = farther
