"""The encoder as a model of spaCy's: texts are cut into windows, windows of like length go through onnxruntime together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model

from copydesk_english.names import TAGS
from copydesk_english_accurate import MODEL_PATH
from copydesk_english_accurate.wordpieces import WordPieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["encoder_names", "names_model", "shape"]

Probabilities = NDArray[np.float32]
Layer = Model[list[Doc], list[Probabilities]]

#: Most words and pieces of a window: as the encoder was trained.
WINDOW_WORDS = 120
WINDOW_PIECES = 256
#: Most pieces that go through at once, padding included.
BATCH_PIECES = 4096
_ENDS = frozenset(".!?")
_AFTER = frozenset("\"'”’)")


@registry.architectures("copydesk.EncoderNames.v1")  # type: ignore[untyped-decorator]
def encoder_names() -> Layer:
    """Build the model that ships. Output: for each Doc, probabilities of shape (words, tags). It cannot be trained here."""
    return names_model(MODEL_PATH)


def names_model(folder: Path) -> Layer:
    """The model of the files in ``folder``; they are read with the first text. OSError or onnxruntime's errors come then."""
    return Model("encoder_names", _forward, dims={"nO": len(TAGS)}, attrs={"network": _Network(folder)})


class _Network:
    """The encoder of a folder, read when it is first used. No part of what spaCy stores: written as nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pieces: WordPieces | None = None
        self._session: InferenceSession | None = None

    def __reduce__(self) -> tuple[type[_Network], tuple[Path]]:
        """Another process reads the encoder itself."""
        return _Network, (self._folder,)

    @property
    def pieces(self) -> WordPieces:
        if self._pieces is None:
            self._pieces = WordPieces(self._folder / "vocab.txt")
        return self._pieces

    @property
    def session(self) -> InferenceSession:
        if self._session is None:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            # One thread, as the rest of the pipeline: who wants more runs more processes.
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                self._folder / "names.onnx", options, providers=["CPUExecutionProvider"]
            )
        return self._session


@dataclass(frozen=True)
class _Window:
    """Some words of one Doc: their places, and their pieces with the shape of the word and its first piece."""

    doc: int
    words: list[int]
    ids: list[int]
    shapes: list[int]
    first: list[int]


def _forward(
    model: Layer,
    docs: Sequence[Doc],
    is_train: bool,  # noqa: ARG001 -- thinc calls it so
) -> tuple[list[Probabilities], Callable[[Any], Any]]:
    network: _Network = model.attrs["network"]
    result = [_nothing(len(doc)) for doc in docs]
    windows = [window for i, doc in enumerate(docs) for window in _windows(i, doc, network.pieces)]
    windows.sort(key=lambda window: len(window.ids))
    start = 0
    while start < len(windows):
        end = start + 1
        while end < len(windows) and (end - start + 1) * len(windows[end].ids) <= BATCH_PIECES:
            end += 1
        part = windows[start:end]
        (found,) = network.session.run(None, _inputs(part))
        for window, rows in zip(part, found, strict=True):
            result[window.doc][window.words] = rows[: len(window.words)]
        start = end

    def backprop(_: Any) -> Any:
        raise NotImplementedError("the encoder is trained by the recipe of copydesk_english, not through spaCy")

    return result, backprop


def _nothing(words: int) -> Probabilities:
    """No names. White space stays so."""
    rows = np.zeros((words, len(TAGS)), dtype="float32")
    rows[:, 0] = 1
    return rows


def _inputs(windows: Sequence[_Window]) -> dict[str, NDArray[np.int64]]:
    """Arrays of shape (windows, pieces), and ``first`` of shape (windows, words); all padded with 0."""
    pieces = max(len(window.ids) for window in windows)
    words = max(len(window.words) for window in windows)
    ids, shapes, mask = (np.zeros((len(windows), pieces), dtype="int64") for _ in range(3))
    first = np.zeros((len(windows), words), dtype="int64")
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size], shapes[row, :size], mask[row, :size] = window.ids, window.shapes, 1
        first[row, : len(window.first)] = window.first
    return {"ids": ids, "shapes": shapes, "mask": mask, "first": first}


def _windows(number: int, doc: Doc, pieces: WordPieces) -> list[_Window]:
    """All words of a Doc in windows, cut at line breaks or else after sentences where there are any."""
    words: list[str] = []
    places: list[int] = []
    lines: set[int] = set()
    for token in doc:
        if not token.is_space:
            words.append(token.text)
            places.append(token.i)
        elif "\n" in token.text:
            lines.add(len(words))
    encoded = [pieces(word) for word in words]
    windows: list[_Window] = []
    start = 0
    while start < len(words):
        end, size = start, 2
        while end < min(start + WINDOW_WORDS, len(words)) and size + len(encoded[end]) <= WINDOW_PIECES:
            size += len(encoded[end])
            end += 1
        if end < len(words):
            end = _cut(words, lines, start, end)
        window = _Window(number, places[start:end], [pieces.first], [4], [])
        for word, numbers in zip(words[start:end], encoded[start:end], strict=True):
            window.first.append(len(window.ids))
            window.ids.extend(numbers)
            window.shapes.extend([shape(word)] * len(numbers))
        window.ids.append(pieces.last)
        window.shapes.append(4)
        windows.append(window)
        start = end
    return windows


def _cut(words: Sequence[str], lines: set[int], start: int, end: int) -> int:
    """The last good place to cut in the second half of the words from ``start`` to ``end``."""
    half = (start + end) // 2
    for i in range(end, half, -1):
        if i in lines:
            return i
    for i in range(end, half, -1):
        before = i - 1
        while before > start and words[before] in _AFTER:
            before -= 1
        if words[before] in _ENDS and words[i] not in _AFTER:
            return i
    return end


def shape(word: str) -> int:
    """Case of a word: 0 lower, 1 all capitals, 2 capitalised, 3 mixed, 4 no letters."""
    if not any(char.isalpha() for char in word):
        return 4
    if word.islower():
        return 0
    if word.isupper():
        return 1 if len(word) > 1 else 2
    return 2 if word[0].isupper() and word[1:].islower() else 3
