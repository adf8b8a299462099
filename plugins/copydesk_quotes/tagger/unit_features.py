"""Features of units: what tells the part of a unit in what a cue reports.

Those of the first kind know of the cue only on which side it is. So they are made, and their weights summed, once
for each unit and side; those of the second kind for each unit around each cue.
"""

from __future__ import annotations

import numpy as np

from copydesk_quotes.tagger.ascent import positions_of
from copydesk_quotes.tagger.cue_features import steps
from copydesk_quotes.tagger.hints import Hints, Relations
from copydesk_quotes.tagger.templates import Ints, Templates, part, small
from copydesk_quotes.tagger.units import REACH, Units, Windows
from copydesk_quotes.tagger.words import Words

FIRST_AROUND = 64
"""The number of the first template of the second kind."""

_MOST = 3
"""So many commas, verbs or cues between a unit and its cue are as good as more."""


def add_features_of_units(made: Templates, words: Words, units: Units) -> None:
    """What tells the part of each unit if the cue stands behind it, and then of each if it stands before."""
    count, pad = len(units.first), words.size
    first, last = units.first, units.last - 1

    def at(ends: Ints, offset: int) -> Ints:
        filled = np.full(count, pad)
        if offset < 0:
            filled[-offset:] = ends[:offset]
        else:
            filled[:-offset] = ends[offset:]
        if abs(offset) > 1:  # beyond a break there is another paragraph, which tells nothing of this one
            there = np.clip(np.arange(count) + offset, 0, max(count - 1, 0))
            filled[units.paragraph[there] != units.paragraph] = pad
        return filled

    left, left2, right, right2 = at(last, -1), at(last, -2), at(first, 1), at(first, 2)

    def both(one: Ints) -> Ints:
        return np.concatenate([one, one])

    look = small(units.stretch, 10)
    marked = units.stretch > 0
    lower = both(np.where(marked, look, part(words.lower[first], 0)))
    tag = both(np.where(marked, look, part(words.tag[first], 1)))
    dep, head_dep = both(part(words.dep[units.word], 2)), both(part(words.dep[words.head[units.word]], 3))
    head_lemma = both(part(words.lemma[words.head[units.word]], 4))
    lower_left, tag_left = both(part(words.lower[left], 5)), both(part(words.tag[left], 6))
    lower_right, tag_right = both(part(words.lower[right], 7)), both(part(words.tag[right], 8))
    tag_left2, tag_right2 = both(part(words.tag[left2], 9)), both(part(words.tag[right2], 10))
    side = small(np.repeat([0, 1], count), 11)
    add = made.add
    add(tag, tag_left)
    add(tag, tag_right)
    add(tag_left, tag, tag_right, side)
    add(lower_left, side)
    add(lower_right, side)
    add(lower_left, tag)
    add(lower, lower_left)
    add(lower, tag_right)
    add(both(part(words.lower[left2], 11)), lower_left, side)
    add(lower_right, both(part(words.lower[right2], 12)), side)
    add(tag_left2, tag_left, tag)
    add(tag, tag_right, tag_right2)
    add(lower, side)
    add(tag, dep, side)
    add(both(part(words.shape[first], 13)), side, tag_left)
    add(dep, head_dep, side)
    add(dep, head_lemma, side)
    add(tag_left2, tag_left, tag, tag_right, side)
    add(tag_left, tag, tag_right, tag_right2, side)


def place_of_unit(windows: Windows, units: Units) -> Ints:
    """For each entry of the windows where the features of its unit are: first come all with the cue behind them."""
    after = windows.unit > units.of_word[windows.cues].take(windows.row)
    place: Ints = windows.unit + after * len(units.first)
    return place


