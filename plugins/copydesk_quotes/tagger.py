"""The engine `learned`: a tagger on top of the rules, with weights learned on PolNeAR.

Two linear models over hashed features. The first says of each token how probable it is that it
reports something. The second, a conditional random field, labels the units around each such cue:
content, source, cue, or none of them. What the rules found is among the features of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk import Span
from copydesk_quotes.features import Relations, Rows, cue_features, hints_of, unit_features
from copydesk_quotes.marks import Marks
from copydesk_quotes.rules import Attribution, Places, head_of
from copydesk_quotes.units import Ints, Units, Windows, Words, units_of, windows_of, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats = NDArray[np.float32]

OUTSIDE, BEGIN, INSIDE, SOURCE, CUE = range(5)
LABELS = 5
IMPOSSIBLE = -1e4
"""The score of a content that goes on without having begun."""

LEAST_BELIEF = 0.08
"""How probable a cue must be for its surroundings to be labelled."""
_CHUNK = 1 << 14


class Weights(NamedTuple):
    """The weights of both models.

    Attributes:
        cue: per feature.
        unit: per feature and label.
        transition: from label to label.
        start: per label.
    """

    cue: Floats
    unit: Floats
    transition: Floats
    start: Floats


@cache
def bundled() -> Weights:
    """The weights that come with the plugin."""
    with as_file(files(__package__).joinpath("tagger.npz")) as path, np.load(path, allow_pickle=False) as stored:
        return Weights(
            stored["cue"].astype(np.float32) * stored["cue_scale"],
            stored["unit"].astype(np.float32) * stored["unit_scale"],
            stored["transition"],
            stored["start"],
        )


class View(NamedTuple):
    """A document as the tagger sees it."""

    words: Words
    units: Units
    relations: Relations
    found: Sequence[Attribution]
    cues: Rows


class Tagger:
    """Finds attributions with learned weights.

    Args:
        weights: of both models.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def find(self, doc: Doc, marks: Marks, found: Sequence[Attribution]) -> list[Attribution]:
        """The attributions of a document; `found` is what the rules think possible."""
        if not len(doc):
            return []
        words = words_of(doc, marks)
        units = units_of(doc, words, marks)
        relations = Relations(words, doc.vocab.strings)
        hints = hints_of(found, words, doc.vocab.strings)
        belief = sigmoid(summed(self._weights.cue, cue_features(words, relations, hints, units)))
        cues = np.flatnonzero(belief >= LEAST_BELIEF)
        if not len(cues):
            return []
        windows = windows_of(cues, units)
        rows = unit_features(words, relations, hints, units, windows, tenths(belief[cues]))
        scores = summed(self._weights.unit, rows)
        firsts = np.cumsum(windows.lengths) - windows.lengths
        at = units.of_word[cues] - windows.unit[firsts]
        labels, chances = decode(scores, windows.lengths, at, self._weights)
        return list(_attributions(doc, marks, words, units, windows, cues, labels, chances))


def _attributions(
    doc: Doc, marks: Marks, words: Words, units: Units, windows: Windows, cues: Ints, labels: Ints, chances: Floats
) -> list[Attribution]:
    places = Places(doc, marks)
    made: list[Attribution] = []
    at = 0
    for number, length in enumerate(windows.lengths.tolist()):
        row = labels[at : at + length]
        low = int(windows.unit[at]) if length else 0
        at += length
        content = [_chars(words, units, low + a, low + b) for a, b in runs(np.isin(row, (BEGIN, INSIDE)))]
        if not content:
            continue
        cue_word = int(cues[number])
        cue = [places.trimmed(_chars(words, units, low + a, low + b)) for a, b in runs(row == CUE)]
        sources = runs(row == SOURCE)
        source: tuple[Span, ...] = ()
        source_word = -1
        if sources:
            here = int(units.of_word[cue_word]) - low
            first, last = min(sources, key=lambda run: min(abs(run[0] - here), abs(run[1] - here)))
            source = (places.named(_chars(words, units, low + first, low + last)),)
            source_word = head_of(doc, int(units.first[low + first]), int(units.last[low + last - 1])).i
        pieces = places.merged(places.snapped(content))
        made.append(
            Attribution(
                tuple(pieces),
                tuple(span for span in cue if span.start < span.end)
                or (_chars(words, units, int(units.of_word[cue_word]), int(units.of_word[cue_word]) + 1),),
                source,
                round(float(chances[number]), 3),
                cue_word,
                source_word,
            )
        )
    return made


def _chars(words: Words, units: Units, first: int, last: int) -> Span:
    return Span(int(words.offset[units.first[first]]), int(words.end[units.last[last - 1] - 1]))


def runs(wanted: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches of true values: first, and the one after the last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], wanted.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def tenths(chances: Floats) -> Ints:
    """Probabilities as tenths, 0 to 9."""
    return (np.minimum(chances, 0.999) * 10).astype(np.int64)


def sigmoid(scores: Floats) -> Floats:
    """Scores as probabilities."""
    return (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)


def summed(weights: Floats, rows: Rows) -> Floats:
    """The sum of the weights of each row's features."""
    shape = (len(rows), *weights.shape[1:])
    total = np.zeros(shape, np.float32)
    for low in range(0, len(rows), _CHUNK):
        part = rows[low : low + _CHUNK]
        for column in range(part.shape[1]):
            total[low : low + _CHUNK] += weights[part[:, column]]
    return total


def padded(scores: Floats, lengths: Ints) -> tuple[Floats, NDArray[np.bool_]]:
    """Rows of different lengths, end to end, as one table: row by place by label, and where there is something."""
    longest = int(lengths.max()) if len(lengths) else 0
    filled = np.arange(longest)[None, :] < lengths[:, None]
    table = np.zeros((len(lengths), longest, scores.shape[1]), np.float32)
    table[filled] = scores
    return table, filled


def decode(scores: Floats, lengths: Ints, cues: Ints, weights: Weights) -> tuple[Ints, Floats]:
    """The best labels, end to end, if the cue of each row is one; and for each row how probable that is.

    `cues` holds for each row the place of its cue.
    """
    table, filled = padded(scores, lengths)
    count, longest = filled.shape
    index = np.arange(count)
    bound = table.copy()
    kept = table[index, cues, CUE]
    bound[index, cues] = IMPOSSIBLE
    bound[index, cues, CUE] = kept
    transition = weights.transition
    best = bound[:, 0] + weights.start
    within, free = best.copy(), table[:, 0] + weights.start
    back = np.zeros((count, longest, LABELS), np.int8)
    for place in range(1, longest):
        here = filled[:, place][:, None]
        paths = best[:, :, None] + transition[None]
        back[:, place] = paths.argmax(axis=1)
        best = np.where(here, paths.max(axis=1) + bound[:, place], best)
        within = np.where(here, log_sum(within[:, :, None] + transition[None]) + bound[:, place], within)
        free = np.where(here, log_sum(free[:, :, None] + transition[None]) + table[:, place], free)
    labels = np.zeros((count, longest), np.int64)
    now = best.argmax(axis=1)
    for place in range(longest - 1, -1, -1):
        labels[:, place] = now
        if place:
            now = np.where(filled[:, place], back[index, place, now], now)
    chance = np.exp(np.minimum(log_sum(within[:, :, None]) - log_sum(free[:, :, None]), 0))[:, 0]
    return labels[filled], chance.astype(np.float32)


def log_sum(scores: Floats) -> Floats:
    """The logarithm of the sum of exponentials over the second axis."""
    top = scores.max(axis=1)
    result: Floats = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
    return result
