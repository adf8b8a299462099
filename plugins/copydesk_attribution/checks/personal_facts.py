"""406 to 408: nationality, party and age of one person, over the whole story."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from itertools import combinations

from copydesk import Entity, Finding, Section, Span
from copydesk_attribution.checks.roles import are_joined, may_change
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.standing import Mismatches
from copydesk_attribution.story.dossier import Fact
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import words

_MOST_COMPARED = 20


class PersonalFactCheck(StoryCheck):
    """Base of the checks that compare one kind of fact about one person."""

    kind: str
    """Which facts it compares."""
    requires = (Entity, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each person, at the first fact that contradicts one before it."""
        for entity, facts in story.dossier.items():
            stated = [fact for fact in facts if fact.kind == self.kind and self.counts(story, fact)][:_MOST_COMPARED]
            for earlier, later in combinations(stated, 2):
                excused = may_change(story, earlier) or may_change(story, later) or are_joined(story, earlier, later)
                if not excused and self.conflict(earlier, later):
                    evidence = [note(earlier, "stated here")]
                    yield self.finding(later, self.message(story, entity, earlier, later), evidence=evidence)
                    break

    def counts(self, story: Story, fact: Fact) -> bool:  # noqa: ARG002  # for those that pass some over
        """Whether a fact is one of the person's, now."""
        return True

    def conflict(self, earlier: Fact, later: Fact) -> bool:
        """Whether two facts cannot both hold."""
        return earlier.value != later.value

    @abstractmethod
    def message(self, story: Story, entity: str, earlier: Fact, later: Fact) -> str:
        """What the finding says."""


def _written(story: Story, fact: Fact) -> str:
    return story.text[fact.start : fact.end]


class ConflictingNationality(PersonalFactCheck):
    """One person has two nationalities in a story: French here, Belgian there.

    It reports the later of two adjectives of nationality with which the story describes one person, before the name
    or in a phrase after it.

    ## Why

    A wrong nationality is an error of fact about a person, and the person reads it.

    ## Reported

    > French chemist Bob Ray won. … Ray, a Belgian chemist, left.

    ## Not reported

    > French-Algerian writer Bob Ray won. … Ray, a French writer, left.

    > British manager Bob Ray left. … Italy coach Ray said …

    Double nationalities, changes ("born", "former", "then") and those who work for another country (coaches,
    ambassadors, correspondents) are passed over.
    """

    code = "ATT406"
    name = "conflicting-nationality"
    severity = "warning"
    maturity = "stable"
    kind = "nationality"

    def counts(self, story: Story, fact: Fact) -> bool:
        """Whether it says where somebody is from, not for which country somebody works."""
        sentence = story.sentence(fact) or story.paragraph(fact) or Span(fact.start, fact.end)
        following = folded_words(story.text, Span(fact.end, min(sentence.end, fact.end + 40)))[:4]
        before = folded_words(story.text, Span(max(sentence.start, fact.start - 20), fact.start))[-2:]
        return words("posts_abroad").isdisjoint(following) and "and" not in (*before[-1:], *following[:1])

    def message(self, story: Story, entity: str, earlier: Fact, later: Fact) -> str:
        """Both nationalities."""
        name = story.names.get(entity, "The same person")
        return f"{name} is {_written(story, later)} here and {_written(story, earlier)} before."


