"""ATT404: one name in two spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from pydantic import Field

from copydesk import Config, Entity, Finding, HasSpan, Span, fold
from copydesk_attribution.distance import within_distance
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.people import PERSON_LABELS, PersonName, name_parts
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.strangers import is_near
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import countries, places

_LONGEST = 24
"""Longer words are no names; without a bound, one hostile word would cost its square."""
_MOST_NEAR = 20
"""How many names that become equal are compared with one another; no story that people read has more."""
_SAFE_LENGTH = 8
"""From so many letters on, two names that differ in two letters are more likely one than two."""


class NameVariantConfig(Config):
    """Options of name-variant."""

    max_distance: int = Field(2, ge=1, le=2, description="How many letters may differ; short names only in one.")
    min_len: int = Field(5, ge=3, description="Names are compared where the longer of the two has so many letters.")
    aliases: tuple[tuple[str, str], ...] = Field(
        (), description="Pairs of names that are two persons: [Maurer, Mauer]."
    )


class NameVariant(StoryCheck[NameVariantConfig]):
    """The name of one person in two spellings: "Maurer" and "Mauer".

    It reports two full names with the same given name (or initial) whose surnames differ in one or two
    letters, two with the same surname whose given names do, and a surname alone that almost equals that of
    somebody named in full. The spelling that is rarer in the story is reported, at its first place.

    ## Why

    A name that is spelt wrong is the error of which readers complain first, and nobody but its owner
    notices one that is wrong only once.

    ## Reported

    > Eva Maurer opened the show. … Mauer thanked the town.

    ## Not reported

    > Ann Lee and her sister Anna Lee came.

    > Peter Maurer opened the show. … Pete Maurer thanked the town.

    > The Maurers came.

    Names of fewer than `min_len` letters, and different given names with different surnames, are left alone.
    A single name that is a source is unintroduced-person's, so that one fault gives one finding.
    """

    code = "ATT404"
    name = "name-variant"
    severity = "warning"
    maturity = "stable"
    requires = (Entity,)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each pair of spellings."""
        different = {frozenset(map(fold, pair)) for pair in self.config.aliases}
        first: dict[tuple[str, ...], PersonName] = {}
        counts: Counter[tuple[str, ...]] = Counter()
        sources = {source.mention.parts for source in story.people.sources if source.mention is not None}
        for mention in (*story.people.mentions, *_strangers(story)):
            if story.is_checked(mention):
                first.setdefault(mention.parts, mention)
                counts[mention.parts] += 1
        introduced = {part for parts in first if len(parts) > 1 for part in parts}
        support = Counter(parts[-1] for parts in first)
        reported: set[tuple[str, ...]] = set()
        for one, other in _pairs(list(first)):
            if frozenset((one[-1], other[-1])) in different or not self._is_variant(one, other):
                continue
            if len(one) != len(other) and one[-1] in introduced and other[-1] in introduced:
                continue
            rarer, usual = sorted(
                (one, other), key=lambda parts: (counts[parts] + support[parts[-1]], -first[parts].start)
            )
            if len(rarer) == 1 and rarer in sources:
                continue
            if rarer in reported:
                continue
            reported.add(rarer)
            where, there = first[rarer], first[usual]
            yield self.finding(
                where,
                f"“{story.text[where.start : where.end]}” is spelt “{story.text[there.start : there.end]}” elsewhere in the story.",
                evidence=[note(there, "the other spelling")],
            )

    def _is_variant(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether two names are one name in two spellings."""
        if len(one) > 1 and len(other) > 1:
            if one[-1] == other[-1]:
                short = one[0].startswith(other[0]) or other[0].startswith(one[0])
                return not short and self._near(one[0], other[0], most=1)
            given = one[0] == other[0] or (min(len(one[0]), len(other[0])) == 1 and one[0][0] == other[0][0])
            return given and self._near(one[-1], other[-1], most=self.config.max_distance)
        return len(one) != len(other) and self._near(one[-1], other[-1], most=self.config.max_distance)

    def _near(self, one: str, other: str, *, most: int) -> bool:
        shorter, longer = sorted((one, other), key=len)
        if len(longer) < self.config.min_len or shorter + "s" == longer:
            return False
        return within_distance(one, other, most if len(shorter) >= _SAFE_LENGTH else 1)


def _strangers(story: Story) -> Iterator[PersonName]:
    """Single words that are names of something else, occur once, and almost equal a surname of the story."""
    surnames = frozenset(surname for surname, _ in story.people.surnames)
    others = [entity for entity in story.named if entity.label not in PERSON_LABELS]
    times = Counter(story.text[entity.start : entity.end] for entity in others)
    for entity in others:
        written = story.text[entity.start : entity.end]
        parts = name_parts(written)
        known = parts[-1:] and (parts[0] in countries() or parts[0] in places())
        if len(parts) != 1 or times[written] != 1 or known or not is_near(parts[0], surnames):
            continue
        if not _follows_article(story, entity) and not _is_adjective(story, entity):
            yield PersonName(entity.start, entity.end, entity.entity, parts)


def _follows_article(story: Story, where: HasSpan) -> bool:
    """Whether an article stands before it, which no surname has: "a Christian leader"."""
    return folded_words(story.text, Span(max(0, where.start - 6), where.start))[-1:] in (["a"], ["an"], ["the"])


def _is_adjective(story: Story, where: HasSpan) -> bool:
    """Whether it narrows what follows, by the parse: "his Christian conservative values"."""
    if story.tags is None or story.text[where.end : where.end + 1] != " ":
        return False
    following = story.document.parse.tokens(Span(where.end + 1, min(len(story.text), where.end + 2)))
    return bool(len(following)) and story.tags[following[0]] in ("NN", "NNS", "JJ")


def _pairs(names: list[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The pairs of names that may be near, each once: those that become equal when letters are left out."""
    given: defaultdict[str, list[int]] = defaultdict(list)
    surnames: defaultdict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        for place, buckets in ((0, given), (-1, surnames))[len(name) == 1 :]:
            if len(name[place]) <= _LONGEST:
                for key in _shortened(name[place]):
                    buckets[key].append(number)
    shared = [bucket[:_MOST_NEAR] for buckets in (given, surnames) for bucket in buckets.values() if len(bucket) > 1]
    for one, other in sorted({pair for bucket in shared for pair in combinations(bucket, 2)}):
        yield names[one], names[other]


def _shortened(word: str) -> set[str]:
    """The word, and the word without one of its letters; a long one, which may differ in two, without two as well."""
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    twice = (
        {short[:i] + short[i + 1 :] for short in once for i in range(len(short))} if len(word) >= _SAFE_LENGTH else ()
    )
    return {word, *once, *twice}
