"""Direct, mixed or indirect: how much of a content stands in quotation marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from copydesk import Span
from copydesk_quotes.reading.places import Places


def kind_of(content: Sequence[Span], places: Places) -> Literal["direct", "mixed", "indirect"]:
    """direct: all letters and digits of the content stand in quotation marks; indirect: none; mixed: some."""
    text, stretches = places.text, places.stretches
    quoted = 0
    for piece in content:
        at = max(bisect_right(places.starts, piece.start) - 1, 0)
        while at < len(stretches) and stretches[at].start < piece.end:
            inner = stretches[at].inner
            quoted += _letters(text, max(inner.start, piece.start), min(inner.end, piece.end))
            at += 1
    if not quoted:
        return "indirect"
    letters = sum(_letters(text, piece.start, piece.end) for piece in content)
    return "direct" if quoted >= 0.95 * letters else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))
