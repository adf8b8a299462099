"""Names: what the model calls names, corrected where news text is regular.

Each rule reads the words, and places, changes or removes names on the board. The order of the rules is
the order of their certainty.
"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_entities.labels import LOC, NORP, ORG, PERSON, common_label
from copydesk_entities.lexicon import Known, Lexicon, word_set
from copydesk_entities.names.board import Board, Name, edges, known_at, title_end
from copydesk_entities.names.consistency import same_name_same_label, short_forms, shouted_lines
from copydesk_entities.names.organisations import (
    acronyms_in_brackets,
    bodies_with_and,
    employers,
    ends_as_organisation,
    head_nouns,
    lower_places,
    names_a_thing,
    newspapers,
    organisations_of,
    peoples_organisations,
)
from copydesk_entities.names.parts import ampersands, bodies_of_countries, called_after_people, joined_names
from copydesk_entities.names.people import given_names, labels_and_titles, lone_given_names, speakers, whole_names
from copydesk_entities.names.places import datelines, described_places, states, towns_with_states
from copydesk_entities.names.told import (
    companies,
    families,
    kinds_beside,
    owners_of_jobs,
    pollsters,
    relatives,
    storms,
    towns_alone,
)
from copydesk_entities.text.words import PARTICLES, Words

_OFFICE_ACRONYMS = word_set("office_acronyms")
_PORTFOLIOS = word_set("portfolios")
_LINKERS = frozenset(("of", "to", "for"))
_NO_NAME_TAGS = frozenset(("WP", "WDT", "IN", "CC", "DT", "PRP"))
_SUFFIXES = word_set("name_suffixes")
_CAPITALS = 10
"""So many names in capitals to one in lower case tell that a text writes its names so."""
_ADJECTIVES = frozenset(("JJ", "RB", "VBG", "VBN"))
_COMMON_TAGS = frozenset(("NN", "NNS", "JJ", "RB", "VB", "VBD", "VBN", "VBG"))
_NO_NAMES = word_set("no_name_acronyms")
_DETERMINERS = word_set("determiners")
_MAX_WORDS = 14
"""No name is longer; what a model marks beyond that is not looked at twice."""


def find_names(words: Words, lexicon: Lexicon, fixed: list[Name] | None = None) -> Board:
    """All names of a document."""
    board = Board(words)
    for name in fixed or ():
        if board.free(name.start, name.end):
            board.place(name)
    _from_model(board, lexicon)
    labels_and_titles(board, lexicon)
    joined_names(board, lexicon)
    _from_lists(board, lexicon)
    _officials_of(board, lexicon)
    _titled_people(board, lexicon)
    given_names(board, lexicon)
    speakers(board, lexicon)
    whole_names(board, lexicon)
    relatives(board, lexicon)
    called_after_people(board, lexicon)
    ampersands(board)
    organisations_of(board, lexicon)
    peoples_organisations(board, lexicon)
    newspapers(board)
    head_nouns(board, lexicon)
    bodies_with_and(board, lexicon)
    lower_places(board, lexicon)
    described_places(board, lexicon)
    towns_with_states(board, lexicon)
    datelines(board)
    states(board)
    bodies_of_countries(board, lexicon)
    employers(board, lexicon)
    owners_of_jobs(board, lexicon)
    kinds_beside(board, lexicon)
    companies(board, lexicon)
    pollsters(board)
    acronyms_in_brackets(board)
    storms(board)
    towns_alone(board, lexicon)
    lone_given_names(board, lexicon)
    families(board)
    same_name_same_label(board)
    short_forms(board, lexicon)
    shouted_lines(board)
    return board


def _from_model(board: Board, lexicon: Lexicon) -> None:
    """The model's names, without articles, possessives, titles and stray punctuation."""
    words = board.words
    spans: list[tuple[int, int, str]] = []
    for ent in words.parse.entities:
        label = common_label(ent.label)
        if label is not None and ent.end > ent.start:
            start = words.first_word[ent.start]
            end = words.first_word[ent.end] if ent.end < len(words.parse) else len(words)
            spans.extend((first, last, label) for first, last in _lines(words, start, end))
    capitals = sum(any(words.capital[first:last]) for first, last, _ in spans)
    edited = capitals >= _CAPITALS * (len(spans) - capitals)
    for first, last, label in spans:
        if edited and _is_common(words, first, last):
            continue
        start = _without_adjective(words, first, last) if edited else first
        for name in _trimmed(words, lexicon, start, last, label):
            alone = name.end - name.start == 1 and words.texts[name.start] in _NO_NAMES
            if board.free(name.start, name.end) and not alone:
                board.place(name)


