"""ATT701: a quotation mark that opens or closes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from copydesk import Check, Document, Finding
from copydesk_quotes.marks import Marks, find_marks


class UnbalancedQuotes(Check):
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
    quotations within quotations are told apart.

    ## To switch it off

    `report_unbalanced: false` in the settings of the step `quotes`.
    """

    code = "ATT701"
    name = "unbalanced-quotes"
    severity = "error"
    maturity = "stable"
    inside_quotations = True
    reported_by = "quotes"

    def check(self, document: Document) -> Iterable[Finding]:
        """The findings in a document."""
        return unbalanced(document.text, find_marks(document.text))


def unbalanced(text: str, marks: Marks) -> Iterator[Finding]:
    """A finding for each quotation mark that has no partner, in text order."""
    alike: Counter[str] = Counter()
    sides = [(span, True) for span in marks.unclosed] + [(span, False) for span in marks.unopened]
    for span, opens in sorted(sides):
        around = " ".join(text[max(0, span.start - 30) : span.end + 30].split())
        alike[around] += 1
        fingerprint = hashlib.sha256(f"{UnbalancedQuotes.code}|{around}|{alike[around]}".encode()).hexdigest()[:16]
        mark = text[span.start : span.end]
        yield Finding(
            start=span.start,
            end=span.end,
            id=Finding.make_id(span.start, span.end, UnbalancedQuotes.code),
            code=UnbalancedQuotes.code,
            name=UnbalancedQuotes.name,
            severity=UnbalancedQuotes.severity,
            message=(
                f"The quotation opened by {mark} is never closed; it is read up to the end of its paragraph."
                if opens
                else f"{mark} closes a quotation that nothing opened."
            ),
            suggestion="Add the missing closing mark."
            if opens
            else "Add the missing opening mark, or take this one out.",
            fingerprint=fingerprint,
        )
