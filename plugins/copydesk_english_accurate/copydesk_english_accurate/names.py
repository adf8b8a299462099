"""Names from the encoder, as a model of spaCy's for the component of the bundled pipeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model

from copydesk_english.names import TAGS
from copydesk_english_accurate import MODEL_PATH
from copydesk_english_accurate.encoder import NAMES, Encoder, no_training

__all__ = ["encoder_names", "names_model"]

Probabilities = NDArray[np.float32]
Layer = Model[list[Doc], list[Probabilities]]


@registry.architectures("copydesk.EncoderNames.v1")  # type: ignore[untyped-decorator]
def encoder_names() -> Layer:
    """Build the model that ships. Output: for each Doc, probabilities of shape (words, tags). It cannot be trained here."""
    return names_model(MODEL_PATH)


def names_model(folder: Path) -> Layer:
    """The model of the files in ``folder``; they are read with the first text, and what is wrong with them is said then."""
    return Model("encoder_names", _forward, dims={"nO": len(TAGS)}, attrs={"encoder": Encoder(folder)})


def _forward(
    model: Layer,
    docs: Sequence[Doc],
    is_train: bool,  # noqa: ARG001 -- thinc calls it so
) -> tuple[list[Probabilities], Callable[[Any], Any]]:
    encoder: Encoder = model.attrs["encoder"]
    result = [_nothing(len(doc)) for doc in docs]
    for window, (found,) in encoder.read(docs, NAMES):
        result[window.doc][window.words] = found
    return result, no_training


def _nothing(words: int) -> Probabilities:
    """No names. White space stays so."""
    rows = np.zeros((words, len(TAGS)), dtype="float32")
    rows[:, 0] = 1
    return rows
