"""What a story states of somebody beside roles: party, age, nationality, other names; and one title for several people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from copydesk_entities.labels import NORP, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name
from copydesk_entities.text.words import Words
from copydesk_entities.traits.stated import ROLE_KINDS, Stated

_LETTERS = {"D": "democrat", "R": "republican", "I": "independent"}
_LABEL = re.compile(r"\s?[(,]\s?(([DRI])(?:-[A-Z][A-Za-z.]{0,20}(?: [A-Z][a-z.]{1,12}){0,2})?)(?=[),.;])")
_YEARS_OLD = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
_KNOWN_AS = word_set("known_as")
_BEING = word_set("copulas")
_REACH = 12
"""Words before a name that may belong to it."""
_MOST = 6
"""People who share one title."""
_OLDEST = 120


def facts_of(board: Board, lexicon: Lexicon, roles: list[Stated]) -> list[Stated]:
    """Parties, ages, nationalities and aliases of the people and organisations of a story.

    Args:
        board: the names of the document.
        lexicon: the word lists.
        roles: the roles that it states.
    """
    of: defaultdict[int, list[Stated]] = defaultdict(list)
    for role in roles:
        if role.kind in ROLE_KINDS:
            of[id(role.holder)].append(role)
    found: list[Stated] = []
    people = [name for name in board.in_order() if name.label == PERSON]
    for name in people:
        own = of[id(name)]
        found.extend(_parties(board, lexicon, name, own))
        found.extend(_nationalities(board, own))
        found.extend(_known_as(board, name))
    found.extend(_years_old(board, {name.start: name for name in people}, roles))
    found.extend(
        Stated(name.short_for, name.start, name.end, "alias", board.words.name(name.start, name.end))
        for name in board
        if name.short_for is not None
    )
    return found


def joint_titles(board: Board, roles: list[Stated]) -> Iterator[Stated]:
    """A title in the plural is of all who follow it: "Senators Jane Roe (D-Ohio) and John Poe"."""
    words = board.words
    for role in roles:
        if role.kind not in ROLE_KINDS or role.end != role.holder.start or not _is_plural(words, role):
            continue
        name = role.holder
        for _ in range(_MOST):
            following = _next_of_list(board, name.end)
            if following is None:
                break
            name = following
            yield replace(role, holder=name)


def _is_plural(words: Words, role: Stated) -> bool:
    """Whether the wording is the plural of the title."""
    wording = words.lowers[role.end - 1].rstrip(".") or words.lowers[role.end - 2]
    return wording.endswith("s") and role.title is not None and not role.title.endswith("s")


def _next_of_list(board: Board, end: int) -> Name | None:
    """The person behind a comma or "and", and behind brackets before that."""
    words = board.words
    at = end
    if at < len(words) and words.texts[at] == "(":
        at = next((i + 1 for i in range(at, min(len(words), at + 8)) if words.texts[i] == ")"), at)
    first = at
    while at < len(words) and at - first < 2 and words.lowers[at] in {",", "and", "&"}:
        at += 1
    name = board.at(at) if at > first else None
    return name if name is not None and name.label == PERSON and name.start == at else None


def _parties(board: Board, lexicon: Lexicon, name: Name, roles: list[Stated]) -> Iterator[Stated]:
    words = board.words
    if label := _LABEL.match(words.text, words.ends[name.end - 1]):
        start, end = words.word_at(label.start(1)), words.word_at(label.end(1) - 1) + 1
        if start >= name.end and ("-" in label[1] or words.text[label.start() :].lstrip()[0] == "("):
            yield Stated(name, start, end, "party", _LETTERS[label[2]])
    first = min((role.start for role in roles if role.end <= name.start), default=name.start)
    spans = [(max(0, first - 2), name.start, bool(roles))]
    spans += [(role.start, role.end, True) for role in roles if role.start >= name.end]
    if name.end + 2 < len(words) and words.texts[name.end] in {",", "("}:
        at = name.end + 1 + (words.lowers[name.end + 1] in {"a", "an", "the"})
        spans.append((at, min(len(words), at + 2), False))
    elif name.end + 1 < len(words) and words.lowers[name.end] == "of":
        spans.append((name.end + 1, min(len(words), name.end + 4), False))
    for start, limit, titled in spans:
        yield from _party_words(board, lexicon, name, start, limit, titled=titled)


def _party_words(
    board: Board, lexicon: Lexicon, name: Name, start: int, limit: int, *, titled: bool
) -> Iterator[Stated]:
    words = board.words
    for i in range(start, limit):
        found = lexicon.parties.match(words.texts, i, limit) if words.same_place(i, name.start) else None
        if found is None:
            continue
        end, (party, sure) = found
        if (sure or titled) and _is_whole(board, i, end):
            yield Stated(name, i, end, "party", party)
            return


def _is_whole(board: Board, start: int, end: int) -> bool:
    """Whether the words of a party are no part of another's name: "National | Iodine Nutrition study"."""
    other = board.at(start)
    if other is None or other.label == NORP:
        return True
    rest = board.words.lowers[end : other.end]
    return other.label != PERSON and other.start == start and all(word == "party" for word in rest)


