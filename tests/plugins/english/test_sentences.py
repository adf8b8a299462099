"""Sentence starts: set where the network is sure, left to the parser elsewhere."""

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

import copydesk_english
from copydesk_english.sentences import set_sentence_starts

WORDS = ["One", "left", "Two", "came"]


def doc():
    return Doc(Vocab(), words=WORDS)


@pytest.fixture(scope="module")
def nlp():
    return copydesk_english.load(exclude=["ner", "lemmatizer"])


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ([0.0, 0.0, 0.9, 0.3], [True, False, True, None]),
        ([0.9, 0.6, 0.1, 0.59], [True, True, False, None]),
        ([0.9, 0.3, 0.3, 0.3], [True, None, None, None]),
    ],
)
def test_it_sets_what_it_is_sure_of(probabilities, expected):
    made = doc()
    set_sentence_starts(made, np.array(probabilities, dtype="float32"), surely=0.6, surely_not=0.1)
    assert [token.is_sent_start for token in made] == expected


def test_what_is_set_stays():
    made = doc()
    made[1].is_sent_start = True
    made[2].is_sent_start = False
    set_sentence_starts(made, np.array([0.0, 0.0, 1.0, 0.0], dtype="float32"), surely=0.6, surely_not=0.1)
    assert [token.is_sent_start for token in made] == [True, True, False, False]


def test_no_words():
    made = Doc(Vocab(), words=[])
    set_sentence_starts(made, np.zeros(0, dtype="float32"), surely=0.6, surely_not=0.1)
    assert len(made) == 0


def test_the_parser_keeps_to_it(nlp):
    """A start that the network would not give is given all the same where it is sure by decree."""
    component = nlp.get_pipe("sentences")
    text = "The minister of health spoke in Paris on Monday"
    assert len(list(nlp(text).sents)) == 1
    sure = dict(component.cfg)
    component.cfg = {"surely": 0.0, "surely_not": -1.0}
    try:
        assert [sentence.text for sentence in nlp(text).sents] == text.split()
    finally:
        component.cfg = sure


def test_texts_one_by_one_and_together_have_the_same_sentences(nlp):
    texts = ["He left. She stayed.", "", "Storm hits coast", "“We go,” he said. “Now.” They went."]
    together = [[(s.start, s.end) for s in made.sents] for made in nlp.pipe(texts)]
    assert together == [[(s.start, s.end) for s in nlp(text).sents] for text in texts]
    assert together[0] == [(0, 3), (3, 6)]
