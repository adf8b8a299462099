"""101 and 102: quotations without a source, or with one that comes late."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from copydesk import Config, Finding, Quote, Section, Span
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.quoted import Quoted
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import word_spans
from copydesk_attribution.wordlists import words


class UnattributedQuoteConfig(Config):
    """Options of unattributed-quote."""

    min_words: int = Field(6, ge=1, description="Shorter quotations are terms and fragments, not statements.")
    extra_cues: tuple[str, ...] = Field(
        (), description="Further words that report speech; one of them in the paragraph is a source."
    )
    ignore_titles: bool = Field(True, description="Pass over quotations that are written like titles of works.")
    carry_paragraphs: int = Field(
        10,
        ge=0,
        description="For how many paragraphs of nothing but quotation the one source of the paragraph before speaks on; 0 asks "
        "for a source in each.",
    )


class UnattributedQuote(StoryCheck[UnattributedQuoteConfig]):
    """A sentence in quotation marks that nobody in the story is said to have said.

    It reports a direct quotation of at least `min_words` words with a finite verb for which no source
    is given: not in its own sentence, nor anywhere in its paragraph, nor in a lead-in that ends in a
    colon just before, nor by carrying on a quotation that the paragraph before left open. A comma or colon that joins the
    quotation to other words of its sentence is taken for the sign of a source.

    ## Why

    A reader must know whose words they read, and at once. News agencies ask for a source for every
    statement that is not common knowledge, and want it next to the first words quoted, in the same
    sentence; words in quotation marks without one are either invented, or lost their source in an edit.

    ## Reported

    > "This plan will ruin the town." The council votes on Monday.

    > Ann Lee said that she had asked the council to wait.
    >
    > "This plan will ruin the town."

    ## Not reported

    > Mayor Ann Lee opposes the plan. "It will ruin the town," she said.

    > "The idea" was dropped.

    > The leaflet calls it a "plan that will ruin the town".

    > "It will ruin the town, and everybody knows it."
    >
    > — Ann Lee, mayor

    Titles of works (every important word in capitals), slogans and mottoes, terms, and quotations
    without a verb are no statements. In a quotation that runs over several paragraphs, each opened and only the
    last closed, the source of the first serves for all. A paragraph that is a quotation goes on with the one before, where
    one person alone spoke and the paragraph ends with a sentence of theirs (`carry_paragraphs`); not after a question, after what
    the paper tells, or where the quotation names them. A name on the line below signs a quotation. One that is never closed is
    unbalanced-quotes'.
    """

    code = "ATT101"
    name = "unattributed-quote"
    severity = "warning"
    maturity = "stable"
    requires = (Quote, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Quotations without a source, in the body."""
        sourced_paragraphs: dict[int, bool] = {}
        before = -2
        for stretch in story.quoted:
            index = story.paragraph_index(stretch.outer)
            if index is None or not self._is_statement(story, stretch):
                continue
            if index not in sourced_paragraphs:
                sourced_paragraphs[index] = self._has_source(story, index)
            if sourced_paragraphs[index] or self._left_open(story, index) or _has_frame(story, stretch):
                continue
            if self._goes_on(story, index, stretch) or _is_signed(story, index, stretch):
                continue
            if _is_labelled(story, index, stretch):
                continue
            if not stretch.closed and not _opens_with_mark(story, index + 1):
                continue  # never closed: unbalanced-quotes has it
            last, before = before, index
            if index - last <= 1:
                continue  # a run of quotations is one fault
            yield self.finding(
                stretch.outer,
                "Unattributed quotation: no source in its sentence or its paragraph.",
            )

    def _is_statement(self, story: Story, stretch: Quoted) -> bool:
        inside = word_spans(story.text, stretch.inner)
        written = story.text[stretch.inner.start : stretch.inner.end].split()
        if min(len(inside), len(written)) < self.config.min_words:
            return False  # an address has parts and no spaces
        if self.config.ignore_titles and _is_title(story.text, inside):
            return False
        if _is_built_in(story, stretch):
            return False
        return _has_finite_verb(story, inside)

    def _has_source(self, story: Story, index: int) -> bool:
        paragraph = story.paragraphs[index]
        if story.attributed(paragraph) or story.has_speech_verb(paragraph):
            return True
        extra = {cue.casefold() for cue in self.config.extra_cues}
        if extra and any(
            story.text[word.start : word.end].casefold() in extra and not story.in_quotation(word)
            for word in word_spans(story.text, paragraph)
        ):
            return True
        return index > 0 and _ends_in_colon(story, story.paragraphs[index - 1])

    def _left_open(self, story: Story, index: int) -> bool:
        """Whether paragraphs of one quotation, each opened and only the last closed, lead back to a source."""
        while index > 0:
            stretches = story.quoted_in(story.paragraphs[index - 1])
            if not stretches or stretches[-1].closed:
                return False
            index -= 1
            if self._has_source(story, index):
                return True
        return False

    def _goes_on(self, story: Story, index: int, stretch: Quoted) -> bool:
        """Whether a paragraph that begins with a quotation goes on with one before, in which one source alone speaks."""
        if stretch.outer.start != story.paragraphs[index].start:
            return False
        for before in range(index - 1, max(-1, index - 1 - self.config.carry_paragraphs), -1):
            speakers = _speakers(story, before)
            if speakers or not _opens_with_mark(story, before):
                if len(speakers) != 1 or _names(story, stretch, speakers):
                    return False
                return _may_speak_on(story, before, *speakers)
        return False


