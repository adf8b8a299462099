"""What a sentence says of the two shares of a contest, and of those who have none: leads and the undecided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk import Quantity, Span
from copydesk_attribution.rule import note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.sums.amounts import Slip, amount, plain, shown
from copydesk_attribution.wordlists import words

_BY = re.compile(
    r"\b(?:lead|leads|led|leading|ahead|beats?|trails?|trailed|trailing|behind|winning|won)\b[^.;]{0,30}? by (?:an? )?$"
)
_LEAD = re.compile(r"(?:[- ]percentage)?[- ]points? (?:lead|edge|advantage)\b")
_TO = re.compile(r"(?: percent| per cent|%)?(?:,? (?:to|against) |[-–])")
_POINTS = re.compile(r"(?:[- ]percentage)?[- ]points?\b")
_NEITHER = frozenset({"undecided", "unsure", "neither", "unknown", "uncertain"})
_NOT_SURE = re.compile(
    r"\b(?:not sure|no opinion|don[’']t know|did not know|another candidate|someone else|somebody else)\b"
)
_WHOLE, _ROUNDED = 100.0, 2.0


def leads(story: Story, sentence: Span, figures: Sequence[Quantity]) -> Iterator[Slip]:
    """A lead in points that is not the difference of the shares beside it: "by 3 points, 49 percent to 47 percent"."""
    pair = _pair(story, figures) if len(figures) == _FIGURES else None
    points = next((figure for figure in figures if figure not in pair), None) if pair is not None else None
    if pair is None or points is None or not _is_lead(story, sentence, points):
        return
    one, other, said = (amount(story, figure) for figure in (*pair, points))
    if one is None or other is None or said is None:
        return
    difference = abs(one.value - other.value)
    slack = one.slack + other.slack + said.slack - 0.5
    if abs(difference - said.value) > slack:
        yield Slip(
            points.span,
            f"{shown(story, pair[0])} to {shown(story, pair[1])} is a lead of {plain(difference)} points, not {plain(said.value)}.",
            [note(figure, "a share") for figure in pair],
        )


_FIGURES = 3


def _is_lead(story: Story, sentence: Span, points: Quantity) -> bool:
    """Whether a number of points is a lead: "leads by 3 points", "a 3-point lead"; no margin of error."""
    text, start = story.text, points.number.end
    if _LEAD.match(text, start, sentence.end):
        return True
    return bool(_POINTS.match(text, start, sentence.end)) and bool(_BY.search(text, sentence.start, points.start))


def _pair(story: Story, figures: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    for one, other in pairwise(figures):
        shares = {one.kind, other.kind} <= {"percent", "cardinal"} and "percent" in (one.kind, other.kind)
        if shares and _TO.fullmatch(story.text[one.number.end : other.start].removeprefix(" percent")):
            return one, other
    return None


def undecided(story: Story, number: int, figures: Sequence[Quantity]) -> Iterator[Slip]:
    """Those without an answer, who with the two shares of the sentence before are more than all."""
    if number == 0 or len(figures) != 1 or figures[0].kind != "percent":
        return
    before, sentence = story.sentences[number - 1], story.sentences[number]
    paragraph = story.paragraph(sentence)
    said = story.text[sentence.start : sentence.end].casefold()
    if paragraph is None or not paragraph.contains(before):
        return
    if _NEITHER.isdisjoint(folded_words(story.text, sentence)) and not _NOT_SURE.search(said):
        return
    shares = [figure for figure in story.document[Quantity].within(before) if figure.kind == "percent"]
    if len(shares) != 2 or not words("compared_words").isdisjoint(folded_words(story.text, before)):
        return
    known = [amount(story, figure) for figure in (*shares, *figures)]
    values = [found.value for found in known if found is not None]
    if len(values) == 3 and sum(values) > _WHOLE + _ROUNDED:
        listed = " + ".join(plain(value) for value in values)
        yield Slip(
            figures[0].span,
            f"{listed} = {plain(sum(values))} percent: the shares are more than the whole.",
            [note(figure, "a share") for figure in shares],
        )
