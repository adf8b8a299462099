"""Speech in quotation marks: which cue introduces it, who says it by its place, and which stretches are one statement.

This works on the order of words, not on the parse, which suffers where quotations are long: the cue is looked
for in the sentence that leads up to the opening mark, and in the clause after the closing one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from copydesk import Span
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.stretches import Stretch
from copydesk_quotes.reading.tree import Piece
from copydesk_quotes.rules.behind import verb_behind

Likelihood = Callable[[int, str], float]
"""How probable it is that a token introduces speech in quotation marks, "before" them or "after" them."""

Place = Literal["after", "before", "colon", "dash", "none"]
"""Where the cue of a statement stands; a colon or dash after or before a bare name is a cue of its own."""

_REACH = 40
"""How many words of a long sentence are searched for a cue."""
_NAME_WORDS = 12
"""How many words a bare source before a colon, or after a dash, may have."""
_SENTENCE_WORDS = 4
"""From how many words on a quotation with a capital is a sentence."""
_SENTENCE_END = frozenset(".!?…")
_DASHES = frozenset({"—", "–", "-", "--", "―"})
_OPEN_ENDS = frozenset((".", ",", ":", ";", "…", "that", "and", "but"))
_CONTENT_TAGS = frozenset({"NOUN", "PROPN", "PRON"})
_ANY_VERB = 0.6
"""How probable it is that any verb reports in the place where one that reports is expected: “…,” she grins."""


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


class _Gap(NamedTuple):
    """What stands before, between and after the stretches of a paragraph: token indexes."""

    first: int
    last: int


def statements(places: Places, likelihood: Likelihood, least: float) -> list[Statement]:
    """The statements in quotation marks, in text order; one without a cue has None there."""
    offsets, stretches = places.tree.starts, places.stretches
    found: list[Statement] = []
    at = 0
    previous: _Gap | None = None
    above = Span(0, 0)
    for paragraph in places.paragraphs:
        inside: list[Stretch] = []
        while at < len(stretches) and stretches[at].start < paragraph.end:
            inside.append(stretches[at])
            at += 1
        if inside:
            reader = _Paragraph(places, inside, paragraph, likelihood, least)
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
        opens = first.stretches[0].quotation == before.stretches[-1].quotation
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
        self, places: Places, inside: list[Stretch], paragraph: Span, likelihood: Likelihood, least: float
    ) -> None:
        self.tree = places.tree
        self.text = places.text
        self.inside = inside
        self.likelihood = likelihood
        self.least = least
        bounds = [paragraph.start, *(edge for stretch in inside for edge in stretch[:2]), paragraph.end]
        offsets = self.tree.starts
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
            behind = self._after(after, stretch) if leads or (ahead is None and self._goes_on(after)) else None
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

    def _words(self, gap: _Gap) -> list[int]:
        return [token for token in range(*gap) if not self.tree.is_space(token)]

    def _leads_on(self, stretch: Stretch) -> bool:
        """Whether an attribution may follow: the quotation does not end as a sentence of its own."""
        text = self.text
        inner = text[stretch.inner.start : stretch.inner.end].rstrip()
        following = text[stretch.end : stretch.end + 2].lstrip()
        return (bool(inner) and inner[-1] in ",?!—–-…") or following[:1] in (",", "—", "–")

    def _goes_on(self, gap: _Gap) -> bool:
        """Whether the text after a quotation goes on within the same sentence."""
        tree = self.tree
        for token in range(gap.first, min(gap.last, gap.first + 2)):
            if not tree.is_space(token):
                return tree.texts[token][:1].islower() and tree.pos[token] != "CCONJ"
        return False

    def _after(self, gap: _Gap, stretch: Stretch) -> tuple[int, float] | None:
        """The cue in the clause after a quotation."""
        for token in range(gap.first, min(gap.last, gap.first + _REACH)):
            if self.tree.texts[token] in _SENTENCE_END and token > gap.first:
                break
            chance = self.likelihood(token, "after")
            if chance >= self.least:
                return token, chance
        verb = (
            verb_behind(self.tree, gap.first, gap.last)
            if self._length(stretch) > 1 and self._is_open(stretch)
            else None
        )
        return None if verb is None else (verb, _ANY_VERB)

    def _is_open(self, stretch: Stretch) -> bool:
        """Whether a comma at the end of a quotation says that its sentence goes on."""
        inner = self.text[stretch.inner.start : stretch.inner.end].rstrip()
        return inner.endswith(",") or self.text[stretch.end : stretch.end + 1] == ","

    def _before(self, gap: _Gap, stretch: Stretch) -> tuple[int, float] | None:
        """The cue in the sentence that leads up to a quotation."""
        texts, text = self.tree.texts, self.text
        last = gap.last - 1
        while last >= gap.first and texts[last].isspace():
            last -= 1
        if last < gap.first or texts[last] in _SENTENCE_END:
            return None
        for token in range(last, max(gap.first - 1, last - _REACH), -1):
            if texts[token] in _SENTENCE_END and token + 1 <= last and texts[token + 1][:1].isupper():
                return None
            chance = self.likelihood(token, "before")
            if chance >= self.least:
                pointed = texts[last] in (",", ":") or texts[last] in _DASHES
                capital = text[stretch.inner.start : stretch.inner.start + 1].isupper()
                near = pointed or last - token <= 1
                return (token, chance) if near or (capital and self._length(stretch) >= _SENTENCE_WORDS) else None
        return None

    def _length(self, stretch: Stretch) -> int:
        return len(self.text[stretch.inner.start : stretch.inner.end].split())

    def _bare(self, gap: _Gap, stretch: Stretch, after: _Gap, *, last: bool) -> Statement | None:
        """A statement whose cue is a colon after a name ('Reid: “Never.”') or a dash before one ('“Never.” — Reid')."""
        tree = self.tree
        words = self._words(gap)
        if words and tree.texts[words[-1]] == ":":
            name = self._last_sentence(words[:-1])
            if 0 < len(name) <= _NAME_WORDS and not self._has_verb(name):
                return Statement([stretch], words[-1], 0.6, "colon", source=(name[0], name[-1] + 1))
        words = self._words(after) if last else []
        signed = (
            1 < len(words) <= _NAME_WORDS
            and tree.texts[words[0]] in _DASHES
            and tree.texts[words[1]][:1].isupper()
            and not self._has_verb(words)
        )
        return Statement([stretch], words[0], 0.6, "dash", source=(words[1], words[-1] + 1)) if signed else None

    def _has_verb(self, words: Sequence[int]) -> bool:
        return any(self.tree.pos[word] in ("VERB", "AUX") for word in words)

    def _last_sentence(self, words: list[int]) -> list[int]:
        texts = self.tree.texts
        for at in range(len(words) - 1, 0, -1):
            if texts[words[at - 1]] in _SENTENCE_END and texts[words[at]][:1].isupper():
                return words[at:]
        return words

    def _between(self, gap: _Gap, cue: int) -> Piece | None:
        """The source between a quotation and its cue: “…,” Anna Weber, the minister, said."""
        tree = self.tree
        words = [token for token in range(gap.first, cue) if not tree.is_space(token)]
        first, last = 0, len(words)
        while first < last and tree.is_punct(words[first]):
            first += 1
        while first < last and (tree.is_punct(words[last - 1]) or tree.pos[words[last - 1]] in ("ADV", "AUX", "PART")):
            last -= 1
        words = words[first:last]
        if not any(tree.pos[word] in _CONTENT_TAGS for word in words):
            return None
        if tree.pos[words[0]] in ("ADP", "SCONJ", "CCONJ", "VERB", "ADV"):
            return None
        return words[0], words[-1] + 1

    def _opening(self, gap: _Gap, stretch: Stretch) -> int | None:
        """Where the sentence begins that a quotation in lower case ends, or None."""
        if not self.text[stretch.inner.start : stretch.inner.start + 1].islower():
            return None
        first: int | None = None
        for token in range(gap.last - 1, max(gap.first - 1, gap.last - _REACH), -1):
            if self.tree.texts[token] in _SENTENCE_END:
                break
            if not self.tree.is_space(token):
                first = self.tree.starts[token]
        return first

    def _ended(self, gap: _Gap) -> bool:
        """Whether the text before a quotation ends a sentence (or there is none)."""
        words = self._words(gap)
        return not words or self.tree.texts[words[-1]] in _SENTENCE_END

    def _ends_in_colon(self, gap: _Gap) -> bool:
        words = self._words(gap)
        return bool(words) and self.tree.texts[words[-1]] == ":"

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
        tail = [self.tree.pos[word] for word in self._words(gap)[-1:]]
        return tail == ["ADP"] or (tail in (["NOUN"], ["PROPN"], ["DET"]) and len(words) > 1)

    def _joins(self, gap: _Gap, current: Statement) -> bool:
        """Whether a quotation goes on with the statement before it: nothing but its attribution stands between them."""
        texts = self.tree.texts
        words = self._words(gap)
        if not words:
            return True
        if current.cue is None:
            return len(words) == 1 and self.tree.is_punct(words[0])
        if current.place == "after" and gap.first <= current.cue < gap.last:
            ends = any(texts[left] in _SENTENCE_END and texts[right][:1].isupper() for left, right in pairwise(words))
            last = texts[words[-1]]
            return not ends and (last in _OPEN_ENDS or last in _DASHES)
        return False
