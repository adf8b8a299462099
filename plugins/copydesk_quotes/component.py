"""The component `quotes`: from a document to Quote annotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from copydesk import Component, Config, Context, Document, Entity, Mention, Quotation, Quote, Section, Span
from copydesk_quotes.attribution import Attribution
from copydesk_quotes.doubts import weighed, without_tagger, without_titles
from copydesk_quotes.kinds import kind_of
from copydesk_quotes.layouts import laid_out
from copydesk_quotes.reading.names import Names
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.stretches import paragraphs_of, stretches_of
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.relay import Relays
from copydesk_quotes.rules.engine import Rules
from copydesk_quotes.rules.lexicon import bundled
from copydesk_quotes.speakers import speaker_of
from copydesk_quotes.union import HINT, shared_sources, united, with_layout, without_continuations, without_labels

if TYPE_CHECKING:
    from copydesk_quotes.tagger.engine import Tagger

Kind = Literal["direct", "mixed", "indirect"]


class QuotesConfig(Config):
    """Settings of the quotes step."""

    kinds: tuple[Kind, ...] = Field(
        ("direct", "mixed", "indirect"), min_length=1, description="The kinds of quotes to return."
    )
    engine: Literal["learned", "rules"] = Field(
        "learned",
        description="'learned': rules and a tagger that learned from annotated news; 'rules': the rules alone.",
    )
    minimum_confidence: float = Field(
        0.35, ge=0.0, le=1.0, description="Leave out quotes that are less probable than this."
    )
    extra_cues: tuple[str, ...] = Field(
        (), description="Verbs, as base forms, that report speech as 'say' does: trills, opines."
    )


class Quotes(Component[QuotesConfig]):
    """Finds who said what: direct, mixed and indirect speech with its cue, source and speaker.

    The speaker is an entity where an earlier step provides entities and their mentions.
    """

    name = "quotes"
    requires = (Section, Quotation)
    reads = (Entity, Mention)
    provides = (Quote,)
    uses = ("token.dep", "token.head", "token.tag", "token.pos", "token.lemma", "doc.sents")

    def setup(self, context: Context) -> None:  # noqa: ARG002  # it needs nothing of it
        lexicon = bundled()
        if self.config.extra_cues:
            lexicon = lexicon.with_cues(self.config.extra_cues)
        learned = self.config.engine == "learned"
        self._least = self.config.minimum_confidence
        self._rules = Rules(lexicon, HINT if learned else self._least)
        self._tagger = _make_tagger() if learned else None

    def process(self, document: Document) -> Iterable[Quote]:
        return next(iter(self.process_batch([document])))

    def process_batch(self, documents: Sequence[Document]) -> Iterable[Iterable[Quote]]:
        read = [
            Places(document.text, Tree(document.parse), stretches_of(document), paragraphs_of(document))
            for document in documents
        ]
        ruled = [self._rules.find(places) for places in read]
        if self._tagger is None:
            whole = [without_tagger(found, places) for found, places in zip(ruled, read, strict=True)]
        else:
            docs = (document.doc for document in documents)
            tagged = self._tagger.find(list(zip(docs, read, ruled, strict=True)))
            whole = [
                united(weighed(one, places), other, self._least)
                for one, other, places in zip(tagged, ruled, read, strict=True)
            ]
        for document, places, found, possible in zip(documents, read, whole, ruled, strict=True):
            yield list(self._quotes(places, Names(document), self._settled(places, found, possible)))

    def _settled(
        self, places: Places, found: Sequence[Attribution], ruled: Sequence[Attribution]
    ) -> Sequence[Attribution]:
        """What both engines found, with what the layout shows and without what is none."""
        tree = places.tree
        found = without_titles(found, ruled, places)
        found = without_labels(without_continuations(shared_sources(found, tree), tree), places)
        return with_layout(found, list(laid_out(places, self._rules.speech_words)))

    def _quotes(self, places: Places, names: Names, found: Sequence[Attribution]) -> Iterable[Quote]:
        relays = Relays(places, names)
        relayed, passed_on = relays.second_hand(found)
        taken: dict[Span, int] = {}
        for number, item in enumerate(found):
            if number in passed_on or item.confidence < self._least:
                continue
            kind = kind_of(item.content, places)
            if kind not in self.config.kinds:
                continue
            hull = Span.hull(*item.content)
            taken[hull] = taken.get(hull, 0) + 1
            relay = relays.of(item.cue_word, item.content) if item.cue_word >= 0 else ()
            speaker = speaker_of(item.source_word, item.source, places.tree, names) if item.source_word >= 0 else None
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


def _make_tagger() -> Tagger:
    from copydesk_quotes.tagger import senses, weights  # numpy is only needed by this engine
    from copydesk_quotes.tagger.engine import Tagger

    return Tagger(weights.bundled(), senses.bundled())
