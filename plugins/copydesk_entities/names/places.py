"""Places that the story says are places: "Raqa and Deir Ezzor provinces", "the town of Idlib"."""

from __future__ import annotations

from copydesk_entities.labels import LOC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name, title_end
from copydesk_entities.names.organisations import names_a_thing
from copydesk_entities.text.words import Words

_BEHIND = word_set("kinds_of_place")
_FARTHEST = 12
"""Words between the noun and the first of the places that it belongs to, at most."""
_POINTING = word_set("pointing")
_OF_PLACES = word_set("prepositions_of_towns")
_DASHES = frozenset(("—", "–", "―", "--", "-"))
_STATES = word_set("abbreviated_states")
_BEFORE_OF = word_set("kinds_of_place_of")


def described_places(board: Board, lexicon: Lexicon) -> None:
    """What stands before "province" or behind "town of" is a place."""
    words = board.words
    for i in words.where(_BEHIND | {"of"}):
        if i < 1 or words.headed[i]:
            continue
        if words.lowers[i] == "of":
            if words.lowers[i - 1] in _BEFORE_OF and i + 1 < len(words):
                _place(board, lexicon, i + 1, words.capital_run(i + 1, min(i + 5, len(words))))
        elif not words.capital[i]:
            _places_before(board, lexicon, i)


def towns_with_states(board: Board, lexicon: Lexicon) -> None:
    """What stands between a preposition and the name of its state or country is a place: "of Ashton, Md."."""
    words = board.words
    for i in words.where(_OF_PLACES):
        end = words.capital_run(i + 1, min(i + 4, len(words))) if i + 1 < len(words) else i
        if i < end < len(words) - 1 and words.texts[end] == "," and not words.headed[i] and _is_state(board, end + 1):
            _place(board, lexicon, i + 1, end)


def datelines(board: Board) -> None:
    """A line that begins with a town in capitals says where the story was written: "SCRANTON, Pa. —", "AMMAN (AP) —"."""
    words = board.words
    for start in words.line_begins:
        end = start
        while end < len(words) - 1 and end - start < 3 and _is_in_capitals(words, end):
            end += 1
        if not start < end < len(words) - 1 or words.shouted[start]:
            continue
        name = board.at(start)
        named = name is not None and name.start == start and name.end == end
        if name is not None and (not named or name.fixed or name.known is not None):
            continue
        mark = words.texts[end]
        agency = mark == "(" and words.texts[end + 2 : end + 3] == [")"] and words.is_acronym(end + 1)
        if (mark == "," and _is_state(board, end + 1)) or agency or (named and mark in _DASHES):
            board.place(Name(start, end, LOC))


def _is_in_capitals(words: Words, i: int) -> bool:
    return words.texts[i].isalpha() and words.texts[i].isupper() and len(words.texts[i]) > 2


def states(board: Board) -> None:
    """The abbreviation of a state alone is a place: "Ariz."."""
    words = board.words
    for name in board:
        single = name.end - name.start == 1 and not name.fixed and name.label != LOC
        if single and words.texts[name.start].endswith(".") and words.texts[name.start].rstrip(".") in _STATES:
            name.label = LOC


def _is_state(board: Board, i: int) -> bool:
    name = board.at(i)
    if name is not None and name.start == i and name.label == LOC and name.known is not None:
        return True
    words, text = board.words, board.words.texts[i]
    # With its full stop: "Miss" and "Mass" are words too.
    stopped = text.endswith(".") or (i + 1 < len(words) and words.texts[i + 1] == "." and words.joined(i + 1))
    return stopped and text.rstrip(".") in _STATES


def _places_before(board: Board, lexicon: Lexicon, noun: int) -> None:
    """The places before a noun; several where it is a plural: "Raqa and Deir Ezzor provinces"."""
    words = board.words
    end = noun
    while end > 0:
        start = _run_before(words, end)
        people = lexicon.known.get((words.texts[start],)) if end - start > 1 else None
        start += people is not None and people.label == NORP
        if not _place(board, lexicon, start, end) or not words.lowers[noun].endswith("s"):
            return
        more = start > 1 and words.lowers[start - 1] in {"and", ","} and noun - start < _FARTHEST
        end = start - 1 if more else 0


def _run_before(words: Words, end: int) -> int:
    """Where the capitalised words that end before `end` begin."""
    start = end
    while start > 0 and end - start < 3 and words.capital[start - 1] and not words.opens[start - 1]:
        if words.joined(start) or words.is_acronym(start - 1):
            break
        start -= 1
    return start


def _place(board: Board, lexicon: Lexicon, start: int, end: int) -> bool:
    """Put a place at [start, end), or say that one is there; whether it is one."""
    words = board.words
    if end <= start:
        return False
    name = board.at(start)
    if name is not None and name.start == start and name.end == end:
        if name.label in {PERSON, ORG} and name.known is None and not name.fixed:
            name.label = LOC
        return name.label == LOC
    if not board.free(start, end) or names_a_thing(words, lexicon, start, end):
        return False
    if title_end(words, lexicon, start, end) is not None or words.lowers[start] in _POINTING:
        return False
    return board.place(Name(start, end, LOC))
