"""I and my: inside a quotation they mean whoever says it, where a verb of speech beside it tells who that is."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk_entities.chains.chain import Chain
from copydesk_entities.labels import PERSON
from copydesk_entities.names.board import Board, Name
from copydesk_entities.references.pronouns import speaks
from copydesk_entities.references.resolved import Resolved

_FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself"))
_STOPS = frozenset((".", "!", "?"))
_REACH = 12
"""Words between a quotation and who says it, at most."""


def find_speakers(
    board: Board, names: Iterable[Name], chains: dict[int, Chain], known: Iterable[Resolved]
) -> list[Resolved]:
    """Whom I and my mean, inside quotations with a speaker.

    Args:
        board: the names of the document.
        names: its names, institutions in lower case included.
        chains: the chain of each name, by the name's identity.
        known: pronouns and descriptions whose entity is known.
    """
    words = board.words
    places = [i for i in words.where(_FIRST_PERSON) if words.quotation[i] >= 0]
    if not places:
        return []
    people: dict[int, tuple[int, Chain, float]] = {
        name.start: (name.end, chains[id(name)], 1.0) for name in names if name.label == PERSON
    }
    people |= {one.start: (one.end, one.chain, one.confidence) for one in known if one.chain.label == PERSON}
    told: dict[int, tuple[Chain, float] | None] = {}
    found: list[Resolved] = []
    for i in places:
        number = words.quotation[i]
        if number not in told:
            told[number] = _speaker(board, people, number)
        speaker = told[number]
        if speaker is not None:
            found.append(Resolved(i, i + 1, "pronoun", speaker[0], round(0.9 * speaker[1], 3)))
    return found


def _speaker(board: Board, people: dict[int, tuple[int, Chain, float]], number: int) -> tuple[Chain, float] | None:
    """Who says a quotation: the one of whom a verb of speech stands beside it.

    A quotation that ends its paragraph and has nobody in its sentence goes on from the one before.
    """
    words = board.words
    first, last = words.quotations[number]
    behind = _first_who_speaks(board, people, range(last, min(len(words), last + _REACH)), last - 1)
    backwards = range(first - 1, max(-1, first - 1 - _REACH), -1)
    before = _first_who_speaks(board, people, backwards, first)
    if behind is None and before is None and _ends_paragraph(board, last):
        return _first_who_speaks(board, people, backwards, first, over_stops=True)
    opened_by_verb = first > 1 and any(words.texts[i] in {",", ":"} for i in (first - 1, first - 2))
    return (before or behind) if opened_by_verb else (behind or before)


def _first_who_speaks(
    board: Board, people: dict[int, tuple[int, Chain, float]], places: range, beside: int, *, over_stops: bool = False
) -> tuple[Chain, float] | None:
    words = board.words
    for i in places:
        stop = words.texts[i] in _STOPS and not over_stops
        if words.quoted[i] or stop or words.line[i] != words.line[beside]:
            return None
        if i in people:
            end, chain, confidence = people[i]
            if speaks(words, i, end):
                return chain, confidence
    return None


def _ends_paragraph(board: Board, end: int) -> bool:
    """Whether nothing but its mark and white space stands behind a quotation on its line."""
    words = board.words
    for i in range(end, min(len(words), end + 4)):
        if words.line[i] != words.line[end - 1]:
            return True
        if not words.mark[i] and not words.texts[i].isspace():
            return False
    return end + 4 > len(words)