def _may_speak_on(story: Story, index: int, speaker: str) -> bool:
    """Whether the speaker of a paragraph may go on in the next: it is theirs to its end, and asks nothing.

    That is so where it ends with a sentence of theirs in quotation marks, the source behind it or not, and they are a person.
    Where the paragraph ends with what the paper tells, or a body or group says it, another may be quoted next. Who answers a
    question is another, too.
    """
    stretches = story.quoted_in(story.paragraphs[index])
    if not stretches:
        return False
    last, end = stretches[-1], story.paragraphs[index].end
    said = story.text[last.inner.start : last.inner.end].rstrip(" .")
    if said.endswith("?") or len(said.split()) < _SENTENCE:
        return False
    if not story.text[last.outer.end : end].strip(" .,"):
        return True
    closes = story.sentence_index(Span(last.inner.end - 1, last.inner.end)) == story.sentence_index(Span(end - 1, end))
    return closes and (speaker in story.people.by_entity or speaker in _PERSON_PRONOUNS)


_SENTENCE = 4
"""A quotation of fewer words is a fragment: the sentence around it is the paper's."""
_PERSON_PRONOUNS = frozenset({"he", "she"})


def _names(story: Story, stretch: Quoted, speakers: set[str]) -> bool:
    """Whether a quotation names one of these persons, who would say "I"."""
    return any(mention.entity in speakers for mention in story.people.within(stretch.inner))


def _opens_with_mark(story: Story, index: int) -> bool:
    """Whether a paragraph begins with a quotation."""
    paragraph = story.paragraphs[index] if index < len(story.paragraphs) else None
    stretches = story.quoted_in(paragraph) if paragraph is not None else ()
    return paragraph is not None and bool(stretches) and stretches[0].outer.start == paragraph.start


_SIGNATURE = re.compile(r"(?P<dash>[-—–―])? ?[A-Z][^!?\n]{1,60}")


def _is_signed(story: Story, index: int, stretch: Quoted) -> bool:
    """Whether the next line says whose words they are, as under a quotation that stands by itself: `— Ann Lee, mayor`."""
    text = story.text
    if stretch.outer.start != story.paragraphs[index].start:
        return False
    after = text[stretch.outer.end : stretch.outer.end + _LINE]
    start = stretch.outer.end + len(after) - len(after.lstrip())
    where = Span(start, start + len(text[start : start + _LINE].split("\n", 1)[0].rstrip()))
    line = text[where.start : where.end]
    match = _SIGNATURE.fullmatch(line)
    if match is None or line.isupper() or "\n" not in text[stretch.outer.end : start]:
        return False
    if match["dash"]:
        return True
    tells = _has_finite_verb(story, word_spans(text, where)) or story.has_speech_verb(where)
    return not tells and (not stretch.closed or bool(story.people.within(where)))


_LINE = 100
_LABEL = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}: ")
_CREDIT = re.compile(r"\[[A-Z][^\]\n]{1,40}\]")
_TAKEN_UP = re.compile(r"(?:So|Thus) (?:say|says|said|wrote|writes|spoke|begins|began|ends|ended)\b")


def _is_labelled(story: Story, index: int, stretch: Quoted) -> bool:
    """Whether the source stands otherwise: as a label, in brackets behind, or in the next line: `So says a voice …`."""
    text, paragraph = story.text, story.paragraphs[index]
    if _LABEL.match(text, stretch.inner.start, stretch.inner.end):
        return True
    if any(not stretch.outer.contains(Span(*match.span())) for match in _CREDIT.finditer(text, *paragraph)):
        return True
    return index + 1 < len(story.paragraphs) and bool(_TAKEN_UP.match(text, story.paragraphs[index + 1].start))


