"""The component `numbers` and its settings: a thin coat over the engine."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from copydesk import Annotation, Component, Config, Context, Document, Quantity, Quotation, TimeExpression
from copydesk_numbers.adapter import annotation, document_date, parse_of
from copydesk_numbers.engine import Engine
from copydesk_numbers.numerals.literals import Separators
from copydesk_numbers.values import KINDS, TIME_KINDS, Kind, Resolve, Settings, TimeKind


class NumbersConfig(Config):
    """Settings of `numbers`."""

    language: str = Field("en", description="The language of the text: en, de.")
    kinds: tuple[Kind, ...] = Field(KINDS, description="Kinds of quantities to report.")
    times: tuple[TimeKind, ...] = Field(TIME_KINDS, description="Kinds of time expressions to report.")
    separators: Separators | None = Field(
        None,
        description="How digits are grouped and decimals marked: 1,234.5 (english) or 1.234,5 (continental). "
        "auto reads English, and continental what cannot be English. By default as the language has it.",
    )
    dollar: str = Field(
        "USD", pattern="^[A-Z]{3}$", description="ISO 4217 code of '$' and 'dollars' without a country."
    )
    resolve: Resolve = Field(
        "context",
        description="Which year, week or day a date means that does not say it, when the document's date is known: the "
        "past or future one, the nearest, the one that the words around it speak of (context), or none (open).",
    )
    labels: bool = Field(
        default=False,
        description="Report numbers that tell nothing: labels (Flight 93, chapter 5), list markers, the pronoun one.",
    )
    ranks: bool = Field(
        default=False,
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


class Numbers(Component[NumbersConfig]):
    """Finds every figure of a text with its value, unit, bound and what it counts, and every time expression.

    It needs the text alone. Where the pipeline parses for another step anyway, what is counted and the tense
    that dates are resolved by come from the parse; where `structure` has run, "today" in a quotation is the speaker's.
    """

    name = "numbers"
    provides = (Quantity, TimeExpression)
    reads = (Quotation,)
    uses_optional = ("token.dep", "token.head", "token.tag", "token.lemma")

    def setup(self, context: Context) -> None:  # noqa: ARG002  # the base class's signature
        """Builds the engine."""
        self._engine = Engine(Settings(**{name: getattr(self.config, name) for name in NumbersConfig.model_fields}))

    def process(self, document: Document) -> Iterator[Annotation]:
        """The quantities and time expressions of a document."""
        quotations = [(quotation.start, quotation.end) for quotation in document[Quotation]]
        found = self._engine.read(
            document.text, date=document_date(document), parse=parse_of(document), quotations=quotations
        )
        return map(annotation, found)