class ConflictingParty(PersonalFactCheck):
    """One politician has two parties in a story: a Democrat here, a Republican there.

    It reports the later of two parties with which the story labels one person: before the name, in brackets after it
    (R-Ohio), or in a phrase after it.

    ## Why

    Readers judge a politician's words by the party, and a wrong label turns them round.

    ## Reported

    > Sen. John Smith (R-Ohio) came. … Smith, a Democrat, said it rained.

    > Sen. John Smith (R-Ohio) came on Monday. The Democratic senator said it rained.

    ## Not reported

    > John Smith, a former Democrat, is the Republican candidate.

    Words of change near either label allow both.
    """

    code = "ATT407"
    name = "conflicting-party"
    severity = "warning"
    maturity = "stable"
    kind = "party"

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Labels that disagree, and descriptions that do: "the Republican senator" for a Democrat."""
        yield from super().inspect(story)
        for found in story.document.derived(Mismatches).found:
            if found.kind == "party":
                name, written = (
                    story.names.get(found.entity, "The same person"),
                    story.text[found.where.start : found.where.end],
                )
                yield self.finding(
                    found.where,
                    f"“{written}” can mean only {name} here, who is labelled {found.fact.value.title()} elsewhere.",
                    evidence=[note(found.fact, "stated here")],
                )

    def counts(self, story: Story, fact: Fact) -> bool:
        """Whether it labels the person: "Democratic rival John Smith" does not, nor does "Democratic voter"."""
        following = folded_words(story.text, Span(fact.end, min(len(story.text), fact.end + 30)))[:2]
        return words("posts_abroad").isdisjoint(following)

    def message(self, story: Story, entity: str, earlier: Fact, later: Fact) -> str:
        """Both parties."""
        name = story.names.get(entity, "The same person")
        return f"{name} is labelled {later.value.title()} here and {earlier.value.title()} before."


class ConflictingAge(PersonalFactCheck):
    """One person has two ages in a story, or an age that the year of birth does not allow.

    It reports the later of two ages of one person, and an age that does not follow from the year of birth and the
    year of the story (the document's `date`, or a date in the dateline).

    ## Why

    Ages are copied from notes and retyped, and a wrong digit is the commonest slip.

    ## Reported

    > Bob Ray, 34, left. … The 43-year-old Ray said it rained.

    ## Not reported

    > Bob Ray, 34, was 17 when he left school.

    An age at another time ("then 17", "when he was 17", "at 17") is passed over.
    """

    code = "ATT408"
    name = "conflicting-age"
    severity = "warning"
    maturity = "stable"
    kind = "age"

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Ages that disagree, and an age that disagrees with the year of birth."""
        found = list(super().inspect(story))
        yield from found
        reported = {(finding.start, finding.end) for finding in found}
        year = story.year
        if year is None:
            return
        for entity, facts in story.dossier.items():
            for finding in self._against_birth(story, entity, facts, year):
                if (finding.start, finding.end) not in reported:
                    yield finding

    def _against_birth(self, story: Story, entity: str, facts: tuple[Fact, ...], year: int) -> Iterator[Finding]:
        births = [fact for fact in facts if fact.kind == "birth"][:1]
        ages = [fact for fact in facts if fact.kind == "age" and self.counts(story, fact)][:1]
        for birth in births:
            for age in ages:
                least, most = year - int(birth.value) - 1, year - int(birth.value)
                if not least <= int(age.value) <= most:
                    name = story.names.get(entity, "The same person")
                    yield self.finding(
                        age,
                        f"{name} is {age.value} here; born in {birth.value}, that would be {least} or {most} in {year}.",
                        evidence=[note(birth, "year of birth")],
                    )

    def counts(self, story: Story, fact: Fact) -> bool:
        """Whether it is the age now."""
        sentence = story.sentence(fact)
        start = max(sentence.start if sentence else 0, fact.start - 24)
        before = folded_words(story.text, Span(start, fact.start))
        return fact.value.isdigit() and _THEN.isdisjoint(before)

    def conflict(self, earlier: Fact, later: Fact) -> bool:
        """Whether the ages differ."""
        return int(earlier.value) != int(later.value)

    def message(self, story: Story, entity: str, earlier: Fact, later: Fact) -> str:
        """Both ages."""
        name = story.names.get(entity, "The same person")
        return f"{name} is {later.value} here and {earlier.value} before."


_THEN = frozenset({"was", "then", "when", "at", "aged", "age", "turned", "turns", "since", "nearly", "almost", "under"})
