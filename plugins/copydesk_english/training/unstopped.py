"""Copies of treebank text in which some sentences have lost their full stop, as headings, captions and lists have none."""

from __future__ import annotations

import random
from collections.abc import Sequence

from spacy.tokens import Doc, Token
from spacy.vocab import Vocab


def unstopped(docs: Sequence[Doc], vocab: Vocab, share: float, seed: int) -> list[Doc]:
    """Copies of the documents, each sentence without its final full stop with the probability ``share``."""
    rng = random.Random(seed)
    return [
        _without(doc, vocab, {s[-1].i for s in doc.sents if _is_stop(s[-1]) and rng.random() < share}) for doc in docs
    ]


def _is_stop(token: Token) -> bool:
    """Whether it can go: it ends a sentence of some words, and nothing depends on it."""
    return (
        token.text == "."
        and token.i > token.sent.start
        and token.n_lefts + token.n_rights == 0
        and token.dep_ != "ROOT"
    )


def _without(doc: Doc, vocab: Vocab, dropped: set[int]) -> Doc:
    kept = [token for token in doc if token.i not in dropped]
    place = {token.i: i for i, token in enumerate(kept)}
    return Doc(
        vocab,
        words=[token.text for token in kept],
        # The space after the stop is kept by the word before it.
        spaces=[bool(token.whitespace_) or token.i + 1 in dropped for token in kept],
        tags=[token.tag_ for token in kept],
        pos=[token.pos_ for token in kept],
        morphs=[str(token.morph) for token in kept],
        heads=[place[token.head.i] for token in kept],
        deps=[token.dep_ for token in kept],
        sent_starts=None,
    )
