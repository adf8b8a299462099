"""The tagger's features are those that its weights were learned with."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.stretches import paragraphs_of, stretches_of
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.rules.engine import Rules
from copydesk_quotes.rules.lexicon import bundled
from copydesk_quotes.tagger import senses
from copydesk_quotes.tagger.cue_features import add_cue_features, possible_cues
from copydesk_quotes.tagger.hints import Hints, Relations
from copydesk_quotes.tagger.readings import Reading, add_features_of_readings, columns_of
from copydesk_quotes.tagger.templates import Rows
from copydesk_quotes.tagger.unit_features import FIRST_AROUND, add_features_around, add_features_of_units
from copydesk_quotes.tagger.units import units_of, windows_of
from copydesk_quotes.tagger.words import words_of
from copydesk_quotes.union import HINT

# Word, universal head and label, head and label of spaCy's own models, tag, part of speech, lemma.
TOKENS = """
“     3 punct      3 punct      ``  PUNCT “
We    3 nsubj      3 nsubj      PRP PRON  we
will  3 aux        3 aux        MD  AUX   will
go    8 ccomp      8 ccomp      VB  VERB  go
,     3 punct      3 punct      ,   PUNCT ,
”     3 punct      3 punct      ''  PUNCT ”
Anna  7 compound   7 compound   NNP PROPN Anna
Weber 8 nsubj      8 nsubj      NNP PROPN Weber
said  8 ROOT       8 ROOT       VBD VERB  say
.     8 punct      8 punct      .   PUNCT .
She  11 nsubj     11 nsubj      PRP PRON  she
told 11 ROOT      11 ROOT       VBD VERB  tell
him  11 iobj      11 dative     PRP PRON  him
about 15 case     11 prep       IN  ADP   about
the  15 det       15 det        DT  DET   the
plan 11 obl       13 pobj       NN  NOUN  plan
,    11 punct     11 punct      ,   PUNCT ,
adding 11 advcl   11 advcl      VBG VERB  add
that 20 mark      20 mark       IN  SCONJ that
it   20 nsubj     20 nsubj      PRP PRON  it
rained 17 ccomp   17 ccomp      VBD VERB  rain
.    11 punct     11 punct      .   PUNCT .
"""
GLUED = {0, 3, 4, 8, 15, 20}
"""The words without a space after them."""

LEARNED_WITH = {
    "universal": ["24a32f78f3841b2e", "cee0b21b570191b1", "41c3d978aff6fce6", "f12a5202346bd98a"],
    "spacy": ["bebf53709020f8b3", "cee0b21b570191b1", "3b2a9c1335e0a96f", "a0afdd24af91a51f"],
}
"""The digests of the features of cues, of units, of units around cues, and of readings when the weights were learned.

Who changes them learns anew.
"""


@pytest.mark.parametrize("scheme", ["universal", "spacy"])
def test_features_stay(scheme, on_page):
    rows = [line.split() for line in TOKENS.strip().splitlines()]
    head = 1 if scheme == "universal" else 3
    doc = Doc(
        spacy.blank("en").vocab,
        words=[row[0] for row in rows],
        spaces=[number not in GLUED for number in range(len(rows))],
        heads=[int(row[head]) for row in rows],
        deps=[row[head + 1] for row in rows],
        tags=[row[5] for row in rows],
        pos=[row[6] for row in rows],
        lemmas=[row[7] for row in rows],
    )
    document = on_page(doc.text, doc)
    tree = Tree(document.parse)
    places = Places(doc.text, tree, stretches_of(document), paragraphs_of(document))
    words = words_of(doc, tree, places.stretches, senses.bundled())
    units = units_of(doc.text, tree, words, places.stretches)
    relations, hints = Relations(words), Hints(Rules(bundled(), HINT).find(places), tree)
    tokens = possible_cues(tree)
    assert [doc[token].text for token in tokens.tolist()] == ["will", "go", "said", "told", "plan", "adding", "rained"]
    windows = windows_of(np.array([8, 11, 17]), units)
    belief = np.zeros(len(doc) + 1, np.int64)
    belief[windows.cues] = [9, 4, 7]
    of_cues, of_units = Rows(len(tokens)), Rows(2 * len(units.first))
    around = Rows(len(windows.unit), FIRST_AROUND)
    add_cue_features(of_cues, tokens, words, relations, hints, units)
    add_features_of_units(of_units, words, units)
    add_features_around(around, words, relations, hints, units, windows, belief)
    ruled = Rules(bundled(), HINT).find(places)
    of_readings = Rows(len(ruled))
    readings = [Reading(item, number % 3, -number / 2) for number, item in enumerate(ruled)]
    add_features_of_readings(of_readings, columns_of(readings, places, words, hints, units, belief))
    found = [
        hashlib.sha256(rows.table().astype("<i8").tobytes()).hexdigest()[:16]
        for rows in (of_cues, of_units, around, of_readings)
    ]
    assert found == LEARNED_WITH[scheme]
