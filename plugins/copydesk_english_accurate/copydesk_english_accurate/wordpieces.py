"""Word pieces of single words, as BERT's uncased vocabulary has them.

Forty lines instead of a package that brings twenty others. The recipe compares them with that package's on the words of
all its corpora before it writes the model.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

__all__ = ["WordPieces"]

#: Pieces of a word that the encoder reads; the rest of a long word says nothing about names.
MAX_PIECES = 8
_MAX_CHARS = 100
#: Words whose pieces are kept, about 200 bytes each; then the memory starts afresh.
_CACHE_SIZE = 100_000


class WordPieces:
    """Cuts words into numbered pieces; ``vocabulary`` is a file with one piece a line.

    ``first`` and ``last`` are the numbers of the marks around a text.
    """

    def __init__(self, vocabulary: Path) -> None:
        lines = vocabulary.read_text(encoding="utf8").splitlines()
        self._numbers = {piece: i for i, piece in enumerate(lines)}
        self._unknown = self._numbers["[UNK]"]
        self.first, self.last = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self._cache: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Numbers of the pieces of a word, at least one and at most eight."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) > _CACHE_SIZE:
                self._cache.clear()
            pieces = [number for part in _parts(word) for number in self._pieces(part)]
            found = self._cache[word] = tuple(pieces[:MAX_PIECES]) or (self._unknown,)
        return found

    def _pieces(self, part: str) -> list[int]:
        """The longest piece that the part begins with, again and again; unknown where there is none."""
        if len(part) > _MAX_CHARS:
            return [self._unknown]
        numbers: list[int] = []
        start = 0
        while start < len(part):
            end = len(part)
            while end > start:
                number = self._numbers.get("##" * (start > 0) + part[start:end])
                if number is not None:
                    break
                end -= 1
            else:
                return [self._unknown]
            numbers.append(number)
            start = end
        return numbers


def _parts(word: str) -> list[str]:
    """A word in lower case without accents, cut at white space and around punctuation and Chinese characters."""
    text = "".join(
        " " if char.isspace() else char
        for char in word
        if char not in "\0\ufffd" and (char in "\t\n\r" or unicodedata.category(char)[0] != "C")
    )
    plain = (char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")
    text = "".join(plain).lower()
    return "".join(f" {char} " if _stands_alone(char) else char for char in text).split()


def _stands_alone(char: str) -> bool:
    if char.isascii():
        return char.isprintable() and not char.isalnum() and char != " "
    number = ord(char)
    chinese = 0x4E00 <= number <= 0x9FFF or 0x3400 <= number <= 0x4DBF or 0x20000 <= number <= 0x2CEAF
    return chinese or 0xF900 <= number <= 0xFAFF or 0x2F800 <= number <= 0x2FA1F or unicodedata.category(char)[0] == "P"
