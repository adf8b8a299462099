"""What stands in quotation marks, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from copydesk import Document, Quotation, Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks, within one paragraph.

    Attributes:
        outer: with its marks.
        inner: without them.
        closed: whether its closing mark is there.
    """

    outer: Span
    inner: Span
    closed: bool


def quoted_in(document: Document) -> Iterator[Quoted]:
    """The quoted stretches of a document, in order; quotations within quotations are parts of theirs."""
    for quotation in document[Quotation]:
        if quotation.depth == 1 and quotation.opened:
            yield from _stretches(document.text, quotation)


def marks_in(document: Document) -> Iterator[Span]:
    """The quotation marks of a document: where its quotations open, open anew and close."""
    for quotation in document[Quotation]:
        if quotation.opened:
            yield Span(quotation.start, quotation.inner.start)
            yield from (
                Span(stretch.outer.start, stretch.inner.start)
                for stretch in _stretches(document.text, quotation)
                if quotation.start < stretch.outer.start < stretch.inner.start
            )
        if quotation.closed:
            yield Span(quotation.inner.end, quotation.end)


def _stretches(text: str, quotation: Quotation) -> Iterator[Quoted]:
    """The parts of a quotation, one for each paragraph that it goes over."""
    mark = text[quotation.start : quotation.inner.start]
    parts = quotation.paragraphs or (quotation.span,)
    for part in parts:
        closed = quotation.closed and part is parts[-1]
        start = part.start + len(mark) if text.startswith(mark, part.start) else part.start
        end = quotation.inner.end if closed else part.end
        yield Quoted(part, Span(min(start, end), end), closed)
