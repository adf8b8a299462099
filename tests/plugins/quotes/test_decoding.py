"""Scores and decoding give what plain sums, and trying all labellings, give."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from copydesk_quotes.tagger.decoding import chances_of, labels_of, rows_of
from copydesk_quotes.tagger.templates import BITS, Rows
from copydesk_quotes.tagger.weights import BEGIN, CUE, INSIDE, LABELS, LabelSums, Sums, Weights, packed


def weights(seed=0, features=1 << BITS):
    random = np.random.default_rng(seed)
    unit = random.integers(-127, 128, (features, LABELS)).astype(np.int8)
    cue = random.integers(-127, 128, features).astype(np.int16)
    transition = random.normal(size=(LABELS, LABELS)).astype(np.float32)
    start = random.normal(size=LABELS).astype(np.float32)
    reading = np.zeros(features, np.int16)
    return unit, Weights(
        cue, np.float32(0.1), packed(unit), np.float32(0.05), transition, start, reading, np.float32(1)
    )


@pytest.mark.parametrize("templates", [1, 16, 17, 51])
def test_scores_are_sums_of_weights(templates):
    unit, known = weights()
    random = np.random.default_rng(1)
    rows, sums, label_sums = Rows(30, first=3), Sums(known.cue, 30), LabelSums(known.unit, 30, first=3)
    of_cues = Rows(30)
    for number in range(templates):
        parts = [random.integers(0, 1 << BITS, 30) for _ in range(1 + number % 3)]
        for one in (rows, of_cues, sums, label_sums):
            one.add(*parts)
    assert np.allclose(sums.scores(np.float32(0.1)), known.cue[of_cues.table()].sum(axis=0) * 0.1, rtol=1e-6)
    assert (unit[rows.table()].astype(int).sum(axis=0) == label_sums.totals().T).all()


def test_scores_hold_the_greatest_weights():
    most = LabelSums(packed(np.full((1 << BITS, LABELS), 127, np.int8)), 1)
    least = LabelSums(packed(np.full((1 << BITS, LABELS), -127, np.int8)), 1)
    for _ in range(51):
        most.add(np.zeros(1, np.int64))
        least.add(np.zeros(1, np.int64))
    assert most.totals().tolist() == [[51 * 127]] * LABELS
    assert least.totals().tolist() == [[-51 * 127]] * LABELS


def test_a_template_is_its_parts_in_any_order_and_no_other_template():
    one, other = np.arange(100), np.arange(100)[::-1] * 7
    rows = Rows(100)
    rows.add(one, other)
    rows.add(one, other)
    swapped = Rows(100)
    swapped.add(other, one)
    assert (rows.table()[0] == swapped.table()[0]).all()
    assert (rows.table()[0] != rows.table()[1]).all()
    assert (rows.table() < 1 << BITS).all()


@pytest.mark.parametrize("seed", range(5))
def test_decoding_is_the_best_of_all_labellings(seed):
    random = np.random.default_rng(seed)
    _, known = weights(seed)
    lengths, cues = np.array([5, 3, 3, 1]), np.array([2, 0, 2, 0])
    firsts = np.cumsum(lengths) - lengths
    scores = random.normal(scale=2, size=(int(lengths.sum()), LABELS)).astype(np.float32)
    rows = rows_of(scores, firsts, lengths, cues)
    chances, best = chances_of(rows, known), labels_of(rows, known)
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
        assert chances.chance[number] == pytest.approx(mass, rel=1e-4)
        assert chances.total[number] == pytest.approx(np.log(sum(map(np.exp, bound.values()))), rel=1e-4)
        content = {tried: total for tried, total in bound.items() if is_proper(tried)}
        free = max(bound, key=bound.get)
        assert best.forced[number] == (not {BEGIN, INSIDE} & set(free))
        if not best.forced[number]:
            assert tuple(best.labels[number, :length]) == free
        elif content:
            assert tuple(best.labels[number, :length]) == max(content, key=content.get)
            assert best.score[number] == pytest.approx(max(content.values()), rel=1e-4)


def is_proper(labels):
    """Whether labels have content, and it begins with BEGIN where it begins first."""
    return next((label for label in labels if label in (BEGIN, INSIDE)), None) == BEGIN


def test_labels_have_content_where_the_best_ones_have_none():
    _, known = weights()
    known = known._replace(transition=np.zeros_like(known.transition), start=np.zeros_like(known.start))
    scores = np.full((4, LABELS), -9, np.float32)
    scores[:, 0] = 0
    scores[2, BEGIN], scores[3, INSIDE] = -1, -0.5
    best = labels_of(rows_of(scores, np.array([0]), np.array([4]), np.array([0])), known)
    assert best.forced.tolist() == [True]
    assert best.labels.tolist() == [[CUE, 0, BEGIN, 0]]
    assert best.score[0] == pytest.approx(-10)


def test_long_rows_lose_no_precision():
    _, known = weights()
    scores = np.random.default_rng(3).normal(scale=5, size=(240, LABELS)).astype(np.float32)
    both = rows_of(scores, np.array([0, 120]), np.array([120, 120]), np.array([60, 1]))
    alone = [rows_of(scores, np.array([first]), np.array([120]), np.array([cue])) for first, cue in ((0, 60), (120, 1))]
    chances = chances_of(both, known)
    assert np.isfinite(chances.chance).all()
    assert np.isfinite(chances.total).all()
    assert chances.chance == pytest.approx([chances_of(rows, known).chance[0] for rows in alone])
    assert chances.total == pytest.approx([chances_of(rows, known).total[0] for rows in alone])
