"""ATT107, 108, 109, 609 and 804: accusations, polls, and headlines that are surer than their story."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from copydesk import Document, Pipeline
from copydesk.testing import yaml_cases
from copydesk_attribution.story.clauses import Clauses
from copydesk_attribution.story.story import Story

PIPELINE = Pipeline.from_yaml(
    """
name: claims
extends: newsroom
steps:
  - use: attribution
    with: {select: [ATT107, ATT108, ATT109, ATT609, ATT804]}
"""
)

VOCAB = spacy.blank("en").vocab

test_cases = yaml_cases("claims.cases.yaml", PIPELINE)


def clauses(words: str, tags: str, heads: list[int], deps: str) -> Clauses:
    """The clauses of one sentence; `heads` are indexes."""
    written = words.split()
    lemmas = [{"was": "be", "is": "be", "robbed": "rob", "stole": "steal"}.get(word, word.lower()) for word in written]
    doc = Doc(VOCAB, words=written, tags=tags.split(), heads=heads, deps=deps.split(), lemmas=lemmas)
    found = Story(Document(doc.text).with_doc(doc)).clauses
    assert found is not None
    return found


PASSIVE = ("Lee was robbed by Ray", "NNP VBD VBN IN NNP")
LIAR = ("Lee is a liar", "NNP VBZ DT NN")


class TestBothSchemes:
    """Universal Dependencies, and the labels of spaCy's own English models."""

    @pytest.mark.parametrize(
        "read",
        [
            pytest.param(clauses(*PASSIVE, [2, 2, 2, 4, 2], "nsubj:pass aux:pass ROOT case obl:agent"), id="ud"),
            pytest.param(clauses(*PASSIVE, [2, 2, 2, 2, 3], "nsubjpass auxpass ROOT agent pobj"), id="spacy"),
        ],
    )
    def test_who_does_it_in_the_passive(self, read):
        assert (read.doer(2), read.target(2), read.stance(2)) == (4, 0, "fact")

    @pytest.mark.parametrize(
        "read",
        [
            pytest.param(clauses(*LIAR, [3, 3, 3, 3], "nsubj cop det ROOT"), id="ud"),
            pytest.param(clauses(*LIAR, [1, 1, 3, 1], "nsubj ROOT det attr"), id="spacy"),
        ],
    )
    def test_of_whom_a_noun_is_said(self, read):
        assert (read.called(3), read.stance(3)) == (0, "fact")

    @pytest.mark.parametrize(
        "read",
        [
            pytest.param(
                clauses("charges against Lee", "NNS IN NNP", [0, 2, 0], "ROOT case nmod"),
                id="ud",
            ),
            pytest.param(
                clauses("charges against Lee", "NNS IN NNP", [0, 0, 1], "ROOT prep pobj"),
                id="spacy",
            ),
        ],
    )
    def test_the_noun_after_a_preposition(self, read):
        assert (read.complement(0, "against"), read.complement(0, "for")) == (2, None)

    @pytest.mark.parametrize(
        ("words", "tags", "heads", "deps", "stance"),
        [
            pytest.param("Lee stole it", "NNP VBD PRP", [1, 1, 1], "nsubj ROOT obj", "fact", id="fact"),
            pytest.param(
                "Lee may steal it", "NNP MD VB PRP", [2, 2, 2, 2], "nsubj aux ROOT obj", "softened", id="softened"
            ),
            pytest.param("Nobody stole it", "NN VBD PRP", [1, 1, 1], "nsubj ROOT obj", "denied", id="nobody"),
            pytest.param(
                "Ray says Lee stole it", "NNP VBZ NNP VBD PRP", [1, 1, 3, 1, 3], "nsubj ROOT nsubj ccomp obj", "reported", id="reported"
            ),
            pytest.param(
                "Lee stole it Ray says", "NNP VBD PRP NNP VBZ", [1, 1, 1, 4, 1], "nsubj ROOT obj nsubj parataxis", "reported", id="after"
            ),
            pytest.param("if Lee stole it", "IN NNP VBD PRP", [2, 2, 2, 2], "mark nsubj ROOT obj", "open", id="if"),
        ],
    )  # fmt: skip
    def test_how_a_clause_stands(self, words, tags, heads, deps, stance):
        verb = next(
            index for index, dep in enumerate(deps.split()) if dep in ("ROOT", "ccomp") and "st" in words.split()[index]
        )
        assert clauses(words, tags, heads, deps).stance(verb) == stance

    def test_a_verb_that_is_joined_takes_subject_and_voice_from_the_first(self):
        read = clauses(
            "Lee was robbed and robbed", "NNP VBD VBN CC VBN", [2, 2, 2, 4, 2], "nsubj:pass aux:pass ROOT cc conj"
        )
        assert (read.target(4), read.doer(4), read.stance(4)) == (0, None, "fact")

    def test_without_relations_there_are_no_clauses(self):
        doc = Doc(VOCAB, words=["It", "rained"])
        assert Story(Document(doc.text).with_doc(doc)).clauses is None
