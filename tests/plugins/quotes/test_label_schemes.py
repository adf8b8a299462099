"""The rules read both label schemes: Universal Dependencies and that of spaCy's own English models."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from copydesk import Context
from copydesk_quotes.component import Quotes, QuotesConfig

VOCAB = spacy.blank("en").vocab

# Each sentence: words, universal (head, label), spaCy's own (head, label), tags, parts of speech, lemmas.
SENTENCES = {
    "clause": (
        ["The", "minister", "said", "that", "Anna", "won", "."],
        [(1, "det"), (2, "nsubj"), (2, "ROOT"), (5, "mark"), (5, "nsubj"), (2, "ccomp"), (2, "punct")],
        [(1, "det"), (2, "nsubj"), (2, "ROOT"), (5, "mark"), (5, "nsubj"), (2, "ccomp"), (2, "punct")],
        ["DT", "NN", "VBD", "IN", "NNP", "VBD", "."],
        ["DET", "NOUN", "VERB", "SCONJ", "PROPN", "VERB", "PUNCT"],
        ["the", "minister", "say", "that", "Anna", "win", "."],
        ("The minister", "said", "that Anna won"),
    ),
    "object": (
        ["Anna", "criticized", "the", "new", "plan", "."],
        [(1, "nsubj"), (1, "ROOT"), (4, "det"), (4, "amod"), (1, "obj"), (1, "punct")],
        [(1, "nsubj"), (1, "ROOT"), (4, "det"), (4, "amod"), (1, "dobj"), (1, "punct")],
        ["NNP", "VBD", "DT", "JJ", "NN", "."],
        ["PROPN", "VERB", "DET", "ADJ", "NOUN", "PUNCT"],
        ["Anna", "criticize", "the", "new", "plan", "."],
        ("Anna", "criticized", "the new plan"),
    ),
    "preposition": (
        ["Anna", "complained", "about", "the", "new", "plan", "."],
        [(1, "nsubj"), (1, "ROOT"), (5, "case"), (5, "det"), (5, "amod"), (1, "obl"), (1, "punct")],
        [(1, "nsubj"), (1, "ROOT"), (1, "prep"), (5, "det"), (5, "amod"), (2, "pobj"), (1, "punct")],
        ["NNP", "VBD", "IN", "DT", "JJ", "NN", "."],
        ["PROPN", "VERB", "ADP", "DET", "ADJ", "NOUN", "PUNCT"],
        ["Anna", "complain", "about", "the", "new", "plan", "."],
        ("Anna", "complained", "the new plan"),
    ),
    "according to": (
        ["The", "bridge", "is", "closed", ",", "according", "to", "Anna", "."],
        [
            (1, "det"),
            (3, "nsubj:pass"),
            (3, "aux:pass"),
            (3, "ROOT"),
            (3, "punct"),
            (7, "case"),
            (5, "fixed"),
            (3, "obl"),
            (3, "punct"),
        ],
        [
            (1, "det"),
            (3, "nsubjpass"),
            (3, "auxpass"),
            (3, "ROOT"),
            (3, "punct"),
            (3, "prep"),
            (5, "prep"),
            (6, "pobj"),
            (3, "punct"),
        ],
        ["DT", "NN", "VBZ", "VBN", ",", "VBG", "IN", "NNP", "."],
        ["DET", "NOUN", "AUX", "VERB", "PUNCT", "VERB", "ADP", "PROPN", "PUNCT"],
        ["the", "bridge", "be", "close", ",", "accord", "to", "Anna", "."],
        ("Anna", "according to", "The bridge is closed"),
    ),
}


def doc_of(words, arcs, tags, pos, lemmas):
    heads = [head for head, _ in arcs]
    deps = [label for _, label in arcs]
    return Doc(VOCAB, words=words, heads=heads, deps=deps, tags=tags, pos=pos, lemmas=lemmas)


@pytest.mark.parametrize("engine", ["rules", "learned"])
@pytest.mark.parametrize("scheme", ["universal", "spacy"])
@pytest.mark.parametrize("name", SENTENCES)
def test_one_sentence_in_two_schemes(name, scheme, engine, on_page) -> None:
    words, universal, own, tags, pos, lemmas, (source, cue, content) = SENTENCES[name]
    doc = doc_of(words, universal if scheme == "universal" else own, tags, pos, lemmas)
    quotes = Quotes(QuotesConfig(engine=engine))
    quotes.setup(Context())
    document = on_page(doc.text, doc)
    found = list(quotes.process(document))
    assert len(found) == 1
    text = [
        " ".join(document.text_of(span) for span in spans)
        for spans in (found[0].source, found[0].cue, found[0].content)
    ]
    assert text[0] == source
    assert text[2] == content
    assert cue in text[1]
