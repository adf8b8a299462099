"""The component `numbers`: from text to Quantity and TimeExpression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from copydesk import Annotation, Component, ComponentConfig, Document, Quantity, Span, TimeExpression
from copydesk_numbers.counted import counted_by_rule
from copydesk_numbers.measures import NUMERALS, MeasureReader
from copydesk_numbers.numerals import NumeralReader
from copydesk_numbers.quantities import Draft, QuantityReader
from copydesk_numbers.tape import Fold, Tape, lowered
from copydesk_numbers.timeline import TIME_CLASSES, holidays, read_times
from copydesk_numbers.timexes import Resolve, TimeContext, time_annotations
from copydesk_numbers.units import UnitReader

Kind = Literal[
    "cardinal", "ordinal", "percent", "money", "quantity", "fraction", "age", "temperature",
]  # fmt: skip

WINDOW = 200_000
"""Characters that are read at once, so that memory does not grow with the text."""

_FIND_NUMERAL = re.compile("[" + "".join(NUMERALS) + "]").search


class NumbersConfig(ComponentConfig):
    """Settings of `numbers`."""

    kinds: tuple[Kind, ...] = Field(
        ("cardinal", "ordinal", "percent", "money", "quantity", "fraction", "age", "temperature"),
        description="Kinds of quantities to report.",
    )
    separators: Literal["auto", "english", "continental"] = Field(
        "auto",
        description="How digits are grouped and decimals marked: 1,234.5 (english) or 1.234,5 (continental). "
        "auto reads English, and continental what cannot be English.",
    )
    resolve: Resolve = Field(
        "context",
        description="Which year, week or day a date means that does not say it, when the document's date is known: the "
        "past or future one, the nearest, the one that the words around it speak of (context), or none (open).",
    )
    dollar: str = Field(
        "USD", pattern="^[A-Z]{3}$", description="ISO 4217 code of '$' and 'dollars' without a country."
    )


class Numbers(Component):
    """Finds every figure of a text with its value, unit, bound and what it counts, and every time expression.

    It reads the text alone; where the pipeline parses for another step, the counted thing comes from the parse.
    """

    name = "numbers"
    provides = (Quantity, TimeExpression)
    uses_optional = ("token.dep", "token.head", "token.tag", "token.pos")

    Config = NumbersConfig
    config: NumbersConfig

    def setup(self) -> None:
        """Builds the readers; their tables are loaded with the modules."""
        units = UnitReader(self.config.dollar)
        self._units = units
        self._numerals = NumeralReader(self.config.separators)
        self._quantities = QuantityReader(MeasureReader(units))
        self._kinds = frozenset(self.config.kinds)

    def process(self, document: Document) -> Iterator[Annotation]:
        """The quantities and time expressions of a document."""
        text = document.text
        low = lowered(text)
        context = TimeContext.of(document, self.config.resolve)
        for start, end in windows(text):
            yield from self._read(Tape.of(text, low, start, end), context)

    def _read(self, tape: Tape, context: TimeContext) -> Iterator[Annotation]:
        tape = tape.folded(holidays(tape))
        folded = read_times(tape.folded(self._money_aware(tape)))
        for index, thing in enumerate(folded.things):
            if thing is not None and folded.classes[index] in TIME_CLASSES:
                yield from time_annotations(folded, index, context)
        for draft in self._quantities.drafts(folded, _FIND_NUMERAL):
            if draft.kind in self._kinds and not (draft.value is None and draft.unit is None):
                yield self._quantity(folded, draft)

    def _money_aware(self, tape: Tape) -> Iterator[Fold]:
        """The numerals; those behind a currency sign have a class of their own, so that no date takes them."""
        for fold in self._numerals.folds(tape):
            money = self._units.money_before(tape, fold.first) is not None
            yield fold._replace(kind="money_number") if money else fold

    def _quantity(self, tape: Tape, draft: Draft) -> Quantity:
        counted = counted_by_rule(tape, draft)
        return Quantity(
            start=tape.starts[draft.first],
            end=tape.ends[draft.last - 1],
            kind=draft.kind,  # type: ignore[arg-type]  # drafts use the kinds of Quantity
            value=draft.value,
            unit=draft.unit,
            bound=draft.bound,  # type: ignore[arg-type]  # and its bounds
            number=Span(tape.starts[draft.number_first], tape.ends[draft.number_last - 1]),
            counted=counted[0] if counted else None,
            counted_head=counted[1] if counted else None,
        )


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of a text that are cut where no expression goes on: at a line's end, or else at a space."""
    start, length = 0, len(text)
    while length - start > WINDOW:
        end = start + WINDOW
        for mark in ("\n", ". ", " "):
            cut = text.rfind(mark, start + WINDOW // 2, end)
            if cut >= 0:
                end = cut + len(mark)
                break
        yield start, end
        start = end
    yield start, length
