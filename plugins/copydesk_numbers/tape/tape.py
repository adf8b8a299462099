"""Tape: a text as a row of words, each with a class, so that a grammar is regular expressions over classes.

The whole text is cut by one regular expression, in C; one character stands for the class of each
word. A pattern over that string finds its places at the speed of a character search, and what it
finds are word positions. Recognised pieces are then folded into one word with a class of its own
(`Tape.folded`), and the next layer of the grammar reads those.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from operator import add
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from copydesk_numbers.language.pack import Language
from copydesk_numbers.numerals.literals import read_literal
from copydesk_numbers.tape.classes import CLASSES, SETS

# White space behind a word belongs to it, except for a blank line, which stands alone: nothing
# reaches across it. Every quantifier is followed by something it cannot match, so no backtracking.
_TRAIL = r"[^\S\n]*(?:\n(?![^\S\n]*\n)[^\S\n]*)?"
_ACCENTED = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"


def _word(starts: str, tokens: tuple[str, ...]) -> re.Pattern[str]:
    """What cuts a text to words.

    Args:
        starts: letters that words of a language with signs in them begin with: the o of "o'clock".
        tokens: expressions for such words.
    """
    letters = "".join(char for char in "abcdefgijklmnopqrstuvxyz" if char not in starts)  # without those of links
    ends = rf" ?+(?![\s{_ACCENTED}])"
    inside = rf"|[{starts}][a-z]++{ends}" if starts else ""
    special = "".join(f"{token}|" for token in tokens)
    return re.compile(
        rf"[{letters}][a-z]*+{ends}{inside}"  # most words of most texts
        rf"|[hw](?!ttps?:|ww\.)[a-z]*+{ends}"
        rf"|(?:(?:https?://|www\.)\S*|{special}[a-z]++(?![{_ACCENTED}])"
        r"|\+\d{1,3}(?:[ ().-]{1,2}\d{2,4}){2,5}(?:/\d+)?(?!\w)|\(\d{3}\) ?\d{3}[ .-]\d{4}(?!\w)"  # telephones
        r"|(?:1[.-])?\d{3}[.-]\d{2,4}[.-]\d{4}(?!\w)|\d{3}-\d{2}(?!00)\d{2}(?![\w-])"
        rf"|\d+(?:[.,]\d+)*|[¼-¾⅐-⅞↉]|[^\W\d_¼-¾⅐-⅞↉]+|\S){_TRAIL}"
        r"|\s+"
    )


MOST_LEARNED = 15_000
"""So many words are kept beside those of the language: a long run never comes to the end of new ones."""


class _ClassOf(dict[str, str]):
    """Word to class and mark; a word that is not in the table gets them by its looks, and keeps them until there are too many.

    Attributes:
        cut: cuts a text to words.
    """

    def __init__(self, language: Language) -> None:
        self.cut = _word(*language.tokens)
        self._compounds = language.compounds
        self._marked: dict[str, set[str]] = {word: {""} for word in language.group("not_in_capitals")}
        for phrase in language.phrases():
            words = [word.rstrip() for word in self.cut.findall(phrase)]
            self._marked.setdefault(words[0], set()).add(words[1] if len(words) > 1 else "")
        self._known = {word: char + self._mark(word) for word, char in language.classes.items()}
        super().__init__(self._known)

    def __missing__(self, word: str) -> str:
        if len(self) > len(self._known) + MOST_LEARNED:
            self.clear()
            self.update(self._known)
        found = self[word] = self._by_looks(word) + self._mark(word)
        return found

    def _mark(self, word: str) -> str:
        return _MARK if word in self._marked else _NO_MARK

    def is_marked(self, words: list[str], at: int) -> bool:
        """Whether a phrase may begin at a word with a mark, or it may be a name in capitals."""
        seconds = self._marked[words[at]]
        return "" in seconds or (at + 1 < len(words) and words[at + 1] in seconds)

    def _by_looks(self, word: str) -> str:
        if not word:
            return _BREAK
        first = word[0]
        if first.isalpha():
            return _LINK if word.startswith(("http:", "https:", "www.")) else self._letters(word)
        if first.isdecimal():
            return class_of_digits(word)
        return _CODE if len(word) > 1 else _OTHER

    def _letters(self, word: str) -> str:
        if not word.isalpha():
            return self.get(re.sub(r"\W", "", word), _PLAIN)[0]  # a.m., o'clock
        compound = self._compounds.read(word) if self._compounds is not None else None
        if compound is not None:
            return CLASSES["ordinal_glued" if compound[1] else "cardinal_glued"]
        return _PLAIN


_MARK, _NO_MARK = "!", " "
_FIND_MARKS = re.compile(_MARK).finditer
_KNOWN: WeakKeyDictionary[Language, _ClassOf] = WeakKeyDictionary()
_MOST_KNOWN = 200_000


def _classes_of(language: Language) -> _ClassOf:
    """The table of a language with the words that texts had so far; it starts anew before it grows large."""
    table = _KNOWN.get(language)
    if table is None or len(table) > _MOST_KNOWN:
        table = _KNOWN[language] = _ClassOf(language)
    return table


_BREAK, _LINK, _PLAIN, _OTHER = (CLASSES[name] for name in ("break", "link", "plain", "other"))
_CODE, _INTEGER, _DECIMAL, _YEAR = (CLASSES[name] for name in ("code", "integer", "decimal", "year"))
_DOTTED, _LIST = CLASSES["dotted"], CLASSES["list"]
_SMALL = {
    str(number) if not pad else f"{number:02}": CLASSES[name]
    for low, high, name in ((0, 0, "nought"), (1, 12, "to12"), (13, 24, "to24"), (25, 31, "to31"), (32, 59, "to59"))
    for number in range(low, high + 1)
    for pad in (False, True)
}
LONGEST_NUMBER, LONGEST_UNGROUPED = 30, 15
"""Digits, grouped or not, beyond which they are a code, not a number that anybody counted."""


def class_of_digits(word: str) -> str:
    """The class of a word that starts with a digit, by its form."""
    small = _SMALL.get(word)
    if small is not None:
        return small
    if len(word) > LONGEST_NUMBER and sum(map(str.isdecimal, word)) > LONGEST_NUMBER:
        return _CODE
    if "-" in word:
        return _CODE
    if word.isdecimal():
        if len(word) > LONGEST_UNGROUPED:
            return _CODE
        return _YEAR if len(word) == 4 and "1000" <= word < "3000" else _INTEGER
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{4}\.\d{1,2}\.\d{1,2}", word):
        return _DOTTED
    if word.count(".") > 1 and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", word):
        return _CODE  # 192.168.1.2, version 2.0.1
    if word.count(",") > 1 and read_literal(word) is None:
        return _LIST
    return _DECIMAL


_ENUMERATION = re.compile(r"\d,(?:\d+,\d|[12]\d{3}(?!\d))")
_MONTHS = frozenset((CLASSES["month"], CLASSES["month_or_word"]))
_DAY_AND_YEAR = re.compile(r"\d{1,2},[12]\d{3}")


def _parts(raw: list[str], language: Language) -> Iterator[str]:
    """As in "22,24,26" is three numbers, "August 11,2000" a day and its year; any other word is itself."""
    before = ""
    for word in raw:
        bare = word.rstrip()
        dated = language.classes.get(before) in _MONTHS and _DAY_AND_YEAR.fullmatch(bare)
        if dated or ("," in bare and bare[:1].isdecimal() and class_of_digits(bare) == _LIST):
            yield from re.findall(r"[\d.]+|,|\s+", word)
        else:
            yield word
        before = bare if bare != "." else before


class Fold(NamedTuple):
    """Words `first` to `last` (exclusive) of a tape that stand for one thing."""

    first: int
    last: int
    kind: str
    thing: Any


_NO_WORDS: frozenset[str] = frozenset()


class Tape:
    """Words of a text: lower-cased words, their class characters, their places, and what they stand for.

    Args:
        text: the whole text, for the original spelling.
        words, classes, starts, ends: one entry per word; `classes` is a str.
        things: what a folded word stands for, None for a word as written.
        language: whose words they are.
        marked: where its marked words stand in the text.
    """

    __slots__ = ("_groups", "_marked", "classes", "ends", "language", "starts", "text", "things", "words")

    def __init__(  # one entry per column
        self,
        text: str,
        words: list[str],
        classes: str,
        starts: list[int],
        ends: list[int],
        things: list[Any],
        language: Language,
        marked: list[int],
    ) -> None:
        self.text = text
        self.language = language
        self._groups = language.groups
        self._marked = marked
        self.words = words
        self.classes = classes
        self.starts = starts
        self.ends = ends
        self.things = things

    @classmethod
    def of(cls, text: str, lowered: str, start: int, end: int, language: Language) -> Tape:
        """The tape of a stretch of text. `lowered` is the text in lower case, character by character."""
        table = _classes_of(language)
        raw = table.cut.findall(lowered, start, end)
        if _ENUMERATION.search(lowered, start, end):
            raw = list(_parts(raw, language))
        words = list(map(str.rstrip, raw))
        bounds = list(accumulate(map(len, raw), initial=start))
        both = "".join(map(table.__getitem__, words))
        places = (match.start() for match in _FIND_MARKS(both[1::2]))
        marked = [bounds[at] for at in places if table.is_marked(words, at)]
        bounds.pop()
        ends = list(map(add, bounds, map(len, words)))
        return cls(text, words, both[::2], bounds, ends, [None] * len(words), language, marked)

    def marked(self) -> list[int]:
        """The places of words that a phrase may begin with, and of those that may be names in capitals."""
        places = ((bisect_left(self.starts, start), start) for start in self._marked)
        return [index for index, start in places if index < len(self.starts) and self.starts[index] == start]

    def __len__(self) -> int:
        return len(self.words)

    def folded(self, found: Iterable[Fold]) -> Tape:
        """A new tape on which each fold is one word. The folds must not overlap, and be in order.

        Folds of one word change no place, so that what lies between longer ones is copied in one piece.
        """
        old_words, old_starts, old_ends, old_things, old = self.words, self.starts, self.ends, self.things, self.classes
        words: list[str] = []
        classes: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        things: list[Any] = []
        at = copied = 0
        for first, last, kind, thing in found:
            classes += (old[at:first], CLASSES[kind])
            things += old_things[at:first]
            things.append(thing)
            at = last
            if last != first + 1:
                words += old_words[copied:first]
                words.append("")
                starts += old_starts[copied : first + 1]
                ends += old_ends[copied:first]
                ends.append(old_ends[last - 1])
                copied = last
        if not at:
            return self
        classes.append(old[at:])
        things += old_things[at:]
        words += old_words[copied:]
        starts += old_starts[copied:]
        ends += old_ends[copied:]
        return Tape(self.text, words, "".join(classes), starts, ends, things, self.language, self._marked)

    def with_classes(self, plain: Iterable[int]) -> Tape:
        """The tape with some words made plain ones, or itself."""
        changed = list(plain)
        if not changed:
            return self
        classes = list(self.classes)
        for index in changed:
            classes[index] = _PLAIN
        return Tape(
            self.text, self.words, "".join(classes), self.starts, self.ends, self.things, self.language, self._marked
        )

    def selected(self, regions: Iterable[tuple[int, int]]) -> Tape:
        """A tape of some stretches of this one, with a break behind each."""
        words: list[str] = []
        classes: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        things: list[Any] = []
        for first, last in regions:
            words += self.words[first:last]
            words.append("")
            classes += (self.classes[first:last], _BREAK)
            starts += self.starts[first:last]
            starts.append(self.ends[last - 1])
            ends += self.ends[first:last]
            ends.append(self.ends[last - 1])
            things += self.things[first:last]
            things.append(None)
        return Tape(self.text, words, "".join(classes), starts, ends, things, self.language, self._marked)

    def glued(self, index: int) -> bool:
        """Whether a word stands right behind the one before it, with nothing between."""
        return 0 < index < len(self.starts) and self.starts[index] == self.ends[index - 1]

    def value(self, index: int) -> Any:
        """What a word stands for in its language; None for a word that stands for nothing."""
        found = self.language.values.get(self.words[index])
        if found is None and self.language.compounds is not None:
            compound = self.language.compounds.read(self.words[index])
            return compound[0] if compound is not None else None
        return found

    def is_in(self, index: int, group: str) -> bool:
        """Whether there is a word at `index`, and it is in a group of the language."""
        words = self.words
        return 0 <= index < len(words) and words[index] in self._groups.get(group, _NO_WORDS)

    def class_at(self, index: int) -> str:
        """The class at `index`; a break outside the tape."""
        return self.classes[index] if 0 <= index < len(self.classes) else _BREAK

    def written(self, first: int, last: int) -> str:
        """The text of some words, as spelt."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def lowered(text: str) -> str:
    """The text in lower case with every character at its own place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join([small if len(small := char.lower()) == 1 else char for char in text])


_NAME = re.compile(r"(?:([a-z]\w*):)?(?:([a-z]\w*)|(\())")


def pattern(source: str, sets: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """A regular expression over classes, written with their names.

    `day:number month` is a class of the set `number`, kept as group `day`, then one of `month`;
    `( | ) ? *` and `(?! )` mean what they always mean; spaces mean nothing.
    """
    known = SETS if sets is None else sets

    def translate(match: re.Match[str]) -> str:
        group, name, paren = match.groups()
        body = "(" if paren else known[name]
        if paren:
            return f"(?P<{group}>" if group else "("
        return f"(?P<{group}>{body})" if group else body

    spaced = re.sub(r"\((?![?])", "(?:", source)
    spaced = re.sub(r"(\w+):\(\?:", r"(?P<\1>", spaced)
    out: list[str] = []
    for piece in re.split(r"(\(\?P<\w+>|\(\?[:!=]|\(\?<[!=]|\s+)", spaced):
        if piece.startswith("(?"):
            out.append(piece)
        elif piece.strip():
            out.append(_NAME.sub(translate, piece))
    return re.compile("".join(out))
