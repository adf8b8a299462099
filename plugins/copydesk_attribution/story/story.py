"""Story: a document as the checks read it: sections, sentences, quoted stretches, and who is named.

All checks of one document share one `Story`, so that each view is made once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from copydesk import (
    Annotation,
    Document,
    Entity,
    HasSpan,
    Layer,
    Mention,
    Quotation,
    Quote,
    Section,
    Sentence,
    Span,
    Trait,
)
from copydesk_attribution.people import People, name_parts
from copydesk_attribution.transcripts import without_transcripts
from copydesk_attribution.wordlists import words

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ROLES = frozenset({"role", "affiliation", "description"})
_SINGLE = ("'", "‘")
_FIRST_QUOTES = 3
_END_MATTER = frozenset({"sources", "references", "external links", "related news", "sources:", "notes", "see also"})


class SentenceWords(NamedTuple):
    """The words of a sentence: where they stand, and what they are, case folded."""

    spans: Sequence[Span]
    folded: Sequence[str]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks, within one paragraph.

    Attributes:
        outer: with its marks.
        inner: without them.
        single: whether the marks are single ones.
        closed: whether its closing mark is there.
    """

    outer: Span
    inner: Span
    single: bool
    closed: bool


class Named(Annotation):
    """A place that names an entity, with what the entity is: the checks read names by place."""

    entity: str
    label: str
    name: str


