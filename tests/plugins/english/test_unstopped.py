"""Treebank text without some full stops: the sentences, the tree and the text around them stay."""

import sys
from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

import copydesk_english

TRAINING = Path(copydesk_english.__file__).parent / "training"


@pytest.fixture
def unstopped(monkeypatch):
    """The recipe's modules are scripts that stand beside one another, not a package."""
    monkeypatch.syspath_prepend(str(TRAINING))
    import unstopped

    yield unstopped.unstopped
    sys.modules.pop("unstopped")


@pytest.fixture
def doc():
    return Doc(
        Vocab(),
        words=["Harbour", "closes", ".", "Why", "?", "It", "leaks", "."],
        spaces=[True, False, True, False, True, True, False, False],
        heads=[1, 1, 1, 3, 3, 6, 6, 6],
        deps=["nsubj", "ROOT", "punct", "ROOT", "punct", "nsubj", "ROOT", "punct"],
    )


def test_stops_go_and_sentences_stay(unstopped, doc):
    [copy] = unstopped([doc], Vocab(), 1.0, 0)
    assert copy.text == "Harbour closes Why? It leaks "
    assert [sent.text for sent in copy.sents] == ["Harbour closes", "Why?", "It leaks"]
    assert [token.head.text for token in copy] == ["closes", "closes", "Why", "Why", "leaks", "leaks"]


def test_without_a_share_nothing_goes(unstopped, doc):
    [copy] = unstopped([doc], Vocab(), 0.0, 0)
    assert copy.text == doc.text
