"""Speech in quotation marks: which cue beside a quotation introduces it, and which stretches belong to one statement.

This works on the order of words, not on the parse, which suffers where quotations are long: the cue is looked
for in the sentence that leads up to the opening mark, and in the clause after the closing one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from copydesk import Span
from copydesk_quotes.marks import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Likelihood = Callable[["Token"], float]
"""How probable it is that a word introduces speech beside quotation marks."""

_REACH = 40
"""How many words of a long sentence are searched for a cue."""
_SENTENCE_END = frozenset(".!?…")
_JOINS = frozenset(",:;—–-…")


@dataclass(slots=True)
class Statement:
    """Stretches in quotation marks that one cue introduces."""

    stretches: list[Stretch]
    cue: int | None
    likelihood: float
    place: str
    opening: int | None = None
    """Where its content begins, if words before the first mark belong to it: 'The plan “is dead”, he said.'"""


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two stretches of a paragraph: token indexes."""

    first: int
    last: int


def statements(
    doc: Doc, stretches: Sequence[Stretch], paragraphs: Sequence[Span], likelihood: Likelihood, least: float
) -> list[Statement]:
    """The statements in quotation marks; one without a cue has None there."""
    offsets = [token.idx for token in doc]
    found: list[Statement] = []
    outer = [stretch for stretch in stretches if stretch.depth == 0]
    at = 0
    for paragraph in paragraphs:
        inside: list[Stretch] = []
        while at < len(outer) and outer[at].start < paragraph.end:
            inside.append(outer[at])
            at += 1
        if inside:
            found.extend(_of_paragraph(doc, inside, paragraph, offsets, likelihood, least))
    return found


def _of_paragraph(
    doc: Doc, inside: list[Stretch], paragraph: Span, offsets: list[int], likelihood: Likelihood, least: float
) -> list[Statement]:
    bounds = [paragraph.start, *(edge for stretch in inside for edge in (stretch.start, stretch.end)), paragraph.end]
    gaps = [
        _Gap(bisect_left(offsets, bounds[i]), bisect_left(offsets, bounds[i + 1])) for i in range(0, len(bounds), 2)
    ]
    found: list[Statement] = []
    current: Statement | None = None
    for number, stretch in enumerate(inside):
        before, after = gaps[number], gaps[number + 1]
        leads = _leads_on(doc.text, stretch)
        ahead = _before(doc, before, stretch, likelihood, least)
        behind = _after(doc, after, likelihood, least) if leads or (ahead is None and _starts_low(doc, after)) else None
        joined = current is not None and _joins(doc, before, current)
        if joined and current is not None and (behind is None or not _ended(doc, before)):
            current.stretches.append(stretch)
            continue
        if current is not None and ahead is not None and ahead[0] == current.cue:
            current.stretches.append(stretch)
            continue
        if behind is not None and (ahead is None or _ended(doc, before) or behind[1] >= ahead[1]):
            current = Statement([stretch], behind[0], behind[1], "after", _opening(doc, before, stretch))
        elif ahead is not None:
            current = Statement([stretch], ahead[0], ahead[1], "before")
        else:
            current = Statement([stretch], None, 0.0, "none")
        found.append(current)
    return found


def _leads_on(text: str, stretch: Stretch) -> bool:
    """Whether an attribution may follow: the quotation does not end as a sentence of its own."""
    inner = text[stretch.inner.start : stretch.inner.end].rstrip()
    following = text[stretch.end : stretch.end + 2].lstrip()
    return (bool(inner) and inner[-1] in ",?!—–-…") or following[:1] in (",", "—", "–")


def _starts_low(doc: Doc, gap: _Gap) -> bool:
    """Whether the text after a quotation goes on in lower case, so within one sentence."""
    for i in range(gap.first, min(gap.last, gap.first + 2)):
        token = doc[i]
        if token.is_space or token.is_quote:
            continue
        return token.text[:1].islower()
    return False


def _after(doc: Doc, gap: _Gap, likelihood: Likelihood, least: float) -> tuple[int, float] | None:
    """The cue in the clause after a quotation."""
    best: tuple[int, float] | None = None
    for i in range(gap.first, min(gap.last, gap.first + _REACH)):
        token = doc[i]
        if token.text in _SENTENCE_END and i > gap.first:
            break
        chance = likelihood(token)
        if chance >= least:
            return i, chance
    return best


def _before(doc: Doc, gap: _Gap, stretch: Stretch, likelihood: Likelihood, least: float) -> tuple[int, float] | None:
    """The cue in the sentence that leads up to a quotation."""
    last = gap.last - 1
    while last >= gap.first and doc[last].is_space:
        last -= 1
    if last < gap.first:
        return None
    tail = doc[last]
    ends = tail.text in _SENTENCE_END
    if ends:
        return None
    pointed = tail.text in (",", ":", "—", "–", "-", "--")
    words = sum(1 for sign in doc.text[stretch.inner.start : stretch.inner.end].split() if sign)
    capital = doc.text[stretch.inner.start : stretch.inner.start + 1].isupper()
    for i in range(last, max(gap.first - 1, last - _REACH), -1):
        token = doc[i]
        if token.text in _SENTENCE_END and i + 1 <= last and doc[i + 1].text[:1].isupper():
            break
        chance = likelihood(token)
        if chance >= least:
            near = last - i <= 1
            if pointed or near or (capital and words >= 4):
                return i, chance
            return None
    return None


def _opening(doc: Doc, gap: _Gap, stretch: Stretch) -> int | None:
    """Where the sentence begins that a quotation in lower case ends, or None."""
    if not doc.text[stretch.inner.start : stretch.inner.start + 1].islower():
        return None
    first: int | None = None
    for i in range(gap.last - 1, max(gap.first - 1, gap.last - _REACH), -1):
        token = doc[i]
        if token.is_space:
            continue
        if token.text in _SENTENCE_END:
            break
        first = token.idx
    return first


def _ended(doc: Doc, gap: _Gap) -> bool:
    """Whether the text before a quotation ends a sentence (or there is none)."""
    for i in range(gap.last - 1, gap.first - 1, -1):
        token = doc[i]
        if token.is_space:
            continue
        return token.text in _SENTENCE_END
    return True


def _joins(doc: Doc, gap: _Gap, current: Statement) -> bool:
    """Whether a quotation goes on with the statement before it: nothing but its attribution stands between them."""
    words = [doc[i] for i in range(gap.first, gap.last) if not doc[i].is_space]
    if not words:
        return True
    if current.cue is None:
        return len(words) == 1 and words[0].text in _JOINS
    if current.place == "after" and gap.first <= current.cue < gap.last:
        sentences = sum(1 for left, right in pairwise(words) if left.text in _SENTENCE_END and right.text[:1].isupper())
        return sentences == 0 and words[-1].text in (".", ",", ":", "—", "–", "-", "--", ";", "…", "that", "and", "but")
    return False
