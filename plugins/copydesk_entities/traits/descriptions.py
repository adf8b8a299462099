"""Descriptions: what a story says that an organisation is."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_entities.labels import ORG
from copydesk_entities.lexicon import Lexicon
from copydesk_entities.names.board import Board, Name
from copydesk_entities.text.words import Words
from copydesk_entities.traits.phrases import is_closed, modifiers_start, names_in
from copydesk_entities.traits.stated import Stated

_APPOSED = frozenset(("JJ", "NN", "HYPH", "NNP", "VBN", "POS", "JJS"))
"""Tags of what stands in a phrase such as "a state news agency"."""


def descriptions_of(board: Board, lexicon: Lexicon, name: Name) -> Iterator[Stated]:
    """As in "state news outlet Tass", "France Inter radio", "Tass, a state news agency"."""
    if name.label != ORG:
        return
    before = name.start - 1
    if before >= 0 and _is_kind(board.words, lexicon, before):
        yield _description(board, name, modifiers_start(board, before), name.start)
    yield from _behind(board, lexicon, name)
    yield from _in_apposition(board, lexicon, name)


def _is_kind(words: Words, lexicon: Lexicon, i: int) -> bool:
    return words.lowers[i] in lexicon.organisation_kinds and not words.capital[i]


def _behind(board: Board, lexicon: Lexicon, name: Name) -> Iterator[Stated]:
    words, end = board.words, name.end
    if end >= len(words) or not _is_kind(words, lexicon, end):
        return
    last = end + 1
    while last < len(words) and words.lowers[last] in lexicon.organisation_kinds and words.tags[last] == "NN":
        last += 1
    if last >= len(words) or words.tags[last] not in {"NN", "NNS", "POS"}:
        yield _description(board, name, end, last)


def _in_apposition(board: Board, lexicon: Lexicon, name: Name) -> Iterator[Stated]:
    words, end = board.words, name.end
    if end + 2 >= len(words) or words.texts[end] != "," or words.lowers[end + 1] not in {"a", "an", "the"}:
        return
    i = start = end + 2
    while i < min(len(words), start + 8) and (words.tags[i] in _APPOSED or board.at(i) is not None):
        i += 1
    if i > start and words.lowers[i - 1] in lexicon.organisation_kinds and is_closed(board, i):
        yield _description(board, name, start, i)


def _description(board: Board, name: Name, start: int, end: int) -> Stated:
    words = board.words
    inside = [i for i in range(start, end) if board.at(i) is None and words.lowers[i] not in {"'s", "’s"}]
    title = " ".join(words.lowers[i] for i in inside).replace(" - ", "-") or None
    countries = [n for n in names_in(board, start, end) if n.known is not None and n.known.country]
    return Stated(name, start, end, "description", title, None, countries[0] if countries else None)
