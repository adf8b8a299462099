"""What the pipeline says about text: labels, sentences, lemmas, names, and that nothing odd breaks it."""

import pytest

PENN = {
    "CC",
    "CD",
    "DT",
    "EX",
    "FW",
    "IN",
    "JJ",
    "JJR",
    "JJS",
    "LS",
    "MD",
    "NN",
    "NNP",
    "NNPS",
    "NNS",
    "PDT",
    "POS",
    "PRP",
    "PRP$",
    "RB",
    "RBR",
    "RBS",
    "RP",
    "SYM",
    "TO",
    "UH",
    "VB",
    "VBD",
    "VBG",
    "VBN",
    "VBP",
    "VBZ",
    "WDT",
    "WP",
    "WP$",
    "WRB",
}


def test_components(english):
    assert english.pipe_names == [
        "tok2vec",
        "tagger",
        "morphologizer",
        "sentences",
        "parser",
        "lemmatizer",
        "ner",
    ]


def test_label_schemes(english):
    assert set(english.get_pipe("tagger").labels) >= PENN
    assert {"nsubj", "obj", "obl", "appos", "nmod:poss", "ccomp", "parataxis"} <= set(english.get_pipe("parser").labels)
    assert set(english.get_pipe("ner").labels) == {"PERSON", "ORG", "LOC", "NORP"}


def test_every_annotation_is_set(english):
    doc = english("The minister said on Friday that Germany would not sign the treaty.")
    for attribute in ("TAG", "POS", "MORPH", "DEP", "HEAD", "LEMMA", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(attribute), attribute
    said = doc[2]
    assert (said.tag_, said.pos_, said.lemma_, said.dep_) == ("VBD", "VERB", "say", "ROOT")
    assert said.morph.get("Tense") == ["Past"]
    assert doc[1].dep_ == "nsubj"
    assert doc[1].head == said


@pytest.mark.parametrize(
    "sentences",
    [
        ["The talks failed.", "Both sides blamed each other."],
        ["Mr. Smith met Gen. Brown in the U.S. on Friday.", "They did not speak."],
        ["“We are ready,” he said.", "“They are not.”"],
        ["Is it over?", "Nobody knows!"],
        ["The index rose 1.5 percent to 2,340.10 points.", "Shares of Acme Inc. fell."],
    ],
)
def test_sentences(english, sentences):
    assert [sent.text for sent in english(" ".join(sentences)).sents] == sentences


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("She said so.", "said", "say"),
        ("They were there.", "were", "be"),
        ("It's late.", "'s", "be"),
        ("He won’t go.", "wo", "will"),
        ("He won’t go.", "n’t", "not"),
        ("The children have gone home.", "children", "child"),
        ("The children have gone home.", "gone", "go"),
        ("Two countries signed it.", "countries", "country"),
        ("She told him.", "him", "he"),
        ("These cities are bigger.", "cities", "city"),
        ("These cities are bigger.", "bigger", "big"),
        ("He has been fighting.", "fighting", "fight"),
        ("The women’s party won.", "women", "woman"),
        ("The women’s party won.", "’s", "'s"),
    ],
)
def test_lemmas(english, text, word, lemma):
    assert [token.lemma_ for token in english(text) if token.text == word] == [lemma]


def test_names(english):
    doc = english("German Chancellor Angela Merkel met officials of the World Bank in Paris on Monday.")
    assert {(ent.text.removeprefix("the "), ent.label_) for ent in doc.ents} == {
        ("German", "NORP"),
        ("Angela Merkel", "PERSON"),
        ("World Bank", "ORG"),
        ("Paris", "LOC"),
    }


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "a", "…", "\u200b", "🇺🇸👍🏽", "!" * 300, "é" + "\u0301" * 1000, "שלום עולם"]
)
def test_odd_text(english, text):
    assert english(text).text == text


def test_batches_give_what_single_texts_give(english):
    texts = ["The talks failed.", "", "Angela Merkel flew to Paris on Monday, the ministry said.", "Yes!"]
    for text, doc in zip(texts, english.pipe(texts, batch_size=2), strict=True):
        alone = english(text)
        assert [(t.tag_, t.head.i, t.dep_, t.ent_type_) for t in doc] == [
            (t.tag_, t.head.i, t.dep_, t.ent_type_) for t in alone
        ]


def test_survives_a_round_trip_through_bytes(english):
    import copydesk_english

    copy = copydesk_english.load().from_bytes(english.to_bytes())
    text = "Angela Merkel flew to Paris."
    assert copy(text).to_json() == english(text).to_json()