def add_features_around(
    made: Templates,
    words: Words,
    relations: Relations,
    hints: Hints,
    units: Units,
    windows: Windows,
    belief: Ints,
) -> None:
    """What tells the part of each unit around a cue.

    `belief` is, per token, in tenths how probable it is that it reports something.
    """
    cues, row, unit = windows.cues, windows.row, windows.unit
    rank = units.of_word[cues]
    distance = unit - np.repeat(rank, windows.lengths)
    word, start, stretch = units.word.take(unit), units.first.take(unit), units.stretch.take(unit)
    at = positions_of(words, word, windows)
    branch, twig = at.branch, at.twig
    end = units.last.take(unit) - 1
    edge = (words.left_edge.take(branch) == start) + 2 * (words.right_edge.take(branch) == end)
    twig_edge = (words.left_edge.take(twig) == start) + 2 * (words.right_edge.take(twig) == end)
    rule, rule_edge = _rule_parts(hints, units, windows)

    def of_cue(numbers: Ints) -> Ints:
        return numbers.take(row)

    def of_unit(numbers: Ints) -> Ints:
        return numbers.take(unit)

    def between(marked: Ints) -> Ints:
        """How many marked units stand between a unit and its cue."""
        behind = np.cumsum(marked) - marked
        apart = of_unit(behind) - of_cue(behind[rank])
        count: Ints = np.minimum(np.abs(apart), _MOST)
        return count

    look = small(units.stretch, 0)
    marked = units.stretch > 0
    lower = of_unit(np.where(marked, look, part(words.lower[units.first], 0)))
    tag = of_unit(np.where(marked, look, part(words.tag[units.first], 1)))
    dep = part(words.dep, 2).take(word)
    sign = np.sign(distance)
    near = _NEAR.take(distance + REACH)
    side = small(sign + 1, 2)
    cue_lemma, cue_tag = of_cue(part(words.lemma[cues], 3)), of_cue(part(words.tag[cues], 4))
    cue_place = of_cue(part(words.tag[cues], 5) ^ part(words.dep[cues], 6))
    signature, cue_group = of_cue(relations.signature[cues]), of_cue(small(words.group[cues], 16))
    chance, frame = of_cue(small(hints.chance[cues], 3)), of_cue(part(hints.frame[cues], 7))
    believed = of_cue(small(belief[cues], 4))
    quoted = of_cue(small(words.quoted[cues], 5))
    sentence = small(of_unit(units.sentence) - of_cue(units.sentence[rank]) + 1, 6)
    place = small(at.level * 3 + sign + 1, 7) ^ part(words.dep, 8).take(branch)
    case = relations.kinds["case"]
    preposition = np.where(case == words.size, np.arange(words.size + 1), case)
    branch_word = part(words.lower[preposition], 9).take(branch)
    on_edge = small(edge, 8)
    twig_place = part(words.dep, 10).take(twig) ^ small(at.below * 4 + twig_edge, 9)
    ruled = small(rule * 4 + rule_edge, 10)
    left = of_unit(part(words.lower, 11)[np.append(words.size, units.last[:-1] - 1)])
    left_tag = of_unit(part(words.tag, 12)[np.append(words.size, units.last[:-1] - 1)])
    right = of_unit(part(words.lower, 13)[np.append(units.first[1:], words.size)])
    right_tag = of_unit(part(words.tag, 14)[np.append(units.first[1:], words.size)])
    commas, verbs = between(units.comma), between(units.finite)
    others = between((belief[units.word] >= 5).astype(np.int64))
    barriers = small(commas * 4 + verbs, 11)
    itself = of_unit(small(belief[units.word], 12))
    add = made.add
    add(small(np.zeros(len(unit), np.int64), 13))
    add(near)
    add(near, cue_lemma)
    add(near, tag)
    add(near, dep)
    add(lower, near)
    add(lower, cue_lemma)
    add(place)
    add(place, at.chain)
    add(place, on_edge)
    add(place, cue_lemma)
    add(place, branch_word)
    add(place, branch_word, cue_lemma)
    add(place, on_edge, tag)
    add(place, on_edge, lower)
    add(place, on_edge, cue_place)
    add(place, signature)
    add(place, twig_place)
    add(place, twig_place, left_tag)
    add(place, twig_place, cue_lemma)
    add(place, barriers)
    add(ruled)
    add(ruled, chance)
    add(ruled, frame)
    add(ruled, frame, cue_lemma)
    add(ruled, tag, left_tag)
    add(ruled, lower)
    add(ruled, place)
    add(ruled, right_tag, tag)
    add(ruled, right, side)
    add(ruled, left, side)
    add(ruled, frame, twig_place)
    add(small(stretch, 14), near)
    add(small(stretch, 14), cue_lemma, side)
    add(small(stretch, 14), ruled, sentence)
    add(sentence, side, tag)
    add(sentence, side, ruled)
    add(quoted, side, ruled)
    add(quoted, place)
    add(cue_place, near)
    add(chance, near)
    add(believed, side)
    add(believed, ruled, near)
    add(believed, cue_tag, ruled)
    add(small(others, 15), side, place)
    add(small(others, 15), itself, side)
    add(barriers, side, ruled)
    add(barriers, side, tag)
    add(cue_group, near)
    add(cue_group, lower, side)
    add(cue_group, place)
    add(cue_group, place, branch_word)
    add(cue_group, ruled, frame)


_NEAR = small(np.sign(np.arange(-REACH, REACH + 1)) * steps(np.abs(np.arange(-REACH, REACH + 1))) + 8, 1)
"""For each distance of a unit from its cue, in units, a part of templates."""


def _rule_parts(hints: Hints, units: Units, windows: Windows) -> tuple[Ints, Ints]:
    """What the rules say that a unit is for its cue (1 content, 2 source), and whether it begins (1) or ends (2) there."""
    part = np.zeros(len(windows.unit), np.int64)
    edge = np.zeros(len(windows.unit), np.int64)
    at = 0
    for cue, low, length in zip(windows.cues.tolist(), windows.firsts.tolist(), windows.lengths.tolist(), strict=True):
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
