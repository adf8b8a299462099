"""The annotation types that plugins exchange.

A step depends on `Quote`, not on the plugin that happens to find quotes: whoever provides the type
can stand in for ours. Plugins may define further types; these are the ones that are shared.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from copydesk.annotation import Annotation, Span, SpanNote

Severity = Literal["error", "warning", "info"]
"""How much a finding matters: almost surely wrong; an editor should look; a list to review."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the gravest down."""

Evidence = SpanNote


class Section(Annotation):
    """A part of the story as it is laid out."""

    kind: Literal["headline", "byline", "dateline", "paragraph", "caption", "other"]


class Entity(Annotation):
    """A mention of somebody or something by name."""

    label: str = Field(description="PERSON, ORG, LOC, NORP or another label of the model or the user's patterns.")
    name: str = Field(description="The fullest name of this entity in the document.")
    entity: str = Field(description="Id of the entity's first full mention, shared by all its mentions.")
    link: str | None = Field(default=None, description="Id in a knowledge base or reference table.")


class Reference(Annotation):
    """A pronoun or definite description that stands for an entity: "she", "the minister", "the ministry".

    Only those that could be resolved are there: no answer beats a wrong one.
    """

    kind: Literal["pronoun", "description"]
    entity: str = Field(description="Entity id, the one that all mentions of the entity share.")
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


class Role(Annotation):
    """What somebody is: an office, rank, occupation or relation, stated at this place.

    `affiliation` is a possessive country or organisation alone ("Russia's Sergei Lavrov");
    `description` says what an organisation is ("state news outlet Tass").
    """

    holder: str = Field(description="Entity id, the one that all mentions of the holder share.")
    title: str | None = Field(description="Normalised, lower case: 'foreign minister'. None for a bare affiliation.")
    kind: Literal["office", "rank", "occupation", "relation", "affiliation", "description"]
    organisation: str | None = Field(default=None, description="Entity id of the organisation.")
    country: str | None = Field(default=None, description="Entity id of the country.")


class Quote(Annotation):
    """Reported speech or thought. Its span is the hull of its content, quotation marks included."""

    kind: Literal["direct", "mixed", "indirect"] = Field(
        description="All, part or nothing of the content stands in quotation marks."
    )
    content: tuple[Span, ...] = Field(min_length=1, description="What is said, in pieces where a source interrupts it.")
    cue: tuple[Span, ...] = Field(default=(), description="The words that report it: said, according to, a colon.")
    source: tuple[Span, ...] = Field(default=(), description="Who says it, as written.")
    speaker: str | None = Field(default=None, description="Entity id, after resolving surnames and pronouns.")
    relay: tuple[Span, ...] = Field(default=(), description="The outlet or document that passed it on.")
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


Number = int | float
Range = tuple[Number | None, Number | None]


class Quantity(Annotation):
    """A figure: its value, its unit, and what it counts. Its span holds number and unit; bound words stand before it."""

    kind: Literal["cardinal", "ordinal", "percent", "money", "quantity", "fraction", "age", "temperature"]
    value: Number | Range | None = Field(
        description="A number, [low, high] for a range with null for an open side, null where it is vague."
    )
    unit: str | None = Field(default=None, description="A pint unit name, an ISO 4217 code, or null.")
    bound: Literal["=", "~", "<", ">", "<=", ">="] = Field(default="=", description="~ approximately, >= at least, …")
    number: Span = Field(description="The number alone.")
    counted: Span | None = Field(default=None, description="What is counted: the noun phrase.")
    counted_head: Span | None = Field(default=None, description="The head noun of what is counted.")


class TimeExpression(Annotation):
    """A date, time, duration, set of times or range."""

    layer: ClassVar[str] = "time"

    kind: Literal["date", "time", "datetime", "duration", "set", "range"]
    timex: str = Field(description="ISO 8601 or TIMEX3 value; X for what is not known: XXXX-09-30.")
    anchored: bool | None = Field(
        default=None,
        description="Whether the document's date was needed and known: null not needed, false needed but unknown.",
    )


class Finding(Annotation):
    """A place where something does not hold, as a linter reports it."""

    code: str = Field(description="ATT201.")
    name: str = Field(description="unintroduced-person.")
    severity: Severity
    message: Annotated[str, Field(min_length=1)]
    evidence: tuple[Evidence, ...] = Field(default=(), description="The other places that make it a finding.")
    suggestion: str | None = None
    fingerprint: str = Field(default="", description="Stays the same when lines move.")


VOCABULARY: tuple[type[Annotation], ...] = (
    Section,
    Entity,
    Reference,
    Role,
    Quote,
    Quantity,
    TimeExpression,
    Finding,
)
"""All shared types, in the order in which a newsroom's steps make them."""
