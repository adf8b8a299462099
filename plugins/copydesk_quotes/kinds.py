"""Direct, mixed or indirect: how much of a content stands in quotation marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from copydesk import Span
from copydesk_quotes.marks import Marks


def kind_of(text: str, content: Sequence[Span], marks: Marks) -> Literal["direct", "mixed", "indirect"]:
    """direct: all letters and digits of the content stand in quotation marks; indirect: none; mixed: some."""
    outer = [stretch for stretch in marks.stretches if stretch.depth == 0]
    starts = [stretch.start for stretch in outer]
    letters = quoted = 0
    for piece in content:
        at = max(bisect_right(starts, piece.start) - 1, 0)
        letters += sum(map(str.isalnum, text[piece.start : piece.end]))
        while at < len(outer) and outer[at].start < piece.end:
            start, end = max(outer[at].inner.start, piece.start), min(outer[at].inner.end, piece.end)
            if start < end:
                quoted += sum(map(str.isalnum, text[start:end]))
            at += 1
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.95 * letters else "mixed"
