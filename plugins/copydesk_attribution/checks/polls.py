"""609: polls and studies of which the story does not say enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from copydesk import Entity, Finding, Quantity, Quote, Section, Span, TimeExpression, fold
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.people import ORGANISATION_LABELS
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import countries, rows, split, words

_LEAD = 3
"""In so many first paragraphs a story says what it is about."""


class Poll(NamedTuple):
    """A poll or study that the story takes a result from.

    Attributes:
        where: the noun.
        sentence: the number of its sentence.
    """

    where: Span
    sentence: int


class PollUndescribed(StoryCheck):
    """A poll or study whose result the story gives, without who asked, or how many, or when.

    It reports a poll, survey or study with a result, in figures for a poll, of which the paragraph and those beside it do not name who
    made it. A story that is about one (in its headline or its first three paragraphs) must also say how many were asked or
    examined, or the margin of error, and when.

    ## Why

    A percentage is worth what the question, the sample and the day are worth. Agencies and associations of pollsters ask every
    story on a poll to say who made it, who paid, how many were asked, and when.

    ## Reported

    > A poll found that 46 percent of voters back the plan. The council meets on Monday.

    ## Not reported

    > A poll by Gallup found that 46 percent of voters back the plan.

    > Gallup asked 1,012 adults between May 2 and May 5; in the poll 46 percent back the plan.

    "Polls show" without a figure is a remark in passing, and "behind in the polls" too.
    """

    code = "ATT609"
    name = "poll-undescribed"
    severity = "warning"
    maturity = "preview"
    requires = (Entity, Quantity, Quote, Section, TimeExpression)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for polls that nobody made, and one for what else is missing of the one that the story is about."""
        told = [index for index, (_, folded) in enumerate(story.sentence_words) if not _told_of().isdisjoint(folded)]
        found = [poll for index in told for poll in _polls(story, index) if _has_result(story, poll)]
        if not found:
            return
        makers = dict.fromkeys(index for index in told if _names_maker(story, index))
        nameless = [poll for poll in found if not _is_made(story, poll, makers)]
        if nameless:
            first, *others = nameless
            written = story.text[first.where.start : first.where.end]
            yield self.finding(
                first.where,
                f"This {written.casefold()} has a result, and the story does not say whose {written.casefold()} it is.",
                evidence=[note(other.where, "and here") for other in others],
            )
        unmade = {poll.sentence for poll in nameless}
        main = next((poll for poll in found if poll.sentence not in unmade and _is_main(story, poll)), None)
        if main is None:
            return
        near = sorted(
            {place for index in told for place in (index - 1, index, index + 1) if 0 <= place < len(story.sentences)}
        )
        if not any(_says_how_many(story, index) for index in near):
            written = story.text[main.where.start : main.where.end]
            when = "" if any(_says_when(story, index) for index in near) else ", nor when"
            yield self.finding(
                main.where,
                f"The story is about this {written.casefold()} and does not say how many were asked or examined{when}.",
                severity="info",
            )


@cache
def _told_of() -> frozenset[str]:
    return words("poll_nouns") | words("poll_words")


def _polls(story: Story, index: int) -> Iterable[Poll]:
    """The first poll or study of a sentence, in the paper's own words."""
    spans, folded = story.sentence_words[index]
    for place, word in enumerate(folded):
        if word in words("poll_nouns") and story.in_narration(spans[place]):
            written = story.text[spans[place].start]
            if written.islower():  # with a capital it is a name: "the American Community Survey"
                yield Poll(spans[place], index)
                return


def _has_result(story: Story, poll: Poll) -> bool:
    """Whether the sentence, or the one after a poll that ends it, gives a percentage; of a study it is enough that it found something."""
    sentence = story.sentences[poll.sentence]
    ends_it = sentence.end - poll.where.end <= 1 and poll.sentence + 1 < len(story.sentences)
    following = story.sentences[poll.sentence + 1] if ends_it else sentence
    if any(
        figure.kind == "percent" for where in {sentence, following} for figure in story.document[Quantity].within(where)
    ):
        return True
    written = story.text[poll.where.start : poll.where.end].casefold()
    after = folded_words(story.text, Span(poll.where.end, min(sentence.end, poll.where.end + _AFTER)))[:2]
    return written == "study" and not words("finding_verbs").isdisjoint(after)


