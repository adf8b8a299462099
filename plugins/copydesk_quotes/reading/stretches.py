"""Stretches: what stands in quotation marks, paragraph by paragraph, as the engines read it."""

from __future__ import annotations

from typing import NamedTuple

from copydesk import Document, Quotation, Section, Span


class Stretch(NamedTuple):
    """What a paragraph has of a quotation in the story's own text.

    Attributes:
        start, end: with the marks; an unclosed stretch ends with its paragraph.
        inner: without the marks.
        closed: whether its closing mark is there.
        quotation: the same for stretches of one quotation.
    """

    start: int
    end: int
    inner: Span
    closed: bool
    quotation: int

    @property
    def span(self) -> Span:
        """With its marks."""
        return Span(self.start, self.end)


def stretches_of(document: Document) -> list[Stretch]:
    """The quoted stretches of a document, in order; quotations within quotations are parts of theirs."""
    text = document.text
    found: list[Stretch] = []
    for number, quotation in enumerate(document[Quotation]):
        if quotation.depth > 1 or not quotation.opened:
            continue
        mark = text[quotation.start : quotation.inner.start]
        parts = quotation.paragraphs or (quotation.span,)
        for part in parts:
            start, end = part
            inner_start, inner_end, closed = quotation.inner.start, end, False
            if part is not parts[0]:
                inner_start = start + len(mark) if text.startswith(mark, start) else start
            if part is parts[-1]:
                inner_end, closed = quotation.inner.end, quotation.closed
            if inner_start < inner_end or closed:
                found.append(Stretch(start, end, Span(inner_start, max(inner_start, inner_end)), closed, number))
    found.sort()
    return [stretch for at, stretch in enumerate(found) if not at or found[at - 1].end <= stretch.start]


def paragraphs_of(document: Document) -> list[Span]:
    """The sections of a document, headlines and all, but not what lies inside another."""
    found: list[Span] = []
    for section in document[Section]:
        if not found or section.start >= found[-1].end:
            found.append(section.span)
    return found
