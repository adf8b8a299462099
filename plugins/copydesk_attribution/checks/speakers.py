"""2xx: who is speaking, and whether the reader was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import Field

from copydesk import CheckOptions, Entity, Finding, Quote, Role, Section, Span
from copydesk_attribution.description import is_described, is_referred_to
from copydesk_attribution.distance import within_distance
from copydesk_attribution.people import PERSON_LABELS, Mention, fold
from copydesk_attribution.remarks import Owner, anything_said, content_follows, has_spoken, owner_of
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story import Story, word_spans
from copydesk_attribution.wordlists import words

Scope = Literal["sources", "all"]


class UnintroducedPerson(StoryCheck):
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

    Names with a title that goes with one name (popes, kings, princes), given names of relatives of
    somebody named in full, names that only begin another name ("the Monti government"), handles,
    captions, bylines, and everything inside quotations.
    """

    code = "ATT201"
    name = "unintroduced-person"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Quote, Section)

    class Options(CheckOptions):
        """Options of unintroduced-person."""

        scope: Scope = Field(
            "sources",
            description="`sources`: persons who are quoted or own something said; `all`: any person who is a subject too.",
        )
        allow_names: tuple[str, ...] = Field((), description="Names that every reader knows: never reported.")
        captions: bool = Field(False, description="Whether a full name in a caption or byline introduces a person.")
        suggest_distance: int = Field(
            2, ge=0, le=3, description="Up to how many letters a full name may differ to be suggested."
        )

    options: Options

    def inspect(self, story: Story) -> Iterable[Finding]:
        """The first such mention of each name."""
        allowed = {fold(name) for name in self.options.allow_names}
        reported: set[str] = set()
        for mention in _candidates(story, self.options.scope):
            name = mention.parts[-1]
            if mention.full or name in reported or name in allowed or not _is_bare_name(story, mention):
                continue
            if any(self._introduces(story, full) for full in story.people.full_forms.get(name, ())):
                continue
            if name in story.people.written_in_full or (
                name.isalpha() and story.text[mention.start : mention.end].isupper()
            ):
                continue
            reported.add(name)
            yield self._finding(story, mention, name)

    def _introduces(self, story: Story, full: Mention) -> bool:
        return self.options.captions or story.is_checked(full)

    def _finding(self, story: Story, mention: Mention, name: str) -> Finding:
        written = story.text[mention.start : mention.end]
        nearest = None
        if len(name) > 3:
            for surname, full in story.people.surnames:
                if within_distance(name, surname, self.options.suggest_distance):
                    nearest = full
                    break
        if nearest is None:
            return self.finding(mention, f"“{written}” is a source, but the story never gives the full name.")
        near = story.text[nearest.start : nearest.end]
        return self.finding(
            mention,
            f"“{written}” is a source, but the story never gives that name in full; is it {near}?",
            evidence=[note(nearest, f"spelt almost the same: {near}")],
        )


