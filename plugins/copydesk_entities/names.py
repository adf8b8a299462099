"""Names: what the model calls names, corrected where news text is regular.

A board holds the names of a document, none overlapping another. Each rule reads the words, and
places, changes or removes names. The order of the rules is the order of their certainty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from copydesk_entities.labels import LOC, NORP, ORG, PERSON, common_label
from copydesk_entities.lexicon import Known, Lexicon
from copydesk_entities.words import PARTICLES, POSSESSIVES, Words

_ARTICLES = frozenset(("the", "a", "an"))
_EDGE = frozenset("“”‘’«»\"'()[]{},.;:!?-–—/*•|")
_LINKERS = frozenset(("of", "for"))
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_ROMAN = frozenset("I II III IV V VI VII VIII IX X XI XII".split())
_MAX_WORDS = 14
"""No name is longer; what a model marks beyond that is not looked at twice."""


@dataclass(slots=True, eq=False)
class Name:
    """A name at words [start, end)."""

    start: int
    end: int
    label: str
    known: Known | None = None
    link: str | None = None
    fixed: bool = False
    """The user's own patterns: no rule changes them."""
    short_for: Name | None = None
    """The full name that this acronym stands for."""


@dataclass(slots=True)
class Board:
    """The names of a document: none overlaps another."""

    words: Words
    names: list[Name | None] = field(default_factory=list)
    _owner: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._owner = [-1] * len(self.words)

    def __iter__(self) -> Iterator[Name]:
        return (name for name in self.names if name is not None)

    def at(self, i: int) -> Name | None:
        """The name that holds word `i`."""
        return self.names[self._owner[i]] if 0 <= i < len(self._owner) and self._owner[i] >= 0 else None

    def free(self, start: int, end: int) -> bool:
        """Whether no name holds a word of [start, end)."""
        return all(owner < 0 for owner in self._owner[start:end])

    def place(self, name: Name) -> bool:
        """Put a name in the place of all that it overlaps; not where one of those is fixed."""
        if name.end <= name.start:
            return False
        owners = {owner for owner in self._owner[name.start : name.end] if owner >= 0}
        if any(other is not None and other.fixed for other in map(self.names.__getitem__, owners)):
            return False
        for owner in owners:
            self._lift(owner)
        self._owner[name.start : name.end] = [len(self.names)] * (name.end - name.start)
        self.names.append(name)
        return True

    def remove(self, name: Name) -> None:
        """Take a name off."""
        if not name.fixed:
            self._lift(self._owner[name.start])

    def resize(self, name: Name, start: int, end: int) -> None:
        """Move the edges of a name, over other names if need be."""
        if name.fixed or (start, end) == (name.start, name.end):
            return
        self.remove(name)
        name.start, name.end = start, end
        self.place(name)

    def _lift(self, owner: int) -> None:
        name = self.names[owner]
        if name is not None:
            self._owner[name.start : name.end] = [-1] * (name.end - name.start)
            self.names[owner] = None

    def in_order(self) -> list[Name]:
        """The names by place."""
        return sorted(self, key=lambda name: name.start)


def find_names(words: Words, lexicon: Lexicon, fixed: list[Name] | None = None) -> Board:
    """All names of a document."""
    board = Board(words)
    for name in fixed or ():
        if board.free(name.start, name.end):
            board.place(name)
    _from_model(board, lexicon)
    _from_lists(board, lexicon)
    _titled_people(board, lexicon)
    _organisations_of(board, lexicon)
    _head_nouns(board, lexicon)
    _lower_places(board, lexicon)
    _acronyms_in_brackets(board)
    _same_name_same_label(board, lexicon)
    _short_forms(board, lexicon)
    _shouted_lines(board)
    return board


