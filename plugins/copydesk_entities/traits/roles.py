"""What a story says beside a name that its bearer is: roles, affiliations, ages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from copydesk_entities.labels import LOC, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name
from copydesk_entities.text.words import Words
from copydesk_entities.traits.descriptions import descriptions_of
from copydesk_entities.traits.facts import facts_of, joint_titles
from copydesk_entities.traits.phrases import (
    CLOSING,
    Title,
    complement_end,
    is_closed,
    modifiers_start,
    names_in,
    phrase_from,
    title_before,
    title_ending_at,
)
from copydesk_entities.traits.stated import Stated
from copydesk_entities.traits.titles import normal_title

_COPULAS = word_set("copulas")
_MADE = word_set("appointed")
_SERVES = word_set("serves")
_INTRODUCING = word_set("introducing")
_NEGATIONS = word_set("negations")
_GRADES = word_set("grades")
_ROLES_TOO = word_set("courtesy_roles")
"""Courtesy titles that also say what somebody is: "Professor"."""
_BEING = _COPULAS | _SERVES | _MADE
_VERBAL = _BEING | word_set("auxiliaries") | _NEGATIONS
_LINKERS = frozenset(("of", "to", "for"))
_OPENING = frozenset((",", "(", "—", "–", "--", "―"))
_ARTICLES = frozenset(("a", "an", "the", "another", "one"))
_SMALL = _LINKERS | frozenset(("the", "and", "&", "-", ",", "'s", "’s"))
"""Words of a title in capitals that have none."""
_BEFORE_AGE, _BEHIND_AGE = frozenset(",("), frozenset(",.;)")
_OLDEST = 120
_BEFORE_OCCUPATIONS = frozenset(("the", "a", "an", "his", "her", "its", "their", "one"))


def find_traits(board: Board, institutions: list[Name], lexicon: Lexicon) -> list[Stated]:
    """All traits that the story states, in order of place, each span once."""
    outer = {name.start: name for name in institutions}
    found: dict[tuple[int, int, int], Stated] = {}
    for name in board.in_order():
        rules = (
            _of_person(board, lexicon, name, outer) if name.label == PERSON else descriptions_of(board, lexicon, name)
        )
        for role in rules:
            if role.end > role.start:
                found.setdefault((role.start, role.end, id(role.holder)), role)
    roles = list(found.values())
    for role in (*joint_titles(board, roles), *facts_of(board, lexicon, roles)):
        found.setdefault((role.start, role.end, id(role.holder)), role)
    return sorted(found.values(), key=lambda role: (role.start, role.end))


def _of_person(board: Board, lexicon: Lexicon, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    yield from _before(board, lexicon, name, outer)
    yield from _after(board, lexicon, name, outer)
    yield from _copula(board, lexicon, name, outer)
    yield from _affiliation(board, name, outer)
    yield from _age(board, name)


def _stated(board: Board, name: Name, title: Title, outer: dict[int, Name]) -> Stated:
    organisation, place = _belongs(board, title.start, title.end, outer)
    return Stated(name, title.start, title.end, title.kind, normal_title(board, title), organisation, place)


def stated_in_headline(board: Board, title: Title, holder: Name, institutions: list[Name]) -> Stated:
    """A role that a headline states without the name of its holder."""
    return _stated(board, holder, title, {name.start: name for name in institutions})


def _belongs(board: Board, start: int, end: int, outer: dict[int, Name]) -> tuple[Name | None, Name | None]:
    """The organisation and the place that a phrase names: a country before other places."""
    organisation = country = place = None
    for other in names_in(board, start, end):
        whole = outer.get(other.start)
        if whole is not None and whole.end <= end:
            organisation = organisation or whole
        if other.label == ORG:
            organisation = organisation or other
        if other.known is not None and other.known.country:
            country = country or other
        elif other.label == LOC:
            place = place or other
    return organisation, country or place


def _before(board: Board, lexicon: Lexicon, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    """Before the name, several titles one after another too: "French President", "Education Minister Prof.", "the mayor,"."""
    words, at = board.words, name.start
    for _ in range(4):
        at = _before_courtesy(words, lexicon, at)
        if not at or not words.same_place(at - 1, name.start):
            return
        if words.texts[at - 1] == ",":
            title = _before_comma(board, lexicon, name, at - 1)
            if title is not None:
                yield _stated(board, name, title, outer)
            return
        title = title_before(board, lexicon, at) or _with_complement(board, lexicon, at)
        if title is None:
            return
        if title.kind == "rank" and words.lowers[title.head - 1] not in _GRADES and _is_second(words, lexicon, title):
            title = replace(title, start=title.head)
        yield _stated(board, name, title, outer)
        at = title.start
        if at > 1 and words.lowers[at - 1] == "and" and words.tags[at - 2].startswith("NN"):
            at -= 1  # "the actress and activist X"


def _before_comma(board: Board, lexicon: Lexicon, name: Name, comma: int) -> Title | None:
    """Of "the mayor, Jane Roe,": only with an article or a possessive, and closed by punctuation."""
    if comma < 1 or (name.end < len(board.words) and board.words.texts[name.end] not in CLOSING):
        return None
    title = title_before(board, lexicon, comma) or _with_complement(board, lexicon, comma, any_words=True)
    introduced = title is not None and _introduced(board.words, title) and board.at(title.head) is None
    return title if introduced else None


def _before_courtesy(words: Words, lexicon: Lexicon, at: int) -> int:
    while at and words.lowers[at - 1] in lexicon.courtesy and words.lowers[at - 1] not in _ROLES_TOO:
        at -= 1
    if at > 1 and words.texts[at - 1] == "." and words.lowers[at - 2] in lexicon.courtesy:
        at -= 2
    return at


def _is_second(words: Words, lexicon: Lexicon, title: Title) -> bool:
    """Whether a title stands behind another: "Prime Minister General X". A grade belongs to the rank: "Chief Constable X"."""
    first = title_ending_at(words, lexicon, title.head)
    return first is not None and first[0] >= title.start and first[2] in {"office", "rank"}


def _introduced(words: Words, title: Title) -> bool:
    """Whether an article or a possessive stands before a title or opens it: "the mayor", "Apple's chief executive"."""
    if title.start and (words.lowers[title.start - 1] in _INTRODUCING or words.tags[title.start - 1] == "POS"):
        return True
    return "POS" in words.tags[title.start : title.head]


def _with_complement(board: Board, lexicon: Lexicon, end: int, *, any_words: bool = False) -> Title | None:
    """As in "Ambassador to the United States | Hamdullah Mohib", "Minister of Education | Stefania Giannini"."""
    words = board.words
    for i in range(end - 2, max(end - 12, 0), -1):
        if words.sentence[i] != words.sentence[end - 1] or words.tags[i] in {",", "."} or words.tags[i].startswith("V"):
            return None
        links = (
            words.lowers[i] in _LINKERS
            or (any_words and words.lowers[i] == "at")
            or words.lowers[i : i + 3] == ["in", "charge", "of"]
        )
        found = title_ending_at(words, lexicon, i) if links else None
        if found is None or board.at(i - 1) is not None:
            continue
        head, title, kind = found
        if complement_end(board, i, people=any_words) != end or not (any_words or _is_one_title(board, head, i, end)):
            return None
        return Title(modifiers_start(board, head), end, head, i, title, kind)
    return None


def _is_one_title(board: Board, head: int, complement: int, end: int) -> bool:
    """Whether a title is written with capitals to its end, or has nothing but a name behind it."""
    words = board.words
    if all(words.capital[j] or words.lowers[j] in _SMALL for j in range(head, end)):
        return True
    return all(board.at(j) is not None or words.lowers[j] in _LINKERS | {"the"} for j in range(complement, end))


def _after(board: Board, lexicon: Lexicon, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    """In apposition: "Jane Roe, the mayor of Leeds,", and "(spokesman for …)"."""
    words = board.words
    at = _behind_party(board, _behind_place(board, name.end))
    if at + 1 >= len(words) or words.texts[at] not in _OPENING:
        return
    at += 1
    if words.texts[at].isdigit() and at + 2 < len(words) and words.texts[at + 1] == ",":
        at += 2  # "Jane Roe, 42, a lawyer"
    for _ in range(4):
        introduced = words.lowers[at] in _ARTICLES
        title = phrase_from(board, lexicon, at)
        if title is None or title.kind == "rank" or not is_closed(board, title.end, introduced=introduced):
            return
        yield _stated(board, name, title, outer)
        at = title.end
        if at + 2 < len(words) and words.texts[at] == ",":
            at += 1
        elif at + 1 >= len(words) or words.lowers[at] != "and":
            return
        if words.lowers[at] == "and":
            at += 1


def _behind_place(board: Board, end: int) -> int:
    """Behind "of Kentucky": "Mitch McConnell of Kentucky, the majority leader"."""
    words = board.words
    place = board.at(end + 1) if end + 1 < len(words) and words.lowers[end] == "of" else None
    return place.end if place is not None and place.label == LOC else end


def _behind_party(board: Board, end: int) -> int:
    """Behind "(D-Nev.)": "Harry Reid (D-Nev.), the minority leader"."""
    words = board.words
    if end < len(words) and words.texts[end] == "(":
        close = next((i for i in range(end + 1, min(len(words), end + 8)) if words.texts[i] == ")"), end)
        if close + 1 < len(words) and words.texts[close + 1] == "," and words.texts[end + 1][:1] in {"D", "R", "I"}:
            return close + 1
    return end


def _copula(board: Board, lexicon: Lexicon, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    """As in "X is the mayor", "X, who was a teacher", "X was elected president", "X serves as director"."""
    words = board.words
    limit = min(len(words), name.end + 7)
    verb = _behind_who(words, name.start, name.end, limit)
    if verb is None:
        return
    said = _said_to_be(words, verb, limit)
    if said is None:
        return
    at, seen = said
    title = phrase_from(board, lexicon, at)
    if title is None or (title.kind == "rank" and words.lowers[at] not in {"a", "an", "the"}):
        return
    bare = words.lowers[at] not in _BEFORE_OCCUPATIONS and board.at(at) is None and not words.capital[at]
    if not (bare and seen in _COPULAS and title.kind == "occupation"):
        yield _stated(board, name, title, outer)
        if title.end + 1 < len(words) and words.lowers[title.end] == "and":
            second = phrase_from(board, lexicon, title.end + 1)
            if second is not None and second.kind != "rank" and is_closed(board, second.end, introduced=True):
                yield _stated(board, name, second, outer)


def _behind_who(words: Words, start: int, at: int, limit: int) -> int | None:
    """Where the verb begins that a name, or "who" behind it, is the subject of."""
    comma = at < limit and words.texts[at] == ","
    who = at + comma
    if who < limit and words.lowers[who] == "who":
        return who + 1
    # "His father-in-law, Jane Roe, was the mayor": the subject is the noun, and the name says who.
    apposed = comma and start and words.texts[start - 1] == "," and who < limit and words.lowers[who] in _COPULAS
    return who if apposed else None if comma else at


def _said_to_be(words: Words, verb: int, limit: int) -> tuple[int, str] | None:
    """Where the phrase begins that a verb at `verb` says somebody to be, and the verb's last word."""
    at, seen = verb, ""
    if words.lowers[at + 1 : at + 3] == ["forced", "to"]:
        at += 3  # "was forced to resign as"
    while at < limit and (words.tags[at] in {"RB", "MD"} or words.lowers[at] in _VERBAL):
        if words.lowers[at] in _NEGATIONS:
            return None
        if words.lowers[at] in _BEING:
            seen = words.lowers[at]
        at += 1
    if not seen or (seen in {"'s", "’s"} and words.tags[verb] == "POS"):
        return None
    if at < limit and words.lowers[at] == "as":
        at += 1
    elif seen in _SERVES:
        return None
    return (at, seen) if at < limit else None


