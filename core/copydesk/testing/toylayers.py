"""Annotations of the shared types, put on a text by rule: what earlier steps might have found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from copydesk.model.annotation import Annotation
from copydesk.model.span import Span
from copydesk.model.vocabulary import (
    VOCABULARY,
    Entity,
    Finding,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    TimeExpression,
    Trait,
)

_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_WORD = re.compile(r"[^\W\d_]+")
_QUOTE = re.compile(r"[\"“][^\"“”\n]{1,400}[\"”]")
_SENTENCE = re.compile(r"[^\s.!?\n][^.!?\n]{0,400}[.!?]?")
_NUMBER = re.compile(r"\d{1,15}")
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_LABELS = ("PERSON", "ORG", "LOC", "NORP")
_LONGEST_NAME = 3  # in words


def toy_layers(text: str, kinds: Sequence[type[Annotation]] = VOCABULARY) -> list[Annotation]:
    """Annotations of the types `kinds`, by these rules; the same for the same text, in linear time.

    * Section: every line is a paragraph; the first of several lines is the headline.
    * Sentence: up to a full stop, question or exclamation mark, or the end of its line.
    * Quotation: a stretch in double quotation marks.
    * Entity: one to three capitalised words in a row; the same words are the same entity.
    * Mention: each place where such words stand; he, she, they and it mean the entity before them.
    * Trait: a word in lower case before an entity is its office.
    * Quote: a quotation is said by the next entity.
    * Quantity: a row of digits, which counts the word after it.
    * TimeExpression: four digits are a year.
    * Finding: a warning at every tenth name.

    Where a type refers to entities, these are there too.

    Raises:
        ValueError: a type is not one of these.
    """
    unknown = [kind for kind in kinds if kind not in VOCABULARY]
    if unknown:
        raise ValueError(f"{unknown[0].__name__} is none of the shared types; only these can be made up")
    if not kinds:
        return []
    maker = _Maker(text)
    if any(reference.target is Entity for kind in kinds for reference in kind.ref_fields()):
        kinds = (Entity, *kinds)
    return [annotation for kind in dict.fromkeys(kinds) for annotation in maker.make(kind)]


class _Maker:
    def __init__(self, text: str) -> None:
        self._text = text
        self._words = [Span(*match.span()) for match in _WORD.finditer(text)]
        self._starts = [word.start for word in self._words]
        self._entities: dict[str, Entity] = {}
        self._names = list(self._find_names())
        self._name_starts = [where.start for where, _ in self._names]

    def make(self, kind: type[Annotation]) -> Iterator[Annotation]:
        makers: dict[type[Annotation], Callable[[], Iterator[Annotation]]] = {
            Section: self._sections,
            Sentence: self._sentences,
            Quotation: self._quotations,
            Entity: lambda: iter(self._entities.values()),
            Mention: self._mentions,
            Trait: self._traits,
            Quote: self._quotes,
            Quantity: self._quantities,
            TimeExpression: self._times,
            Finding: self._findings,
        }
        return makers[kind]()

    def _find_names(self) -> Iterator[tuple[Span, Entity]]:
        run: list[Span] = []
        for number, word in enumerate(self._words):
            if self._text[word.start].isupper():
                run.append(word)
            after = self._words[number + 1].start if number + 1 < len(self._words) else len(self._text)
            joined = self._text[word.end : after] == " " and self._text[after : after + 1].isupper()
            if run and (not joined or len(run) == _LONGEST_NAME):
                where = Span(run[0].start, run[-1].end)
                name = self._text[where.start : where.end]
                made = Entity(start=where.start, end=where.end, label=_LABELS[len(name) % 4], name=name)
                yield where, self._entities.setdefault(name, made)
                run = []

    def _sections(self) -> Iterator[Section]:
        lines = list(_LINE.finditer(self._text))
        for number, line in enumerate(lines):
            kind = "headline" if number == 0 and len(lines) > 1 else "paragraph"
            yield Section(start=line.start(), end=line.end(), kind=kind)

    def _sentences(self) -> Iterator[Sentence]:
        for sentence in _SENTENCE.finditer(self._text):
            yield Sentence(start=sentence.start(), end=sentence.end())

    def _quotations(self) -> Iterator[Quotation]:
        for quote in _QUOTE.finditer(self._text):
            yield Quotation(start=quote.start(), end=quote.end(), inner=Span(quote.start() + 1, quote.end() - 1))

    def _mentions(self) -> Iterator[Mention]:
        for where, entity in self._names:
            yield Mention(start=where.start, end=where.end, kind="name", entity=entity.ref)
        for word in self._words:
            if self._text[word.start : word.end].lower() in _PRONOUNS:
                before = bisect_left(self._name_starts, word.start) - 1
                if before >= 0 and self._names[before][0].end <= word.start:
                    entity = self._names[before][1]
                    yield Mention(start=word.start, end=word.end, kind="pronoun", entity=entity.ref)

    def _traits(self) -> Iterator[Trait]:
        for where, entity in self._names:
            number = bisect_left(self._starts, where.start) - 1
            if number >= 0 and self._text[self._words[number].start].islower():
                word = self._words[number]
                value = self._text[word.start : word.end].lower()
                yield Trait(start=word.start, end=word.end, kind="role", role="office", value=value, entity=entity.ref)

    def _quotes(self) -> Iterator[Quote]:
        for quote in _QUOTE.finditer(self._text):
            after = bisect_left(self._name_starts, quote.end())
            name = self._names[after] if after < len(self._names) else None
            yield Quote(
                start=quote.start(),
                end=quote.end(),
                kind="direct",
                content=(Span(*quote.span()),),
                source=(name[0],) if name else (),
                speaker=name[1].ref if name else None,
            )

    def _quantities(self) -> Iterator[Quantity]:
        for number in _NUMBER.finditer(self._text):
            after = bisect_left(self._starts, number.end())
            counted = self._words[after] if after < len(self._words) else None
            yield Quantity(
                start=number.start(),
                end=number.end(),
                kind="cardinal",
                low=float(number[0]),
                high=float(number[0]),
                number=Span(*number.span()),
                counted=counted,
                counted_head=counted,
            )

    def _times(self) -> Iterator[TimeExpression]:
        for number in _NUMBER.finditer(self._text):
            if len(number[0]) == 4 and number[0].isascii():
                yield TimeExpression(start=number.start(), end=number.end(), kind="date", timex=number[0])

    def _findings(self) -> Iterator[Finding]:
        for where, entity in self._names[::10]:
            yield Finding(
                start=where.start,
                end=where.end,
                code="TOY001",
                name="toy-finding",
                severity="warning",
                message="A name stands here.",
                fingerprint=entity.id,
            )
