"""Names of organisations and places that their own words tell: head nouns, "of", initials in brackets."""

from __future__ import annotations

from copydesk_entities.labels import LOC, MISC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name, edges, title_end
from copydesk_entities.text.words import POSSESSIVES, Words

_LONGEST = 14
"""Words in a name that is put together, at most."""
_EMPLOYED = {"at": word_set("works_at"), "of": word_set("heads_of"), "for": word_set("speaks_for")}
"""By preposition, who stands before it where an organisation stands behind it."""
_OF_HEADS = word_set("of_heads")
_OFFICE_ACRONYMS = word_set("office_acronyms")
_BODIES = word_set("parts_of_bodies") | word_set("proper_heads") | frozenset(("center", "centre", "agency"))
_PEOPLE = word_set("people_owners")
_NEWSPAPER = word_set("newspaper_words")
_NO_FOR = word_set("no_for")
_PROPER_HEADS = word_set("proper_heads")
_LINKERS = frozenset(("of", "for"))
_BRACKET = frozenset("(")
_SKIPPED_IN_ACRONYMS = word_set("no_initials")
_MAY_BE_BUILDINGS = word_set("may_be_buildings")
_NO_ORGANISATION = word_set("no_organisation_end")
_NO_ORGANISATION_NAMES = word_set("no_organisation_names")
_DOUBTFUL_PLACES = word_set("doubtful_place_end")
_TOPICS = tuple(word_set("topics_with_and"))


def organisations_of(board: Board, lexicon: Lexicon) -> None:
    """Such as "Bank of Ghana", "Ministry of Foreign Affairs", "University of Oxford": one organisation."""
    words = board.words
    heads = lexicon.organisation_nouns | _OF_HEADS
    for i in words.where(_LINKERS):
        if i < 1 or i >= len(words) - 1 or not words.capital[i - 1] or words.headed[i]:
            continue
        # Where the model has a name that goes on behind "of", it knows better where that ends.
        if words.lowers[i - 1] not in heads or board.at(i) is not None:
            continue
        after = i + 1
        if words.lowers[after] == "the" and after + 1 < len(words):
            after += 1
        if not words.capital[after] or words.opens[after] or _is_apart(board, i, board.at(after)):
            continue
        start, end = edges(words, _organisation_start(board, i), _organisation_end(board, lexicon, after))
        whole = board.at(start)
        if (whole is None or whole.start > start or whole.end < end) and end - start <= _LONGEST:
            board.place(Name(start, end, ORG))


def _is_apart(board: Board, linker: int, holder: Name | None) -> bool:
    """Whether what stands behind "of" or "for" does not belong to the name before it."""
    words = board.words
    noun = words.lowers[linker - 1]
    if words.lowers[linker] == "for" and (noun in _NO_FOR or (holder is not None and holder.label == ORG)):
        return True
    front = board.at(linker - 1)
    if front is None or front.label != ORG or holder is None or holder.label != LOC:
        return False
    # "Victoria Hockey Club of Montreal": the club has its name already.
    return front.end - front.start > 1 and noun not in _PROPER_HEADS


def _organisation_end(board: Board, lexicon: Lexicon, after: int) -> int:
    words = board.words
    end = words.capital_run(after, min(after + 6, len(words)))
    holder = board.at(after)
    if holder is not None and holder.label != PERSON:
        end = max(end, holder.end)
    while end > after + 1 and words.lowers[end - 1] in _OFFICE_ACRONYMS:
        end -= 1
    person = next((j for j in range(after + 1, end) if _is_person_at(board, j)), end)
    return _and_more(words, lexicon, person)


def _organisation_start(board: Board, linker: int) -> int:
    words = board.words
    start = linker - 1
    while (
        max(0, linker - 5) < start
        and words.capital[start - 1]
        and not words.opens[start - 1]
        and words.tags[start - 1] in {"NNP", "NNPS", "JJ"}
        and words.texts[start - 2 : start - 1] != ["-"]
    ):
        start -= 1
    first = board.at(start)
    return min(start, first.start) if first is not None and first.end >= linker - 1 else start


def peoples_organisations(board: Board, lexicon: Lexicon) -> None:
    """As in "Korean People's Army", "Women's Tennis Association": a possessive inside the name."""
    words = board.words
    for i in words.where(POSSESSIVES):
        if i < 1 or i >= len(words) - 1 or words.lowers[i - 1] not in _PEOPLE or not words.capital[i - 1]:
            continue
        end = words.capital_run(i + 1, min(i + 6, len(words)))
        if end == i + 1 or words.headed[i] or words.lowers[end - 1] not in lexicon.organisation_nouns:
            continue
        whole = board.at(i)
        if whole is None or whole.label != ORG or whole.end < end:
            board.place(Name(_with_country(board, lexicon, i - 1), end, ORG))


