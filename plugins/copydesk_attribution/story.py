"""Story: a document as the checks read it: sections, sentences, quoted stretches, and who is named.

All checks of one document share one `Story`, so that each view is made once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from copydesk import Document, Entity, HasSpan, Quote, Reference, Role, Section, Span
from copydesk_attribution.marks import Quoted, quoted_stretches
from copydesk_attribution.people import People, name_parts
from copydesk_attribution.sentences import sentences
from copydesk_attribution.transcripts import without_transcripts
from copydesk_attribution.wordlists import words

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_FIRST_QUOTES = 3
_END_MATTER = frozenset({"sources", "references", "external links", "related news", "sources:", "notes", "see also"})


class SentenceWords(NamedTuple):
    """The words of a sentence: where they stand, and what they are, case folded."""

    spans: Sequence[Span]
    folded: Sequence[str]


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
        return tuple(sentence for paragraph in self.paragraphs for sentence in sentences(self.text, paragraph))

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
        places = sorted((*self.headlines, *self.paragraphs))
        return tuple(stretch for place in places for stretch in quoted_stretches(self.text, place))

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
            keys = {quote.speaker: -1} if quote.speaker else {}
            for where in quote.source:
                for entity in self.document[Entity].within(where):
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
    def roles(self) -> dict[str, tuple[Role, ...]]:
        """The roles of each holder, in order, those inside quotations left out."""
        found: dict[str, list[Role]] = {}
        for role in self.document[Role]:
            if not self.in_quotation(role):
                found.setdefault(role.holder, []).append(role)
        return {holder: tuple(roles) for holder, roles in found.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """The fullest name of each entity."""
        found: dict[str, str] = {}
        for entity in self.document[Entity]:
            found.setdefault(entity.entity, entity.name)
        return found

    @cached_property
    def _by_entity(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = {}
        for entity in self.document[Entity]:
            found.setdefault(entity.entity, []).append(entity)
        return found

    @cached_property
    def _references(self) -> dict[str, list[Reference]]:
        found: dict[str, list[Reference]] = {}
        for reference in self.document[Reference]:
            found.setdefault(reference.entity, []).append(reference)
        return found

    def references_to(self, entity: str) -> Sequence[Reference]:
        """The pronouns and descriptions that stand for an entity, in order."""
        return self._references.get(entity, ())

    def mentions_of(self, entity: str) -> Sequence[Entity]:
        """The named mentions of an entity, in order."""
        return self._by_entity.get(entity, ())


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
