"""Between the framework and the engine: the parse as columns, findings as annotations.

Nothing else of this plugin but `component.py` knows the framework.
"""

from __future__ import annotations

from datetime import datetime

import copydesk
from copydesk import Annotation, Document, Quantity, Span, TimeExpression
from copydesk_numbers.values import Figure, Offsets, Parse, Time


def document_date(document: Document) -> datetime | None:
    """The document's own date: `metadata["date"]`, ISO 8601."""
    value = document.metadata.get("date")
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip()).replace(tzinfo=None)
        except ValueError:
            return None
    return None


def parse_of(document: Document) -> Parse | None:
    """The document's parse as the engine's columns, where it has one with heads and relations."""
    if not document.has_doc or not document.doc.has_annotation("DEP"):
        return None
    return columns(document.parse)


def columns(parse: copydesk.Parse) -> Parse:
    """The columns of a parse."""
    return Parse(
        starts=tuple(parse.starts.tolist()),
        ends=tuple(parse.ends.tolist()),
        tags=parse.tags,
        lemmas=parse.lemmas,
        heads=tuple(parse.heads.tolist()),
        labels=parse.deps,
    )


def annotation(found: Figure | Time) -> Annotation:
    """A finding as an annotation of the shared vocabulary."""
    if isinstance(found, Time):
        return TimeExpression(
            start=found.start, end=found.end, kind=found.kind, timex=found.timex, anchored=found.anchored
        )
    return Quantity(
        start=found.start,
        end=found.end,
        kind=found.kind,
        low=found.low,
        high=found.high,
        unit=found.unit,
        per=found.per,
        role=found.role,
        bound=found.bound,
        number=Span(*found.number),
        counted=_span(found.counted),
        counted_head=_span(found.counted_head),
    )


def _span(offsets: Offsets | None) -> Span | None:
    return Span(*offsets) if offsets is not None else None
