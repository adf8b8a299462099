"""ATT701: a quotation mark that opens or closes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from copydesk import Finding
from copydesk_quotes.marks import Marks

CODE = "ATT701"
NAME = "unbalanced-quotes"


def unbalanced(text: str, marks: Marks) -> Iterator[Finding]:
    """A finding for each quotation mark that has no partner, in text order."""
    alike: Counter[str] = Counter()
    sides = [(span, True) for span in marks.unclosed] + [(span, False) for span in marks.unopened]
    for span, opens in sorted(sides):
        around = " ".join(text[max(0, span.start - 30) : span.end + 30].split())
        alike[around] += 1
        fingerprint = hashlib.sha256(f"{CODE}|{around}|{alike[around]}".encode()).hexdigest()[:16]
        mark = text[span.start : span.end]
        yield Finding(
            start=span.start,
            end=span.end,
            id=Finding.make_id(span.start, span.end, CODE),
            code=CODE,
            name=NAME,
            severity="error",
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
