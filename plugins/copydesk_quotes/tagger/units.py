"""Units: the words of a document as the tagger sees them, where each stretch in quotation marks is one unit.

Nobody starts or ends to report inside a stretch from outside it. So a quotation of ten sentences
costs as much as a word, and the words around it come close to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from copydesk_quotes.reading.stretches import Stretch
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.tagger.templates import Ints
from copydesk_quotes.tagger.words import Words, hash_of

REACH = 60
"""How many units on each side of a cue are looked at."""


_COMMA = np.uint64(hash_of(","))
_FULL_STOPS = np.array([hash_of(sign) for sign in ".!?"], np.uint64)
_FINITE = np.array([hash_of(tag) for tag in ("VBD", "VBZ", "VBP", "MD")], np.uint64)


class Units(NamedTuple):
    """The units of a document.

    Attributes:
        first, last: token indexes, the last one exclusive.
        word: the token that stands for the unit: the head of a stretch.
        of_word: for each token the number of its unit.
        stretch: for a stretch a number from 1 to 255 for what it looks like from outside, else 0.
        sentence: a number that changes where a sentence starts, outside of stretches.
        paragraph: a number that changes with each paragraph.
        comma, finite: 1 where it is a comma, or a finite verb; else 0.
    """

    first: Ints
    last: Ints
    word: Ints
    of_word: Ints
    stretch: Ints
    sentence: Ints
    paragraph: Ints
    comma: Ints
    finite: Ints


def units_of(text: str, tree: Tree, words: Words, stretches: Sequence[Stretch]) -> Units:
    """The units of a document."""
    count = words.size
    starts = np.ones(count, bool)
    look = np.zeros(count, np.int64)
    stands = np.arange(count)
    for stretch in stretches:
        first, last = (int(place) for place in np.searchsorted(words.offset, stretch[:2]))
        if last - first < 2:
            continue
        starts[first + 1 : last] = False
        heads = words.head[first:last]
        outside = np.flatnonzero((heads < first) | (heads >= last) | (heads == np.arange(first, last)))
        stands[first] = first + (int(outside[0]) if len(outside) else 0)
        look[first] = _look(text[stretch.inner.start : stretch.inner.end], closed=stretch.closed)
    first_of = np.flatnonzero(starts)
    last_of = np.append(first_of[1:], count)
    of_word = np.cumsum(starts) - 1
    breaks = np.array(["\n" in word and word.isspace() for word in tree.texts], bool)
    paragraph = np.cumsum(breaks)[first_of] if count else np.zeros(0, np.int64)
    full_stop = np.isin(words.lower[:count], _FULL_STOPS)
    comma = (words.lower[:count] == _COMMA).astype(np.int64)
    finite = np.isin(words.tag[:count], _FINITE).astype(np.int64)
    after_stop = np.append([True], full_stop[:-1]) if count else np.zeros(0, bool)
    sentence = np.cumsum(((words.starts_sentence[:count] | after_stop)[first_of]) | breaks[first_of])
    return Units(
        first_of,
        last_of,
        stands[first_of],
        of_word,
        look[first_of],
        sentence,
        paragraph,
        comma[first_of],
        finite[first_of],
    )


def _look(inner: str, *, closed: bool) -> int:
    """What a stretch looks like from outside: its length, its first letter, its last sign."""
    words = inner.split()
    count = len(words)
    size = 0 if count <= 1 else 1 if count <= 3 else 2 if count <= 7 else 3 if count <= 15 else 4
    first = next((sign for sign in inner if sign.isalnum()), "")
    case = 0 if first.islower() else 1 if first.isupper() else 2
    last = inner.rstrip()[-1:]
    ending = 0 if last == "," else 1 if last in "?!" and last else 2 if last in ".…" and last else 3
    title = int(count > 1 and case == 1 and all(word[:1].isupper() or len(word) < 5 for word in words))
    return 1 + size + 5 * (case + 3 * (ending + 4 * (title + 2 * closed)))


class Windows(NamedTuple):
    """For each cue a row of units around it, end to end.

    Attributes:
        cues: the tokens that are cues.
        firsts: for each cue the number of the first unit around it.
        lengths: entries per cue.
        unit: for each entry the number of its unit.
        row: for each entry the number of its cue in the list of cues.
    """

    cues: Ints
    firsts: Ints
    lengths: Ints
    unit: Ints
    row: Ints


def windows_of(cues: Ints, units: Units) -> Windows:
    """The units around each cue: its sentence and the two beside it, within the paragraph."""
    at = units.of_word[cues]
    sentence, paragraph = units.sentence[at], units.paragraph[at]
    low = np.searchsorted(units.sentence, sentence - 1, "left")
    low = np.maximum(low, np.searchsorted(units.paragraph, paragraph, "left"))
    high = np.searchsorted(units.sentence, sentence + 1, "right")
    high = np.minimum(high, np.searchsorted(units.paragraph, paragraph, "right"))
    low, high = np.maximum(low, at - REACH), np.minimum(high, at + REACH)
    lengths = high - low
    total = int(lengths.sum())
    row = np.repeat(np.arange(len(cues)), lengths)
    within = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return Windows(cues, low, lengths, low[row] + within, row)
