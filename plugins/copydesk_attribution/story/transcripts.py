"""Transcripts of interviews: paragraphs that begin with the name of who speaks, or with Q and A.

They are somebody's words throughout, without quotation marks, so the checks leave them alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from copydesk import Span

_TURN = re.compile(
    r"[*_]{0,2}(?P<who>[QA]|Question|Answer|[A-Z][\w.’'-]{1,20}(?: [A-Z][\w.’'-]{0,20}){0,3})[*_]{0,2}[:.][*_]{0,2}\s"
)
_QUESTION = frozenset({"Q", "A", "Question", "Answer"})
_FEWEST_TURNS = 3
_DENSE = 3
"""Where one paragraph in so many is a turn, those between two turns go on with what is being said."""


def without_transcripts(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """The paragraphs that belong to no transcript."""
    turns = {index: who for index, place in enumerate(paragraphs) if (who := _speaker(text, place))}
    heard = Counter(turns.values())
    asked = len(_QUESTION & heard.keys()) > 1
    if not asked and (len(turns) < _FEWEST_TURNS or len(heard) < 2 or max(heard.values()) < 2):
        return list(paragraphs)
    first, last = min(turns), max(turns)
    dense = len(turns) * _DENSE >= last - first + 1
    return [
        place for index, place in enumerate(paragraphs) if index not in turns and not (dense and first < index < last)
    ]


def _speaker(text: str, paragraph: Span) -> str | None:
    """Who has the turn that a paragraph is, or None."""
    match = _TURN.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    who = match["who"]
    marked = text[match.end("who") : match.end()].strip("*_ \t\u00a0")
    return who if marked == ":" or who in _QUESTION else None