class IntroducedTooLate(StoryCheck):
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

    Two persons with one surname count as one name here, so a namesake can hide a late introduction.
    """

    code = "ATT202"
    name = "introduced-too-late"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Section)

    class Options(CheckOptions):
        """Options of introduced-too-late."""

        min_gap_sentences: int = Field(
            1, ge=1, description="How many sentences later the full name must come to be late."
        )
        scope: Scope = Field("all", description="`all`: every person; `sources`: only those who are quoted somewhere.")

    options: Options

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
            if name in settled or not story.in_narration(mention) or not _is_bare_name(story, mention):
                continue
            if self.options.scope == "sources" and mention.entity not in spoken:
                continue
            settled.add(name)
            later = self._later_introduction(story, mention, name)
            if later is not None:
                written = story.text[mention.start : mention.end]
                full = story.text[later.start : later.end]
                yield self.finding(
                    mention,
                    f"“{written}” is used here, but the full name, {full}, comes only later.",
                    evidence=[note(later, "introduced here")],
                )

    def _later_introduction(self, story: Story, mention: Mention, name: str) -> Mention | None:
        here = story.sentence_index(mention)
        for full in story.people.full_forms.get(name, ()):
            there = story.sentence_index(full)
            if full.parts[-1] != name or here is None or there is None or not story.in_narration(full):
                continue
            return full if there - here >= self.options.min_gap_sentences else None
        return None


class SourceWithoutRole(StoryCheck):
    """A named source of whom the story never says who they are.

    It reports a person who is the source of a quotation and is named in full, when nowhere in the story
    stands an office, rank, occupation, organisation, relation or description: no title before the name,
    no phrase in apposition, no "of …", no "who …". A country alone ("Russia's Sergei Lavrov") says where
    somebody belongs, but not why they are asked: it is partial, and reported as `partial_is` says.

    ## Why

    A source is worth what they can know. Agencies ask for name and position of every source; codes of
    ethics ask to identify sources clearly so that the public can judge them.

    ## Reported

    > Sergei Lavrov said Moscow could work with the coalition.

    ## Not reported

    > Francois Hollande, the French president, said …

    > "We heard a bang," said Bob Ray, who lives opposite.

    > Ann Lee and Bob Ray, both of the union, agreed.

    A description may stand with any mention, also as a phrase that stands for the person ("the senator"). Somebody
    whom the headline calls by the surname alone is passed over: a desk does that only with names that its readers
    know. A person without a full name is left to unintroduced-person, so that one fault gives one finding.
    """

    code = "ATT203"
    name = "source-without-role"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Role, Quote, Section)

    class Options(CheckOptions):
        """Options of source-without-role."""

        scope: Scope = Field(
            "sources", description="`sources`: persons who are quoted; `all`: every person in the body."
        )
        partial_is: Literal["warning", "info", "ok"] = Field(
            "warning", description="What a country alone is worth: `warning` and `info` report it, `ok` lets it pass."
        )
        known_people: tuple[str, ...] = Field((), description="Full names that need no description.")

    options: Options

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each person."""
        known = {fold(name) for name in self.options.known_people}
        for mentions in self._persons(story):
            full = [mention for mention in mentions if mention.full]
            shown = next((mention for mention in full if story.in_narration(mention)), None)
            if shown is None or any(" ".join(mention.parts) in known for mention in full):
                continue
            if any(mention.parts[-1] in story.people.headline_names for mention in full):
                continue
            roles = story.roles.get(shown.entity, ())
            partial = _country_alone(roles)
            if (roles and partial is None) or is_referred_to(story, shown.entity):
                continue
            if any(is_described(story, mention) for mention in mentions):
                continue
            name = story.text[shown.start : shown.end]
            if partial is None:
                yield self.finding(shown, f"{name} is a source, but the story never says who that is.")
            elif self.options.partial_is != "ok":
                where = Span.hull(partial, shown) if partial.end <= shown.start else Span.of(shown)
                yield self.finding(
                    where if where.end - where.start < 80 else shown,
                    f"{name} is a source, and all that the story says of them is a country.",
                    severity=self.options.partial_is,
                )

    def _persons(self, story: Story) -> Iterator[tuple[Mention, ...]]:
        if self.options.scope == "all":
            yield from story.people.by_entity.values()
            return
        for entity in dict.fromkeys(source.entity for source in story.people.sources):
            yield story.people.by_entity.get(entity, ())


