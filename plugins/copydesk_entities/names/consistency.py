"""Consistency: what a story names in one place, it names in another too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from copydesk_entities.labels import LOC, ORG, PERSON
from copydesk_entities.lexicon import Known, Lexicon, Phrase, PhraseBook, word_set
from copydesk_entities.names.board import Board, Name, title_end
from copydesk_entities.text.words import PARTICLES, POSSESSIVES, Words

_SUFFIXES = word_set("name_suffixes")
_PLACED = word_set("place_prepositions")
_MAX_WORDS = 14
_MOST_SHOUTED = 6
"""Words of a name that are looked for in capitals, at most."""
_Form = tuple[str, Known | None]
"""Label, and what the word lists know."""


def same_name_same_label(board: Board) -> None:
    """One string has one label in a story: the one that most of its mentions and its full form speak for.

    Between a person and a place, "in" before the name and no possessive behind it speak for the place.
    """
    words = board.words
    texts = {id(name): words.name(name.start, name.end).casefold() for name in board}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in board:
        votes[texts[id(name)]][name.label] += 2
    for text, name in {texts[id(name)]: name for name in board if name.label == PERSON}.items():
        if name.end - name.start > 1:
            votes[surname(text)][PERSON] += 5
            votes[text.partition(" ")[0]][PERSON] += 3
    for name in board:
        counted = votes[texts[id(name)]]
        if ORG in counted and words.is_acronym(name.start):
            counted[ORG] += 1  # of letters that are one or the other
        if LOC in counted and _is_placed(words, name):
            counted[LOC] += 3
    for name in board:
        if name.fixed or (name.known is not None and name.known.sure):
            continue
        counted = votes[texts[id(name)]]
        best, count = counted.most_common(1)[0]
        if count > counted[name.label]:
            name.label, name.known = best, None


def _is_placed(words: Words, name: Name) -> bool:
    owns = name.end < len(words) and words.lowers[name.end] in POSSESSIVES
    return name.start > 0 and words.lowers[name.start - 1] in _PLACED and not owns


def surname(text: str) -> str:
    """The last part of a person's name: "villiers", "ki-moon"."""
    parts = text.split()
    while len(parts) > 1 and parts[-1].rstrip(",") in _SUFFIXES:
        parts.pop()
    return parts[-1]


def short_forms(board: Board, lexicon: Lexicon) -> None:
    """A name that the story gives elsewhere is a name here too, whole or by surname or acronym."""
    words = board.words
    forms: PhraseBook[_Form] = PhraseBook()
    plain = {words.lowers[i] for i, capital in enumerate(words.capital) if not capital}
    for name in board.in_order():
        for form, value in _forms_of(words, name):
            if len(form) <= _MAX_WORDS and any(part[:1].isupper() for part in form) and forms.get(form) is None:
                forms.add(form, value)
    for name in board.in_order():
        # "Bill de Blasio", and then "de | Blasio".
        particle = name.label == PERSON and name.start > 0 and words.lowers[name.start - 1] in PARTICLES
        if particle and forms.get(tuple(words.texts[name.start - 1 : name.end])) is not None:
            board.resize(name, name.start - 1, name.end)
    done = 0
    for i in words.where_written(forms.first_words):
        if i < done or words.shouted[i]:
            continue
        for end, value in forms.matches(words.texts, i):
            if not board.free(i, end):
                continue
            given = _given_name_before(board, lexicon, i, plain) if value[0] == PERSON and end == i + 1 else i
            if given < i or end > i + 1 or _stands_alone(board, i, plain):
                board.place(Name(given, end, *value))
                done = end
                break


def _forms_of(words: Words, name: Name) -> Iterator[tuple[Phrase, _Form]]:
    """The forms of a name: the whole, and of a person the surname."""
    yield tuple(words.texts[name.start : name.end]), (name.label, name.known)
    if name.label == PERSON and name.end - name.start > 1:
        for part in _person_parts(words, name):
            yield part, (PERSON, None)


def _person_parts(words: Words, name: Name) -> Iterator[Phrase]:
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


def _given_name_before(board: Board, lexicon: Lexicon, i: int, plain: set[str]) -> int:
    """Where a full name begins that ends with a surname of the story: "the Democrat | Zephyr | Teachout"."""
    words, at = board.words, i - 1
    if at < 0 or not words.capital[at] or words.tags[at] != "NNP" or not words.same_place(at, i):
        return i
    if words.lowers[at] in plain or words.is_acronym(at) or words.headed[at] or board.at(at) is not None:
        return i
    known = lexicon.known.get((words.texts[at],)) is not None or words.lowers[at] in lexicon.person_heads
    after = i + 1 < len(words) and words.capital[i + 1] and not words.opens[i + 1]
    return i if known or after or title_end(words, lexicon, at, i) is not None else at


def _stands_alone(board: Board, i: int, plain: set[str]) -> bool:
    """Whether one capitalised word here is a name, and not the first word of a sentence or part of another name."""
    words = board.words
    if words.opens[i] and words.lowers[i] in plain:
        return False
    if words.is_acronym(i):
        return True
    if words.tags[i] not in {"NNP", "NNPS", "NN", "NNS", "JJ", "FW"} and words.lowers[i] in plain:
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
    forms: PhraseBook[_Form] = PhraseBook()
    for name in board.in_order():
        if not words.shouted[name.start]:
            for form, value in _forms_of(words, name):
                upper = tuple(text.upper() for text in form)
                if len(upper) <= _MOST_SHOUTED and forms.get(upper) is None:
                    forms.add(upper, value)
    done = 0
    for i in words.where_written(forms.first_words):
        if i < done or not words.shouted[i]:
            continue
        for end, value in forms.matches(words.texts, i):
            if end > i + 1 or len(words.texts[i]) > 3:
                board.place(Name(i, end, *value))
                done = end
                break
