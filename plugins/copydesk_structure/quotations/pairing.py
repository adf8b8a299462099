"""Which marks belong together: one pass over the marks of each paragraph, with a stack.

What opens in a paragraph ends with it, unless the next one goes on with the quotation: it opens anew, or closes
what it did not open. The pieces of such a quotation have one chain. Linear in the length of the text, whatever
stands in it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from copydesk import Span
from copydesk_structure.quotations.signs import STRAIGHT, Family, Mark, Side, may_close, may_open

UNOPENED = -1
"""The chain of a mark that closes nothing."""


class Piece(NamedTuple):
    """What one paragraph has of a quotation.

    Attributes:
        start, end: with its marks; without a closing mark it ends with its paragraph, or where what holds it ends.
        inner: without its marks.
        closed: whether its closing mark is there.
        chain: the same for the pieces of one quotation; `UNOPENED` for a closing mark alone.
    """

    start: int
    end: int
    inner: Span
    closed: bool
    chain: int


class _Open(NamedTuple):
    mark: Mark
    chain: int


def paired(text: str, marks: Sequence[Mark], paragraphs: Sequence[Span]) -> list[Piece]:
    """The quotations of a text, piece by piece, in the order in which they end.

    Args:
        text: the whole text.
        marks: its quotation marks, in order.
        paragraphs: in order, and apart from one another.
    """
    reader = _Pairing(text)
    starts = [mark.start for mark in marks]
    carried: list[_Open] = []
    for number, paragraph in enumerate(paragraphs):
        low, high = bisect_left(starts, paragraph.start), bisect_left(starts, paragraph.end)
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        ahead = marks[high] if following and high < len(marks) and marks[high].start < following.end else None
        stack = reader.read(marks[low:high], carried, paragraph)
        carried = reader.end(stack, paragraph, following, ahead)
    return reader.pieces


class _Pairing:
    def __init__(self, text: str) -> None:
        self.pieces: list[Piece] = []
        self._text = text
        self._chains = 0

    def read(self, marks: Sequence[Mark], carried: Sequence[_Open], paragraph: Span) -> list[_Open]:
        """Pairs the marks of a paragraph; returns what is open at its end. `carried` is open from the one before it."""
        stack: list[_Open] = []
        opened_of: dict[Family, int] = {}

        def push(opened: _Open) -> None:
            stack.append(opened)
            opened_of[opened.mark.family] = opened_of.get(opened.mark.family, 0) + 1

        first = 0
        for opened in carried:
            family = opened.mark.family
            if (
                first < len(marks)
                and marks[first].start - paragraph.start <= 1 + first
                and marks[first].family == family
            ):
                push(_Open(marks[first], opened.chain))
                first += 1
            else:
                # It does not open anew: the quotation goes on from its first letter.
                push(_Open(Mark(paragraph.start, paragraph.start, family, "open"), opened.chain))
        last_closing = {mark.family: at for at, mark in enumerate(marks) if mark.side != "open"}
        for at in range(first, len(marks)):
            mark = marks[at]
            is_open = opened_of.get(mark.family, 0) > 0
            if mark.family == "single":
                following = marks[at + 1] if at + 1 < len(marks) else None
                closes_later = last_closing.get("single", -1) > at
                side = self._side_of_single(mark, following, paragraph, is_open=is_open, closes_later=closes_later)
            else:
                side = self._side(mark, is_open=is_open)
            if side == "open":
                self._chains += 1
                push(_Open(mark, self._chains))
            elif side == "close" and is_open:
                while (opened := stack.pop()).mark.family != mark.family:
                    opened_of[opened.mark.family] -= 1
                    self._leave(opened, mark.start)
                opened_of[mark.family] -= 1
                inner = Span(opened.mark.end, mark.start)
                self.pieces.append(Piece(opened.mark.start, mark.end, inner, closed=True, chain=opened.chain))
            elif side == "close" and mark.family != "single":
                self.pieces.append(Piece(*mark[:2], Span(mark.start, mark.start), closed=True, chain=UNOPENED))
        return stack

    def _side_of_single(
        self, mark: Mark, following: Mark | None, paragraph: Span, *, is_open: bool, closes_later: bool
    ) -> Side | None:
        """What a single mark does here; None for an apostrophe."""
        if mark.side == "open":
            # Without anything to close it, it is an apostrophe in the place of letters.
            headed = mark.start == paragraph.start and self._text[mark.start] == "‘"
            return "open" if closes_later or headed else None
        if not is_open:
            return None
        if following is not None and following.family == "single" and self._is_possessive(mark):
            return None if following.side == "close" and not self._is_possessive(following) else "close"
        return "close"

    def _side(self, mark: Mark, *, is_open: bool) -> Side | None:
        """What another mark does here; None for the mark of a measure."""
        sign = self._text[mark.start : mark.end]
        if mark.side == "either":
            return "close" if is_open else "open"
        if mark.side == "open" and is_open and sign in "“«‹" and may_close(self._text, *mark[:2]):
            return "close"  # „German“ marks, »inward« guillemets
        if mark.side == "close" and not is_open:
            if may_open(self._text, *mark[:2]):
                return "open"  # ”Swedish” marks, »inward« guillemets
            if sign in STRAIGHT and self._text[mark.start - 1 : mark.start].isdigit():
                return None  # 72" is a width
        return mark.side

    def _is_possessive(self, mark: Mark) -> bool:
        """Whether a single mark may be the apostrophe of "the ministers' plan"."""
        before, after = self._text[mark.start - 1 : mark.start], self._text[mark.end : mark.end + 2]
        return before in ("s", "S", "z", "x") and after[:1].isspace() and after[1:].isalnum()

    def _leave(self, opened: _Open, end: int) -> None:
        """A mark that opened, and was not closed before what holds it is at its end; a single one is an apostrophe."""
        mark = opened.mark
        if mark.family != "single":
            self.pieces.append(Piece(mark.start, end, Span(mark.end, end), closed=False, chain=opened.chain))

    def end(self, stack: Sequence[_Open], paragraph: Span, following: Span | None, ahead: Mark | None) -> list[_Open]:
        """The end of a paragraph: what is open there ends with it; returns what the next one goes on with.

        Args:
            stack: what is open.
            paragraph: that ends.
            following: the next one, if any.
            ahead: the first mark of the next one, if any.
        """
        carried: list[_Open] = []
        for place, opened in enumerate(stack):
            mark = opened.mark
            inside = stack[place + 1] if place + 1 < len(stack) else None
            if mark.family == "single" and place == 0 and self._text[mark.start : mark.end] != "‘":
                continue
            end = paragraph.end
            if inside is not None and inside.mark.family == mark.family:
                end = inside.mark.start  # its closing mark is missing somewhere before the next one opens
            elif place == len(carried) and _goes_on(opened, following, ahead):
                carried.append(opened)
            if end > mark.start:
                self.pieces.append(Piece(mark.start, end, Span(mark.end, end), closed=False, chain=opened.chain))
        return carried


def _goes_on(opened: _Open, following: Span | None, ahead: Mark | None) -> bool:
    """Whether the next paragraph goes on with a quotation: it opens anew, or closes before it opens."""
    if following is None or ahead is None or ahead.family != opened.mark.family:
        return False
    return ahead.start == following.start or ahead.side == "close"
