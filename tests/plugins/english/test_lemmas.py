"""The lemmatizer agrees with spaCy's own, whatever it kept and forgot."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.tokens import Doc

from copydesk_english import lemmas

TEXT = "The mice were running. She has children, better ones, and the U.S. ministers’ teams said THEY left."
ANALYSES = [
    ("NOUN", "Number=Plur"),
    ("NOUN", "Number=Sing"),
    ("VERB", "VerbForm=Part"),
    ("ADJ", "Degree=Cmp"),
    ("PROPN", ""),
]


@pytest.fixture(scope="module")
def pair(english):
    """Ours and spaCy's, with the same tables: those that both know."""
    tables = english.get_pipe("lemmatizer").to_bytes()
    made = [
        cls(english.vocab, None, "lemmatizer", mode="rule", overwrite=True).from_bytes(tables)
        for cls in (lemmas.FormLemmatizer, EnglishLemmatizer)
    ]
    for lemmatizer in made:
        lemmatizer.lookups.remove_table(lemmas.FORMS)
    return made


def of(lemmatizer, doc):
    return [token.lemma_ for token in lemmatizer(doc.copy())]


def test_lemmas_are_those_of_spacy(english, pair):
    ours, theirs = pair
    doc = english(TEXT)
    assert of(ours, doc) == of(theirs, doc) == of(ours, doc)
    assert "mouse" in of(ours, doc)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.text("aeinrstdg’'S", min_size=1, max_size=8), st.sampled_from(ANALYSES)), min_size=1, max_size=9
    )
)
def test_lemmas_of_any_form_are_those_of_spacy(english, pair, words):
    doc = Doc(
        english.vocab,
        words=[word for word, _ in words],
        pos=[pos for _, (pos, _) in words],
        morphs=[morph for _, (_, morph) in words],
    )
    ours, theirs = pair
    assert of(ours, doc) == of(theirs, doc) == of(ours, doc)


def test_what_was_kept_may_be_forgotten(english, pair, monkeypatch):
    ours, theirs = pair
    monkeypatch.setattr(lemmas, "_CACHE_SIZE", 3)
    docs = [english(text) for text in (TEXT, "Dogs barked.", TEXT)]
    assert [of(ours, doc) for doc in docs] == [of(theirs, doc) for doc in docs]


def test_lemmas_outlive_the_zone_in_which_their_words_were_first_seen(english):
    with english.memory_zone():
        first = [token.lemma_ for token in english("Zorbloxes flimmered.")]
    with english.memory_zone():
        assert [token.lemma_ for token in english("Zorbloxes flimmered.")] == first


def test_lemmas_that_are_there_stay(english):
    doc = Doc(english.vocab, words=["mice", "mice"], pos=["NOUN", "NOUN"], lemmas=["kept", ""])
    assert [token.lemma_ for token in english.get_pipe("lemmatizer")(doc)] == ["kept", "mouse"]


def test_words_whose_lemma_no_rule_gives_are_in_a_table(english):
    """By part of speech: "'s" is a verb or a possessive."""
    doc = Doc(english.vocab, words=["Am", "'S", "'s"], pos=["AUX", "AUX", "PART"])
    assert [token.lemma_ for token in english.get_pipe("lemmatizer")(doc)] == ["be", "be", "'s"]
