"""One parse for all: what a bad text costs its neighbours, and what is nobody's failure."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from copydesk.errors import TextError
from copydesk.parsing import MAX_CHARS, SharedParse, shared

raised_so_far: list[type[BaseException]] = []


@Language.component("raises_for_tests", assigns=["doc.cats"])
def raises(doc):
    if "STOP" in doc.text:
        raised_so_far.append(kind := raises.kind)
        raise kind("stopped")
    doc.cats = {"short": float(len(doc) < 5), "any": 1.0}
    return doc


@Language.component("leaves_for_tests", assigns=["doc.cats"])
def leaves(doc):
    doc.user_data["mine"] = 1
    return doc


class Deadline(Exception):  # noqa: N818  # as callers name theirs
    """A caller's own."""


@pytest.fixture
def raising() -> SharedParse:
    raised_so_far.clear()
    nlp = spacy.blank("en")
    nlp.add_pipe("raises_for_tests")
    return SharedParse(nlp, {"doc.cats": ["step"]})


def test_a_text_that_breaks_the_model_costs_its_neighbours_nothing(poisoned):
    parse = SharedParse(poisoned, {"doc.ents": ["step"], "doc.sents": ["step"]})
    first, bad, second, worse, third = parse.parse_all(["One. Two.", "POISON", "Three.", "more POISON", "Four."])
    assert [len(list(doc.sents)) for doc in (first, second, third)] == [2, 1, 1]
    assert [(type(error), str(error)) for error in (bad, worse)] == [(ValueError, "poisoned")] * 2


@pytest.mark.parametrize("kind", [TimeoutError, KeyboardInterrupt, SystemExit])
def test_an_interrupt_is_raised_and_not_tried_again(raising, kind):
    raises.kind = kind
    with pytest.raises(kind):
        raising.parse_all(["one", "STOP", "two"])
    assert [*raised_so_far] == [kind]


def test_what_the_caller_names_passes_through(raising):
    raises.kind = Deadline
    with pytest.raises(Deadline):
        raising.parse_all(["one", "STOP"], pass_through=(Deadline,))
    assert [*raised_so_far] == [Deadline]
    (_, error) = raising.parse_all(["one", "STOP"])
    assert isinstance(error, Deadline), "and is a failure of the text where nobody names it"


def test_a_text_that_is_too_long_is_refused_before_any_work():
    parse = SharedParse("blank:en", {"token.text": ["step"]})
    long = "word " * (MAX_CHARS // 5) + "x"
    parse.nlp.tokenizer = lambda text: pytest.fail("tokenized") if len(text) > 100 else spacy.blank("en")(text)
    before, error, after = parse.parse_all(["short", long, "short"])
    assert len(before) == len(after) == 1
    assert isinstance(error, TextError)
    assert "1,000,001 characters; the spaCy parse takes at most 1,000,000" in str(error)


def test_no_text_and_empty_texts():
    parse = SharedParse("blank:en", {"doc.sents": ["step"]})
    assert parse.parse_all([]) == []
    assert [doc.text for doc in parse.parse_all(["", "\n\n", ""])] == ["", "\n\n", ""]


def test_batches_give_the_same_as_one_at_a_time():
    texts = ["The minister spoke.", "", "Paris is in France.", "\n\n", "He said so. She did not."]
    parse = SharedParse("copydesk_english", {"token.dep": ["step"], "doc.ents": ["step"]})

    def facts(doc):
        return [(token.text, token.dep_, token.head.i, token.ent_type_) for token in doc]

    together = [facts(doc) for doc in parse.parse_all(texts)]
    assert together == [facts(parse.parse_all([text])[0]) for text in texts]
    assert any(together)


# What belongs to a whole text, in pieces


def test_labels_of_a_long_text_are_the_mean_of_its_pieces(raising, monkeypatch):
    monkeypatch.setattr(shared, "PIECE_CHARS", 40)
    first, second = "one two three four five six seven.\n\n", "one two.\n\n"
    (doc,) = raising.parse_all([first + second])
    assert doc.text == first + second
    mean = len(second) / len(first + second)
    assert doc.cats == {"any": pytest.approx(1.0), "short": pytest.approx(mean)}


def test_pieces_that_cannot_be_joined_are_the_texts_own_error(monkeypatch):
    """spaCy warns that it drops a component's data; here, as in many a service, warnings are errors."""
    monkeypatch.setattr(shared, "PIECE_CHARS", 40)
    nlp = spacy.blank("en")
    nlp.add_pipe("leaves_for_tests")
    parse = SharedParse(nlp, {"doc.cats": ["step"]})
    before, error, after = parse.parse_all(["short", "one two three. " * 10, "short"])
    assert (before.text, after.text) == ("short", "short")
    assert "W102" in str(error)
