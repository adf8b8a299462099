"""People whom their given names tell: "Gloria" is no place, and "Rodaba Noori" no organisation."""

from __future__ import annotations

import re
from collections import defaultdict

from copydesk_entities.labels import LOC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name, known_at, title_end
from copydesk_entities.names.organisations import names_a_thing
from copydesk_entities.text.words import Words

_PARTY_LABEL = re.compile(r"[DRI]-[A-Z]")
_NAME_TAGS = frozenset(("NNP", "NNPS", "HYPH"))
_PARTICIPLES = word_set("participles_after_names")
_CALENDAR = word_set("calendar")
_SPEECH = word_set("speech")
_PLACED = word_set("place_prepositions")


def labels_and_titles(board: Board, lexicon: Lexicon) -> None:
    """No name is what a model takes for one in "Sens. David Vitter (R-La.)": a party's label, and a short title alone."""
    words = board.words
    for name in board.in_order():
        opened = name.start > 0 and words.texts[name.start - 1] in {"(", ","}
        if _ends_office(words, lexicon, name):
            board.remove(name)
            continue
        if name.label in {ORG, LOC} and name.end - name.start > 1 and name.end < len(words):
            office = words.capital[name.end] and words.lowers[name.end] in lexicon.person_heads
            if office and known_at(words, lexicon, name.start, name.end - 1) is not None:
                board.resize(name, name.start, name.end - 1)  # "White House | Press Secretary"
        label = opened and _PARTY_LABEL.match(words.text, words.starts[name.start]) is not None
        short = name.label == PERSON and "." in words.text[words.ends[name.end - 1] - 1 : words.ends[name.end - 1] + 1]
        if label or (short and title_end(words, lexicon, name.start, name.end) == name.end):
            board.remove(name)


def _ends_office(words: Words, lexicon: Lexicon, name: Name) -> bool:
    """Whether a name is the last word of an office: "secretary of | State"."""
    if name.label not in {LOC, PERSON} or name.end - name.start > 1 or name.start < 2:
        return False
    found = lexicon.offices.match(words.lowers, name.start - 2, name.end)
    return words.lowers[name.start - 1] == "of" and found is not None and found[0] == name.end


def given_names(board: Board, lexicon: Lexicon) -> None:
    """A capitalised name that begins with a given name is a person's, where nothing else speaks against it."""
    words = board.words
    done = 0
    for i in words.where_written(lexicon.given_names):
        if i < done or words.headed[i]:
            continue
        done = i + 1
        name = board.at(i)
        if name is None:
            end = words.capital_run(i, min(i + 5, len(words)))
            if end - i > 1 and _is_free_name(board, lexicon, i, end):
                board.place(Name(i, end, PERSON))
                done = end
        elif name.start == i and name.label in {LOC, NORP, ORG} and not name.fixed:
            done = name.end
            if _is_persons(words, lexicon, name):
                name.label = PERSON


