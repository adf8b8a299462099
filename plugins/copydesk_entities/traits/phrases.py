"""Noun phrases that say what somebody is: read from tags, so that any parser's scheme will do.

the | former Russian | foreign minister | of … | ,
start  modifiers       head               complement
"""

from __future__ import annotations

from dataclasses import dataclass

from copydesk_entities.labels import LOC, NORP, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, RoleKind, lexicon, word_set
from copydesk_entities.names.board import Board, Name, title_end
from copydesk_entities.text.words import Words

CLOSING = word_set("closing")
"""What closes an apposition: punctuation, "who"."""
_MODIFIERS = word_set("modifier_tags")
_NOMINAL = _MODIFIERS - {"RB", "CD", "VBG"}
_BEFORE_TITLES = word_set("nouns_before_titles") | word_set("portfolios")
"""Nouns in lower case that go with a title in capitals."""
_BEFORE_NAMES = frozenset(("in", "on", "with", "from"))
"""Prepositions that belong to a title only before a name."""
_DETERMINERS = word_set("determiners")
_STILL = word_set("adverbs_of_still_being")
_PREPOSITIONS = word_set("complement_prepositions")
_PARTICIPLES = word_set("title_participles")
_OWNERS = frozenset((ORG, LOC, NORP))
_OF_PEOPLE = frozenset(("of", "to", "for"))
_IN_CHARGE = ["in", "charge", "of"]
_MAX = 12
"""Words in a phrase."""


@dataclass(frozen=True, slots=True)
class Title:
    """A phrase that names a role: words [start, end), its head at [head, head_end)."""

    start: int
    end: int
    head: int
    head_end: int
    title: str
    kind: RoleKind


def title_ending_at(words: Words, lexicon: Lexicon, end: int) -> tuple[int, str, RoleKind] | None:
    """The title whose last word is the one before `end`: its first word, its normal form and its kind."""
    if end <= 0:
        return None
    for length in lexicon.title_lengths.get(words.lowers[end - 1], ()):
        found = lexicon.titles.get(tuple(words.lowers[end - length : end])) if length <= end else None
        if found is not None:
            return end - length, *found
    return None


def _plural_ending_at(words: Words, lexicon: Lexicon, end: int) -> tuple[int, str, RoleKind] | None:
    """The title in the singular whose plural ends before `end`: "one of the | founders"."""
    last = words.lowers[end - 1]
    if not last.endswith("s"):
        return None
    for length in lexicon.title_lengths.get(last[:-1], ()):
        found = lexicon.titles.get((*words.lowers[max(0, end - length) : end - 1], last[:-1]))
        if found is not None:
            return end - length, *found
    return None


def title_before(board: Board, lexicon: Lexicon, end: int) -> Title | None:
    """The title phrase that ends just before a name: "former Russian Foreign Affairs Minister | Laurent Fabius"."""
    words = board.words
    found = title_ending_at(words, lexicon, end)
    if found is None:
        return None
    head, title, kind = found
    return Title(modifiers_start(board, head), end, head, end, title, kind)


def modifiers_start(board: Board, head: int) -> int:
    """Where the modifiers of a head begin: "former Russian | chief"."""
    words = board.words
    floor = max(head - _MAX, 0)
    start = head
    owned = not words.capital[head]
    # "Clinton spokesman Roe": a title with a capital has a holder of its own.
    while start > floor:
        name = board.at(start - 1)
        if name is None and words.lowers[start] == "former" and words.tags[start - 1] not in {"POS", "JJ"}:
            break
        if name is None and _modifies(board, start - 1, head):
            start -= 1
        elif name is not None and name.end <= start and (name.label in _OWNERS or owned):
            start = name.start
        else:
            break
    start += start < head and words.texts[start] == "-"
    if start > 1 and words.lowers[start - 2 : start] == ["then", "-"]:
        start -= 2
    while start < head and (words.texts[start] in {"-", "'s", "’s"} or words.lowers[start] in _DETERMINERS):
        start += 1
    return start


def _modifies(board: Board, i: int, head: int) -> bool:
    """Whether a word that is no name may be a modifier of the head behind it."""
    words, tag = board.words, board.words.tags[i]
    if not words.same_place(i, head) or words.mark[i] or tag not in _NOMINAL:
        return False
    if tag == "POS":
        return board.at(i - 1) is not None or (words.tags[i - 1] == "NN" and not words.capital[i - 1])
    if tag == "NNS" and words.lowers[i][:-1] in lexicon().person_heads:
        return False  # "rivals | Sen. Roe"
    if tag == "NN" and words.capital[head] and not words.capital[i] and words.lowers[i] not in _BEFORE_TITLES:
        return False  # "the reason | President Roe left"; but "Tulsa police Chief Roe"
    return tag != "VBN" or words.lowers[i] in _PARTICIPLES


