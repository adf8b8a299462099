"""A parse as plain lists, so that rules about names read like the patterns they are and run fast.

A word is a token of the parse, or a piece of one where a tokenizer leaves a compound whole
("U.S.-led", "anti-IS"). White space is a word only where it breaks a line: two spaces within a sentence, or one that does
not break, part nothing. Nothing here depends on the label scheme of a parser.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import accumulate
from operator import ne
from typing import TYPE_CHECKING

from copydesk import Document, Quotation
from copydesk_entities.lexicon import word_set
from copydesk_entities.text.layout import BREAKS, find_lines, find_opening

if TYPE_CHECKING:
    from copydesk import Parse

_COMPOUND = re.compile(r"((?:[A-Z]\.){2,4})(-)(\w.{0,80})", re.DOTALL)
_PREFIXED = re.compile(r"([a-z]{2,12})(-)([A-Z].{0,80})", re.DOTALL)
"""A prefix before a name: "anti-IS", "pro-Beijing", which treebanks keep in one token."""
PARTICLES = word_set("particles")
"""Small words inside a person's name."""
_CALENDAR = word_set("calendar")
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_ACRONYM = re.compile(r"[A-Z](?:[A-Z0-9&]{1,9}|\.(?:[A-Z]\.){1,5}[A-Z]?)s?")


