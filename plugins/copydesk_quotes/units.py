"""Units: the words of a document as the tagger sees them, where each stretch in quotation marks is one unit.

Nobody starts or ends to report inside a stretch from outside it. So a quotation of ten sentences
costs as much as a word, and the words around it come close to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk_quotes.marks import Marks

if TYPE_CHECKING:
    from spacy.tokens import Doc

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

REACH = 60
"""How many units on each side of a cue are looked at."""


class Words(NamedTuple):
    """Per token: attributes as spaCy's hashes (which are the same for every model), and one empty row at the end."""

    size: int
    lower: Hashes
    lemma: Hashes
    tag: Hashes
    pos: Hashes
    dep: Hashes
    shape: Hashes
    head: Ints
    starts_sentence: NDArray[np.bool_]
    quoted: Ints
    """1 within a stretch in quotation marks, else 0."""
    offset: Ints
    end: Ints
    left_edge: Ints
    right_edge: Ints


class Units(NamedTuple):
    """The units of a document.

    Attributes:
        first, last: token indexes, the last one exclusive.
        word: the token that stands for the unit: the head of a stretch.
        of_word: for each token the number of its unit.
        stretch: for a stretch a hash of what it looks like from outside, else 0.
        sentence: a number that changes where a sentence starts, outside of stretches.
        paragraph: a number that changes with each paragraph.
    """

    first: Ints
    last: Ints
    word: Ints
    of_word: Ints
    stretch: Hashes
    sentence: Ints
    paragraph: Ints


def words_of(doc: Doc, marks: Marks) -> Words:
    """The words of a document."""
    count = len(doc)
    table = doc.to_array(["LOWER", "LEMMA", "TAG", "POS", "DEP", "SHAPE", "HEAD", "SENT_START"]).astype(np.uint64)
    table = np.vstack([table, np.zeros((1, 8), np.uint64)])
    head = table[:, 6].astype(np.int64) + np.arange(count + 1)
    head[count] = count
    offset = np.fromiter((token.idx for token in doc), np.int64, count)
    length = np.fromiter((len(token) for token in doc), np.int64, count)
    quoted = np.zeros(count + 1, np.int64)
    for stretch in marks.stretches:
        if stretch.depth == 0:
            first, last = np.searchsorted(offset, (stretch.start, stretch.end))
            quoted[first:last] = 1
    lemma = np.where(table[:, 1] == 0, table[:, 0], table[:, 1])
    left_edge = np.append(np.fromiter((token.left_edge.i for token in doc), np.int64, count), count)
    right_edge = np.append(np.fromiter((token.right_edge.i for token in doc), np.int64, count), count)
    dep = table[:, 4].copy()
    _universal(doc, dep, table[:, 3], head, left_edge)
    return Words(
        count,
        table[:, 0],
        lemma,
        table[:, 2],
        table[:, 3],
        dep,
        table[:, 5],
        head,
        table[:, 7].astype(np.int64) == 1,
        quoted,
        offset,
        offset + length,
        left_edge,
        right_edge,
    )


_UNIVERSAL = {
    "dobj": "obj",
    "dative": "iobj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "nn": "compound",
    "pcomp": "advcl",
}
"""Labels of spaCy's own English models, and what Universal Dependencies call the same."""

_PREPOSITIONS_DEEP = 2


def _universal(doc: Doc, dep: Hashes, pos: Hashes, head: Ints, left_edge: Ints) -> None:
    """Turns a tree with the labels of spaCy's own English models into a universal one, in place.

    The weights were learned on universal trees. There the noun stands above its preposition.
    """
    strings = doc.vocab.strings
    label = {
        name: np.uint64(strings.add(name)) for name in ("pobj", "prep", "agent", "case", "obl", "nmod", "obl:agent")
    }
    nouns = np.flatnonzero(np.isin(dep, [label["pobj"]]))
    names = np.array([strings.add(name) for name in _UNIVERSAL], np.uint64)
    if not len(nouns) and not np.isin(dep, names).any():
        return
    nominal = np.array([strings.add(name) for name in ("NOUN", "PROPN", "PRON")], np.uint64)
    for _ in range(_PREPOSITIONS_DEEP):
        prepositions = head[nouns]
        below = np.isin(dep[prepositions], [label["prep"], label["agent"]]) & (prepositions != nouns)
        nouns, prepositions = nouns[below], prepositions[below]
        agents = dep[prepositions] == label["agent"]
        above = head[prepositions]
        head[nouns] = np.where(above == prepositions, nouns, above)
        dep[nouns] = np.where(
            np.isin(pos[above], nominal), label["nmod"], np.where(agents, label["obl:agent"], label["obl"])
        )
        head[prepositions], dep[prepositions] = nouns, label["case"]
        left_edge[nouns] = np.minimum(left_edge[nouns], prepositions)
        left_edge[prepositions] = prepositions
    for old, new in _UNIVERSAL.items():
        dep[dep == np.uint64(strings.add(old))] = np.uint64(strings.add(new))


