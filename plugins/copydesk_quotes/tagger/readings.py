"""Readings: what a cue may report, and which of these is right.

Of each cue there are the labels of the tagger, and the content that the rules chose where it is another. A third linear
model says of each reading how probable it is that content and source are right; the best one is believed. It knows what no
unit knows by itself: how sure the tagger is, whether the rules agree, how long the content is, who the source is and how often
he speaks, and which other attributions stand around or inside.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk_quotes.attribution import Attribution
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.tree import Piece, Tree
from copydesk_quotes.rules.lexicon import QUOTE_FRAME
from copydesk_quotes.tagger.cue_features import steps
from copydesk_quotes.tagger.hints import Hints
from copydesk_quotes.tagger.templates import Ints, Templates, part, small
from copydesk_quotes.tagger.units import REACH, Units
from copydesk_quotes.tagger.weights import Sums, Weights, sigmoid
from copydesk_quotes.tagger.words import Words, hash_of

Chances = NDArray[np.float64]

LABELLED, FORCED, RULED = range(3)
"""Where a reading comes from: the best labels, the best ones that have content, the rules."""


_LOOKED_AT = 2 * REACH
"""So many words or units of a content are looked at: sentences without end have cues without end."""


class Reading(NamedTuple):
    """What a cue may report.

    Attributes:
        item: its confidence is how probable the tagger thinks it that the cue is one.
        origin: where the reading comes from.
        sure: the logarithm of how probable the labels are if so.
    """

    item: Attribution
    origin: int
    sure: float


def with_ruled(readings: Sequence[Reading], ruled: Sequence[Attribution]) -> list[Reading]:
    """Readings of the tagger, each followed by that of the rules for the same cue, if it has other content.

    Sources that only the rules know are added, unless the tagger has them for content.
    """
    by_cue = {item.cue_word: item for item in ruled if item.cue_word >= 0}
    whole: list[Reading] = []
    for reading in readings:
        item, other = reading.item, by_cue.get(reading.item.cue_word)
        if other is None:
            whole.append(reading)
            continue
        whole.append(reading._replace(item=_with_source_of(other, item)))
        if other.content != item.content:
            made = _with_source_of(other, item._replace(content=other.content))
            whole.append(Reading(made, RULED, reading.sure))
    return whole


def _with_source_of(ruled: Attribution, item: Attribution) -> Attribution:
    """With the source that the rules know for the same cue, where there is none."""
    if item.source or any(source.overlaps(piece) for source in ruled.source for piece in item.content):
        return item
    return item._replace(source=ruled.source, source_word=ruled.source_word)


def best_of(told: Sequence[tuple[Sequence[Reading], Hints, Ints]], weights: Weights) -> Iterator[list[Attribution]]:
    """Of each cue the most probable reading, with how probable it is; document by document.

    Labels that had to be forced are a guess; where the rules go by quotation marks, theirs is the content.

    Args:
        told: of each document with cues its readings, those of one cue together; its hints; and the columns of the readings.
        weights: of the models.
    """
    if not told:
        return
    columns = np.concatenate([table for _, _, table in told], axis=1)
    sums = Sums(weights.reading, columns.shape[1])
    add_features_of_readings(sums, columns)
    chances = iter(np.round(sigmoid(sums.scores(weights.reading_scale)).astype(np.float64), 3).tolist())
    for readings, hints, _ in told:
        marked = {reading.item.cue_word for reading in readings if reading.origin == RULED}
        marked = {cue for cue in marked if hints.frame[cue] == hash_of(QUOTE_FRAME)}
        best: dict[int, Attribution] = {}
        for reading, chance in zip(readings, chances, strict=False):
            cue = reading.item.cue_word
            if reading.origin == FORCED and cue in marked:
                continue
            if cue not in best or chance > best[cue].confidence:
                best[cue] = reading.item._replace(confidence=chance)
        yield list(best.values())


def columns_of(
    readings: Sequence[Reading], places: Places, words: Words, hints: Hints, units: Units, belief: Ints
) -> Ints:
    """What is told of readings, as parts of templates; by column and reading. There must be one."""
    items = [reading.item for reading in readings]
    cue = np.array([item.cue_word for item in items])
    source = np.array([item.source_word if item.source_word >= 0 else words.size for item in items])
    runs = [_runs(item, places) for item in items]
    first, last = np.array([run[0][0] for run in runs]), np.array([run[-1][1] for run in runs])
    top = np.array([_top(run[0][0], run[-1][1], places.tree) for run in runs])
    origins = np.array([reading.origin for reading in readings])
    sures = np.array([reading.sure for reading in readings])
    chances = np.array([item.confidence for item in items])
    own = origins != RULED
    chances_beside = np.where(own, chances, 0)
    # "She said it was, according to a statement": what is passed on is said all the same.
    passed_on = words.lower[cue] == np.uint64(hash_of("according"))
    beside = _beside(cue, runs, chances_beside, np.where(passed_on, 0, chances_beside), units)
    pieces = np.array([_look(item, places) for item in items])
    agreed, sourced = _agreed(first, last, cue, hints), _sourced(items, cue, source, hints)
    after = _next_words(last, words)
    turn, turns = _turns(first, last, words)
    closed = (words.left_edge[top] == first) + 2 * (words.right_edge[top] == last)
    speaks = _speaks(words.lemma[source], np.where(own & (source < words.size), chances, 0))

    told = {
        "chance": small(np.clip((np.log((chances + 0.005) / (1.005 - chances)) + 3) * 2.5, 0, 24).astype(np.int64), 0),
        "sure": small(np.clip(sures * 2 + 20, 0, 20).astype(np.int64), 1),
        "origin": small(origins, 2),
        "believed": small(belief[cue], 3),
        "rule": small(hints.chance[cue], 4),
        "frame": part(hints.frame[cue], 0),
        "agrees": small(agreed, 5),
        "has_source": small(sourced, 6),
        "source_tag": part(words.tag[source], 1),
        "source_group": small(words.group[source], 7),
        "above": part(words.dep[top], 2) ^ small((words.head[top] == cue).astype(np.int64), 8),
        "word": part(words.lower[first], 3),
        "group": small(words.group[cue], 9),
        "side": small(np.sign(first - cue) + 1, 10),
        "length": small(steps(last - first + 1), 11),
        "look": small(pieces, 12),
        "known": small(speaks, 13),
        "within": small(beside[0], 14),
        "holds": small(beside[1], 15),
        "shares": small(beside[2], 16),
        "cue": part(words.lemma[cue], 4),
        "cue_tag": part(words.tag[cue], 5),
        "after": part(words.lower[after], 6),
        "after_comma": part(words.lower[_next_words(after, words)], 7),
        "goes_on": part(words.lower[turn], 8) ^ small(turns, 17),
        "closed": small(closed, 18),
        "source_place": part(words.dep[source], 9) ^ small((words.head[source] == cue).astype(np.int64), 19),
        "gap": small(steps(np.minimum(np.abs(first - cue), np.abs(last - cue))), 20),
        "last_tag": part(words.tag[last], 10),
    }
    return np.array([told[name] for name in _TOLD])


_TOLD = (
    "chance",
    "sure",
    "origin",
    "believed",
    "rule",
    "frame",
    "agrees",
    "has_source",
    "source_tag",
    "source_group",
    "above",
    "word",
    "group",
    "side",
    "length",
    "look",
    "known",
    "within",
    "holds",
    "shares",
    "cue",
    "cue_tag",
    "after",
    "after_comma",
    "goes_on",
    "closed",
    "source_place",
    "gap",
    "last_tag",
)
"""What is told of a reading, in the order of the columns."""
_TEMPLATES = (
    "chance",
    "chance believed",
    "chance rule",
    "chance frame",
    "chance rule frame",
    "chance agrees",
    "chance has_source",
    "chance source_tag",
    "chance look",
    "chance length",
    "chance within",
    "chance holds",
    "chance shares",
    "chance known",
    "chance sure",
    "chance origin",
    "has_source frame",
    "agrees frame",
    "agrees rule",
    "word above",
    "word side",
    "length above",
    "length group",
    "look frame",
    "within group",
    "within frame",
    "within holds shares",
    "shares frame",
    "known source_tag",
    "believed frame above",
    "source_group frame",
    "source_tag above",
    "origin frame",
    "origin rule agrees",
    "origin frame agrees",
    "origin above",
    "origin length",
    "origin sure",
    "sure length",
    "sure frame",
    "sure above",
    "cue frame",
    "cue above",
    "cue origin",
    "cue length",
    "cue has_source",
    "cue_tag frame",
    "cue_tag above chance",
    "after origin",
    "after above",
    "after after_comma",
    "after after_comma origin",
    "after last_tag",
    "goes_on above",
    "goes_on origin",
    "goes_on cue",
    "goes_on after",
    "closed above",
    "closed frame origin",
    "closed after",
    "closed goes_on",
    "closed cue",
    "source_place frame",
    "source_place source_tag chance",
    "source_place cue_tag",
    "source_place has_source origin",
    "gap side above",
    "gap frame",
    "gap cue",
    "word frame",
    "word cue",
)
"""What is looked at together. A template's place is part of what its weights are found by: a new one comes last."""


