"""White space that is not the plain space: the model does not see it, and the parse has it."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from copydesk.parsing.blanks import plain, restored
from copydesk.parsing.shared import SharedParse

BLANKS = ["\u00a0", "\u2009", "\u202f", "\u3000"]


@Language.component("tests_blanks_reader", assigns=["token.lemma"])
def reader(doc: Doc) -> Doc:
    """Hangs each token on the first and names the first two; fails on any space that is not plain."""
    assert "\u00a0" not in doc.text
    for token in doc:
        token.tag_, token.pos_, token.lemma_, token.dep_ = "NN", "NOUN", token.lower_, "dep"
        token.head = doc[0]
    if len(doc) > 1:
        doc.set_ents([Span(doc, 0, 2, "PERSON", kb_id="Q1")])
    doc.cats = {"news": 1.0}
    doc.spans["last"] = [Span(doc, len(doc) - 1, len(doc), "END")]
    return doc


@pytest.fixture(scope="module")
def nlp():
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("tests_blanks_reader")
    return nlp


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_is_a_token_of_white_space_between_the_same_words(nlp, blank: str) -> None:
    text = f"Anna{blank}Weber said{blank}it rained."
    doc = restored(nlp(plain(text)), text)
    assert doc.text == text
    assert [token.text for token in doc] == ["Anna", blank, "Weber", "said", blank, "it", "rained", "."]
    assert [token.head.text for token in doc if token.text == blank] == ["Anna", "said"]
    assert {(token.tag_, token.pos_) for token in doc if token.text == blank} == {("_SP", "SPACE")}
    assert [token.lemma_ for token in doc if token.text != blank] == ["anna", "weber", "said", "it", "rained", "."]
    assert [(name.text, name.label_, name.kb_id_) for name in doc.ents] == [(f"Anna{blank}Weber", "PERSON", "Q1")]
    assert doc.cats == {"news": 1.0}
    assert [(span.text, span.label_) for span in doc.spans["last"]] == [(".", "END")]


def test_a_text_without_them_is_parsed_as_it_is(nlp) -> None:
    text = "Anna Weber said\tit rained.\n"
    assert plain(text) == text


def test_the_shared_parse_hides_them_from_the_model_and_gives_the_text_back(nlp) -> None:
    parse = SharedParse(nlp, {"token.lemma": ["step"]})
    texts = ["\u00a0Anna\u00a0Weber\u00a0", "plain text", "\u00a0\u00a0", "two \u00a0 three"]
    assert [doc.text for doc in parse.parse_all(texts)] == texts
