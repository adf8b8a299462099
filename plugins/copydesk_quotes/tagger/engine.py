"""The tagger: finds attributions with weights learned on PolNeAR, on top of the rules.

Three linear models over hashed features. The first says of each token how probable it is that it
reports something. The second, a conditional random field, labels the units around each such cue:
content, source, cue, or none of them. The third says which of the readings of a cue is right, and how
probable that is. What the rules found is among the features of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk import Span
from copydesk_quotes.attribution import Attribution
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.tree import Piece, Tree
from copydesk_quotes.rules.engine import head_of
from copydesk_quotes.tagger.cue_features import add_cue_features, possible_cues
from copydesk_quotes.tagger.decoding import chances_of, labels_of, rows_of
from copydesk_quotes.tagger.hints import Hints, Relations
from copydesk_quotes.tagger.readings import FORCED, LABELLED, Reading, best_of, columns_of, with_ruled
from copydesk_quotes.tagger.senses import Senses
from copydesk_quotes.tagger.templates import Ints
from copydesk_quotes.tagger.unit_features import (
    FIRST_AROUND,
    add_features_around,
    add_features_of_units,
    place_of_unit,
)
from copydesk_quotes.tagger.units import Units, Windows, units_of, windows_of
from copydesk_quotes.tagger.weights import (
    BEGIN,
    CUE,
    INSIDE,
    OUTSIDE,
    SOURCE,
    Floats,
    LabelSums,
    Sums,
    Weights,
    sigmoid,
    tenths,
)
from copydesk_quotes.tagger.words import Words, words_of
from copydesk_quotes.union import shared_sources

Run = tuple[int, int, int]
"""A stretch of one label: the label, the first place, and the one after the last."""

if TYPE_CHECKING:
    from spacy.tokens import Doc

    Text = tuple[Doc, Places, Sequence[Attribution]]

LEAST_BELIEF = 0.15
"""How probable a cue must be for its surroundings to be labelled."""

LEAST_CHANCE = 0.1
"""How probable a cue must be, next to its surroundings, for its readings to be weighed."""


class Tagger:
    """Finds attributions with learned weights.

    Args:
        weights: of the models.
        senses: what words are like.
    """

    def __init__(self, weights: Weights, senses: Senses) -> None:
        self._weights = weights
        self._senses = senses

    def find(self, texts: Sequence[Text]) -> list[list[Attribution]]:
        """The attributions of each of some documents, however improbable.

        Args:
            texts: of each its parse, its places, and what the rules think possible.
        """
        read = self.read(texts)
        told = [
            (readings, one.hints, columns_of(readings, one.places, one.words, one.hints, one.units, one.belief))
            for one, readings in read
            if one is not None and readings
        ]
        found = iter(best_of(told, self._weights))
        return [next(found) if readings else [] for _, readings in read]

    def read(self, texts: Sequence[Text]) -> list[tuple[Scored | None, list[Reading]]]:
        """Each of some documents as the tagger sees it, and what its cues may report; None where there is no cue.

        Labels are decoded for all of them together, since that goes place by place, whatever the number of cues.

        Args:
            texts: of each its parse, its places, and what the rules think possible.
        """
        scored = [self._scored(*text) for text in texts]
        decoded = iter(self._decoded([one for one in scored if one is not None]))
        read: list[tuple[Scored | None, list[Reading]]] = []
        for one, (_, places, ruled) in zip(scored, texts, strict=True):
            readings = [] if one is None else with_ruled(_with_shared_sources(next(decoded), places.tree), ruled)
            read.append((one, readings))
        return read

    def _scored(self, doc: Doc, places: Places, found: Sequence[Attribution]) -> Scored | None:
        """The scores of the units around the cues of a document; None where there is no cue."""
        tree, weights = places.tree, self._weights
        if not tree.size:
            return None
        words = words_of(doc, tree, places.stretches, self._senses)
        units = units_of(places.text, tree, words, places.stretches)
        relations, hints = Relations(words), Hints(found, tree)
        tokens = possible_cues(tree)
        cue_sums = Sums(weights.cue, len(tokens))
        add_cue_features(cue_sums, tokens, words, relations, hints, units)
        chances = sigmoid(cue_sums.scores(weights.cue_scale))
        cues = tokens[chances >= LEAST_BELIEF]
        if not len(cues):
            return None
        belief = np.zeros(words.size + 1, np.int64)
        belief[tokens] = tenths(chances)
        windows = windows_of(cues, units)
        of_units = LabelSums(weights.unit, 2 * len(units.first))
        add_features_of_units(of_units, words, units)
        around = LabelSums(weights.unit, len(windows.unit), FIRST_AROUND)
        add_features_around(around, words, relations, hints, units, windows, belief)
        both = around.totals() + of_units.totals()[:, place_of_unit(windows, units)]
        return Scored(places, words, hints, units, windows, belief, (both.T * weights.unit_scale).astype(np.float32))

    def _decoded(self, scored: Sequence[Scored]) -> list[list[Reading]]:
        """What the labels say in each document, in the order of its cues."""
        made: list[list[Reading]] = [[] for _ in scored]
        if not scored:
            return made
        scores = np.concatenate([one.scores for one in scored])
        lengths = np.concatenate([one.windows.lengths for one in scored])
        at = np.concatenate([one.units.of_word[one.windows.cues] - one.windows.firsts for one in scored])
        firsts = np.cumsum(lengths) - lengths
        order = np.argsort(-lengths, kind="stable")
        rows = rows_of(scores, firsts[order], lengths[order], at[order])
        chances, totals = chances_of(rows, self._weights)
        likely = np.flatnonzero(chances >= LEAST_CHANCE)
        if not len(likely):
            return made
        chosen = order[likely]
        rows = rows_of(scores, firsts[chosen], lengths[chosen], at[chosen])
        best = labels_of(rows, self._weights)
        runs = list(_runs(best.labels))
        sures = best.score - totals[likely]
        begins = np.cumsum([0, *(len(one.windows.cues) for one in scored)])
        for number in np.argsort(chosen).tolist():
            owner = int(np.searchsorted(begins, chosen[number], "right")) - 1
            one, cue = scored[owner], int(chosen[number] - begins[owner])
            chance = float(chances[likely[number]])
            item = _attribution(
                one.places, one.units, int(one.windows.cues[cue]), int(one.windows.firsts[cue]), runs[number], chance
            )
            if item is not None:
                made[owner].append(Reading(item, FORCED if best.forced[number] else LABELLED, float(sures[number])))
        return made


class Scored(NamedTuple):
    """A document as the tagger sees it.

    Attributes:
        places, words, hints, units: of the document.
        windows: around the tokens that may report something.
        belief: per token, in tenths how probable it is that it reports something.
        scores: of the units in the windows, cue by cue, by label.
    """

    places: Places
    words: Words
    hints: Hints
    units: Units
    windows: Windows
    belief: Ints
    scores: Floats


def _with_shared_sources(readings: Sequence[Reading], tree: Tree) -> list[Reading]:
    """Readings with the sources that participles share with what stands before them."""
    items = shared_sources([reading.item for reading in readings], tree)
    return [reading._replace(item=item) for reading, item in zip(readings, items, strict=True)]


def _attribution(
    places: Places, units: Units, cue_word: int, first: int, runs: Sequence[Run], chance: float
) -> Attribution | None:
    """What the labels of the units around a cue say; None where there is no content."""
    content, sources, cue = [], [], []
    for label, begin, end in runs:
        run = first + begin, first + end
        if label == INSIDE:
            content.append(_chars(places, units, run))
        elif label == SOURCE:
            sources.append(run)
        elif label == CUE:
            cue.append(places.trimmed(_chars(places, units, run)))
    pieces = tuple(places.merged(places.snapped(content)))
    if not pieces:
        return None
    here = int(units.of_word[cue_word])
    source: tuple[Span, ...] = ()
    source_word = -1
    if sources:
        near = min(sources, key=lambda run: min(abs(run[0] - here), abs(run[1] - here)))
        source = (places.named(_chars(places, units, near)),)
        source_word = head_of(places.tree, int(units.first[near[0]]), int(units.last[near[1] - 1]))
    return Attribution(
        pieces,
        tuple(span for span in cue if span.start < span.end) or (_chars(places, units, (here, here + 1)),),
        source,
        chance,
        cue_word,
        source_word,
    )


def _runs(labels: NDArray[np.int64]) -> Iterator[list[Run]]:
    """Of each row of labels the stretches of one label. Contents that touch are one."""
    joined = np.where(labels == BEGIN, INSIDE, labels)
    rows, places = np.nonzero(joined[:, 1:] != joined[:, :-1])
    changes = np.searchsorted(rows, np.arange(len(labels) + 1)).tolist()
    for row, (low, high) in zip(joined, pairwise(changes), strict=True):
        begins = [0, *(places[low:high] + 1).tolist()]
        runs = zip(row[begins].tolist(), begins, [*begins[1:], len(row)], strict=True)
        yield [run for run in runs if run[0] != OUTSIDE]


def _chars(places: Places, units: Units, run: Piece) -> Span:
    return places.tree.chars(int(units.first[run[0]]), int(units.last[run[1] - 1]))
