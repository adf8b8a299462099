"""603: figures of one sentence that cannot all be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pydantic import Field

from copydesk import Config, Evidence, Finding, Quantity, Span
from copydesk_attribution.counting import exact, from_and_to, rounding_of
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, words_with_places

_MULTIPLES = {"doubled": 2.0, "doubling": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_MULTIPLE_ROUNDING = 0.15
_EQUAL = 1e-6
_POINTS = len(" percentage points")
_OPEN_LISTS = frozenset(
    {"including", "among", "mostly", "mainly", "like", "such", "least", "some", "about", "of", "each"}
)


class ArithmeticMismatchConfig(Config):
    """Options of arithmetic-mismatch."""

    rounding: float = Field(
        0.6,
        ge=0,
        description="By how many percentage points a change may be off, beyond what rounded values allow.",
    )


class ArithmeticMismatch(StoryCheck[ArithmeticMismatchConfig]):
    """Figures in one sentence that cannot all be right: a change, a multiple, or a total.

    It reports a percentage that does not fit the two values it compares, "doubled", "tripled" and "halved"
    that do not, a total before a colon that is not the sum of what follows, and a range that ends before
    it begins. A change of a percentage that is given in percent instead of points is reported too.

    ## Why

    Reporters are told to do the math, and readers do it. No correction is suggested, since any of the
    figures may be the wrong one.

    ## Reported

    > Output rose from 40 to 50 tonnes, up 20 percent.

    (25.)

    ## Not reported

    > Output rose from 40 to 50 tonnes, up 25 percent.

    > Twelve people, including five children and two nurses, were hurt.

    All figures must stand in one sentence; hedged ones are not checked.
    """

    code = "ATT603"
    name = "arithmetic-mismatch"
    severity = "warning"
    maturity = "stable"
    requires = (Quantity,)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each sentence at most."""
        for sentence in story.sentences:
            figures = story.document[Quantity].within(sentence)
            finding = self._range(figures)
            if finding is None and len(figures) > 1:
                finding = self._change(story, sentence, figures) or self._total(story, sentence, figures)
            if finding is not None:
                yield finding

    def _range(self, figures: Sequence[Quantity]) -> Finding | None:
        for quantity in figures:
            if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
                return self.finding(quantity, "The range ends below where it begins.")
        return None

    def _change(self, story: Story, sentence: Span, figures: Sequence[Quantity]) -> Finding | None:
        pair = from_and_to(story, figures)
        if pair is None:
            return None
        start, end = pair
        before, after = exact(start), exact(end)
        if before is None or after is None or before <= 0:
            return None
        evidence = [note(start, "from"), note(end, "to")]
        for quantity in figures:
            stated = exact(quantity)
            if quantity.kind == "percent" and quantity not in pair and stated is not None:
                return self._percent(
                    story,
                    quantity,
                    stated,
                    before,
                    after,
                    points=start.kind == "percent" or end.kind == "percent",
                    evidence=evidence,
                )
        for word, span in words_with_places(story.text, sentence):
            factor = _MULTIPLES.get(word)
            if factor is not None and abs(after / before - factor) > _MULTIPLE_ROUNDING * factor:
                return self.finding(
                    span,
                    f"From {before:g} to {after:g} is {after / before:.3g} times as much, not {factor:g}.",
                    evidence=evidence,
                )
        return None

    def _percent(
        self,
        story: Story,
        quantity: Quantity,
        stated: float,
        before: float,
        after: float,
        *,
        points: bool,
        evidence: list[Evidence],
    ) -> Finding | None:
        actual = abs(after - before) / before * 100
        difference = abs(after - before)
        in_points = "point" in story.text[quantity.start : quantity.end + _POINTS]
        if points:
            if in_points or abs(stated - difference) > self.config.rounding:
                return None
            return self.finding(
                quantity,
                f"A change from {before:g} to {after:g} percent is one of percentage points, not of {stated:g} percent.",
                evidence=evidence,
            )
        slack = self.config.rounding + actual * (rounding_of(before) / before + rounding_of(after) / max(after, 1e-9))
        if abs(abs(stated) - actual) <= slack:
            return None
        return self.finding(
            quantity,
            f"From {before:g} to {after:g} is a change of {actual:.3g} percent, not {stated:g}.",
            evidence=evidence,
        )

    def _total(self, story: Story, sentence: Span, figures: Sequence[Quantity]) -> Finding | None:
        colon = story.text.find(":", sentence.start, sentence.end)
        if colon < 0:
            return None
        totals = [q for q in figures if q.end <= colon and q.kind == "cardinal" and q.counted is not None]
        parts = [q for q in figures if q.start > colon]
        if len(totals) != 1 or len(parts) < 2 or any(part.kind != "cardinal" for part in parts):
            return None
        values = [exact(part) for part in parts]
        total = exact(totals[0])
        if total is None or None in values or not _OPEN_LISTS.isdisjoint(folded_words(story.text, sentence)):
            return None
        between = [story.text[a.end : b.start] for a, b in pairwise(parts)]
        if not all("," in gap or " and " in gap for gap in between) or any(";" in gap or "." in gap for gap in between):
            return None
        summed = sum(value for value in values if value is not None)
        if abs(summed - total) < _EQUAL:
            return None
        return self.finding(
            totals[0],
            f"The parts add up to {summed:g}, not {total:g}.",
            evidence=[note(part, "a part") for part in parts],
        )