class DanglingSpeechReference(StoryCheck):
    """A mention of somebody's remarks, when the story has not reported any.

    It reports "X's remarks" (or comments, statement, allegation, claim, announcement …) when no speech of
    X comes before it, and "the remarks" at the head of a sentence when no speech at all comes before it.

    ## Why

    The phrase tells the reader that they know what was said. If they cannot, a paragraph was cut or moved,
    and the statement that the story rests on is not in it.

    ## Reported

    > Warren's remarks went in line with the Pentagon's stance.

    as the first that is heard of Warren.

    ## Not reported

    > Cornyn's statement added, "We will appeal."

    > Lee's claim that the plan would ruin the town was denied.

    The content may stand in the same sentence or the next of the paragraph, or be named with the noun ("that …",
    "about …", Lee's "no comment" remark).
    "Today's announcement" has no owner who could have spoken.
    """

    code = "ATT204"
    name = "dangling-speech-reference"
    severity = "warning"
    maturity = "stable"
    requires = (Entity, Quote, Section)

    class Options(CheckOptions):
        """Options of dangling-speech-reference."""

        nouns: tuple[str, ...] = Field(
            (
                "remark",
                "remarks",
                "comment",
                "comments",
                "statement",
                "statements",
                "allegation",
                "allegations",
                "accusation",
                "accusations",
                "claim",
                "claims",
                "assertion",
                "assertions",
                "announcement",
            ),
            description="The nouns for something said that refer back.",
        )
        allow_later: bool = Field(False, description="Whether speech that is reported only later is enough.")

    options: Options

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Each owner is reported once."""
        nouns = {noun.casefold() for noun in self.options.nouns}
        reported: set[str] = set()
        for sentence, (inside, folded) in zip(story.sentences, story.sentence_words, strict=True):
            for position, noun in enumerate(folded):
                if noun not in nouns or story.in_quotation(inside[position]):
                    continue
                finding = self._judge(story, sentence, inside, position, reported)
                if finding is not None:
                    yield finding

    def _judge(
        self, story: Story, sentence: Span, inside: Sequence[Span], position: int, reported: set[str]
    ) -> Finding | None:
        noun = inside[position]
        if content_follows(story, sentence, noun):
            return None
        owner = owner_of(story, sentence, noun)
        if owner is None:
            return self._without_owner(story, sentence, inside, position)
        if owner.entity in reported or self._has_spoken(story, sentence, owner):
            return None
        reported.add(owner.entity)
        name = story.text[owner.start : owner.end].removesuffix("’s").removesuffix("'s")
        return self.finding(
            Span(owner.start, noun.end),
            f"The story refers to {story.text[noun.start : noun.end].casefold()} of {name}, but has not reported any.",
        )

    def _without_owner(self, story: Story, sentence: Span, inside: Sequence[Span], position: int) -> Finding | None:
        if position != 1 or story.text[inside[0].start : inside[0].end].casefold() not in ("the", "these", "those"):
            return None
        noun = inside[1]
        limit = len(story.text) if self.options.allow_later else sentence.end
        if anything_said(story, limit):
            return None
        return self.finding(
            Span(inside[0].start, noun.end),
            f"The story refers to {story.text[noun.start : noun.end].casefold()}, but has not reported any.",
        )

    def _has_spoken(self, story: Story, sentence: Span, owner: Owner) -> bool:
        limit = len(story.text) if self.options.allow_later else _end_of_next(story, sentence)
        return has_spoken(story, owner, limit)


def _end_of_next(story: Story, sentence: Span) -> int:
    """The end of the next sentence of the paragraph: "Lee's remarks were short. She said …" keeps nobody waiting."""
    index = story.sentence_index(sentence)
    paragraph = story.paragraph(sentence)
    if index is None or paragraph is None or index + 1 == len(story.sentences):
        return sentence.end
    following = story.sentences[index + 1]
    return following.end if paragraph.contains(following) else sentence.end


def _candidates(story: Story, scope: Scope) -> list[Mention]:
    """The mentions in the paper's own words that name a source, in order."""
    found = {source.mention for source in story.people.sources if source.mention is not None}
    quoted = {source.entity for source in story.people.sources}
    nouns = words("speech_nouns")
    for mention in story.people.mentions:
        if (
            (scope == "all" and _is_subject(story, mention))
            or mention.entity in quoted
            or _owns_speech(story, mention, nouns)
        ):
            found.add(mention)
    return sorted(
        (mention for mention in found if story.in_narration(mention)), key=lambda mention: (mention.start, mention.end)
    )


def _owns_speech(story: Story, mention: Mention, nouns: frozenset[str]) -> bool:
    """Whether it is the possessor of a noun of speech, with at most two words between."""
    if not story.people.is_possessor(mention):
        return False
    after = word_spans(story.text, Span(mention.end, min(len(story.text), mention.end + 60)))
    following = [story.text[word.start : word.end].casefold() for word in after]
    return bool(nouns.intersection([word for word in following if word != "s"][:3]))


def _is_subject(story: Story, mention: Mention) -> bool:
    """Whether it is the subject of a main clause: by the parse, or without one at the head of a sentence."""
    if story.document.has_doc and story.document.doc.has_annotation("DEP"):
        span = story.document.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return span is not None and span.root.dep_.startswith("nsubj") and span.root.head.dep_ == "ROOT"
    sentence = story.sentence(mention)
    return sentence is not None and sentence.start == mention.start and not story.people.is_possessor(mention)


def _is_bare_name(story: Story, mention: Mention) -> bool:
    """Whether it stands for a person by one name: no eponym, no handle, no name that goes with its title alone."""
    text = story.text
    written = text[mention.start : mention.end]
    if (
        not written[:1].isalpha()
        or any(c.isdigit() or c in "@_" for c in written)
        or text[mention.start - 1 : mention.start] == "@"
    ):
        return False
    before = word_spans(text, Span(max(0, mention.start - 40), mention.start))
    if before and not text[before[-1].end : mention.start].strip(" ."):
        previous = text[before[-1].start : before[-1].end].casefold()
        if previous in ("the", "a", "an") or previous in words("single_name_titles"):
            return False
    after = text[mention.end : mention.end + 12].split()
    if after and after[0].strip(".,") in (
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
        "X",
        "XII",
        "XIV",
        "XVI",
    ):
        return False
    if fold(written).split()[0] in words("single_name_titles"):
        return False
    return not any(role.kind == "relation" for role in story.roles.get(mention.entity, ())) and not any(
        other.start <= mention.start
        and mention.end <= other.end
        and other.end - other.start > mention.end - mention.start
        and other.label not in PERSON_LABELS
        for other in story.document[Entity].at(mention.start)
    )


def _country_alone(roles: Sequence[Role]) -> Role | None:
    """The first of the roles where all of them are countries without an office or organisation."""
    if roles and all(role.kind == "affiliation" and role.organisation is None for role in roles):
        return roles[0]
    return None