_AFTER, _BEFORE, _MODIFIERS = 30, 50, 5


def _is_made(story: Story, poll: Poll, makers: Mapping[int, None]) -> bool:
    """Whether who made it is named with it or in the next sentence, or, of "the poll", where one was named before."""
    sums_up = story.paragraph_index(poll.where) == 0  # the lead may leave it to the next sentence
    another = not sums_up and _tells_of_another(story, poll.sentence + 1)
    if poll.sentence in makers or (poll.sentence + 1 in makers and not another):
        return True
    end = min(story.sentences[poll.sentence].end, poll.where.end + _AFTER)
    after = folded_words(story.text, Span(poll.where.end, end))[:2]
    goes_back = after in (["by", "the"], ["by", "that"])  # "a survey by the organization"
    before = bool(makers) and next(iter(makers)) < poll.sentence
    return before and (goes_back or _determiner(story, poll.sentence, poll.where) not in _INDEFINITE)


def _tells_of_another(story: Story, index: int) -> bool:
    """Whether a sentence has a poll of its own: "a Quinnipiac poll"."""
    return index < len(story.sentences) and any(
        _determiner(story, index, other.where) in _INDEFINITE for other in _polls(story, index)
    )


def _determiner(story: Story, index: int, noun: Span) -> str:
    """The last article or demonstrative before a noun, within its phrase; empty where there is none."""
    start = max(story.sentences[index].start, noun.start - _BEFORE)
    before = folded_words(story.text, Span(start, noun.start))[-_MODIFIERS:]
    return next((word for word in reversed(before) if word in _INDEFINITE or word in ("the", "this", "that")), "")


_INDEFINITE = frozenset({"a", "an", "another", "one"})


def _names_maker(story: Story, index: int) -> bool:
    """Whether a sentence about a poll names an organisation that can have made it, or has "a Quinnipiac poll"."""
    spans, folded = story.sentence_words[index]
    parties = {form for row in rows("parties") for form in (fold(row["party"]), *map(fold, split(row["forms"])))}
    for named in story.named.within(story.sentences[index]):
        if named.label in ORGANISATION_LABELS and not parties & {fold(named.name), fold(named.name).rstrip("s")}:
            return True
    for place, word in enumerate(folded):
        if word not in words("poll_nouns") and word not in words("poll_words"):
            continue
        for before in range(max(1, place - _MODIFIERS), place):
            if story.text[spans[before].start].isupper() and folded[before] not in _no_makers(parties):
                return True
    return False


def _no_makers(parties: Iterable[str]) -> frozenset[str]:
    return frozenset(parties) | frozenset(countries()) | words("days_and_months") | words("function_words")


def _is_main(story: Story, poll: Poll) -> bool:
    """Whether the story is about it: it stands in the headline, or near the top."""
    nouns = words("poll_nouns")
    in_headline = any(not nouns.isdisjoint(folded_words(story.text, headline)) for headline in story.headlines)
    index = story.paragraph_index(poll.where)
    return in_headline or (index is not None and index < _LEAD)


def _says_how_many(story: Story, index: int) -> bool:
    """Whether a sentence says how many were asked or examined, or how far the result may be off."""
    if not _PRECISION.isdisjoint(story.sentence_words[index].folded):
        return True
    for figure in story.document[Quantity].within(story.sentences[index]):
        if figure.kind == "cardinal" and figure.counted_head is not None and (figure.low or 0) >= _FEWEST:
            head = story.text[figure.counted_head.start : figure.counted_head.end].casefold()
            if head in words("people_words") or head in words("asked_words"):
                return True
    return False


_FEWEST = 20
_PRECISION = frozenset({"margin", "sampling", "sample", "interval"})


def _says_when(story: Story, index: int) -> bool:
    return bool(list(story.document[TimeExpression].within(story.sentences[index])))
