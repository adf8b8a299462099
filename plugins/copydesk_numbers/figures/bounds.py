"""Bounds and approximators before and behind a figure: "at least", "about", "or more"."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from copydesk_numbers.figures.amount import NUMERALS, Amount
from copydesk_numbers.language.pack import Language
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_BEFORE_NUMBER = 2  # words that may stand between a bound and its number: "more than about a"


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    sign: str


@cache
def _phrases(language: Language) -> tuple[dict[str, list[_Phrase]], dict[str, list[_Phrase]]]:
    """The phrases before a number by their last word, and those behind one by their first; the longest first."""
    before: dict[str, list[_Phrase]] = {}
    behind: dict[str, list[_Phrase]] = {}
    for rule in language.rules.get("bound", ()):
        for written in rule.get("before", ()):
            words = _words(written, language)
            before.setdefault(words[-1], []).append(_Phrase(words, rule["sign"]))
        for written in rule.get("behind", ()):
            words = _words(written, language)
            behind.setdefault(words[0], []).append(_Phrase(words, rule["sign"]))
    for table in (before, behind):
        for listed in table.values():
            listed.sort(key=lambda phrase: -len(phrase.words))
    return before, behind


def _words(written: str, language: Language) -> tuple[str, ...]:
    return tuple(Tape.of(written, written, 0, len(written), language).words)


_NO_END = frozenset((CLASSES["than"], CLASSES["or"]))


class Bounds:
    """Reads the bounds of a language.

    Args:
        language: its rules of the kind `bound`.
    """

    def __init__(self, language: Language) -> None:
        self._before, self._behind = _phrases(language)

    def before(self, tape: Tape, first: int) -> str:
        """The sign of the bound that ends before word `first`; "=" where there is none.

        A bound wins over a word of approximation between it and the number: "more than about 50".
        """
        sign, at = "=", first
        article = False
        for _ in range(_BEFORE_NUMBER + 1):
            phrase = self._ending(tape, at)
            if phrase is not None:
                if (
                    phrase.sign == "~"
                    and tape.is_in(at - 1, "prepositions_too")
                    and tape.is_in(at - 2, "verbs_of_topics")
                ):
                    return sign  # "they care about two things"
                if article and tape.is_in(at - 1, "prepositions_too") and len(phrase.words) == 1:
                    return sign  # "over a six-month period"
                sign, at = phrase.sign, at - len(phrase.words)
                if sign != "~":
                    return sign
            elif at > 0 and tape.is_in(at - 1, "inside_bounds"):
                at, article = at - 1, True
            else:
                break
        return sign

    def behind(self, tape: Tape, last: int, *, counts: bool = True) -> str | None:
        """The sign of the bound that begins at word `last`.

        Args:
            counts: whether the number has no unit, so that a noun behind "plus" is what it counts: not "$5 plus tips".
        """
        if last >= len(tape.words):
            return None
        for phrase in self._behind.get(tape.words[last], ()):
            end = last + len(phrase.words)
            if tuple(tape.words[last:end]) == phrase.words:
                if tape.class_at(end) in _NO_END and tape.class_at(end + 1) != CLASSES["break"]:
                    continue  # "30 to 44 and more than 70", "two percent plus or minus"
                adds = tape.classes[last] == CLASSES["plus"] and tape.class_at(end) == CLASSES["plain"]
                if adds and not counts and not tape.is_in(end, "stop"):
                    continue
                glued = tape.glued(end) and tape.words[end][:1].isalnum()
                if not phrase.words[0].isalpha() and (glued or tape.class_at(end) in NUMERALS):
                    continue  # "5+3", "5 + 3"
                return phrase.sign
        return None

    def is_distance(self, tape: Tape, last: Amount, first: int) -> bool:
        """Whether the bound before word `first` follows a measure, which says how far off it is: "10 feet above 60"."""
        at = first
        while at > last.last and tape.is_in(at - 1, "inside_bounds"):
            at -= 1
        phrase = self._ending(tape, at)
        if phrase is None or not any(tape.is_in(k, "sides") for k in range(at - len(phrase.words), at)):
            return False
        at -= len(phrase.words)
        return at == last.last + tape.is_in(last.last, "margins") and (at > last.last or last.unit is not None)

    def is_one(self, tape: Tape, first: int, last: int) -> bool:
        """Whether the words from `first` to `last` are a bound and nothing else."""
        at = last
        while at > first:
            phrase = self._ending(tape, at)
            if phrase is not None:
                at -= len(phrase.words)
            elif tape.is_in(at - 1, "inside_bounds"):
                at -= 1
            else:
                return False
        return at == first

    def _ending(self, tape: Tape, at: int) -> _Phrase | None:
        if at <= 0:
            return None
        for phrase in self._before.get(tape.words[at - 1], ()):
            first = at - len(phrase.words)
            if first >= 0 and tuple(tape.words[first:at]) == phrase.words:
                stuck = tape.class_at(first - 1) == CLASSES["dash"] and tape.glued(first) and phrase.words[0].isalpha()
                return None if stuck else phrase  # "a 5-under 67"
        return None
