"""Names from a label for each word: how a network's probabilities become spans, and the component that sets them.

spaCy's own component reads a text word by word, each decision a small product of matrices. This one labels all words at
once and then takes the best sequence that is one: the same time gives a deeper network, and a network that gives
probabilities can learn from those of a larger one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Model

__all__ = ["LABELS", "TAGS", "NameTagger", "best_tags", "names_of", "set_names"]

LABELS = ("PERSON", "ORG", "LOC", "NORP")
#: What a word can be: no name, or the first or a further word of one. A network's outputs are in this order.
TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))

Probabilities = NDArray[np.float32]
Name = tuple[int, int, str]

#: A word that is so probably no name ends whatever came before: what lies between two such words is decided alone.
_SURE = 0.9
_SMALLEST = 1e-9
#: Added to the score of a step from one tag (row) to another (column): nothing, or too much where there is no such step.
_STEPS = np.array(
    [[-1e4 if tag[0] == "I" and before[2:] != tag[2:] else 0.0 for tag in TAGS] for before in TAGS], dtype="float32"
)


def best_tags(probabilities: Probabilities) -> NDArray[np.intp]:
    """Numbers of the tags of the most probable sequence in which each ``I-`` continues a name of its label.

    ``probabilities`` has shape (words, tags).
    """
    best: NDArray[np.intp] = probabilities.argmax(1)
    before = np.concatenate([np.zeros(1, dtype=best.dtype), best[:-1]])
    wrong = np.flatnonzero(_STEPS[before, best])
    if not len(wrong):
        # Each word's best tags are a sequence, so there is none better.
        return best
    bounds = np.flatnonzero(probabilities[:, 0] > _SURE)
    end = 0
    for i in wrong.tolist():
        if i >= end:
            at = int(np.searchsorted(bounds, i))
            start = int(bounds[at - 1]) + 1 if at else 0
            end = int(bounds[at]) if at < len(bounds) else len(best)
            best[start:end] = _viterbi(np.log(np.maximum(probabilities[start:end], _SMALLEST)))
    return best


def _viterbi(scores: Probabilities) -> list[int]:
    """The best allowed sequence of tags for scores of shape (words, tags)."""
    total = scores[0] + _STEPS[0]
    came: list[NDArray[np.intp]] = []
    for row in scores[1:]:
        steps = total[:, None] + _STEPS
        came.append(steps.argmax(0))
        total = steps.max(0) + row
    sequence = [int(total.argmax())]
    for before in reversed(came):
        sequence.append(int(before[sequence[-1]]))
    return sequence[::-1]


def names_of(probabilities: Probabilities) -> Iterator[Name]:
    """Names as (first word, one past the last, label), from probabilities of shape (words, tags)."""
    tags = best_tags(probabilities)
    start, label = 0, ""
    for i in [*np.flatnonzero(tags).tolist(), len(tags)]:
        tag = TAGS[tags[i]] if i < len(tags) else "O"
        if tag[0] == "I":
            end = i + 1
            continue
        if label:
            yield start, end, label
        start, end, label = i, i + 1, tag[2:]


def set_names(doc: Doc, probabilities: Probabilities) -> None:
    """Make these the names of ``doc``, beside those that it has already and that none of these may touch."""
    there = list(doc.ents)
    taken = {i for ent in there for i in range(ent.start, ent.end)}
    new = [
        Span(doc, start, end, label)
        for start, end, label in names_of(probabilities)
        if not taken or taken.isdisjoint(range(start, end))
    ]
    doc.set_ents([*there, *new], default="outside")


class NameTagger(TrainablePipe):  # type: ignore[misc] # spaCy's class has no types
    """Sets a Doc's names from a network that gives probabilities of shape (words, tags) for each Doc."""

    def __init__(self, vocab: Vocab, model: Model[list[Doc], list[Any]], name: str = "ner") -> None:
        super().__init__(vocab, model, name)
        self.scorer = _score
        for label in LABELS:
            vocab.strings.add(label)

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels that names get."""
        return LABELS

    @property
    def label_data(self) -> tuple[str, ...]:
        """The same, by the name that spaCy asks for."""
        return LABELS

    def predict(self, docs: Iterable[Doc]) -> list[Probabilities]:
        """Probabilities of shape (words, tags) for each Doc."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [np.zeros((0, len(TAGS)), dtype="float32") for _ in docs]
        return list(self.model.predict(docs))

    def set_annotations(self, docs: Iterable[Doc], scores: Sequence[Probabilities]) -> None:
        """Set the names of the Docs, in place."""
        for doc, probabilities in zip(docs, scores, strict=True):
            set_names(doc, probabilities)


def _score(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    """What ``spacy evaluate`` asks for: precision, recall and F1 of the names."""
    return get_ner_prf(examples)


@Language.factory(
    "copydesk_names",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def _make_names(nlp: Language, name: str, model: Model[list[Doc], list[Any]]) -> NameTagger:
    return NameTagger(nlp.vocab, model, name)
