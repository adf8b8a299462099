"""The tagger: finds attributions with weights learned on PolNeAR, on top of the rules.

Two linear models over hashed features. The first says of each token how probable it is that it
reports something. The second, a conditional random field, labels the units around each such cue:
content, source, cue, or none of them. What the rules found is among the features of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from copydesk import Span
from copydesk_quotes.attribution import Attribution
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.tree import Piece
from copydesk_quotes.rules.engine import head_of
from copydesk_quotes.tagger.cue_features import cue_features
from copydesk_quotes.tagger.decoding import chances_of, labels_of, rows_of
from copydesk_quotes.tagger.hints import Hints, Relations
from copydesk_quotes.tagger.unit_features import unit_features
from copydesk_quotes.tagger.units import Units, units_of, windows_of
from copydesk_quotes.tagger.weights import (
    BEGIN,
    CUE,
    INSIDE,
    OUTSIDE,
    SOURCE,
    Weights,
    cue_scores,
    sigmoid,
    tenths,
    unit_scores,
)
from copydesk_quotes.tagger.words import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEAST_BELIEF = 0.08
"""How probable a cue must be for its surroundings to be labelled."""


class Tagger:
    """Finds attributions with learned weights.

    Args:
        weights: of both models.
        least: how probable an attribution must be to be returned.
    """

    def __init__(self, weights: Weights, least: float) -> None:
        self._weights = weights
        self._least = least

    def find(self, doc: Doc, places: Places, found: Sequence[Attribution]) -> list[Attribution]:
        """The attributions of a document; `found` is what the rules think possible."""
        tree, weights = places.tree, self._weights
        if not tree.size:
            return []
        words = words_of(doc, tree, places.stretches)
        units = units_of(places.text, tree, words, places.stretches)
        relations, hints = Relations(words), Hints(found, tree)
        belief = sigmoid(cue_scores(weights, cue_features(words, relations, hints, units)))
        cues = np.flatnonzero(belief >= LEAST_BELIEF)
        if not len(cues):
            return []
        windows = windows_of(cues, units)
        features = unit_features(words, relations, hints, units, windows, tenths(belief[cues]))
        scores = unit_scores(weights, features)
        firsts = np.cumsum(windows.lengths) - windows.lengths
        at = units.of_word[cues] - windows.unit[firsts]
        order = np.argsort(-windows.lengths, kind="stable")
        rows = rows_of(scores, firsts[order], windows.lengths[order], at[order])
        chances = np.round(chances_of(rows, weights), 3)
        likely = np.flatnonzero(chances >= self._least)
        if not len(likely):
            return []
        chosen = order[likely]
        rows = rows_of(scores, firsts[chosen], windows.lengths[chosen], at[chosen])
        labels = labels_of(rows, weights)
        made = []
        for number, cue in sorted(enumerate(cues[chosen].tolist()), key=lambda item: item[1]):
            row = labels[number, : rows.lengths[number]].tolist()
            first = int(windows.unit[firsts[chosen[number]]])
            made.append(_attribution(places, units, cue, first, row, float(chances[likely[number]])))
        return [item for item in made if item is not None]


def _attribution(
    places: Places, units: Units, cue_word: int, first: int, labels: Sequence[int], chance: float
) -> Attribution | None:
    """What the labels of the units around a cue say; None where there is no content."""
    content, sources, cue = [], [], []
    for label, begin, end in _runs(labels):
        run = first + begin, first + end
        if label == INSIDE:
            content.append(_chars(places, units, run))
        elif label == SOURCE:
            sources.append(run)
        elif label == CUE:
            cue.append(places.trimmed(_chars(places, units, run)))
    if not content:
        return None
    here = int(units.of_word[cue_word])
    source: tuple[Span, ...] = ()
    source_word = -1
    if sources:
        near = min(sources, key=lambda run: min(abs(run[0] - here), abs(run[1] - here)))
        source = (places.named(_chars(places, units, near)),)
        source_word = head_of(places.tree, int(units.first[near[0]]), int(units.last[near[1] - 1]))
    return Attribution(
        tuple(places.merged(places.snapped(content))),
        tuple(span for span in cue if span.start < span.end) or (_chars(places, units, (here, here + 1)),),
        source,
        chance,
        cue_word,
        source_word,
    )


def _runs(labels: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Stretches of one label: the label, the first place, and the one after the last. Contents that touch are one."""
    at = 0
    for label, run in groupby(INSIDE if label == BEGIN else label for label in labels):
        begin, at = at, at + sum(1 for _ in run)
        if label != OUTSIDE:
            yield label, begin, at


def _chars(places: Places, units: Units, run: Piece) -> Span:
    return places.tree.chars(int(units.first[run[0]]), int(units.last[run[1] - 1]))
