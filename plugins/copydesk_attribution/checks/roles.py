"""4xx: whether what is said of one person holds together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from pydantic import Field

from copydesk import Config, Entity, Finding, Span, Trait, fold
from copydesk_attribution.offices import country_of, office_of
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words

_CHANGE = frozenset(
    {
        "former", "formerly", "then", "acting", "previously", "previous", "ex", "once", "became", "becoming", "become",
        "appointed", "named", "elected", "nominated", "succeeded", "succeeding", "replaced", "replacing", "resigned",
        "both", "incoming", "outgoing", "until", "candidate", "would-be", "next", "served", "late", "later", "earlier",
    }
)  # fmt: skip
_NEAR = 40
_JOINED = 6


class ConflictingRolesConfig(Config):
    """Options of conflicting-roles."""

    ignore_pairs: tuple[tuple[str, str], ...] = Field(
        (), description="Pairs of titles that one person may hold, in any order: [president, chairman]."
    )


class ConflictingRoles(StoryCheck[ConflictingRolesConfig]):
    """One person is given two offices in a story that they cannot both hold.

    It reports the later of two descriptions of one person that contradict each other: one office for two
    countries, one title at two organisations, or two offices of which one excludes the other (foreign
    minister and defence minister). The earlier description is the evidence.

    ## Why

    One of the two is wrong, and only the desk can find out which. Checking that names and titles agree
    from top to bottom is the first thing that copy editors are taught.

    ## Reported

    > Foreign Minister Ann Lee arrived on Monday. … Defence Minister Lee said …

    ## Not reported

    > Ann Lee, the former foreign minister, is now defence minister.

    > President Obama … Barack Obama, the former president …

    Words of change near either description ("former", "then", "acting", "became") allow both, and so does
    "and" between them. A
    shorter form of the same title and ranks of one ladder are no conflict.
    """

    code = "ATT401"
    name = "conflicting-roles"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Trait)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each person, at the first description that contradicts one before it."""
        ignored = {frozenset(map(fold, pair)) for pair in self.config.ignore_pairs}
        for roles in story.roles.values():
            stated = [role for role in roles if role.value and role.role == "office" and story.is_checked(role)][:20]
            for earlier, later in combinations(sorted(stated, key=lambda role: role.start), 2):
                if frozenset((fold(earlier.value or ""), fold(later.value or ""))) in ignored:
                    continue
                conflict = _conflict(story, earlier, later)
                changes = _may_change(story, earlier) or _may_change(story, later)
                if conflict and not changes and not _are_joined(story, earlier, later):
                    yield self.finding(later, conflict, evidence=[note(earlier, "described here")])
                    break


def _conflict(story: Story, earlier: Trait, later: Trait) -> str | None:
    """Why the two descriptions cannot both be right, or None."""
    one, other = office_of(earlier.value or ""), office_of(later.value or "")
    name = story.names.get(later.entity, "The same person")
    first = story.text[earlier.start : earlier.end]
    second = story.text[later.start : later.end]
    if one == other:
        here, there = country_of(story, earlier), country_of(story, later)
        if one.bound and here and there and here != there:
            return f"{name} is “{second}” here and “{first}” before: one office, two countries."
        if (
            earlier.organisation
            and later.organisation
            and earlier.organisation != later.organisation
            and not _same_name(story, earlier.organisation, later.organisation)
        ):
            return f"{name} is “{second}” here and “{first}” before: one title, two organisations."
        return None
    if one.family and one.family == other.family:
        return f"{name} is “{second}” here and “{first}” before."
    return None


def _same_name(story: Story, one: str, other: str) -> bool:
    """Whether one organisation's name is part of the other's, or its initials."""
    a, b = fold(story.names.get(one, "")), fold(story.names.get(other, ""))
    initials = {"".join(part[0] for part in name.split() if part not in ("of", "the", "and", "for")) for name in (a, b)}
    return a in b or b in a or a in initials or b in initials


def _may_change(story: Story, role: Trait) -> bool:
    """Whether words near the description say that it belongs to another time."""
    sentence = story.sentence(role)
    start = max(role.start - _NEAR, sentence.start if sentence else 0)
    end = min(role.end + _NEAR, sentence.end if sentence else len(story.text))
    near = set(folded_words(story.text, Span(start, end)))
    return bool(_CHANGE & near) or any(word.startswith(("ex-", "then-")) for word in near)


def _are_joined(story: Story, earlier: Trait, later: Trait) -> bool:
    """Whether the two stand side by side: "the president and prime minister"."""
    between = story.text[earlier.end : later.start].casefold().split()
    return len(between) <= _JOINED and bool({"and", "also"}.intersection(between))
