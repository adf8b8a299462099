"""Syntax from the encoder: trees, labels, sentences, and what stays as it was."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.training import Example

from copydesk.parsing.selection import select

pytest.importorskip("onnxruntime", reason="the accurate English pipeline needs onnxruntime")
import copydesk_english_accurate
from copydesk_english_accurate.trees import best_tree

ATTRIBUTES = ("tag_", "pos_", "morph", "dep_", "is_sent_start")


@pytest.fixture(scope="module")
def nlp():
    """Syntax alone."""
    return copydesk_english_accurate.load(exclude=["ner", "lemmatizer"])


def analysis(doc):
    return [(token.head.i, *(str(getattr(token, name)) for name in ATTRIBUTES)) for token in doc]


def test_a_sentence(nlp):
    doc = nlp("The minister said on Friday that Germany would not sign the treaty.")
    assert [token.tag_ for token in doc[:4]] == ["DT", "NN", "VBD", "IN"]
    assert [token.pos_ for token in doc[:4]] == ["DET", "NOUN", "VERB", "ADP"]
    assert str(doc[1].morph) == "Number=Sing"
    said, sign = doc[2], doc[9]
    assert (said.dep_, sign.dep_, sign.head) == ("ROOT", "ccomp", said)
    assert {token.text: token.dep_ for token in said.children} == {
        "minister": "nsubj", "Friday": "obl", "sign": "ccomp", ".": "punct"
    }  # fmt: skip


def test_sentences(nlp):
    doc = nlp("Mr. Smith went to Washington. “He won’t return,” his wife said. Nobody knows why.")
    assert [sent.text for sent in doc.sents] == [
        "Mr. Smith went to Washington.", "“He won’t return,” his wife said.", "Nobody knows why."
    ]  # fmt: skip


def test_an_empty_line_ends_a_sentence_and_a_line_break_does_not(nlp):
    doc = nlp("Talks on the future of\nthe region\n\nThe minister left")
    assert [sent.text.strip() for sent in doc.sents] == ["Talks on the future of\nthe region", "The minister left"]


def test_white_space_hangs_on_the_word_before(nlp):
    doc = nlp("\n\nThe minister  left.\n")
    spaces = [token for token in doc if token.is_space]
    assert [(token.tag_, token.pos_, token.dep_, token.head.text) for token in spaces] == [
        ("_SP", "SPACE", "dep", "The"), ("_SP", "SPACE", "dep", "minister"), ("_SP", "SPACE", "dep", ".")
    ]  # fmt: skip


def test_sentence_starts_that_were_set_stay(nlp):
    doc = nlp.make_doc("He left. She stayed because nobody asked.")
    doc[3].is_sent_start, doc[5].is_sent_start = False, True
    doc = nlp(doc)
    assert [sent.text for sent in doc.sents] == ["He left. She stayed", "because nobody asked."]


@settings(deadline=None)  # the first text reads the encoder
@given(st.lists(st.sampled_from(["Ann", "Rome", "said", "\n\n", ".", "“", "that", "of"]), max_size=150))
def test_every_word_is_in_a_tree(nlp, words):
    doc = nlp(Doc(nlp.vocab, words=words))
    for sent in doc.sents:
        roots = [token for token in sent if token.head == token]
        assert len(roots) == 1
        assert all(token.head in sent for token in sent)
        assert all(token.dep_ == "ROOT" for token in roots if not token.is_space)
    assert all(token.tag_ and token.dep_ and token.pos_ for token in doc)


def test_in_a_batch_as_alone(nlp):
    texts = ["Angela Merkel flew to Paris.", "", "\n", "IBM sued the Acme Corporation, and lost.", "Why?"]
    assert [analysis(doc) for doc in nlp.pipe(texts)] == [analysis(nlp(text)) for text in texts]


def test_the_parse_selection_takes_it_for_what_it_assigns(nlp):
    for attribute in ("token.dep", "token.tag", "token.pos", "token.morph", "doc.sents"):
        assert select(nlp, "accurate", {attribute: ["a step"]}) == ("syntax",)


def test_it_is_scored_against_a_gold_that_differs(nlp):
    words, heads, deps = ["The", "minister", "left", "."], [1, 2, 2, 1], ["det", "nsubj", "ROOT", "punct"]
    gold = Doc(nlp.vocab, words=words, heads=heads, deps=[*deps[:1], "obj", *deps[2:]], tags=["DT", "NN", "NN", "."])
    scores = nlp.evaluate([Example(Doc(nlp.vocab, words=words), gold)])
    assert scores["tag_acc"] == 3 / 4  # the gold has the verb's tag wrong, and the subject's label
    assert (scores["dep_uas"], scores["dep_las"], scores["sents_f"]) == (1.0, 2 / 3, 1.0)


sizes = st.integers(1, 5)
matrices = sizes.flatmap(
    lambda size: st.lists(
        st.lists(st.integers(-50, 0), min_size=size + 1, max_size=size + 1), min_size=size, max_size=size
    )
)


def is_tree(heads):
    """Whether following the heads leads every word to the one root."""
    for start in range(len(heads)):
        at, seen = start, set()
        while heads[at] != at and at not in seen:
            seen.add(at)
            at = heads[at]
        if heads[at] != at:
            return False
    return sum(head == i for i, head in enumerate(heads)) == 1


@given(matrices)
def test_the_tree_is_one_with_a_single_root(drawn):
    scores = np.array(drawn, dtype="float32")
    np.fill_diagonal(scores, -1e4)
    assert is_tree(best_tree(scores))


@given(matrices.filter(lambda rows: len(rows) <= 4))
def test_the_tree_is_the_best_one(drawn):
    scores = np.array(drawn, dtype="float32")
    np.fill_diagonal(scores, -1e4)
    size = len(scores)

    def total(heads):
        return sum(scores[i, size if head == i else head] for i, head in enumerate(heads))

    trees = [heads for heads in itertools.product(range(size), repeat=size) if is_tree(heads)]
    assert total(best_tree(scores)) == max(map(total, trees))
