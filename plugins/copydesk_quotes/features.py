"""Features of the tagger: hashed, computed for a whole document at once.

A feature is a template's number and some attributes, mixed into one of `SIZE` rows of a weight table.
All attributes are spaCy's hashes of strings or small numbers, so that they do not depend on a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from copydesk_quotes.rules import Attribution
from copydesk_quotes.units import Hashes, Ints, Units, Windows, Words

if TYPE_CHECKING:
    from spacy.strings import StringStore

BITS = 17
SIZE = 1 << BITS

Rows = NDArray[np.int32]

_LEVELS = 4
"""How many ancestors of a cue are told apart."""
_CLIMB = 16
"""How far a unit's place in the tree is followed upwards."""

_A = np.uint64(0x9E3779B97F4A7C15)
_B = np.uint64(0xC2B2AE3D27D4EB4F)
_C = np.uint64(0x165667B19E3779F9)


class _Templates:
    """Collects features, one template after another."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._rows: list[Rows] = []

    def add(self, *parts: NDArray[np.generic] | int) -> None:
        """One more template: the conjunction of `parts`."""
        mixed = np.full(self._count, len(self._rows) + 1, np.uint64) * _C
        for part in parts:
            mixed = (mixed ^ np.asarray(part).astype(np.uint64)) * _A
            mixed ^= mixed >> np.uint64(29)
        mixed *= _B
        self._rows.append((mixed >> np.uint64(64 - BITS)).astype(np.int32))

    def table(self) -> Rows:
        """One row per item, one column per template."""
        return np.stack(self._rows, axis=1) if self._rows else np.zeros((self._count, 0), np.int32)


class Hints:
    """What the rules say, per token and per cue.

    Attributes:
        chance: per token, in tenths: how probable the rules think it is that it reports something.
        frame: per token, the hash of the frame that they chose, or 0.
        pieces: per token the pieces of content that they chose, as token indexes.
        sources: per token the source that they chose, as token indexes.
    """

    def __init__(self, count: int) -> None:
        self.chance = np.zeros(count + 1, np.int64)
        self.frame = np.zeros(count + 1, np.uint64)
        self.pieces: dict[int, list[tuple[int, int]]] = {}
        self.sources: dict[int, tuple[int, int]] = {}


def hints_of(found: Sequence[Attribution], words: Words, strings: StringStore) -> Hints:
    """What the rules found, however improbable, as hints."""
    hints = Hints(words.size)
    offset, end = words.offset, words.end
    for item in found:
        if item.cue_word < 0:
            continue
        hints.chance[item.cue_word] = 1 + int(item.confidence * 9.99)
        hints.frame[item.cue_word] = strings.add(item.frame)
        hints.pieces[item.cue_word] = [
            (int(np.searchsorted(end, piece.start, "right")), int(np.searchsorted(offset, piece.end)))
            for piece in item.content
        ]
        if item.source:
            span = item.source[0]
            first, last = int(np.searchsorted(end, span.start, "right")), int(np.searchsorted(offset, span.end))
            if first < last:
                hints.sources[item.cue_word] = first, last
    return hints


class Relations:
    """For each token its first child of each kind, or the empty row; and what hangs on it, as one number."""

    def __init__(self, words: Words, strings: StringStore) -> None:
        count = words.size
        self.kinds = {name: np.full(count + 1, count) for name in _KINDS}
        index = np.arange(count - 1, -1, -1)
        dep = words.dep[:count]
        for name, labels in _KINDS.items():
            wanted = np.array([strings.add(label) for label in labels], np.uint64)
            of_kind = index[np.isin(dep[index], wanted)]
            of_kind = of_kind[words.head[of_kind] != of_kind]
            self.kinds[name][words.head[of_kind]] = of_kind
        self.signature = np.zeros(count + 1, np.uint64)
        children = np.flatnonzero(words.head[:count] != np.arange(count))
        core = children[np.isin(dep[children], np.array([strings.add(label) for label in _CORE], np.uint64))]
        np.add.at(self.signature, words.head[core], words.dep[core] * _A)


_KINDS: dict[str, tuple[str, ...]] = {
    "subject": ("nsubj", "nsubj:pass", "nsubjpass", "nsubj:outer", "csubj"),
    "object": ("obj", "dobj", "iobj"),
    "clause": ("ccomp", "xcomp", "advcl", "acl", "parataxis"),
    "oblique": ("obl", "nmod", "prep", "agent", "obl:agent"),
    "case": ("case", "mark"),
    "owner": ("nmod:poss", "poss"),
    "auxiliary": ("aux", "aux:pass", "auxpass", "cop", "neg"),
}
_CORE = (
    "obj",
    "dobj",
    "ccomp",
    "xcomp",
    "nsubj",
    "nsubj:pass",
    "nsubjpass",
    "obl",
    "prep",
    "parataxis",
    "advcl",
    "acl",
    "nmod:poss",
    "poss",
    "mark",
    "case",
)


def cue_features(words: Words, relations: Relations, hints: Hints, units: Units) -> Rows:
    """What tells whether a token reports something: one row of hashes per token."""
    count = words.size
    here = np.arange(count)
    pad = count
    kinds = relations.kinds
    before, after = np.append([pad], here[:-1])[:count], np.append(here[1:], [pad])[:count]
    before2, after2 = np.append([pad, pad], here[:-2])[:count], np.append(here[2:], [pad, pad])[:count]
    lemma, tag, dep, lower = words.lemma[:count], words.tag[:count], words.dep[:count], words.lower[:count]
    head = words.head[:count]
    subject, target, clause = kinds["subject"][:count], kinds["object"][:count], kinds["clause"][:count]
    oblique, case, owner = kinds["oblique"][:count], kinds["case"][:count], kinds["owner"][:count]
    preposition = kinds["case"][oblique]
    preposition = np.where(preposition == pad, oblique, preposition)
    unit = units.of_word
    stretch = np.append(units.stretch, np.uint64(0))
    last_unit = len(units.first)
    left = stretch[np.maximum(unit - 1, 0)] if count else unit
    right = stretch[np.minimum(unit + 1, last_unit)] if count else unit
    near = _nearest_stretch(units)
    side = near[unit] if count else unit
    quoted = words.quoted[:count]
    chance, frame = hints.chance[:count], hints.frame[:count]
    signature = relations.signature[:count]
    first = np.minimum(units.paragraph[unit], 1) if count else unit
    add = (made := _Templates(count)).add
    add(lemma)
    add(lower, tag)
    add(lemma, dep)
    add(lemma, signature)
    add(tag, dep)
    add(tag, dep, signature)
    add(words.lower[before])
    add(words.lower[after])
    add(lower, words.lower[after])
    add(words.lower[before], lower)
    add(words.lower[before2], words.tag[before])
    add(words.tag[after], words.lower[after2])
    add(words.tag[before], tag, words.tag[after])
    add(words.tag[before2], words.tag[before], tag)
    add(tag, words.tag[after], words.tag[after2])
    add(words.lemma[head], dep)
    add(words.lemma[head], lemma)
    add(words.tag[head], tag, dep)
    add(words.lemma[subject], tag)
    add(words.tag[subject], lemma)
    add(words.tag[subject], tag, words.tag[target])
    add(words.lemma[target], lemma)
    add(words.lemma[target])
    add(words.tag[target], lemma)
    add(words.lemma[clause], words.dep[clause])
    add(words.dep[clause], lemma)
    add(words.tag[clause], lemma)
    add(words.lower[preposition], lemma)
    add(words.lower[preposition], words.lemma[oblique])
    add(words.lower[case], lemma)
    add(words.lemma[owner], tag)
    add(words.lemma[kinds["auxiliary"][:count]], tag)
    add(words.lemma[kinds["auxiliary"][:count]], lemma)
    add(quoted, lemma)
    add(quoted, tag, dep)
    add(quoted, chance)
    add(left, tag)
    add(right, tag)
    add(left, right, lemma)
    add(side, lemma)
    add(side, tag, quoted)
    add(chance)
    add(chance, frame)
    add(chance, lemma)
    add(frame, lemma)
    add(chance, frame, words.tag[subject])
    add(first, tag, chance)
    add(0)
    return made.table()


def _nearest_stretch(units: Units) -> Ints:
    """For each unit which way and how far off the nearest stretch of its paragraph is, in a few steps."""
    count = len(units.first)
    places = np.flatnonzero(units.stretch)
    if not len(places) or not count:
        return np.zeros(count, np.int64)
    here = np.arange(count)
    index = np.searchsorted(places, here)
    behind = places[np.maximum(index - 1, 0)]
    ahead = places[np.minimum(index, len(places) - 1)]
    back = np.where((behind < here) & (units.paragraph[behind] == units.paragraph), here - behind, 99)
    on = np.where((ahead >= here) & (units.paragraph[ahead] == units.paragraph), ahead - here, 99)
    return _steps(back) * 8 + _steps(on)


def _steps(distance: Ints) -> Ints:
    steps: Ints = np.searchsorted(np.array([1, 2, 3, 5, 9, 20, 60]), distance, "right")
    return steps


def unit_features(
    words: Words, relations: Relations, hints: Hints, units: Units, windows: Windows, belief: Ints
) -> Rows:
    """What tells the part of a unit in what a cue reports: one row of hashes per entry of the windows.

    `belief` is, per cue, in tenths how probable it is that it reports something.
    """
    count = len(windows.unit)
    pad = words.size
    unit, cue = windows.unit, windows.cue
    word_at = np.append(units.word, pad)
    rank = units.of_word[cue]
    distance = unit - rank
    same_row = np.ones(count, bool)
    same_row[1:] = windows.row[1:] == windows.row[:-1]
    first_in_row = ~same_row
    last_in_row = np.append(first_in_row[1:], True) if count else first_in_row
    word = word_at[unit]
    start = units.first[unit]
    previous = np.where(first_in_row, pad, units.last[np.maximum(unit - 1, 0)] - 1)
    following = np.where(last_in_row, pad, units.first[np.minimum(unit + 1, len(units.first) - 1)])
    following2 = np.where(unit + 2 < len(units.first), units.first[np.minimum(unit + 2, len(units.first) - 1)], pad)
    previous2 = np.where(unit >= 2, units.last[np.maximum(unit - 2, 0)] - 1, pad)
    stretch = units.stretch[unit]
    lower = np.where(stretch > 0, stretch, words.lower[start])
    tag = np.where(stretch > 0, stretch, words.tag[start])
    left_tag, right_tag = words.tag[previous], words.tag[following]
    left, right = words.lower[previous], words.lower[following]
    near = np.sign(distance) * _steps(np.abs(distance)) + 16
    side = np.sign(distance) + 1
    level, branch, chain = _places(words, word, cue)
    on_edge = _edges(words, branch, start, units.last[unit] - 1)
    branch_dep = words.dep[branch]
    branch_case = words.lower[relations.kinds["case"][branch]]
    branch_word = np.where(branch_case == 0, words.lower[branch] * (branch_dep == words.dep[branch]), branch_case)
    cue_lemma, cue_tag, cue_dep = words.lemma[cue], words.tag[cue], words.dep[cue]
    dep = words.dep[word]
    rule, rule_edge = _rule_parts(hints, units, windows)
    chance, frame = hints.chance[cue], hints.frame[cue]
    quoted = words.quoted[cue]
    between = (units.sentence[unit] - units.sentence[rank]) + 1
    place = level * 4 + side
    signature = relations.signature[cue]
    add = (made := _Templates(count)).add
    add(0)
    add(near)
    add(near, cue_lemma)
    add(near, tag)
    add(near, dep)
    add(lower, side)
    add(lower, near)
    add(tag, dep, side)
    add(lower, cue_lemma)
    add(tag, left_tag)
    add(tag, right_tag)
    add(left_tag, tag, right_tag, side)
    add(left, side)
    add(right, side)
    add(left, tag)
    add(lower, left)
    add(lower, right_tag)
    add(words.lower[previous2], left, side)
    add(right, words.lower[following2], side)
    add(words.tag[previous2], left_tag, tag)
    add(tag, right_tag, words.tag[following2])
    add(place, branch_dep)
    add(place, branch_dep, chain)
    add(place, branch_dep, on_edge)
    add(place, branch_dep, cue_lemma)
    add(place, branch_dep, branch_word)
    add(place, branch_dep, branch_word, cue_lemma)
    add(place, branch_dep, on_edge, tag)
    add(place, branch_dep, on_edge, lower)
    add(place, branch_dep, on_edge, cue_tag, cue_dep)
    add(place, branch_dep, signature)
    add(place, dep, words.dep[words.head[word]])
    add(rule, rule_edge)
    add(rule, rule_edge, chance)
    add(rule, rule_edge, frame)
    add(rule, rule_edge, frame, cue_lemma)
    add(rule, rule_edge, tag, left_tag)
    add(rule, rule_edge, lower)
    add(rule, place, branch_dep)
    add(rule, right_tag, tag)
    add(rule, right, side)
    add(stretch, side, near)
    add(stretch, cue_lemma, side)
    add(stretch, rule, between)
    add(between, side, tag)
    add(between, side, rule)
    add(quoted, side, rule)
    add(quoted, place, branch_dep)
    add(cue_tag, cue_dep, near)
    add(words.shape[start], side, left_tag)
    believed = belief[windows.row]
    add(chance, side, near)
    add(believed, side)
    add(believed, rule, near)
    add(believed, cue_tag, rule)
    return made.table()


def _places(words: Words, word: Ints, cue: Ints) -> tuple[Ints, Ints, Hashes]:
    """Where words hang, seen from their cues: the level of the common ancestor (0 the cue itself, …, then none), the branch below it, and how the cue hangs there."""
    none = _LEVELS + 1
    ancestors = [cue]
    for _ in range(_LEVELS):
        ancestors.append(words.head[ancestors[-1]])
    level = np.full(len(word), none)
    branch = word.copy()
    at = word.copy()
    for step, ancestor in enumerate(ancestors):
        level[(word == ancestor) & (level == none)] = step
    done = level < none
    for _ in range(_CLIMB):
        above = words.head[at]
        active = ~done
        if not active.any():
            break
        for step, ancestor in enumerate(ancestors):
            hit = active & (above == ancestor) & (at != above) & (level == none)
            level[hit] = step
            branch[hit] = at[hit]
        done |= (level < none) | (above == at)
        at = np.where(done, at, above)
    chain = np.zeros(len(word), np.uint64)
    for step in range(1, _LEVELS + 1):
        deeper = level >= step
        chain = np.where(deeper & (level < none), (chain + words.dep[ancestors[step - 1]]) * _A, chain)
    return level, branch, chain


def _edges(words: Words, branch: Ints, first: Ints, last: Ints) -> Ints:
    """Whether a unit stands at the left or right edge of its branch."""
    edges: Ints = (words.left_edge[branch] == first).astype(np.int64) + 2 * (words.right_edge[branch] == last)
    return edges


def _rule_parts(hints: Hints, units: Units, windows: Windows) -> tuple[Ints, Ints]:
    """What the rules say that a unit is for its cue (1 content, 2 source), and whether it begins (1) or ends (2) there."""
    part = np.zeros(len(windows.unit), np.int64)
    edge = np.zeros(len(windows.unit), np.int64)
    at = 0
    for length in windows.lengths.tolist():
        if not length:
            continue
        cue = int(windows.cue[at])
        low = int(windows.unit[at])
        spans = [(piece, 1) for piece in hints.pieces.get(cue, ())]
        if cue in hints.sources:
            spans.append((hints.sources[cue], 2))
        for (first, last), kind in spans:
            begin = int(units.of_word[first]) - low
            end = int(units.of_word[last - 1]) - low
            if end < 0 or begin >= length:
                continue
            part[at + max(begin, 0) : at + min(end + 1, length)] = kind
            if begin >= 0:
                edge[at + begin] |= 1
            if end < length:
                edge[at + end] |= 2
        at += length
    return part, edge
