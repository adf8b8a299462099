"""Annotations of the shared types, put on a text by rule: what earlier steps might have found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from copydesk.annotation import Annotation, Span
from copydesk.vocabulary import (
    VOCABULARY,
    Entity,
    Finding,
    Quantity,
    Quote,
    Reference,
    Role,
    Section,
    TimeExpression,
)

_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_WORD = re.compile(r"[^\W\d_]+")
_QUOTE = re.compile(r"[\"“][^\"“”\n]{1,400}[\"”]")
_NUMBER = re.compile(r"\d{1,15}")
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_LABELS = ("PERSON", "ORG", "LOC", "NORP")
_LONGEST_NAME = 3  # in words


def toy_layers(text: str, kinds: Sequence[type[Annotation]] = VOCABULARY) -> list[Annotation]:
    """Annotations of the types `kinds`, by these rules; the same for the same text, in linear time.

    * Section: every line is a paragraph; the first of several lines is the headline.
    * Entity: one to three capitalised words in a row; the same words are the same entity.
    * Reference: he, she, they and it stand for the entity before them.
    * Role: a word in lower case before an entity is its holder's office.
    * Quote: a stretch in double quotation marks, said by the next entity.
    * Quantity: a row of digits, which counts the word after it.
    * TimeExpression: four digits are a year.
    * Finding: a warning at every tenth entity.

    Raises:
        ValueError: a type is not one of these.
    """
    unknown = [kind for kind in kinds if kind not in VOCABULARY]
    if unknown:
        raise ValueError(f"{unknown[0].__name__} is none of the shared types; only these can be made up")
    if not kinds:
        return []
    maker = _Maker(text)
    return [annotation for kind in dict.fromkeys(kinds) for annotation in maker.make(kind)]


class _Maker:
    def __init__(self, text: str) -> None:
        self._text = text
        self._words = [Span(*match.span()) for match in _WORD.finditer(text)]
        self._starts = [word.start for word in self._words]
        self._entities = list(self._find_entities())
        self._entity_starts = [entity.start for entity in self._entities]

    def make(self, kind: type[Annotation]) -> Iterator[Annotation]:
        makers: dict[type[Annotation], Callable[[], Iterator[Annotation]]] = {
            Section: self._sections,
            Entity: lambda: iter(self._entities),
            Reference: self._references,
            Role: self._roles,
            Quote: self._quotes,
            Quantity: self._quantities,
            TimeExpression: self._times,
            Finding: self._findings,
        }
        return makers[kind]()

    def _find_entities(self) -> Iterator[Entity]:
        first: dict[str, str] = {}
        run: list[Span] = []
        for number, word in enumerate(self._words):
            if self._text[word.start].isupper():
                run.append(word)
            after = self._words[number + 1].start if number + 1 < len(self._words) else len(self._text)
            joined = self._text[word.end : after] == " " and self._text[after : after + 1].isupper()
            if run and (not joined or len(run) == _LONGEST_NAME):
                where = Span(run[0].start, run[-1].end)
                name = self._text[where.start : where.end]
                entity = first.setdefault(name, Entity.make_id(*where))
                yield Entity(start=where.start, end=where.end, label=_LABELS[len(name) % 4], name=name, entity=entity)
                run = []

    def _sections(self) -> Iterator[Section]:
        lines = list(_LINE.finditer(self._text))
        for number, line in enumerate(lines):
            kind = "headline" if number == 0 and len(lines) > 1 else "paragraph"
            yield Section.model_validate({"start": line.start(), "end": line.end(), "kind": kind})

    def _references(self) -> Iterator[Reference]:
        for word in self._words:
            if self._text[word.start : word.end].lower() in _PRONOUNS:
                before = bisect_left(self._entity_starts, word.start) - 1
                if before >= 0:
                    entity = self._entities[before].entity
                    yield Reference(start=word.start, end=word.end, kind="pronoun", entity=entity)

    def _roles(self) -> Iterator[Role]:
        for entity in self._entities:
            number = bisect_left(self._starts, entity.start) - 1
            if number >= 0 and self._text[self._words[number].start].islower():
                word = self._words[number]
                title = self._text[word.start : word.end]
                yield Role(start=word.start, end=word.end, holder=entity.entity, title=title, kind="office")

    def _quotes(self) -> Iterator[Quote]:
        for quote in _QUOTE.finditer(self._text):
            after = bisect_left(self._entity_starts, quote.end())
            speaker = self._entities[after] if after < len(self._entities) else None
            yield Quote(
                start=quote.start(),
                end=quote.end(),
                kind="direct",
                content=(Span(*quote.span()),),
                source=(speaker.span,) if speaker else (),
                speaker=speaker.entity if speaker else None,
            )

    def _quantities(self) -> Iterator[Quantity]:
        for number in _NUMBER.finditer(self._text):
            after = bisect_left(self._starts, number.end())
            counted = self._words[after] if after < len(self._words) else None
            yield Quantity(
                start=number.start(),
                end=number.end(),
                kind="cardinal",
                value=int(number[0]),
                number=Span(*number.span()),
                counted=counted,
                counted_head=counted,
            )

    def _times(self) -> Iterator[TimeExpression]:
        for number in _NUMBER.finditer(self._text):
            if len(number[0]) == 4 and number[0].isascii():
                yield TimeExpression(start=number.start(), end=number.end(), kind="date", timex=number[0])

    def _findings(self) -> Iterator[Finding]:
        for entity in self._entities[::10]:
            yield Finding(
                start=entity.start,
                end=entity.end,
                code="TOY001",
                name="toy-finding",
                severity="warning",
                message="A name stands here.",
                fingerprint=entity.id,
            )
