"""302: attributions to nobody in particular."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from pydantic import Field

from copydesk import Config, Entity, Finding, Quote, Section, Sentence, Span
from copydesk_attribution.forms import singular
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.named import Named
from copydesk_attribution.story.people import ORGANISATION_LABELS, PERSON_LABELS
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, word_spans
from copydesk_attribution.wordlists import person_nouns, words


class VagueAttributionConfig(Config):
    """Options of vague-attribution."""

    phrases: tuple[str, ...] = Field((), description="Further phrases that attribute to nobody, as they are written.")
    legal_context: bool = Field(True, description="Allow such adverbs in sentences about charges and courts.")
    lookahead: int = Field(
        1,
        ge=0,
        description="In how many sentences after it a particular source may follow: in its paragraph, or in a quotation that opens "
        "the next.",
    )


class VagueAttribution(StoryCheck[VagueAttributionConfig]):
    """Something is attributed to nobody: "experts say", "it is believed", "reportedly".

    It reports a vague plural with a verb of saying or thinking, an impersonal passive, and adverbs that
    report, when no particular source follows in the same sentence or the next `lookahead` of the
    paragraph, nor in a quotation that opens the next one.
    For an adverb such as "reportedly" an outlet or body that is a source in the paragraph, or in the one before, will do;
    the lead may leave it to the next.

    ## Why

    Such words give a statement the air of a source and none of its substance: nobody can be asked which
    experts, how many, or how they know. Encyclopedias and news projects alike list them as words to watch.

    ## Reported

    > Experts say the bridge is unsafe.

    > The minister is reportedly ill.

    ## Not reported

    > Experts say the bridge is unsafe. "It could fall tomorrow," said Ann Lee, an engineer.

    > Police arrested a man who allegedly broke into the shop.

    > Fifty doctors met on Monday. Some said the plan would fail.

    In reports of charges and trials "allegedly" is what the law asks for (`legal_context`). A deck sums up
    what follows. "Some" and "many" are known where the sentence before has the people of whom they are some, or where they
    speak of themselves ("some say they will not vote"). Polls are poll-undescribed's.
    """

    code = "ATT302"
    name = "vague-attribution"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Quote, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each kind of phrase, at the first; the others are the evidence."""
        own = [phrase.casefold().split() for phrase in self.config.phrases if phrase.strip()]
        beginnings = _BEGINNINGS | words("vague_heads") | words("vague_adverbs") | {phrase[0] for phrase in own}
        kinds: dict[str, list[Span]] = {}
        sourced: dict[int, bool] = {}
        for index in range(len(story.sentences)):
            people: bool | None = None
            for phrase in self._phrases(story, index, own, beginnings):
                if story.in_quotation(phrase) or story.is_above_lead(phrase) or _is_known_to_a_field(story, phrase):
                    continue
                if _is_quantifier(story, phrase):
                    people = _tells_of_people(story, index - 1) if people is None else people
                    if people:
                        continue
                if self._source_follows(story, index, phrase) or _is_reported(story, phrase, sourced):
                    continue
                kinds.setdefault(_kind(story, phrase), []).append(phrase)
        for first, *others in kinds.values():
            written = story.text[first.start : first.end]
            yield self.finding(
                first,
                f"Vague attribution: “{written}” does not say who, and no source follows.",
                evidence=[note(other, "and here") for other in others],
            )

    def _phrases(
        self, story: Story, index: int, own: Sequence[Sequence[str]], beginnings: AbstractSet[str]
    ) -> Iterator[Span]:
        """The phrases of a sentence that may attribute to nobody.

        Args:
            story: the story.
            index: the number of the sentence.
            own: the user's phrases, as words.
            beginnings: the words with which phrases begin.
        """
        inside, folded = story.sentence_words[index]
        legal = self.config.legal_context and bool(words("legal_words").intersection(folded))
        taken = -1
        for position, word in enumerate(folded):
            if word not in beginnings or position <= taken:
                continue
            last = _vague_phrase(folded, position)
            if last is None and not legal and word in words("vague_adverbs"):
                last = position
            if last is None:
                last = _own_phrase(own, folded, position)
            if last is None or not _one_clause(story, inside, position, last):
                continue
            taken = last
            yield Span(inside[position].start, inside[last].end)

    def _source_follows(self, story: Story, index: int, phrase: Span) -> bool:
        """Whether a named person or organisation is the source in this sentence or one of the next."""
        following = [*range(index, min(index + 1 + self.config.lookahead, len(story.sentences)))]
        following += [
            place for place in _opening_next(story, phrase) if self.config.lookahead and place not in following
        ]
        paragraph = story.paragraph(phrase)
        return any(
            self._has_particular_source(story, number, phrase)
            for number in following
            if number == index
            or (paragraph is not None and paragraph.contains(story.sentences[number]))
            or story.has_mark(Span(story.sentences[number].start, story.sentences[number].start + 1))
        )

    def _has_particular_source(self, story: Story, number: int, phrase: Span) -> bool:
        """Whether somebody in particular is the source in a sentence; after the phrase's own, somebody new there.

        Whoever was named before speaks for themselves: "Experts say … It will rain, Lee said" still owes the experts.
        """
        sentence = story.sentences[number]
        later = not sentence.contains(phrase)
        if later and _tells_of_document(story.sentence_words[number].folded):
            return True
        return any(
            self._is_new(story, entity, phrase) if later else not _is_told_of(story, entity, phrase)
            for entity in _named_sources(story, sentence)
        )

    def _is_new(self, story: Story, entity: Named, phrase: Span) -> bool:
        return not any(
            mention.start < phrase.start for mention in story.mentions_of(entity.entity) if story.in_body(mention)
        )


