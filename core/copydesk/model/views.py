"""The views of the shared types: what a report says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.model.timex import in_words
from copydesk.model.view import PIECES, Cell, View, name_of, number, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.model.document import Document
    from copydesk.model.span import Span
    from copydesk.model.vocabulary import Entity, Quantity, Quote, TimeExpression, Trait


def pieces(spans: Sequence[Span], document: Document) -> str:
    """What stands at several places, joined."""
    return PIECES.join(text_of(span, document) for span in spans)


def who(quote: Quote, document: Document) -> str:
    """Who said it: the speaker's name, or the source as written."""
    return name_of(quote.speaker, document) or pieces(quote.source, document) or "no speaker found"


_BOUNDS = {"=": "", "~": "about ", "<": "< ", ">": "> ", "<=": "≤ ", ">=": "≥ "}


def value(quantity: Quantity, document: Document) -> str:  # noqa: ARG001  # the form of all cells
    """The value of a figure: `12`, `about 300`, `5–10`, `≥ 5`; empty for a vague one."""
    bound = _BOUNDS.get(quantity.bound, f"{quantity.bound} ")
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        return ""
    if low == high:
        assert low is not None
        return f"{bound}{number(low)}"
    ends = "–".join("" if end is None else number(end) for end in (low, high))
    return f"{bound}{ends}"


def unit(quantity: Quantity, document: Document) -> str:  # noqa: ARG001  # the form of all cells
    """Its unit, and what it is per: `USD per barrel`."""
    per = f"per {quantity.per}" if quantity.per else ""
    return " ".join(part for part in (quantity.unit or "", per) if part)


def time_note(time: TimeExpression, document: Document) -> str:  # noqa: ARG001  # the form of all cells
    """What is missing for a time to be known."""
    return "no date to count from" if time.anchored is False else ""


def sort(trait: Trait, document: Document) -> str:  # noqa: ARG001  # the form of all cells
    """What a trait is: `office`, `nationality`."""
    return trait.role or trait.kind


def traits(entity: Entity, document: Document) -> str:
    """What the story states of an entity, each wording once: `Foreign Minister (office)`."""
    from copydesk.model.vocabulary import Trait

    if Trait not in document:
        return ""
    # Traits of others may refer to it too, as their place or organisation.
    own = (trait for trait in document.of(Trait, entity) if trait.entity == entity.id)
    said = (f"{text_of(trait, document)} ({sort(trait, document)})" for trait in own)
    return "; ".join(dict.fromkeys(said))


SECTION = View("Sections", (Cell("kind", lambda section, _: section.kind),))
SENTENCE = View("Sentences")
QUOTATION = View(
    "Quotations",
    (
        Cell("depth", lambda quotation, _: str(quotation.depth)),
        Cell("note", lambda q, _: "" if q.opened and q.closed else "not closed" if q.opened else "not opened"),
    ),
)
ENTITY = View(
    "Names",
    (
        Cell("label", lambda entity, _: entity.label),
        Cell("name", lambda entity, _: entity.name),
        Cell("also", lambda entity, _: ", ".join(entity.aliases)),
        Cell("states", traits),
        Cell("link", lambda entity, _: entity.link or ""),
    ),
)
MENTION = View(
    "Mentions",
    (
        Cell("kind", lambda mention, _: mention.kind),
        Cell("means", lambda mention, document: name_of(mention.entity, document)),
    ),
)
TRAIT = View(
    "Traits",
    (
        Cell("kind", sort),
        Cell("of", lambda trait, document: name_of(trait.entity, document)),
        Cell("value", lambda trait, _: trait.value or ""),
        Cell("organisation", lambda trait, document: name_of(trait.organisation, document)),
        Cell("place", lambda trait, document: name_of(trait.place, document)),
    ),
)
QUOTE = View(
    "Quotes",
    (
        Cell("speaker", who),
        Cell("cue", lambda quote, document: pieces(quote.cue, document)),
        Cell("passed on by", lambda quote, document: pieces(quote.relay, document)),
        Cell("kind", lambda quote, _: quote.kind),
    ),
)
QUANTITY = View(
    "Numbers",
    (
        Cell("value", value),
        Cell("unit", unit),
        Cell("counts", lambda q, document: text_of(q.counted, document) if q.counted is not None else ""),
        Cell("kind", lambda quantity, _: quantity.kind),
    ),
)
TIME = View(
    "Times",
    (
        Cell("means", lambda time, _: in_words(time.timex, time.kind)),
        Cell("kind", lambda time, _: time.kind),
        Cell("note", time_note),
    ),
)
FINDING = View(
    "Findings",
    (
        Cell("severity", lambda finding, _: finding.severity),
        Cell("code", lambda finding, _: f"{finding.code} {finding.name}"),
        Cell("message", lambda finding, _: finding.message),
        Cell("suggestion", lambda finding, _: finding.suggestion or ""),
    ),
)
