"""Story: a document as the checks read it: sections, sentences, quoted stretches, and who is named.

All checks of one document share one `Story`, so that each view is made once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property

from copydesk import Document, Entity, HasSpan, Layer, Mention, Quote, Sentence, Span, Trait
from copydesk_attribution.story.clauses import Clauses
from copydesk_attribution.story.dossier import Fact, facts_of
from copydesk_attribution.story.layout import credits_of, headlines_of, index_at, paragraphs_of, year_of
from copydesk_attribution.story.named import Named, NamedPlaces, named_places
from copydesk_attribution.story.people import People
from copydesk_attribution.story.quoted import Quoted, marks_in, quoted_in
from copydesk_attribution.story.speech import attributions, first_speech, first_speeches
from copydesk_attribution.story.words import SentenceWords, words_of, words_with_places
from copydesk_attribution.wordlists import words

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u2007"), " ")
_DECK, _DATELINE = 200, 60
_LINE, _LEAD, _LABEL = 100, 150, 30
_DATELINED = re.compile(r"[A-Z][A-Z .'’-]+(?:, [\w. ]+)? ?(?:[-–—―]|\([A-Z]+\))")
"""What opens a story in print: `BRUSSELS -`, `NEWPORT NEWS, Va. -`, `LONDON (AP)`."""
_ROLES = frozenset({"role", "affiliation", "description"})


class Story:
    """What the checks share about a document; everything in it is computed when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # Web copy is full of spaces that do not break; to the checks they are spaces. Offsets stay as they are.
        self.text = document.text.translate(_SPACES)

    @cached_property
    def headlines(self) -> tuple[Span, ...]:
        """The headline, in its parts."""
        return headlines_of(self.document)

    @cached_property
    def credits(self) -> tuple[Span, ...]:
        """The bylines and datelines."""
        return credits_of(self.document)

    def in_credits(self, where: HasSpan) -> bool:
        """Whether `where` begins in a byline or dateline."""
        return index_at(self.credits, where.start) is not None

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs that are checked."""
        return paragraphs_of(self.document)

    def paragraph_index(self, where: HasSpan) -> int | None:
        """The number of the paragraph in which `where` begins, or None outside the body."""
        return index_at(self.paragraphs, where.start)

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
        return tuple(words_of(self.text, sentence) for sentence in self.sentences)

    def sentence_index(self, where: HasSpan) -> int | None:
        """The number of the body's sentence in which `where` begins."""
        return index_at(self.sentences, where.start)

    def sentence(self, where: HasSpan) -> Span | None:
        """The sentence of the body in which `where` begins."""
        index = self.sentence_index(where)
        return None if index is None else self.sentences[index]

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """The quoted stretches of headline and body, in order."""
        return tuple(stretch for stretch in quoted_in(self.document) if self.is_checked(stretch.outer))

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
        index = index_at(self._quoted_spans, where.start)
        if index is None:
            return False
        outer = self.quoted[index].outer
        return outer.contains(where) and Span.of(where) not in (outer, self.quoted[index].inner)

    @cached_property
    def _marks(self) -> tuple[Span, ...]:
        return tuple(sorted(marks_in(self.document)))

    def has_mark(self, where: HasSpan) -> bool:
        """Whether a quotation mark stands in a stretch."""
        index = bisect_left(self._marks, (where.start, 0))
        return index < len(self._marks) and self._marks[index].start < where.end

    def in_body(self, where: HasSpan) -> bool:
        """Whether `where` begins in a paragraph that is checked."""
        return self.paragraph_index(where) is not None

    def in_narration(self, where: HasSpan) -> bool:
        """Whether `where` is the paper's own words, in the body."""
        return self.in_body(where) and not self.in_quotation(where)

    def is_checked(self, where: HasSpan) -> bool:
        """Whether findings may stand here: in the headline or the body."""
        return self.in_body(where) or index_at(self.headlines, where.start) is not None

    @cached_property
    def body_quotes(self) -> tuple[Quote, ...]:
        """Reported speech in the body."""
        return tuple(quote for quote in self.document[Quote] if self.in_body(quote))

    @cached_property
    def _attribution(self) -> tuple[int, ...]:
        """Where the sources, cues and relays of the quotes of the body begin, sorted."""
        return tuple(sorted(attributions(self)))

    def attributed(self, where: HasSpan) -> bool:
        """Whether the source of a quote, its cue or its relay begins in `where`."""
        index = bisect_left(self._attribution, where.start)
        return index < len(self._attribution) and self._attribution[index] < where.end

    def has_speech_verb(self, where: HasSpan) -> bool:
        """Whether a verb of speech or "according to" stands in the narration of `where`."""
        verbs = words("speech_verbs")
        return any(
            (word in verbs or word == "according") and not self.in_quotation(span)
            for word, span in words_with_places(self.text, where)
        )

    @cached_property
    def speech_of(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where the first quotes of each source begin, and the source's place: by entity id, and by each word of a source.

        The place is -1 where the speaker was resolved, so that it is sure who speaks.
        """
        return first_speeches(self)

    @cached_property
    def first_speech(self) -> int:
        """Where the first quote or sentence with a verb of speech begins; past the end where there is none."""
        return first_speech(self)

    @cached_property
    def tags(self) -> Sequence[str] | None:
        """The Penn tag of each token of the parse; None where no parse has them."""
        tags = self.document.parse.tags if self.document.has_doc else ()
        return tags if any(tags) else None

    @cached_property
    def deps(self) -> Sequence[str] | None:
        """The label that each token of the parse has; None where no parse has them."""
        deps = self.document.parse.deps if self.document.has_doc else ()
        return deps if any(deps) else None

    @cached_property
    def clauses(self) -> Clauses | None:
        """Who does what in each clause, by the parse; None where it has no relations."""
        return None if self.deps is None else Clauses(self.document.parse)

    def meant_at(self, offset: int) -> Entity | None:
        """Whom the word at `offset` means: a name, or a pronoun or description that stands for one."""
        meant = [*(one.entity for one in self.named.at(offset)), *(one.entity for one in self.stand_ins.at(offset))]
        return self._entities[meant[0]] if meant else None

    @cached_property
    def _entities(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.document[Entity]}

    @cached_property
    def _contents(self) -> tuple[Span, ...]:
        """What somebody is reported to have said, without overlaps, in order."""
        pieces = sorted(piece for quote in self.document[Quote] for piece in quote.content)
        merged: list[Span] = []
        for piece in pieces:
            if merged and piece.start < merged[-1].end:
                merged[-1] = Span.hull(merged[-1], piece)
            else:
                merged.append(piece)
        return tuple(merged)

    def is_said(self, where: HasSpan) -> bool:
        """Whether `where` begins in what somebody is reported to have said, in quotation marks or not."""
        return self.in_quotation(where) or index_at(self._contents, where.start) is not None

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
    def year(self) -> int | None:
        """The year of the story: of the document's date, or of a whole date in byline or dateline."""
        return year_of(self.document)

    @cached_property
    def dossier(self) -> dict[str, tuple[Fact, ...]]:
        """What the story says of each person, by entity, in order."""
        traits: dict[str, list[Trait]] = {}
        for trait in self.document[Trait]:
            traits.setdefault(trait.entity, []).append(trait)
        people = self.people.by_entity
        return {entity: facts_of(self, mentions, traits.get(entity, ())) for entity, mentions in people.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """The fullest name of each entity."""
        return {entity.id: entity.name for entity in self.document[Entity]}

    @cached_property
    def firm_names(self) -> frozenset[str]:
        """The first and last words of the names of organisations that have more than one."""
        names = (entity.name.casefold().split() for entity in self.document[Entity] if entity.label == "ORG")
        return frozenset(part for parts in names if len(parts) > 1 for part in (parts[0], parts[-1]))

    def is_deck(self, where: HasSpan) -> bool:
        """Whether `where` lies in the deck: a short first paragraph before one that a dateline opens."""
        if len(self.paragraphs) < 2 or self.paragraph_index(where) != 0:
            return False
        first, second = self.paragraphs[:2]
        opening = self.text[second.start : min(second.end, second.start + _DATELINE)]
        return first.end - first.start <= _DECK and _DATELINED.match(opening) is not None

    def is_above_lead(self, where: HasSpan) -> bool:
        """Whether `where` lies in the deck, or in one or two lines before a much longer lead that tell nobody's words."""
        index = self.paragraph_index(where)
        if index is None or index > 1 or not self.headlines:
            return self.is_deck(where)
        lines = self.paragraphs[: index + 1]
        following = self.paragraphs[index + 1 : index + 3]
        longest = max((one.end - one.start for one in following), default=0)
        return (
            self.is_deck(where)
            or self._is_above_label(index)
            or (
                longest >= _LEAD
                and all(line.end - line.start <= _LINE for line in lines)
                and not any(self.has_mark(line) or self.has_speech_verb(line) for line in lines)
            )
        )

    def _is_above_label(self, index: int) -> bool:
        """Whether the next line is one in capitals, as "FULL TEXT" is: what stands above it sums up."""
        start = self.paragraphs[index].end
        following = self.text[start : start + _LABEL].strip().partition("\n")
        return bool(following[1]) and following[0].isupper()

    @cached_property
    def named(self) -> NamedPlaces:
        """The places that name an entity."""
        return named_places(self.document)

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
