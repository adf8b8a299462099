"""Features of cues: what tells whether a token reports something."""

from __future__ import annotations

import numpy as np

from copydesk_quotes.tagger.hints import Hints, Relations
from copydesk_quotes.tagger.templates import Ints, Templates, hashes
from copydesk_quotes.tagger.units import Units
from copydesk_quotes.tagger.words import Words

CUE_TEMPLATES = 48


def cue_features(words: Words, relations: Relations, hints: Hints, units: Units) -> Ints:
    """What tells whether a token reports something: rows of the weight table, by template and by token."""
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
    left = stretch[np.maximum(unit - 1, 0)]
    right = stretch[np.minimum(unit + 1, last_unit)]
    near = _nearest_stretch(units)
    side = hashes(near[unit])
    quoted = hashes(words.quoted[:count])
    chance, frame = hashes(hints.chance[:count]), hints.frame[:count]
    signature = relations.signature[:count]
    first = hashes(np.minimum(units.paragraph[unit], 1))
    add = (made := Templates(count, CUE_TEMPLATES)).add
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
    add(np.zeros(count, np.uint64))
    return made.rows()


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
    return steps(back) * 8 + steps(on)


def steps(distance: Ints) -> Ints:
    steps: Ints = np.searchsorted(np.array([1, 2, 3, 5, 9, 20, 60]), distance, "right")
    return steps
