"""From probabilities to names: the best sequence of tags that is one, and what it makes of a Doc."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from copydesk_english.names import TAGS, best_tags, names_of, set_names

scores = arrays("float32", st.tuples(st.integers(0, 30), st.just(len(TAGS))), elements=st.floats(0, 8, width=32))


def probabilities(rows):
    made = np.exp(rows - rows.max(1, keepdims=True, initial=0))
    return made / made.sum(1, keepdims=True)


def follows(before, tag):
    return tag[0] != "I" or before[2:] == tag[2:]


def rows(*tags, sure=0.9):
    """Probabilities in which each word's tag has so much, and the rest is spread."""
    made = np.full((len(tags), len(TAGS)), (1 - sure) / (len(TAGS) - 1), dtype="float32")
    made[range(len(tags)), [TAGS.index(tag) for tag in tags]] = sure
    return made


@given(scores)
def test_each_further_word_continues_a_name_of_its_label(drawn):
    tags = ["O", *(TAGS[i] for i in best_tags(probabilities(drawn)))]
    assert all(follows(before, tag) for before, tag in pairwise(tags))


@given(arrays("float32", (3, len(TAGS)), elements=st.floats(0, 3, width=32)))
def test_no_allowed_sequence_is_more_probable(drawn):
    made = probabilities(drawn)

    def worth(sequence):
        return sum(float(np.log(row[i])) for row, i in zip(made, sequence, strict=True))

    allowed = (
        sequence
        for sequence in product(range(len(TAGS)), repeat=3)
        if all(follows(a, b) for a, b in pairwise(["O", *(TAGS[i] for i in sequence)]))
    )
    assert worth(best_tags(made)) >= max(map(worth, allowed)) - 1e-4


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        ([], []),
        (["O", "O"], []),
        (["B-PERSON", "I-PERSON", "O", "B-LOC"], [(0, 2, "PERSON"), (3, 4, "LOC")]),
        (["B-NORP", "B-NORP", "B-ORG", "I-ORG"], [(0, 1, "NORP"), (1, 2, "NORP"), (2, 4, "ORG")]),
        (["O", "I-LOC", "O"], []),
        (["B-ORG", "I-LOC"], [(0, 1, "ORG")]),
    ],
)
def test_names(tags, names):
    made = rows(*tags)
    if tags[1:2] == ["I-LOC"]:
        made[1] = rows("I-LOC", sure=0.5)[0]
        made[1, 0] = 0.4
    assert list(names_of(made)) == names


def test_names_that_are_there_stay():
    doc = Doc(Vocab(), words=["Ann", "Lee", "left", "Rome"])
    doc.set_ents([Span(doc, 1, 3, "ORG")])
    set_names(doc, rows("B-PERSON", "I-PERSON", "O", "B-LOC"))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Lee left", "ORG"), ("Rome", "LOC")]
    assert doc[0].ent_iob_ == "O"
