"""Places: spans of one document, from its tokens to code points and against its quotation marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from copydesk import Span
from copydesk_quotes.reading.stretches import Stretch
from copydesk_quotes.reading.tree import Piece, Tree

SPEECH_WORDS = 3
"""Quoted words from which on a stretch may be speech where only its place beside a cue says so."""

_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")


class Places:
    """The text, the parse and the quoted stretches of a document.

    Attributes:
        text: of the document.
        tree: its parse.
        stretches: in text order.
        paragraphs: in text order.
        starts: of the stretches, to find them by.
    """

    def __init__(self, text: str, tree: Tree, stretches: Sequence[Stretch], paragraphs: Sequence[Span]) -> None:
        self.text = text
        self.tree = tree
        self.stretches = stretches
        self.paragraphs = paragraphs
        self.starts = [stretch.start for stretch in stretches]

    def chars(self, piece: Piece) -> Span:
        """The code points of a piece of tokens, without white space at its edges."""
        tree = self.tree
        start, last = piece[0], piece[1] - 1
        while start < last and tree.texts[start].isspace():
            start += 1
        while last > start and tree.texts[last].isspace():
            last -= 1
        return Span(tree.starts[start], tree.ends[last])

    def stretch_at(self, offset: int) -> Stretch | None:
        """The quoted stretch that holds a place, or None."""
        at = bisect_right(self.starts, offset) - 1
        return self.stretches[at] if at >= 0 and offset < self.stretches[at].end else None

    def words_in(self, stretch: Stretch) -> int:
        """How many words stand in quotation marks."""
        return len(self.text[stretch.inner.start : stretch.inner.end].split())

    def is_sentence(self, span: Span) -> bool:
        """Whether what starts here in quotation marks is a sentence of its own: a capital, and some words."""
        stretch = self.stretch_at(span.start)
        return (
            stretch is not None
            and self.text[stretch.inner.start : stretch.inner.start + 1].isupper()
            and self.words_in(stretch) > SPEECH_WORDS
        )

    def is_marked(self, first: int, last: int) -> bool:
        """Whether quotation marks stand between one token and another."""
        at = bisect_right(self.starts, self.tree.starts[last])
        return at > 0 and self.stretches[at - 1].end > self.tree.starts[first]

    def is_quoted(self, span: Span) -> bool:
        """Whether quotation marks stand in a span or around a part of it."""
        at = bisect_right(self.starts, span.end - 1)
        return at > 0 and self.stretches[at - 1].end > span.start

    def snapped(self, pieces: Iterable[Span]) -> list[Span]:
        """Pieces that cut no quoted stretch: each grows to hold those in which its ends lie."""
        grown: list[Span] = []
        for piece in pieces:
            start, end = piece
            first = self.stretch_at(start)
            last = self.stretch_at(max(end - 1, start))
            if last is not None and (last is not first or first is None or start <= last.inner.start):
                end = max(end, last.end)
            if first is not None and start <= first.inner.start:
                start = first.start
            grown.append(Span(start, end))
        return grown

    def merged(self, pieces: Iterable[Span]) -> list[Span]:
        """Pieces in text order, those joined that touch or that only white space within a line parts."""
        merged: list[Span] = []
        for piece in sorted(pieces):
            start, end = self.trimmed(piece)
            if end <= start:
                continue
            if merged and (start <= merged[-1].end or self._is_gap(merged[-1].end, start)):
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, end))
            else:
                merged.append(Span(start, end))
        return merged

    def _is_gap(self, start: int, end: int) -> bool:
        gap = self.text[start:end]
        return gap.isspace() and _LINE_ENDS.isdisjoint(gap)

    def trimmed(self, piece: Span) -> Span:
        """Without white space and stray punctuation at the edges."""
        text = self.text
        start, end = piece
        while start < end and (text[start].isspace() or text[start] in ",;:.)]–—-"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—-"):
            end -= 1
        return Span(start, end)

    def named(self, span: Span) -> Span:
        """A source without the ending of its genitive: "Anna Weber’s" names Anna Weber."""
        start, end = self.trimmed(span)
        for ending in ("'s", "’s"):
            if self.text.endswith(ending, start, end):
                return Span(start, end - len(ending))
        return Span(start, end)

    def clipped(self, span: Span, avoid: Sequence[Span], keep: int) -> Span:
        """`span` without what lies in `avoid`, on the side where `keep` is."""
        start, end = span
        for piece in avoid:
            if piece.start <= keep < piece.end:
                continue
            if piece.start > keep:
                end = min(end, piece.start)
            elif piece.end <= keep:
                start = max(start, piece.end)
        return self.named(Span(start, max(start, end)))
