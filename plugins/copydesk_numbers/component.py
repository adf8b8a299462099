"""The component `numbers` and its settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from copydesk import Annotation, Component, ComponentConfig, Document, Quantity, TimeExpression
from copydesk_numbers.literals import Separators
from copydesk_numbers.reading import Readers, Reading
from copydesk_numbers.timexes import Resolve

Kind = Literal["cardinal", "ordinal", "percent", "money", "quantity", "fraction", "age", "temperature"]
TimeKind = Literal["date", "time", "datetime", "duration", "set", "range"]


class NumbersConfig(ComponentConfig):
    """Settings of `numbers`."""

    kinds: tuple[Kind, ...] = Field(
        ("cardinal", "ordinal", "percent", "money", "quantity", "fraction", "age", "temperature"),
        description="Kinds of quantities to report.",
    )
    times: tuple[TimeKind, ...] = Field(
        ("date", "time", "datetime", "duration", "set", "range"),
        description="Kinds of time expressions to report.",
    )
    separators: Separators = Field(
        "auto",
        description="How digits are grouped and decimals marked: 1,234.5 (english) or 1.234,5 (continental). "
        "auto reads English, and continental what cannot be English.",
    )
    dollar: str = Field(
        "USD", pattern="^[A-Z]{3}$", description="ISO 4217 code of '$' and 'dollars' without a country."
    )
    resolve: Resolve = Field(
        "context",
        description="Which year, week or day a date means that does not say it, when the document's date is known: the "
        "past or future one, the nearest, the one that the words around it speak of (context), or none (open).",
    )
    ranks: bool = Field(
        default=True,
        description="Report words of rank without a number (last, next, previous, penultimate) as ordinals with no value.",
    )
    vague: bool = Field(
        default=False,
        description="Report words of number that name none (several, hundreds of), with no value or with its bounds.",
    )
    bare_units: bool = Field(
        default=False,
        description="Report a currency, a percent sign or a degree scale that stands without a number, with no value.",
    )
    parts: bool = Field(
        default=False,
        description="Report the numbers that dates, times and ranges are made of as quantities of their own, too.",
    )


class Numbers(Component):
    """Finds every figure of a text with its value, unit, bound and what it counts, and every time expression.

    It reads the text alone. Where the pipeline parses for another step anyway, what is counted comes
    from the parse.
    """

    name = "numbers"
    provides = (Quantity, TimeExpression)
    uses_optional = ("token.dep", "token.head", "token.tag", "token.pos", "token.lemma")

    Config = NumbersConfig
    config: NumbersConfig

    def setup(self) -> None:
        """Builds the readers of numerals, units and measures."""
        self._readers = Readers(self.config.separators, self.config.dollar)

    def process(self, document: Document) -> Iterator[Annotation]:
        """The quantities and time expressions of a document."""
        return Reading(document, self.config, self._readers).annotations()
