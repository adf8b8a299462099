"""701: a quotation mark that opens or closes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copydesk import Finding, Quotation, Span
from copydesk_attribution.rule import StoryCheck
from copydesk_attribution.story.story import Story


class UnbalancedQuotes(StoryCheck):
    """A quotation mark that opens or closes nothing.

    It reports an opening mark that nothing closes before its paragraph ends, and a closing mark that
    nothing opened. The quotation is read up to the end of the paragraph.

    ## Why

    A mark that was lost in an edit leaves open whose words the reader has: the source's, or the paper's.

    ## Reported

    > "We found nothing, said Ann Lee. The search goes on.

    ## Not reported

    > "We found nothing.
    >
    > "We looked everywhere," said Ann Lee.

    A quotation of several paragraphs opens each of them and closes only the last. Apostrophes, inch marks and
    quotations within quotations are told apart; a paragraph with a height in feet and inches (6’2”) is passed over.
    """

    code = "ATT701"
    name = "unbalanced-quotes"
    severity = "error"
    maturity = "stable"
    requires = (Quotation,)
    inside_quotations = True

    def inspect(self, story: Story) -> Iterable[Finding]:
        """A finding for each quotation mark that has no partner."""
        turned: Span | None = None
        measured = {
            index
            for index, where in enumerate(story.paragraphs)
            if _has_inches(story, where) or _has_markup(story, where)
        }
        for quotation in story.document[Quotation]:
            if story.paragraph_index(quotation) in measured:
                continue
            if not quotation.opened:
                # A closing mark at the head of a paragraph is an opening one that was typed the wrong way round: one fault.
                # Two in one paragraph are one fault in any case.
                paragraph = story.paragraph(quotation)
                if paragraph is not None and paragraph == turned:
                    continue
                turned = paragraph
                yield self.finding(
                    quotation,
                    f"{story.document.text_of(quotation)} closes a quotation that nothing opened.",
                    suggestion="Add the missing opening mark, or take this one out.",
                )
            elif not quotation.closed:
                mark = _last_opening(story.text, quotation)
                if story.paragraph_index(mark) in measured:
                    continue
                yield self.finding(
                    mark,
                    f"The quotation opened by {story.document.text_of(mark)} is never closed; "
                    "it is read up to the end of its paragraph.",
                    suggestion="Add the missing closing mark.",
                )


def _has_inches(story: Story, paragraph: Span) -> bool:
    """Whether a paragraph has a height in feet and inches, whose mark is easily taken for a quotation mark: 6’2”."""
    return _INCHES.search(story.text, paragraph.start, paragraph.end) is not None


def _has_markup(story: Story, paragraph: Span) -> bool:
    """Whether a tag stands in a paragraph, whose attributes have marks of their own: `">text<tweet/>`."""
    return _TAG.search(story.text, paragraph.start, paragraph.end) is not None


_TAG = re.compile(r"<\w+ ?/>|</\w+>")
_INCHES = re.compile(r"\d[’'′]\d{1,2}[”\"″]")


def _last_opening(text: str, quotation: Quotation) -> Span:
    """The mark that opens a quotation, or opens it anew in its last paragraph."""
    length = quotation.inner.start - quotation.start
    for part in quotation.paragraphs[-1:]:
        if text.startswith(text[quotation.start : quotation.inner.start], part.start):
            return Span(part.start, part.start + length)
    return Span(quotation.start, quotation.inner.start)