def _speakers(story: Story, index: int) -> set[str]:
    """Who speaks in a paragraph: entities, or the words of sources of whom it is not known who they are."""
    quotes = story.document[Quote].overlapping(story.paragraphs[index])
    sourced = ((quote, quote.source[0]) for quote in quotes if quote.source)
    return {quote.speaker or story.text[where.start : where.end].casefold() for quote, where in sourced}


def _is_built_in(story: Story, stretch: Quoted) -> bool:
    """Whether the quotation begins in lower case within a sentence of the paper's: a part of it, not a statement."""
    text = story.text
    before = text[max(0, stretch.outer.start - 2) : stretch.outer.start]
    return (
        text[stretch.inner.start : stretch.inner.start + 1].islower()
        and bool(before[:1].strip())
        and before[-1:] == " "
    )


def _has_frame(story: Story, stretch: Quoted) -> bool:
    """Whether the commas of its sentence make room for a source: `The city reasoned, "…"`, or `"…," so the city.`"""
    text = story.text
    before = text[max(0, stretch.outer.start - 3) : stretch.outer.start].rstrip()
    if before.endswith((",", ":")):
        return True
    after = text[stretch.outer.end : stretch.outer.end + 4]
    if after.strip()[:1] in ("—", "–", "―"):
        return True
    comma = text[stretch.inner.end - 1 : stretch.inner.end] == "," or after.startswith(",")
    return comma and bool(text[stretch.outer.end : stretch.outer.end + 20].split("\n", 1)[0].strip(" ,."))


def _is_title(text: str, inside: Iterable[Span]) -> bool:
    """Whether every word of four letters and more begins with a capital."""
    long_words = [word for word in inside if word.end - word.start > 3]
    return bool(long_words) and all(text[word.start].isupper() for word in long_words)


_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def _has_finite_verb(story: Story, inside: Iterable[Span]) -> bool:
    """By the tags of the parse where there is one, otherwise by words that only clauses have."""
    spans = list(inside)
    if story.tags is not None:
        whole = story.document.parse.tokens(Span(spans[0].start, spans[-1].end))
        return not _FINITE.isdisjoint(story.tags[whole.start : whole.stop])
    finite = words("clause_words")
    return any(story.text[word.start : word.end].replace("’", "'").casefold() in finite for word in spans)


def _ends_in_colon(story: Story, paragraph: Span) -> bool:
    return story.text[paragraph.start : paragraph.end].rstrip().endswith(":")


class LateAttributionConfig(Config):
    """Options of late-attribution."""

    max_sentences: int = Field(2, ge=1, description="How many sentences of quotation may come before the source.")
    max_words: int = Field(40, ge=1, description="How many words of quotation may come before the source.")


class LateAttribution(StoryCheck[LateAttributionConfig]):
    """The reader must go through a long quotation before they learn who is speaking.

    It reports a quotation of which more than `max_sentences` sentences or `max_words` words come before
    the first sign of its source.

    ## Why

    A reader weighs words by whose they are. House styles want the speaker after the first sentence at the
    latest, and nobody to plough through a speech in search of its owner.

    ## Reported

    > "It rained. We were wet. We went home at once," said Ann Lee.

    ## Not reported

    > "It rained," said Ann Lee. "We were wet. We went home at once."

    > Ann Lee was out all day. "It rained. We were wet. We went home at once," she said.

    A speaker who is named in the sentence before the quotation is known to the reader.
    """

    code = "ATT102"
    name = "late-attribution"
    severity = "info"
    maturity = "preview"
    requires = (Quote, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Direct quotations whose source comes late."""
        for quote in story.body_quotes:
            signs = [*quote.source, *quote.cue]
            if quote.kind != "direct" or not signs:
                continue
            first = min(sign.start for sign in signs)
            before = [piece for piece in quote.content if piece.start < first]
            if not before or first < before[-1].end or _is_announced(story, quote):
                continue
            count = sum(len(word_spans(story.text, piece)) for piece in before)
            number = sum(story.sentences_in(piece) for piece in before)
            if count > self.config.max_words or number > self.config.max_sentences:
                yield self.finding(
                    Span.hull(*before),
                    f"The reader learns who says this only after {number} "
                    f"{'sentence' if number == 1 else 'sentences'} and {count} words of quotation.",
                    evidence=[note(min(signs), "the source comes here")],
                )


def _is_announced(story: Story, quote: Quote) -> bool:
    """Whether the speaker is named in the sentence before the quotation, by a name or by a word that stands for it."""
    index = story.sentence_index(quote)
    if quote.speaker is None or index is None or index == 0:
        return False
    before = story.sentences[index - 1]
    return any(
        mention.entity == quote.speaker for layer in (story.named, story.stand_ins) for mention in layer.within(before)
    ) or any(
        other.speaker == quote.speaker for other in story.document[Quote].overlapping(before) if other is not quote
    )
