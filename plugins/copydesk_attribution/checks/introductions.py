"""201 and 202: people whom the story does not introduce, or too late."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

from pydantic import Field

from copydesk import Config, Entity, Finding, Quote, Section, Span, fold
from copydesk_attribution.distance import within_distance
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.bare_names import has_nickname_before, is_bare_name, is_surely_person, owns_speech
from copydesk_attribution.story.people import PLACE_LABELS, PersonName
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import words

Scope = Literal["sources", "all"]


class UnintroducedPersonConfig(Config):
    """Options of unintroduced-person."""

    scope: Scope = Field(
        "sources",
        description="`sources`: persons who are quoted or own something said; `all`: any person who is a subject too.",
    )
    captions: bool = Field(False, description="Whether a full name in a caption or byline introduces a person.")
    suggest_distance: int = Field(
        2, ge=0, le=3, description="Up to how many letters a full name may differ to be suggested."
    )


class UnintroducedPerson(StoryCheck[UnintroducedPersonConfig]):
    """A source who is named by one name only, and whose full name stands nowhere in the story.

    It reports the first place where a person named by a single name part is the source of a quotation
    or owns something said ("Warren's remarks"), when no mention in the document gives that name
    together with a given name. Where some full name in the story is spelt almost the same, the message
    asks whether that was meant: a misspelt source looks just like an unintroduced one.

    ## Why

    The reader can weigh a statement only if they know who made it. News style asks for full name and
    position at the first mention, and for the surname alone after that. A surname that comes from
    nowhere is what is left when the paragraph that introduced the person was cut.

    ## Reported

    > Warren's remarks were in line with the Pentagon's stance.

    when no "Steve Warren" stands before or after.

    ## Not reported

    > Ann Lee, the mayor, opposes the plan. Lee said it would ruin the town.

    > Pope Francis said …

    Names with a title that goes with one name (popes, kings, princes) or with an office that one person in a
    country holds ("President Obama"), people of the house list, given names of relatives of
    somebody named in full, names that only begin another name ("the Monti government", "Peabody" for
    Peabody Energy), handles, captions, bylines, and everything inside quotations. A name that may as well be a firm's or
    paper's is left alone: a title, a pronoun, an apposition, words in quotation marks, "said" or remarks must show that it is a person's.
    """

    code = "ATT201"
    name = "unintroduced-person"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Quote, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """The first such mention of each name."""
        reported: set[str] = set()
        doubtful: set[tuple[str, str]] = set()
        for mention in _candidates(story, self.config.scope):
            name = mention.parts[-1]
            # What is known of the name costs little and lets most go; what stands around it is read for the others.
            if mention.full or name in reported or (name, mention.entity) in doubtful or self._is_known(story, mention):
                continue
            if not is_bare_name(story, mention) or _is_given_name(story, mention) or _is_of_several(story, mention):
                continue
            if _names_a_work(story, mention) or _is_ruler(story, mention) or _is_behind_garbled(story, mention):
                continue
            nearest = self._nearest(story, name)
            if self.config.scope == "sources" and nearest is None and not is_surely_person(story, mention):
                doubtful.add((name, mention.entity))
                continue
            reported.add(name)
            yield self._finding(story, mention, nearest)

    def _is_known(self, story: Story, mention: PersonName) -> bool:
        """Whether the story or the house has the full name, or no name is needed."""
        name = mention.parts[-1]
        if any(self._introduces(story, full) for full in story.people.full_forms.get(name, ())):
            return True
        if name in story.people.written_in_full or name in story.people.by_office:
            return True
        shouted = name.isalpha() and story.text[mention.start : mention.end].isupper()
        return shouted or story.people.is_signature(mention) or self.house.knows((mention,))

    def _introduces(self, story: Story, full: PersonName) -> bool:
        return self.config.captions or story.is_checked(full)

    def _nearest(self, story: Story, name: str) -> PersonName | None:
        """Who of the story has almost the same surname."""
        most = self.config.suggest_distance
        if len(name) <= _SHORT:
            return None
        return next((full for surname, full in story.people.surnames if within_distance(name, surname, most)), None)

    def _finding(self, story: Story, mention: PersonName, nearest: PersonName | None) -> Finding:
        written = story.text[mention.start : mention.end]
        if nearest is None:
            return self.finding(mention, f"“{written}” is quoted, but the story never gives the full name.")
        near = story.text[nearest.start : nearest.end]
        return self.finding(
            mention,
            f"“{written}” is quoted, but the story never gives that name in full; is it {near}?",
            evidence=[note(nearest, f"spelt almost the same: {near}")],
        )


def _is_given_name(story: Story, mention: PersonName) -> bool:
    """Whether what was taken for a title may be the given name: "Dean Johnson"."""
    parts = story.text[mention.start : mention.end].casefold().split()
    return len(parts) == 2 and parts[0] in words("title_given_names")


def _is_of_several(story: Story, mention: PersonName) -> bool:
    """Whether it is a word for people of a place: "several Arizonans"."""
    before = folded_words(story.text, Span(max(0, mention.start - 12), mention.start))[-1:]
    if before and before[0] in _SEVERAL:
        return True
    name = mention.parts[-1]
    return name.endswith("ns") and any(
        named.label in PLACE_LABELS
        and len(named.name) > _SHORT
        and name.startswith(fold(named.name).removesuffix("s")[:-1])
        for named in story.named
    )


_SEVERAL = frozenset({"several", "many", "some", "few", "two", "three", "most", "all", "other", "fellow"})


def _names_a_work(story: Story, mention: PersonName) -> bool:
    """Whether it only begins the name of a thing: "Robert's Rules of Order"."""
    end = mention.end - len("'s") if story.text[mention.start : mention.end].endswith(("'s", "’s")) else mention.end
    return _OF_A_WORK.match(story.text, end) is not None


_OF_A_WORK = re.compile(r"['’]s [A-Z][a-z]+ (?:of|for|and|[A-Z])")


def _is_ruler(story: Story, mention: PersonName) -> bool:
    """Whether the story calls somebody near by a title with which one name is the full form: "the pope"."""
    index = story.paragraph_index(mention)
    near = story.paragraphs[max(0, index - 1) : index + 2] if index is not None else ()
    titles = words("single_name_titles")
    return any(
        one == "the" and other in titles for place in near for one, other in pairwise(folded_words(story.text, place))
    )


def _is_behind_garbled(story: Story, mention: PersonName) -> bool:
    """Whether the word before it is a name whose letters were spoilt on the way: "FranÃ§ois Delattre"."""
    before = story.text[max(0, mention.start - _GIVEN) : mention.start]
    word = before[:-1].split()[-1:] if before.endswith(" ") else []
    return any(one[0].isupper() and any(not (c.isalnum() or c in "-'’.,;:)\"”") for c in one) for one in word)


_GIVEN = 24


_SHORT = 3


class IntroducedTooLateConfig(Config):
    """Options of introduced-too-late."""

    min_gap_sentences: int = Field(1, ge=1, description="How many sentences later the full name must come to be late.")
    scope: Scope = Field("all", description="`all`: every person; `sources`: only those who are quoted somewhere.")


class IntroducedTooLate(StoryCheck[IntroducedTooLateConfig]):
    """A person who is called by the surname before the story gives the full name.

    It reports the first use of a surname alone, in the body and outside quotations, when the full name
    comes only in a later sentence. The later introduction is the evidence. Headline and captions do not
    count, neither as use nor as introduction.

    ## Why

    Full name and position belong at the first mention. A surname that is explained four paragraphs on
    makes the reader search, and is the usual trace of paragraphs that were moved.

    ## Reported

    > "It will ruin the town," Lee said. … Mayor Ann Lee has been in office since May.

    ## Not reported

    > *Lee opposes plan* (headline). Mayor Ann Lee said the plan would ruin the town.

    > Rep. Robert C. "Bobby" Scott … Later, Bobby Scott said …

    People of the house list, and the deck below a headline, are passed over. Two persons with one surname count as one name here, so a namesake can hide a late introduction.
    """

    code = "ATT202"
    name = "introduced-too-late"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each name that comes too early."""
        spoken = {source.entity for source in story.people.sources}
        settled: set[str] = set()
        for mention in story.people.mentions:
            if not story.in_body(mention):
                continue
            if mention.full:
                settled.update(mention.parts)
                continue
            name = mention.parts[-1]
            if story.people.written_in_full.get(name, mention.start) < mention.start:
                continue
            if has_nickname_before(story.text, mention.start):
                settled.add(name)
            if name in settled or not story.in_narration(mention) or not is_bare_name(story, mention):
                continue
            if self.house.knows(story.people.by_entity[mention.entity]) or story.is_above_lead(mention):
                continue
            if name in story.people.by_office or _is_line_above(story, mention) or _is_in_deck(story, mention):
                continue
            if self.config.scope == "sources" and mention.entity not in spoken:
                continue
            settled.add(name)
            later = self._later_introduction(story, mention, name)
            if later is not None:
                written = story.text[mention.start : mention.end]
                full = story.text[later.start : later.end]
                yield self.finding(
                    mention,
                    f"“{written}” is used on first reference; the full name, {full}, comes only later.",
                    evidence=[note(later, "introduced here")],
                )

    def _later_introduction(self, story: Story, mention: PersonName, name: str) -> PersonName | None:
        here = story.sentence_index(mention)
        for full in story.people.full_forms.get(name, ()):
            there = story.sentence_index(full)
            if full.entity != mention.entity and _is_somebody_else(story, mention):
                continue
            if full.parts[-1] != name or here is None or there is None or not story.in_narration(full):
                continue
            return full if there - here >= self.config.min_gap_sentences else None
        return None


