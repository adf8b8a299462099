"""Consistency: what a story names in one place, it names in another too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from copydesk_entities.board import Board, Name
from copydesk_entities.labels import LOC, PERSON
from copydesk_entities.lexicon import Known, word_set
from copydesk_entities.words import PARTICLES, POSSESSIVES, Words

_SUFFIXES = word_set("name_suffixes")
_PLACED = word_set("place_prepositions")
_MAX_WORDS = 14


def same_name_same_label(board: Board) -> None:
    """One string has one label in a story: the one that most of its mentions and its full form speak for.

    Between a person and a place, "in" before the name and no possessive behind it speak for the place.
    """
    words = board.words
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    placed: Counter[str] = Counter()
    whole: set[str] = set()
    for name in board:
        text = words.name(name.start, name.end).casefold()
        votes[text][name.label] += 2
        owns = name.end < len(words) and words.lowers[name.end] in POSSESSIVES
        if name.start and words.lowers[name.start - 1] in _PLACED and not owns:
            placed[text] += 3
        if name.label == PERSON and name.end - name.start > 1 and text not in whole:
            whole.add(text)
            votes[surname(words, name)][PERSON] += 5
    for text, count in placed.items():
        if LOC in votes[text]:
            votes[text][LOC] += count
    for name in board:
        if name.fixed or (name.known is not None and name.known.sure):
            continue
        counted = votes[words.name(name.start, name.end).casefold()]
        best, count = counted.most_common(1)[0]
        if count > counted[name.label]:
            name.label = best
            name.known = None


def surname(words: Words, name: Name) -> str:
    """The last part of a person's name, lower case: "villiers", "ki-moon"."""
    parts = words.name(name.start, name.end).casefold().split()
    while len(parts) > 1 and parts[-1].rstrip(",") in _SUFFIXES:
        parts.pop()
    return parts[-1]


def short_forms(board: Board) -> None:
    """A name that the story gives elsewhere is a name here too, whole or by surname or acronym."""
    words = board.words
    forms: dict[tuple[str, ...], tuple[str, Known | None]] = {}
    plain = {words.lowers[i] for i in range(len(words)) if not words.capital[i]}
    for name in board.in_order():
        whole = tuple(words.texts[name.start : name.end])
        if name.end - name.start <= _MAX_WORDS and whole[0][:1].isupper():
            forms.setdefault(whole, (name.label, name.known))
        if name.label == PERSON and name.end - name.start > 1:
            for part in _person_parts(words, name):
                forms.setdefault(part, (PERSON, None))
    lengths: dict[str, list[int]] = defaultdict(list)
    for form in forms:
        if len(form) not in lengths[form[0]]:
            lengths[form[0]].append(len(form))
    i = 0
    while i < len(words):
        step = 1
        for length in sorted(lengths.get(words.texts[i], ()), reverse=True):
            end = i + length
            found = forms.get(tuple(words.texts[i:end]))
            if found is None or end > len(words) or not board.free(i, end) or words.shouted[i]:
                continue
            if length == 1 and not _stands_alone(board, i, plain):
                continue
            board.place(Name(i, end, *found))
            step = length
            break
        i += step


def _person_parts(words: Words, name: Name) -> Iterator[tuple[str, ...]]:
    start, end = name.start, name.end
    while end - start > 1 and words.lowers[end - 1] in (_SUFFIXES | {"."}):
        end -= 1
    last = end - 1
    while last - 1 > start and words.texts[last - 1] == "-":
        last -= 2
    if last > start and len(words.texts[last]) > 2 and words.capital[last]:
        yield tuple(words.texts[last:end])
    particle = last
    while particle - 1 > start and words.lowers[particle - 1] in PARTICLES:
        particle -= 1
    if particle < last:
        yield tuple(words.texts[particle:end])


def _stands_alone(board: Board, i: int, plain: set[str]) -> bool:
    """Whether one capitalised word here is a name, and not the first word of a sentence or part of another name."""
    words = board.words
    if words.opens[i] and words.lowers[i] in plain:
        return False
    if words.is_acronym(i):
        return True
    if words.tags[i] not in {"NNP", "NNPS", "NN", "NNS", "JJ", "FW"}:
        return False
    before = (
        i > 0
        and words.capital[i - 1]
        and not words.opens[i - 1]
        and words.tags[i - 1] == "NNP"
        and board.at(i - 1) is None
    )
    after = i + 1 < len(words) and words.capital[i + 1] and not words.opens[i + 1] and not words.is_acronym(i + 1)
    if after or (words.texts[i - 1 : i] == ["-"] and words.joined(i)):
        return False
    return not before


def shouted_lines(board: Board) -> None:
    """In a headline in capitals, what the story names elsewhere."""
    words = board.words
    if not any(words.shouted):
        return
    forms: dict[tuple[str, ...], tuple[str, Known | None]] = {}
    for name in board.in_order():
        if not words.shouted[name.start]:
            forms.setdefault(
                tuple(words.texts[i].upper() for i in range(name.start, name.end)), (name.label, name.known)
            )
            if name.label == PERSON and name.end - name.start > 1:
                for part in _person_parts(words, name):
                    forms.setdefault(tuple(text.upper() for text in part), (PERSON, None))
    longest = min(max(map(len, forms), default=0), 6)
    i = 0
    while i < len(words):
        step = 1
        if words.shouted[i]:
            for length in range(longest, 0, -1):
                found = forms.get(tuple(words.texts[i : i + length]))
                if found is None or i + length > len(words) or (length == 1 and len(words.texts[i]) < 4):
                    continue
                board.place(Name(i, i + length, *found))
                step = length
                break
        i += step
