"""203: sources of whom the story does not say who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import Field

from copydesk import Config, Entity, Finding, Quote, Section, Span, Trait
from copydesk_attribution.description import (
    is_described,
    is_described_before,
    is_described_later,
    is_described_next,
    is_referred_to,
    says_what_they_do,
    writes_for,
)
from copydesk_attribution.outlets import outlets, own_outlets
from copydesk_attribution.rule import StoryCheck
from copydesk_attribution.story.people import PersonName
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words

Scope = Literal["sources", "all"]


class SourceWithoutRoleConfig(Config):
    """Options of source-without-role."""

    scope: Scope = Field("sources", description="`sources`: persons who are quoted; `all`: every person in the body.")
    partial_is: Literal["warning", "info", "ok"] = Field(
        "warning", description="What a country alone is worth: `warning` and `info` report it, `ok` lets it pass."
    )
    unknown_is: Literal["warning", "info", "ok"] = Field(
        "ok", description="What it is worth that nothing at all is said, in the same way."
    )


class SourceWithoutRole(StoryCheck[SourceWithoutRoleConfig]):
    """A named source of whom the story never says who they are.

    It looks for a person who comes into the story as the source of a quotation and is named in full, when nowhere in it
    stands an office, rank, occupation, organisation, relation or description: no title before the name,
    no phrase in apposition, no "of …", no "who …". A country or place alone ("Russia's Sergei Lavrov") says where
    somebody belongs, but not why they are asked. That is partial, and reported as `partial_is` says.
    That nothing at all is said is reported as `unknown_is` says. By default it is not: in published copy it is mostly
    somebody whom readers know, or whom the story describes in a way that no rule reads.

    ## Why

    A source is worth what they can know. Agencies ask for name and position of every source; codes of
    ethics ask to identify sources clearly so that the public can judge them.

    ## Reported

    > Russia's Sergei Lavrov said Moscow could work with the coalition.

    ## Not reported

    > Francois Hollande, the French president, said …

    > "We heard a bang," said Bob Ray, who lives opposite.

    > Ann Lee and Bob Ray, both of the union, agreed.

    > "It will fail," Ann Lee wrote in the Spectator.

    A description may stand with any mention, also as a phrase that stands for the person ("the senator"). Somebody
    whom the headline names is passed over, since a desk does that only with names that its readers
    know, and so is whoever is on the house list, or only "accused" or "claimed" in passing. So are names under readers' letters and voices (`"Enough." ― Ann Lee`). A person without a full name is left to unintroduced-person, so that one fault gives one finding.
    """

    code = "ATT203"
    name = "source-without-role"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Trait, Quote, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each person."""
        for mentions in self._persons(story):
            full = [mention for mention in mentions if mention.full]
            shown = next((mention for mention in full if story.in_narration(mention)), None)
            if self.config.scope == "sources" and not _comes_in_as_source(story, mentions):
                continue
            if shown is None or self.house.knows(full) or _is_outlet(story, full):
                continue
            if any(mention.parts[-1] in story.people.headline_names for mention in full) or _is_in_headline(
                story, shown
            ):
                continue
            if any(story.people.is_signature(mention) for mention in mentions):
                continue
            roles = story.roles.get(shown.entity, ())
            partial = _place_alone(roles)
            if (roles and partial is None) or is_referred_to(story, shown.entity):
                continue
            if any(is_described(story, mention) for mention in mentions):
                continue
            if is_described_before(story, mentions[0]) or any(
                is_described_next(story, one) or is_described_later(story, one) for one in mentions
            ):
                continue
            if any(writes_for(story, mention) for mention in mentions):
                continue
            if says_what_they_do(story, shown.entity, mentions):
                continue
            name = story.text[shown.start : shown.end]
            if partial is None and self.config.unknown_is != "ok":
                yield self.finding(
                    shown,
                    f"{name} is quoted, but the story never says who that is: no title, office or other description.",
                    severity=self.config.unknown_is,
                )
            elif partial is not None and self.config.partial_is != "ok":
                where = Span.hull(partial, shown) if partial.end <= shown.start else Span.of(shown)
                yield self.finding(
                    where if where.end - where.start < 80 else shown,
                    f"{name} is quoted, and all that the story says of them is a place: no title or office.",
                    severity=self.config.partial_is,
                )

    def _persons(self, story: Story) -> Iterator[tuple[PersonName, ...]]:
        if self.config.scope == "all":
            yield from story.people.by_entity.values()
            return
        speaking = (source.entity for source in story.people.sources if _says(story, source.quote))
        for entity in dict.fromkeys(speaking):
            yield story.people.by_entity.get(entity, ())


_SAYING = frozenset({"said", "says", "say", "told", "tells", "added", "adds", "according"})


def _says(story: Story, quote: Quote) -> bool:
    """Whether somebody is heard: words in quotation marks, or a verb that does no more than report.

    Who "accused" or "claimed" long ago may be of the matter rather than a source.
    """
    cue = {word for where in quote.cue for word in folded_words(story.text, where)}
    return quote.kind == "direct" or not cue or not _SAYING.isdisjoint(cue)


def _comes_in_as_source(story: Story, mentions: Sequence[PersonName]) -> bool:
    """Whether the first that the story tells of somebody is what they said.

    Whoever does something in it first is known by that: "the match between Ann Lee and Bob Ray".
    """
    first = next((mention for mention in mentions if story.in_narration(mention)), None)
    return first is not None and first.start in story.people.source_starts


def _is_in_headline(story: Story, mention: PersonName) -> bool:
    """Whether the headline has the name, whatever it was taken for there."""
    name = story.text[mention.start : mention.end]
    return any(name in story.text[one.start : one.end] for one in story.headlines)


def _is_outlet(story: Story, names: Sequence[PersonName]) -> bool:
    """Whether what was taken for a person is an outlet or another body: nobody is called "the Daily Beast"."""
    return any(
        " ".join(name.parts) in outlets() | own_outlets(story)
        or "&" in story.text[name.start : name.end]
        or story.text[max(0, name.start - 4) : name.start].casefold() == "the "
        for name in names
    )


def _place_alone(roles: Sequence[Trait]) -> Trait | None:
    """The first of the roles where all of them are countries or places without an office or organisation."""
    if roles and all(role.kind == "affiliation" and role.organisation is None for role in roles):
        return roles[0]
    return None
