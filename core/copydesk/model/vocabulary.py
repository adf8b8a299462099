"""The annotation types that plugins exchange.

A step depends on `Quote`, not on the plugin that happens to find quotes: whoever provides the type
can stand in for ours. Plugins may define further types, and extend these.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from copydesk.model.annotation import Annotation
from copydesk.model.reference import Ref
from copydesk.model.span import Span, SpanNote
from copydesk.model.view import View
from copydesk.model.views import (
    ENTITY,
    FINDING,
    MENTION,
    QUANTITY,
    QUOTATION,
    QUOTE,
    SECTION,
    SENTENCE,
    TIME,
    TRAIT,
)
from copydesk.model.words import Words

Severity = Literal["error", "warning", "info"]
"""How much a finding matters: almost surely wrong; an editor should look; a list to review."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the gravest down."""

Evidence = SpanNote


class Section(Annotation):
    """A part of the story as it is laid out."""

    view: ClassVar[View | None] = SECTION

    kind: Annotated[str, Words("headline", "byline", "dateline", "paragraph", "caption", "other")]


class Sentence(Annotation):
    """A sentence of the story, as its punctuation has it. Sentences do not overlap."""

    view: ClassVar[View | None] = SENTENCE


class Quotation(Annotation):
    """A stretch in quotation marks, marks included.

    Whose words they are is another question: see `Quote`. A mark without a partner is a quotation too: one that is
    not closed goes to the end of its paragraph, one that is not opened is the closing mark alone.
    """

    view: ClassVar[View | None] = QUOTATION

    inner: Span = Field(description="What stands between the marks.")
    depth: int = Field(default=1, ge=1, description="1 for a quotation in the story's own text, 2 within that, …")
    opened: bool = Field(default=True, description="Whether it has its opening mark.")
    closed: bool = Field(default=True, description="Whether it has its closing mark.")
    paragraphs: tuple[Span, ...] = Field(
        default=(), description="Where it goes over several paragraphs: its part of each, marks included."
    )


class Entity(Annotation):
    """Somebody or something that the story names, once in a document. Its span is its fullest first mention."""

    view: ClassVar[View | None] = ENTITY

    label: str = Field(description="PERSON, ORG, LOC, NORP or another label of the model or the user's patterns.")
    name: str = Field(description="The fullest name of this entity in the document.")
    aliases: tuple[str, ...] = Field(default=(), description="Other names and forms that the story uses for it.")
    link: str | None = Field(default=None, description="Id in a knowledge base or reference table.")


class Mention(Annotation):
    """One place of the story that means an entity.

    Pronouns and descriptions are there only where it is clear whom they mean: no answer beats a wrong one.
    """

    view: ClassVar[View | None] = MENTION

    kind: Annotated[str, Words("name", "pronoun", "description")]
    entity: Ref[Entity] = Field(description="Whom or what it means.")
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


class Trait(Annotation):
    """One thing that the story states of an entity. Its span is the wording."""

    view: ClassVar[View | None] = TRAIT

    kind: Annotated[
        str, Words("role", "affiliation", "description", "nationality", "party", "age", "organisation", "alias")
    ] = Field(
        description="role: what somebody is or does; affiliation: a place or organisation alone (Russia's Sergei "
        "Lavrov, Lee of Ohio); description: what an organisation is (state news outlet Tass); the others as they are called."
    )
    entity: Ref[Entity] = Field(description="Of whom or what it is stated.")
    value: str | None = Field(
        default=None, description="Normalised, lower case: 'foreign minister'. None for a bare affiliation."
    )
    role: Annotated[str, Words("office", "rank", "occupation", "relation")] | None = Field(
        default=None, description="Of a role: which sort."
    )
    organisation: Ref[Entity] | None = Field(default=None, description="The organisation that it names.")
    place: Ref[Entity] | None = Field(default=None, description="The country or place that it names.")


class Quote(Annotation):
    """Reported speech or thought. Its span is the hull of its content, quotation marks included."""

    view: ClassVar[View | None] = QUOTE

    kind: Annotated[str, Words("direct", "mixed", "indirect")] = Field(
        description="All, part or nothing of the content stands in quotation marks."
    )
    content: tuple[Span, ...] = Field(min_length=1, description="What is said, in pieces where a source interrupts it.")
    cue: tuple[Span, ...] = Field(default=(), description="The words that report it: said, according to, a colon.")
    source: tuple[Span, ...] = Field(default=(), description="Who says it, as written.")
    speaker: Ref[Entity] | None = Field(default=None, description="Who says it, after resolving surnames and pronouns.")
    relay: tuple[Span, ...] = Field(default=(), description="The outlet or document that passed it on.")
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


class Quantity(Annotation):
    """A figure: its value, its unit, and what it counts. Its span holds number and unit; bound words stand before it."""

    view: ClassVar[View | None] = QUANTITY

    kind: Annotated[str, Words("cardinal", "ordinal", "percent", "money", "quantity", "fraction", "age", "temperature")]
    low: float | None = Field(
        default=None, description="The value, or the low end of a range; null where it is open or vague."
    )
    high: float | None = Field(
        default=None, description="The value again, or the high end of a range; null where it is open or vague."
    )
    unit: str | None = Field(default=None, description="A pint unit name, an ISO 4217 code, or null.")
    per: str | None = Field(default=None, description="Of a rate: what it is per, such as barrel, month, share.")
    role: Annotated[
        str,
        Words(
            "count",
            "measure",
            "money",
            "percent",
            "age",
            "year",
            "rank",
            "label",
            "score",
            "odds",
            "clock",
            "list",
            "pronoun",
        ),
    ] = Field(default="count", description="What the number is there for.")
    bound: Annotated[str, Words("=", "~", "<", ">", "<=", ">=")] = Field(
        default="=", description="~ about, < under, > over, <= at most, >= at least."
    )
    number: Span = Field(description="The number alone, without its unit.")
    counted: Span | None = Field(default=None, description="What is counted: 'people' in 'about 300 people'.")
    counted_head: Span | None = Field(default=None, description="The head noun of what is counted.")


class TimeExpression(Annotation):
    """A date, time, duration or repeated time."""

    view: ClassVar[View | None] = TIME

    kind: Annotated[str, Words("date", "time", "datetime", "duration", "set", "range")]
    timex: str = Field(description="ISO 8601 or TIMEX3 value; X for what is not known: XXXX-09-30.")
    anchored: bool | None = Field(
        default=None,
        description="Whether the document's date was needed and known: null not needed, false needed but unknown.",
    )


class Finding(Annotation):
    """A place where something does not hold, as a linter reports it."""

    view: ClassVar[View | None] = FINDING

    code: str = Field(description="ATT201.")
    name: str = Field(description="unintroduced-person.")
    severity: Severity
    message: Annotated[str, Field(min_length=1)]
    evidence: tuple[Evidence, ...] = Field(default=(), description="The other places that make it a finding.")
    suggestion: str | None = None
    fingerprint: str = Field(default="", description="Stays the same when lines move.")


VOCABULARY: tuple[type[Annotation], ...] = (
    Section,
    Sentence,
    Quotation,
    Entity,
    Mention,
    Trait,
    Quote,
    Quantity,
    TimeExpression,
    Finding,
)
"""All shared types, in the order in which a newsroom's steps make them."""
