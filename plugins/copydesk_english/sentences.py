"""Where sentences begin: a small network that decides before the parser, where it is sure.

The parser finds the boundaries from word to word as it goes, and knows little of what comes behind. This network sees two
words on either side, through the vectors that the parser reads too. Where it is sure, the parser keeps to what it says;
where it is in doubt, the parser decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import Model, Relu, Sigmoid, chain, expand_window, with_array
from thinc.types import Floats2d, Ints2d

__all__ = ["SentenceStarts", "sentence_starts", "set_sentence_starts"]

Probabilities = NDArray[np.float32]
_WINDOW = 2


@registry.architectures("copydesk.SentenceStarts.v1")  # type: ignore[untyped-decorator]
def sentence_starts(
    tok2vec: Model[list[Doc], list[Floats2d]], width: int, hidden_width: int
) -> Model[list[Doc], list[Floats2d]]:
    """Build the network. Output: for each Doc, floats of shape (words, 1): the probability that a sentence begins there.

    ``width`` is that of the vectors that ``tok2vec`` gives.
    """
    head: Model[Floats2d, Floats2d] = chain(
        cast("Model[Floats2d, Floats2d]", expand_window(window_size=_WINDOW)),
        Relu(nO=hidden_width, nI=width * (2 * _WINDOW + 1), dropout=0.2),
        Sigmoid(nO=1, nI=hidden_width),
    )
    return cast("Model[list[Doc], list[Floats2d]]", chain(tok2vec, with_array(head, pad=_WINDOW)))


def set_sentence_starts(doc: Doc, probabilities: Probabilities, surely: float, surely_not: float) -> None:
    """Set which words begin a sentence, and which do not, where the probability says so; what was set before stays.

    ``probabilities`` has shape (words,).
    """
    if not len(doc):
        return
    there = doc.to_array("SENT_START").astype("int64")
    found = np.where(probabilities >= surely, 1, np.where(probabilities <= surely_not, -1, 0))
    # The first word begins one whatever the network says; spaCy counts it as not set.
    found[0] = 0
    # A word at a time would take a tenth of the parse's time: each would ask whether the Doc has been parsed.
    starts = np.where(there == 0, found, there).astype("uint64")[:, None]
    doc.from_array(["SENT_START"], cast("Ints2d", starts))


class SentenceStarts(TrainablePipe):  # type: ignore[misc] # spaCy's class has no types
    """Sets sentence starts where the probability is at least ``surely`` or at most ``surely_not``. Stands before the parser."""

    def __init__(
        self, vocab: Vocab, model: Model[list[Doc], list[Any]], name: str, *, surely: float, surely_not: float
    ) -> None:
        super().__init__(vocab, model, name)
        self.cfg = {"surely": surely, "surely_not": surely_not}
        self.scorer = _score

    def predict(self, docs: Iterable[Doc]) -> list[Probabilities]:
        """Probabilities of shape (words,) for each Doc."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [np.zeros(0, dtype="float32") for _ in docs]
        return [rows[:, 0] for rows in self.model.predict(docs)]

    def set_annotations(self, docs: Iterable[Doc], scores: Sequence[Probabilities]) -> None:
        """Set the sentence starts of the Docs, in place."""
        for doc, probabilities in zip(docs, scores, strict=True):
            set_sentence_starts(doc, probabilities, self.cfg["surely"], self.cfg["surely_not"])


def _score(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    """What ``spacy evaluate`` asks for: precision, recall and F1 of the sentences, once all of them are decided."""
    examples = [example for example in examples if example.predicted.has_annotation("SENT_START")]
    return Scorer.score_spans(examples, "sents") if examples else {}


@Language.factory(
    "copydesk_sentences",
    assigns=["token.is_sent_start"],
    default_config={"surely": 0.5, "surely_not": 0.5},
    default_score_weights={"sents_f": 1.0, "sents_p": 0.0, "sents_r": 0.0},
)
def _make_sentence_starts(
    nlp: Language, name: str, model: Model[list[Doc], list[Any]], surely: float, surely_not: float
) -> SentenceStarts:
    return SentenceStarts(nlp.vocab, model, name, surely=surely, surely_not=surely_not)
