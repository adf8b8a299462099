"""Decoding: how probable it is that a cue is one, and the best labels of the units around it if so.

All rows advance together, place by place, the longest first, so that those that are at their end drop out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk_quotes.tagger.templates import Ints
from copydesk_quotes.tagger.weights import CUE, IMPOSSIBLE, LABELS, Floats, Weights

_SCALED = 8
"""After so many places forward sums are brought back to the size of 1, far from what a float cannot hold."""


class Rows(NamedTuple):
    """The scores of rows of units, place by place.

    Attributes:
        scores: by place, row and label; rows in descending order of their lengths, 0 past their ends.
        lengths: of each row.
        active: at each place how many rows reach it.
        cues: of each row the place of its cue.
    """

    scores: NDArray[np.float64]
    lengths: Ints
    active: list[int]
    cues: Ints


def rows_of(scores: Floats, firsts: Ints, lengths: Ints, cues: Ints) -> Rows:
    """Rows of scores that stand end to end.

    Args:
        scores: by unit and label.
        firsts: of each row the place of its first unit; lengths must not rise.
        lengths: of each row.
        cues: of each row the place of its cue, counted from its first unit.
    """
    longest = int(lengths[0]) if len(lengths) else 0
    places = np.arange(longest)[:, None]
    filled = places < lengths[None, :]
    table = np.zeros((longest, len(lengths), LABELS))
    table[filled] = scores[(firsts[None, :] + places)[filled]]
    return Rows(table, lengths, filled.sum(axis=1).tolist(), cues)


def chances_of(rows: Rows, weights: Weights) -> NDArray[np.float64]:
    """For each row how probable it is that its cue is one."""
    count = len(rows.lengths)
    factors = np.exp(rows.scores - _greatest(rows.scores)[:, :, None])
    bound = factors.copy()
    index = np.arange(count)
    kept = bound[rows.cues, index, CUE]
    bound[rows.cues, index] = 0
    bound[rows.cues, index, CUE] = kept
    steps = np.stack([bound, factors], axis=1)
    transition = np.exp(weights.transition.astype(np.float64))
    sums = steps[0] * np.exp(weights.start.astype(np.float64))
    logarithms = np.zeros((2, count))
    for place in range(1, len(steps)):
        active = rows.active[place]
        part = sums[:, :active]
        np.multiply(part @ transition, steps[place, :, :active], out=part)
        if place % _SCALED == 0:
            size = part.sum(axis=2)
            part /= size[:, :, None]
            logarithms[:, :active] += np.log(size)
    within, free = np.log(sums.sum(axis=2)) + logarithms
    chances: NDArray[np.float64] = np.exp(np.minimum(within - free, 0))
    return chances


def _greatest(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The greatest score of any label: label by label, since numpy is slow along a short last axis."""
    greatest = scores[:, :, 0]
    for label in range(1, LABELS):
        greatest = np.maximum(greatest, scores[:, :, label])
    return greatest


def labels_of(rows: Rows, weights: Weights) -> NDArray[np.int64]:
    """For each row, the best labels of its units if its cue is one; by row and place."""
    count, longest = len(rows.lengths), len(rows.scores)
    scores = rows.scores.copy()
    index = np.arange(count)
    kept = scores[rows.cues, index, CUE]
    scores[rows.cues, index] = IMPOSSIBLE
    scores[rows.cues, index, CUE] = kept
    by_label = np.ascontiguousarray(scores.transpose(0, 2, 1))  # sums over labels run along whole rows so
    transition = weights.transition.astype(np.float64)
    best = np.empty_like(by_label)
    best[0] = by_label[0] + weights.start[:, None]
    for place in range(1, longest):
        active = rows.active[place]
        paths = best[place - 1, :, None, :active] + transition[:, :, None]
        np.add(np.maximum.reduce(paths), by_label[place, :, :active], out=best[place, :, :active])
    labels = np.zeros((count, longest), np.int64)
    now = np.zeros(count, np.int64)
    for place in range(longest - 1, -1, -1):
        active = rows.active[place]
        ending = rows.active[place + 1] if place + 1 < longest else 0
        reached = best[place, :, :active]
        now[ending:active] = reached[:, ending:].argmax(axis=0)
        if ending:
            now[:ending] = (reached[:, :ending] + transition[:, now[:ending]]).argmax(axis=0)
        labels[:active, place] = now[:active]
    return labels
