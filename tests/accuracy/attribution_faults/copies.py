"""A copy of a story with one fault, and what the operators need to make one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from copydesk import Annotation, Document, Mention, Quote, Section, Span

SAY = r"(?:said|says|told|added|stated|explained|noted|warned|argued|claimed|announced|commented|wrote|asked)"
# What shows that a stretch still has a source after an edit; wider than `SAY`, which is what operators edit.
SOURCED = rf"\b(?:{SAY}|according|tells|tell|say|tweeted|replied|called|calls|insisted|reported|estimated?s?"
SOURCED += r"|accus\w+|liken\w+|criticiz\w+|criticis\w+|argu\w+|warn\w*|claim\w*|believ\w+|interview|statement|remarks|speech)\b"


@dataclass(frozen=True)
class Copy:
    """A copy of a story with one fault.

    Attributes:
        text: the faulty text.
        base: the text without the fault, where it is not the story itself.
        places: where findings of the fault may lie, in `text`.
        options: options of checks, by code, that go with the fault.
        edits: what was replaced by what, in the story or in `base`; None where no layers can be carried.
        added: annotations of what an edit added, in `text`.
        value: of the number that was altered.
        unnames: whether the edit puts somebody else in place of a named person.
        metadata: the copy's metadata, where they are not the story's.
    """

    text: str
    places: tuple[Span, ...]
    base: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    edits: tuple[tuple[Span, str], ...] | None = None
    added: tuple[Annotation, ...] = ()
    value: float | None = None
    unnames: bool = False
    metadata: Mapping[str, object] | None = None


Operator = Callable[[Document, random.Random], Iterator[Copy]]


def replaced(text: str, *edits: tuple[Span, str]) -> tuple[str, tuple[Span, ...], tuple[tuple[Span, str], ...]]:
    """The text with these edits, where they lie in it, and the edits in order."""
    parts: list[str] = []
    places: list[Span] = []
    at = length = 0
    for where, new in sorted(edits):
        parts += [text[at : where.start], new]
        start = length + where.start - at
        places.append(Span(start, start + len(new)))
        length = start + len(new)
        at = where.end
    return "".join(parts) + text[at:], tuple(places), tuple(sorted(edits))


def widened(text: str, where: Span) -> Span:
    """The paragraph around a place: a deletion leaves no words of its own."""
    start = text.rfind("\n", 0, where.start) + 1
    end = text.find("\n", where.end)
    return Span(start, len(text) if end < 0 else end)


def paragraphs(document: Document) -> list[Span]:
    """The paragraphs of the story."""
    return [section.span for section in document[Section] if section.kind == "paragraph"]


def headline(document: Document) -> Span | None:
    """The headline."""
    return next((section.span for section in document[Section] if section.kind == "headline"), None)


def in_body(document: Document, offset: int) -> bool:
    """Whether an offset lies in a paragraph of the story: in no headline, caption or list of sources."""
    return any(section.kind == "paragraph" for section in document[Section].at(offset))


def in_quotes(text: str, offset: int) -> bool:
    """Whether an offset lies between quotation marks, by counting those before it in its line."""
    start = text.rfind("\n", 0, offset) + 1
    before = text[start:offset]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def narration(text: str) -> str:
    """A stretch without what stands between quotation marks in it."""
    return re.sub(r'["“][^"“”]*["”]', " ", text)


def with_paragraph(document: Document, paragraph: str) -> tuple[str, int]:
    """The text with one more paragraph at the end of the story, and where it begins."""
    end = paragraphs(document)[-1].end
    return f"{document.text[:end]}\n{paragraph}{document.text[end:]}", end + 1


def persons(document: Document) -> Iterator[tuple[str, str, list[Mention], list[Mention]]]:
    """Persons with full name and surname: entity, surname, full mentions, surname mentions, in the body."""
    by: dict[str, list[Mention]] = {}
    for mention in document[Mention]:
        if mention.kind == "name" and document.resolve(mention.entity).label == "PERSON":
            by.setdefault(mention.entity, []).append(mention)
    for key, mentions in by.items():
        full = [m for m in mentions if len(document.text_of(m).split()) > 1 and in_body(document, m.start)]
        if not full or " De " in document.text_of(full[0]) or len(document.text_of(full[0]).split()) > 3:
            continue
        surname = document.text_of(full[0]).split()[-1].removesuffix("'s").removesuffix("’s")
        short = [
            m
            for m in mentions
            if document.text_of(m).rstrip("'’s") == surname.rstrip("s") or document.text_of(m) == surname
        ]
        if surname[:1].isalpha():
            yield key, surname, full, [m for m in short if in_body(document, m.start)]


def is_speaker(document: Document, entity: str) -> bool:
    """Whether something in the story is attributed to the person."""
    return any(quote.speaker == entity for quote in document[Quote])
