"""207 and 208: two persons of one surname, and roles that come late."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pydantic import Field

from copydesk import Config, Entity, Finding, Quote, Section, Span, Trait
from copydesk_attribution.description import is_described
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.people import PersonName
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import person_nouns


class SharedSurname(StoryCheck):
    """Two persons of the story share a surname, and the surname alone does not say which of them is meant.

    It reports the first use of the surname alone after both were named in full, when its paragraph and the one before
    name none or both of them in full, and no title or given name stands with it.

    ## Why

    The reader must know whose words they read. Where two people share a surname, style guides ask for the
    given name on every reference.

    ## Reported

    > Ann Lee and her partner Tom Lee opened the shop in May.
    >
    > Lee said it would close.

    ## Not reported

    > Ann Lee and her partner Tom Lee opened the shop in May.
    >
    > Ann Lee said it would close. Lee is 45.

    Where the surname alone was used before the second person came into the story, it goes on meaning the first; "a Reagan
    aide" narrows the noun. People
    of the house list are passed over, and whoever the headline calls by the surname.
    """

    code = "ATT207"
    name = "shared-surname"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each surname."""
        introduced: dict[str, dict[str, PersonName]] = {}
        settled = set(story.people.headline_names)
        near: dict[str, dict[int, set[str]]] = {}
        for mention in story.people.mentions:
            name = mention.parts[-1]
            if not story.in_narration(mention) or name in settled:
                continue
            paragraph = story.paragraph_index(mention) or 0
            if mention.full:
                introduced.setdefault(name, {}).setdefault(mention.parts[0], mention)
                near.setdefault(name, {}).setdefault(paragraph, set()).add(mention.parts[0])
                continue
            both = list(introduced.get(name, {}).values())
            settled.add(name)
            told = any(len(near.get(name, {}).get(place, ())) == 1 for place in (paragraph, paragraph - 1))
            if len(both) > 1 and not told and self._are_two(both, story, mention):
                yield self.finding(
                    mention,
                    f"“{story.text[mention.start : mention.end]}” may be "
                    f"{' or '.join(story.text[one.start : one.end] for one in both[:3])}; on second reference use the given name.",
                    evidence=[note(one, "named here") for one in both[:3]],
                )

    def _are_two(self, both: Sequence[PersonName], story: Story, mention: PersonName) -> bool:
        given = [one.parts[0] for one in both]
        short = any(a != b and (a.startswith(b) or b.startswith(a)) for a in given for b in given)
        couple = _COUPLE.match(story.text, mention.end) is not None
        return (
            not short
            and not story.people.is_title_before(mention)
            and not couple
            and not is_attributive(story, mention)
            and not story.people.is_possessor(mention)
            and not self.house.knows(both)
        )


def is_attributive(story: Story, mention: PersonName) -> bool:
    """Whether the name only narrows the noun behind it: "a former Reagan aide"."""
    if story.tags is None or story.text[mention.end : mention.end + 1] != " ":
        return False
    following = story.document.parse.tokens(Span(mention.end + 1, min(len(story.text), mention.end + 2)))
    return bool(len(following)) and story.tags[following[0]] in ("NN", "NNS")


_COUPLE = re.compile(r" and (?:his|her) ")
"""What says which of a couple is meant: "Lee and his wife"."""


class LateRoleConfig(Config):
    """Options of late-role."""

    mentions: int = Field(3, ge=1, description="How many mentions by name may come before the first description.")


class LateRole(StoryCheck[LateRoleConfig]):
    """A source is named again and again before the story says who they are.

    It reports a person who is quoted, and whom the story mentions by name at least `mentions` times before it gives a
    title, office or description. The description is the evidence.

    ## Why

    Name and position belong together on first reference: until the reader knows who speaks, the words weigh nothing.

    ## Reported

    > Ann Lee opposes the plan. Lee said it would fail. Lee also fears for the town. … Lee, the mayor, was elected in May.

    ## Not reported

    > Ann Lee opposes the plan. "It will fail," said Lee, the mayor.
    """

    code = "ATT208"
    name = "late-role"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Trait, Quote, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each person."""
        for entity in dict.fromkeys(source.entity for source in story.people.sources):
            mentions = [one for one in story.people.by_entity.get(entity, ()) if story.in_narration(one)]
            roles = [role for role in story.roles.get(entity, ()) if role.kind == "role" and story.in_body(role)]
            if not roles or len(mentions) < self.config.mentions or not mentions[0].full:
                continue
            first = min(roles, key=lambda role: role.start)
            sentence = story.sentence(first) or first.span
            early = [one for one in mentions if one.end < sentence.start]
            if len(early) < self.config.mentions or self._known(story, entity, early, first):
                continue
            name = story.text[early[0].start : early[0].end]
            yield self.finding(
                early[0],
                f"{name} is named {len(early)} times before the story says who that is: “{story.document.text_of(first)}”.",
                evidence=[note(first, "described only here")],
            )

    def _known(self, story: Story, entity: str, early: Sequence[PersonName], first: Trait) -> bool:
        return (
            self.house.knows(story.people.by_entity[entity])
            or early[0].parts[-1] in story.people.headline_names
            or any(is_described(story, one) for one in early)
            or _is_told_first(story, early[0])
            or any(
                reference.end < first.start
                for reference in story.references_to(entity)
                if reference.kind == "description"
            )
        )


def _is_told_first(story: Story, mention: PersonName) -> bool:
    """Whether the lead says what somebody is, whom the next paragraph names first: "The hacker who … ¶ Ann Lee, 44, …"."""
    index = story.paragraph_index(mention)
    if index is None or not 0 < index <= _EARLY_PARAGRAPHS or story.paragraphs[index].start != mention.start:
        return False
    opening = folded_words(story.text, story.paragraphs[index - 1])[:_OPENING]
    return opening[:1] in (["a"], ["an"], ["the"]) and any(word in person_nouns() for word in opening[1:])


_EARLY_PARAGRAPHS, _OPENING = 2, 5
