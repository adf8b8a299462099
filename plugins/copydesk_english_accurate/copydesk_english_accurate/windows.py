"""What the encoder reads of a text at a time: its words in windows, as word pieces with the case of their word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from copydesk_english_accurate.wordpieces import WordPieces

__all__ = ["NO_LETTERS", "Window", "shape", "windows_of"]

#: Most words and pieces of a window: as the encoder was trained.
WINDOW_WORDS = 120
WINDOW_PIECES = 256
#: The shape of words without letters, and of the marks around a text.
NO_LETTERS = 4
_ENDS = frozenset(".!?")
_AFTER = frozenset("\"'”’)")


@dataclass(frozen=True)
class Window:
    """Some words of one Doc: their places, and their pieces with the shape of the word and its first piece."""

    doc: int
    words: list[int]
    ids: list[int]
    shapes: list[int]
    first: list[int]


def windows_of(docs: Iterable[Doc], pieces: WordPieces) -> Iterator[Window]:
    """All words of the Docs, white space aside, in windows cut at line breaks, or else after sentences where there are any."""
    for number, doc in enumerate(docs):
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
        for start, end in _cuts(words, encoded, lines):
            window = Window(number, places[start:end], [pieces.first], [NO_LETTERS], [])
            for word, numbers in zip(words[start:end], encoded[start:end], strict=True):
                window.first.append(len(window.ids))
                window.ids.extend(numbers)
                window.shapes.extend([shape(word)] * len(numbers))
            window.ids.append(pieces.last)
            window.shapes.append(NO_LETTERS)
            yield window


def _cuts(words: Sequence[str], encoded: Sequence[Sequence[int]], lines: set[int]) -> Iterator[tuple[int, int]]:
    """Windows as (first word, one past the last)."""
    start = 0
    while start < len(words):
        end, size = start, 2
        while end < min(start + WINDOW_WORDS, len(words)) and size + len(encoded[end]) <= WINDOW_PIECES:
            size += len(encoded[end])
            end += 1
        if end < len(words):
            end = _cut(words, lines, start, end)
        yield start, end
        start = end


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
        return NO_LETTERS
    if word.islower():
        return 0
    if word.isupper():
        return 1 if len(word) > 1 else 2
    return 2 if word[0].isupper() and word[1:].islower() else 3
