"""A tiny builder of documents with hand-made layers, for the tests of the checks.

The text carries its own layers, in braces: `{P:lee Ann Lee}` is a mention of the person `lee`,
`{O:…}` of an organisation, `{L:…}` of a place. Quotes, roles and figures are given by their words.
"""

from __future__ import annotations

import re

import pytest

from copydesk import (
    Context,
    Document,
    Entity,
    Finding,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    Span,
    TimeExpression,
    Trait,
)
from copydesk_attribution.component import Attribution, AttributionConfig
from copydesk_structure.quotations.finding import quotations
from copydesk_structure.sentences import sentences
from copydesk_structure.wordlists import WordLists

_TAG = re.compile(r"\{([POL]):(\w+) ([^{}]*)\}")
_LABELS = {"P": "PERSON", "O": "ORG", "L": "LOC"}


class StoryBuilder:
    """`StoryBuilder("HEADLINE", "paragraph", …)`; the first argument is the headline, "" for none."""

    def __init__(self, headline: str, *paragraphs: str, metadata: dict[str, object] | None = None) -> None:
        self.text = ""
        self.metadata = metadata
        self.sections: list[Section] = []
        self._mentions: list[tuple[int, int, str, str]] = []
        self.quotes: list[Quote] = []
        self.roles: list[Trait] = []
        self.quantities: list[Quantity] = []
        self.times: list[TimeExpression] = []
        if headline:
            self._add("headline", headline)
        for paragraph in paragraphs:
            self._add("paragraph", paragraph)

    def caption(self, text: str) -> StoryBuilder:
        return self.section("caption", text)

    def section(self, kind: str, text: str) -> StoryBuilder:
        self._add(kind, text)
        return self

    def _add(self, kind: str, marked: str) -> None:
        if self.text:
            self.text += "\n"
        start = len(self.text)
        place = 0
        for tag in _TAG.finditer(marked):
            self.text += marked[place : tag.start()]
            here = len(self.text)
            self.text += tag[3]
            self._mentions.append((here, len(self.text), _LABELS[tag[1]], tag[2]))
            place = tag.end()
        self.text += marked[place:]
        self.sections.append(Section(start=start, end=len(self.text), kind=kind))

    def find(self, words: str, number: int = 0) -> Span:
        """The span of the words; of their second occurrence with number 1."""
        start = -1
        for _ in range(number + 1):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def quote(
        self,
        content: str,
        *,
        source: str = "",
        speaker: str | None = None,
        cue: str = "",
        relay: str = "",
        kind: str = "direct",
        number: int = 0,
    ) -> StoryBuilder:
        where = self.find(content)

        def spans(words: str) -> tuple[Span, ...]:
            return (self.find(words, number),) if words else ()

        self.quotes.append(
            Quote(
                start=where.start,
                end=where.end,
                kind=kind,
                content=(where,),
                source=spans(source),
                speaker=speaker,
                cue=spans(cue),
                relay=(self.find(relay),) if relay else (),
            )
        )
        return self

    def pieces(self, *contents: str, source: str, kind: str = "direct") -> StoryBuilder:
        """A quote whose content is interrupted."""
        spans = tuple(self.find(content) for content in contents)
        where = Span.hull(*spans)
        self.quotes.append(
            Quote(start=where.start, end=where.end, kind=kind, content=spans, source=(self.find(source),))
        )
        return self

    def role(
        self,
        words: str,
        holder: str,
        *,
        title: str | None = None,
        kind: str = "office",
        country: str | None = None,
        organisation: str | None = None,
        number: int = 0,
    ) -> StoryBuilder:
        where = self.find(words, number)
        self.roles.append(
            Trait(
                start=where.start,
                end=where.end,
                entity=holder,
                value=title if title is not None or kind == "affiliation" else words.lower(),
                kind=kind if kind in ("affiliation", "description") else "role",
                role=None if kind in ("affiliation", "description") else kind,
                place=country,
                organisation=organisation,
            )
        )
        return self

    def figure(
        self,
        words: str,
        value: object,
        *,
        kind: str = "cardinal",
        counted: str = "",
        head: str = "",
        number: int = 0,
        **more: object,
    ) -> StoryBuilder:
        where = self.find(words, number)
        near = self.find_after(counted, where.start) if counted else None
        low, high = value if isinstance(value, tuple) else (value, value)
        self.quantities.append(
            Quantity(
                start=where.start,
                end=where.end,
                kind=kind,
                low=low,
                high=high,
                number=where,
                counted=near,
                counted_head=self.find_after(head or counted.rsplit(maxsplit=1)[-1], where.start) if counted else None,
                **more,
            )
        )
        return self

    def find_after(self, words: str, place: int) -> Span:
        start = self.text.index(words, place)
        return Span(start, start + len(words))

    def time(
        self, words: str, timex: str, anchored: bool | None = None, kind: str = "date", number: int = 0
    ) -> StoryBuilder:
        where = self.find(words, number)
        self.times.append(TimeExpression(start=where.start, end=where.end, kind=kind, timex=timex, anchored=anchored))
        return self

    def document(self, *without: type) -> Document:
        """The document; `without` leaves layers out."""
        fullest: dict[str, tuple[int, int, str, str]] = {}
        for mention in self._mentions:
            known = fullest.get(mention[3])
            if known is None or mention[1] - mention[0] > known[1] - known[0]:
                fullest[mention[3]] = mention
        entities = [
            Entity(start=start, end=end, id=entity, label=label, name=self.text[start:end])
            for start, end, label, entity in fullest.values()
        ]
        mentions = [
            Mention(start=start, end=end, kind="name", entity=entity) for start, end, _, entity in self._mentions
        ]
        meant = [quote.speaker for quote in self.quotes] + [role.entity for role in self.roles]
        meant += [ref for role in self.roles for ref in (role.place, role.organisation)]
        unnamed = dict.fromkeys(id for id in meant if id is not None and id not in fullest)
        entities += [Entity(start=0, end=0, id=id, label="PERSON", name=id) for id in unnamed]
        lists = WordLists()
        read = [section for section in self.sections if section.kind in ("headline", "paragraph", "caption")]
        said = [
            Sentence(start=one.start, end=one.end) for part in read for one in sentences(self.text, part.span, lists)
        ]
        marks = list(quotations(self.text, [section.span for section in self.sections], lists))
        provides = [
            kind
            for kind in (Section, Sentence, Quotation, Entity, Mention, Trait, Quote, Quantity, TimeExpression)
            if kind not in without
        ]
        annotations = [
            *self.sections, *said, *marks, *entities, *mentions, *self.roles, *self.quotes, *self.quantities, *self.times
        ]  # fmt: skip
        return Document(self.text, id="story", metadata=self.metadata).with_annotations(
            [annotation for annotation in annotations if type(annotation) in provides], provides=provides
        )

    def findings(self, *select: str, **settings: object) -> list[Finding]:
        """What these checks find in it; without names, the default set."""
        component = Attribution(AttributionConfig(select=select or None, **settings))
        component.setup(Context())
        return list(component.process(self.document()))

    def passages(self, *select: str, **settings: object) -> list[str]:
        """The words that are reported."""
        return [self.text[finding.start : finding.end] for finding in self.findings(*select, **settings)]


@pytest.fixture
def story() -> type[StoryBuilder]:
    """The builder."""
    return StoryBuilder
