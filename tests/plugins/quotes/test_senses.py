"""What words are like: known for words that nobody reported with."""

from __future__ import annotations

import numpy as np
from spacy.strings import get_string_id

from copydesk_quotes.tagger.senses import GROUPS, bundled


def senses_of(*words):
    lemmas = np.array([get_string_id(lemma) for lemma, _ in words], np.uint64)
    groups, aptness = bundled().of(lemmas, np.array([get_string_id(pos) for _, pos in words], np.uint64))
    return groups.tolist(), aptness.tolist()


def test_words_of_speech_are_apter_than_others():
    _, aptness = senses_of(("opine", "VERB"), ("chortle", "VERB"), ("bake", "VERB"), ("fasten", "VERB"))
    assert min(aptness[:2]) > max(aptness[2:]) > 0


def test_each_part_of_speech_has_groups_of_its_own():
    groups, _ = senses_of(("claim", "VERB"), ("claim", "NOUN"), ("vocal", "ADJ"))
    assert [(group - 1) // GROUPS for group in groups] == [0, 1, 2]


def test_unknown_words_have_none():
    assert senses_of(("grzlbrmpf", "VERB"), ("say", "DET")) == ([0, 0], [0, 0])