def _is_known_to_a_field(story: Story, phrase: Span) -> bool:
    """Whether a relative clause says what a profession thinks in general: "the limit that economists consider sustainable"."""
    inside = folded_words(story.text, phrase)
    before = folded_words(story.text, Span(max(0, phrase.start - 12), phrase.start))[-1:]
    return (
        before in (["that"], ["what"], ["which"])
        and inside[0] not in _QUANTIFIERS
        and inside[-1] in words("holding_verbs")
    )


_LEAD = 2
"""For so many paragraphs the lead may wait for its source."""


def _opening_next(story: Story, phrase: Span) -> list[int]:
    """The number of the sentence that opens the next paragraph."""
    index = story.paragraph_index(phrase)
    following = story.paragraphs[index + 1 : index + 2] if index is not None else ()
    return [place for paragraph in following if (place := story.sentence_index(paragraph)) is not None]


def _is_reported(story: Story, phrase: Span, known: dict[int, bool]) -> bool:
    """Whether an outlet or body is the source near an adverb that reports: in its paragraph, in the one before, or after the lead."""
    index = story.paragraph_index(phrase)
    if index is None or folded_words(story.text, phrase)[0] not in words("vague_adverbs"):
        return False
    if index not in known:
        places = story.paragraphs[max(0, index - 1) : index + (1 if index else 1 + _LEAD)]
        known[index] = any(
            entity.label in ORGANISATION_LABELS
            for place in places
            for sentence in story.document[Sentence].within(place)
            for entity in _named_sources(story, sentence.span)
        )
    return known[index]


def _is_quantifier(story: Story, phrase: Span) -> bool:
    """Whether it has "some" or the like and no noun."""
    folded = folded_words(story.text, phrase)
    return folded[0] in _QUANTIFIERS and words("vague_heads").isdisjoint(folded[1:])


def _tells_of_people(story: Story, index: int) -> bool:
    """Whether a sentence tells of those of whom "some" in the next are some: "Fifty doctors met. Some said"."""
    if index < 0:
        return False
    before = story.sentence_words[index]
    return any(
        word in _QUANTIFIERS or (word != (one := singular(word)) and one in person_nouns())
        for word, where in zip(before.folded, before.spans, strict=True)
        if not story.in_quotation(where)
    )


