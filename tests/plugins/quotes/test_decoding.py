"""Scores and decoding give what plain sums, and trying all labellings, give."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from copydesk_quotes.tagger.decoding import chances_of, labels_of, rows_of
from copydesk_quotes.tagger.weights import CUE, LABELS, Weights, cue_scores, packed, unit_scores


def weights(seed=0, features=64):
    random = np.random.default_rng(seed)
    unit = random.integers(-127, 128, (features, LABELS)).astype(np.int8)
    cue = random.integers(-127, 128, features).astype(np.int16)
    transition = random.normal(size=(LABELS, LABELS)).astype(np.float32)
    start = random.normal(size=LABELS).astype(np.float32)
    return unit, Weights(cue, np.float32(0.1), packed(unit), np.float32(0.05), transition, start)


@pytest.mark.parametrize("templates", [1, 16, 17, 51])
def test_scores_are_sums_of_weights(templates):
    unit, known = weights()
    rows = np.random.default_rng(1).integers(0, len(unit), (templates, 30))
    assert np.allclose(cue_scores(known, rows), known.cue[rows].sum(axis=0) * 0.1, rtol=1e-6)
    assert np.allclose(unit_scores(known, rows), unit[rows].astype(int).sum(axis=0) * 0.05, rtol=1e-6)


def test_scores_hold_the_greatest_weights():
    unit = np.full((2, LABELS), 127, np.int8)
    unit[1] = -127
    _, known = weights()
    known = known._replace(unit=packed(unit))
    rows = np.repeat([[0], [1]], 51, axis=1).T  # 51 templates; one item has the greatest weights, one the least
    assert np.allclose(unit_scores(known, rows), [[51 * 127 * 0.05] * LABELS, [-51 * 127 * 0.05] * LABELS])


@pytest.mark.parametrize("seed", range(5))
def test_decoding_is_the_best_of_all_labellings(seed):
    random = np.random.default_rng(seed)
    _, known = weights(seed)
    lengths, cues = np.array([5, 3, 3, 1]), np.array([2, 0, 2, 0])
    firsts = np.cumsum(lengths) - lengths
    scores = random.normal(scale=2, size=(int(lengths.sum()), LABELS)).astype(np.float32)
    rows = rows_of(scores, firsts, lengths, cues)
    chances, labels = chances_of(rows, known), labels_of(rows, known)
    for number, (first, length, cue) in enumerate(zip(firsts, lengths, cues, strict=True)):
        part = scores[first : first + length]
        totals = {
            tried: known.start[tried[0]]
            + sum(known.transition[one, other] for one, other in pairwise(tried))
            + sum(part[place, label] for place, label in enumerate(tried))
            for tried in product(range(LABELS), repeat=int(length))
        }
        bound = {tried: total for tried, total in totals.items() if tried[cue] == CUE}
        mass = sum(map(np.exp, bound.values())) / sum(map(np.exp, totals.values()))
        assert chances[number] == pytest.approx(mass, rel=1e-4)
        assert tuple(labels[number, :length]) == max(bound, key=bound.get)


def test_long_rows_lose_no_precision():
    _, known = weights()
    scores = np.random.default_rng(3).normal(scale=5, size=(240, LABELS)).astype(np.float32)
    both = rows_of(scores, np.array([0, 120]), np.array([120, 120]), np.array([60, 1]))
    alone = [rows_of(scores, np.array([first]), np.array([120]), np.array([cue])) for first, cue in ((0, 60), (120, 1))]
    chances = chances_of(both, known)
    assert np.isfinite(chances).all()
    assert chances == pytest.approx([chances_of(rows, known)[0] for rows in alone])