def _with_country(board: Board, lexicon: Lexicon, start: int) -> int:
    """Where a name begins, the country or people before it included."""
    before = board.at(start - 1)
    if before is not None:
        return before.start if before.known is not None and before.end == start else start
    known = lexicon.known.get((board.words.texts[start - 1],)) if start else None
    return start - 1 if known is not None else start


def newspapers(board: Board) -> None:
    """As in "Edmonton Sun", "Jakarta Post": a place and what newspapers are called."""
    words = board.words
    for name in board.in_order():
        if name.label == LOC and name.known is not None:
            after = name.end
            paper = after < len(words) and words.lowers[after] in _NEWSPAPER and words.tags[after] in {"NNP", "NNPS"}
            if paper and words.capital[after] and not words.headed[after] and board.free(after, after + 1):
                board.place(Name(name.start, after + 1, ORG))


def _is_person_at(board: Board, i: int) -> bool:
    name = board.at(i)
    return name is not None and name.label == PERSON and name.start == i


def _and_more(words: Words, lexicon: Lexicon, end: int) -> int:
    """The end behind one more "and Capital": "Ministry of Health and Welfare"."""
    if (
        end + 1 < len(words)
        and words.lowers[end] in {"and", "&"}
        and words.capital[end + 1]
        and words.tags[end + 1] in {"NNP", "NNPS"}
    ):
        known = lexicon.known.get((words.texts[end - 1],))
        if words.lowers[end - 1].endswith(_TOPICS) or (known is not None and known.adjective):
            return words.capital_run(end + 1, min(end + 4, len(words)))
    return end


def ends_as_organisation(words: Words, lexicon: Lexicon, end: int) -> bool:
    """Whether the word before `end` is one that ends the names of organisations or places."""
    last = words.lowers[end - 1]
    return last in lexicon.organisation_nouns or last in lexicon.place_nouns