def _kind(story: Story, phrase: Span) -> str:
    """By what a phrase is known again: the noun, or the whole phrase where it has none."""
    folded = folded_words(story.text, phrase)
    return next((word for word in folded if word in words("vague_heads") - _QUANTIFIERS), " ".join(folded))


def _is_told_of(story: Story, entity: Named, phrase: Span) -> bool:
    """Whether a name follows the phrase at once: "Experts say Lee is ill" is about Lee, not by her."""
    return phrase.end <= entity.start and not story.text[phrase.end : entity.start].strip()


def _named_sources(story: Story, sentence: Span) -> Iterator[Named]:
    """The persons and organisations in a sentence to whom it attributes something."""
    entities = [
        entity for entity in story.named.within(sentence) if entity.label in PERSON_LABELS | ORGANISATION_LABELS
    ]
    quotes = story.document[Quote].overlapping(sentence)
    speakers = {quote.speaker for quote in quotes}
    # Of "a speech that Lee gave at Yale" Lee is the source, and Yale is not.
    sources = [where for quote in quotes if quote.speaker is None for where in quote.source]
    # "Lee spoke too" attributes nothing.
    verbs = words("speech_verbs") - _WITHOUT_CONTENT
    for entity in entities:
        if entity.entity in speakers or any(where.contains(entity) for where in sources):
            yield entity
            continue
        before = word_spans(story.text, Span(max(sentence.start, entity.start - 40), entity.start))[-2:]
        after = word_spans(story.text, Span(entity.end, min(sentence.end, entity.end + 40)))[:2]
        folded = [story.text[word.start : word.end].casefold() for word in before]
        following = [story.text[word.start : word.end].casefold() for word in after]
        if (
            (folded and (_belongs_to_source(folded) or (folded[-1] in verbs and folded[-1] not in _TOLD)))
            or "according" in folded
            or verbs.intersection(following)
        ):
            yield entity


_WITHOUT_CONTENT = frozenset({"speak", "speaks", "spoke", "speaking", "talk", "talks", "talked", "talking"})


def _belongs_to_source(before: Sequence[str]) -> bool:
    """Whether somebody or something that can be a source stands before "at", "from" or "by": "a study by"."""
    nouns = person_nouns() | words("source_nouns") | words("vague_heads")
    return (
        len(before) > 1
        and before[-1] in ("at", "from", "by")
        and (before[-2] in nouns or singular(before[-2]) in nouns)
    )


_TOLD = frozenset({"told", "tell", "tells", "telling", "asked", "informed"})


def _tells_of_document(folded: Sequence[str]) -> bool:
    """Whether a particular study or report is its subject: "A new study found"."""
    for place, word in enumerate(folded[:_SUBJECT]):
        if word in ("study", "report", "survey", "poll", "paper", "review", "analysis", "article", "statement"):
            return any(before in ("a", "an", "the", "this", "their", "its", "one") for before in folded[:place])
    return False


_SUBJECT = 6


_OPINION = frozenset(
    {
        "say", "argue", "believe", "claim", "think", "suggest", "warn", "fear", "contend", "maintain", "assert",
        "agree", "predict", "estimate", "expect", "feel", "said", "argued", "believed", "claimed", "warned",
        "suggested", "predicted", "feared", "estimated", "contended", "shown", "show", "shows", "suggests",
        "indicate", "indicates", "showed", "says", "note", "noted", "consider", "speculate", "speculated",
    }
)  # fmt: skip


_PASSIVE = frozenset(
    {
        "believed",
        "reported",
        "thought",
        "alleged",
        "understood",
        "claimed",
        "rumoured",
        "rumored",
        "considered",
        "said",
        "feared",
    }
)


_WIDELY = frozenset({"widely", "generally", "commonly", "often", "also", "now", "still"})


