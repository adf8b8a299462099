"""Tags, morphology, dependencies and sentences from the encoder: the model, and the component that sets them.

The encoder scores every word as the head of every other; the best tree over these scores is a sentence's analysis. A
transition parser decides from left to right and keeps what it has decided; this one weighs a whole sentence at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.types import Ints2d

from copydesk_english_accurate import MODEL_PATH
from copydesk_english_accurate.encoder import SYNTAX, Encoder, no_training
from copydesk_english_accurate.trees import best_tree

__all__ = ["DEPENDENCIES", "LABELS", "Analysis", "SyntaxReader", "encoder_syntax", "syntax_model"]

#: The graph that labels a dependency, given both of its words; and the file with all labels, by the name of their output.
DEPENDENCIES, LABELS = "dependencies.onnx", "syntax.json"
ROOT = "ROOT"
_ATTRIBUTES = ("TAG", "POS", "MORPH", "HEAD", "DEP")

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Analysis:
    """One Doc: arrays of shape (words,). ``heads`` are places in the Doc, a root's its own; the others number labels.

    White space has no labels (-1); its head is the word before, or the first word.
    """

    tags: Numbers
    morphs: Numbers
    heads: Numbers
    deps: Numbers


Layer = Model[list[Doc], list[Analysis]]


@registry.architectures("copydesk.EncoderSyntax.v1")  # type: ignore[untyped-decorator]
def encoder_syntax() -> Layer:
    """Build the model that ships. Output: for each Doc, an :class:`Analysis`. It cannot be trained here."""
    return syntax_model(MODEL_PATH)


def syntax_model(folder: Path) -> Layer:
    """The model of the files in ``folder``. Raises OSError where the labels are missing; the rest is read with the first text."""
    labels = json.loads((folder / LABELS).read_text(encoding="utf8"))
    return Model("encoder_syntax", _forward, attrs={"encoder": Encoder(folder), "labels": labels})


def _forward(
    model: Layer,
    docs: Sequence[Doc],
    is_train: bool,  # noqa: ARG001 -- thinc calls it so
) -> tuple[list[Analysis], Callable[[Any], Any]]:
    encoder: Encoder = model.attrs["encoder"]
    root = model.attrs["labels"]["dep"].index(ROOT)
    result = [_nothing(doc) for doc in docs]
    there = [_starts_before(doc) for doc in docs]
    for window, (tags, morphs, starts, arcs, dependents, heads) in encoder.read(docs, SYNTAX):
        places = np.array(window.words)
        analysis, set_before = result[window.doc], there[window.doc][places]
        tree = _heads(arcs, np.where(set_before == 0, starts, set_before > 0))
        is_root = tree == np.arange(len(places))
        # The root's vector stands behind those of all words.
        inputs = {"heads": heads[np.where(is_root, len(places), tree)], "dependents": dependents}
        (labels,) = encoder.session(DEPENDENCIES).run(None, inputs)
        analysis.tags[places] = tags
        analysis.morphs[places] = morphs
        analysis.heads[places] = places[tree]
        analysis.deps[places] = np.where(is_root, root, labels)
    return result, no_training


def _starts_before(doc: Doc) -> Numbers:
    """What is known of sentence starts: 1 where one is, -1 where none is, 0 elsewhere. After an empty line there is one."""
    starts = cast("NDArray[np.uint64]", doc.to_array("SENT_START")).astype("int64")
    for token in doc[:-1]:
        if token.is_space and token.text.count("\n") > 1 and not starts[token.i + 1]:
            starts[token.i + 1] = 1
    return starts


def _heads(arcs: NDArray[np.float32], starts: NDArray[np.integer]) -> Numbers:
    """Heads of a window's words, a root's its own. ``arcs`` has shape (words, words + 1); the last column is the root's."""
    size = len(starts)
    bounds = np.flatnonzero(starts)
    bounds = bounds[bounds > 0]
    heads = np.empty(size, dtype="int64")
    for a, b in zip([0, *bounds.tolist()], [*bounds.tolist(), size], strict=True):
        heads[a:b] = best_tree(np.concatenate([arcs[a:b, a:b], arcs[a:b, size:]], 1))
        heads[a:b] += a
    return heads


def _nothing(doc: Doc) -> Analysis:
    """No labels, and heads as white space has them."""
    places = np.arange(len(doc))
    words = np.array([not token.is_space for token in doc], dtype=bool)
    before = np.maximum.accumulate(np.where(words, places, -1)) if len(doc) else places
    first = int(words.argmax()) if words.any() else -1
    heads = np.where(before >= 0, before, first if first >= 0 else places)
    none = np.full(len(doc), -1, dtype="int64")
    return Analysis(none.copy(), none.copy(), heads.astype("int64"), none)


class SyntaxReader(TrainablePipe):  # type: ignore[misc] # spaCy's class has no types
    """Sets tags, morphology, dependencies and sentences. Sentence starts that were set before stay."""

    def __init__(self, vocab: Vocab, model: Layer, name: str = "syntax") -> None:
        super().__init__(vocab, model, name)
        self.scorer = _score
        labels = model.attrs["labels"]
        strings, morphology = vocab.strings, vocab.morphology
        split = [label.partition("|") for label in labels["morph"]]
        # The last of each is that of white space, whose number is -1.
        self._columns = [
            _column([strings.add(label) for label in [*labels["tag"], "_SP"]]),
            _column([strings.add(pos) for pos in [*(pos for pos, _, _ in split), "SPACE"]]),
            _column([morphology.add(features) for features in [*(features for _, _, features in split), ""]]),
            _column([strings.add(label) for label in [*labels["dep"], "dep"]]),
        ]

    def predict(self, docs: Iterable[Doc]) -> list[Analysis]:
        """The analysis of each Doc."""
        return list(self.model.predict(list(docs)))

    def set_annotations(self, docs: Iterable[Doc], scores: Sequence[Analysis]) -> None:
        """Set it, in place."""
        tag, pos, morph, dep = self._columns
        for doc, found in zip(docs, scores, strict=True):
            offsets = (found.heads - np.arange(len(doc))).astype("uint64")
            columns = [tag[found.tags], pos[found.morphs], morph[found.morphs], offsets, dep[found.deps]]
            doc.from_array(list(_ATTRIBUTES), cast("Ints2d", np.stack(columns, 1)))


def _column(values: Sequence[int]) -> NDArray[np.uint64]:
    return np.array(values, dtype="uint64")


def _score(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    """What ``spacy evaluate`` asks for: accuracy of tags, attachment scores, F1 of the sentences."""
    examples = list(examples)
    scores: dict[str, Any] = {}
    for part in ("tagger", "parser"):
        scores.update(registry.scorers.get(f"spacy.{part}_scorer.v1")()(examples))
    return scores


@Language.factory(
    "copydesk_syntax",
    assigns=["token.tag", "token.pos", "token.morph", "token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    default_config={"model": {"@architectures": "copydesk.EncoderSyntax.v1"}},
    default_score_weights={"tag_acc": 0.25, "dep_uas": 0.25, "dep_las": 0.25, "sents_f": 0.25},
)
def _make_syntax(nlp: Language, name: str, model: Layer) -> SyntaxReader:
    return SyntaxReader(nlp.vocab, model, name)
