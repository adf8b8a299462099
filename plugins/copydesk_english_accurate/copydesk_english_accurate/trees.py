"""Best dependency tree of one sentence, from scores: Chu-Liu and Edmonds' algorithm with a single root."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_tree"]

Scores = NDArray[np.float32]
_NEVER = -1e6


def best_tree(scores: Scores) -> list[int]:
    """Heads of a sentence's words, the root's head being itself.

    ``scores`` has shape (words, words + 1): the log-probability of each word's head, the last column the root's.
    """
    size = len(scores)
    heads = _single_root(scores)
    return [i if head == size else head for i, head in enumerate(heads)]


def _single_root(scores: Scores) -> list[int]:
    """Greedy where that is a tree with one root (mostly), else the best of the trees that each root gives."""
    size = len(scores)
    greedy: list[int] = scores.argmax(1).tolist()
    if greedy.count(size) == 1 and not _cycle(greedy, size):
        return greedy
    best, heads = -np.inf, greedy
    for bound, root in sorted(_bounds(scores), reverse=True):
        if bound <= best:
            break
        forced = scores.copy()
        forced[:, size] = _NEVER
        forced[root, :] = _NEVER
        forced[root, size] = scores[root, size]
        found = _edmonds(forced)
        total = float(scores[np.arange(size), found].sum())
        if total > best:
            best, heads = total, found
    return heads


def _bounds(scores: Scores) -> list[tuple[float, int]]:
    """For each word as the root: no tree can score higher than all other words' best heads do. As (bound, word)."""
    heads, roots = scores[:, :-1].max(1), scores[:, -1]
    return [(float(bound), root) for root, bound in enumerate(heads.sum() - heads + roots)]


def _edmonds(scores: Scores) -> list[int]:
    """Best tree rooted in the last column, by contracting cycles until there is none."""
    size = len(scores)
    heads: list[int] = scores.argmax(1).tolist()
    cycle = _cycle(heads, size)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [i for i in range(size) if i not in inside]
    # The contracted problem: the words outside, then the cycle as one word, then the root.
    small = np.full((len(outside) + 1, len(outside) + 2), _NEVER, dtype=scores.dtype)
    columns = [*outside, size]
    places = [*range(len(outside)), len(outside) + 1]
    cycle_row = len(outside)
    gain = np.array([[scores[i, j] - scores[i, heads[i]] for j in columns] for i in cycle])
    small[cycle_row, places] = gain.max(0)
    enters = gain.argmax(0)
    leaves: dict[int, int] = {}
    for row, i in enumerate(outside):
        small[row, places] = scores[i, columns]
        leaves[i] = max(cycle, key=lambda j: float(scores[i, j]))
        small[row, cycle_row] = scores[i, leaves[i]]
    solved = _edmonds(small)
    back = dict(zip(places, columns, strict=True))
    for row, i in enumerate(outside):
        heads[i] = leaves[i] if solved[row] == cycle_row else back[solved[row]]
    entered = columns.index(back[solved[cycle_row]])
    heads[cycle[enters[entered]]] = columns[entered]
    return heads


def _cycle(heads: list[int], root: int) -> list[int]:
    """Words of one cycle, or an empty list."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path: list[int] = []
        i = start
        while i != root and state[i] == 0:
            state[i] = 1
            path.append(i)
            i = heads[i]
        if i != root and state[i] == 1:
            return path[path.index(i) :]
        for j in path:
            state[j] = 2
    return []
