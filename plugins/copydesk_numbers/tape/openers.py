"""What the first words of a pattern can be, so that no rule is tried where it cannot match.

A pattern is read as places, one for each class that it names, and which place may follow which (Glushkov's
automaton). What a pattern looks ahead to is left out: it can only make a pattern match less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from copydesk_numbers.tape.classes import in_set

_PIECE = re.compile(r"\w+:|\w+|\(\?[:!=]|\(\?<[!=]|[()|?*+]")
_READ = 3
"""So many words of each pattern are worth looking at before it is tried."""


class _Part(NamedTuple):
    """A part of a pattern.

    Attributes:
        first, last: the places that can come first and last in it.
        empty: whether it can be nothing.
        needs: sets of class characters, one of each of which is in every match.
    """

    first: frozenset[int]
    last: frozenset[int]
    empty: bool
    needs: tuple[frozenset[str], ...] = ()


_NOTHING = _Part(frozenset(), frozenset(), empty=True)


class Opening:
    """The first words of a pattern (`tape.pattern`).

    Args:
        source: the pattern.
    """

    def __init__(self, source: str) -> None:
        self._classes: list[frozenset[str]] = []
        self._behind: list[set[int]] = []
        self._pieces = _PIECE.findall(source)[::-1]
        self._whole = self._alternatives()

    @property
    def first(self) -> frozenset[str]:
        """The class characters of a first word."""
        return self._chars(self._whole.first)

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Sets of class characters, one of each of which is in every match."""
        return self._whole.needs

    def fits(self, words: str) -> bool:
        """Whether a match can begin with one or two words of these classes; one word is the last of its tape."""
        here = {place for place in self._whole.first if words[0] in self._classes[place]}
        if here & self._whole.last:
            return True
        return len(words) > 1 and words[1] in self._chars(self._next(here))

    def search(self) -> re.Pattern[str]:
        """Finds the places where a match can begin, by as many first words as every match has."""
        places = self._whole.first
        sets: list[str] = []
        while len(sets) < _READ:
            sets.append("[" + "".join(sorted(self._chars(places))) + "]")
            if places & self._whole.last:
                break
            places = self._next(places)
        return re.compile(sets[0] + (f"(?={''.join(sets[1:])})" if len(sets) > 1 else ""))

    def _chars(self, places: Iterable[int]) -> frozenset[str]:
        return frozenset().union(*(self._classes[place] for place in places))

    def _next(self, places: Iterable[int]) -> frozenset[int]:
        return frozenset().union(*(self._behind[place] for place in places))

    # ------------------------------------------------------------------ reading

    def _alternatives(self) -> _Part:
        """Reads pieces up to the bracket that closes them; consumes that too."""
        found: list[_Part] = []
        here = _NOTHING
        while self._pieces:
            piece = self._pieces.pop()
            if piece == ")":
                break
            if piece == "|":
                found.append(here)
                here = _NOTHING
            else:
                here = self._joined(here, self._repeated(self._item(piece)))
        found.append(here)
        if len(found) == 1:
            return here
        either = [min(part.needs, key=len) for part in found if part.needs]
        return _Part(
            frozenset().union(*(part.first for part in found)),
            frozenset().union(*(part.last for part in found)),
            any(part.empty for part in found),
            (frozenset().union(*either),) if len(either) == len(found) else (),
        )

    def _joined(self, one: _Part, two: _Part) -> _Part:
        for place in one.last:
            self._behind[place] |= two.first
        return _Part(
            one.first | two.first if one.empty else one.first,
            one.last | two.last if two.empty else two.last,
            one.empty and two.empty,
            one.needs + two.needs,
        )

    def _repeated(self, part: _Part) -> _Part:
        """The part with the ?, * or + behind it."""
        if not self._pieces or self._pieces[-1] not in "?*+":
            return part
        sign = self._pieces.pop()
        if sign != "?":
            self._joined(part, part)
        return part if sign == "+" else part._replace(empty=True, needs=())

    def _item(self, piece: str) -> _Part:
        if piece.endswith(":") and piece[0] != "(":  # the name of a group
            return self._item(self._pieces.pop())
        if piece.startswith("("):
            inner = self._alternatives()
            return _NOTHING if piece[-1:] in "!=" else inner
        chars = in_set(piece)
        self._classes.append(chars)
        self._behind.append(set())
        only = frozenset((len(self._classes) - 1,))
        return _Part(only, only, empty=False, needs=(chars,))
