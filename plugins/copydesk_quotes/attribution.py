"""Attribution: what an engine finds, before kinds, speakers and relays are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copydesk import Span


class Attribution(NamedTuple):
    """Something reported, in code-point spans.

    Attributes:
        content: what is said, in pieces; cue and source likewise.
        confidence: how probable it is, 0 to 1.
        cue_word: the index of the token that reports, -1 where there is none; `source_word` of the source's head.
        frame: how the content hangs on the cue.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    confidence: float
    cue_word: int = -1
    source_word: int = -1
    frame: str = ""


def settle(found: Sequence[Attribution]) -> list[Attribution]:
    """Of attributions with one and the same content, the more probable one; in text order."""
    best: dict[tuple[Span, ...], Attribution] = {}
    for item in found:
        if not item.content:
            continue
        known = best.get(item.content)
        if known is None or item.confidence > known.confidence:
            best[item.content] = item
    return sorted(best.values(), key=lambda item: (item.content, item.cue))
