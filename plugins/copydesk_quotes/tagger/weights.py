"""Weights: what the tagger learned, and the sums of the weights of features.

Weights are small whole numbers with one scale, as they are stored, so sums are exact. Those of the labels of a
feature stand in one 64-bit number, side by side: one look-up and one addition serve all labels at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk_quotes.tagger.templates import Hashes, Ints, row_of

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
_FIELD = np.uint64((1 << _BITS) - 1)


class Weights(NamedTuple):
    """The weights of all models.

    Attributes:
        cue: per feature; `cue_scale` is what one of them is worth.
        unit: per feature those of all labels, packed; likewise `unit_scale`.
        transition: from label to label.
        start: per label.
        reading: per feature of a reading; likewise `reading_scale`.
    """

    cue: NDArray[np.int16]
    cue_scale: np.float32
    unit: Hashes
    unit_scale: np.float32
    transition: Floats
    start: Floats
    reading: NDArray[np.int16]
    reading_scale: np.float32


@cache
def bundled() -> Weights:
    """The weights that come with the plugin."""
    with as_file(files("copydesk_quotes").joinpath("tagger.npz")) as path:
        return stored_in(path)


def stored_in(path: Path) -> Weights:
    """The weights of a file."""
    with np.load(path, allow_pickle=False) as stored:
        return weights_of(stored)


def weights_of(stored: Mapping[str, NDArray[Any]]) -> Weights:
    """The weights of tables as they are stored."""
    return Weights(
        stored["cue"].astype(np.int16),
        np.float32(stored["cue_scale"]),
        packed(stored["unit"]),
        np.float32(stored["unit_scale"]),
        stored["transition"],
        stored["start"],
        stored["reading"].astype(np.int16),
        np.float32(stored["reading_scale"]),
    )


def packed(weights: NDArray[np.int8]) -> Hashes:
    """The weights of all labels of each feature in one number."""
    numbers = np.zeros(len(weights), np.uint64)
    for label in range(LABELS):
        numbers |= (weights[:, label].astype(np.int64) + _OFFSET).astype(np.uint64) << np.uint64(_BITS * label)
    return numbers


class Sums:
    """Adds up the weights of features as they come.

    Args:
        weights: per feature.
        items: how many items have features.
    """

    def __init__(self, weights: NDArray[np.int16], items: int) -> None:
        self._weights = weights
        self._rows = np.empty(items, np.int64)
        self._total = np.zeros(items, np.int16)  # fewer than 128 weights of at most 127
        self._number = 0

    def add(self, *parts: Ints) -> None:
        """One more template."""
        self._total += self._weights.take(row_of(self._number, parts, self._rows))
        self._number += 1

    def scores(self, scale: np.float32) -> Floats:
        """The sums, by item."""
        return self._total * scale


class LabelSums:
    """Adds up the packed weights of features as they come.

    Args:
        weights: per feature those of all labels, packed.
        items: how many items have features.
        first: the number of the first template.
    """

    def __init__(self, weights: Hashes, items: int, first: int = 0) -> None:
        self._weights = weights
        self._rows = np.empty(items, np.int64)
        self._sums = np.zeros(items, np.uint64)
        self._total = np.zeros((LABELS, items), np.int64)
        self._number = first
        self._summed = 0

    def add(self, *parts: Ints) -> None:
        """One more template."""
        self._sums += self._weights.take(row_of(self._number, parts, self._rows))
        self._number += 1
        self._summed += 1
        if self._summed == _AT_ONCE:
            self._unpack()

    def _unpack(self) -> None:
        for label in range(LABELS):
            field = (self._sums >> np.uint64(_BITS * label)) & _FIELD
            self._total[label] += field.view(np.int64) - _OFFSET * self._summed
        self._sums[:] = 0
        self._summed = 0

    def totals(self) -> Ints:
        """The sums, by label and item."""
        self._unpack()
        return self._total


def sigmoid(scores: Floats) -> Floats:
    """Scores as probabilities."""
    return (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)


def tenths(chances: Floats) -> Ints:
    """Probabilities as tenths, 0 to 9."""
    return (np.minimum(chances, 0.999) * 10).astype(np.int64)
