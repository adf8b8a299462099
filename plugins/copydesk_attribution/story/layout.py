"""The parts of a story that are checked, and which of them holds a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from copydesk import Document, Section, Span, TimeExpression
from copydesk_attribution.story.transcripts import without_transcripts

_END_MATTER = frozenset({"sources", "references", "external links", "related news", "sources:", "notes", "see also"})
_FAR = 1 << 62
_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]*>")
"""What opens something set into the page, such as `<tweet id="1">`: it is no copy of the paper's."""
_WHOLE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def headlines_of(document: Document) -> tuple[Span, ...]:
    """The headline, in its parts."""
    return tuple(section.span for section in document[Section] if section.kind == "headline")


def credits_of(document: Document) -> tuple[Span, ...]:
    """The bylines and datelines."""
    if Section not in document:
        return ()
    return tuple(section.span for section in document[Section] if section.kind in ("byline", "dateline"))


def year_of(document: Document) -> int | None:
    """The year of a document's date in its metadata, or of a whole date in byline or dateline; None where there is none."""
    date = document.metadata.get("date")
    stated = [date] if isinstance(date, str) else []
    if TimeExpression in document:
        stated += [time.timex for where in credits_of(document) for time in document[TimeExpression].within(where)]
    return next((int(value[:4]) for value in stated if _WHOLE_DATE.match(value)), None)


def paragraphs_of(document: Document) -> tuple[Span, ...]:
    """The paragraphs that are checked: no captions, bylines, datelines or transcripts, no list of sources, no markup.

    Where no step found sections, the lines of the text.
    """
    text = document.text
    if Section in document:
        found = [section.span for section in document[Section] if section.kind == "paragraph"]
    else:
        found = _lines(text)
    found = [paragraph for paragraph in found if _MARKUP.match(text, paragraph.start, paragraph.end) is None]
    for index, paragraph in enumerate(found):
        if text[paragraph.start : paragraph.end].strip().casefold() in _END_MATTER:
            found = found[:index]
            break
    return tuple(without_transcripts(text, found))


def index_at(spans: Sequence[Span], offset: int) -> int | None:
    """The number of the span that holds `offset`; `spans` are sorted and don't overlap."""
    index = bisect_right(spans, (offset, _FAR)) - 1
    if index >= 0 and spans[index].start <= offset < spans[index].end:
        return index
    return None


def _lines(text: str) -> list[Span]:
    found: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append(Span(start, start + len(line.rstrip())))
        start += len(line)
    return found
