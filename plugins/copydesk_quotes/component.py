"""The component `quotes`: from a document to Quote annotations and findings about quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from copydesk import (
    Annotation,
    Component,
    ComponentConfig,
    Document,
    Entity,
    Finding,
    Quote,
    Reference,
    Role,
    Section,
    Span,
)
from copydesk_quotes.kinds import kind_of
from copydesk_quotes.layouts import laid_out
from copydesk_quotes.lexicon import bundled
from copydesk_quotes.marks import Marks, find_marks, paragraphs
from copydesk_quotes.relay import is_relay_source, relay_of
from copydesk_quotes.rules import Attribution, Rules, shared_sources
from copydesk_quotes.speakers import Speakers
from copydesk_quotes.unbalanced import unbalanced
from copydesk_quotes.union import HINT, united, with_layout, without_continuations, without_labels

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk_quotes.tagger import Tagger

LEAST_LEARNED, LEAST_RULES = 0.5, 0.35
"""The best floors under confidence, selected on articles held out of training."""

_MANY = 20
"""More attributions than this in one sentence are not compared with one another."""

Kind = Literal["direct", "mixed", "indirect"]


class Quotes(Component):
    """Finds who said what: direct, mixed and indirect speech with its cue, source and speaker.

    The speaker is an entity where an earlier step provides entities; pronouns and descriptions are
    resolved where it provides references too. Quotation marks that do not pair are reported as
    ATT701.
    """

    name: ClassVar[str] = "quotes"
    requires_optional: ClassVar[tuple[type[Annotation], ...]] = (Section, Entity, Reference, Role)
    provides: ClassVar[tuple[type[Annotation], ...]] = (Quote, Finding)
    uses = ("token.dep", "token.head", "token.tag", "token.pos", "token.lemma", "doc.sents")

    class Config(ComponentConfig):
        """Settings of the quotes step."""

        kinds: tuple[Kind, ...] = Field(
            ("direct", "mixed", "indirect"), min_length=1, description="The kinds of quotes to return."
        )
        engine: Literal["learned", "rules"] = Field(
            "learned",
            description="'learned': rules and a tagger that learned from annotated news; 'rules': the rules alone.",
        )
        minimum_confidence: float | None = Field(
            None,
            ge=0.0,
            le=1.0,
            description="Leave out quotes that are less probable than this; by default 0.5 with the engine 'learned', 0.35 with 'rules'.",
        )
        extra_cues: tuple[str, ...] = Field(
            (), description="Verbs, as base forms, that report speech as 'say' does: trills, opines."
        )
        report_unbalanced: bool = Field(
            default=True, description="Report quotation marks that do not pair, as findings ATT701."
        )

    config: Config

    def setup(self) -> None:
        lexicon = bundled()
        if self.config.extra_cues:
            lexicon = lexicon.with_cues(self.config.extra_cues)
        learned = self.config.engine == "learned"
        given = self.config.minimum_confidence
        self._least = given if given is not None else LEAST_LEARNED if learned else LEAST_RULES
        self._rules = Rules(lexicon, HINT if learned else self._least)
        self._tagger = self._make_tagger() if learned else None

    def process(self, document: Document) -> Iterable[Annotation]:
        marks = find_marks(document.text)
        doc = document.doc
        spans = paragraphs(document.text)
        found = self._rules.find(doc, marks, spans)
        if self._tagger is not None:
            found = united(self._tagger.find(doc, marks, found), found, self._least)
        found = without_labels(without_continuations(shared_sources(found, doc), doc), doc)
        found = with_layout(found, list(laid_out(doc, spans, self._rules.speech_words(doc))))
        yield from self._quotes(document, doc, marks, found)
        if self.config.report_unbalanced:
            yield from unbalanced(document.text, marks)

    def _make_tagger(self) -> Tagger:
        from copydesk_quotes.tagger import Tagger, bundled  # numpy is only needed by this engine

        return Tagger(bundled())

    def _quotes(self, document: Document, doc: Doc, marks: Marks, found: Sequence[Attribution]) -> Iterable[Quote]:
        speakers = Speakers(document)
        relayed, passed_on = _second_hand(document, doc, found)
        taken: dict[Span, int] = {}
        for number, item in enumerate(found):
            if number in passed_on or item.confidence < self._least:
                continue
            kind = kind_of(document.text, item.content, marks)
            if kind not in self.config.kinds:
                continue
            hull = Span.hull(*item.content)
            taken[hull] = taken.get(hull, 0) + 1
            relay = relay_of(doc[item.cue_word], document, item.content) if item.cue_word >= 0 else ()
            speaker = speakers.of(doc[item.source_word], item.source) if item.source_word >= 0 else None
            yield Quote(
                start=hull.start,
                end=hull.end,
                id=Quote.make_id(hull.start, hull.end, str(taken[hull]) if taken[hull] > 1 else ""),
                kind=kind,
                content=item.content,
                cue=item.cue,
                source=item.source,
                speaker=speaker,
                relay=tuple(sorted({*relay, *relayed.get(number, ())})),
                confidence=item.confidence,
            )


def _second_hand(document: Document, doc: Doc, found: Sequence[Attribution]) -> tuple[dict[int, list[Span]], set[int]]:
    """Attributions within "…, says X, according to Tass": what relays them, and which attributions are only relays."""
    relayed: dict[int, list[Span]] = {}
    passed_on: set[int] = set()
    in_sentence: dict[int, list[int]] = {}
    for number, item in enumerate(found):
        if item.cue_word >= 0:
            in_sentence.setdefault(doc[item.cue_word].sent.start, []).append(number)
    for numbers in in_sentence.values():
        for number in numbers[:_MANY]:
            outer = found[number]
            if doc[outer.cue_word].lower_ != "according" or outer.source_word < 0:
                continue
            if not is_relay_source(doc[outer.source_word], document):
                continue
            for other in numbers[:_MANY]:
                if other != number and _is_all_of(outer, found[other], document.text):
                    relayed.setdefault(other, []).extend(outer.source)
                    passed_on.add(number)
    return relayed, passed_on


def _is_all_of(outer: Attribution, inner: Attribution, text: str) -> bool:
    """Whether the content of `outer` is another attribution and nearly nothing else."""
    hull = Span.hull(*outer.content)
    whole = Span.hull(*inner.content, *inner.cue, *inner.source)
    if not whole.overlaps(hull) or not hull.contains(inner.cue[0]):
        return False
    rest = text[hull.start : max(hull.start, whole.start)] + text[min(hull.end, whole.end) : hull.end]
    return sum(map(str.isalnum, rest)) * 5 <= hull.end - hull.start