def _is_free_name(board: Board, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether words that nobody named are tagged as a name, and tell of no title or thing."""
    words = board.words
    return (
        board.free(start, end)
        and all(words.tags[j] in _NAME_TAGS or not words.capital[j] for j in range(start, end))
        and not names_a_thing(words, lexicon, start, end)
        and title_end(words, lexicon, start, end) is None
    )


def _is_persons(words: Words, lexicon: Lexicon, name: Name) -> bool:
    """Whether a name that begins with a given name is a person's, though it has another label."""
    start, end = name.start, name.end
    return (
        1 < end - start <= 4
        and name.known is None
        and words.capital_run(start, end) == end
        and not names_a_thing(words, lexicon, start, end)
        and not words.is_acronym(end - 1)
        and known_at(words, lexicon, start + 1, end) is None
    )


def speakers(board: Board, lexicon: Lexicon) -> None:
    """Two capitalised words that nobody named, and that speak, are a person: "Mu Li said", "said Mu Li"."""
    words = board.words
    for i in words.where(_SPEECH):
        if words.tags[i] not in {"VBD", "VBZ"} or words.headed[i]:
            continue
        start = i
        while start > 0 and i - start < 4 and words.capital[start - 1] and words.tags[start - 1] == "NNP":
            start -= 1
        spans = [(start, i)]
        if i + 1 < len(words) and words.capital[i + 1]:
            spans.append((i + 1, words.capital_run(i + 1, min(i + 5, len(words)))))
        for first, end in spans:
            if end - first in {2, 3} and _is_speaker(board, lexicon, first, end):
                board.place(Name(first, end, PERSON))


def _is_speaker(board: Board, lexicon: Lexicon, start: int, end: int) -> bool:
    words = board.words
    return (
        not words.opens[start]
        and words.lowers[start] not in lexicon.organisation_nouns
        and all(
            words.tags[j] in _NAME_TAGS and len(words.texts[j]) > 1 and not words.is_acronym(j)
            for j in range(start, end)
        )
        and _is_free_name(board, lexicon, start, end)
    )


def lone_given_names(board: Board, lexicon: Lexicon) -> None:
    """A given name that comes again and again, and nowhere where a place would stand, is no place."""
    words = board.words
    alone: dict[str, list[Name]] = defaultdict(list)
    for name in board:
        if name.end - name.start == 1 and name.label in {LOC, PERSON} and not name.fixed:
            alone[words.texts[name.start]].append(name)
    for text, names in alone.items():
        if text not in lexicon.genders or len(names) == 1 or lexicon.known.get((text,)) is not None:
            continue
        if not any(_placed(board, name) for name in names):
            for name in names:
                name.label = PERSON


def _placed(board: Board, name: Name) -> bool:
    """Whether a name stands where a place does: "in Victoria", "Preston, Victoria", "Orlando, Florida"."""
    words = board.words
    before = words.lowers[name.start - 1] if name.start else ""
    if before in _PLACED or before in {"at", "from", "to"}:
        return True
    neighbours = []
    if before == ",":
        neighbours.append(board.at(name.start - 2))
    if name.end < len(words) and words.texts[name.end] == ",":
        neighbours.append(board.at(name.end + 1))
    return any(other is not None and other.label == LOC for other in neighbours)


def whole_names(board: Board, lexicon: Lexicon) -> None:
    """A person's name goes on while capitals and hyphens do: "Tedros | Adhanom Ghebreyesus", "Kim Yo|-jong"."""
    words = board.words
    for name in board.in_order():
        if name.label != PERSON or words.headed[name.start]:
            continue
        end = name.end + 2 if _goes_on_behind_hyphen(words, name.end) else name.end
        start = name.start - _follows_given_name(board, lexicon, name.start)
        if (start, end) != (name.start, name.end) and board.free(name.end, end):
            board.resize(name, start, end)


def _goes_on_behind_hyphen(words: Words, hyphen: int) -> bool:
    after = hyphen + 1
    if after >= len(words) or words.texts[hyphen] != "-" or not words.joined(hyphen) or not words.joined(after):
        return False
    tail = words.texts[after]
    return tail.isalpha() and (words.capital[after] or 2 < len(tail) < 6) and tail not in _PARTICIPLES


def _is_given_name(board: Board, lexicon: Lexicon, i: int) -> bool:
    """Whether a name that nobody knows stands before a surname alone, and is no title or thing: "fellow Kentuckian | Rand | Paul"."""
    words, name = board.words, board.at(i + 1)
    if (
        name is None
        or name.end - name.start > 1
        or words.opens[i]
        or words.is_acronym(i)
        or not words.texts[i].isalpha()
    ):
        return False
    lower = words.lowers[i]
    if lower in lexicon.thing_labels or lower in lexicon.person_heads or lower in _CALENDAR:
        return False
    return lexicon.known.get((words.texts[i],)) is None and title_end(words, lexicon, i, i + 2) is None


def _follows_given_name(board: Board, lexicon: Lexicon, start: int) -> bool:
    """Whether a given name stands before a person's name, as part of it; what stands behind an occupation is one."""
    words, before = board.words, start - 1
    occupied = (
        before > 0
        and words.texts[before - 1].islower()
        and words.lowers[before - 1] in lexicon.person_heads
        and title_end(words, lexicon, before, start) is None
    )
    return (
        before >= 0
        and words.capital[before]
        and (occupied or words.texts[before] in lexicon.given_names or _is_given_name(board, lexicon, before))
        and words.tags[before] == "NNP"
        and words.sentence[before] == words.sentence[start]
        and board.at(before) is None
    )