def _is_line_above(story: Story, mention: PersonName) -> bool:
    """Whether it stands in a short line without a full stop, which heads what follows: "Lee: see you later?"."""
    paragraph = story.paragraph(mention)
    if paragraph is None or paragraph.end - paragraph.start > _HEADING:
        return False
    # A closing mark or two may stand behind the full stop.
    return "." not in story.text[paragraph.start : paragraph.end].rstrip()[-3:]


_HEADING = 80


def _is_in_deck(story: Story, mention: PersonName) -> bool:
    """Whether it stands in one short sentence below the headline, before a lead at least twice as long."""
    if story.paragraph_index(mention) != 0 or not story.headlines or len(story.paragraphs) < 2:
        return False
    deck, lead = (paragraph.end - paragraph.start for paragraph in story.paragraphs[:2])
    return deck <= _DECK and lead >= 2 * deck and story.sentences_in(story.paragraphs[0]) == 1


_DECK = 120


def _is_somebody_else(story: Story, mention: PersonName) -> bool:
    """Whether a surname has a title, or is used again and again with no full name: "Mr. Obama" beside Michelle Obama."""
    others = [one for one in story.people.by_entity.get(mention.entity, ()) if not one.full]
    return len(others) > 1 or story.people.is_title_before(mention)


def _candidates(story: Story, scope: Scope) -> list[PersonName]:
    """The mentions in the paper's own words that name a source, in order."""
    found = {source.mention for source in story.people.sources if source.mention is not None}
    quoted = {source.entity for source in story.people.sources}
    nouns = words("speech_nouns")
    for mention in story.people.mentions:
        if (
            (scope == "all" and _is_subject(story, mention))
            or mention.entity in quoted
            or owns_speech(story, mention, nouns)
        ):
            found.add(mention)
    return sorted(
        (mention for mention in found if story.in_narration(mention)), key=lambda mention: (mention.start, mention.end)
    )


def _is_subject(story: Story, mention: PersonName) -> bool:
    """Whether it is the subject of a main clause: by the parse, or without one at the head of a sentence."""
    if (deps := story.deps) is not None:
        tokens, heads = story.document.parse.tokens(mention), story.document.parse.heads
        return any(
            deps[token].startswith("nsubj") and deps[heads[token]] == "ROOT"
            for token in tokens
            if heads[token] not in tokens
        )
    sentence = story.sentence(mention)
    return sentence is not None and sentence.start == mention.start and not story.people.is_possessor(mention)
