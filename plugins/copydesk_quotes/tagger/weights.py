"""Weights: what the tagger learned, and the sums of the weights of features.

Weights are small whole numbers with one scale, as they are stored, so sums are exact. Those of the labels of a
feature stand in one 64-bit number, side by side: one look-up and one addition serve all labels at once.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk_quotes.tagger.templates import Hashes, Ints

Floats = NDArray[np.float32]

OUTSIDE, BEGIN, INSIDE, SOURCE, CUE = range(5)
LABELS = 5
IMPOSSIBLE = -1e4
"""The score of a content that goes on without having begun."""

_BITS = 12
_AT_ONCE = 16
"""So many weights, each less than 256, add up to less than 2 ** _BITS."""
_OFFSET = 128
"""Makes weights of -127 to 127 positive."""


class Weights(NamedTuple):
    """The weights of both models.

    Attributes:
        cue: per feature; `cue_scale` is what one of them is worth.
        unit: per feature those of all labels, packed; likewise `unit_scale`.
        transition: from label to label.
        start: per label.
    """

    cue: NDArray[np.int16]
    cue_scale: np.float32
    unit: Hashes
    unit_scale: np.float32
    transition: Floats
    start: Floats


@cache
def bundled() -> Weights:
    """The weights that come with the plugin."""
    with as_file(files("copydesk_quotes").joinpath("tagger.npz")) as path, np.load(path, allow_pickle=False) as stored:
        return Weights(
            stored["cue"].astype(np.int16),
            np.float32(stored["cue_scale"]),
            packed(stored["unit"]),
            np.float32(stored["unit_scale"]),
            stored["transition"],
            stored["start"],
        )


def packed(weights: NDArray[np.int8]) -> Hashes:
    """The weights of all labels of each feature in one number."""
    numbers = np.zeros(len(weights), np.uint64)
    for label in range(LABELS):
        numbers |= (weights[:, label].astype(np.int64) + _OFFSET).astype(np.uint64) << np.uint64(_BITS * label)
    return numbers


def cue_scores(weights: Weights, rows: Ints) -> Floats:
    """Per item the sum of its features' weights; `rows` by template and by item."""
    total = np.zeros(rows.shape[1], np.int16)  # 48 weights of at most 127
    for row in rows:
        total += weights.cue.take(row)
    return total * weights.cue_scale


def unit_scores(weights: Weights, rows: Ints) -> Floats:
    """Per item and label the sum of its features' weights; `rows` by template and by item."""
    total = np.zeros((rows.shape[1], LABELS), np.int64)
    for low in range(0, len(rows), _AT_ONCE):
        part = rows[low : low + _AT_ONCE]
        sums = weights.unit.take(part[0])
        for row in part[1:]:
            sums += weights.unit.take(row)
        for label in range(LABELS):
            field = (sums >> np.uint64(_BITS * label)) & np.uint64((1 << _BITS) - 1)
            total[:, label] += field.astype(np.int64) - _OFFSET * len(part)
    return (total * weights.unit_scale).astype(np.float32)


def sigmoid(scores: Floats) -> Floats:
    """Scores as probabilities."""
    return (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)


def tenths(chances: Floats) -> Ints:
    """Probabilities as tenths, 0 to 9."""
    return (np.minimum(chances, 0.999) * 10).astype(np.int64)