def phrase_from(board: Board, lexicon: Lexicon, at: int) -> Title | None:
    """The title phrase that begins at a word, determiner and complement included: "now the mayor of Leeds"."""
    words = board.words
    i, limit = at, min(len(words), at + _MAX)
    while i < limit and words.lowers[i] in _STILL:
        i += 1
    one_of = words.lowers[i : i + 2] == ["one", "of"]
    i += 2 * one_of
    if i < limit and words.lowers[i] in _DETERMINERS:
        i += 1
    start = i
    while i < limit and words.line[i] == words.line[at]:
        name = board.at(i)
        if name is not None and name.label == PERSON and not _modifies_noun(words, name):
            return None
        if name is not None:
            i = name.end
            continue
        if words.tags[i] not in _MODIFIERS:
            break
        i += 1
    if i == start or i > len(words):
        return None
    found = _plural_ending_at(words, lexicon, i) if one_of else title_ending_at(words, lexicon, i)
    if found is None or found[0] < start:
        return None
    head, title, kind = found
    if board.at(head) is not None:
        return None
    longer = None if one_of else lexicon.offices.match(words.lowers, head)
    if longer is not None and longer[0] > i and board.free(i, longer[0]):
        (i, title), kind = longer, "office"  # "secretary | of state"
    return Title(start, complement_end(board, i, people=True), head, i, title, kind)


def _modifies_noun(words: Words, name: Name) -> bool:
    """Whether a noun follows a person's name: "a former Obama administration official"."""
    behind = words.tags[name.end] if name.end < len(words) else ""
    return behind in {"NN", "NNS", "POS"} and words.line[name.end] == words.line[name.start]


def complement_end(board: Board, at: int, *, people: bool = False) -> int:
    """The end of what follows a head: "of the Bank of Ghana", "for the ministry in Moscow"; with `people`, "for Jane Roe"."""
    words = board.words
    end = at
    for _ in range(3):
        if end >= len(words) or words.lowers[end] not in _PREPOSITIONS or words.line[end] != words.line[at - 1]:
            break
        charge = words.lowers[end : end + 3] == _IN_CHARGE
        first = end + 3 if charge else end + 1
        if first < len(words) and words.lowers[first] in _DETERMINERS:
            first += 1
        last = _complement_phrase_end(board, first)
        person = board.at(last)
        if people and person is not None and person.label == PERSON and words.lowers[end] in _OF_PEOPLE:
            end = person.end  # "a lawyer for Mrs. Roe", "chief of staff to President Jane Roe"
            break
        common = words.lowers[end] in _BEFORE_NAMES and not charge and board.at(first) is None
        if last == first or common:
            break
        end = last
    while end > at and words.texts[end - 1] in {"'s", "’s", "-", "'", "’"}:
        end -= 1
    return end


def _complement_phrase_end(board: Board, first: int) -> int:
    words = board.words
    i = first
    while i < len(words) and i < first + _MAX:
        name = board.at(i)
        if name is not None:
            if name.label == PERSON and not _modifies_noun(words, name):
                break
            i = name.end
            continue
        if i > first and _is_title_of_person(board, i):
            break
        nominal = (words.tags[i] in _NOMINAL or _is_year(words, i, first)) and words.line[i] == words.line[first]
        if not nominal and (i == first or not (_joins_capitals(board, i) or _joins_nouns(board, i))):
            break
        i += 1
    return i


def _is_title_of_person(board: Board, i: int) -> bool:
    """Whether a title begins here that has its holder behind it: "Minister of Defence | Gen. Roe"."""
    if not board.words.capital[i]:
        return False
    end = title_end(board.words, lexicon(), i, len(board.words))
    holder = None if end is None else board.at(end)
    return holder is not None and holder.label == PERSON and holder.start == end


def _is_year(words: Words, i: int, first: int) -> bool:
    """Whether a number stands inside a phrase: "Jane Roe's 2016 presidential campaign"."""
    return i > first and words.tags[i] == "CD" and i + 1 < len(words) and words.tags[i + 1] in {"JJ", "NN"}


def _joins_capitals(board: Board, i: int) -> bool:
    """As "and" in "Ministry of Health and Welfare"."""
    words = board.words
    if words.lowers[i] not in {"and", "&"} or i + 1 >= len(words) or board.at(i + 1) is not None:
        return False
    return words.capital[i - 1] and words.capital[i + 1]


def _joins_nouns(board: Board, i: int) -> bool:
    """As "and" in "professor of law and public policy at …"."""
    words = board.words
    if words.lowers[i] != "and" or not words.tags[i - 1].startswith("NN") or words.capital[i - 1]:
        return False
    for j in range(i + 1, min(len(words), i + 4)):
        if board.at(j) is not None or words.lowers[j] in _DETERMINERS:
            return False
        if words.tags[j] not in {"NN", "NNS", "JJ"}:
            return j > i + 1 and words.lowers[j] in {"at", "for"}
    return False


def names_in(board: Board, start: int, end: int) -> list[Name]:
    """The names inside a phrase."""
    found: list[Name] = []
    i = start
    while i < end:
        name = board.at(i)
        if name is None:
            i += 1
        else:
            found.append(name)
            i = max(name.end, i + 1)
    return found


def is_closed(board: Board, end: int, *, introduced: bool = False) -> bool:
    """Whether the phrase ends here: at punctuation, "who" or "and", and not before a name of somebody else.

    One that an article introduces may have a preposition or a relative clause behind it: "an expert | on trade".
    """
    words = board.words
    if end >= len(words) or words.texts[end].isspace() or words.lowers[end] in CLOSING:
        return True
    return introduced and (words.tags[end] in {"IN", "TO", "WDT", "WP", "WRB"} or words.lowers[end] == "that")