def _lines(words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for i in range(start, end):
        if words.texts[i].isspace():
            if first < i:
                yield first, i
            first = i + 1
    if first < end:
        yield first, end


def _trimmed(words: Words, lexicon: Lexicon, start: int, end: int, label: str) -> Iterator[Name]:
    start, end = edges(words, start, end)
    if start >= end:
        return  # an article or marks alone
    if label == PERSON:
        # "Russia's Sergei Lavrov": two names.
        for i in range(start + 1, min(end - 1, start + _MAX_WORDS)):
            if words.lowers[i] in {"'s", "’s"} and words.capital[i + 1]:
                owner = known_at(words, lexicon, start, i)
                yield Name(start, i, owner.label if owner else PERSON)
                start = i + 1
                break
        if _is_bare_title(words, lexicon, start, end):
            return
        start = _after_titles(words, lexicon, start, end)
    elif label in {ORG, LOC} and end - start > 1 and words.lowers[end - 1] in _OFFICE_ACRONYMS:
        # "Museum of Flight CEO"
        end -= 1
    if start < end:
        yield Name(start, end, label)


def _is_common(words: Words, start: int, end: int) -> bool:
    """Whether words are common nouns and adjectives in lower case: no name, in a text that writes names in capitals."""
    return all(words.texts[i].isalpha() and words.texts[i].islower() for i in range(start, end)) and all(
        words.tags[i] in _COMMON_TAGS for i in range(start, end)
    )


def _without_adjective(words: Words, start: int, end: int) -> int:
    """Where a name begins behind an adjective in lower case: "the nationalist | Global Times"."""
    first = words.texts[start]
    common = first.islower() and first.isalpha() and words.tags[start] in _ADJECTIVES and first not in PARTICLES
    return start + (common and end - start > 1 and words.capital[start + 1])


def _is_bare_title(words: Words, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether a phrase has a title where a name would be: "the former Chairwoman"."""
    first = start
    while first and words.tags[first - 1].startswith("JJ") and words.same_place(first - 1, start):
        first -= 1
    introduced = first > 0 and words.lowers[first - 1] in _DETERMINERS and words.same_place(first - 1, start)
    return introduced and title_end(words, lexicon, start, end) == end


def _after_titles(words: Words, lexicon: Lexicon, start: int, end: int) -> int:
    """Where a person's name begins behind its titles; `start` where nothing but a title is there."""
    first = start
    while first < end:
        after = title_end(words, lexicon, first, end)
        known = lexicon.known.match(words.texts, first, end) if after is None else None
        if known is not None and known[0] < end and title_end(words, lexicon, known[0], end) is not None:
            after = known[0]
        if after is None or after >= end or not words.capital[after]:
            break
        first = after
    return first


def _from_lists(board: Board, lexicon: Lexicon) -> None:
    """Countries, their adjectives, peoples and well-known organisations: missing ones placed, labels corrected."""
    words = board.words
    done = 0
    for i in words.where_written(lexicon.known.first_words):
        found = lexicon.known.match(words.texts, i) if i >= done else None
        if found is not None and not _is_word_not_name(words, i, found):
            done, known = found
            _place_known(board, lexicon, i, done, known)
    for name in board:
        if name.known is None:
            exact = known_at(words, lexicon, name.start, name.end)
            if exact is not None and exact.label == name.label:
                name.known = exact


def _place_known(board: Board, lexicon: Lexicon, start: int, end: int, known: Known) -> None:
    name = board.at(start)
    if name is None:
        if known.sure and _only_parts_within(board, end) and not _goes_on(board, lexicon, start, end):
            board.place(Name(start, end, known.label, known))
    elif name.start >= start and name.end <= end:
        label = known.label if known.sure or name.label not in {PERSON, ORG} else name.label
        if not name.fixed and label == known.label:
            board.place(Name(start, end, label, known))


def _only_parts_within(board: Board, end: int) -> bool:
    """Whether no name runs over the edge: the model may have seen "Rican" of "Puerto Rican"."""
    after = board.at(end - 1)
    return after is None or (after.end <= end and after.label != PERSON)


def _is_word_not_name(words: Words, i: int, found: tuple[int, Known]) -> bool:
    """On a line in capitals "US", "IS" and "WHO" may be plain words."""
    return words.shouted[i] and found[0] == i + 1 and len(words.texts[i]) <= 3


def _goes_on(board: Board, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether capitals before or after it make it part of a longer name: "South China Sea", "Bank of China".

    A title goes with no name of a place: "Russian Foreign Minister", "President Obama".
    """
    words = board.words
    if end < len(words) and words.tags[end] in {"NNP", "NNPS"} and not words.opens[end]:
        last = words.capital_run(end, min(end + 5, len(words)))
        titled = any(title_end(words, lexicon, i, last) is not None for i in range(end, last))
        if words.capital[end] and board.at(end) is None and _name_like(words, end) and not titled:
            return True
    before = start - 1
    return (
        before >= 0
        and words.capital[before]
        and not words.opens[before]
        and words.tags[before] == "NNP"
        and board.at(before) is None
        and _name_like(words, before)
    )


def _name_like(words: Words, i: int) -> bool:
    return not words.is_acronym(i) and words.lowers[i] not in _SUFFIXES


def _officials_of(board: Board, lexicon: Lexicon) -> None:
    """Who holds an office of something, named behind it: "Ambassador to the United States | Hamdullah Mohib"."""
    words = board.words
    for i in words.where(_LINKERS):
        if i < 1 or i >= len(words) - 2 or not words.capital[i - 1] or words.headed[i]:
            continue
        if lexicon.offices.match(words.lowers, i - 1, i) is None:
            continue
        at = i + 1 + (words.lowers[i + 1] == "the")
        first, place = _office_of(words, lexicon, at)
        if first is None or first >= len(words) or not words.capital[first] or words.opens[first]:
            continue
        end = words.capital_run(first, min(first + 4, len(words)))
        if end - first < 2 or names_a_thing(words, lexicon, first, end) or not _overlapped(board, at, first, end):
            continue
        if place is not None:
            board.place(Name(at, first, LOC, place))
        board.place(Name(first, end, PERSON))


def _office_of(words: Words, lexicon: Lexicon, at: int) -> tuple[int | None, Known | None]:
    """The end of the place or portfolio that an office is of, and the place; None where there is neither."""
    if at >= len(words):
        return None, None
    place = lexicon.known.match(words.texts, at)
    if place is not None and place[1].label == LOC:
        return place
    return (at + 1 if words.lowers[at] in _PORTFOLIOS and words.capital[at] else None), None


def _overlapped(board: Board, at: int, first: int, end: int) -> bool:
    """Whether the model saw no name here, or one that runs over the border between place and person."""
    names = [name for name in (board.at(i) for i in range(first, end)) if name is not None]
    return not names or any(name.start < first and name.start >= at for name in names)


def _titled_people(board: Board, lexicon: Lexicon) -> None:
    """Who stands behind a title is a person: "General Kartapolov", "Mr Smith"."""
    words = board.words
    done = 0
    for i in words.where(lexicon.before_names):
        after = title_end(words, lexicon, i, len(words)) if i >= done and words.capital[i] else None
        if after is None:
            continue
        done = after
        acronym = words.texts[i].isupper() and len(words.texts[i]) > 1
        if acronym or after >= len(words) or not words.capital[after] or words.headed[after] or words.opens[after]:
            continue
        name = board.at(after)
        if name is None:
            _place_titled(board, lexicon, after)
        elif name.start == after and name.label in {ORG, LOC, NORP}:
            _correct_titled(words, lexicon, name)
        elif name.start < after < name.end and name.label == PERSON:
            board.resize(name, after, name.end)


def _place_titled(board: Board, lexicon: Lexicon, at: int) -> None:
    words = board.words
    end = words.capital_run(at, min(at + 5, len(words)))
    if _widened(board, lexicon, at, end):
        return
    if not board.free(at, end) or words.is_acronym(at) or words.tags[at] in _NO_NAME_TAGS:
        return
    courtesy = words.lowers[at - 1] in lexicon.courtesy or words.texts[at - 1] == "."
    if not courtesy and words.tags[at] not in {"NNP", "NNPS"}:
        return
    if title_end(words, lexicon, at, end) is None and not names_a_thing(words, lexicon, at - 1, end):
        board.place(Name(at, end, PERSON))


def _widened(board: Board, lexicon: Lexicon, at: int, end: int) -> bool:
    """Whether a person's name begins where the title ends, and was seen only from a later word on: "Ambassador | Hamdullah Mohib"."""
    words, name = board.words, board.at(end - 1)
    if name is None or name.label != PERSON or name.end != end or name.start <= at or not board.free(at, name.start):
        return False
    before = range(at, name.start)
    if any(words.tags[i] != "NNP" or title_end(words, lexicon, i, name.start) is not None for i in before):
        return False
    if lexicon.known.match(words.texts, at, name.start) is not None:
        return False
    board.resize(name, at, end)
    return True


def _correct_titled(words: Words, lexicon: Lexicon, name: Name) -> None:
    """Who has a courtesy title is a person, unless the name is a known one or ends as no person's does."""
    if name.fixed or words.lowers[name.start - 1] not in lexicon.courtesy:
        return
    if known_at(words, lexicon, name.start, name.end) is None and not ends_as_organisation(words, lexicon, name.end):
        name.label = PERSON
