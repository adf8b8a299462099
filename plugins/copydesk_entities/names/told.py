"""What the words beside a name tell of it: "the airline Germania", "his daughter, Chelsea", "Hurricane Otis", "the Roes"."""

from __future__ import annotations

from collections import defaultdict

from copydesk_entities.labels import LOC, MISC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name, title_end
from copydesk_entities.names.organisations import names_a_thing
from copydesk_entities.text.words import Words

_CALENDAR = word_set("calendar")
_PLACED = word_set("place_prepositions")
_SPEECH = word_set("speech")
_BOUGHT, _DEALS, _OF_COMPANIES = word_set("company_verbs"), word_set("company_events"), word_set("company_nouns")
_DISEASES = word_set("diseases")
_STORMS = word_set("storms")
_POLLS = word_set("polls")
_NO_POLLSTERS = word_set("no_pollsters")
_KIN = word_set("kin")
_JOBS = word_set("jobs_at_firms")
_KINDS_OF_PEOPLE_TOO = word_set("kinds_of_people_too")
_MODIFIES = frozenset(("JJ", "NN", "NNP", "HYPH", "VBN", "JJS", "POS"))
_CLOSES = frozenset((",", ".", ";", ")", "–", "—", "-", "--"))
_LONGEST = 8
"""Words between a name and the noun that says what it is, at most."""


def storms(board: Board) -> None:
    """A storm or a disease is nobody: "Hurricane Otis", "the Zika virus", and "Otis" and "Zika" in the rest of the story."""
    words = board.words
    named: set[str] = set()
    for i in words.where(_STORMS):
        if i + 1 >= len(words) or not words.capital[i] or words.tags[i + 1] != "NNP" or words.headed[i]:
            continue
        name, alone = board.at(i + 1), words.capital_run(i + 1, min(i + 3, len(words))) == i + 2
        if alone and (name is None or (name.start >= i and name.end == i + 2 and not name.fixed)):
            named.add(words.texts[i + 1])
            board.place(Name(i, i + 2, MISC))
    named |= _diseases(board)
    for name in list(board) if named else ():
        if name.end - name.start == 1 and words.texts[name.start] in named and not name.fixed:
            name.label = MISC


def _diseases(board: Board) -> set[str]:
    words = board.words
    names = (board.at(i - 1) for i in words.where(_DISEASES))
    bare = {words.texts[one.start] for one in names if one is not None and one.end - one.start == 1 and not one.known}
    full = {text for name in board if _is_full(name) for text in words.texts[name.start : name.end]} if bare else set()
    return bare - full


def kinds_beside(board: Board, lexicon: Lexicon) -> None:
    """Of which the story says that it is a company, a party, a bank: "the airline Germania", "Interpipe, a steel maker,"."""
    words = board.words
    for i in words.where(lexicon.organisation_kinds):
        if words.capital[i] or words.headed[i] or i + 1 >= len(words) or words.tags[i] != "NN":
            continue
        comma = words.texts[i + 1] == ","
        at = i + 1 + comma
        if at < len(words) and words.capital[at] and words.same_place(i, at):
            _name_behind_kind(board, lexicon, at, comma=comma)
        name = _name_before_kind(board, i)
        if name is not None and not (name.label == PERSON and words.lowers[i] in _KINDS_OF_PEOPLE_TOO):
            name.label = ORG


def _name_behind_kind(board: Board, lexicon: Lexicon, at: int, *, comma: bool) -> None:
    words, name = board.words, board.at(at)
    end = words.capital_run(at, min(at + 5, len(words))) if name is None else name.end
    if comma and end < len(words) and words.texts[end] not in _CLOSES:
        return
    if name is None:
        new = words.tags[at] == "NNP" and board.free(at, end) and words.lowers[at] not in _CALENDAR
        if new and title_end(words, lexicon, at, end) is None:
            board.place(Name(at, end, ORG))
    elif name.start == at and name.known is None and not name.fixed:
        # "The party Roe leads": a person may stand there too.
        surname = name.label == PERSON and comma and name.end - name.start == 1
        name.label = ORG if surname or name.label in {LOC, NORP, MISC} else name.label


def _name_before_kind(board: Board, kind: int) -> Name | None:
    """The name to which "…, a … company," belongs, where it has another label than an organisation's."""
    words = board.words
    if (
        kind + 1 < len(words)
        and words.texts[kind + 1] not in _CLOSES
        and words.lowers[kind + 1] not in {"that", "which"}
    ):
        return None
    start = kind
    while start > max(0, kind - _LONGEST) and (words.tags[start - 1] in _MODIFIES or board.at(start - 1) is not None):
        start -= 1
    if start < 3 or words.lowers[start - 1] not in {"a", "an", "the"} or words.texts[start - 2] != ",":
        return None
    name = board.at(start - 3)
    if name is None or name.fixed or name.known is not None or not words.same_place(name.start, kind):
        return None
    return name if name.label in {PERSON, LOC, NORP, MISC} and name.end - name.start < 4 else None


