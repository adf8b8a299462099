"""Speech by its layout: scripts ("NAME: …"), interviews ("Q: …", "A: …") and block quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from copydesk import Span
from copydesk_quotes.rules import Attribution
from copydesk_quotes.sources import source_of, source_span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SCRIPT = "script"
BLOCK = "block"

_LABEL = re.compile(
    r"[\"“‘'>\s]{0,3}((?:[A-Z][\w.'’-]{0,30})(?: (?:[A-Z(&][\w.,'’)-]{0,30}|de|van|von|bin|al)){0,4})(:)\s+(?=\S)"
)
_QUESTION_OR_ANSWER = re.compile(r"\s{0,3}(Q|A|Question|Answer)([.:])\s+(?=\S)")
_LONGEST_TURN = 4
"""How many paragraphs one turn of a script may have."""
_CERTAIN = 0.8
_BLOCK_CONFIDENCE = 0.7
_INDENT = 4


class _Turn(NamedTuple):
    paragraph: int
    label: Span
    colon: Span


def laid_out(doc: Doc, paragraphs: Sequence[Span], reports: Sequence[int]) -> Iterator[Attribution]:
    """Speech that the layout shows; `reports` are the indexes of words that may introduce speech, in order."""
    text = doc.text
    offsets = [token.idx for token in doc]
    turns = _turns(text, paragraphs)
    for number, turn in enumerate(turns):
        last = turn.paragraph
        following = turns[number + 1].paragraph if number + 1 < len(turns) else last + 1
        if following - last <= _LONGEST_TURN:
            last = following - 1
        content = Span(turn.colon.end, paragraphs[last].end)
        start = content.start + len(text[content.start : content.end]) - len(text[content.start : content.end].lstrip())
        end = content.start + len(text[content.start : content.end].rstrip())
        word = bisect_left(offsets, turn.label.end) - 1
        yield Attribution((Span(start, end),), (turn.colon,), (turn.label,), _CERTAIN, -1, word, SCRIPT)
    yield from _blocks(doc, paragraphs, reports, offsets)


def _turns(text: str, paragraphs: Sequence[Span]) -> list[_Turn]:
    """The turns of scripts and interviews: labels in capitals, Q and A, or names that come back."""
    found: list[tuple[_Turn, str]] = []
    for number, span in enumerate(paragraphs):
        match = _QUESTION_OR_ANSWER.match(text, span.start, span.end) or _LABEL.match(text, span.start, span.end)
        if match:
            found.append((_Turn(number, Span(*match.span(1)), Span(*match.span(2))), match[1]))
    labels = Counter(label for _, label in found)
    interview = {"Q", "A"} <= labels.keys() or {"Question", "Answer"} <= labels.keys()
    capitals = {label for label in labels if label.isupper() and len(label) > 1}
    returning = {label for label, times in labels.items() if times > 1}
    script = set(capitals) if sum(labels[label] for label in capitals) > 1 and len(capitals) > 1 else set()
    if interview:
        script |= {"Q", "A", "Question", "Answer"}
    if len(returning) > 1:
        script |= returning
    return [turn for turn, label in found if label in script]


def _blocks(
    doc: Doc, paragraphs: Sequence[Span], reports: Sequence[int], offsets: Sequence[int]
) -> Iterator[Attribution]:
    """Indented paragraphs, or ones marked with ">", after one that ends with a cue and a colon."""
    text = doc.text
    for before, span in pairwise(paragraphs):
        inner = _block(text, span)
        if inner is None or not text[before.start : before.end].rstrip().endswith(":"):
            continue
        low, high = bisect_left(offsets, before.start), bisect_left(offsets, before.end)
        at = bisect_left(reports, high) - 1
        if at < 0 or reports[at] < low:
            continue
        cue: Token = doc[reports[at]]
        head = source_of(cue)
        source: tuple[Span, ...] = ()
        if head is not None and low <= head.i < high:
            first, last = source_span(head, (cue.i, cue.i + 1))
            source = (Span(doc[first].idx, doc[last - 1].idx + len(doc[last - 1])),)
        cue_span = Span(cue.idx, cue.idx + len(cue))
        yield Attribution(
            (inner,), (cue_span,), source, _BLOCK_CONFIDENCE, cue.i, head.i if source and head else -1, BLOCK
        )


def _block(text: str, span: Span) -> Span | None:
    """The text of a paragraph set apart as a block quotation, or None."""
    line = text[span.start : span.end]
    stripped = line.lstrip(" \t>")
    prefix = line[: len(line) - len(stripped)]
    if not stripped or not (">" in prefix or "\t" in prefix or prefix.count(" ") >= _INDENT):
        return None
    start = span.start + len(prefix)
    return Span(start, start + len(stripped.rstrip()))
