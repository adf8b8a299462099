"""People whom their given names tell: "Gloria" is no place, and "Rodaba Noori" no organisation."""

from __future__ import annotations

from collections import defaultdict

from copydesk_entities.board import Board, Name, known_at, title_end
from copydesk_entities.labels import LOC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.organisations import names_a_thing

_SPEECH = word_set("speech")
_PLACED = word_set("place_prepositions")


def given_names(board: Board, lexicon: Lexicon) -> None:
    """A capitalised name that begins with a given name is a person's, where nothing else speaks against it."""
    words = board.words
    i = 0
    while i < len(words):
        if words.texts[i] not in lexicon.given_names or words.headed[i]:
            i += 1
            continue
        name = board.at(i)
        step = 1
        if name is None:
            end = words.capital_run(i, min(i + 5, len(words)))
            if (
                end - i > 1
                and board.free(i, end)
                and all(words.tags[j] in {"NNP", "NNPS", "HYPH"} or not words.capital[j] for j in range(i, end))
                and not names_a_thing(words, lexicon, i, end)
                and title_end(words, lexicon, i, end) is None
            ):
                board.place(Name(i, end, PERSON))
                step = end - i
        elif name.start == i and name.label in {LOC, NORP, ORG} and not name.fixed:
            step = name.end - i
            if (
                1 < name.end - i <= 4
                and name.known is None
                and words.capital_run(i, name.end) == name.end
                and not names_a_thing(words, lexicon, i, name.end)
                and not words.is_acronym(name.end - 1)
                and known_at(words, lexicon, i + 1, name.end) is None
            ):
                name.label = PERSON
        i += step


def speakers(board: Board, lexicon: Lexicon) -> None:
    """Two capitalised words that nobody named, and that speak, are a person: "Mu Li said", "said Mu Li"."""
    words = board.words
    for i in range(len(words)):
        if words.lowers[i] not in _SPEECH or words.tags[i] not in {"VBD", "VBZ"} or words.headed[i]:
            continue
        start = i
        while start > 0 and i - start < 4 and words.capital[start - 1] and words.tags[start - 1] == "NNP":
            start -= 1
        spans = [(start, i)]
        if i + 1 < len(words) and words.capital[i + 1]:
            spans.append((i + 1, words.capital_run(i + 1, min(i + 5, len(words)))))
        for first, end in spans:
            if (
                end - first in {2, 3}
                and board.free(first, end)
                and not words.opens[first]
                and all(words.tags[j] in {"NNP", "NNPS", "HYPH"} and len(words.texts[j]) > 1 for j in range(first, end))
                and not any(words.is_acronym(j) for j in range(first, end))
                and words.lowers[first] not in lexicon.organisation_nouns
                and not names_a_thing(words, lexicon, first, end)
                and title_end(words, lexicon, first, end) is None
            ):
                board.place(Name(first, end, PERSON))


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
        start, end = name.start, name.end
        if end + 1 < len(words) and words.texts[end] == "-" and words.joined(end) and words.joined(end + 1):
            tail = words.texts[end + 1]
            if (
                tail.isalpha()
                and (words.capital[end + 1] or 2 < len(tail) < 6)
                and tail not in word_set("participles_after_names")
            ):
                end += 2
        before = start - 1
        if (
            before >= 0
            and words.texts[before] in lexicon.given_names
            and words.tags[before] == "NNP"
            and words.sentence[before] == words.sentence[start]
            and board.at(before) is None
        ):
            start = before
        if (start, end) != (name.start, name.end) and board.free(name.end, end):
            board.resize(name, start, end)
