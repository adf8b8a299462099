"""A long text is cut where nothing is torn apart, and its parse is put together again."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.parsing import SharedParse, shared
from copydesk.parsing.pieces import LONG_RUN, pieces
from copydesk.testing.growth import measure_growth

TOKENS = SharedParse("blank:en", {"token.text": ["step"]})
CHARS = st.sampled_from("ab .,()\"'\n\r\t\u2028\u00a0\u0301é😀\u200d-/:@x1") | st.characters(codec="utf-8")


@given(st.text(CHARS, max_size=200), st.integers(1, 40), st.integers(2, 50))
@settings(max_examples=150)
def test_pieces_are_the_text(text, times, most):
    text *= times
    found = pieces(text, most)
    assert "".join(found) == text
    assert max(map(len, found)) <= most
    assert all(found) or found == [""]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("one two three. four\n\nfive six\nseven eight nine ten", "one two three. four\n\n"),
        ("one two three. four\r\n\r\nfive six\r\nseven eight nine ten", "one two three. four\r\n\r\n"),
        ("one two three four five. six\nseven eight nine ten", "one two three four five. six\n"),
        ("one two three four five. Six seven eight nine ten", "one two three four five. "),
        ("one two three four five six seven eight nine ten", "one two three four five six seven "),
        ("x" * 80, "x" * 36),
    ],
    ids=["paragraph", "paragraph of Windows", "line", "sentence", "word", "nowhere"],
)
def test_where_a_text_is_cut(text, first):
    assert pieces(text, 36)[0] == first


@pytest.mark.parametrize("unit", ["\n", "\r\n", " ", ".", '."', "\n ", "a", "\n \r"])
def test_cutting_is_linear(unit):
    growth = measure_growth(lambda size: (unit * size)[:size], pieces, largest=400_000, suspicious=1.25)
    assert growth.exponent < 1.5, growth


# Runs without a space


@given(st.text(CHARS, max_size=60), st.integers(1, 60))
@settings(max_examples=150)
def test_tokens_cover_the_text_exactly(text, times):
    text *= times
    doc = TOKENS.tokenize(text)
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text


@pytest.mark.parametrize("length", [LONG_RUN - 1, LONG_RUN, LONG_RUN + 1, 3 * LONG_RUN + 7])
@pytest.mark.parametrize("around", ["{}", "a {} b", " {} ", "{}\n", "x\n\n{}\n\ny", "{} {}"])
def test_a_run_without_a_space_is_cut_and_nothing_is_lost(length, around):
    text = around.replace("{}", "(" * length)
    doc = TOKENS.tokenize(text)
    assert doc.text == text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]


def test_ordinary_words_are_not_cut():
    text = "A supercalifragilisticexpialidocious " + "w" * LONG_RUN + " word."
    assert [token.text for token in TOKENS.tokenize(text)] == [token.text for token in spacy.blank("en")(text)]


@pytest.mark.parametrize("unit", ["(", ")", "a.", "'s", "http://", "😀", "\u0301", "-", " ", "\n"])
def test_tokenizing_is_linear_in_runs_of_one_thing(unit):
    """spaCy's own tokenizer takes 16 times as long for 4 times as many brackets."""
    growth = measure_growth(lambda size: (unit * size)[:size], TOKENS.tokenize, largest=60_000, suspicious=1.25)
    assert growth.exponent < 1.5, growth


# Joined

ARTICLE = (
    "The old minister met Angela Merkel in Paris. She told reporters that the talks had failed.\n\n"
    'The president of France said: "We will not sign." Ministers in Berlin were not asked.\n\n'
)
USES = {name: ["step"] for name in ("token.dep", "token.tag", "token.morph", "token.lemma", "doc.ents", "doc.sents")}


@pytest.fixture(scope="module")
def ours() -> SharedParse:
    return SharedParse("copydesk_english", USES)


def facts(doc):
    tokens = [(t.idx, t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]
    return tokens, [(ent.start, ent.end, ent.label_) for ent in doc.ents]


def moved(doc, tokens, chars):
    """The facts of a Doc that stands so many tokens and characters into a text."""
    found, ents = facts(doc)
    return (
        [(i + chars, *rest, head + tokens, sent) for i, *rest, head, sent in found],
        [(start + tokens, end + tokens, label) for start, end, label in ents],
    )


def test_a_text_in_pieces_is_the_parses_of_its_pieces(ours, monkeypatch):
    monkeypatch.setattr(shared, "PIECE_CHARS", 300)
    text = ARTICLE * 4
    cut = pieces(text, 300)
    assert len(cut) > 2
    assert all(piece.endswith("\n\n") for piece in cut)
    (doc,) = ours.parse_all([text])
    assert doc.text == text
    tokens, ents, at, chars = [], [], 0, 0
    for piece in ours.parse_all(cut):
        some_tokens, some_ents = moved(piece, at, chars)
        tokens += some_tokens
        ents += some_ents
        at, chars = at + len(piece), chars + len(piece.text)
    assert facts(doc) == (tokens, ents)
    assert ents
    assert len(list(doc.sents)) >= 16


def test_a_short_neighbour_is_parsed_as_alone(ours, monkeypatch):
    monkeypatch.setattr(shared, "PIECE_CHARS", 300)
    (alone,) = ours.parse_all([ARTICLE])
    before, long, after = ours.parse_all([ARTICLE, ARTICLE * 4, ARTICLE])
    assert facts(before) == facts(alone) == facts(after)
    assert long.text == ARTICLE * 4


@given(st.text(CHARS, max_size=120), st.integers(1, 20))
@settings(max_examples=60)
def test_joined_pieces_are_the_text_whatever_it_is(text, times):
    text *= times
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "PIECE_CHARS", 40)
        (doc,) = TOKENS.parse_all([text])
    assert doc.text == text
