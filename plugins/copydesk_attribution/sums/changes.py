"""Changes against their two ends: "rose 20 percent, from 40 to 50"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk import Quantity, Span
from copydesk_attribution.counting import exact
from copydesk_attribution.rule import note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, words_with_places
from copydesk_attribution.sums.amounts import Amount, Slip, amount, plain, shown
from copydesk_attribution.wordlists import words

_MULTIPLES = {"doubled": 2.0, "doubling": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_MULTIPLE_ROUNDING = 0.15
_POINTS = len(" percentage points")
_FROM = frozenset({"from", "against"})
_COMPARED = (["compared", "with"], ["compared", "to"])


def changes(story: Story, sentence: Span, figures: Sequence[Quantity], rounding: float) -> Iterator[Slip]:
    """What a sentence says of a change that its two ends do not bear out, once."""
    pair = ends_of(story, sentence, figures)
    if pair is None:
        yield from _taken_up(story, figures)
        return
    before, after = pair
    if before.value <= 0:
        return
    for slip in (
        *_stated(story, figures, before, after, rounding),
        *_multiple(story, sentence, before, after),
        *_direction(story, sentence, before, after),
    ):
        yield slip
        return


_TAKEN_UP = re.compile(
    r"[^.!?]*?[;,] (?:but |and )?(?:this|that|it|they|the (?:figure|number|share|total|rate)) (?:has |have |had |then |later |since ){0,2}"
    r"(?P<verb>[a-z]+) to (?:about |approximately |roughly |around |nearly |just |almost )?"
)


def _taken_up(story: Story, figures: Sequence[Quantity]) -> Iterator[Slip]:
    """A figure that a pronoun takes up, and that goes the other way: "70 percent in 2009; this has dropped to 76 percent"."""
    for one, other in pairwise(figures):
        match = _TAKEN_UP.fullmatch(story.text, one.end, other.start)
        if match is None or (one.kind, one.unit) != (other.kind, other.unit) or one.low is None or other.low is None:
            continue
        rises, falls = (match["verb"] in words(name) for name in ("rising_words", "falling_words"))
        if one.low != one.high or other.low != other.high or (one.low < other.low if rises else one.low > other.low):
            continue
        if rises or falls:
            more = "more" if other.low > one.low else "no more"
            message = f"“{match['verb']}”, but {shown(story, other)} is {more} than {shown(story, one)}."
            yield Slip(Span(*match.span("verb")), message, [note(one, "from"), note(other, "to")])


def ends_of(story: Story, sentence: Span, figures: Sequence[Quantity]) -> tuple[Amount, Amount] | None:
    """The two ends of a change, where a sentence has one such pair: "from 40 to 50", "to 50 from 40", "50, up from 40"."""
    starts = [figure for figure in figures if _is_start(story, sentence, figure)]
    if len(starts) != 1:
        return None
    start = starts[0]
    ends = [figure for figure in figures if _word_before(story, sentence, figure) == ["to"]]
    if not ends:
        ends = [figure for figure in figures if figure.end <= start.start and _goes_up_from(story, figure, start)]
    if len(ends) != 1 or (ends[0].kind == "percent") != (start.kind == "percent"):
        return None
    end = ends[0]
    if start.unit != end.unit and start.unit is not None and end.unit is not None:
        return None
    before, after = amount(story, start, ends=end), amount(story, end, ends=start)
    return None if before is None or after is None else (before, after)


def _is_start(story: Story, sentence: Span, figure: Quantity) -> bool:
    before = folded_words(story.text, Span(max(sentence.start, figure.start - 20), figure.start))
    return before[-1:] == ["from"] or before[-2:] in _COMPARED


def _goes_up_from(story: Story, end: Quantity, start: Quantity) -> bool:
    """Whether only "up from", "compared with" and the like stands between: "50 tonnes, up from 40"."""
    between = folded_words(story.text, Span(end.end, start.start))
    return between in (["up", "from"], ["down", "from"], ["from"], *_COMPARED)


def _word_before(story: Story, sentence: Span, figure: Quantity) -> list[str]:
    joined = story.text[figure.start - 1 : figure.start].isspace()
    return folded_words(story.text, Span(max(sentence.start, figure.start - 12), figure.start))[-1:] if joined else []


def _stated(
    story: Story, figures: Sequence[Quantity], before: Amount, after: Amount, rounding: float
) -> Iterator[Slip]:
    evidence = [note(before.figure, "from"), note(after.figure, "to")]
    ends = (before.figure, after.figure)
    points = any(end.kind == "percent" for end in ends)
    for figure in figures:
        stated = exact(figure)
        if figure.kind != "percent" or figure in ends or stated is None or _is_of_another(story, figure):
            continue
        actual = abs(after.value - before.value) / before.value * 100
        if points:
            difference = abs(after.value - before.value)
            in_points = "point" in story.text[figure.start : figure.end + _POINTS]
            if not in_points and abs(stated - difference) <= rounding:
                message = (
                    f"From {shown(story, before.figure)} to {shown(story, after.figure)} is a change of {plain(difference)} "
                    f"percentage points; in percent it is {plain(round(actual, 1))}."
                )
                yield Slip(figure.span, message, evidence)
            return
        slack = rounding + 100 * (before.slack * after.value / before.value + after.slack) / before.value
        if abs(abs(stated) - actual) > slack:
            yield Slip(
                figure.span,
                f"From {shown(story, before.figure)} to {shown(story, after.figure)} is a change of "
                f"{plain(round(actual, 1))} percent, not {plain(stated)}.",
                evidence,
            )
        return


def _is_of_another(story: Story, figure: Quantity) -> bool:
    """Whether a percentage is a share of something, not the change: "40 percent of its sales"."""
    return folded_words(story.text, Span(figure.end, min(len(story.text), figure.end + 8)))[:1] == ["of"]


def _multiple(story: Story, sentence: Span, before: Amount, after: Amount) -> Iterator[Slip]:
    for word, span in words_with_places(story.text, sentence):
        factor = _MULTIPLES.get(word)
        near = folded_words(story.text, Span(max(sentence.start, span.start - 20), span.start))[-2:]
        hedged = not {"nearly", "almost", "than", "about", "roughly", "not"}.isdisjoint(near)
        actual = after.value / before.value
        if factor is not None and not hedged and abs(actual - factor) > _MULTIPLE_ROUNDING * factor:
            yield Slip(
                span,
                f"From {shown(story, before.figure)} to {shown(story, after.figure)} is {plain(actual)} times as much, "
                f"not {plain(factor)}.",
                [note(before.figure, "from"), note(after.figure, "to")],
            )


def _direction(story: Story, sentence: Span, before: Amount, after: Amount) -> Iterator[Slip]:
    """A rise that ends lower, or a fall that ends higher."""
    first, last = sorted((before.figure.start, after.figure.start))
    near = [
        (word, span)
        for word, span in words_with_places(story.text, Span(max(sentence.start, first - 40), last))
        if word in words("rising_words") or word in words("falling_words")
    ]
    if len(near) != 1 or before.value == after.value:
        return
    word, span = near[0]
    if (word in words("rising_words")) != (after.value > before.value):
        more = "more" if after.value > before.value else "less"
        yield Slip(
            span,
            f"“{story.text[span.start : span.end]}”, but {shown(story, after.figure)} is {more} than "
            f"{shown(story, before.figure)}.",
            [note(before.figure, "from"), note(after.figure, "to")],
        )