def _from_model(board: Board, lexicon: Lexicon) -> None:
    """The model's names, without articles, possessives, titles and stray punctuation."""
    words = board.words
    for ent in words.doc.ents:
        label = common_label(ent.label_)
        if label is None or ent.end <= ent.start:
            continue
        start = words.first_word[ent.start]
        end = words.first_word[ent.end] if ent.end < len(words.doc) else len(words)
        for first, last in _lines(words, start, end):
            for name in _trimmed(words, lexicon, first, last, label):
                if board.free(name.start, name.end):
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
    start, end = _edges(words, start, end)
    if label == PERSON:
        # "Russia's Sergei Lavrov": two names.
        for i in range(start + 1, min(end - 1, start + _MAX_WORDS)):
            if words.lowers[i] in {"'s", "’s"} and words.capital[i + 1]:
                owner = known_at(words, lexicon, start, i)
                yield Name(start, i, owner.label if owner else PERSON)
                start = i + 1
                break
        start = _after_titles(words, lexicon, start, end)
    if start < end:
        yield Name(start, end, label)


def _edges(words: Words, start: int, end: int) -> tuple[int, int]:
    while start < end and (words.lowers[start] in _ARTICLES or words.texts[start] in _EDGE):
        start += 1
    while end > start and (
        words.lowers[end - 1] in POSSESSIVES
        or (words.texts[end - 1] in _EDGE and not (words.texts[end - 1] == "." and _keeps_stop(words, start, end)))
    ):
        end -= 1
    return start, end


def _keeps_stop(words: Words, start: int, end: int) -> bool:
    """Whether the full stop that ends a name belongs to it: "Inc.", "Jr."."""
    return end - start > 1 and words.joined(end - 1) and words.lowers[end - 2] in {"inc", "corp", "co", "ltd", "jr", "sr"}


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


def title_end(words: Words, lexicon: Lexicon, at: int, limit: int) -> int | None:
    """The end of the title that begins at a word: courtesy title, rank, office or occupation."""
    ends = [
        found[0]
        for book in (lexicon.ranks, lexicon.offices)
        if (found := book.match(words.lowers, at, limit)) is not None
    ]
    if words.lowers[at] in lexicon.courtesy:
        stop = at + 1 < limit and words.texts[at + 1] == "." and words.joined(at + 1)
        ends.append(at + 2 if stop else at + 1)
    return max(ends, default=None)


def known_at(words: Words, lexicon: Lexicon, start: int, end: int) -> Known | None:
    """What the word lists know of exactly these words; a shouted line is read as if it were not."""
    found = lexicon.known.get(tuple(words.texts[start:end]))
    if found is None and words.shouted[start]:
        found = lexicon.known.get(tuple(text.capitalize() for text in words.texts[start:end]))
    return found


def _from_lists(board: Board, lexicon: Lexicon) -> None:
    """Countries, their adjectives, peoples and well-known organisations: missing ones placed, labels corrected."""
    words = board.words
    texts = words.texts
    i = 0
    while i < len(words):
        found = lexicon.known.match(texts, i)
        if found is None or _is_word_not_name(words, i, found):
            i += 1
            continue
        end, known = found
        name = board.at(i)
        if name is None and board.free(i, end):
            if known.sure and not _goes_on(board, i, end):
                board.place(Name(i, end, known.label, known))
        elif name is not None and name.start >= i and name.end <= end:
            label = known.label if known.sure or name.label not in {PERSON, ORG} else name.label
            if not name.fixed and label == known.label:
                board.place(Name(i, end, label, known))
        i = end
    for name in board:
        if name.known is None:
            found_known = known_at(words, lexicon, name.start, name.end)
            if found_known is not None and found_known.label == name.label:
                name.known = found_known


def _is_word_not_name(words: Words, i: int, found: tuple[int, Known]) -> bool:
    """On a line in capitals "US", "IS" and "WHO" may be plain words."""
    return words.shouted[i] and found[0] == i + 1 and len(words.texts[i]) <= 3


def _goes_on(board: Board, start: int, end: int) -> bool:
    """Whether capitals before or after it make it part of a longer name: "South China Sea", "Bank of China"."""
    words = board.words
    after = end < len(words) and words.capital[end] and words.tags[end] in {"NNP", "NNPS"} and not words.opens[end]
    before = start > 0 and words.capital[start - 1] and not words.opens[start - 1] and words.tags[start - 1] == "NNP"
    return (after and board.at(end) is None and _name_like(words, end)) or (
        before and board.at(start - 1) is None and _name_like(words, start - 1)
    )