class Story:
    """What the checks share about a document; everything in it is computed when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text

    @cached_property
    def headlines(self) -> tuple[Span, ...]:
        """The headline, in its parts."""
        return tuple(section.span for section in self.document[Section] if section.kind == "headline")

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs that are checked: no captions, bylines, datelines or transcripts, no list of sources.

        Where no step found sections, the lines of the text.
        """
        if Section in self.document:
            found = [section.span for section in self.document[Section] if section.kind == "paragraph"]
        else:
            found = _lines(self.text)
        for index, paragraph in enumerate(found):
            if self.text[paragraph.start : paragraph.end].strip().casefold() in _END_MATTER:
                found = found[:index]
                break
        return tuple(without_transcripts(self.text, found))

    def paragraph_index(self, where: HasSpan) -> int | None:
        """The number of the paragraph in which `where` begins, or None outside the body."""
        return _index_at(self.paragraphs, where.start)

    def paragraph(self, where: HasSpan) -> Span | None:
        """The paragraph in which `where` begins."""
        index = self.paragraph_index(where)
        return None if index is None else self.paragraphs[index]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the body."""
        layer = self.document[Sentence]
        return tuple(sentence.span for paragraph in self.paragraphs for sentence in layer.within(paragraph))

    def sentences_in(self, where: HasSpan) -> int:
        """How many sentences, or parts of one, a stretch has."""
        return len(self.document[Sentence].overlapping(where))

    @cached_property
    def sentence_words(self) -> tuple[SentenceWords, ...]:
        """The words of each sentence of the body, with their places; numbered as the sentences are."""
        return tuple(self._words_of(sentence) for sentence in self.sentences)

    def _words_of(self, sentence: Span) -> SentenceWords:
        spans = word_spans(self.text, sentence)
        return SentenceWords(spans, [self.text[word.start : word.end].casefold() for word in spans])

    def sentence_index(self, where: HasSpan) -> int | None:
        """The number of the body's sentence in which `where` begins."""
        return _index_at(self.sentences, where.start)

    def sentence(self, where: HasSpan) -> Span | None:
        """The sentence of the body in which `where` begins."""
        index = self.sentence_index(where)
        return None if index is None else self.sentences[index]

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """The quoted stretches of headline and body, in order."""
        stretches = (
            stretch
            for quotation in self.document[Quotation]
            if quotation.depth == 1 and quotation.opened
            for stretch in _stretches(self.text, quotation)
        )
        return tuple(stretch for stretch in stretches if self.is_checked(stretch.outer))

    @cached_property
    def _quoted_spans(self) -> tuple[Span, ...]:
        return tuple(stretch.outer for stretch in self.quoted)

    def quoted_in(self, where: HasSpan) -> tuple[Quoted, ...]:
        """The quoted stretches that begin in `where`."""
        low = bisect_left(self._quoted_spans, (where.start, 0))
        high = bisect_left(self._quoted_spans, (where.end, 0))
        return self.quoted[low:high]

    def in_quotation(self, where: HasSpan) -> bool:
        """Whether `where` lies inside quotation marks; a whole quotation, marks included, does not."""
        index = _index_at(self._quoted_spans, where.start)
        if index is None:
            return False
        outer = self.quoted[index].outer
        return outer.contains(where) and Span.of(where) not in (outer, self.quoted[index].inner)

    def in_body(self, where: HasSpan) -> bool:
        """Whether `where` begins in a paragraph that is checked."""
        return self.paragraph_index(where) is not None

    def in_narration(self, where: HasSpan) -> bool:
        """Whether `where` is the paper's own words, in the body."""
        return self.in_body(where) and not self.in_quotation(where)

    def is_checked(self, where: HasSpan) -> bool:
        """Whether findings may stand here: in the headline or the body."""
        return self.in_body(where) or _index_at(self.headlines, where.start) is not None

    @cached_property
    def body_quotes(self) -> tuple[Quote, ...]:
        """Reported speech in the body."""
        return tuple(quote for quote in self.document[Quote] if self.in_body(quote))

    @cached_property
    def _attribution(self) -> tuple[Span, ...]:
        """Hulls of the sourced quotes of the body with their sources and cues, sorted."""
        hulls = (
            Span.hull(quote, *quote.cue, *quote.source, *quote.relay)
            for quote in self.body_quotes
            if quote.source or quote.cue or quote.relay
        )
        return tuple(sorted(hulls))

    def attributed(self, where: HasSpan) -> bool:
        """Whether a sourced quote, its source or its cue lies in `where`."""
        return any(Span.overlaps(Span.of(where), hull) for hull in self._attributions_near(where))

    def _attributions_near(self, where: HasSpan) -> Iterable[Span]:
        # A hull seldom leaves its paragraph; the paragraph before is enough for a source that carries over.
        for index in range(bisect_right(self._attribution, (where.end, 0)) - 1, -1, -1):
            hull = self._attribution[index]
            if hull.end < where.start - 2000:
                return
            yield hull

    def has_speech_verb(self, where: HasSpan) -> bool:
        """Whether a verb of speech or "according to" stands in the narration of `where`."""
        verbs = words("speech_verbs")
        return any(
            (word in verbs or word == "according") and not self.in_quotation(span) for word, span in self.words(where)
        )

    def words(self, where: HasSpan) -> Iterator[tuple[str, Span]]:
        """The words of a stretch, case folded, with their places."""
        for match in _WORD.finditer(self.text, where.start, where.end):
            yield match[0].casefold(), Span(*match.span())

    @cached_property
    def speech_of(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where the first quotes of each source begin, and the source's place: by entity id, and by each word of a source.

        The place is -1 where the speaker was resolved, so that it is sure who speaks.
        """
        found: dict[str, list[tuple[int, int]]] = {}
        for quote in self.body_quotes:
            keys: dict[str, int] = {quote.speaker: -1} if quote.speaker else {}
            for where in quote.source:
                for entity in self.named.within(where):
                    keys.setdefault(entity.entity, where.start)
                for word in name_parts(self.text[where.start : where.end]):
                    keys.setdefault(word.removesuffix("'s"), where.start)
            for key, start in keys.items():
                starts = found.setdefault(key, [])
                if len(starts) < _FIRST_QUOTES:
                    starts.append((quote.start, start))
        return found

    @cached_property
    def first_speech(self) -> int:
        """Where the first quote or sentence with a verb of speech begins; past the end where there is none."""
        starts = [quote.start for quote in self.body_quotes[:1]]
        starts += [sentence.start for sentence in self.sentences if self.has_speech_verb(sentence)][:1]
        return min(starts, default=len(self.text) + 1)

    @cached_property
    def people(self) -> People:
        """Who is named."""
        return People(self)

    @cached_property
    def roles(self) -> dict[str, tuple[Trait, ...]]:
        """What the story says that each entity is, in order, what stands inside quotations left out."""
        found: dict[str, list[Trait]] = {}
        for trait in self.document[Trait]:
            if trait.kind in _ROLES and not self.in_quotation(trait):
                found.setdefault(trait.entity, []).append(trait)
        return {entity: tuple(traits) for entity, traits in found.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """The fullest name of each entity."""
        return {entity.id: entity.name for entity in self.document[Entity]}

    @cached_property
    def named(self) -> Layer[Named]:
        """The places that name an entity."""
        entities = {entity.id: entity for entity in self.document[Entity]}
        return Layer(
            Named(
                start=mention.start,
                end=mention.end,
                id=mention.id,
                entity=mention.entity,
                label=entities[mention.entity].label,
                name=entities[mention.entity].name,
            )
            for mention in self.document[Mention]
            if mention.kind == "name"
        )

    @cached_property
    def stand_ins(self) -> Layer[Mention]:
        """The pronouns and descriptions that mean an entity."""
        return Layer(mention for mention in self.document[Mention] if mention.kind != "name")

    def references_to(self, entity: str) -> Sequence[Mention]:
        """The pronouns and descriptions that mean an entity, in order."""
        return self._stand_ins_of.get(entity, ())

    def mentions_of(self, entity: str) -> Sequence[Named]:
        """The places that name an entity, in order."""
        return self._named_by_entity.get(entity, ())

    @cached_property
    def _named_by_entity(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for named in self.named:
            found.setdefault(named.entity, []).append(named)
        return found

    @cached_property
    def _stand_ins_of(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for mention in self.stand_ins:
            found.setdefault(mention.entity, []).append(mention)
        return found


def _stretches(text: str, quotation: Quotation) -> Iterator[Quoted]:
    """The parts of a quotation, one for each paragraph that it goes over; a single mark without an end quotes nothing."""
    mark = text[quotation.start : quotation.inner.start]
    single = mark in _SINGLE
    if single and not quotation.closed:
        return
    parts = quotation.paragraphs or (quotation.span,)
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        closed = quotation.closed and is_last
        start = part.start + len(mark) if text.startswith(mark, part.start) else part.start
        end = quotation.inner.end if closed else part.end
        yield Quoted(part, Span(min(start, end), end), single, closed)


def word_spans(text: str, where: HasSpan) -> list[Span]:
    """The words of a stretch: runs of letters and digits, with apostrophes and hyphens between them."""
    return [Span(*match.span()) for match in _WORD.finditer(text, where.start, where.end)]


def folded_words(text: str, where: HasSpan) -> list[str]:
    """The same words, case folded."""
    return _WORD.findall(text[where.start : where.end].casefold())


def _lines(text: str) -> list[Span]:
    found: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append(Span(start, start + len(line.rstrip())))
        start += len(line)
    return found


def _index_at(spans: Sequence[Span], offset: int) -> int | None:
    """The number of the span that holds `offset`; `spans` are sorted and don't overlap."""
    index = bisect_right(spans, (offset, 1 << 62)) - 1
    if index >= 0 and spans[index].start <= offset < spans[index].end:
        return index
    return None
