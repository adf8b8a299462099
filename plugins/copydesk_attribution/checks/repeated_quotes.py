"""106: one quotation with two speakers, or in two wordings."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from copydesk import Config, Finding, Quote
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words

_FEWEST_WORDS = 5


_MOST_COMPARED = 20


class SameQuoteTwoSourcesConfig(Config):
    """Options of same-quote-two-sources."""

    similarity: float = Field(
        0.9,
        gt=0.5,
        le=1,
        description="Share of the words of both that they must have in common to be one quotation.",
    )
    report_rewording: bool = Field(True, description="Whether one speaker with two wordings is reported, as a warning.")


class SameQuoteTwoSources(StoryCheck[SameQuoteTwoSourcesConfig]):
    """One and the same quotation is given to two speakers, or to one in different words.

    It compares the direct quotations of at least five words of the story, its headline included: two of which
    nearly all words agree must have one speaker, and one wording.

    ## Why

    Words in quotation marks are those that were spoken. Two speakers, or two wordings, mean that one of
    the two passages is wrong.

    ## Reported

    > "It will ruin the whole town," Ann Lee said. … "It will ruin the whole town," said Bob Ray.

    ## Not reported

    > "It will ruin the whole town," Ann Lee said. … "It will ruin the whole town," the mayor repeated.

    where both have Ann Lee as the speaker. A quotation whose speaker is not known is not compared.
    """

    code = "ATT106"
    name = "same-quote-two-sources"
    severity = "error"
    maturity = "stable"
    requires = (Quote,)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """The later of two such quotations."""
        index: dict[str, list[tuple[Quote, list[str]]]] = {}
        for quote in story.document[Quote]:
            said = [word for piece in quote.content for word in folded_words(story.text, piece)]
            if quote.kind != "direct" or quote.speaker is None or len(said) < _FEWEST_WORDS:
                continue
            earlier = self._nearest(index, quote, said)
            if earlier is not None:
                yield from self._compare(story, *earlier, quote, said)
            for word in self._keys(said):
                known = index.setdefault(word, [])
                if len(known) < _MOST_COMPARED:
                    known.append((quote, said))

    def _keys(self, said: list[str]) -> list[str]:
        """Words of which two quotations that agree share at least one: the longest ones, as many as may differ and one."""
        distinct = sorted(set(said), key=lambda word: (-len(word), word))
        return distinct[: 2 * int(len(distinct) * (1 - self.config.similarity)) + 2]

    def _nearest(
        self, index: dict[str, list[tuple[Quote, list[str]]]], here: Quote, said: list[str]
    ) -> tuple[Quote, list[str]] | None:
        words_here = set(said)
        for word in self._keys(said):
            for quote, other in index.get(word, ()):
                if quote.end > here.start:
                    continue
                there = set(other)
                if len(words_here & there) >= self.config.similarity * len(words_here | there):
                    return quote, other
        return None

    def _compare(
        self, story: Story, earlier: Quote, before: list[str], later: Quote, said: list[str]
    ) -> Iterable[Finding]:
        names = story.names
        evidence = [note(earlier, "the same quotation")]
        if earlier.speaker != later.speaker:
            one, other = names.get(earlier.speaker or "", ""), names.get(later.speaker or "", "")
            yield self.finding(
                later, f"The same words are given to {one or 'another'} and to {other or 'another'}.", evidence=evidence
            )
        elif self.config.report_rewording and before != said:
            yield self.finding(
                later, "The same speaker is quoted with another wording before.", evidence=evidence, severity="warning"
            )
