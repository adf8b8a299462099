"""Decoding: how probable it is that a cue is one, and the best labels of the units around it if so.

All rows advance together, place by place, the longest first, so that those that are at their end drop out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk_quotes.tagger.templates import Ints
from copydesk_quotes.tagger.weights import BEGIN, CUE, IMPOSSIBLE, INSIDE, LABELS, OUTSIDE, SOURCE, Floats, Weights

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


class Chances(NamedTuple):
    """What all ways to label rows tell.

    Attributes:
        chance: for each row how probable it is that its cue is one.
        total: for each row the logarithm of the sum over all ways in which it is.
    """

    chance: NDArray[np.float64]
    total: NDArray[np.float64]


def chances_of(rows: Rows, weights: Weights) -> Chances:
    """What all ways to label each row tell of its cue."""
    count = len(rows.lengths)
    greatest = _greatest(rows.scores)
    factors = np.exp(rows.scores - greatest[:, :, None])
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
    return Chances(np.exp(np.minimum(within - free, 0)), within + greatest.sum(axis=0))


def _greatest(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The greatest score of any label: label by label, since numpy is slow along a short last axis."""
    greatest = scores[:, :, 0]
    for label in range(1, LABELS):
        greatest = np.maximum(greatest, scores[:, :, label])
    return greatest


class Labels(NamedTuple):
    """The best way to label each row if its cue is one and reports something.

    Attributes:
        labels: by row and place.
        score: of each row.
        forced: for each row whether labels without content would be better.
    """

    labels: NDArray[np.int64]
    score: NDArray[np.float64]
    forced: NDArray[np.bool_]


def labels_of(rows: Rows, weights: Weights) -> Labels:
    """The best labels of the units of each row."""
    scores = rows.scores.copy()
    index = np.arange(len(rows.lengths))
    kept = scores[rows.cues, index, CUE]
    scores[rows.cues, index] = IMPOSSIBLE
    scores[rows.cues, index, CUE] = kept
    bound = rows._replace(scores=scores)
    labels, score = _best(bound, _FREE, weights)
    forced = ~((labels == BEGIN) | (labels == INSIDE)).any(axis=1)
    bare = np.flatnonzero(forced)
    if len(bare):
        some = _some(bound, bare)
        labels[bare, : len(some.scores)], score[bare] = _best(some, _WITH_CONTENT, weights)
    return Labels(labels, score, forced)


class _States(NamedTuple):
    """What a row of labels goes through.

    Attributes:
        label: of each state.
        joined: what each transition from state to state costs on top of that of their labels.
        start, end: likewise for states at the beginning and at the end of a row.
    """

    label: Ints
    joined: Floats
    start: Floats
    end: Floats


def _states_with_content() -> _States:
    """States of rows that have content: three before it begins, and all labels from there on."""
    label = np.array([OUTSIDE, SOURCE, CUE, OUTSIDE, BEGIN, INSIDE, SOURCE, CUE])
    begun = np.arange(len(label)) >= 3
    begins = label == BEGIN
    possible = (begun[:, None] & begun[None, :]) | (~begun[:, None] & (~begun | begins)[None, :])
    joined = np.where(possible, 0, IMPOSSIBLE)
    start, end = np.where(begun & ~begins, IMPOSSIBLE, 0), np.where(begun, 0, IMPOSSIBLE)
    return _States(label, *(costs.astype(np.float32) for costs in (joined, start, end)))


_FREE = _States(
    np.arange(LABELS),
    np.zeros((LABELS, LABELS), np.float32),
    np.zeros(LABELS, np.float32),
    np.zeros(LABELS, np.float32),
)
_WITH_CONTENT = _states_with_content()


def _some(rows: Rows, chosen: Ints) -> Rows:
    """Some of the rows, in their order."""
    lengths = rows.lengths[chosen]
    longest = int(lengths[0])
    active = (np.arange(longest)[:, None] < lengths[None, :]).sum(axis=1)
    return Rows(rows.scores[:longest, chosen], lengths, active.tolist(), rows.cues[chosen])


def _best(rows: Rows, states: _States, weights: Weights) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each row the labels of the best way through the states, and its score."""
    count, longest = len(rows.lengths), len(rows.scores)
    label = states.label
    by_state = np.ascontiguousarray(
        rows.scores.transpose(0, 2, 1)[:, label]
    )  # sums over states run along whole rows so
    transition = weights.transition[np.ix_(label, label)].astype(np.float64) + states.joined
    best = np.empty_like(by_state)
    best[0] = by_state[0] + (weights.start[label] + states.start)[:, None]
    for place in range(1, longest):
        active = rows.active[place]
        paths = best[place - 1, :, None, :active] + transition[:, :, None]
        np.add(np.maximum.reduce(paths), by_state[place, :, :active], out=best[place, :, :active])
    labels = np.zeros((count, longest), np.int64)
    now = np.zeros(count, np.int64)
    score = np.empty(count)
    for place in range(longest - 1, -1, -1):
        active = rows.active[place]
        ending = rows.active[place + 1] if place + 1 < longest else 0
        reached = best[place, :, :active]
        if ending < active:
            ends = reached[:, ending:] + states.end[:, None]
            now[ending:active] = ends.argmax(axis=0)
            score[ending:active] = ends.max(axis=0)
        if ending:
            now[:ending] = (reached[:, :ending] + transition[:, now[:ending]]).argmax(axis=0)
        labels[:active, place] = label[now[:active]]
    return np.where(np.arange(longest)[None, :] < rows.lengths[:, None], labels, OUTSIDE), score
