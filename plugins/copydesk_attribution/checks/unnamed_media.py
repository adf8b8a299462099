"""502: other media that are not named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from copydesk import Config, Entity, Finding, Quote, Span, fold
from copydesk_attribution.outlets import KINDS_OF_MEDIA, MEDIA, outlets, sounds_like_outlet, state_media
from copydesk_attribution.rule import StoryCheck
from copydesk_attribution.story.people import ORGANISATION_LABELS
from copydesk_attribution.story.story import Story
from copydesk_attribution.wordlists import words


class UnnamedRelayConfig(Config):
    """Options of unnamed-relay."""

    phrases: tuple[str, ...] = Field((), description="Further phrases for media without a name, as they are written.")


class UnnamedRelay(StoryCheck[UnnamedRelayConfig]):
    """Something is known from other media, and the story does not say which: "local media reported".

    It reports such phrases outside quotations, unless an outlet is named in the same sentence.

    ## Why

    To credit other newsrooms is a rule of the trade; to credit "media" credits nobody, and the reader
    cannot go and look.

    ## Reported

    > Local media reported that the bridge was closed.

    > According to press reports, the bridge was closed.

    ## Not reported

    > The Evening Post and other local media reported that the bridge was closed.

    > He told local media that the bridge was closed.
    """

    code = "ATT502"
    name = "unnamed-relay"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Quote)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each phrase."""
        own = [phrase.casefold().split() for phrase in self.config.phrases if phrase.strip()]
        beginnings = MEDIA | KINDS_OF_MEDIA | {phrase[0] for phrase in own}
        for sentence, (inside, folded) in zip(story.sentences, story.sentence_words, strict=True):
            if beginnings.isdisjoint(folded):
                continue
            place = 0
            while place < len(folded):
                last = _media_phrase(folded, place)
                if last is None:
                    last = next((place + len(p) - 1 for p in own if list(folded[place : place + len(p)]) == p), None)
                if last is None:
                    place += 1
                    continue
                where = Span(inside[place].start, inside[last].end)
                joined = not any(c in ",;:()" for c in story.text[where.start : where.end])
                if (
                    joined
                    and not story.has_mark(where)
                    and not story.in_quotation(where)
                    and not _outlet_named(story, sentence)
                ):
                    yield self.finding(where, f"“{story.text[where.start : where.end]}” does not say which.")
                place = last + 1


_REPORT = frozenset(
    {"reported", "report", "reports", "say", "said", "says", "claimed", "claim", "quoted", "suggested", "suggest"}
)


def _reports(word: str) -> bool:
    return word in _REPORT or word in words("core_speech_verbs")


def _media_phrase(folded: Sequence[str], place: int) -> int | None:
    """The last word of a phrase for unnamed media that begins at `place`, or None."""
    end = place
    while end < len(folded) and end - place < _MOST_KINDS and folded[end] in KINDS_OF_MEDIA:
        end += 1
    before = list(folded[max(0, place - 2) : place])
    if "state" in before:
        return None  # "state media" says whose
    if before == ["of", "the"]:
        return None  # "members of the press said" is about the members
    according = before == ["according", "to"]
    if end >= len(folded):
        return None
    if folded[end] in MEDIA or (folded[end] == "news" and end > place):
        if end + 1 < len(folded) and folded[end + 1] in ("report", "reports"):
            return end + 1
        if according or (end + 1 < len(folded) and _reports(folded[end + 1])):
            return end if according else end + 1
        return None
    if (
        folded[end] == "reports"
        and end > place
        and folded[place] != "some"
        and (according or (end + 1 < len(folded) and _reports(folded[end + 1])))
    ):
        return end
    return None


_MOST_KINDS = 3


def _outlet_named(story: Story, sentence: Span) -> bool:
    known = outlets() | state_media()
    return any(
        entity.label in ORGANISATION_LABELS
        and (
            fold(story.text[entity.start : entity.end]).removeprefix("the ") in known
            or sounds_like_outlet(story, entity)
        )
        for entity in story.named.within(sentence)
    )
