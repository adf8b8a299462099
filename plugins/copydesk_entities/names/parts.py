"""Names cut where two stand together, and joined where one was cut: "U.S.-Mexico", "Johnson & Sons", "Jane Roe | Center"."""

from __future__ import annotations

from copydesk_entities.labels import LOC, MISC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name, known_at, title_end
from copydesk_entities.text.words import PARTICLES, POSSESSIVES, Words

_PARTICIPLES = word_set("participles_after_names")
_TURNED = word_set("words_before_countries")
_NO_END = word_set("parts_of_bodies") | word_set("no_organisation_end")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LONGEST = 5
"""Words that a name grows by, at most."""


def joined_names(board: Board, lexicon: Lexicon) -> None:
    """Two names that the model has as one: "U.S.-Mexico", "Iowa Democrats", "Russian Sergei Lavrov"."""
    words = board.words
    people = {words.texts[name.end - 1] for name in board if name.label == PERSON}
    for name in list(board):
        cut = _tail(words, name)
        if cut < name.end and not name.fixed:
            board.resize(name, name.start, cut)
        if name.end - name.start > 1 and not name.fixed and known_at(words, lexicon, name.start, name.end) is None:
            parts = _two_people(words, name, people) or _parts(words, lexicon, name)
            if parts:
                board.remove(name)
            for part in parts:
                board.place(part)


def _tail(words: Words, name: Name) -> int:
    """Where a name ends before a hyphen and a common word, and a person's before a verb: "Hillary | -style", "Ann Lee | stole"."""
    if name.label == PERSON:
        for i in range(name.start + 1, name.end):
            if words.tags[i] in _FINITE and not words.capital[i] and words.lowers[i] not in PARTICLES:
                return i
    last = name.end - 1
    common = last > name.start + 1 and words.texts[last - 1] == "-" and words.texts[last] in _PARTICIPLES
    return last - 1 if common else name.end


def _two_people(words: Words, name: Name, people: set[str]) -> list[Name]:
    """Two surnames that the story has apart too: "the Clinton | - | Sanders debate"."""
    if name.end - name.start != 3 or words.texts[name.start + 1] != "-":
        return []
    if not {words.texts[name.start], words.texts[name.end - 1]} <= people:
        return []
    return [Name(name.start, name.start + 1, PERSON), Name(name.end - 1, name.end, PERSON)]


def _parts(words: Words, lexicon: Lexicon, name: Name) -> list[Name]:
    start, end = name.start, name.end
    first = lexicon.known.match(words.texts, start, end)
    if first is not None and first[0] < end:
        middle, known = first
        if known.country and words.texts[middle] == "-":
            second = known_at(words, lexicon, middle + 1, end)
            if second is not None and second.country:
                return [Name(start, middle, known.label, known), Name(middle + 1, end, second.label, second)]
        person = name.label == PERSON and known.label == NORP and words.texts[middle] in lexicon.given_names
        if person and end - middle > 1:
            return [Name(start, middle, NORP, known), Name(middle, end, PERSON)]
    if first is not None and first[0] + 1 < end and words.lowers[first[0]] == "and":
        second = known_at(words, lexicon, first[0] + 1, end)
        if second is not None and second.label == first[1].label == ORG:
            return [Name(start, first[0], ORG, first[1]), Name(first[0] + 1, end, ORG, second)]
    people = known_at(words, lexicon, end - 1, end)
    if people is not None and people.label == NORP and not people.adjective and words.texts[end - 1].endswith("s"):
        place = known_at(words, lexicon, start, end - 1)
        if place is not None and place.label == LOC:
            return [Name(start, end - 1, LOC, place), Name(end - 1, end, NORP, people)]
    return []


