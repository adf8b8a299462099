"""401 and 405: one person with two titles, or two ranks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from pydantic import Field

from copydesk import Config, Entity, Evidence, Finding, HasSpan, Span, Trait, fold
from copydesk_attribution.forms import singular
from copydesk_attribution.offices import country_of, office_of
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.standing import Mismatches
from copydesk_attribution.story.dossier import Fact
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.titles import differ_in_rank, exclude_one_another, is_rank, title_of
from copydesk_attribution.wordlists import countries

_CHANGE = frozenset(
    {
        "former", "formerly", "then", "acting", "previously", "previous", "ex", "once", "became", "becoming", "become",
        "appointed", "named", "elected", "nominated", "succeeded", "succeeding", "replaced", "replacing", "resigned",
        "incoming", "outgoing", "until", "candidate", "would-be", "served", "promoted", "demoted",
        "retired", "when", "turned",
    }
)  # fmt: skip
_CHANGE_BEFORE = _CHANGE | {"both", "also", "next", "late", "later", "earlier"}
"""Behind a title these belong to the sentence ("Senator Lee also said"), but for "Mayor Lee, later governor"."""
_LATER = re.compile(r", (?:later|earlier|also|both) ")
_WAS_ONE = re.compile(r"\b(?:was|were) an? (?:[\w-]+ )*$", re.IGNORECASE)
_NEAR = 40
_JOINED = 6
_MOST_COMPARED = 20


def may_change(story: Story, where: HasSpan) -> bool:
    """Whether words near a description say that it belongs to another time."""
    sentence = story.sentence(where)
    start = max(where.start - _NEAR, sentence.start if sentence else 0)
    end = min(where.end + _NEAR, sentence.end if sentence else len(story.text))
    before = re.split(r"[,;:—–]", story.text[start : where.start])[-1]
    after = re.split(r"[;:—–]", story.text[where.end : end])[0]
    leading = f"{before}{story.text[where.start : where.end]}"
    ahead, behind = (set(folded_words(part, Span(0, len(part)))) for part in (leading, after))
    if _WAS_ONE.search(before):
        return True  # "was a senator": no more
    marked = any(word.startswith(("ex-", "then-")) for word in ahead | behind)
    return marked or bool(_CHANGE_BEFORE & ahead or _CHANGE & behind or _LATER.search(after))


def are_joined(story: Story, earlier: HasSpan, later: HasSpan) -> bool:
    """Whether the two stand side by side: "the president and prime minister"."""
    between = story.text[earlier.end : later.start].casefold().split()
    return len(between) <= _JOINED and bool({"and", "also"}.intersection(between))


class ConflictingRolesConfig(Config):
    """Options of conflicting-roles."""

    ignore_pairs: tuple[tuple[str, str], ...] = Field(
        (), description="Pairs of titles that one person may hold, in any order: [president, chairman]."
    )


class ConflictingRoles(StoryCheck[ConflictingRolesConfig]):
    """One person is given two titles in a story that they cannot both hold.

    It reports the later of two descriptions of one person that contradict each other: one office for two
    countries, one title at two organisations, one title of two fields ("fire chief" and "police chief"), a title and
    its deputy, or two titles before the name of which each excludes the other ("Mayor Lee", "Governor Lee"; "chemist
    Ray", "physicist Ray"). The earlier description is the evidence.

    ## Why

    One of the two is wrong, and only the desk can find out which. Checking that names and titles agree
    from top to bottom is the first thing that copy editors are taught.

    ## Reported

    > Foreign Minister Ann Lee arrived on Monday. … Defence Minister Lee said …

    > Fire Chief Ann Lee arrived on Monday. … Police Chief Lee said …

    > Mayor Ann Lee arrived on Monday. … Deputy Mayor Lee said …

    > Massachusetts Sen. Ann Lee arrived on Monday. The Ohio senator said …

    ## Not reported

    > Ann Lee, the former foreign minister, is now defence minister.

    > President Obama … Barack Obama, the former president …

    > Press Secretary Ann Lee … White House Press Secretary Lee …

    Words of change near either description ("former", "then", "acting", "became") allow both, and so does
    "and" between them. A shorter form of the same title is no conflict, nor is a word that many may be at once
    ("activist", "author", "leader"). Two military or police ranks are changed-rank's.
    """

    code = "ATT401"
    name = "conflicting-roles"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Trait)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each person, at the first description that contradicts one before it."""
        ignored = {frozenset(map(fold, pair)) for pair in self.config.ignore_pairs}
        for entity, facts in story.dossier.items():
            titles = [fact for fact in facts if fact.kind == "title" and not _is_shared(story, fact)][:_MOST_COMPARED]
            for earlier, later in combinations(titles, 2):
                if frozenset((fold(earlier.value), fold(later.value))) in ignored:
                    continue
                reason = _conflict(story, entity, earlier, later)
                if reason is not None and not _excused(story, earlier, later):
                    yield self.finding(
                        later, _message(story, entity, earlier, later, reason), evidence=[_before(earlier)]
                    )
                    break
        for found in story.document.derived(Mismatches).found:
            if found.kind in ("title", "place"):
                name, fact = story.names.get(found.entity, "the same person"), found.fact
                here, there = story.text[found.where.start : found.where.end], story.text[fact.start : fact.end]
                yield self.finding(
                    found.where,
                    f"“{here}” can mean only {name}, who is “{there}” elsewhere: who is meant?",
                    evidence=[_before(fact)],
                )


class ChangedRank(StoryCheck):
    """Somebody is promoted or demoted in mid-story: "Colonel" here, "Captain" there.

    It reports the later of two ranks of one person of which neither is a short form of the other.

    ## Why

    Ranks are copied from notes, and a wrong one is noticed by everybody who serves.

    ## Reported

    > Captain Ann Lee led the search. … Sergeant Lee said it rained.

    ## Not reported

    > Colonel-General Ann Lee led the search. … General Lee said it rained.

    > Captain Ann Lee, then a sergeant, led the search.

    Words of change near either rank allow both.
    """

    code = "ATT405"
    name = "changed-rank"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Trait)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each person."""
        for entity, facts in story.dossier.items():
            ranks = [fact for fact in facts if fact.kind == "title" and is_rank(title_of(fact.value))][:_MOST_COMPARED]
            for earlier, later in combinations(ranks, 2):
                one, other = title_of(earlier.value), title_of(later.value)
                if differ_in_rank(one, other) and not _excused(story, earlier, later):
                    reason = "which rank is right?"
                    yield self.finding(
                        later, _message(story, entity, earlier, later, reason), evidence=[_before(earlier)]
                    )
                    break


def _is_shared(story: Story, fact: Fact) -> bool:
    """Whether it is the title of several people, of whom another may have the name: "Presidents Obama and Bush"."""
    last = _PLACED.split(story.text[fact.start : fact.end])[0].split()[-1]
    return singular(last) != last.casefold()


_PLACED = re.compile(r" (?:of|to|for|in|at) ")


def _before(earlier: Fact) -> Evidence:
    return note(earlier, "described here")


def _message(story: Story, entity: str, earlier: Fact, later: Fact, reason: str) -> str:
    name = story.names.get(entity, "The same person")
    here, there = story.text[later.start : later.end], story.text[earlier.start : earlier.end]
    return f"{name} is “{here}” here and “{there}” before: {reason}"


def _excused(story: Story, earlier: Fact, later: Fact) -> bool:
    return may_change(story, earlier) or may_change(story, later) or are_joined(story, earlier, later)


def _conflict(story: Story, entity: str, earlier: Fact, later: Fact) -> str | None:
    """Why the two descriptions cannot both be right, or None."""
    one, other = title_of(earlier.value), title_of(later.value)
    if is_rank(one) and is_rank(other):
        return None
    both, either = earlier.before and later.before, earlier.before or later.before
    if exclude_one_another(one, other, before=both, beside=either):
        return "which title is right?"
    if one.head != other.head:
        return None
    chambers = _chamber(story, earlier), _chamber(story, later)
    if all(chambers) and chambers[0] != chambers[1]:
        return "which chamber is right?"
    return next(_elsewhere(story, entity, earlier, later), None)


def _chamber(story: Story, fact: Fact) -> str | None:
    """The chamber that a title names: the House, or the Senate."""
    written = story.text[fact.start : fact.end].casefold().replace("white house", "").split()
    return next((word for word in written if word in ("house", "senate")), None)


def _elsewhere(story: Story, entity: str, earlier: Fact, later: Fact) -> Iterator[str]:
    """One title for two countries or organisations."""
    traits = {trait.start: trait for trait in story.roles.get(entity, ())}
    first, second = traits.get(earlier.start), traits.get(later.start)
    if first is None or second is None:
        return
    here, there = _leading_country(story, first), _leading_country(story, second)
    if here and there and here != there:
        yield "one title, two countries"
        return
    here, there = country_of(story, first), country_of(story, second)
    if office_of(first.value or "").bound and here and there and here != there:
        yield "one office, two countries"
    if (
        first.organisation
        and second.organisation
        and first.organisation != second.organisation
        and not _same_name(story, first.organisation, second.organisation)
    ):
        yield "one title, two organisations"


def _leading_country(story: Story, role: Trait) -> str | None:
    """The country with whose adjective a title begins, or which stands right before it: "Afghan Ambassador"."""
    before = story.text[max(0, role.start - _ADJECTIVE) : role.start].split(" ")[-2:-1]
    adjectives = (*story.text[role.start : role.end].split()[:-1][:1], *before)
    return next((found for word in adjectives if (found := countries().get(word.casefold()))), None)


_ADJECTIVE = 20
"""No adjective of a country is longer."""


def _same_name(story: Story, one: str, other: str) -> bool:
    """Whether one organisation's name is part of the other's, or its initials."""
    a, b = fold(story.names.get(one, "")), fold(story.names.get(other, ""))
    initials = {"".join(part[0] for part in name.split() if part not in ("of", "the", "and", "for")) for name in (a, b)}
    return a in b or b in a or a in initials or b in initials
