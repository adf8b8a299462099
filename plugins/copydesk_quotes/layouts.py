"""Speech by its layout: scripts ("NAME: …"), interviews ("Q: …", "A: …") and block quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from copydesk import Span
from copydesk_quotes.attribution import Attribution
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.rules.sources import source_of, source_span

SCRIPT = "script"
BLOCK = "block"

_LABEL = re.compile(
    r"[>\s]{0,3}((?:[A-Z][\w.'’-]{0,30})(?:[^\S\n](?:[A-Z(&][\w.,'’)-]{0,30}|de|van|von|bin|al)){0,4})(:)\s+(?=\S)"
)
_QUESTION_OR_ANSWER = re.compile(r"\s{0,3}(Q|A|Question|Answer)([.:])\s+(?=\S)")
_LINE_END = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_LONGEST_TURN = 4
"""How many paragraphs one turn of a script may have."""
_CERTAIN = 0.8
_BLOCK_CONFIDENCE = 0.7
_INDENT = 4


class _Turn(NamedTuple):
    paragraph: int
    label: Span
    colon: Span


SpeechWords = Callable[[Tree], Sequence[int]]
"""Finds the tokens that may introduce speech, in order."""


def laid_out(places: Places, speech_words: SpeechWords) -> Iterator[Attribution]:
    """Speech that the layout shows."""
    text, paragraphs = places.text, places.paragraphs
    turns = _turns(places)
    for number, turn in enumerate(turns):
        last = turn.paragraph
        following = turns[number + 1].paragraph if number + 1 < len(turns) else last + 1
        if following - last <= _LONGEST_TURN:
            last = following - 1
        start, end = turn.colon.end, paragraphs[last].end
        start += len(text[start:end]) - len(text[start:end].lstrip())
        word = bisect_left(places.tree.starts, turn.label.end) - 1
        yield Attribution((Span(start, end),), (turn.colon,), (turn.label,), _CERTAIN, -1, word, SCRIPT)
    yield from _blocks(places, speech_words)


def _turns(places: Places) -> list[_Turn]:
    """The turns of scripts and interviews: labels in capitals, Q and A, or names that come back."""
    found: list[tuple[_Turn, str]] = []
    for number, (start, end) in enumerate(places.paragraphs):
        stretch = places.stretch_at(start)
        # “NAME: The minister went home.”
        inner = stretch.inner.start if stretch is not None and stretch.start == start else start
        match = _QUESTION_OR_ANSWER.match(places.text, start, end) or _LABEL.match(places.text, inner, end)
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


def _blocks(places: Places, speech_words: SpeechWords) -> Iterator[Attribution]:
    """Indented paragraphs, or ones marked with ">", after one that ends with a cue and a colon."""
    text, tree = places.text, places.tree
    blocks = [
        (before, inner)
        for before, span in pairwise(places.paragraphs)
        if text[before.end - 1] == ":" and (inner := _block(text, before.end, span)) is not None
    ]
    reports = speech_words(tree) if blocks else ()
    for before, inner in blocks:
        low, high = bisect_left(tree.starts, before.start), bisect_left(tree.starts, before.end)
        at = bisect_left(reports, high) - 1
        if at < 0 or reports[at] < low:
            continue
        cue = reports[at]
        head = source_of(tree, cue)
        source: tuple[Span, ...] = ()
        if head is not None and low <= head < high:
            source = (tree.chars(*source_span(tree, head, cue)),)
        word = head if head is not None and source else -1
        yield Attribution((inner,), (tree.span(cue),), source, _BLOCK_CONFIDENCE, cue, word, BLOCK)


def _block(text: str, after: int, span: Span) -> Span | None:
    """The text of a paragraph set apart as a block quotation, or None; `after` is the end of the one before it."""
    line = text[span.start : span.end]
    stripped = line.lstrip(" \t\u00a0>")
    opening = len(line) - len(stripped)
    prefix = _LINE_END.split(text[after : span.start])[-1] + line[:opening]
    if not stripped or not (">" in prefix or "\t" in prefix or sum(map(str.isspace, prefix)) >= _INDENT):
        return None
    return Span(span.start + opening, span.end)