def ampersands(board: Board) -> None:
    """An ampersand between capitals joins what it stands between: "Evergreen Aviation & | Space Museum"."""
    words = board.words
    for i in words.where({"&"}):
        if not 0 < i < len(words) - 1 or words.headed[i] or not words.capital[i - 1] or not words.capital[i + 1]:
            continue
        if any(board.at(j) is None and words.tags[j] not in {"NNP", "NNPS"} for j in (i - 1, i + 1)):
            continue
        if not words.same_place(i - 1, i + 1):
            continue
        left, right = board.at(i - 1), board.at(i + 1)
        if left is right is not None or _are_whole(left, right):
            continue
        start = _run_start(words, i - 1) if left is None else left.start
        end = words.capital_run(i + 1, min(i + _LONGEST, len(words))) if right is None else right.end
        more = words.capital_run(end, min(end + _LONGEST, len(words))) if end < len(words) else end
        end = more if more > end and not words.opens[end] and board.free(end, more) else end
        board.place(Name(start, end, ORG))


def _are_whole(left: Name | None, right: Name | None) -> bool:
    """Whether two names stand beside an ampersand, or a person by full name."""
    several = [name for name in (left, right) if name is not None and name.end - name.start > 1]
    return len(several) > 1 or any(name.label == PERSON for name in several)


def _run_start(words: Words, i: int) -> int:
    start = i
    while start > 0 and i - start < _LONGEST and words.capital[start - 1] and words.tags[start - 1] == "NNP":
        if words.opens[start]:
            break
        start -= 1
    return start


def called_after_people(board: Board, lexicon: Lexicon) -> None:
    """A building or an organisation called after a person is one name: "Steven F. Udvar-Hazy | Center", "Trump | Tower"."""
    words = board.words
    for name in list(board):
        if name.label != PERSON or words.headed[name.start] or name.end >= len(words):
            continue
        run = min(name.end + _LONGEST, len(words))
        end = words.capital_run(name.end, run) if words.capital[name.end] and not words.opens[name.end] else name.end
        if end == name.end or not board.free(name.end, end) or not words.same_place(name.start, end - 1):
            continue
        last = words.lowers[end - 1]
        label = lexicon.thing_labels.get(last)
        # "The Clinton Plan" is a plan of Clinton's; "The Steve Harvey Show" has a name.
        bare = label == MISC and name.end - name.start == 1
        if label is None or bare or last in _NO_END or title_end(words, lexicon, name.end, end) is not None:
            continue
        name.label, name.known = label, None
        board.resize(name, name.start, end)


def bodies_of_countries(board: Board, lexicon: Lexicon) -> None:
    """A noun before a country's name names a body of it, or its team: "Environment | Canada", "Team | Estonia"."""
    for name in list(board):
        if name.label == LOC and name.known is not None and name.known.country and not name.known.adjective:
            before = _body_before(board, lexicon, name)
            if before is not None:
                name.label, name.known = ORG, None
                board.resize(name, before, name.end)


def _body_before(board: Board, lexicon: Lexicon, name: Name) -> int | None:
    words, at = board.words, name.start - 1
    if at < 0 or not words.capital[at] or words.tags[at] not in {"NNP", "NN"} or words.is_acronym(name.start):
        return None
    apart = words.headed[at] or not words.same_place(at, name.start) or words.joined(name.start)
    if apart or board.at(at) is not None or words.lowers[at] in _TURNED or words.is_acronym(at):
        return None
    # A capital that opens a sentence tells nothing, unless the same two words stand elsewhere too.
    if words.opens[at] and not _stands_inside(words, at):
        return None
    if title_end(words, lexicon, at, name.start) is not None or words.lowers[at] in lexicon.person_heads:
        return None
    return None if words.lowers[name.end : name.end + 1] and words.lowers[name.end] in POSSESSIVES else at


def _stands_inside(words: Words, at: int) -> bool:
    return any(
        not words.opens[i] and words.texts[i + 1 : i + 2] == [words.texts[at + 1]]
        for i in words.where_written({words.texts[at]})
    )
