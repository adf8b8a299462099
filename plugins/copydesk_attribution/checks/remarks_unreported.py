"""204: remarks that the story has not reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from copydesk import Config, Entity, Finding, Quote, Section, Span
from copydesk_attribution.remarks import Owner, anything_said, content_follows, has_spoken, owner_of
from copydesk_attribution.rule import StoryCheck
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words


class DanglingSpeechReferenceConfig(Config):
    """Options of dangling-speech-reference."""

    nouns: tuple[str, ...] = Field(
        (
            "remark",
            "remarks",
            "comment",
            "comments",
            "statement",
            "statements",
            "allegation",
            "allegations",
            "accusation",
            "accusations",
            "claim",
            "claims",
            "assertion",
            "assertions",
            "announcement",
        ),
        description="The nouns for something said that refer back.",
    )
    allow_later: bool = Field(False, description="Whether speech that is reported only later is enough.")


class DanglingSpeechReference(StoryCheck[DanglingSpeechReferenceConfig]):
    """A mention of somebody's remarks, when the story has not reported any.

    It reports "X's remarks" (or comments, statement, allegation, claim, announcement …) when no speech of
    X comes before it, and "the remarks" at the head of a sentence when no speech at all comes before it.

    ## Why

    The phrase tells the reader that they know what was said. If they cannot, a paragraph was cut or moved,
    and the statement that the story rests on is not in it.

    ## Reported

    > Warren's remarks went in line with the Pentagon's stance.

    as the first that is heard of Warren.

    ## Not reported

    > Cornyn's statement added, "We will appeal."

    > Lee's claim that the plan would ruin the town was denied.

    The content may stand in the same sentence or the next of the paragraph, or be named with the noun ("that …",
    "about …", Lee's "no comment" remark).
    "Today's announcement" has no owner who could have spoken.
    """

    code = "ATT204"
    name = "dangling-speech-reference"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Quote, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Each owner is reported once."""
        nouns = {noun.casefold() for noun in self.config.nouns}
        reported: set[str] = set()
        for sentence, (inside, folded) in zip(story.sentences, story.sentence_words, strict=True):
            for position, noun in enumerate(folded):
                if noun not in nouns or story.in_quotation(inside[position]) or story.is_above_lead(sentence):
                    continue
                finding = self._judge(story, sentence, inside, position, reported)
                if finding is not None:
                    yield finding

    def _judge(
        self, story: Story, sentence: Span, inside: Sequence[Span], position: int, reported: set[str]
    ) -> Finding | None:
        noun = inside[position]
        if content_follows(story, sentence, noun) or _is_staked(story, sentence, noun):
            return None
        owner = owner_of(story, sentence, noun)
        if owner is None:
            return self._without_owner(story, sentence, inside, position)
        if owner.entity in reported or self._has_spoken(story, sentence, owner):
            return None
        reported.add(owner.entity)
        name = story.text[owner.start : owner.end].removesuffix("’s").removesuffix("'s")
        return self.finding(
            Span(owner.start, noun.end),
            f"The story refers to {story.text[noun.start : noun.end].casefold()} of {name}, but has not reported any.",
        )

    def _without_owner(self, story: Story, sentence: Span, inside: Sequence[Span], position: int) -> Finding | None:
        if position != 1 or story.text[inside[0].start : inside[0].end].casefold() not in ("the", "these", "those"):
            return None
        noun = inside[1]
        limit = len(story.text) if self.config.allow_later else sentence.end
        if anything_said(story, limit):
            return None
        return self.finding(
            Span(inside[0].start, noun.end),
            f"The story refers to {story.text[noun.start : noun.end].casefold()}, but has not reported any.",
        )

    def _has_spoken(self, story: Story, sentence: Span, owner: Owner) -> bool:
        limit = len(story.text) if self.config.allow_later else _end_of_next(story, sentence)
        return has_spoken(story, owner, limit)


def _end_of_next(story: Story, sentence: Span) -> int:
    """The end of the next sentence of the paragraph: "Lee's remarks were short. She said …" keeps nobody waiting."""
    index = story.sentence_index(sentence)
    paragraph = story.paragraph(sentence)
    if index is None or paragraph is None or index + 1 == len(story.sentences):
        return sentence.end
    following = story.sentences[index + 1]
    return following.end if paragraph.contains(following) else sentence.end


def _is_staked(story: Story, sentence: Span, noun: Span) -> bool:
    """Whether it is no claim that anybody utters: "is staking its claim for influence"."""
    before = folded_words(story.text, Span(max(sentence.start, noun.start - 20), noun.start))[-2:]
    return any(word in ("stake", "stakes", "staked", "staking") for word in before)
