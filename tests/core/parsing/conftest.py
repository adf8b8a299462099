"""Models built here: one as spaCy's own English ones are, and one that a word breaks."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.training import Example


@Language.component("poison_for_tests", assigns=["doc.ents"])
def poison(doc):
    if "POISON" in doc.text:
        raise ValueError("poisoned")
    return doc


@Language.component("labels_for_tests", assigns=["doc.cats"])
def labels(doc):
    doc.cats = {"label": 1.0}
    return doc


@pytest.fixture(scope="session")
def foreign(tmp_path_factory) -> str:
    """A pipeline built as spaCy's own English ones are: parts of speech come from tags by the attribute ruler."""
    nlp = spacy.blank("en")
    for name in ("tok2vec", "tagger", "parser", "attribute_ruler", "ner"):
        config = {}
        if name in {"tagger", "parser"}:
            config = {
                "model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}}
            }
        if name == "parser":
            config["min_action_freq"] = 1
        nlp.add_pipe(name, config=config)
    nlp.add_pipe("labels_for_tests")
    nlp.add_pipe("span_ruler").add_patterns([{"label": "THING", "pattern": [{"LOWER": "dogs"}]}])
    examples = [
        Example.from_dict(
            nlp.make_doc("Dogs chase cats"),
            {
                "heads": [1, 1, 1],
                "deps": ["nsubj", "ROOT", "dobj"],
                "tags": ["NNS", "VBP", "NNS"],
                "entities": ["U-ORG", "O", "O"],
            },
        )
    ]
    optimizer = nlp.initialize(lambda: examples)
    with nlp.select_pipes(disable=["attribute_ruler"]):
        for _ in range(25):
            nlp.update(examples, sgd=optimizer)
    nlp.get_pipe("attribute_ruler").add([[{"TAG": "NNS"}]], {"POS": "NOUN", "MORPH": "Number=Plur"})
    nlp.get_pipe("attribute_ruler").add([[{"TAG": "VBP"}]], {"POS": "VERB"})
    path = tmp_path_factory.mktemp("models") / "foreign"
    nlp.to_disk(path)
    return str(path)


@pytest.fixture(scope="session")
def poisoned(tmp_path_factory) -> str:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("poison_for_tests")
    path = tmp_path_factory.mktemp("models") / "poisoned"
    nlp.to_disk(path)
    return str(path)
