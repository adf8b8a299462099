"""1xx: quotations and claims without a source."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from copydesk import CheckOptions, Finding, Quote, Section, Span
from copydesk_attribution.marks import Quoted
from copydesk_attribution.rule import StoryCheck
from copydesk_attribution.story import Story, word_spans
from copydesk_attribution.wordlists import words


class UnattributedQuote(StoryCheck):
    """A sentence in quotation marks that nobody in the story is said to have said.

    It reports a direct quotation of at least `min_words` words with a finite verb for which no source
    is given: not in its own sentence, nor anywhere in its paragraph, nor in a lead-in that ends in a
    colon just before, nor by carrying on a quotation of the paragraph before.

    ## Why

    A reader must know whose words they read, and at once. News agencies ask for a source for every
    statement that is not common knowledge, and want it next to the first words quoted, in the same
    sentence; words in quotation marks without one are either invented, or lost their source in an edit.

    ## Reported

    > "This plan will ruin the town." The council votes on Monday.

    ## Not reported

    > Mayor Ann Lee opposes the plan. "It will ruin the town," she said.

    > "The idea" was dropped.

    Titles of works (every important word in capitals), slogans and mottoes, terms, and quotations
    without a verb are no statements. In a quotation that runs over several paragraphs, the source of
    one paragraph serves for the next `carry_paragraphs`.
    """

    code = "ATT101"
    name = "unattributed-quote"
    severity = "warning"
    maturity = "stable"
    requires = (Quote, Section)

    class Options(CheckOptions):
        """Options of unattributed-quote."""

        min_words: int = Field(6, ge=1, description="Shorter quotations are terms and fragments, not statements.")
        extra_cues: tuple[str, ...] = Field(
            (), description="Further words that report speech; one of them in the paragraph is a source."
        )
        carry_paragraphs: int = Field(
            1,
            ge=0,
            description="For how many paragraphs a source goes on to serve when they hold nothing but quotation.",
        )
        ignore_titles: bool = Field(True, description="Pass over quotations that are written like titles of works.")

    options: Options

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Quotations without a source, in the body."""
        sourced_paragraphs: dict[int, bool] = {}
        for stretch in story.quoted:
            index = story.paragraph_index(stretch.outer)
            if index is None or not self._is_statement(story, stretch):
                continue
            if index not in sourced_paragraphs:
                sourced_paragraphs[index] = self._has_source(story, index)
            if sourced_paragraphs[index] or self._carried(story, index):
                continue
            yield self.finding(
                stretch.outer,
                "Nobody is said to have said this: the quotation has no source in its sentence or its paragraph.",
            )

    def _is_statement(self, story: Story, stretch: Quoted) -> bool:
        inside = word_spans(story.text, stretch.inner)
        if len(inside) < self.options.min_words:
            return False
        if self.options.ignore_titles and _is_title(story.text, inside):
            return False
        return _has_finite_verb(story, inside)

    def _has_source(self, story: Story, index: int) -> bool:
        paragraph = story.paragraphs[index]
        if story.attributed(paragraph) or story.has_speech_verb(paragraph):
            return True
        extra = {cue.casefold() for cue in self.options.extra_cues}
        if extra and any(
            story.text[word.start : word.end].casefold() in extra and not story.in_quotation(word)
            for word in word_spans(story.text, paragraph)
        ):
            return True
        return index > 0 and _ends_in_colon(story, story.paragraphs[index - 1])

    def _carried(self, story: Story, index: int) -> bool:
        """Whether a source of a paragraph before still serves: all since is quotation, and that one was left open or is too."""
        for back in range(1, self.options.carry_paragraphs + 1):
            if index - back < 0 or not _begins_with_quotation(story, index):
                return False
            before = story.paragraphs[index - back]
            if self._has_source(story, index - back):
                return _ends_with_quotation(story, before) or _is_all_quotation(story, story.paragraphs[index])
        return self._left_open(story, index)

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


def _is_title(text: str, inside: Iterable[Span]) -> bool:
    """Whether every word of four letters and more begins with a capital."""
    long_words = [word for word in inside if word.end - word.start > 3]
    return bool(long_words) and all(text[word.start].isupper() for word in long_words)


def _has_finite_verb(story: Story, inside: Iterable[Span]) -> bool:
    """By the tags of the parse where there is one, otherwise by words that only clauses have."""
    spans = list(inside)
    if story.document.has_doc and story.document.doc.has_annotation("TAG"):
        whole = story.document.doc.char_span(spans[0].start, spans[-1].end, alignment_mode="expand")
        return whole is not None and any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in whole)
    finite = words("clause_words")
    return any(story.text[word.start : word.end].replace("’", "'").casefold() in finite for word in spans)


def _ends_in_colon(story: Story, paragraph: Span) -> bool:
    return story.text[paragraph.start : paragraph.end].rstrip().endswith(":")


def _begins_with_quotation(story: Story, index: int) -> bool:
    paragraph = story.paragraphs[index]
    stretches = story.quoted_in(paragraph)
    return bool(stretches) and not story.text[paragraph.start : stretches[0].outer.start].strip()


def _ends_with_quotation(story: Story, paragraph: Span) -> bool:
    stretches = story.quoted_in(paragraph)
    return bool(stretches) and not story.text[stretches[-1].outer.end : paragraph.end].strip(" .,;")


def _is_all_quotation(story: Story, paragraph: Span) -> bool:
    place = paragraph.start
    for stretch in story.quoted_in(paragraph):
        if story.text[place : stretch.outer.start].strip(" .,;…"):
            return False
        place = stretch.outer.end
    return not story.text[place : paragraph.end].strip(" .,;…")
