"""Noun phrases that say what somebody is: read from tags, so that any parser's scheme will do.

the | former Russian | foreign minister | of … | ,
start  modifiers       head               complement
"""

from __future__ import annotations

from dataclasses import dataclass

from copydesk_entities.board import Board, Name
from copydesk_entities.labels import LOC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, RoleKind, word_set
from copydesk_entities.words import Words

_MODIFIERS = word_set("modifier_tags")
_DETERMINERS = word_set("determiners")
_PREPOSITIONS = word_set("complement_prepositions")
_PARTICIPLES = word_set("title_participles")
_MAX = 12
"""Words in a phrase."""


@dataclass(frozen=True, slots=True)
class Title:
    """A phrase that names a role: words [start, end), its head at [head, head_end)."""

    start: int
    end: int
    head: int
    head_end: int
    title: str
    kind: RoleKind


def title_ending_at(words: Words, lexicon: Lexicon, end: int) -> tuple[int, str, RoleKind] | None:
    """The title whose last word is the one before `end`: its first word, its normal form and its kind."""
    for length in range(min(6, end), 0, -1):
        start = end - length
        phrase = tuple(words.lowers[start:end])
        for kind, book in lexicon.titles:
            title = book.get(phrase)
            if title is not None:
                return start, title, kind
    return None


def title_before(board: Board, lexicon: Lexicon, end: int) -> Title | None:
    """The title phrase that ends just before a name: "former Russian Foreign Affairs Minister | Laurent Fabius"."""
    words = board.words
    found = title_ending_at(words, lexicon, end)
    if found is None:
        return None
    head, title, kind = found
    return Title(modifiers_start(board, head), end, head, end, title, kind)


def modifiers_start(board: Board, head: int) -> int:
    """Where the modifiers of a head begin: "former Russian | chief"."""
    words = board.words
    floor = max(head - _MAX, 0)
    start = head
    while start > floor:
        before = start - 1
        name = board.at(before)
        if name is not None and name.label in {ORG, LOC, NORP} and name.end <= start:
            start = name.start
            continue
        if name is not None or words.sentence[before] != words.sentence[head] or words.line[before] != words.line[head]:
            break
        if words.tags[before] not in _MODIFIERS - {"RB", "CD"} or words.texts[before] in {"“", "”", '"'}:
            break
        if words.tags[before] == "POS" and board.at(before - 1) is None:
            break
        if words.tags[before] == "VBG" or (words.tags[before] == "VBN" and words.lowers[before] not in _PARTICIPLES):
            break
        start = before
    while start < head and (words.texts[start] in {"-", "'s", "’s"} or words.lowers[start] in _DETERMINERS):
        start += 1
    return start


def phrase_from(board: Board, lexicon: Lexicon, at: int) -> Title | None:
    """The title phrase that begins at a word, determiner and complement included: "the mayor of Leeds"."""
    words = board.words
    i, limit = at, min(len(words), at + _MAX)
    if i < limit and words.lowers[i] in _DETERMINERS:
        i += 1
    start = i
    while i < limit and words.line[i] == words.line[at]:
        name = board.at(i)
        if name is not None and name.label == PERSON:
            return None
        if name is not None:
            i = name.end
            continue
        if words.tags[i] not in _MODIFIERS:
            break
        i += 1
    if i == start or i > len(words):
        return None
    found = title_ending_at(words, lexicon, i)
    if found is None or found[0] < start:
        return None
    head, title, kind = found
    if board.at(head) is not None:
        return None
    return Title(start, complement_end(board, i), head, i, title, kind)


def complement_end(board: Board, at: int) -> int:
    """The end of what follows a head: "of the Bank of Ghana", "for the ministry in Moscow"."""
    words = board.words
    end = at
    for _ in range(3):
        if end >= len(words) or words.lowers[end] not in _PREPOSITIONS or words.line[end] != words.line[at - 1]:
            break
        i = end + 1
        if i < len(words) and words.lowers[i] in _DETERMINERS:
            i += 1
        first = i
        while i < len(words) and i < first + _MAX:
            name = board.at(i)
            if name is not None and name.label == PERSON:
                break
            if name is not None:
                i = name.end
            elif (words.tags[i] in _MODIFIERS - {"RB", "CD", "VBG"} and words.line[i] == words.line[first]) or (
                words.lowers[i] in {"and", "&"}
                and i > first
                and i + 1 < len(words)
                and words.capital[i - 1]
                and words.capital[i + 1]
                and board.at(i + 1) is None
            ):
                i += 1
            else:
                break
        if i == first or (words.lowers[end] in {"in", "on", "with", "from"} and board.at(first) is None):
            break
        end = i
    while end > at and words.texts[end - 1] in {"'s", "’s", "-", "'", "’"}:
        end -= 1
    return end


def names_in(board: Board, start: int, end: int) -> list[Name]:
    """The names inside a phrase."""
    found: list[Name] = []
    i = start
    while i < end:
        name = board.at(i)
        if name is None:
            i += 1
        else:
            found.append(name)
            i = max(name.end, i + 1)
    return found
