"""Pronouns in sentences whose trees are given: what the parse decides, in both label schemes."""

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from copydesk import Context, Document, Mention, Quotation
from copydesk_entities.component import Entities
from copydesk_entities.references import syntax as tree
from copydesk_entities.references.features import width
from copydesk_entities.references.model import Model, shipped_model
from copydesk_entities.text.words import Words

ENGLISH = spacy.blank("en")
SPACY = {
    "nsubj:pass": "nsubjpass",
    "obj": "dobj",
    "nmod:poss": "poss",
    "acl:relcl": "relcl",
    "root": "ROOT",
}
SOLD = (
    "Acme NNP nsubj 2 ORG/said VBD root 2/it PRP nsubj 5/would MD aux 5/sell VB ccomp 2/its PRP$ nmod:poss 7/"
    "ships NNS obj 5/. . punct 2"
)
BROTHER = (
    "Roe NNP nsubj 2 PERSON/met VBD root 2/his PRP$ nmod:poss 4/brother NN obj 2/John NNP appos 4 PERSON/. . punct 2"
)
WHO = "Roe NNP nsubj 6 PERSON/, , punct 1/who WP nsubj 4/left VBD acl:relcl 1/, , punct 1/smiled VBD root 6/. . punct 6"


def parsed(lines, scheme="ud"):
    """The document of lines "word tag label head [name]", heads counted from 1, in a label scheme."""
    rows = [line.split() for line in lines.split("/")]
    doc = Doc(
        ENGLISH.vocab,
        words=[row[0] for row in rows],
        tags=[row[1] for row in rows],
        deps=[SPACY.get(row[2], row[2]) if scheme == "spacy" else row[2] for row in rows],
        heads=[int(row[3]) - 1 for row in rows],
    )
    doc.ents = [Span(doc, i, i + 1, label=row[4]) for i, row in enumerate(rows) if len(row) > 4]
    return Document(doc.text).with_doc(doc)


def resolved(document, **config):
    """The pronouns of a document with whom they mean."""
    component = Entities(**config)
    component.setup(Context(nlp=ENGLISH))
    document = document.with_annotations(component.process(document), provides=component.provides)
    return [
        (document.text_of(mention), document.resolve(mention.entity).name)
        for mention in document[Mention]
        if mention.kind == "pronoun"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (SOLD, [("it", "Acme"), ("its", "Acme")]),
        (WHO, [("who", "Roe")]),
        (BROTHER, [("his", "Roe")]),
        # "it is time" means nothing that has a name
        ("Acme NNP nsubj 2 ORG/said VBD root 2/it PRP nsubj 5/is VBZ cop 5/time NN ccomp 2/. . punct 2", []),
        # an apposition with "its" does not own itself
        ("Acme NNP root 1 ORG/, , punct 1/its PRP$ nmod:poss 4/rival NN appos 1/. . punct 1", []),
    ],
)
def test_the_tree_decides(sentence, expected, scheme):
    """Each answer holds in both schemes."""
    assert resolved(parsed(sentence, scheme)) == expected


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Roe", tree.SUBJECT),
        ("his", tree.POSSESSOR),
        ("brother", tree.OBJECT),
        ("John", tree.APPOSED),
        ("met", tree.ROOT),
    ],
)
def test_roles(word, role, scheme):
    """A role has one name, whatever the label."""
    words = Words(parsed(BROTHER, scheme))
    assert tree.Syntax(words).role(words.texts.index(word)) == role


def test_a_later_member_of_a_list_has_the_role_of_the_first(scheme):
    """Which is how "and Poe" comes to be a subject."""
    words = Words(parsed("Roe NNP nsubj 4/and CC cc 3/Poe NNP conj 1/left VBD root 4", scheme))
    syntax = tree.Syntax(words)
    assert (syntax.role(2), syntax.listed(2), syntax.listed(0)) == (tree.SUBJECT, True, False)


def test_a_clause_is_that_of_its_predicate(scheme):
    """And a relative clause is not the main one."""
    words = Words(parsed(WHO, scheme))
    syntax = tree.Syntax(words)
    assert (syntax.clause(0), syntax.clause(2), syntax.noun_of_relative(2)) == (5, 3, 0)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, width() - 1), min_size=28, max_size=28), min_size=1, max_size=11))
def test_chances_add_up_to_one(rows):
    """Whatever the candidates are."""
    chances = shipped_model().chances(np.array(rows))
    assert len(chances) == len(rows)
    assert sum(chances) == pytest.approx(1, abs=1e-4)


def test_weights_of_other_features_are_refused():
    """They would give nonsense without a word."""
    model = shipped_model()
    with pytest.raises(ValueError, match=r"columns"):
        Model(model.columns[:-1], model.bias, model.output)


def test_whom_the_speaker_tells_about_does_not_speak_on():
    """Somebody who acts only within the speaker's sentence does not come between the speaker and "he said"."""
    document = parsed(
        "“ `` punct 2/Brave JJ ccomp 4/” '' punct 2/said VBD root 4/Roe NNP nsubj 4 PERSON/who WP nsubj 7/"
        "agreed VBD acl:relcl 5/that IN mark 10/Poe NNP nsubj 10 PERSON/won VBD ccomp 7/. . punct 4/"
        "“ `` punct 13/Not RB ccomp 16/” '' punct 13/he PRP nsubj 16/said VBD root 16/. . punct 16"
    )
    marks = [i for i, c in enumerate(document.text) if c in "“”"]
    pairs = zip(marks[::2], marks[1::2], strict=True)
    document = document.with_annotations(
        [Quotation(start=start, end=end + 1, inner=(start + 1, end)) for start, end in pairs]
    )
    assert ("he", "Roe") in resolved(document)
