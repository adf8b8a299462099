"""A parse as plain lists, so that rules about names read like the patterns they are and run fast.

A word is a token of the parse, or a piece of one where a tokenizer leaves a compound whole
("U.S.-led", "anti-IS"). Nothing here depends on the label scheme of a parser.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from copydesk_entities.lexicon import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk import Document

_COMPOUND = re.compile(r"((?:[A-Z]\.){2,4})(-)(\w.{0,80})", re.DOTALL)
_PREFIXED = re.compile(r"([a-z]{2,12})(-)([A-Z].{0,80})", re.DOTALL)
"""A prefix before a name: "anti-IS", "pro-Beijing", which treebanks keep in one token."""
PARTICLES = word_set("particles")
"""Small words inside a person's name."""
_CALENDAR = word_set("calendar")
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_ACRONYM = re.compile(r"[A-Z](?:[A-Z0-9&]{1,9}|\.(?:[A-Z]\.){1,5}[A-Z]?)s?")


class Words:
    """The words of a document, with where they stand.

    Attributes:
        texts: as written. lowers: the same in lower case. tags: Penn tags.
        starts, ends: offsets in the document's text.
        sentence: number of the sentence of each word. line: number of its line.
        opens: whether a word is the first of its sentence or line, quotation marks and brackets not counted.
        quoted: whether it stands in quotation marks.
        token: index of its token in the parse.
    """

    def __init__(self, document: Document) -> None:
        doc = document.doc
        self.doc: Doc = doc
        self.text = document.text
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.token: list[int] = []
        self.sentence: list[int] = []
        self.first_word: list[int] = []
        """Index of the first word of each token."""
        has_sentences = doc.has_annotation("SENT_START")
        sentence = -1
        for token in doc:
            if sentence < 0 or (has_sentences and token.is_sent_start):
                sentence += 1
            self.first_word.append(len(self.texts))
            text, start = token.text, token.idx
            compound = None
            if text.startswith(("U.", "E.")):
                compound = _COMPOUND.fullmatch(text)
            elif "-" in text:
                compound = _PREFIXED.fullmatch(text)
            for piece in compound.groups() if compound else (text,):
                self.texts.append(piece)
                self.tags.append(token.tag_ if piece is text else _tag_of_piece(piece))
                self.starts.append(start)
                start += len(piece)
                self.ends.append(start)
                self.token.append(token.i)
                self.sentence.append(sentence)
        self.lowers = [text.lower() for text in self.texts]
        self.capital = [text[:1].isupper() for text in self.texts]
        self._lines_and_quotes()

    def __len__(self) -> int:
        return len(self.texts)

    def _lines_and_quotes(self) -> None:
        self.line: list[int] = []
        self.opens: list[bool] = []
        self.quoted: list[bool] = []
        self.shouted: list[bool] = []
        """Whether a word's whole line is in capitals, so that capitals tell nothing."""
        self.headed: list[bool] = []
        """Whether most words of a whole line have capitals, as in some headlines."""
        line, fresh, sentence, quoted = 0, True, -1, False
        begins = [0]
        for i, text in enumerate(self.texts):
            if text.isspace() and ("\n" in text or "\u2028" in text or "\r" in text):
                self.line.append(line)
                self.opens.append(False)
                self.quoted.append(False)
                line, fresh, quoted = line + 1, True, False
                begins.append(i + 1)
                continue
            if self.sentence[i] != sentence:
                sentence, fresh = self.sentence[i], True
            if text in {"“", "„", "«"}:
                quoted = True
            elif text in {"”", "»"}:
                quoted = False
            elif text in {'"', "''", "``"}:
                quoted = not quoted
            self.line.append(line)
            self.quoted.append(quoted)
            self.opens.append(fresh)
            if fresh and text[:1].isalnum():
                fresh = False
            if text in {":", "“", '"', "''", "``"}:
                fresh = True
        begins.append(len(self.texts))
        for first, last in pairwise(begins):
            upper = lower = long = count = small = great = 0
            for i in range(first, last):
                text = self.texts[i]
                if text.isupper():
                    upper += len(text)
                    long += len(text) > 3
                    count += 1
                elif text[:1].isalpha():
                    lower += len(text)
                if len(text) > 3:
                    small += text[0].islower()
                    great += text[0].isupper()
            shouted = upper > 4 * lower and (long > 1 or count > 4)
            self.shouted.extend([shouted] * (last - first))
            sentence_like = any(text in {".", "!"} for text in self.texts[max(first, last - 3) : last])
            titled = great > 3 and great > 4 * small and not sentence_like
            self.headed.extend([shouted or titled] * (last - first))

    def word_at(self, offset: int) -> int:
        """The word that holds the code point at `offset`, or the last one that begins before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def name(self, start: int, end: int) -> str:
        """The text of words, white space made even."""
        return " ".join(self.text[self.starts[start] : self.ends[end - 1]].split())

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
            elif self.texts[i] == "-" and i > start and self.joined(i) and i + 1 < limit and self.joined(i + 1):
                end = i = i + 2
            elif (
                self.texts[i] == "."
                and i > start
                and self.joined(i)
                and len(self.texts[i - 1]) == 1
                and i + 1 < limit
                and self.capital[i + 1]
            ):
                end = i = i + 1
            elif self.lowers[i] in PARTICLES and i > start and self._particles(i, limit):
                i += 1
            else:
                break
        return end

    def _particles(self, i: int, limit: int) -> bool:
        """Whether a capital follows this particle, after at most one more."""
        for j in range(i + 1, min(i + 4, limit)):
            if self.capital[j]:
                return True
            if self.lowers[j] not in PARTICLES and self.texts[j] != "-":
                return False
        return False


def _tag_of_piece(piece: str) -> str:
    if piece == "-":
        return "HYPH"
    return "AFX" if piece.islower() else "NNP"
