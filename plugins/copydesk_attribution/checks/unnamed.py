"""3xx: sources without a name, and attributions to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from copydesk import Annotation, CheckOptions, Entity, Finding, Layer, Quote, Section, Severity, Span
from copydesk_attribution.forms import singular
from copydesk_attribution.people import ORGANISATION_LABELS, PERSON_LABELS
from copydesk_attribution.rule import StoryCheck
from copydesk_attribution.story import Story, folded_words, word_spans
from copydesk_attribution.wordlists import words

_PREPOSITIONS = frozenset(
    {"of", "in", "at", "for", "from", "with", "on", "to", "who", "familiar", "close", "near", "inside", "within"}
)
_DETERMINERS = frozenset(
    {
        "a",
        "an",
        "one",
        "two",
        "three",
        "four",
        "five",
        "several",
        "some",
        "many",
        "other",
        "another",
        "multiple",
        "both",
    }
)


class UnnamedSource(StoryCheck):
    """Something is attributed to a person who is described but not named: "a source", "a senior aide".

    It reports each source of a quotation that is a person by function only, without a name in the phrase
    or beside it. A bare one ("a source said", "officials said") is a `bare_severity`; one that is
    described ("a senior aide to the minister", "people familiar with the matter") is a note for review.

    ## Why

    Nobody can check or answer an unnamed source, so agencies rank them as the weakest, ask editors to
    agree to each, and all but forbid a "source" about whom nothing else is said.

    ## Reported

    > A source said the deal was dead.

    > People familiar with the matter said the deal was dead.

    ## Not reported

    > Jeff Rathke, the State Department spokesperson, said …

    > Police said two men were held.

    > Officials have not said why.

    Institutions speak under their own name; a spokesman speaks for one (`allow_roles`). Witnesses who
    are reported together, and "the official" who was introduced before, are left alone.
    """

    code = "ATT301"
    name = "unnamed-source"
    severity = "info"
    maturity = "stable"
    requires = (Entity, Quote, Section)

    class Options(CheckOptions):
        """Options of unnamed-source."""

        bare_severity: Severity = Field("warning", description="Severity of a source of whom nothing is said.")
        allow_roles: tuple[str, ...] = Field(
            ("spokesman", "spokeswoman", "spokesperson", "spokespeople"),
            description="Head nouns of sources that need no name.",
        )
        count_threshold: int = Field(1, ge=1, description="Report only stories with at least so many unnamed sources.")

    options: Options

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each such phrase."""
        found: dict[Span, bool] = {}
        for quote in story.body_quotes:
            if quote.speaker is not None and quote.speaker in story.people.by_entity:
                continue
            for where in quote.source:
                if not is_denied(story, where) and (phrase := self._unnamed(story, where)) is not None:
                    found.setdefault(*phrase)
        taken = Layer(Annotation(start=span.start, end=span.end) for span in found)
        for span, bare in self._by_verb(story):
            if not taken.overlapping(span):
                found.setdefault(span, bare)
        if len(found) < self.options.count_threshold:
            return
        for span, bare in sorted(found.items()):
            if not story.in_narration(span):
                continue
            written = story.text[span.start : span.end]
            if bare:
                yield self.finding(
                    span,
                    f"“{written}” is not named, and nothing is said of how they can know.",
                    severity=self.options.bare_severity,
                )
            else:
                yield self.finding(span, f"“{written}” is a source without a name.")

    def _unnamed(self, story: Story, where: Span) -> tuple[Span, bool] | None:
        """The phrase and whether it is bare, where it stands for a person by function only."""
        comma = story.text.rfind(",", where.start, where.end)
        inside = word_spans(story.text, where)
        folded = [story.text[word.start : word.end].casefold() for word in inside]
        head = _head(folded)
        if comma >= 0 and (head is None or folded[head] not in words("unnamed_heads")):
            after = word_spans(story.text, Span(comma, where.end))
            return self._unnamed(story, Span.hull(*after)) if after else None
        if head is None or folded[head] in {role.casefold() for role in self.options.allow_roles}:
            return None
        if folded[head] not in words("unnamed_heads") and not _people_who_know(folded, head):
            return None
        if folded[0] in ("and", "or", "but"):
            return None  # the end of a list, not a noun phrase
        if folded[0] in ("the", "this", "that", "these", "those") and len(folded) == head + 1:
            return None  # it refers back to somebody introduced before
        if _named_beside(story, where):
            return None
        modifiers = [
            word for word in folded[:head] if word not in _DETERMINERS and word not in ("the", "unnamed", "anonymous")
        ]
        bare = not modifiers and head == len(folded) - 1
        return where, bare

    def _by_verb(self, story: Story) -> Iterator[tuple[Span, bool]]:
        """Phrases before a verb of speech or after "according to" that the layer of quotes does not have."""
        heads, verbs = words("unnamed_heads"), words("speech_verbs")
        for inside, folded in story.sentence_words:
            for position, word in enumerate(folded):
                if word not in heads and not _people_who_know(folded, position):
                    continue
                first = _phrase_start(story, inside, folded, position)
                after = folded[position + 1 : position + 2]
                by_verb = bool(after) and after[0] in verbs and _adjacent(story, inside, position)
                by_according = folded[max(0, first - 2) : first] == ["according", "to"]
                if by_verb or by_according:
                    phrase = self._unnamed(story, Span(inside[first].start, inside[position].end))
                    if phrase is not None:
                        yield phrase