class Words:
    """The words of a document, with where they stand: one list for each thing that is known of them.

    Attributes:
        texts: as written. lowers: the same in lower case. tags: Penn tags. capital: whether the first letter is one.
        starts, ends: offsets in the document's text.
        token: index of the token of the parse. first_word: by token, the index of its first word.
        sentence: number of the sentence of each word. line: number of its line.
        line_begins: the words with which lines begin.
        opens: whether a word is the first of its sentence, line or quotation, punctuation not counted.
        shouted: whether its whole line is in capitals, so that capitals tell nothing.
        headed: whether most words of a whole line have capitals, as in some headlines.
        quoted: whether it stands in quotation marks. mark: whether it is a quotation mark.
        quotation: the number of the outermost quotation that it stands in, or -1. quotations: by number, the words
            of each between its marks.
    """

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.parse: Parse = document.parse
        self._cut_compounds()
        self.lowers = [text.lower() for text in self.texts]
        lines = find_lines(self.texts)
        self.capital, self.line, self.shouted, self.headed = lines.capital, lines.number, lines.shouted, lines.headed
        begins = self._read_quotations(document) + [i + 1 for i in self.where({":"})]
        self.line_begins: list[int] = lines.begins
        self.opens = find_opening(self.texts, self.sentence, lines.begins, begins)

    def __len__(self) -> int:
        return len(self.texts)

    def _cut_compounds(self) -> None:
        import numpy as np  # slow to import: only where there is a text

        parse = self.parse
        texts, tags = parse.texts, parse.tags
        compounds = [
            (i, pieces)
            for i, text in enumerate(texts)
            if ("-" in text or text.startswith(("U.", "E."))) and len(pieces := pieces_of(text)) > 1
        ]
        count = np.ones(len(texts), dtype=np.int64)
        for i, pieces in compounds:
            count[i] = len(pieces)
        count[[i for i, text in enumerate(texts) if text.isspace() and BREAKS.isdisjoint(text)]] = 0
        self.first_word: list[int] = (np.cumsum(count) - count).tolist()
        token = np.repeat(np.arange(len(count)), count)
        self.token: list[int] = token.tolist()
        self.starts: list[int] = parse.starts[token].tolist()
        self.ends: list[int] = parse.ends[token].tolist()
        opening = np.zeros(len(count), dtype=np.int64)
        opening[parse.sentence_starts] = 1
        self.sentence: list[int] = (np.cumsum(opening)[token] - 1).tolist()
        self.texts: list[str] = [texts[i] for i in self.token]
        self.tags: list[str] = [tags[i] for i in self.token]
        for i, pieces in compounds:
            at, offset = self.first_word[i], self.starts[self.first_word[i]]
            for j, piece in enumerate(pieces, start=at):
                self.texts[j], self.tags[j] = piece, _tag_of_piece(piece)
                self.starts[j], self.ends[j] = offset, offset + len(piece)
                offset += len(piece)

    def _read_quotations(self, document: Document) -> list[int]:
        """Fill `quoted` and `mark`; returns the words with which quotations begin."""
        self.quoted = [False] * len(self)
        self.mark = [False] * len(self)
        self.quotation = [-1] * len(self)
        self.quotations: list[tuple[int, int]] = []
        begins: list[int] = []
        done = 0
        for quotation in document[Quotation]:
            first = bisect_left(self.starts, quotation.start)
            last = bisect_left(self.starts, quotation.inner.end)
            inner = bisect_left(self.starts, quotation.inner.start)
            end = bisect_left(self.starts, quotation.end)
            if quotation.opened:
                begins.append(inner)
                self.mark[first:inner] = [True] * (inner - first)
            if quotation.closed:
                self.mark[last:end] = [True] * (end - last)
            # Of quotations inside one another each word is marked once.
            if last > done:
                first = max(first, done)
                self.quoted[first:last] = [True] * (last - first)
                self.quotation[first:last] = [len(self.quotations)] * (last - first)
                self.quotations.append((first, last))
                done = last
        return begins

    def where(self, wanted: AbstractSet[str]) -> list[int]:
        """Where one of these words stands, in lower case."""
        return _where(self._by_lower, wanted)

    def where_written(self, wanted: AbstractSet[str]) -> list[int]:
        """Where one of these words stands, as it is written."""
        return _where(self._by_text, wanted)

    @cached_property
    def told(self) -> list[int]:
        """By word, how many sentences the story told before it; those inside quotation marks are not counted."""
        begins = map(ne, self.sentence, (0, *self.sentence))
        return list(accumulate(begin and not quoted for begin, quoted in zip(begins, self.quoted, strict=True)))

    @cached_property
    def _by_lower(self) -> dict[str, list[int]]:
        return _places(self.lowers)

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        return _places(self.texts)

    def same_place(self, i: int, j: int) -> bool:
        """Whether two words stand in one sentence, on one line."""
        return self.line[i] == self.line[j] and self.sentence[i] == self.sentence[j]

    def word_at(self, offset: int) -> int:
        """The word that holds the code point at `offset`, or the last one that begins before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def name(self, start: int, end: int) -> str:
        """The text of words, white space made even."""
        return " ".join(self.text[self.starts[start] : self.ends[end - 1]].split())

    def is_subject(self, start: int, end: int) -> bool:
        """Whether one of the words is the subject of a verb, in either label scheme."""
        return any(i in self._verb_of for i in range(start, end))

    def verbs_of(self, start: int, end: int) -> Iterator[str]:
        """The verbs, in lower case, of which one of the words is the subject."""
        return (self._verb_of[i] for i in range(start, end) if i in self._verb_of)

    @cached_property
    def _verb_of(self) -> dict[int, str]:
        """Of each word that is a subject its verb, in lower case."""
        deps, lower, heads = self.parse.deps, self.parse.lower, self.parse.heads.tolist()
        subjects = {dep for dep in set(deps) if dep.startswith("nsubj")}
        return {i: lower[heads[token]] for i, token in enumerate(self.token) if deps[token] in subjects}

    def is_acronym(self, i: int) -> bool:
        """Capitals alone, such as "IS" or "U.N.", on a line where that means something."""
        return not self.shouted[i] and _ACRONYM.fullmatch(self.texts[i]) is not None

    def joined(self, i: int) -> bool:
        """Whether word `i` follows the one before it without a space."""
        return i > 0 and self.starts[i] == self.ends[i - 1]

    def capital_run(self, start: int, limit: int) -> int:
        """The end of the capitalised name that begins at `start`: "Pierre de Villiers", "Ban Ki-moon"."""
        end = i = start
        while i < limit:
            if self.lowers[i] in _CALENDAR and i > start:
                break
            if self.capital[i] and self.tags[i] != "CD" and not (end > start and self.opens[i]):
                end = i = i + 1
            elif i > start and self._is_hyphen_within(i, limit):
                end = i = i + 2
            elif i > start and self._is_stop_of_initial(i, limit):
                end = i = i + 1
            elif i > start and self._are_particles(i, limit):
                i += 1
            else:
                break
        return end

    def _is_hyphen_within(self, i: int, limit: int) -> bool:
        return self.texts[i] == "-" and self.joined(i) and i + 1 < limit and self.joined(i + 1)

    def _is_stop_of_initial(self, i: int, limit: int) -> bool:
        initial = self.texts[i] == "." and self.joined(i) and len(self.texts[i - 1]) == 1
        return initial and i + 1 < limit and self.capital[i + 1]

    def _are_particles(self, i: int, limit: int) -> bool:
        """Whether this is a particle and a capital follows, after at most two more."""
        if self.lowers[i] not in PARTICLES:
            return False
        for j in range(i + 1, min(i + 4, limit)):
            if self.capital[j]:
                return True
            if self.lowers[j] not in PARTICLES and self.texts[j] != "-":
                return False
        return False


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    """Where each word stands."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        found[word].append(i)
    return found


def _where(places: dict[str, list[int]], wanted: AbstractSet[str]) -> list[int]:
    return sorted(i for word in places.keys() & wanted for i in places[word])


def pieces_of(token: str) -> tuple[str, ...]:
    """The words of a token: several where a tokenizer leaves a compound whole."""
    compound = None
    if token.startswith(("U.", "E.")):
        compound = _COMPOUND.fullmatch(token)
    elif "-" in token:
        compound = _PREFIXED.fullmatch(token)
    return (token,) if compound is None else compound.groups()


def _tag_of_piece(piece: str) -> str:
    if piece == "-":
        return "HYPH"
    return "AFX" if piece.islower() else "NNP"