def _nationalities(board: Board, roles: list[Stated]) -> Iterator[Stated]:
    """Of "the Latvian journalist X" and "X, a French singer": an office is of a country, an occupation tells a nationality."""
    for role in roles:
        country = role.place
        if role.kind == "occupation" and country is not None and country.known is not None and country.known.adjective:
            yield Stated(
                role.holder, country.start, country.end, "nationality", board.words.lowers[country.start], None, country
            )


def _known_as(board: Board, name: Name) -> Iterator[Stated]:
    """Behind "also known as", "nicknamed"."""
    words = board.words
    at = name.end
    limit = min(len(words), at + 7)
    while at < limit and (
        words.texts[at] in {",", "("} or words.tags[at].startswith("RB") or words.lowers[at] in _BEING
    ):
        at += 1
    if at >= limit or words.lowers[at] not in _KNOWN_AS:
        return
    at += 1
    while at < limit and (words.lowers[at] in {"as", "the", "by"} or words.mark[at]):
        at += 1
    end = words.capital_run(at, min(len(words), at + 5)) if at < len(words) and words.capital[at] else at
    if end > at:
        yield Stated(name, at, end, "alias", words.name(at, end))


def _years_old(board: Board, people: dict[int, Name], roles: list[Stated]) -> Iterator[Stated]:
    """Of "42-year-old Jane Roe", "Jane Roe, a 42-year-old lawyer", "Jane Roe is 42 years old"."""
    words = board.words
    ends = {name.end: name for name in people.values()}
    starts = {role.start: role.holder for role in roles}
    for match in _YEARS_OLD.finditer(words.text):
        start, end = words.word_at(match.start()), words.word_at(match.end() - 1) + 1
        if not 0 < int(match[1]) <= _OLDEST or words.quoted[start]:
            continue
        holder = _named_behind(board, people, starts, end) or _named_before(board, ends, start)
        if holder is not None:
            yield Stated(holder, start, end, "age", str(int(match[1])))


def _named_behind(board: Board, people: dict[int, Name], starts: dict[int, Name], end: int) -> Name | None:
    words = board.words
    for i in range(end, min(len(words), end + _REACH)):
        if i in people:
            return people[i]
        if i in starts and starts[i].start >= i:
            return starts[i]
        if words.tags[i][:2] not in {"NN", "JJ", "HY", "VB", "PO"} or not words.same_place(i, end - 1):
            return None
    return None


def _named_before(board: Board, ends: dict[int, Name], start: int) -> Name | None:
    words = board.words
    for i in range(start, max(0, start - 4), -1):
        if i in ends:
            return ends[i]
        if words.texts[i - 1] != "," and words.lowers[i - 1] not in {"a", "an", "the"} | _BEING:
            return None
    return None
