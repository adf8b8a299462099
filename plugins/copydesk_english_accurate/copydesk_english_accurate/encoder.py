"""The files of the encoders: the vectors of word pieces, which names and syntax share, and one graph for each of the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from copydesk_english_accurate.windows import Window, windows_of
from copydesk_english_accurate.wordpieces import WordPieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["NAMES", "SYNTAX", "VECTORS", "VOCABULARY", "Encoder", "no_training"]

NAMES, SYNTAX = "names.onnx", "syntax.onnx"
VECTORS, VOCABULARY = "vectors.npz", "vocab.txt"


class Encoder:
    """The files of a folder, each read when it is first used. No part of what spaCy stores: written as nothing.

    Whatever reads them raises OSError or onnxruntime's errors where they are missing or broken.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pieces: WordPieces | None = None
        self._vectors: tuple[NDArray[np.int8], NDArray[np.float32]] | None = None
        self._sessions: dict[str, InferenceSession] = {}

    def __reduce__(self) -> tuple[type[Encoder], tuple[Path]]:
        """Another process reads the files itself."""
        return Encoder, (self.folder,)

    @property
    def pieces(self) -> WordPieces:
        """The vocabulary of word pieces."""
        if self._pieces is None:
            self._pieces = WordPieces(self.folder / VOCABULARY)
        return self._pieces

    def session(self, name: str) -> InferenceSession:
        """The graph in the file ``name``."""
        if name not in self._sessions:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            # One thread, as the rest of the pipeline: who wants more runs more processes.
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._sessions[name] = onnxruntime.InferenceSession(
                self.folder / name, options, providers=["CPUExecutionProvider"]
            )
        return self._sessions[name]

    def read(self, docs: Sequence[Doc], name: str) -> Iterator[tuple[Window, list[NDArray[np.float32]]]]:
        """Run the graph ``name`` over all words of the Docs: yield each window and the graph's outputs for it.

        A window at a time: numbers are rounded by the largest of what goes through at once, so that neighbours would change
        what is found; and larger batches are no faster, since they outgrow the processor's caches.
        """
        for window in windows_of(docs, self.pieces):
            outputs = self.session(name).run(None, self._inputs(window))
            yield window, [output[0] for output in outputs]

    def _inputs(self, window: Window) -> dict[str, NDArray[np.float32] | NDArray[np.int64]]:
        """A batch of one: vectors of shape (1, pieces, width), ``shapes`` and ``mask`` (1, pieces), ``first`` (1, words)."""
        ids, shapes, first = (np.array([row], dtype="int64") for row in (window.ids, window.shapes, window.first))
        return {"vectors": self._vectors_of(ids), "shapes": shapes, "mask": np.ones_like(ids), "first": first}

    def _vectors_of(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        if self._vectors is None:
            with np.load(self.folder / VECTORS) as arrays:
                self._vectors = arrays["values"], arrays["scales"].astype("float32")
        values, scales = self._vectors
        return values[ids] * scales[ids]


def no_training(_: Any) -> Any:
    """What thinc calls to train a layer. Raises NotImplementedError: these are trained elsewhere."""
    raise NotImplementedError("the encoder is trained by the recipe of copydesk_english, not through spaCy")
