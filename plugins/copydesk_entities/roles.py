"""Roles: what a story says that somebody is, beside the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from copydesk_entities.board import Board, Name
from copydesk_entities.labels import LOC, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, RoleKind, word_set
from copydesk_entities.phrases import (
    Title,
    complement_end,
    modifiers_start,
    names_in,
    phrase_from,
    title_before,
    title_ending_at,
)
from copydesk_entities.words import Words

Kind = RoleKind | Literal["affiliation", "description"]

_CLOSING = word_set("closing")
_COPULAS = word_set("copulas")
_MADE = word_set("appointed")
_SERVES = word_set("serves")
_SPELLING = {
    "foreign affairs": "foreign",
    "external affairs": "foreign",
    "internal affairs": "interior",
    "home affairs": "home",
    "defense": "defence",
}
_DROPPED = word_set("no_topic")
_INTRODUCING = word_set("introducing")
_NEGATIONS = word_set("negations")
_GRADES = word_set("grades")
_AUXILIARIES = word_set("auxiliaries")


@dataclass(frozen=True, slots=True)
class Stated:
    """A role at words [start, end), of the person or organisation of a name."""

    holder: Name
    start: int
    end: int
    kind: Kind
    title: str | None
    organisation: Name | None = None
    country: Name | None = None


def find_roles(board: Board, institutions: list[Name], lexicon: Lexicon) -> list[Stated]:
    """All roles that the story states, in order of place, each span once."""
    outer = {name.start: name for name in institutions}
    found: dict[tuple[int, int, int], Stated] = {}
    for name in board.in_order():
        rules = (
            _of_person(board, lexicon, name, outer) if name.label == PERSON else _of_organisation(board, lexicon, name)
        )
        for role in rules:
            if role.end > role.start:
                found.setdefault((role.start, role.end, id(role.holder)), role)
    return sorted(found.values(), key=lambda role: (role.start, role.end))


def _of_person(board: Board, lexicon: Lexicon, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    yield from _before(board, lexicon, name, outer)
    yield from _after(board, lexicon, name, outer)
    yield from _copula(board, lexicon, name, outer)
    yield from _affiliation(board, name, outer)


def _stated(board: Board, name: Name, title: Title, outer: dict[int, Name]) -> Stated:
    organisation, country = _belongs(board, title.start, title.end, outer)
    return Stated(name, title.start, title.end, title.kind, normal_title(board, title), organisation, country)


def stated_in_headline(board: Board, title: Title, holder: Name, institutions: list[Name]) -> Stated:
    """A role that a headline states without the name of its holder."""
    return _stated(board, holder, title, {name.start: name for name in institutions})


def _belongs(board: Board, start: int, end: int, outer: dict[int, Name]) -> tuple[Name | None, Name | None]:
    organisation = country = None
    for other in names_in(board, start, end):
        whole = outer.get(other.start)
        if whole is not None and whole.end <= end:
            organisation = organisation or whole
        if other.label == ORG:
            organisation = organisation or other
        if other.known is not None and other.known.country:
            country = country or other
    return organisation, country


def normal_title(board: Board, title: Title) -> str:
    """The normal form: "foreign minister" for "Russian Foreign Affairs Minister" and "minister of foreign affairs"."""
    words = board.words
    parts: list[str] = []
    i = title.start
    while i < title.head:
        name = board.at(i)
        if name is not None:
            i = name.end
            continue
        if words.lowers[i] not in _DROPPED or (words.texts[i] == "-" and parts):
            parts.append(words.lowers[i])
        i += 1
    joined = bool(parts) and parts[-1] == "-"
    before = " ".join(parts).replace(" - ", "-").strip(" -'’")
    head = f"{before}-{title.title}" if joined and before else title.title
    before = "" if joined else before
    topic = ""
    if (
        title.head_end < title.end
        and words.lowers[title.head_end] in {"of", "for"}
        and head.endswith(("minister", "secretary", "undersecretary"))
    ):
        topic_words = []
        for i in range(title.head_end + 1, title.end):
            if words.lowers[i] in {"of", "in", "at", "from"}:
                break
            if words.lowers[i] != "the" and board.at(i) is None:
                topic_words.append(words.lowers[i])
        topic = " ".join(topic_words)
    for long, short in _SPELLING.items():
        before = before.replace(long, short)
        topic = topic.replace(long, short)
    return " ".join(part for part in (before, topic, head) if part)


def _before(board: Board, lexicon: Lexicon, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    """Before the name, several titles one after another too: "French President", "Education Minister Prof.", "the mayor,"."""
    words = board.words
    at = name.start
    if at and words.texts[at - 1] == "," and at >= 2:
        # "the mayor, Jane Roe,": only with an article or a possessive, and closed by punctuation.
        closed = name.end >= len(words) or words.texts[name.end] in _CLOSING
        title = title_before(board, lexicon, at - 1)
        if closed and title is not None and _introduced(words, title.start) and board.at(title.head) is None:
            yield _stated(board, name, title, outer)
        return
    for _ in range(4):
        while at and words.lowers[at - 1] in lexicon.courtesy:
            at -= 1
        if at > 1 and words.texts[at - 1] == "." and words.lowers[at - 2] in lexicon.courtesy:
            at -= 2
        if (
            not at
            or words.line[at - 1] != words.line[name.start]
            or words.sentence[at - 1] != words.sentence[name.start]
        ):
            return
        title = title_before(board, lexicon, at) or _with_complement(board, lexicon, at)
        if title is None:
            return
        inner = title_ending_at(words, lexicon, title.head)
        separate = inner is not None and inner[0] >= title.start and inner[2] in {"office", "rank"}
        if separate and title.kind == "rank" and words.lowers[title.head - 1] not in _GRADES:
            # "Prime Minister General X": two titles. A grade belongs to the rank: "Chief Constable X".
            title = replace(title, start=title.head)
        yield _stated(board, name, title, outer)
        at = title.start


def _introduced(words: Words, start: int) -> bool:
    before = words.lowers[start - 1] if start else ""
    return before in _INTRODUCING or (start < len(words) and words.tags[start - 1] == "POS")


def _with_complement(board: Board, lexicon: Lexicon, end: int) -> Title | None:
    """As in "Ambassador to the United States | Hamdullah Mohib", "Minister of Education | Stefania Giannini"."""
    words = board.words
    for i in range(end - 2, max(end - 9, 0), -1):
        if words.sentence[i] != words.sentence[end - 1] or words.tags[i] in {",", "."} or words.tags[i].startswith("V"):
            return None
        if words.lowers[i] not in {"of", "to", "for"}:
            continue
        found = title_ending_at(words, lexicon, i)
        if found is None or board.at(i - 1) is not None:
            continue
        if complement_end(board, i) != end:
            return None
        capital = all(
            words.capital[j] or words.lowers[j] in {"of", "for", "to", "the", "and", "&", "-", ",", "'s", "’s"}
            for j in range(found[0], end)
        )
        if not capital and not all(
            board.at(j) is not None or words.lowers[j] in {"the", "of", "to", "for"} for j in range(i, end)
        ):
            return None
        head, title, kind = found
        return Title(modifiers_start(board, head), end, head, i, title, kind)
    return None


def _after(board: Board, lexicon: Lexicon, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    """In apposition: "Jane Roe, the mayor of Leeds,", and "(spokesman for …)"."""
    words = board.words
    at = name.end
    if at + 1 >= len(words) or words.texts[at] not in {",", "(", "—", "–"}:
        return
    at += 1
    for _ in range(3):
        title = phrase_from(board, lexicon, at)
        if title is None or title.kind == "rank" or not _closed(board, title.end):
            return
        yield _stated(board, name, title, outer)
        at = title.end
        if at + 1 >= len(words) or words.lowers[at] != "and":
            return
        at += 1


def _closed(board: Board, end: int) -> bool:
    """Whether the phrase ends here: at punctuation, "who" or "and", and not before a name of somebody else."""
    words = board.words
    if end >= len(words):
        return True
    if words.texts[end].isspace():
        return True
    return words.texts[end] in _CLOSING or words.lowers[end] in _CLOSING


def _copula(board: Board, lexicon: Lexicon, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    """As in "X is the mayor", "X, who was a teacher", "X was elected president", "X serves as director"."""
    words = board.words
    at, limit = name.end, min(len(words), name.end + 7)
    if at < limit and words.texts[at] == ",":
        at += 1
        if at >= limit or words.lowers[at] != "who":
            return
    if at < limit and words.lowers[at] == "who":
        at += 1
    verb = at
    seen = ""
    while at < limit and (
        words.tags[at] in {"RB", "MD"} or words.lowers[at] in _COPULAS | _SERVES | _MADE | _AUXILIARIES | _NEGATIONS
    ):
        if words.lowers[at] in _NEGATIONS:
            return
        if words.lowers[at] in _COPULAS | _SERVES | _MADE:
            seen = words.lowers[at]
        at += 1
    if not seen or verb == at:
        return
    if seen in {"'s", "’s"} and words.tags[verb] == "POS":
        return
    if at < limit and words.lowers[at] == "as":
        at += 1
    elif seen in _SERVES:
        return
    if at >= limit:
        return
    title = phrase_from(board, lexicon, at)
    if title is None or (title.kind == "rank" and words.lowers[at] not in {"a", "an", "the"}):
        return
    if (
        seen in _COPULAS
        and words.lowers[at] not in {"the", "a", "an", "his", "her", "its", "their", "one"}
        and board.at(at) is None
        and title.kind == "occupation"
    ):
        return
    yield _stated(board, name, title, outer)


def _affiliation(board: Board, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    """As in "Russia's Sergei Lavrov", "Andrey Kartapolov of Russia's General Staff"."""
    words = board.words
    before = board.at(name.start - 2) if name.start >= 2 else None
    if (
        before is not None
        and before.end == name.start - 1
        and words.lowers[name.start - 1] in {"'s", "’s"}
        and before.label in {LOC, ORG}
    ):
        known_country = before.known is not None and before.known.country
        if known_country or before.label == ORG:
            yield Stated(
                name,
                before.start,
                name.start,
                "affiliation",
                None,
                None if known_country else before,
                before if known_country else None,
            )
    if name.end + 1 < len(words) and words.lowers[name.end] == "of":
        first = name.end + 1 + (words.lowers[name.end + 1] == "the")
        if first >= len(words) or board.at(first) is None:
            return
        end = first
        while end < len(words):
            other = board.at(end)
            if other is not None and other.label != PERSON:
                end = other.end
            elif words.lowers[end] in {"'s", "’s"} and end + 1 < len(words) and board.at(end + 1) is not None:
                end += 1
            else:
                break
        organisation, country = _belongs(board, first, end, outer)
        if organisation is not None or (country is not None and board.at(first) is country):
            yield Stated(name, first, end, "affiliation", None, organisation, country)


def _of_organisation(board: Board, lexicon: Lexicon, name: Name) -> Iterator[Stated]:
    """As in "state news outlet Tass", "France Inter radio", "Tass, a state news agency"."""
    if name.label != ORG:
        return
    words = board.words
    if name.start and words.lowers[name.start - 1] in lexicon.outlet_nouns and not words.capital[name.start - 1]:
        start = modifiers_start(board, name.start - 1)
        yield _description(board, name, start, name.start)
    end = name.end
    if end < len(words) and words.lowers[end] in lexicon.outlet_nouns and not words.capital[end]:
        last = end + 1
        while last < len(words) and words.lowers[last] in lexicon.outlet_nouns and words.tags[last] == "NN":
            last += 1
        if last >= len(words) or words.tags[last] not in {"NN", "NNS", "POS"}:
            yield _description(board, name, end, last)
    if end + 2 < len(words) and words.texts[end] == "," and words.lowers[end + 1] in {"a", "an", "the"}:
        i = start = end + 2
        while i < min(len(words), start + 8) and (
            words.tags[i] in {"JJ", "NN", "HYPH", "NNP", "VBN", "POS", "JJS"} or board.at(i) is not None
        ):
            i += 1
        if i > start and words.lowers[i - 1] in lexicon.outlet_nouns and _closed(board, i):
            yield _description(board, name, start, i)


def _description(board: Board, name: Name, start: int, end: int) -> Stated:
    words = board.words
    inside = [i for i in range(start, end) if board.at(i) is None and words.lowers[i] not in {"'s", "’s"}]
    title = " ".join(words.lowers[i] for i in inside).replace(" - ", "-") or None
    countries = [n for n in names_in(board, start, end) if n.known is not None and n.known.country]
    return Stated(name, start, end, "description", title, None, countries[0] if countries else None)
