"""Speech in quotation marks: which cue introduces it, who says it by its place, and which stretches are one statement.

This works on the order of words, not on the parse, which suffers where quotations are long: the cue is looked
for in the sentence that leads up to the opening mark, and in the clause after the closing one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from copydesk import Span
from copydesk_quotes.marks import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Likelihood = Callable[["Token", str], float]
"""How probable it is that a word introduces speech in quotation marks, "before" them or "after" them."""

Place = Literal["after", "before", "colon", "dash", "none"]
"""Where the cue of a statement stands; a colon or dash after or before a bare name is a cue of its own."""

_REACH = 40
"""How many words of a long sentence are searched for a cue."""
_NAME_WORDS = 12
"""How many words a bare source before a colon, or after a dash, may have."""
_SENTENCE_END = frozenset(".!?…")
_DASHES = frozenset({"—", "–", "-", "--", "―"})
_CONTENT_TAGS = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(slots=True)
class Statement:
    """Stretches in quotation marks that belong together.

    Attributes:
        stretches: in text order.
        cue: index of the token that reports them, or None.
        likelihood: how probable the cue is.
        place: where the cue stands.
        opening: where the content begins, if words before the first mark belong to it ('The plan “is dead”, he said.').
        source: the tokens of the source by their place, first and after the last, or None.
        follows: for a statement without a cue: the one whose speaker goes on in it, or None.
        whole: whether its paragraph holds nothing but quotations.
    """

    stretches: list[Stretch]
    cue: int | None
    likelihood: float
    place: Place
    opening: int | None = None
    source: tuple[int, int] | None = None
    follows: Statement | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands before, between and after the stretches of a paragraph: token indexes."""

    first: int
    last: int


def statements(
    doc: Doc, stretches: Sequence[Stretch], paragraphs: Sequence[Span], likelihood: Likelihood, least: float
) -> list[Statement]:
    """The statements in quotation marks, in text order; one without a cue has None there."""
    offsets = [token.idx for token in doc]
    text = doc.text
    found: list[Statement] = []
    outer = [stretch for stretch in stretches if stretch.depth == 0]
    at = 0
    previous: _Gap | None = None
    above = Span(0, 0)
    for paragraph in paragraphs:
        inside: list[Stretch] = []
        while at < len(outer) and outer[at].start < paragraph.end:
            inside.append(outer[at])
            at += 1
        if inside:
            reader = _Paragraph(doc, text, inside, paragraph, offsets, likelihood, least)
            _add(found, reader.read(previous), above)
            previous = reader.gaps[-1]
        else:
            previous = _Gap(bisect_left(offsets, paragraph.start), bisect_left(offsets, paragraph.end))
        above = paragraph
    return found


def _add(found: list[Statement], new: list[Statement], above: Span) -> None:
    """Adds a paragraph's statements; a quotation that goes on from the paragraph above joins its statement."""
    if new and found:
        before, first = found[-1], new[0]
        opens = first.stretches[0].chain == before.stretches[-1].chain
        if opens and first.cue is None:
            before.stretches.extend(first.stretches)
            new = new[1:]
        elif opens and before.cue is None and before.follows is None:
            first.stretches[:0] = before.stretches
            found.pop()
        elif first.cue is None and first.whole and before.stretches[-1].start >= above.start:
            first.follows = before.follows or (before if before.cue is not None else None)
    found.extend(new)


