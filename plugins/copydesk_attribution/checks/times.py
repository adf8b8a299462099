"""607: times that count from a date which the document does not give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pydantic import Field

from copydesk import Config, Finding, Section, TimeExpression
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words

_WHOLE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnanchoredTimeConfig(Config):
    """Options of unanchored-time."""

    aggregate: bool = Field(True, description="One finding for the document; otherwise one for each place.")


class UnanchoredTime(StoryCheck[UnanchoredTimeConfig]):
    """The story says "yesterday" or "next week", and nothing says when it was written.

    It reports, once in a document, the times that are counted from a date of publication which neither the
    metadata (`date`) nor a dateline gives. The other places are the evidence.

    ## Why

    Stories outlive their page. Without a date "next week" can mean any week.

    ## Reported

    > The president will visit Moscow next week.

    in a document without a date.

    ## Not reported

    > In May the plan was dropped. The following week it was back.

    The same with a date in the metadata, or with a line "Friday, July 21, 2017" above the text.
    """

    code = "ATT607"
    name = "unanchored-time"
    severity = "info"
    maturity = "preview"
    requires = (TimeExpression,)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """The first such time, with the others as evidence; or all of them."""
        if story.document.metadata.get("date") or _has_dateline(story):
            return
        open_times = [
            time
            for time in story.document[TimeExpression]
            if time.anchored is False
            and story.in_body(time)
            and not story.in_quotation(time)
            and not _counts_from_story(folded_words(story.text, time))
        ]
        if not open_times:
            return
        if not self.config.aggregate:
            for time in open_times:
                yield self.finding(
                    time, f"“{story.text[time.start : time.end]}” counts from a date that the document does not give."
                )
            return
        first, others = open_times[0], open_times[1:]
        more = f" So do {len(others)} more times." if len(others) > 1 else " So does one more." if others else ""
        yield self.finding(
            first,
            f"“{story.text[first.start : first.end]}” counts from a date that the document does not give.{more}",
            evidence=[note(time, "also without a date to count from") for time in others],
        )


def _counts_from_story(written: Sequence[str]) -> bool:
    """Whether it counts from a time in the story, not from its date: "the following week", "two days later"."""
    return not {"following", "previous", "same"}.isdisjoint(written) or (
        len(written) > 1 and written[-1] in ("later", "earlier")
    )


def _has_dateline(story: Story) -> bool:
    """Whether a dateline or byline gives a whole date."""
    return any(
        section.kind in ("dateline", "byline")
        and any(_WHOLE_DATE.match(time.timex) for time in story.document[TimeExpression].within(section))
        for section in story.document[Section]
    )
