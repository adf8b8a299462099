"""The words of a stretch of text: runs of letters and digits, with apostrophes and hyphens between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from copydesk import HasSpan, Span

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# `Span(*pair)` for pairs that are in order: a story has many words, and this is made for each.
_span = partial(tuple.__new__, Span)


class SentenceWords(NamedTuple):
    """The words of a sentence: where they stand, and what they are, case folded."""

    spans: Sequence[Span]
    folded: Sequence[str]


def words_of(text: str, where: HasSpan) -> SentenceWords:
    """The words of a stretch, with their places."""
    found = list(_WORD.finditer(text, where.start, where.end))
    return SentenceWords(list(map(_span, map(re.Match.span, found))), [match[0].casefold() for match in found])


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
