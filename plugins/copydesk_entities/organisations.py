"""Names of organisations and places that their own words tell: head nouns, "of", initials in brackets."""

from __future__ import annotations

from copydesk_entities.board import Board, Name, edges, title_end
from copydesk_entities.labels import LOC, MISC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.words import POSSESSIVES, Words

_LONGEST = 14
"""Words in a name that is put together, at most."""
_EMPLOYED = {"at": word_set("works_at"), "of": word_set("heads_of"), "for": word_set("speaks_for")}
"""By preposition, who stands before it where an organisation stands behind it."""
_OF_HEADS = word_set("of_heads")
_PEOPLE = word_set("people_owners")
_NEWSPAPER = word_set("newspaper_words")
_NO_FOR = word_set("no_for")
_PROPER_HEADS = word_set("proper_heads")
_LINKERS = frozenset(("of", "for"))
_SKIPPED_IN_ACRONYMS = word_set("no_initials")
_NO_ORGANISATION = word_set("no_organisation_end")
_NO_ORGANISATION_NAMES = word_set("no_organisation_names")
_DOUBTFUL_PLACES = word_set("doubtful_place_end")
_TOPICS = tuple(word_set("topics_with_and"))


def organisations_of(board: Board, lexicon: Lexicon) -> None:
    """Such as "Bank of Ghana", "Ministry of Foreign Affairs", "University of Oxford": one organisation."""
    words = board.words
    for i in range(1, len(words) - 1):
        if words.lowers[i] not in _LINKERS or not words.capital[i - 1] or words.headed[i]:
            continue
        if words.lowers[i - 1] not in lexicon.organisation_nouns and words.lowers[i - 1] not in _OF_HEADS:
            continue
        if board.at(i) is not None:
            # The model has a name that goes on behind "of": it knows better where that ends.
            continue
        after = i + 1
        if words.lowers[after] == "the" and after + 1 < len(words):
            after += 1
        if not words.capital[after] or words.opens[after]:
            continue
        end = words.capital_run(after, min(after + 6, len(words)))
        holder = board.at(after)
        if words.lowers[i] == "for" and (
            words.lowers[i - 1] in _NO_FOR or (holder is not None and holder.label == ORG)
        ):
            continue
        front = board.at(i - 1)
        if (
            front is not None
            and front.label == ORG
            and front.end - front.start > 1
            and holder is not None
            and holder.label == LOC
            and words.lowers[i - 1] not in _PROPER_HEADS
        ):
            # "Victoria Hockey Club of Montreal": the club has its name already.
            continue
        if holder is not None:
            end = max(end, holder.end) if holder.label != PERSON else end
        person = next((j for j in range(after + 1, end) if _is_person_at(board, j)), end)
        end = _and_more(words, lexicon, person)
        start = i - 1
        while (
            start > 0
            and start > i - 5
            and words.capital[start - 1]
            and not words.opens[start - 1]
            and words.tags[start - 1] in {"NNP", "NNPS", "JJ"}
            and words.texts[start - 2 : start - 1] != ["-"]
        ):
            start -= 1
        first = board.at(start)
        if first is not None:
            start = min(start, first.start) if first.end >= i - 1 else start
        start, end = edges(words, start, end)
        whole = board.at(start)
        if (whole is not None and whole.start <= start and whole.end >= end) or end - start > _LONGEST:
            continue
        board.place(Name(start, end, ORG))


def peoples_organisations(board: Board, lexicon: Lexicon) -> None:
    """As in "Korean People's Army", "Women's Tennis Association": a possessive inside the name."""
    words = board.words
    for i in range(1, len(words) - 1):
        if words.lowers[i] not in POSSESSIVES or words.lowers[i - 1] not in _PEOPLE or not words.capital[i - 1]:
            continue
        end = words.capital_run(i + 1, min(i + 6, len(words)))
        if end == i + 1 or words.headed[i] or words.lowers[end - 1] not in lexicon.organisation_nouns:
            continue
        whole = board.at(i)
        if whole is not None and whole.label == ORG and whole.end >= end:
            continue
        start = i - 1
        before = board.at(start - 1) if start else None
        if before is not None and before.known is not None and before.end == start:
            start = before.start
        elif start and before is None and lexicon.known.get((words.texts[start - 1],)) is not None:
            start -= 1
        board.place(Name(start, end, ORG))


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
    nouns = lexicon.organisation_nouns, lexicon.place_nouns, lexicon.no_surnames
    return any(words.lowers[i] in group for i in range(start + 1, end) for group in nouns)


