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
from copydesk_quotes.tagger.cue_features import cue_features
from copydesk_quotes.tagger.hints import Hints, Relations
from copydesk_quotes.tagger.unit_features import unit_features
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
    "universal": ["5ebee7f8fd641f88", "6f6b4505e3852cb9"],
    "spacy": ["5ebee7f8fd641f88", "f935e704bb3e8c14"],
}
"""The digests of the features of cues and of units when the weights were learned: who changes them learns anew."""


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
    words = words_of(doc, tree, places.stretches)
    units = units_of(doc.text, tree, words, places.stretches)
    relations, hints = Relations(words), Hints(Rules(bundled(), HINT).find(places), tree)
    cues = np.array([8, 11, 17])
    windows = windows_of(cues, units)
    features = (
        cue_features(words, relations, hints, units),
        unit_features(words, relations, hints, units, windows, np.array([9, 4, 7])),
    )
    found = [hashlib.sha256(rows.astype("<i8").tobytes()).hexdigest()[:16] for rows in features]
    assert found == LEARNED_WITH[scheme]
