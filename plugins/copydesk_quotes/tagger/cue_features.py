"""Features of cues: what tells whether a token reports something."""

from __future__ import annotations

import numpy as np

from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.tagger.hints import Hints, Relations
from copydesk_quotes.tagger.templates import Ints, Templates, part, small
from copydesk_quotes.tagger.units import Units
from copydesk_quotes.tagger.words import Words

_KINDS_OF_CUES = frozenset({"VERB", "NOUN", "ADJ", "AUX"})


def possible_cues(tree: Tree) -> Ints:
    """The tokens that can report something: verbs, nouns, adjectives, "according", colons and dashes."""
    return np.array(
        [
            token
            for token, (pos, lower) in enumerate(zip(tree.pos, tree.lower, strict=True))
            if pos in _KINDS_OF_CUES or lower in _CUES_OF_OTHER_KINDS
        ],
        np.int64,
    )


_CUES_OF_OTHER_KINDS = frozenset({"according", "per", ":", "-", "–", "—", "--"})


def add_cue_features(
    made: Templates, tokens: Ints, words: Words, relations: Relations, hints: Hints, units: Units
) -> None:
    """What tells whether each of `tokens` reports something."""
    pad = words.size
    kinds = relations.kinds

    def at(where: Ints, offset: int) -> Ints:
        moved = where + offset
        return np.where((moved >= 0) & (moved < pad), moved, pad)

    before, after, before2, after2 = (at(tokens, offset) for offset in (-1, 1, -2, 2))
    head = words.head[tokens]
    subject, target, clause = kinds["subject"][tokens], kinds["object"][tokens], kinds["clause"][tokens]
    oblique, case, owner = kinds["oblique"][tokens], kinds["case"][tokens], kinds["owner"][tokens]
    auxiliary = kinds["auxiliary"][tokens]
    preposition = kinds["case"][oblique]
    preposition = np.where(preposition == pad, oblique, preposition)
    mark = kinds["case"][clause]
    speaker = hints.source_heads[tokens]
    unit = units.of_word[tokens]
    stretch = np.append(units.stretch, 0)
    last_unit = len(units.first)
    near = _nearest_stretch(units)

    lemma, lower = part(words.lemma[tokens], 0), part(words.lower[tokens], 1)
    tag, dep = part(words.tag[tokens], 2), part(words.dep[tokens], 3)
    suffix = part(words.suffix[tokens], 4)
    lower_before, lower_after = part(words.lower[before], 5), part(words.lower[after], 6)
    tag_before, tag_after = part(words.tag[before], 7), part(words.tag[after], 8)
    head_lemma, head_tag = part(words.lemma[head], 9), part(words.tag[head], 10)
    subject_lemma, subject_tag = part(words.lemma[subject], 11), part(words.tag[subject], 12)
    target_lemma, target_tag = part(words.lemma[target], 13), part(words.tag[target], 14)
    clause_dep, clause_tag = part(words.dep[clause], 15), part(words.tag[clause], 16)
    mark_lower, preposition_lower = part(words.lower[mark], 17), part(words.lower[preposition], 18)
    auxiliary_lemma = part(words.lemma[auxiliary], 19)
    speaker_lemma, speaker_tag = part(words.lemma[speaker], 20), part(words.tag[speaker], 21)
    signature, frame = relations.signature[tokens], part(hints.frame[tokens], 22)
    quoted, chance = small(words.quoted[tokens], 0), small(hints.chance[tokens], 1)
    left, right = small(stretch[np.maximum(unit - 1, 0)], 2), small(stretch[np.minimum(unit + 1, last_unit)], 3)
    side, first = small(near[unit], 4), small(np.minimum(units.paragraph[unit], 1), 5)
    group, aptness = small(words.group[tokens], 7), small(words.aptness[tokens], 8)
    target_group, speaker_group = small(words.group[target], 9), small(words.group[speaker], 10)
    add = made.add
    add(small(np.zeros(len(tokens), np.int64), 6))
    add(lemma)
    add(lower, tag)
    add(suffix, tag)
    add(suffix, signature)
    add(lemma, dep)
    add(lemma, signature)
    add(tag, dep)
    add(tag, dep, signature)
    add(lower_before)
    add(lower_after)
    add(lower, lower_after)
    add(lower_before, lower)
    add(part(words.lower[before2], 23), tag_before)
    add(tag_after, part(words.lower[after2], 24))
    add(tag_before, tag, tag_after)
    add(part(words.tag[before2], 25), tag_before, tag)
    add(tag, tag_after, part(words.tag[after2], 26))
    add(head_lemma, dep)
    add(head_lemma, lemma)
    add(head_tag, tag, dep)
    add(subject_lemma, tag)
    add(subject_tag, lemma)
    add(subject_tag, tag, target_tag)
    add(target_lemma, lemma)
    add(target_lemma)
    add(target_tag, lemma)
    add(part(words.lemma[clause], 27), clause_dep)
    add(clause_dep, lemma)
    add(clause_tag, lemma)
    add(mark_lower, lemma)
    add(mark_lower, clause_dep, tag)
    add(preposition_lower, lemma)
    add(preposition_lower, part(words.lemma[oblique], 28))
    add(part(words.lower[case], 29), lemma)
    add(part(words.lemma[owner], 30), tag)
    add(auxiliary_lemma, tag)
    add(auxiliary_lemma, lemma)
    add(speaker_lemma, tag)
    add(speaker_lemma, lemma)
    add(speaker_tag, lemma)
    add(speaker_tag, frame, tag)
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
    add(chance, frame, subject_tag)
    add(first, tag, chance)
    add(first, lemma)
    add(group, tag)
    add(group, dep)
    add(group, signature)
    add(group, frame)
    add(group, mark_lower, clause_dep)
    add(group, preposition_lower)
    add(group, target_tag, speaker_tag)
    add(group, target_group)
    add(group, speaker_group)
    add(group, side)
    add(target_group, lemma)
    add(speaker_group, lemma)
    add(aptness, tag)
    add(aptness, signature)
    add(aptness, chance, frame)
    add(aptness, target_tag, speaker_tag)
    add(aptness, mark_lower, clause_dep)
    add(aptness, preposition_lower, tag)
    add(aptness, side, tag)
    add(aptness, head_tag, dep)


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
    """A distance in a few steps, 0 to 7."""
    steps: Ints = np.searchsorted(np.array([1, 2, 3, 5, 9, 20, 60]), distance, "right")
    return steps