def head_nouns(board: Board, lexicon: Lexicon) -> None:
    """The last noun tells the kind: "Foreign Ministry" is an organisation, "Blue Nile River" a place."""
    words = board.words
    for name in board.in_order():
        if name.fixed:
            continue
        end = name.end
        grown = (
            end < len(words)
            and words.capital[end]
            and not words.opens[end]
            and not words.headed[end]
            and board.free(end, end + 1)
        )
        if grown and name.label in {ORG, LOC, NORP}:
            last = words.lowers[end]
            if last in lexicon.organisation_nouns and last not in _NO_ORGANISATION:
                board.resize(name, name.start, end + 1)
                name.label, name.known = ORG, None
            elif last in lexicon.place_nouns and name.label == LOC:
                board.resize(name, name.start, end + 1)
                name.known = None
        if name.end - name.start > 1 and name.known is None:
            last = words.lowers[name.end - 1]
            if name.label in {LOC, NORP} and words.capital[name.end - 1] and last in lexicon.organisation_nouns:
                name.label = ORG
            elif (
                name.label in {ORG, NORP}
                and last in lexicon.place_nouns
                and last not in _DOUBTFUL_PLACES
                and words.lowers[name.end - 2] != "school"
            ):
                name.label = LOC


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
    for i in range(1, len(words) - 2):
        if words.texts[i] != "(" or not words.is_acronym(i + 1) or words.texts[i + 2] not in {")", ",", ";"}:
            continue
        start = initials_start(words, i, words.texts[i + 1])
        if start is None:
            continue
        start, end = edges(words, start, i)
        if end - start < 2:
            continue
        covering = board.at(end - 1)
        label = (
            covering.label if covering is not None and covering.label in {ORG, LOC} and covering.known is None else ORG
        )
        if words.lowers[end - 1] in _NO_ORGANISATION_NAMES:
            label = MISC
        whole = (
            covering
            if covering is not None and covering.start <= start and covering.end == end
            else Name(start, end, label)
        )
        if whole is not covering and not board.place(whole):
            continue
        if not whole.fixed:
            whole.label = label
        board.place(Name(i + 1, i + 2, whole.label, short_for=whole))


def initials_start(words: Words, bracket: int, acronym: str) -> int | None:
    """Where the words begin whose initials, read backwards from `bracket`, spell the acronym."""
    letters = [letter.lower() for letter in acronym.rstrip("s") if letter.isalnum()] if acronym[:-1].isupper() else []
    letters = letters or [letter.lower() for letter in acronym if letter.isalnum()]
    i = bracket - 1
    while letters and i >= 0 and bracket - i <= 16:
        word = words.lowers[i]
        if word[:1] == letters[-1]:
            letters.pop()
        elif word not in _SKIPPED_IN_ACRONYMS and word not in POSSESSIVES and word != "-":
            return None
        if not letters:
            return i if words.capital[i] else None
        i -= 1
    return None


def employers(board: Board, lexicon: Lexicon) -> None:
    """Whom somebody works for is an organisation: "chief economist at Manulife", "a spokesman for Acme"."""
    words = board.words
    for i in range(1, len(words) - 1):
        if words.lowers[i - 1] not in _EMPLOYED.get(words.lowers[i], ()) or words.headed[i]:
            continue
        at = i + 1
        if words.lowers[at] == "the" and at + 1 < len(words):
            at += 1
        name = board.at(at)
        if name is not None:
            if name.label == PERSON and name.start == at and name.end - at == 1 and words.lowers[i] != "for":
                # A spokesman speaks for a person too; an analyst is at a firm.
                name.label = name.label if name.fixed else ORG
            continue
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
        for end in range(start + 1, min(start + 5, len(words)) + 1):
            last = words.lowers[end - 1]
            if not last.isalpha() or words.capital[end - 1] or words.tags[end - 1][:2] not in {"NN", "JJ"}:
                break
            noun = next((n for n in (1, 2) if tuple(words.lowers[end - n : end]) in lexicon.institution_nouns), 0)
            if (
                noun
                and end - noun >= start
                and not (
                    end < len(words)
                    and words.tags[end] in {"NN", "NNS"}
                    and not title_end(words, lexicon, end, len(words))
                )
            ):
                found.append(Name(name.start, end, ORG))
                break
    return found