def is_denied(story: Story, source: Span) -> bool:
    """Whether what follows the source is that it did not speak: "officials have not said why"."""
    sentence = story.sentence(source)
    end = min(source.end + _DENIAL_WITHIN, sentence.end if sentence else len(story.text))
    following = [word.replace("’", "'") for word in folded_words(story.text, Span(source.end, max(end, source.end)))][
        :2
    ]
    return bool(following) and (
        following[0].endswith("n't")
        or following[0] in _REFUSE
        or (following[0] in _AUXILIARIES and following[1:2] in (["not"], ["never"]))
    )


_DENIAL_WITHIN = 24
_REFUSE = frozenset({"declined", "refused", "declines", "refuses"})
_AUXILIARIES = frozenset({"have", "has", "had", "did", "do", "does", "would", "will", "could", "can"})


def _head(folded: Sequence[str]) -> int | None:
    """The place of the head noun: the last word before the first preposition."""
    for place, word in enumerate(folded):
        if word in _PREPOSITIONS:
            return place - 1 if place > 0 else None
    return len(folded) - 1 if folded else None


def _people_who_know(folded: Sequence[str], head: int) -> bool:
    return folded[head] in ("people", "person", "persons", "those", "sources", "someone", "somebody") and any(
        word in ("familiar", "knowledge", "briefed", "close", "aware") for word in folded[head + 1 : head + 4]
    )


def _phrase_start(story: Story, inside: Sequence[Span], folded: Sequence[str], head: int) -> int:
    """Where the noun phrase of `head` begins: at its determiner, or at the first of the words that belong to it."""
    first = head
    while first > 0 and head - first < _LONGEST_PHRASE and _adjacent(story, inside, first - 1):
        before = folded[first - 1]
        if before in _DETERMINERS or before in ("the", "this", "that", "these", "those", "his", "her", "their", "its"):
            return first - 1
        if before in words("function_words") or before in words("speech_verbs"):
            break
        first -= 1
    return first


_LONGEST_PHRASE = 5


def _adjacent(story: Story, inside: Sequence[Span], position: int) -> bool:
    return not story.text[inside[position].end : inside[position + 1].start].strip()


def _named_beside(story: Story, where: Span) -> bool:
    """Whether a person's name stands in the phrase, or just before or after it."""
    text = story.text
    around = Span(max(0, where.start - 3), min(len(text), where.end + 3))
    return any(entity.label in PERSON_LABELS for entity in story.document[Entity].overlapping(around))


