"""What a component must survive: texts that break naive code, long ones, and its own examples repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import log2

import pytest
from hypothesis import HealthCheck, given, settings

from copydesk.errors import TextError
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.testing import hostile
from copydesk.testing.contract import NonconformityError, check_fit, run, shown
from copydesk.testing.growth import cpu_seconds, measure_growth
from copydesk.testing.harness import Harness
from copydesk.testing.kit import time_limit
from copydesk.testing.slow_lines import line_of, slowest_line
from copydesk.testing.strategies import texts

STEEPEST = 1.25
"""A cost that grows faster than length to this power is not linear. A linear one measures at most 1.1."""

SUSPICIOUS = 1.15
"""Above this, greater sizes are measured too: a small square term may only begin to show."""

LONGEST_LINE = 1_000_000
LONGEST_PARSED_LINE = 50_000
"""In characters; shorter where a parse must be made first."""

MOST_SECONDS = 10
"""What the longest line may take of CPU time, and shorter ones in proportion."""

LARGEST_GROWTH = 400_000
LARGEST_PARSED_GROWTH = 32_000

EXAMPLES_OF_HYPOTHESIS = 100
"""In all; several configs share them."""

PUMPED = 400
"""How often a piece of an example is repeated: an exponential pattern takes for ever at 40, a cubic one shows at 400."""

PUMP_SECONDS = 5.0
MOST_PIECES = 40

OUTPUT_SIZES = (8_000, 16_000, 32_000)
"""In characters."""


class HostileChecks(Harness):
    """Checks of time, output and survival."""

    def test_survives_hostile_text(self) -> None:
        """Nothing is raised, and all fits, on the texts that break naive code."""
        # A lone surrogate never reaches a component: no document can hold one.
        for text in ("\ud800", "Lee said “\udfffyes”"):
            with pytest.raises(TextError):
                Document(text)
        for number in self._numbers():
            for what, text in hostile.TEXTS.items():
                self._check(number, self._document(text, number), what)

    def test_survives_any_text(self) -> None:
        """The same on texts that hypothesis puts together."""
        numbers = list(self._numbers())
        for number in numbers:

            def check(text: str, number: int = number) -> None:
                self._check(number, self._document(text, number), "any text")

            _on_any_text(check, max(EXAMPLES_OF_HYPOTHESIS // len(numbers), 20))

    def test_survives_long_lines(self) -> None:
        """The same on lines of a megabyte (of 50 kB where a parse is made of them)."""
        component = self._instance(0)
        found: list[Annotation] = []

        def find(document: Document) -> None:
            found[:] = run(component, document)

        longest = LONGEST_PARSED_LINE if self._reads_parse() else LONGEST_LINE
        for what, piece in hostile.LONG.items():
            # Shorter ones first: a cost that explodes is told before it takes the whole day.
            for part in (64, 16, 4, 1):
                length = longest // part
                document = self._document((piece * (length // len(piece) + 1))[:length], 0)
                seconds = cpu_seconds(find, document)
                if seconds > max(MOST_SECONDS / part, 1.0):
                    raise NonconformityError(
                        f"it takes {seconds:.1f} s on a line of {what} ({piece!r}, repeated) of {length:,} characters"
                        f"{self._slowest_line(document)}"
                    )
                check_fit(found, document)

    def test_linear_time(self) -> None:
        """Its cost grows with the length of the text, and not with a greater power of it."""
        largest = LARGEST_PARSED_GROWTH if self._reads_parse() else LARGEST_GROWTH
        component = self._instance(0)
        examples = "\n\n".join(document.text for document in self._examples(0))
        for what, piece in {**hostile.GROWING, "the examples": examples + "\n\n"}.items():

            def make(size: int, piece: str = piece) -> Document:
                return self._document((piece * (size // len(piece) + 1))[:size], 0)

            growth = measure_growth(
                make, lambda document: run(component, document), largest=largest, suspicious=SUSPICIOUS
            )
            if growth.exponent > STEEPEST:
                raise NonconformityError(
                    f"its time on {what} ({shown(piece, 40)}, repeated) grows as length to the power of "
                    f"{growth.exponent:.2f}: {growth}{self._slowest_line(make(growth.sizes[0]))}"
                )

    def test_patterns_do_not_explode(self) -> None:
        """Words and signs of the examples, repeated, with something at the end that does not match, take no time."""
        for number in self._numbers():
            component = self._instance(number)
            for piece in _pieces([document.text for document in self._examples(number)]):
                for joint in ("", " "):
                    document = self._document((piece + joint) * PUMPED + "\x00!", number)
                    try:
                        with time_limit(PUMP_SECONDS):
                            run(component, document)
                    except NonconformityError as error:
                        if "it hangs" not in str(error):
                            raise
                        raise NonconformityError(
                            f"it hangs on {piece + joint!r}, repeated {PUMPED} times; a pattern that can match one text in "
                            f"many ways, such as (a+)+, takes exponential time{line_of(self._class(), error)}"
                        ) from None

    def _slowest_line(self, document: Document) -> str:
        return slowest_line(self._class(), lambda: run(self._instance(0), document))

    def test_output_grows_linearly(self) -> None:
        """What it returns grows with the length of the text, and not with a greater power of it."""
        examples = "\n\n".join(document.text for document in self._examples(0)) + "\n\n"
        for what, piece in {**hostile.GROWING, "the examples": examples}.items():
            sizes = []
            for size in OUTPUT_SIZES:
                document = self._document((piece * (size // len(piece) + 1))[:size], 0)
                found = run(self._instance(0), document)
                sizes.append(sum(len(annotation.model_dump_json()) for annotation in found) + size / 100)
            exponent = max(log2(after / before) for before, after in pairwise(sizes))
            if exponent > STEEPEST:
                raise NonconformityError(
                    f"its output on {what} ({shown(piece, 40)}, repeated) grows as length to the power of {exponent:.2f}"
                )


def _pieces(examples: list[str]) -> Iterator[str]:
    """Words and other signs of the texts, each once, the rarer kinds first."""
    words = dict.fromkeys(re.findall(r"\w+", " ".join(examples)))
    signs = dict.fromkeys(re.findall(r"[^\w\s]", " ".join(examples)))
    yield from list(signs)[:MOST_PIECES]
    yield from list(words)[:MOST_PIECES]


def _on_any_text(check: Callable[[str], object], examples: int) -> None:
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(texts())
    def holds_on(text: str) -> None:
        check(text)

    holds_on()
