"""Quotation marks, found from the text alone: which marks belong together, and which stand alone.

Straight, curly and low-high marks, guillemets in both directions, wire-service ``''`` and LaTeX
marks, single quotation marks against apostrophes, nesting, and quotations of several paragraphs,
where each paragraph opens anew and only the last one closes. One pass over the marks, with a stack:
linear in the length of the text, whatever stands in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from copydesk import Span

Family = Literal["double", "single", "guillemet", "angle", "corner", "white corner"]
Side = Literal["open", "close", "either"]

_MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚‛'`「」『』＂]")

_FAMILY_AND_SIDE: dict[str, tuple[Family, Side]] = {
    "``": ("double", "open"),
    "''": ("double", "either"),
    '"': ("double", "either"),
    "＂": ("double", "either"),
    "“": ("double", "open"),
    "‟": ("double", "open"),
    "„": ("double", "open"),
    "”": ("double", "close"),
    "«": ("guillemet", "open"),
    "»": ("guillemet", "close"),
    "‹": ("angle", "open"),
    "›": ("angle", "close"),
    "‘": ("single", "open"),
    "‚": ("single", "open"),
    "‛": ("single", "open"),
    "`": ("single", "open"),
    "’": ("single", "close"),
    "'": ("single", "either"),
    "「": ("corner", "open"),
    "」": ("corner", "close"),
    "『": ("white corner", "open"),
    "』": ("white corner", "close"),
}
_OPENERS_THAT_STAND_ALONE = "‘‚‛`"
"""Single marks in a place where an apostrophe would be expected say nothing when they never close."""

_BEFORE_OPENING = frozenset("([{<—–-/=:>…*_#|~¡¿\ufeff\u200b\u200e\u200f")
_AFTER_CLOSING = frozenset(")]}>.,;:!?—–-/…*_|~")
_MARKS = frozenset("\"“”„‟«»‹›‘’‚‛'`「」『』＂")
_DECADE = re.compile(r"\d\ds?\b")
_ELIDED = frozenset(
    [
        "bout",
        "cause",
        "cept",
        "cos",
        "course",
        "cuz",
        "em",
        "fraid",
        "gainst",
        "hood",
        "kay",
        "lil",
        "n",
        "nother",
        "nuff",
        "neath",
        "nuther",
        "round",
        "scuse",
        "sup",
        "tis",
        "til",
        "till",
        "twas",
        "tween",
        "twere",
        "twill",
        "twould",
        "un",
    ]
)
"""What follows an apostrophe that stands for letters left out at the start of a word."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text in quotation marks within one paragraph.

    Attributes:
        start, end: with the marks; an unclosed stretch ends with its paragraph.
        inner: without the marks.
        single: whether the marks are single ones.
        depth: 0 for the outermost.
        closed: whether its closing mark is there.
        chain: stretches of one quotation of several paragraphs have the same number.
    """

    start: int
    end: int
    inner: Span
    single: bool
    depth: int
    closed: bool
    chain: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What the quotation marks of a text say.

    Attributes:
        stretches: in text order; of those that start together the longer one first.
        unopened: places of marks that close what nothing opened.
        unclosed: places of marks that open what nothing closes, multi-paragraph quotations not counted.
    """

    stretches: tuple[Stretch, ...]
    unopened: tuple[Span, ...]
    unclosed: tuple[Span, ...]


class _Mark(NamedTuple):
    start: int
    end: int
    family: Family
    side: Side


class _Open(NamedTuple):
    mark: _Mark
    depth: int
    chain: int


