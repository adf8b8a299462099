"""Amounts: figures with their scale, and how a story writes them."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk import Evidence, Quantity, Span
from copydesk_attribution.counting import exact, rounding_of
from copydesk_attribution.story.story import Story

_SCALES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_WRITTEN = re.compile(r"(?P<before>[^\d\w]*(?:[A-Z]{2,3}\$?)?)(?P<digits>\d[\d,.]*)(?P<scale>[ -]?[A-Za-z]+)?")
_SCALE_AFTER = re.compile(r"[ -]?(thousand|million|billion|trillion|bn|tn|mn|[mkb]\b)")
_UNSCALED = 1000


class Slip(NamedTuple):
    """Something that does not add up.

    Attributes:
        where: the figure that does not fit.
        message: the sum in the story's own units.
        evidence: the other figures.
    """

    where: Span
    message: str
    evidence: list[Evidence]


class Amount(NamedTuple):
    """A figure that is one number without a hedge.

    Attributes:
        figure: where it stands.
        value: on its whole scale.
        slack: how far the written number may be from what was measured.
    """

    figure: Quantity
    value: float
    slack: float


def scale_of(story: Story, figure: Quantity) -> float:
    """The scale with which a figure is written: 1,000,000 for "3.2 million"; 1 where it has none."""
    written = story.text[figure.number.start : max(figure.number.end, figure.end)]
    match = re.search(r"[\d\w] ?(thousand|million|billion|trillion|bn|tn|mn|[mkb])\b", written)
    return _SCALES[match[1].casefold()] if match else 1.0


def amount(story: Story, figure: Quantity, *, ends: Quantity | None = None) -> Amount | None:
    """The amount of a figure; None for a hedged or open one.

    Args:
        story: the story.
        figure: which.
        ends: the figure whose scale it shares, in "from 3 to 6 billion".
    """
    value = exact(figure)
    if value is None:
        return None
    scale = scale_of(story, figure)
    if ends is not None and scale == 1.0 and abs(value) < _UNSCALED:
        shared = scale_of(story, ends)
        value, scale = value * shared, shared
    return Amount(figure, value, rounding_of(value / scale) * scale)


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two figures can be added: both counts, both of one currency or measure."""
    return one.kind == other.kind and one.unit == other.unit and one.per == other.per


def plain(value: float) -> str:
    """A number as stories write it: thousands with commas, at most two decimals, never with an exponent."""
    written = f"{value:,.2f}"
    return written.rstrip("0").rstrip(".")


def written_like(story: Story, value: float, figure: Quantity) -> str:
    """A value in the units of a figure: "£5 million" after "£3.2 million"."""
    text = story.text[figure.start : figure.end]
    match = _WRITTEN.match(text)
    scale = scale_of(story, figure)
    if match is None:
        unit = story.text[figure.number.end : figure.end]
        return f"{plain(value)}{unit}" if scale == 1.0 else plain(value)
    word = _SCALE_AFTER.match(text, match.end("digits"))
    rest = text[word.end() :] if word else text[match.end("digits") :]
    return f"{match['before']}{plain(value / scale)}{word[0] if word else ''}{rest}"


def shown(story: Story, figure: Quantity) -> str:
    """A figure as it stands."""
    return story.text[figure.start : figure.end]
