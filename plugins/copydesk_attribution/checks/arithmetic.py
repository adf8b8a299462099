"""603 and 604: figures that cannot all be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from copydesk import Config, Finding, Quantity, Span
from copydesk_attribution.rule import StoryCheck
from copydesk_attribution.story.story import Story
from copydesk_attribution.sums.amounts import Slip
from copydesk_attribution.sums.changes import changes
from copydesk_attribution.sums.leads import leads, undecided
from copydesk_attribution.sums.parts import included, of_number
from copydesk_attribution.sums.shares import over_hundred, over_whole, share_of_that, shares, too_many_votes
from copydesk_attribution.sums.totals import totals


class ArithmeticMismatchConfig(Config):
    """Options of arithmetic-mismatch."""

    rounding: float = Field(
        0.6,
        ge=0,
        description="By how many percentage points a change may be off, beyond what rounded values allow.",
    )


class ArithmeticMismatch(StoryCheck[ArithmeticMismatchConfig]):
    """Figures that cannot all be right: a change, a multiple, a share, or a total.

    It reports a percentage that does not fit the two values that it compares, a rise that ends lower than it began,
    "doubled", "tripled" and "halved" that do not, a percentage in percent instead of points, a total that is
    not the sum of its parts, a share that is another share of the whole, and a range that ends before it begins. The
    parts of a total may stand in the sentence after it.

    ## Why

    Reporters are told to do the math, and readers do it. No correction is suggested, since any of the
    figures may be the wrong one.

    ## Reported

    > Output rose from 40 to 50 tonnes, up 20 percent.

    (25.)

    > The council spent £3.2 million on roads and £1.8 million on schools, a total of £6 million.

    > Three of the 12 firms, or 40 percent, closed.

    > The roof costs £80,000. A quarter of that is £25,000.

    > Lee leads by 5 points, 49 percent to 46 percent.

    > The board has 12 members. Seven are men and the other six are women.

    ## Not reported

    > Output rose from 40 to 50 tonnes, up 25 percent.

    > Profit rose from 3 to 6 billion euros, up 100 percent.

    > Twelve people, including five children and two nurses, were hurt.

    Hedged figures ("about 40") are not checked, nor are lists that are open ("including", "among them").
    """

    code = "ATT603"
    name = "arithmetic-mismatch"
    severity = "warning"
    maturity = "stable"
    requires = (Quantity,)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each sentence at most."""
        for number, sentence in enumerate(story.sentences):
            figures = story.document[Quantity].within(sentence)
            slip = next(self._slips(story, number, sentence, figures), None) if figures else None
            if slip is not None:
                yield self.finding(slip.where, slip.message, evidence=slip.evidence)

    def _slips(self, story: Story, number: int, sentence: Span, figures: Sequence[Quantity]) -> Iterator[Slip]:
        for figure in figures:
            if figure.low is not None and figure.high is not None and figure.low > figure.high:
                yield Slip(figure.span, "The range ends below where it begins.", [])
        if len(figures) > 1:
            yield from changes(story, sentence, figures, self.config.rounding)
            yield from totals(story, number, figures)
            yield from shares(story, figures, self.config.rounding)
            yield from share_of_that(story, number, figures)
            yield from leads(story, sentence, figures)


class PartsOverWhole(StoryCheck):
    """A part is more than the whole: more votes than members, shares of more than 100 percent.

    It reports a number "of" a smaller one, the percentages of one question in a sentence that add up to more
    than 100 with room for rounding, and votes that are more than the members of the body, where the
    story gives one number of members.

    ## Why

    That cannot be, whatever was counted, and a reader who adds up believes no other figure.

    ## Reported

    > Turnout was 5,200 of 4,800 registered voters.

    > Some 55 percent back Lee, 40 percent Ray and 25 percent are undecided.

    > The 19-member board voted 12-9 for the plan.

    > The firm was fined £5 million, including a £6 million penalty.

    > Of the 10 judges, six are men and five are women.

    ## Not reported

    > Some 45 percent back Lee, 40 percent Ray and 15 percent are undecided.

    > Lee leads with 85 percent of men and 80 percent of women.

    > The 21-member board voted 12-9 for the plan.

    Percentages of different groups or times are not added up.
    """

    code = "ATT604"
    name = "parts-over-whole"
    severity = "warning"
    maturity = "stable"
    requires = (Quantity,)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Each such place."""
        slips: list[Slip] = []
        for number, sentence in enumerate(story.sentences):
            figures = story.document[Quantity].within(sentence)
            slips += undecided(story, number, figures)
            if len(figures) > 1:
                slips += [*over_whole(story, figures), *over_hundred(story, sentence, figures)]
                slips += [*included(story, figures), *of_number(story, sentence, figures)]
        slips += too_many_votes(story)
        yield from (self.finding(slip.where, slip.message, evidence=slip.evidence) for slip in slips)
