"""The rules alone: what a content is like tells how probable it is that its word reports it."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from copydesk_quotes.doubts import without_tagger
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.rules.engine import Rules
from copydesk_quotes.rules.lexicon import QUOTE_FRAME, lexicon_of

PRAISED = {"praise/VERB": {"obj": [100, 50, 0]}}
OBJECTS = {"obj": [100, 50, 0]}


@pytest.fixture
def praised(blank, on_page):
    """Finds what somebody praised, with a lexicon in which circumstances have these factors."""

    def find(factors, *thing):
        words = ["Weber", "praised", *thing, "."]
        last = len(words) - 2
        doc = Doc(
            blank.vocab,
            words=words,
            heads=[1, 1, *[last] * (len(thing) - 1), 1, 1],
            deps=["nsubj", "ROOT", *["amod"] * (len(thing) - 1), "obj", "punct"],
            pos=["PROPN", "VERB", *["ADJ"] * (len(thing) - 1), "NOUN", "PUNCT"],
            tags=["NNP", "VBD", *["JJ"] * (len(thing) - 1), "NN", "."],
            lemmas=["Weber", "praise", *thing, "."],
        )
        places = Places(doc.text, Tree(on_page(doc.text, doc).parse), [], [])
        (found,) = Rules(lexicon_of({"words": PRAISED, "frames": OBJECTS, "factors": factors}), 0.01).find(places)
        return found, places

    return find


def test_the_length_of_a_content_is_a_circumstance(praised):
    factors = {"obj|words 1": 0.25, "obj|words 5": 4.0}
    chances = [
        praised(factors, *thing)[0].confidence for thing in (["walls"], ["old", "walls"], ["old"] * 5 + ["walls"])
    ]
    assert chances == [0.2, 0.5, 0.8]


def test_the_first_word_of_a_content_is_a_circumstance(praised):
    factors = {"obj|opens JJ": 4.0}
    assert [praised(factors, *thing)[0].confidence for thing in (["walls"], ["old", "walls"])] == [0.5, 0.8]


def test_without_a_tagger_content_from_the_parse_is_doubted(praised):
    found, places = praised({}, "old", "walls")
    (doubted,) = without_tagger([found], places)
    assert doubted.confidence == pytest.approx(4 / 9, abs=1e-3)
    (sourceless,) = without_tagger([found._replace(source=(), source_word=-1)], places)
    assert sourceless.confidence == pytest.approx(1 / 6, abs=1e-3)


def test_without_a_tagger_the_place_of_quotation_marks_is_believed(praised):
    found, places = praised({}, "old", "walls")
    quoted = found._replace(frame=QUOTE_FRAME)
    assert without_tagger([quoted], places) == [quoted]