def _name_like(words: Words, i: int) -> bool:
    return not words.is_acronym(i) and words.lowers[i] not in _SUFFIXES


def _titled_people(board: Board, lexicon: Lexicon) -> None:
    """Who stands behind a title is a person: "General Kartapolov", "Mr Smith"."""
    words = board.words
    i = 0
    while i < len(words):
        after = title_end(words, lexicon, i, len(words)) if words.capital[i] else None
        if after is None:
            i += 1
            continue
        i = after
        if after >= len(words) or not words.capital[after] or words.shouted[after] or words.opens[after]:
            continue
        name = board.at(after)
        if name is None:
            courtesy_or_rank = words.lowers[after - 1] in lexicon.courtesy or words.texts[after - 1] == "."
            end = words.capital_run(after, min(after + 5, len(words)))
            if not board.free(after, end) or words.is_acronym(after):
                continue
            if courtesy_or_rank or words.tags[after] in {"NNP", "NNPS"}:
                if title_end(words, lexicon, after, end) is None and not _ends_as_organisation(words, lexicon, end):
                    board.place(Name(after, end, PERSON))
        elif name.start == after and name.label in {ORG, LOC, NORP} and not name.fixed:
            exact = known_at(words, lexicon, name.start, name.end)
            if exact is None and not _ends_as_organisation(words, lexicon, name.end) and words.texts[after - 1].lower() in lexicon.courtesy:
                name.label = PERSON
        elif name.start < after < name.end and name.label == PERSON:
            board.resize(name, after, name.end)


def _ends_as_organisation(words: Words, lexicon: Lexicon, end: int) -> bool:
    last = words.lowers[end - 1]
    return last in lexicon.organisation_nouns or last in lexicon.place_nouns


def _organisations_of(board: Board, lexicon: Lexicon) -> None:
    """"Bank of Ghana", "Ministry of Foreign Affairs", "University of Oxford": one organisation."""
    words = board.words
    for i in range(1, len(words) - 1):
        if words.lowers[i] not in _LINKERS or not words.capital[i - 1] or words.shouted[i]:
            continue
        if words.lowers[i - 1] not in lexicon.organisation_nouns:
            continue
        after = i + 1
        if words.lowers[after] == "the" and after + 1 < len(words):
            after += 1
        if not words.capital[after] or words.opens[after]:
            continue
        end = words.capital_run(after, min(after + 6, len(words)))
        holder = board.at(after)
        if holder is not None:
            end = max(end, holder.end) if holder.label != PERSON else end
        end = _and_more(words, end)
        start = i - 1
        while start > 0 and start > i - 5 and words.capital[start - 1] and not words.opens[start - 1] and words.tags[start - 1] in {"NNP", "NNPS", "JJ"}:
            start -= 1
        first = board.at(start)
        if first is not None:
            start = min(start, first.start) if first.end >= i - 1 else start
        start, end = _edges(words, start, end)
        whole = board.at(start)
        if whole is not None and whole.start <= start and whole.end >= end:
            continue
        board.place(Name(start, end, ORG))


def _and_more(words: Words, end: int) -> int:
    """"Ministry of Health and Welfare": the end behind one more "and Capital"."""
    if end + 1 < len(words) and words.lowers[end] in {"and", "&"} and words.capital[end + 1] and words.tags[end + 1] in {"NNP", "NNPS"}:
        last = words.lowers[end - 1]
        if last.endswith(("affairs", "health", "science", "education", "trade", "justice", "transport", "research", "industry", "food", "culture", "energy")):
            return words.capital_run(end + 1, min(end + 4, len(words)))
    return end


