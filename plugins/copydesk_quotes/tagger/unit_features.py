"""Features of units: what tells the part of a unit in what a cue reports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copydesk_quotes.tagger.cue_features import steps
from copydesk_quotes.tagger.hints import Hints, Relations
from copydesk_quotes.tagger.templates import FACTOR, Hashes, Ints, Templates, hashes
from copydesk_quotes.tagger.units import Units, Windows
from copydesk_quotes.tagger.words import Words

UNIT_TEMPLATES = 54

_LEVELS = 4
"""How many ancestors of a cue are told apart."""
_CLIMB = 16
"""How far a unit's place in the tree is followed upwards."""


def unit_features(
    words: Words, relations: Relations, hints: Hints, units: Units, windows: Windows, belief: Ints
) -> Ints:
    """What tells the part of a unit in what a cue reports: rows of the weight table, by template and by entry of the windows.

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
    near = hashes(np.sign(distance) * steps(np.abs(distance)) + 16)
    side = hashes(np.sign(distance) + 1)
    level, branch, chain = _places(words, word, cue)
    on_edge = hashes(_edges(words, branch, start, units.last[unit] - 1))
    branch_dep = words.dep[branch]
    branch_case = words.lower[relations.kinds["case"][branch]]
    branch_word = np.where(branch_case == 0, words.lower[branch] * (branch_dep == words.dep[branch]), branch_case)
    cue_lemma, cue_tag, cue_dep = words.lemma[cue], words.tag[cue], words.dep[cue]
    dep = words.dep[word]
    rule, rule_edge = map(hashes, _rule_parts(hints, units, windows))
    chance, frame = hashes(hints.chance[cue]), hints.frame[cue]
    quoted = hashes(words.quoted[cue])
    between = hashes(units.sentence[unit] - units.sentence[rank] + 1)
    place = hashes(level) * np.uint64(4) + side
    signature = relations.signature[cue]
    add = (made := Templates(count, UNIT_TEMPLATES)).add
    add(np.zeros(count, np.uint64))
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
    believed = hashes(belief[windows.row])
    add(chance, side, near)
    add(believed, side)
    add(believed, rule, near)
    add(believed, cue_tag, rule)
    return made.rows()


def _places(words: Words, word: Ints, cue: Ints) -> tuple[Ints, Ints, Hashes]:
    """Where words hang, seen from their cues: the level of the common ancestor (0 the cue itself, …, then none), the branch below it, and how the cue hangs there."""
    none = _LEVELS + 1
    ancestors = [cue]
    for _ in range(_LEVELS):
        ancestors.append(words.head[ancestors[-1]])
    level = _first_among(ancestors, word)
    branch = word.copy()
    going = np.flatnonzero(level == none)  # those whose common ancestor is not found yet
    at, above_cue = word[going], [ancestor[going] for ancestor in ancestors]
    for _ in range(_CLIMB):
        above = words.head[at]
        climbs = above != at
        going, at, above = going[climbs], at[climbs], above[climbs]
        if not len(going):
            break
        above_cue = [ancestor[climbs] for ancestor in above_cue]
        found = _first_among(above_cue, above)
        hit = found < none
        level[going[hit]], branch[going[hit]] = found[hit], at[hit]
        going, at = going[~hit], above[~hit]
        above_cue = [ancestor[~hit] for ancestor in above_cue]
    chain = np.zeros(len(word), np.uint64)
    for step in range(1, _LEVELS + 1):
        deeper = level >= step
        chain = np.where(deeper & (level < none), (chain + words.dep[ancestors[step - 1]]) * FACTOR, chain)
    return level, branch, chain


def _first_among(ancestors: Sequence[Ints], word: Ints) -> Ints:
    """For each word the first of its ancestors that it is, or one more than there can be."""
    level = np.full(len(word), _LEVELS + 1)
    for step in range(_LEVELS, -1, -1):
        level[word == ancestors[step]] = step
    return level


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
