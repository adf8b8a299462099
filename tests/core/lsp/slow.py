"""A plugin for tests of the server: what it costs and says is in the text. Not itself a test."""

from __future__ import annotations

import re
import time

import copydesk
from copydesk import Component, Evidence, Finding


class Slow(Component):
    """Finds words of capitals. `PAUSE` takes a second, `NIGHT` an hour; it prints, as plugins should not."""

    name = "slow"
    provides = (Finding,)

    def process(self, document):
        print("noise on standard output")
        time.sleep(3600 if "NIGHT" in document.text else 1 if "PAUSE" in document.text else 0)
        words = [match.span() for match in re.finditer(r"[A-Z]{2,}", document.text)]
        for start, end in words:
            word = document.text[start:end]
            yield Finding(
                start=start,
                end=end,
                code="SLO001",
                name="capitals",
                severity="warning",
                message=f"{word} in capitals",
                suggestion="Write it small.",
                evidence=[Evidence(start=s, end=e, note="and here") for s, e in words if s > start][:1],
                fingerprint=word,
            )


@copydesk.hookimpl
def copydesk_components():
    return [Slow]
