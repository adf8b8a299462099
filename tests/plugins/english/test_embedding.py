"""The embedding layer: shapes, that equal words get equal rows, and that its gradient is right."""

import numpy as np
import pytest
import spacy

from copydesk_english.embedding import lexical_embed

ROWS = [50, 20, 20, 20, 20, 20, 5]


@pytest.fixture
def layer():
    model = lexical_embed(8, ROWS)
    model.initialize()
    return model


@pytest.fixture
def docs():
    nlp = spacy.blank("en")
    return [nlp.make_doc(text) for text in ("the cat saw the dog", "", "the end")]


def test_one_row_per_word(layer, docs):
    assert [part.shape for part in layer.predict(docs)] == [(5, 8), (0, 8), (2, 8)]


def test_the_same_word_gets_the_same_row(layer, docs):
    first, _, last = layer.predict(docs)
    assert np.array_equal(first[0], first[3])
    assert np.array_equal(first[0], last[0])
    assert not np.array_equal(first[0], first[1])


def test_a_space_after_the_word_makes_a_difference(layer):
    nlp = spacy.blank("en")
    (row,) = layer.predict([nlp.make_doc("dog dog")])
    assert not np.array_equal(row[0], row[1])


def test_gradients_of_equal_words_add_up(layer, docs):
    def gradients(texts):
        output, backprop = layer.begin_update(texts)
        backprop([np.ones_like(part) for part in output])
        found = [
            node.get_grad(name).copy()
            for node in layer.walk()
            for name in node.param_names
            if node.has_grad(name) and node.name == "hashembed"
        ]
        for node in layer.walk():
            for name in node.grad_names:
                node.set_grad(name, node.get_grad(name) * 0)
        return found

    once, twice = gradients(docs), gradients(docs + docs)
    assert once
    for a, b in zip(once, twice, strict=True):
        assert np.allclose(2 * a, b, atol=1e-4)


def test_wrong_number_of_tables():
    with pytest.raises(ValueError, match="7 table sizes"):
        lexical_embed(8, [10, 10])


def test_no_documents(layer):
    assert layer.predict([]) == []