class _Paragraph:
    """The statements of one paragraph."""

    def __init__(
        self,
        doc: Doc,
        text: str,
        inside: list[Stretch],
        paragraph: Span,
        offsets: list[int],
        likelihood: Likelihood,
        least: float,
    ) -> None:
        self.doc = doc
        self.text = text
        self.inside = inside
        self.span = paragraph
        self.likelihood = likelihood
        self.least = least
        bounds = [
            paragraph.start,
            *(edge for stretch in inside for edge in (stretch.start, stretch.end)),
            paragraph.end,
        ]
        self.gaps = [
            _Gap(bisect_left(offsets, bounds[i]), bisect_left(offsets, bounds[i + 1])) for i in range(0, len(bounds), 2)
        ]

    def read(self, previous: _Gap | None) -> list[Statement]:
        """Its statements; `previous` is the end of the paragraph before, outside quotation marks."""
        found: list[Statement] = []
        current: Statement | None = None
        whole = not any(self._words(gap) for gap in self.gaps)
        for number, stretch in enumerate(self.inside):
            gap, after = self.gaps[number], self.gaps[number + 1]
            if self._is_title(gap, stretch):
                continue
            leads = self._leads_on(stretch)
            ahead = self._before(gap, stretch)
            behind = self._after(after) if leads or (ahead is None and self._goes_on(after)) else None
            if current is not None and self._joins(gap, current) and (behind is None or not self._ended(gap)):
                current.stretches.append(stretch)
                continue
            if current is not None and ahead is not None and ahead[0] == current.cue:
                current.stretches.append(stretch)
                continue
            made = self._bare(gap, stretch, after, last=number + 1 == len(self.inside))
            if behind is not None and (ahead is None or self._ended(gap) or behind[1] >= ahead[1]):
                current = Statement(
                    [stretch], *behind, "after", self._opening(gap, stretch), self._between(after, behind[0])
                )
            elif ahead is not None:
                current = Statement([stretch], *ahead, "before")
            elif made is not None:
                current = made
            elif number == 0 and previous is not None and not self._words(gap) and self._ends_in_colon(previous):
                led = self._before(previous, stretch)
                current = Statement([stretch], *led, "before") if led else Statement([stretch], None, 0.0, "none")
            else:
                current = Statement([stretch], None, 0.0, "none", whole=whole)
            found.append(current)
        return found

    def _words(self, gap: _Gap) -> list[Token]:
        doc = self.doc
        return [doc[i] for i in range(gap.first, gap.last) if not doc[i].is_space]

    def _leads_on(self, stretch: Stretch) -> bool:
        """Whether an attribution may follow: the quotation does not end as a sentence of its own."""
        text = self.text
        inner = text[stretch.inner.start : stretch.inner.end].rstrip()
        following = text[stretch.end : stretch.end + 2].lstrip()
        return (bool(inner) and inner[-1] in ",?!—–-…") or following[:1] in (",", "—", "–")

    def _goes_on(self, gap: _Gap) -> bool:
        """Whether the text after a quotation goes on within the same sentence."""
        for i in range(gap.first, min(gap.last, gap.first + 2)):
            token = self.doc[i]
            if token.is_space or token.is_quote:
                continue
            return token.text[:1].islower() and token.pos_ != "CCONJ"
        return False

    def _after(self, gap: _Gap) -> tuple[int, float] | None:
        """The cue in the clause after a quotation."""
        doc = self.doc
        for i in range(gap.first, min(gap.last, gap.first + _REACH)):
            token = doc[i]
            if token.text in _SENTENCE_END and i > gap.first:
                return None
            chance = self.likelihood(token, "after")
            if chance >= self.least:
                return i, chance
        return None

    def _before(self, gap: _Gap, stretch: Stretch) -> tuple[int, float] | None:
        """The cue in the sentence that leads up to a quotation."""
        doc, text = self.doc, self.text
        last = gap.last - 1
        while last >= gap.first and doc[last].is_space:
            last -= 1
        if last < gap.first or doc[last].text in _SENTENCE_END:
            return None
        pointed = doc[last].text in (",", ":") or doc[last].text in _DASHES
        words = len(text[stretch.inner.start : stretch.inner.end].split())
        capital = text[stretch.inner.start : stretch.inner.start + 1].isupper()
        for i in range(last, max(gap.first - 1, last - _REACH), -1):
            token = doc[i]
            if token.text in _SENTENCE_END and i + 1 <= last and doc[i + 1].text[:1].isupper():
                return None
            chance = self.likelihood(token, "before")
            if chance >= self.least:
                return (i, chance) if pointed or last - i <= 1 or (capital and words >= 4) else None
        return None

    def _bare(self, gap: _Gap, stretch: Stretch, after: _Gap, *, last: bool) -> Statement | None:
        """A statement whose cue is a colon after a name ('Reid: “Never.”') or a dash before one ('“Never.” — Reid')."""
        words = self._words(gap)
        if words and words[-1].text == ":":
            name = self._last_sentence(words[:-1])
            if 0 < len(name) <= _NAME_WORDS and not any(word.pos_ in ("VERB", "AUX") for word in name):
                return Statement([stretch], words[-1].i, 0.6, "colon", source=(name[0].i, name[-1].i + 1))
        words = self._words(after) if last else []
        signed = 1 < len(words) <= _NAME_WORDS and words[0].text in _DASHES and words[1].text[:1].isupper()
        if signed and not any(word.pos_ in ("VERB", "AUX") for word in words):
            return Statement([stretch], words[0].i, 0.6, "dash", source=(words[1].i, words[-1].i + 1))
        return None

    def _last_sentence(self, words: list[Token]) -> list[Token]:
        for at in range(len(words) - 1, 0, -1):
            if words[at - 1].text in _SENTENCE_END and words[at].text[:1].isupper():
                return words[at:]
        return words

    def _between(self, gap: _Gap, cue: int) -> tuple[int, int] | None:
        """The source between a quotation and its cue: “…,” Anna Weber, the minister, said."""
        words = [self.doc[i] for i in range(gap.first, cue) if not self.doc[i].is_space and not self.doc[i].is_quote]
        while words and words[0].is_punct:
            del words[0]
        while words and (words[-1].is_punct or words[-1].pos_ in ("ADV", "AUX", "PART")):
            del words[-1]
        if not any(word.pos_ in _CONTENT_TAGS for word in words):
            return None
        if words[0].pos_ in ("ADP", "SCONJ", "CCONJ", "VERB", "ADV"):
            return None
        return words[0].i, words[-1].i + 1

    def _opening(self, gap: _Gap, stretch: Stretch) -> int | None:
        """Where the sentence begins that a quotation in lower case ends, or None."""
        doc = self.doc
        if not self.text[stretch.inner.start : stretch.inner.start + 1].islower():
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

    def _ended(self, gap: _Gap) -> bool:
        """Whether the text before a quotation ends a sentence (or there is none)."""
        words = self._words(gap)
        return not words or words[-1].text in _SENTENCE_END

    def _ends_in_colon(self, gap: _Gap) -> bool:
        words = self._words(gap)
        return bool(words) and words[-1].text == ":"

    def _is_title(self, gap: _Gap, stretch: Stretch) -> bool:
        """Whether what stands in quotation marks is the title of a work: capitals throughout, after a preposition or a noun."""
        words = self.text[stretch.inner.start : stretch.inner.end].strip(" ,.").split()
        if (
            not words
            or len(words) > 10
            or not all(word[:1].isupper() or len(word) < 5 for word in words)
            or not words[0][:1].isupper()
        ):
            return False
        tail = self._words(gap)[-1:]
        if not tail:
            return False
        return tail[0].pos_ in ("ADP", "NOUN", "PROPN", "DET") and (len(words) > 1 or tail[0].pos_ == "ADP")

    def _joins(self, gap: _Gap, current: Statement) -> bool:
        """Whether a quotation goes on with the statement before it: nothing but its attribution stands between them."""
        words = self._words(gap)
        if not words:
            return True
        if current.cue is None:
            return len(words) == 1 and words[0].is_punct
        if current.place == "after" and gap.first <= current.cue < gap.last:
            ends = sum(left.text in _SENTENCE_END and right.text[:1].isupper() for left, right in pairwise(words))
            last = words[-1]
            return ends == 0 and (last.text in (".", ",", ":", ";", "…", "that", "and", "but") or last.text in _DASHES)
        return False