def _affiliation(board: Board, name: Name, outer: dict[int, Name]) -> Iterator[Stated]:
    """As in "Russia's Sergei Lavrov", "Andrey Kartapolov of Russia's General Staff"."""
    words = board.words
    before = board.at(name.start - 2)
    if before is not None and before.end == name.start - 1 and words.lowers[name.start - 1] in {"'s", "’s"}:
        if before.label == LOC or _is_country(before):
            yield Stated(name, before.start, name.start, "affiliation", None, None, before)
        elif before.label == ORG:
            yield Stated(name, before.start, name.start, "affiliation", None, before, None)
    if name.end + 1 < len(words) and words.lowers[name.end] == "of":
        first = name.end + 1 + (words.lowers[name.end + 1] == "the")
        if board.at(first) is None:
            return
        end = _chain_of_names(board, first)
        organisation, place = _belongs(board, first, end, outer)
        if organisation is not None or (place is not None and board.at(first) is place):
            yield Stated(name, first, end, "affiliation", None, organisation, place)


def _is_country(name: Name) -> bool:
    return name.label in {LOC, ORG} and name.known is not None and name.known.country


def _chain_of_names(board: Board, start: int) -> int:
    """The end of names that stand one behind another, with possessives between them; no person's."""
    words = board.words
    end = start
    while end < len(words):
        other = board.at(end)
        if other is not None and other.label != PERSON:
            end = other.end
        elif words.lowers[end] in {"'s", "’s"} and board.at(end + 1) is not None:
            end += 1
        else:
            break
    return end


def _age(board: Board, name: Name) -> Iterator[Stated]:
    """As in "Jane Roe, 82, said": a number between commas or in brackets, and no result in a list of people."""
    words, at = board.words, name.end + 1
    if words.lowers[name.end : name.end + 2] == [",", "aged"] or words.lowers[name.end : name.end + 1] == ["aged"]:
        at = words.lowers.index("aged", name.end) + 1
        if at < len(words) and words.texts[at].isascii() and words.texts[at].isdigit() and len(words.texts[at]) < 4:
            yield Stated(name, at, at + 1, "age", str(int(words.texts[at])))
        return
    if at + 1 >= len(words) or words.texts[name.end] not in _BEFORE_AGE or words.texts[at + 1] not in _BEHIND_AGE:
        return
    text, other = words.texts[at], board.at(at + 2)
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_OLDEST))):
        return
    if 0 < int(text) <= _OLDEST and (other is None or other.label != PERSON):
        yield Stated(name, at, at + 1, "age", str(int(text)))