def units_of(doc: Doc, words: Words, marks: Marks, *, closed: bool = True) -> Units:
    """The units of a document; with `closed` false each token is a unit."""
    text = doc.text
    count = words.size
    starts = np.ones(count, bool)
    look = np.zeros(count, np.uint64)
    stands = np.arange(count)
    if closed:
        for stretch in marks.stretches:
            if stretch.depth:
                continue
            first, last = (int(place) for place in np.searchsorted(words.offset, (stretch.start, stretch.end)))
            if last - first < 2:
                continue
            starts[first + 1 : last] = False
            heads = words.head[first:last]
            outside = np.flatnonzero((heads < first) | (heads >= last) | (heads == np.arange(first, last)))
            stands[first] = first + (int(outside[0]) if len(outside) else 0)
            look[first] = _look(text[stretch.inner.start : stretch.inner.end], stretch.closed)
    first_of = np.flatnonzero(starts)
    last_of = np.append(first_of[1:], count)
    of_word = np.cumsum(starts) - 1
    breaks = np.fromiter((token.is_space and "\n" in token.text for token in doc), bool, count)
    paragraph = np.cumsum(breaks)[first_of] if count else np.zeros(0, np.int64)
    ends = np.array([doc.vocab.strings.add(sign) for sign in ".!?"], np.uint64)
    full_stop = np.isin(words.lower[:count], ends)
    after_stop = np.append([True], full_stop[:-1]) if count else np.zeros(0, bool)
    sentence = np.cumsum(((words.starts_sentence[:count] | after_stop)[first_of]) | breaks[first_of])
    return Units(first_of, last_of, stands[first_of], of_word, look[first_of], sentence, paragraph)


def _look(inner: str, closed: bool) -> np.uint64:  # private
    """What a stretch looks like from outside: its length, its first letter, its last sign."""
    words = inner.split()
    count = len(words)
    size = 0 if count <= 1 else 1 if count <= 3 else 2 if count <= 7 else 3 if count <= 15 else 4
    first = next((sign for sign in inner if sign.isalnum()), "")
    case = 0 if first.islower() else 1 if first.isupper() else 2
    last = inner.rstrip()[-1:]
    ending = 0 if last == "," else 1 if last in "?!" and last else 2 if last in ".…" and last else 3
    title = int(count > 1 and case == 1 and all(word[:1].isupper() or len(word) < 5 for word in words))
    return np.uint64(1 + size + 5 * (case + 3 * (ending + 4 * (title + 2 * closed))))


class Windows(NamedTuple):
    """For each cue a row of units around it, end to end.

    Attributes:
        cue: for each entry the token index of its cue.
        unit: for each entry the number of its unit.
        row: for each entry the number of its cue in the list of cues.
        lengths: entries per cue.
    """

    cue: Ints
    unit: Ints
    row: Ints
    lengths: Ints


def windows_of(cues: Ints, units: Units) -> Windows:
    """The units around each cue: its sentence and the two beside it, within the paragraph."""
    at = units.of_word[cues]
    sentences = units.sentence
    low = np.searchsorted(sentences, sentences[at] - 1, "left")
    high = np.searchsorted(sentences, sentences[at] + 1, "right")
    low = np.maximum(low, np.searchsorted(units.paragraph, units.paragraph[at], "left"))
    high = np.minimum(high, np.searchsorted(units.paragraph, units.paragraph[at], "right"))
    low = np.maximum(low, at - REACH)
    high = np.minimum(high, at + REACH)
    lengths = np.maximum(high - low, 0)
    total = int(lengths.sum())
    row = np.repeat(np.arange(len(cues)), lengths)
    within = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return Windows(cues[row], low[row] + within, row, lengths)
