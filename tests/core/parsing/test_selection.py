"""Of a spaCy pipeline only what some step uses runs; what a model or a Doc lacks is said."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.language import Language

from copydesk.errors import PipelineError
from copydesk.parsing import SharedParse, load_model
from copydesk.parsing.selection import select
from copydesk.testing import toy_parse

OURS = "copydesk_english"


def running(model: str, *uses: str) -> set[str]:
    """The components that run for these attributes."""
    return set(SharedParse(model, {attribute: ["reading"] for attribute in uses}).components)


@pytest.fixture(scope="module")
def selected():
    """The components that would run, of models that are loaded once for all tests."""
    loaded = cache(load_model)

    def selected(model: str, *uses: str) -> set[str]:
        return set(select(loaded(model), model, {attribute: ["step"] for attribute in uses}))

    return selected


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        (["token.text"], set()),
        (["token.is_alpha", "doc.text", "token.shape_", "token.whitespace_"], set()),
        (["token.tag"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.tag_"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.pos"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.pos_"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.morph"], {"tok2vec", "tagger", "attribute_ruler"}),
        (["token.dep"], {"tok2vec", "parser"}),
        (["token.head"], {"tok2vec", "parser"}),
        (["token.subtree"], {"tok2vec", "parser"}),
        (["token.head.lemma_"], {"tok2vec", "parser"}),
        (["span.root"], {"tok2vec", "parser"}),
        (["doc.sents"], {"tok2vec", "parser"}),
        (["token.is_sent_start"], {"tok2vec", "parser"}),
        (["span.sent"], {"tok2vec", "parser"}),
        (["doc.ents"], {"ner"}),
        (["token.ent_type_"], {"ner"}),
        (["doc.noun_chunks"], {"tok2vec", "tagger", "attribute_ruler", "parser"}),
        (["span.noun_chunks"], {"tok2vec", "tagger", "attribute_ruler", "parser"}),
        (["doc.cats"], {"labels_for_tests"}),
        (["doc.spans"], {"span_ruler"}),
        (["doc.tensor"], {"tok2vec"}),
        (["doc.ents", "token.dep"], {"tok2vec", "parser", "ner"}),
    ],
)  # fmt: skip
def test_only_what_is_used_runs_in_a_pipeline_like_spacys_own(foreign, selected, uses, expected):
    assert selected(foreign, *uses) == expected


@pytest.mark.parametrize(
    ("uses", "runs", "rests"),
    [
        (["token.dep"], {"parser"}, {"ner", "tagger", "morphologizer", "lemmatizer"}),
        (["doc.ents"], {"ner"}, {"parser", "tagger", "morphologizer", "lemmatizer"}),
        (["token.pos"], {"morphologizer"}, {"parser", "ner", "lemmatizer"}),
        (["token.lemma"], {"lemmatizer", "morphologizer"}, {"parser", "ner"}),
        (["doc.sents"], {"parser"}, {"ner"}),
        (["token.text"], set(), {"parser", "ner", "tagger", "morphologizer", "lemmatizer"}),
    ],
)
def test_only_what_is_used_runs_in_our_own(selected, uses, runs, rests):
    components = selected(OURS, *uses)
    assert runs <= components
    assert not rests & components


def test_what_is_used_is_there(foreign):
    shared = SharedParse(foreign, {name: ["step"] for name in ("token.dep", "token.pos", "token.morph")})
    (doc,) = shared.parse_all(["Dogs chase cats"])
    assert [(t.dep_, t.pos_, str(t.morph)) for t in doc] == [
        ("nsubj", "NOUN", "Number=Plur"),
        ("ROOT", "VERB", ""),
        ("dobj", "NOUN", "Number=Plur"),
    ]
    assert not doc.ents


def test_noun_chunks_and_roots_are_those_of_the_whole_pipeline():
    text = "The old minister met the new president in Paris."
    whole = [chunk.text for chunk in load_model(OURS)(text).noun_chunks]
    assert whole
    (doc,) = SharedParse(OURS, {"doc.noun_chunks": ["step"]}).parse_all([text])
    assert [chunk.text for chunk in doc.noun_chunks] == whole
    (doc,) = SharedParse(OURS, {"span.root": ["step"]}).parse_all([text])
    assert doc[0:3].root.text == "minister"


# What cannot work


@pytest.mark.parametrize("uses", ["token.dep", "token.tag", "token.pos", "token.morph", "token.lemma", "doc.ents"])
def test_a_model_that_lacks_what_a_step_uses(uses):
    with pytest.raises(
        PipelineError, match=r"model 'blank:en' does not provide .*, which step 'reading' uses; choose a model"
    ):
        running("blank:en", uses)


@pytest.mark.parametrize("uses", ["token.depp", "doc.entz", "span.no_such_thing"])
def test_an_attribute_that_spacy_does_not_have(uses):
    with pytest.raises(PipelineError, match="is no attribute of spaCy's"):
        running("blank:en", uses)


def test_a_tagger_alone_makes_no_parts_of_speech(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger").add_label("NN")
    nlp.initialize()
    nlp.to_disk(tmp_path / "m")
    with pytest.raises(PipelineError, match=r"does not provide token\.pos"):
        running(str(tmp_path / "m"), "token.pos")


def test_a_lemmatizer_that_needs_no_parts_of_speech_is_enough(tmp_path):
    nlp = spacy.blank("en")

    @Language.component("lemmas_for_tests", assigns=["token.lemma"])
    def lemmas(doc):
        for token in doc:
            token.lemma_ = token.lower_
        return doc

    nlp.add_pipe("lemmas_for_tests")
    nlp.to_disk(tmp_path / "m")
    assert running(str(tmp_path / "m"), "token.lemma") == {"lemmas_for_tests"}


# A Doc of the caller's

USED = ("token.dep", "token.head", "token.tag", "token.pos", "token.lemma", "doc.ents", "doc.sents")


@pytest.mark.parametrize("scheme", ["ud", "spacy"])
def test_a_doc_that_has_all_lacks_nothing(scheme):
    shared = SharedParse("blank:en", {})
    assert shared.missing_for(toy_parse("Ann Lee met Bo Ray.", scheme=scheme), USED) == ()


def test_what_a_doc_lacks_is_named():
    shared = SharedParse("blank:en", {})
    bare = spacy.blank("en")("Ann Lee met Bo Ray.")
    assert shared.missing_for(bare, (*USED, "token.text", "token.is_alpha")) == USED
    tagged = toy_parse("Ann Lee met Bo Ray.", layers=("tag", "sents"))
    assert shared.missing_for(tagged, USED) == ("token.dep", "token.head", "token.pos", "token.lemma", "doc.ents")
    assert shared.missing_for(tagged, ("doc.noun_chunks", "token.tag_")) == ("doc.noun_chunks",)


def test_an_empty_doc_lacks_nothing():
    assert SharedParse("blank:en", {}).missing_for(spacy.blank("en")(""), USED) == ()


def test_what_sets_sentences_before_the_parser_runs_with_it():
    """The parser keeps to sentences that it finds; those that are set behind it are no part of the parse."""
    nlp = spacy.blank("en")
    for name in ("sentencizer", "parser", "senter"):
        nlp.add_pipe(name)
    assert select(nlp, "model", {"token.dep": ["step"]}) == ("sentencizer", "parser")
    assert select(nlp, "model", {"token.text": ["step"]}) == ()