def add_features_of_readings(made: Templates, columns: Ints) -> None:
    """What tells whether a reading is right."""
    told = dict(zip(_TOLD, columns, strict=True))
    for template in _TEMPLATES:
        made.add(*(told[name] for name in template.split()))


def _runs(item: Attribution, places: Places) -> list[Piece]:
    """The pieces of a content as tokens, the first and the last one of each."""
    tree = places.tree
    found: list[Piece] = []
    for piece in item.content:
        first = bisect_right(tree.ends, piece.start)
        found.append((first, max(bisect_left(tree.starts, piece.end) - 1, first)))
    return found


def _top(first: int, last: int, tree: Tree) -> int:
    """The first of some tokens whose head is none of them; only so many are looked at."""
    heads = tree.heads
    token, last = first, min(last, first + _LOOKED_AT)
    while token < last and first <= heads[token] <= last and heads[token] != token:
        token += 1
    return token


def _next_words(token: Ints, words: Words) -> Ints:
    """The tokens after some tokens; the empty row after the last one of a sentence: what another sentence says is nothing here."""
    following = np.minimum(token + 1, words.size)
    after: Ints = np.where(words.starts_sentence[following], words.size, following)
    return after


_TURNING = np.array([hash_of(mark) for mark in (",", ";", ":", "-", "–", "—", "--", "(")], np.uint64)
"""Behind these a clause may end, and another one begin."""
_MANY_TURNS = 3