def names_a_thing(words: Words, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether one of the words after the first is a noun of things, so that the name is no person's."""
    return any(words.lowers[i] in lexicon.thing_labels for i in range(start + 1, end))


def head_nouns(board: Board, lexicon: Lexicon) -> None:
    """The last noun tells the kind: "Foreign Ministry" is an organisation, "Blue Nile River" a place."""
    for name in board.in_order():
        if not name.fixed:
            _grow_to_noun(board, lexicon, name)
            if name.end - name.start > 1 and name.known is None:
                name.label = _label_by_noun(board.words, lexicon, name)


def _grow_to_noun(board: Board, lexicon: Lexicon, name: Name) -> None:
    words, end = board.words, name.end
    if end >= len(words) or not words.capital[end] or words.opens[end] or words.headed[end]:
        return
    if name.label not in {ORG, LOC, NORP} or not board.free(end, end + 1):
        return
    last = words.lowers[end]
    run = words.capital_run(end, min(end + 4, len(words))) if name.label == ORG and name.known is None else end
    if last in lexicon.organisation_nouns and last not in _NO_ORGANISATION:
        board.resize(name, name.start, end + 1)
        name.label, name.known = ORG, None
    elif last in lexicon.place_nouns and name.label == LOC:
        board.resize(name, name.start, end + 1)
        name.known = None
    elif run > end and lexicon.thing_labels.get(words.lowers[run - 1]) == ORG:
        titled = title_end(words, lexicon, end, run) is not None
        if board.free(end, run) and not titled:
            board.resize(name, name.start, run)  # "Liberty | Baptist Church", "Edison | Research"


def bodies_with_and(board: Board, lexicon: Lexicon) -> None:
    """A committee's name goes back over "and" to a capital: "the Ways and | Means Committee"."""
    words = board.words
    for name in list(board):
        at = name.start - 2
        if name.label != ORG or name.known is not None or at < 0 or words.headed[name.start]:
            continue
        titled = title_end(words, lexicon, at, at + 1) is not None  # "Gov. and | Committee chairman"
        if titled or words.lowers[name.end - 1] not in _BODIES or words.lowers[at + 1] not in {"and", "&"}:
            continue
        if words.capital[at] and words.tags[at] in {"NNP", "NNPS"} and board.at(at) is None and not words.opens[at]:
            board.resize(name, at, name.end)


def _label_by_noun(words: Words, lexicon: Lexicon, name: Name) -> str:
    last = words.lowers[name.end - 1]
    if name.label in {LOC, NORP} and words.capital[name.end - 1]:
        body = lexicon.thing_labels.get(last) == ORG and last not in _MAY_BE_BUILDINGS
        if last in lexicon.organisation_nouns or body:
            return ORG
    if name.label in {ORG, NORP} and last in lexicon.place_nouns and last not in _DOUBTFUL_PLACES:
        return name.label if words.lowers[name.end - 2] == "school" else LOC
    return name.label


def lower_places(board: Board, lexicon: Lexicon) -> None:
    """As in "Hemeimeem air base": a place and the lower-case noun that belongs to its name."""
    words = board.words
    for name in board.in_order():
        if name.label not in {LOC, ORG} or name.known is not None:
            continue
        for length in (2, 1):
            end = name.end + length
            if tuple(words.lowers[name.end : end]) in lexicon.lower_place_nouns and board.free(name.end, end):
                board.resize(name, name.start, end)
                name.label = LOC
                break


def acronyms_in_brackets(board: Board) -> None:
    """In "World Health Organization (WHO)" the acronym is the organisation's name too."""
    words = board.words
    for i in words.where(_BRACKET):
        if i < 1 or i >= len(words) - 2 or not words.is_acronym(i + 1) or words.texts[i + 2] not in {")", ",", ";"}:
            continue
        start = initials_start(words, i, words.texts[i + 1])
        start, end = edges(words, i if start is None else start, i)
        if end - start < 2:
            continue
        whole = _spelled_out(board, start, end)
        if whole is not None:
            board.place(Name(i + 1, i + 2, whole.label, short_for=whole))


def _spelled_out(board: Board, start: int, end: int) -> Name | None:
    """The name that the words [start, end) are, or become; None where a fixed name is in the way."""
    covering = board.at(end - 1)
    label = ORG
    if board.words.lowers[end - 1] in _NO_ORGANISATION_NAMES:
        label = MISC
    elif covering is not None and covering.label == LOC and covering.known is None:
        label = LOC
    if covering is None or covering.start > start or covering.end != end:
        whole = Name(start, end, label)
        return whole if board.place(whole) else None
    if not covering.fixed:
        covering.label = label
    return covering


def initials_start(words: Words, bracket: int, acronym: str) -> int | None:
    """Where the words begin whose initials, read backwards from `bracket`, spell the acronym."""
    plural = acronym[:-1].isupper()
    letters = [letter.lower() for letter in (acronym.rstrip("s") if plural else acronym) if letter.isalnum()]
    for i in range(bracket - 1, max(bracket - 17, -1), -1):
        if not letters:
            break
        word = words.lowers[i]
        if word[:1] == letters[-1]:
            letters.pop()
        elif word not in _SKIPPED_IN_ACRONYMS and word not in POSSESSIVES and word != "-":
            break
        if not letters and words.capital[i]:
            return i
    return None


def employers(board: Board, lexicon: Lexicon) -> None:
    """Whom somebody works for is an organisation: "chief economist at Manulife", "a spokesman for Acme"."""
    words = board.words
    for i in words.where(_EMPLOYED.keys()):
        if i < 1 or i >= len(words) - 1 or words.lowers[i - 1] not in _EMPLOYED[words.lowers[i]] or words.headed[i]:
            continue
        at = i + 1
        if words.lowers[at] == "the" and at + 1 < len(words):
            at += 1
        name = board.at(at)
        if name is None:
            _place_employer(board, lexicon, at)
        elif name.label == PERSON and name.start == at and name.end - at == 1 and words.lowers[i] != "for":
            # A spokesman speaks for a person too; an analyst is at a firm.
            name.label = name.label if name.fixed else ORG


def _place_employer(board: Board, lexicon: Lexicon, at: int) -> None:
    words = board.words
    end = words.capital_run(at, min(at + 6, len(words)))
    proper = end > at and all(words.tags[j] in {"NNP", "NNPS"} or not words.capital[j] for j in range(at, end))
    if proper and board.free(at, end) and title_end(words, lexicon, at, end) is None:
        board.place(Name(at, end, ORG))


def find_institutions(board: Board, lexicon: Lexicon) -> list[Name]:
    """As in "the Russian defence ministry": the name of an organisation in lower case, with another name inside."""
    words = board.words
    found: list[Name] = []
    for name in board.in_order():
        known = name.known
        if known is None or not known.country or name.label not in {LOC, NORP} or words.shouted[name.start]:
            continue
        start = name.end
        if start < len(words) and words.lowers[start] in {"'s", "’s"}:
            start += 1
        elif not known.adjective:
            continue
        end = _institution_end(words, lexicon, start)
        if end is not None:
            found.append(Name(name.start, end, ORG))
    return found


def _institution_end(words: Words, lexicon: Lexicon, start: int) -> int | None:
    for end in range(start + 1, min(start + 5, len(words)) + 1):
        last = words.lowers[end - 1]
        if not last.isalpha() or words.capital[end - 1] or words.tags[end - 1][:2] not in {"NN", "JJ"}:
            return None
        nouns = (tuple(words.lowers[first:end]) for first in range(end - 1, max(start, end - 2) - 1, -1))
        if any(noun in lexicon.institution_nouns for noun in nouns) and not _is_modifier(words, lexicon, end):
            return end
    return None


def _is_modifier(words: Words, lexicon: Lexicon, end: int) -> bool:
    """Whether a noun follows that is no title: "ministry building"."""
    noun = end < len(words) and words.tags[end] in {"NN", "NNS"}
    return noun and title_end(words, lexicon, end, len(words)) is None