_SINGULAR_HEADS = frozenset({"everyone", "everybody", "research", "evidence"})


_IT_IS = frozenset({"it's", "it’s"})


_BE = frozenset({"is", "was", "are", "were", "been", "being"})
_BEGINNINGS = _IT_IS | {"it"} | _BE
"""The words with which a passive begins."""


def _own_phrase(own: Sequence[Sequence[str]], folded: Sequence[str], position: int) -> int | None:
    for phrase in own:
        if list(folded[position : position + len(phrase)]) == phrase:
            return position + len(phrase) - 1
    return None


_QUANTIFIERS = frozenset({"many", "some", "others", "several", "everyone", "everybody"})


_DOCUMENTS = frozenset({"studies", "research", "evidence", "statistics", "rumours", "rumors"})


_BETWEEN = frozenset(
    {
        "have", "has", "had", "also", "still", "now", "often", "long", "already", "repeatedly", "generally", "widely",
        "people", "experts", "critics", "may", "would", "and", "others", "even",
    }
)  # fmt: skip
"""What may stand between "experts" and the verb."""


def _follows_according_to(folded: Sequence[str], position: int) -> bool:
    """Whether "according to" stands before the noun, with at most two words between: "according to health experts"."""
    return any(
        list(folded[max(0, position - gap - 2) : position - gap]) == ["according", "to"]
        and not _DETERMINED.intersection(folded[position - gap : position])
        for gap in range(3)
    )


_DETERMINED = frozenset({"the", "these", "those", "his", "her", "their", "its", "our", "two", "three", "four"})


def _vague_phrase(folded: Sequence[str], position: int) -> int | None:
    """The last word of a vague attribution that begins at `position`, or None."""
    word = folded[position]
    rest = list(folded[position + 1 : position + 5])
    shift = 0
    before = folded[position - 1] if position else ""
    if word in words("vague_heads") - _QUANTIFIERS - _DOCUMENTS - words("unnamed_heads") and _follows_according_to(
        folded, position
    ):
        return position
    if word in words("vague_heads") and before not in (
        "of",
        "by",
        "few",
        "his",
        "her",
        "their",
        "these",
        "those",
        "the",
    ):
        for offset, following in enumerate(rest[:3]):
            if following in _OPINION or following in words("core_speech_verbs"):
                third_person = following.endswith("s") and not following.endswith("ss")
                if third_person and word not in _SINGULAR_HEADS:
                    return None  # "the number that caught the eyes of so many analysts shows"
                beyond = rest[offset + 1 : offset + 2]
                if beyond == ["they"] and word in _QUANTIFIERS:
                    return None  # "some say they will not vote": of themselves
                if following == "state" and beyond != ["that"]:
                    return None  # "some state laws"
                if beyond and (beyond[0] in words("unnamed_heads") or beyond[0] in words("vague_heads")):
                    return None  # "some state officials"
                return position + 1 + offset
            if following not in _BETWEEN:
                return None
        return None
    if word in _IT_IS:
        word, rest = "it", ["is", *rest]
        shift = -1
    if word == "it" and rest and rest[0] in _BE:
        for offset, following in enumerate(rest[1:], 1):
            if following in _PASSIVE:
                return position + 1 + offset + shift
            if following not in _WIDELY:
                return None
        return None
    if word in _BE and len(rest) >= 2:
        if rest[0] == "widely" and rest[1] in _PASSIVE:
            return position + 2
        if (
            rest[0] in ("believed", "rumoured", "rumored", "alleged", "thought", "said", "understood", "feared")
            and rest[1] == "to"
        ):
            return position + 2
    return None


def _one_clause(story: Story, inside: Sequence[Span], first: int, last: int) -> bool:
    where = Span(inside[first].start, inside[last].end)
    gaps = (story.text[inside[place].end : inside[place + 1].start] for place in range(first, last))
    return not any(gap.strip() for gap in gaps) and not story.has_mark(where)