def find_marks(text: str) -> Marks:
    """The quotation marks of `text`, paired."""
    return _Reader(text).read()


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text`, without the line ends between them.

    A line is a paragraph, unless the text is wrapped: then blank lines part the paragraphs.
    """
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n\r\u2028\u2029]+", text)]
    lines = [line for line in lines if not text[line.start : line.end].isspace()]
    if not _is_wrapped(text, lines):
        return lines
    joined: list[Span] = []
    for line in lines:
        if joined and text.count("\n", joined[-1].end, line.start) <= 1:
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether lines break where the column ends: blank lines part blocks of several lines that are all of about one length."""
    pairs = [text.count("\n", left.end, right.start) == 1 for left, right in pairwise(lines)]
    if not pairs or all(pairs) or sum(pairs) * 2 < len(pairs):
        return False
    widths = [left.end - left.start for left, inside in zip(lines, pairs, strict=False) if inside]
    broad = sum(1 for width in widths if 40 <= width <= 100)
    return broad * 10 >= len(widths) * 9 and max(widths) <= 100


class _Reader:
    """Pairs the marks of one text, paragraph by paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stretches: list[Stretch] = []
        self.unopened: list[Span] = []
        self.unclosed: list[Span] = []
        self.chains = 0

    def read(self) -> Marks:
        spans = paragraphs(self.text)
        marks = list(self._marks())
        starts = [mark.start for mark in marks]
        bounds = [bisect_right(starts, span.start - 1) for span in spans] + [len(marks)]
        carried: list[_Open] = []
        for number, span in enumerate(spans):
            last = bisect_right(starts, span.end - 1, bounds[number])
            following = spans[number + 1] if number + 1 < len(spans) else None
            ahead = marks[bounds[number + 1] : bounds[number + 1] + 1] if following else []
            carried = self._paragraph(span, marks[bounds[number] : last], carried, following, ahead)
        self.stretches.sort(key=lambda stretch: (stretch.start, -stretch.end))
        return Marks(tuple(self.stretches), tuple(sorted(self.unopened)), tuple(sorted(self.unclosed)))

    def _marks(self) -> Iterator[_Mark]:
        text = self.text
        for match in _MARK.finditer(text):
            family, side = _FAMILY_AND_SIDE[match.group()]
            start, end = match.span()
            before = text[start - 1] if start else " "
            after = text[end] if end < len(text) else " "
            if family == "single" or match.group() in ("''", "``"):
                resolved = self._single(match.group(), start, end, before, after)
                if resolved is None:
                    continue
                yield _Mark(start, end, family, resolved)
            elif side == "either":
                may_open = _may_follow_opening(after) and _may_precede_opening(before)
                may_close = _may_precede_closing(before) and _may_follow_closing(after)
                if before.isdigit() and not may_open and _is_measure(text, start):
                    continue
                yield _Mark(start, end, family, "either" if may_open == may_close else "open" if may_open else "close")
            else:
                yield _Mark(start, end, family, side)

    def _single(self, sign: str, start: int, end: int, before: str, after: str) -> Side | None:
        """Which side a single mark may be of; None for an apostrophe."""
        if sign == "''":
            may_open = _may_precede_opening(before) and _may_follow_opening(after)
            may_close = _may_precede_closing(before) and _may_follow_closing(after)
            return "either" if may_open == may_close else "open" if may_open else "close"
        if sign == "``":
            return "open"
        if before.isalnum() and after.isalnum():
            return None
        if sign in _OPENERS_THAT_STAND_ALONE:
            if not _may_follow_opening(after):
                return None
            return "open"
        may_open = _may_precede_opening(before) and _may_follow_opening(after)
        may_close = _may_precede_closing(before) and _may_follow_closing(after)
        if may_open and self._elides(end):
            return None
        if sign == "’":
            return "close" if may_close else None
        if before.isdigit() and _may_follow_closing(after) and _is_measure(self.text, start):
            return None
        if may_open == may_close:
            return None
        return "open" if may_open else "close"

    def _elides(self, end: int) -> bool:
        """Whether what follows is a decade ('90s) or a word that starts with an apostrophe ('em)."""
        if _DECADE.match(self.text, end):
            return True
        word = self.text[end : end + 8]
        length = next((i for i, sign in enumerate(word) if not sign.isalpha()), len(word))
        return word[:length].lower() in _ELIDED

    def _paragraph(
        self, span: Span, marks: list[_Mark], carried: list[_Open], following: Span | None, ahead: list[_Mark]
    ) -> list[_Open]:
        """Pairs the marks of one paragraph; `carried` are open from the one before it."""
        stack: list[_Open] = []
        depth_of: dict[Family, int] = {}

        def push(opened: _Open) -> None:
            stack.append(opened)
            depth_of[opened.mark.family] = depth_of.get(opened.mark.family, 0) + 1

        first = 0
        for opened in carried:
            # A paragraph that does not open anew continues the quotation from its first letter.
            if (
                first < len(marks)
                and marks[first].start - span.start <= 1 + first
                and marks[first].family == opened.mark.family
            ):
                push(_Open(marks[first], len(stack), opened.chain))
                first += 1
            else:
                push(_Open(_Mark(span.start, span.start, opened.mark.family, "open"), len(stack), opened.chain))
        last_closing = {mark.family: i for i, mark in enumerate(marks) if mark.side != "open"}
        for i in range(first, len(marks)):
            mark = marks[i]
            family = mark.family
            is_open = depth_of.get(family, 0) > 0
            side = self._side(mark, is_open, i, marks, last_closing, span)
            if side is None:
                continue
            if side == "open":
                self.chains += 1
                push(_Open(mark, len(stack), self.chains))
            elif is_open:
                while (opened := stack.pop()).mark.family != family:
                    depth_of[opened.mark.family] -= 1
                    self._leave(opened)
                depth_of[family] -= 1
                self._close(opened, mark)
            elif family != "single":
                self.unopened.append(Span(mark.start, mark.end))
        return self._end(span, stack, following, ahead)

    def _side(
        self, mark: _Mark, is_open: bool, i: int, marks: list[_Mark], last_closing: dict[Family, int], span: Span
    ) -> Side | None:
        """What a mark does here, given whether one of its family is open; None for an apostrophe."""
        if mark.family == "single":
            if mark.side == "open":
                # Without anything to close it, it is an apostrophe in the place of letters.
                sign = self.text[mark.start]
                closes = last_closing.get("single", -1) > i
                return "open" if closes or (sign == "‘" and mark.start == span.start) else None
            if not is_open:
                return None
            following = marks[i + 1] if i + 1 < len(marks) else None
            if self._is_possessive(mark) and following is not None and following.family == "single":
                return None if following.side == "close" and not self._is_possessive(following) else "close"
            return "close"
        if mark.side == "either":
            return "close" if is_open else "open"
        sign = self.text[mark.start]
        before = self.text[mark.start - 1] if mark.start else " "
        after = self.text[mark.end] if mark.end < len(self.text) else " "
        if sign == "“" and is_open and _may_precede_closing(before) and _may_follow_closing(after):
            return "close"  # „German“ and low-high marks
        if mark.side == "close" and not is_open and _may_precede_opening(before) and _may_follow_opening(after):
            return "open"  # ”Swedish” marks and »inward« guillemets
        if sign == "«" and is_open and _may_precede_closing(before) and _may_follow_closing(after):
            return "close"
        return mark.side

    def _is_possessive(self, mark: _Mark) -> bool:
        """Whether a single mark may be the apostrophe of "the ministers' plan"."""
        text = self.text
        return (
            text[mark.start - 1 : mark.start] in ("s", "S", "z", "x")
            and text[mark.end : mark.end + 1] == " "
            and text[mark.end + 1 : mark.end + 2].isalnum()
        )

    def _close(self, opened: _Open, mark: _Mark) -> None:
        self.stretches.append(
            Stretch(
                opened.mark.start,
                mark.end,
                Span(opened.mark.end, mark.start),
                opened.mark.family == "single",
                opened.depth,
                closed=True,
                chain=opened.chain,
            )
        )

    def _leave(self, opened: _Open) -> None:
        """An opening mark that nothing closed before what holds it closed."""
        if opened.mark.family != "single":
            self.unclosed.append(Span(opened.mark.start, opened.mark.end))

    def _end(self, span: Span, stack: list[_Open], following: Span | None, ahead: list[_Mark]) -> list[_Open]:
        """The end of a paragraph: what is open there ends with it; what the next one continues is given back."""
        carried: list[_Open] = []
        for place, opened in enumerate(stack):
            inside = stack[place + 1] if place + 1 < len(stack) else None
            if opened.mark.family == "single" and place == 0 and self.text[opened.mark.start : opened.mark.end] != "‘":
                continue
            end = span.end
            if inside is not None and inside.mark.family == opened.mark.family:
                end = inside.mark.start
            elif place == len(carried) and following is not None and self._continues(opened, following, ahead):
                carried.append(opened)
            if end > opened.mark.end:
                self.stretches.append(
                    Stretch(
                        opened.mark.start,
                        end,
                        Span(opened.mark.end, end),
                        opened.mark.family == "single",
                        opened.depth,
                        closed=False,
                        chain=opened.chain,
                    )
                )
            if not (carried and carried[-1] is opened) and opened.mark.end > opened.mark.start:
                self.unclosed.append(Span(opened.mark.start, opened.mark.end))
        return carried

    def _continues(self, opened: _Open, following: Span, ahead: list[_Mark]) -> bool:
        """Whether the next paragraph goes on with the quotation: it opens anew, or closes before it opens."""
        if not ahead or ahead[0].start >= following.end or ahead[0].family != opened.mark.family:
            return False
        mark = ahead[0]
        return mark.start == following.start or mark.side == "close"


def _may_precede_opening(sign: str) -> bool:
    return sign.isspace() or sign in _BEFORE_OPENING or sign in _MARKS or not (sign.isalnum() or sign in _AFTER_CLOSING)


def _may_follow_opening(sign: str) -> bool:
    return (not sign.isspace() and sign not in ")]}.,;:!?") or sign in "….$#@"


def _may_precede_closing(sign: str) -> bool:
    return not sign.isspace() and sign not in "([{"


def _may_follow_closing(sign: str) -> bool:
    return sign.isspace() or sign in _AFTER_CLOSING or sign in _MARKS or not (sign.isalnum() or sign in "([{$#@")


def _is_measure(text: str, start: int) -> bool:
    """Whether the mark after a digit is an inch, foot, minute or second mark: no quotation is open in its words."""
    at = start - 1
    while at > 0 and start - at < 8 and (text[at - 1].isdigit() or text[at - 1] in ".'’½¼¾ /-"):
        at -= 1
    word = text[at:start].lstrip(" -/.")
    return "'" in word or "’" in word
