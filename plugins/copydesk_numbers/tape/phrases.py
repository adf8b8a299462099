"""Phrases of several words on a tape: names of holidays, names with numbers in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from copydesk_numbers.language.pack import Language
from copydesk_numbers.tape.tape import Fold, Tape


class Phrases:
    """Finds phrases by their first word, the longest first.

    Args:
        meanings: phrase in lower case to what it stands for; they are among those of the language.
        language: cuts the phrases to words as it cuts texts.
    """

    def __init__(self, meanings: Mapping[str, Any], language: Language) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        for phrase, meaning in meanings.items():
            words = tuple(Tape.of(phrase, phrase, 0, len(phrase), language).words)
            self._by_first.setdefault(words[0], []).append((words, meaning))
        for listed in self._by_first.values():
            listed.sort(key=lambda entry: -len(entry[0]))

    def folds(self, tape: Tape, kind: str, marked: Iterable[int]) -> Iterator[Fold]:
        """Every phrase of a tape, as a fold of the given class; none overlaps another.

        Args:
            marked: the places where one may begin (`Tape.marked`).
        """
        words, by_first = tape.words, self._by_first
        last = 0
        for at in marked:
            if at < last:
                continue
            for spelling, meaning in by_first.get(words[at], ()):
                if tuple(words[at : at + len(spelling)]) == spelling:
                    last = at + len(spelling)
                    yield Fold(at, last, kind, meaning)
                    break