def companies(board: Board, lexicon: Lexicon) -> None:
    """A bare name with shareholders, or that is bought, is a company's: "Allergan's shareholders", "acquire Allergan"."""
    words = board.words
    full = {text for name in board if _is_full(name) for text in words.texts[name.start : name.end]}
    bought: set[str] = set()
    alone = [name for name in board if name.label in {PERSON, LOC} and name.end - name.start == 1]
    alone = [name for name in alone if name.known is None and not name.fixed]
    for name in alone:
        text = words.texts[name.start]
        if text not in full and text not in lexicon.weak_genders and _is_company(words, name):
            bought.add(text)
    for name in alone:
        if words.texts[name.start] in bought:
            name.label = ORG


def _is_full(name: Name) -> bool:
    return name.label == PERSON and name.end - name.start > 1


def _is_company(words: Words, name: Name) -> bool:
    before, two = words.lowers[name.start - 1 : name.start], words.lowers[max(0, name.start - 2) : name.start]
    if before and (before[0] in _BOUGHT or (two[0] in _DEALS and two[-1] in {"of", "with"})):
        return True
    at = name.end + (words.lowers[name.end : name.end + 1] in (["'s"], ["’s"]))
    return at < len(words) and words.lowers[at] in _OF_COMPANIES and words.tags[at].startswith("NN")


def relatives(board: Board, lexicon: Lexicon) -> None:
    """A relative is a person: "his daughter, Chelsea", "her brother Victoria's"."""
    words = board.words
    for i in words.where(_KIN):
        at = i + 1 + (words.texts[i + 1 : i + 2] == [","])
        if at >= len(words) or words.capital[i] or not words.capital[at] or words.tags[at] != "NNP":
            continue
        if not words.same_place(i, at) or words.headed[i] or words.lowers[at] in _CALENDAR:
            continue
        name = board.at(at)
        if name is None:
            end = words.capital_run(at, min(at + 4, len(words)))
            if board.free(at, end) and not names_a_thing(words, lexicon, at, end):
                board.place(Name(at, end, PERSON))
        elif name.start == at and name.label != PERSON and not (name.known is not None and name.known.sure):
            name.label = name.label if name.fixed else PERSON


def owners_of_jobs(board: Board, lexicon: Lexicon) -> None:
    """Who has an editor or an analyst is an organisation: "Breitbart Texas editor | Brandon Darby"."""
    words = board.words
    people = {words.texts[name.end - 1] for name in board if name.label == PERSON and name.end - name.start > 1}
    for i in words.where(_JOBS):
        name, holder = board.at(i - 1), board.at(i + 1)
        if name is None or holder is None or name.end != i or holder.start != i + 1 or holder.label != PERSON:
            continue
        alone = words.texts[name.start] not in lexicon.genders and words.texts[name.end - 1] not in people
        several = name.end - name.start > 1 and words.texts[name.start] not in lexicon.given_names
        if name.label == PERSON and not name.fixed and (several or alone) and words.same_place(i - 1, i + 1):
            name.label = ORG


def pollsters(board: Board) -> None:
    """Who holds a poll, where nobody named it: "a | Monmouth | poll"."""
    words = board.words
    for i in words.where(_POLLS):
        start = i
        while start > 0 and i - start < 3 and words.capital[start - 1] and words.tags[start - 1] == "NNP":
            start -= 1
        if start == i or words.opens[start] or words.headed[i] or not board.free(start, i):
            continue
        if words.lowers[start] not in _CALENDAR | _NO_POLLSTERS:
            board.place(Name(start, i, ORG))


def families(board: Board) -> None:
    """The plural of a surname of the story is a family: "the Roes"."""
    words = board.words
    surnames: dict[str, str] = {}
    for name in board:
        if name.label == PERSON and name.end - name.start > 1:
            last = words.texts[name.end - 1]
            surnames[last + ("es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s")] = last
    for i in words.where_written(surnames.keys()):
        there = board.at(i)
        if i and words.lowers[i - 1] == "the" and (there is None or (there.start, there.end) == (i, i + 1)):
            board.place(Name(i, i + 1, PERSON))


def towns_alone(board: Board, lexicon: Lexicon) -> None:
    """A bare name that stands where a place does, and nowhere acts, is no person's: "in Coron", "the town of Coron"."""
    words = board.words
    names: defaultdict[str, list[Name]] = defaultdict(list)
    parts: set[str] = set()
    for name in list(board):
        if name.label == PERSON and name.end - name.start > 1:
            parts.update(words.texts[name.start : name.end])
        elif name.label == PERSON and not name.fixed:
            names[words.texts[name.start]].append(name)
    for text, same in names.items():
        if text in parts or text in lexicon.weak_genders or text in lexicon.given_names:
            continue
        placed = sum(_is_placed(words, name) for name in same)
        if placed > 1 and 2 * placed >= len(same) and not any(_acts(words, lexicon, name) for name in same):
            for name in same:
                name.label = LOC


def _is_placed(words: Words, name: Name) -> bool:
    return name.start > 0 and words.lowers[name.start - 1] in _PLACED


def _acts(words: Words, lexicon: Lexicon, name: Name) -> bool:
    """Whether a person's title stands before a name, or it speaks."""
    before = words.lowers[name.start - 1].rstrip(".") if name.start else ""
    spoken = {*words.lowers[name.end : name.end + 1], before} & _SPEECH
    return bool(spoken) or before in lexicon.person_heads or before in lexicon.courtesy
