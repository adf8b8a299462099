"""Long texts in pieces: where to cut, and the parses of the pieces as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

PIECE_CHARS = 30_000
"""spaCy's parser takes some 10 kB for each token, and gives it back after the text: a piece takes 100 MB."""

LONG_RUN = 400
RUN_PIECE = 100
"""spaCy's tokenizer takes quadratic time within a run of characters without a space (8,000 brackets:
5 s). A run longer than `LONG_RUN` is no word; it is cut into pieces of `RUN_PIECE` before it is tokenized."""

_CUTS = (
    re.compile(r"\n[ \t\r]*\n\s*"),
    re.compile(r"\n\s*"),
    re.compile(r"[.!?][\"\u201d\u2019)]*\s+"),
    re.compile(r"\s+"),
)
"""After what a long text may be cut: a paragraph, a line, a sentence, a word."""


def pieces(text: str, most: int = PIECE_CHARS) -> list[str]:
    """The text in pieces of at most `most` code points: cut after a paragraph, or else a line, sentence or word."""
    found: list[str] = []
    start = 0
    while len(text) - start > most:
        end = _cut(text, start, start + most)
        found.append(text[start:end])
        start = end
    found.append(text[start:])
    return found


def _cut(text: str, start: int, end: int) -> int:
    """The last good place to cut in the second half of a stretch."""
    for pattern in _CUTS:
        cut = None
        for match in pattern.finditer(text, start + (end - start) // 2, end):
            cut = match.end()
        if cut is not None:
            return cut
    return end


def short_runs(text: str) -> Iterator[str]:
    """The text in pieces, so that none has a long run without a space."""
    start = 0
    for run in re.finditer(r"\S+", text):
        if run.end() - run.start() > LONG_RUN:
            for cut in range(run.start() + RUN_PIECE, run.end(), RUN_PIECE):
                yield text[start:cut]
                start = cut
    yield text[start:]