def _turns(first: Ints, last: Ints, words: Words) -> tuple[Ints, Ints]:
    """Behind which word of each content the last turn stands, the empty row if there is none; and how many there are, at most three."""
    turns = np.flatnonzero(np.isin(words.lower[:-1], _TURNING)) + 1
    low, high = np.searchsorted(turns, first, "right"), np.searchsorted(turns, last, "right")
    at = np.append(turns, words.size)[np.where(high > low, high - 1, len(turns))]
    return at, np.minimum(high - low, _MANY_TURNS)


def _look(item: Attribution, places: Places) -> int:
    """How many pieces a content has, and whether quotation marks stand in it."""
    return 2 * min(len(item.content), 3) + any(places.is_quoted(piece) for piece in item.content)


def _agreed(first: Ints, last: Ints, cue: Ints, hints: Hints) -> Ints:
    """Whether the content begins (1) and ends (2) where that of the rules does, and one more; 0 where they have none."""
    found = np.zeros(len(cue), np.int64)
    for number, token in enumerate(cue.tolist()):
        pieces = hints.pieces.get(token)
        if pieces:
            found[number] = 1 + (pieces[0][0] == first[number]) + 2 * (pieces[-1][1] - 1 == last[number])
    return found


def _sourced(items: Sequence[Attribution], cue: Ints, source: Ints, hints: Hints) -> Ints:
    """Whether there is a source, and whether the rules have one, or the same."""
    ruled = hints.source_heads[cue]
    has = np.array([bool(item.source) for item in items])
    none = len(hints.source_heads) - 1
    relation = np.where(ruled == none, 0, np.where(ruled == source, 2, 1))
    found: Ints = 2 * np.where(hints.chance[cue] > 0, relation + 1, 0) + has
    return found


def _speaks(source: Ints, chances: Chances) -> Ints:
    """How often others of the document have a source of the same name, in five steps."""
    _, number = np.unique(source, return_inverse=True)
    others = np.bincount(number, chances)[number] - chances
    found: Ints = np.searchsorted(np.array([0.3, 0.9, 2.5, 6]), others)
    return found


def _beside(
    cue: Ints, runs: Sequence[Sequence[Piece]], chances: Chances, holders: Chances, units: Units
) -> tuple[Ints, Ints, Ints]:
    """How probable the others are, in steps: one that holds the cue, one whose cue stands in the content, one that shares its first word."""
    count, of_word = len(units.first), units.of_word.tolist()
    holding, second, reporting = np.zeros(count), np.zeros(count), np.zeros(count)
    spans = [
        [slice(of_word[first], min(of_word[last], of_word[first] + _LOOKED_AT) + 1) for first, last in run]
        for run in runs
    ]
    for pieces, chance in zip(spans, holders.tolist(), strict=True):
        for piece in pieces if chance else ():
            np.maximum(second[piece], np.minimum(holding[piece], chance), out=second[piece])
            np.maximum(holding[piece], chance, out=holding[piece])
    here = units.of_word[cue]
    np.maximum.at(reporting, here, chances)
    inside = np.array([max(reporting[piece].max() for piece in pieces) for pieces in spans])
    begin = np.array([pieces[0].start for pieces in spans])
    return _in_steps(holding[here]), _in_steps(inside), _in_steps(second[begin])


def _in_steps(chances: Chances) -> Ints:
    return np.where(chances > 0, 1 + (chances * 4.9).astype(np.int64), 0)