def _head_nouns(board: Board, lexicon: Lexicon) -> None:
    """The last noun tells the kind: "Foreign Ministry" is an organisation, "Blue Nile River" a place."""
    words = board.words
    for name in board.in_order():
        if name.fixed:
            continue
        end = name.end
        grown = end < len(words) and words.capital[end] and not words.opens[end] and not words.shouted[end] and board.free(end, end + 1)
        if grown and name.label in {ORG, LOC, NORP}:
            last = words.lowers[end]
            if last in lexicon.organisation_nouns and last not in {"news", "times", "press", "team"}:
                board.resize(name, name.start, end + 1)
                name.label, name.known = ORG, None
            elif last in lexicon.place_nouns and name.label == LOC:
                board.resize(name, name.start, end + 1)
                name.known = None
        if name.end - name.start > 1 and name.known is None:
            last = words.lowers[name.end - 1]
            if name.label in {LOC, NORP} and words.capital[name.end - 1] and last in lexicon.organisation_nouns:
                name.label = ORG
            elif name.label in {ORG, NORP} and last in lexicon.place_nouns and last not in {"city", "park", "county", "port", "bay"}:
                name.label = LOC


def _acronyms_in_brackets(board: Board) -> None:
    """"World Health Organization (WHO)": the acronym is the organisation's name too."""
    words = board.words
    for i in range(1, len(words) - 2):
        if words.texts[i] != "(" or not words.is_acronym(i + 1) or words.texts[i + 2] not in {")", ",", ";"}:
            continue
        start = initials_start(words, i, words.texts[i + 1])
        if start is None:
            continue
        start, end = _edges(words, start, i)
        if end - start < 2:
            continue
        covering = board.at(end - 1)
        label = covering.label if covering is not None and covering.label in {ORG, LOC} and covering.known is None else ORG
        whole = covering if covering is not None and covering.start <= start and covering.end == end else Name(start, end, label)
        if whole is not covering and not board.place(whole):
            continue
        board.place(Name(i + 1, i + 2, whole.label, short_for=whole))


_SKIPPED_IN_ACRONYMS = frozenset("of for the and on in to de la &".split())


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


def _same_name_same_label(board: Board, lexicon: Lexicon) -> None:
    """One string has one label in a story: the one that most of its mentions and its full form have."""
    words = board.words
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in board:
        votes[words.name(name.start, name.end).casefold()][name.label] += 2
        if name.label == PERSON and name.end - name.start > 1:
            votes[surname(words, name)][PERSON] += 3
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


def _short_forms(board: Board, lexicon: Lexicon) -> None:
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
            if found is None or not board.free(i, end) or words.shouted[i]:
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
    before = i > 0 and words.capital[i - 1] and not words.opens[i - 1] and words.tags[i - 1] == "NNP" and board.at(i - 1) is None
    after = i + 1 < len(words) and words.capital[i + 1] and words.tags[i + 1] in {"NNP", "NNPS"} and board.at(i + 1) is None
    if after or words.texts[i - 1 : i] == ["-"] and words.joined(i):
        return False
    return not before


def find_institutions(board: Board, lexicon: Lexicon) -> list[Name]:
    """"the Russian defence ministry": the name of an organisation in lower case, with another name inside."""
    words = board.words
    found: list[Name] = []
    for name in board.in_order():
        known = name.known
        if known is None or known.label == ORG or name.label not in {LOC, NORP} or words.shouted[name.start]:
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
            if noun and end - noun >= start and not (end < len(words) and words.tags[end] in {"NN", "NNS"} and not title_end(words, lexicon, end, len(words))):
                found.append(Name(name.start, end, ORG))
                break
    return found


def _lower_places(board: Board, lexicon: Lexicon) -> None:
    """"Hemeimeem air base": a place and the lower-case noun that belongs to its name."""
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


def _shouted_lines(board: Board) -> None:
    """In a headline in capitals, what the story names elsewhere."""
    words = board.words
    if not any(words.shouted):
        return
    forms: dict[tuple[str, ...], tuple[str, Known | None]] = {}
    for name in board.in_order():
        if not words.shouted[name.start]:
            forms.setdefault(tuple(words.texts[i].upper() for i in range(name.start, name.end)), (name.label, name.known))
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
                if found is None or (length == 1 and len(words.texts[i]) < 4):
                    continue
                board.place(Name(i, i + length, *found))
                step = length
                break
        i += step