class VagueAttribution(StoryCheck):
    """Something is attributed to nobody: "experts say", "it is believed", "reportedly".

    It reports a vague plural with a verb of saying or thinking, an impersonal passive, and adverbs that
    report, when no particular source follows in the same sentence or the next `lookahead`.

    ## Why

    Such words give a statement the air of a source and none of its substance: nobody can be asked which
    experts, how many, or how they know. Encyclopedias and news projects alike list them as words to watch.

    ## Reported

    > Experts say the bridge is unsafe.

    > The minister is reportedly ill.

    ## Not reported

    > Experts say the bridge is unsafe. "It could fall tomorrow," said Ann Lee, an engineer.

    > Police arrested a man who allegedly broke into the shop.

    In reports of charges and trials "allegedly" is what the law asks for (`legal_context`).
    """

    code = "ATT302"
    name = "vague-attribution"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Quote, Section)

    class Options(CheckOptions):
        """Options of vague-attribution."""

        phrases: tuple[str, ...] = Field(
            (), description="Further phrases that attribute to nobody, as they are written."
        )
        legal_context: bool = Field(True, description="Allow such adverbs in sentences about charges and courts.")
        lookahead: int = Field(1, ge=0, description="In how many sentences after it a particular source may follow.")

    options: Options

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each phrase."""
        for index in range(len(story.sentences)):
            for phrase in self._phrases(story, index):
                if story.in_quotation(phrase) or self._source_follows(story, index, phrase):
                    continue
                written = story.text[phrase.start : phrase.end]
                yield self.finding(phrase, f"“{written}” names no source, and none follows.")

    def _phrases(self, story: Story, index: int) -> Iterator[Span]:
        inside, folded = story.sentence_words[index]
        legal = self.options.legal_context and bool(words("legal_words").intersection(folded))
        taken = -1
        for position in range(len(folded)):
            if position <= taken:
                continue
            last = _vague_phrase(folded, position)
            if last is None and not legal and folded[position] in words("vague_adverbs"):
                last = position
            if last is None:
                last = self._own_phrase(folded, position)
            if last is None or not _one_clause(story, inside, position, last):
                continue
            taken = last
            yield Span(inside[position].start, inside[last].end)

    def _own_phrase(self, folded: Sequence[str], position: int) -> int | None:
        for phrase in self.options.phrases:
            wanted = phrase.casefold().split()
            if wanted and list(folded[position : position + len(wanted)]) == wanted:
                return position + len(wanted) - 1
        return None

    def _source_follows(self, story: Story, index: int, phrase: Span) -> bool:
        """Whether a named person or organisation is the source in this sentence or one of the next."""
        following = range(index, min(index + 1 + self.options.lookahead, len(story.sentences)))
        return any(self._has_particular_source(story, number, phrase) for number in following)

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

    def _is_new(self, story: Story, entity: Entity, phrase: Span) -> bool:
        return not any(
            mention.start < phrase.start for mention in story.mentions_of(entity.entity) if story.in_body(mention)
        )


def _is_told_of(story: Story, entity: Entity, phrase: Span) -> bool:
    """Whether a name follows the phrase at once: "Experts say Lee is ill" is about Lee, not by her."""
    return phrase.end <= entity.start and not story.text[phrase.end : entity.start].strip()


def _named_sources(story: Story, sentence: Span) -> Iterator[Entity]:
    """The persons and organisations in a sentence to whom it attributes something."""
    entities = [
        entity
        for entity in story.document[Entity].within(sentence)
        if entity.label in PERSON_LABELS | ORGANISATION_LABELS
    ]
    quotes = story.document[Quote].overlapping(sentence)
    sources = [where for quote in quotes for where in quote.source]
    speakers = {quote.speaker for quote in quotes}
    verbs = words("speech_verbs")
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


def _belongs_to_source(before: Sequence[str]) -> bool:
    """Whether somebody or something that can be a source stands before "at", "from" or "by": "a study by"."""
    nouns = words("person_nouns") | words("source_nouns") | words("vague_heads")
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
        "expected",
    }
)
_WIDELY = frozenset({"widely", "generally", "commonly", "often", "also", "now", "still"})
_SINGULAR_HEADS = frozenset({"everyone", "everybody", "research", "evidence"})
_IT_IS = frozenset({"it's", "it’s"})
_BE = frozenset({"is", "was", "are", "were", "been", "being"})


def _vague_phrase(folded: Sequence[str], position: int) -> int | None:
    """The last word of a vague attribution that begins at `position`, or None."""
    word = folded[position]
    rest = list(folded[position + 1 : position + 4])
    shift = 0
    before = folded[position - 1] if position else ""
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
        for offset, following in enumerate(rest[:2]):
            if following in _OPINION or following in words("core_speech_verbs"):
                third_person = following.endswith("s") and not following.endswith("ss")
                if third_person and word not in _SINGULAR_HEADS:
                    return None  # "the number that caught the eyes of so many analysts shows"
                return position + 1 + offset
            if following not in (
                "have",
                "has",
                "also",
                "still",
                "now",
                "often",
                "people",
                "experts",
                "critics",
                "may",
                "would",
            ):
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
    return not any(c in story.text[inside[first].start : inside[last].end] for c in ',;:—―–"“”')
