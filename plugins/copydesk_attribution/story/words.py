"""The words of a stretch of text: runs of letters and digits, with apostrophes and hyphens between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple, overload

from copydesk import HasSpan, Span

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# `Span(*pair)` for pairs that are in order: a story has many words, and this is made for each.
_span = partial(tuple.__new__, Span)


class WordPlaces(Sequence[Span]):
    """The places of words. A story has many words and few that a check looks at: a span is made when it is asked for."""

    __slots__ = ("ends", "starts")

    def __init__(self, starts: list[int], ends: list[int]) -> None:
        self.starts = starts
        self.ends = ends

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> WordPlaces: ...
    def __getitem__(self, index: int | slice) -> Span | WordPlaces:
        if isinstance(index, slice):
            return WordPlaces(self.starts[index], self.ends[index])
        return Span(self.starts[index], self.ends[index])

    def __len__(self) -> int:
        return len(self.starts)


class SentenceWords(NamedTuple):
    """The words of a sentence: where they stand, and what they are, case folded."""

    spans: WordPlaces
    folded: Sequence[str]


def words_of(text: str, where: HasSpan) -> SentenceWords:
    """The words of a stretch, with their places."""
    found = list(_WORD.finditer(text, where.start, where.end))
    places = WordPlaces([match.start() for match in found], [match.end() for match in found])
    return SentenceWords(places, [match[0].casefold() for match in found])


def word_spans(text: str, where: HasSpan) -> list[Span]:
    """The places of the words of a stretch."""
    return list(map(_span, map(re.Match.span, _WORD.finditer(text, where.start, where.end))))


def folded_words(text: str, where: HasSpan) -> list[str]:
    """The same words, case folded."""
    return _WORD.findall(text[where.start : where.end].casefold())


def words_with_places(text: str, where: HasSpan) -> Iterator[tuple[str, Span]]:
    """The same words, case folded, each with its place: for whoever stops at the first that counts."""
    for match in _WORD.finditer(text, where.start, where.end):
        yield match[0].casefold(), _span(match.span())
