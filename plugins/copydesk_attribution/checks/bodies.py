"""409: one organisation under two names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from copydesk import Entity, Finding, Section, fold
from copydesk_attribution.distance import within_distance
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.named import Named
from copydesk_attribution.story.people import ORGANISATION_LABELS
from copydesk_attribution.story.story import Story
from copydesk_attribution.wordlists import countries, rows, split

_MOST_COMPARED = 40
_LONG_WORD = 6


class OrganisationVariant(StoryCheck):
    """One organisation goes by two names: the Brookings Institution, and the Brookings Institute.

    It reports two names of at least two words that differ in one word alone, where the two words are nouns for bodies
    that are easily mistaken (institute, institution; council, commission) or differ in one letter. The name that
    is rarer in the story is reported.

    ## Why

    A name that is nearly right is wrong, and the reader may take it for another body.

    ## Reported

    > The Wessex Institution published it on Monday. … The Wessex Institute said …

    ## Not reported

    > The House Intelligence Committee met. … The Senate Intelligence Committee met.

    > The Treasury Department … the Treasury

    Short forms and initials are no variants.
    """

    code = "ATT409"
    name = "organisation-variant"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each pair of names."""
        counts: Counter[tuple[str, ...]] = Counter()
        first: dict[tuple[str, ...], Named] = {}
        for named in story.named:
            parts = tuple(fold(story.text[named.start : named.end]).removeprefix("the ").removesuffix("'s").split())
            if (
                named.label in ORGANISATION_LABELS
                and len(parts) > 1
                and story.is_checked(named)
                and not _is_of_country(story, named)
            ):
                counts[parts] += 1
                first.setdefault(parts, named)
        frames: dict[tuple[int, tuple[str, ...]], list[tuple[str, ...]]] = {}
        for parts in list(first)[:_MOST_COMPARED]:
            for place, word in enumerate(parts):
                frame = (place, (*parts[:place], *parts[place + 1 :]))
                for other in frames.get(frame, ()):
                    if _are_mistaken(word, other[place]):
                        rarer, usual = sorted((parts, other), key=lambda one: (counts[one], -first[one].start))
                        yield self._finding(story, first[rarer], first[usual])
                frames.setdefault(frame, []).append(parts)

    def _finding(self, story: Story, where: Named, there: Named) -> Finding:
        return self.finding(
            where,
            f"“{story.text[where.start : where.end]}” is “{story.text[there.start : there.end]}” elsewhere in the story.",
            evidence=[note(there, "the other name")],
        )


def _is_of_country(story: Story, named: Named) -> bool:
    """Whether the adjective of a country before it says whose it is: "the Israeli Defense Ministry" is not the one here."""
    before = story.text[max(0, named.start - _ADJECTIVE) : named.start].split(" ")
    return len(before) > 1 and not before[-1] and before[-2].casefold() in countries()


_ADJECTIVE = 20


@cache
def _groups() -> dict[str, int]:
    return {word: number for number, row in enumerate(rows("body_nouns")) for word in split(row["nouns"])}


def _are_mistaken(one: str, other: str) -> bool:
    groups = _groups()
    if one in groups and groups[one] == groups.get(other):
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _LONG_WORD and shorter + "s" != longer and within_distance(one, other, 1)
