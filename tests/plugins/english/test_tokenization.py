"""Tokens as the treebanks have them, and always every character of the text."""

import pytest


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("He said “we don’t know”.", ["He", "said", "“", "we", "do", "n’t", "know", "”", "."]),
        ("‘It’s over’", ["‘", "It", "’s", "over", "’"]),
        ("wait … what", ["wait", "…", "what"]),
        ("wait...what", ["wait", "...", "what"]),
        ("then…“Stop”", ["then", "…", "“", "Stop", "”"]),
        ("left — fast", ["left", "—", "fast"]),
        ("left—fast", ["left", "—", "fast"]),
        ("“Stop!”—he left", ["“", "Stop", "!", "”", "—", "he", "left"]),
        ("the U.S. and the U.K.’s", ["the", "U.S.", "and", "the", "U.K.", "’s"]),
        ("It left the U.S.", ["It", "left", "the", "U.S."]),
        ("They co-operate.", ["They", "co-operate", "."]),
        ("Co-operate by e-mail", ["Co-operate", "by", "e-mail"]),
        ("a pro-Beijing ex-minister", ["a", "pro-Beijing", "ex-minister"]),
        ("Colonel-General", ["Colonel", "-", "General"]),
        ("al-Qaida-linked", ["al", "-", "Qaida", "-", "linked"]),
        ("$1.2bn", ["$", "1.2", "bn"]),
        ("£3m, €4.5bn and 10km", ["£", "3", "m", ",", "€", "4.5", "bn", "and", "10", "km"]),
        ("20% of 3,000", ["20", "%", "of", "3,000"]),
        ("2014–15", ["2014", "–", "15"]),
        ("Lt. Col. Smith", ["Lt.", "Col.", "Smith"]),
        ("Mr. O’Brien’s", ["Mr.", "O’Brien", "’s"]),
        ("wow!!!", ["wow", "!!!"]),
        ("the players' union", ["the", "players", "'", "union"]),
    ],
)
def test_tokens(english, text, tokens):
    assert [token.text for token in english.make_doc(text)] == tokens


def test_tokenizer_is_stored_with_the_pipeline(english):
    # Its rules are data: a plain spaCy tokenizer reads them back.
    import spacy

    plain = spacy.blank("en")
    plain.tokenizer.from_disk(_model_path() / "tokenizer")
    text = "They co-operate on a $1.2bn deal"
    assert [t.text for t in plain.make_doc(text)] == [t.text for t in english.make_doc(text)]


def _model_path():
    import copydesk_english

    return copydesk_english.MODEL_PATH
