"""501: what another newsroom found out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from pydantic import Field

from copydesk import Annotation, Config, Entity, Evidence, Finding, Layer, Quantity, Quote, Span, fold
from copydesk_attribution.outlets import (
    GENERIC,
    MEDIA,
    outlet_nouns,
    outlets,
    own_outlets,
    sounds_like_outlet,
    state_media,
)
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.people import ORGANISATION_LABELS, PERSON_LABELS
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, word_spans
from copydesk_attribution.wordlists import person_nouns, words

_STATE = frozenset(
    {"state", "state-run", "state-owned", "state-controlled", "state-funded", "government-run", "government-owned"}
)


_TOLD = frozenset({"told", "telling"})


_PASSED_ON = frozenset(
    {("according", "to"), ("reported", "by"), ("quoted", "by"), ("interview", "with"), ("cited", "by")}
)


_CUES = _TOLD | {second for _, second in _PASSED_ON}
"""The words that stand right before such an outlet."""


_LONGEST_RELAY = 8
_TOLD_OUTLETS = "told"
"""Outlets to which the story's sources spoke are one matter for review, however many they are."""


class SecondHandQuoteConfig(Config):
    """Options of second-hand-quote."""

    relays: tuple[str, ...] = Field((), description="Further outlets, by name.")
    state_media: tuple[str, ...] | None = Field(
        None, description="Outlets controlled by a state, by name, in place of the list that comes with the check."
    )
    told_is: Literal["info", "warning", "ok"] = Field(
        "info",
        description="What “told France Inter” is worth, where the source spoke to a named outlet: `ok` lets it pass.",
    )

    told_from: int = Field(
        2,
        ge=1,
        description="From so many outlets on, those to which its sources spoke are listed in a story that rests on a weak one.",
    )


class SecondHandQuote(StoryCheck[SecondHandQuoteConfig]):
    """A statement that reached the paper through another outlet: "told Sky News", "according to Tass".

    It reports each outlet that passed a statement on ("according to Reuters"), once. Where the outlet is controlled by a
    state, by what the story says of it ("state news agency") or by a list, or is not named, it is a warning: a claim
    is then no better than an outlet with an interest. An outlet that a source spoke to ("told CNN") is credited openly,
    and passes; only where a story that rests on such a weak outlet has statements from `told_from` or more, those are
    listed too, once.

    ## Why

    News codes ask to credit other organisations for what they found out, and to say where a quotation was
    given. That done, the second hand is said; what an editor must see is a claim that the paper has from an outlet alone,
    and a story that is put together from what others were told.

    ## Reported

    > "Operations are under way," the general said, according to state news outlet Tass.

    > He told France Inter radio: "We must bring together all our forces."

    where an outlet of a state passed something on too.

    ## Not reported

    > "It is safe," the minister said in a statement.

    > Most voters are undecided, according to a CNN poll.

    > Ann Lee told a news conference that it was safe.

    > Ann Lee told CNN on Sunday that it was safe. Bob Ray told Fox News that it was not.

    > Ann Lee leads by 263 delegates, according to The Associated Press.

    > "It is safe," Ann Lee added on Twitter.

    The paper's own name (metadata `publisher`, the outlets of the house list, the agency in the dateline or byline),
    also shortened ("The Post"); statements that the source published itself, in a post, on a website or in "his weekly
    column"; an outlet's own poll, or count of votes; what was said on the air; "the newspaper", where one was named before;
    credit for who reported something first; hosts and other people.
    """

    code = "ATT501"
    name = "second-hand-quote"
    severity = "info"
    maturity = "stable"
    requires = (Entity, Quote)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """One finding for each outlet, where it is first named as the relay, and one for all to which sources spoke.

        The other places are the evidence.
        """
        own = self.house.own_outlets | own_outlets(story)
        relays = [relay for quote in story.body_quotes for relay in self._relays(story, quote)]
        taken = Layer(Annotation(start=where.start, end=where.end) for where, _ in relays)
        relays.extend(relay for relay in self._by_cue(story) if not taken.overlapping(relay[0]))
        relays = [(where, told or _in_interview(story, where)) for where, told in relays]
        places: dict[str, list[tuple[Span, bool]]] = {}
        named: set[str] = set()
        before: int | None = None
        for where, told in sorted(set(relays)):
            if _is_own(story, where, own) or _is_generic(story, where):
                continue  # media without a name are unnamed-relay's
            if _is_no_relay(story, where) or (not told and _counted_votes(story, where)):
                continue
            if any(other.start == where.end + 1 for other, _ in relays):
                continue  # "French television station BFMTV": the name follows
            if _refers_back(story, where):
                before = _first_outlet(story) if before is None else before
                if before < where.start:
                    continue
            openly = told and _named(story, where) and not self._state(story, where)
            outlet = _outlet(story, where, named)
            named.add(outlet)
            places.setdefault(_TOLD_OUTLETS if openly else outlet, []).append((where, told))
        if len(named) < self.config.told_from or not self._rests_on_weak_ones(story, places.values()):
            places.pop(_TOLD_OUTLETS, None)
        for (first, told), *others in places.values():
            yield from self._finding(story, first, [where for where, _ in others], told=told)

    def _rests_on_weak_ones(self, story: Story, places: Iterable[Sequence[tuple[Span, bool]]]) -> bool:
        """Whether a story has something from an outlet alone that a state controls or that is not named.

        From one outlet on, all are listed in any case.
        """
        return self.config.told_from == 1 or any(
            not told and (not _named(story, where) or bool(self._state(story, where)))
            for found in places
            for where, told in found
        )

    def _relays(self, story: Story, quote: Quote) -> Iterable[tuple[Span, bool]]:
        for where in quote.relay:
            if folded_words(story.text, Span(max(0, where.start - 4), where.start))[-1:] == ["at"]:
                continue  # "at the Post": where somebody works, or is
            if self._is_outlet(story, where) and not _is_speaker(story, quote, where) and not _is_theirs(story, where):
                yield where, _follows_told(story, where)
        if not quote.relay:
            for where in quote.source:
                if (
                    _follows_according(story, where)
                    and _is_headed_by_outlet(story, where)
                    and self._is_outlet(story, where)
                ):
                    yield where, False

    def _by_cue(self, story: Story) -> Iterator[tuple[Span, bool]]:
        """Outlets after "according to", "told" and the like that the layer of quotes does not have as relays."""
        for inside, folded in story.sentence_words:
            for place, word in enumerate(folded):
                if word not in _CUES:
                    continue
                before = folded[place - 1] if place else ""
                if (before, word) not in _PASSED_ON and word not in _TOLD:
                    continue
                where = self._outlet_after(story, inside, place + 1)
                if where is not None and story.in_narration(where):
                    yield where, word in _TOLD

    def _outlet_after(self, story: Story, inside: Sequence[Span], first: int) -> Span | None:
        """The outlet in the few words that follow: the shortest stretch that ends in its name."""
        for last in range(first, min(first + _LONGEST_RELAY, len(inside))):
            where = Span(inside[first].start, inside[last].end)
            if any(c in ",;:()" for c in story.text[where.start : where.end]) or story.has_mark(where):
                return None
            named = story.text[inside[last].start].isupper()
            inner = last + 1 < len(inside) and story.text[inside[last].end : inside[last + 1].start] == " "
            goes_on = inner and story.text[inside[last + 1].start].isupper()
            if named and not goes_on and self._is_outlet(story, where):
                counted = inner and story.text[inside[last + 1].start : inside[last + 1].end] in words("counts")
                return None if counted else where
        return None

    def _finding(self, story: Story, where: Span, others: Sequence[Span], *, told: bool) -> Iterable[Finding]:
        written = story.text[where.start : where.end].removesuffix("’s").removesuffix("'s")
        again = [note(other, "and here") for other in others]
        if state := self._state(story, where):
            yield self.finding(
                where,
                f"Second-hand: known only from {written}, which is controlled by a state.",
                severity="warning",
                evidence=[*state, *again],
            )
        elif not _named(story, where):
            yield self.finding(
                where,
                f"Second-hand: known only from {written}, which is not named.",
                severity="warning",
                evidence=again,
            )
        elif not told:
            yield self.finding(where, f"Second-hand: known from {written}.", evidence=again)
        elif self.config.told_is != "ok":
            yield self.finding(
                where,
                f"Second-hand: said to {_TO_OUTLET.sub('', written)}, not to this paper.",
                severity=self.config.told_is,
                evidence=again,
            )

    def _is_outlet(self, story: Story, where: Span) -> bool:
        if _is_own_work(story, where):
            return False
        known = (
            outlets() | {fold(name) for name in (*self.config.relays, *(self.config.state_media or ()))} | state_media()
        )
        if _names(story, where) & known:
            return True
        if sounds_like_outlet(story, where):
            return True
        return any(
            role.kind == "description" and not outlet_nouns().isdisjoint((role.value or "").casefold().split())
            for entity in story.named.within(where)
            for role in story.roles.get(entity.entity, ())
        )

    def _state(self, story: Story, where: Span) -> Sequence[Evidence]:
        """Why the outlet counts as controlled by a state: the words that say so; a list has none."""
        inside = word_spans(story.text, where)
        for place, word in enumerate(inside):
            if story.text[word.start : word.end].casefold() in _STATE and _is_of_outlet(story, inside[place:]):
                return [note(word, "described as controlled by a state")]
        for entity in story.named.within(where):
            for role in story.roles.get(entity.entity, ()):
                if not _STATE.isdisjoint((role.value or "").casefold().split()):
                    return [note(role, "described as controlled by a state")]
        listed = state_media() if self.config.state_media is None else {fold(name) for name in self.config.state_media}
        if _names(story, where) & listed:
            return [note(where, "on the list of outlets controlled by a state")]
        return []


def _is_own_work(story: Story, where: Span) -> bool:
    """Whether it is what the paper went through itself, or the air at large: "a review of transcripts", "TV interviews"."""
    inside = folded_words(story.text, where)
    if inside[-1:] == ["interviews"]:
        return not any(one.label in ORGANISATION_LABELS for one in story.named.within(where))
    return (
        inside[:1] in (["a"], ["an"])
        and "of" in inside
        and not words("own_work").isdisjoint(inside[: inside.index("of")])
    )


def _is_of_outlet(story: Story, inside: Sequence[Span]) -> bool:
    """Whether "state" says whose an outlet is: "state news agency", and not "State of the Union"."""
    word, *after = (story.text[word.start : word.end].casefold() for word in inside[:_KIND_WITHIN])
    return "-" in word or not outlet_nouns().isdisjoint(after) or not MEDIA.isdisjoint(after)


_KIND_WITHIN = 4


def _names(story: Story, where: Span) -> set[str]:
    """The names in a phrase, folded: its entities, and the phrase without an article."""
    written = fold(story.text[where.start : where.end]).removeprefix("the ")
    found = {written, written.removesuffix(" interview")}
    for entity in story.named.within(where):
        found.add(fold(story.text[entity.start : entity.end]).removeprefix("the "))
        found.add(fold(entity.name).removeprefix("the "))
    return found


_TO_OUTLET = re.compile(r".* (?:with|to) ")
"""What stands before the outlet in "an interview with the Post" and "a statement to the AP"."""


def _named(story: Story, where: Span) -> bool:
    if any(entity.label in ORGANISATION_LABELS for entity in story.named.within(where)):
        return True
    sentence = story.sentence(where)
    inside = word_spans(story.text, where)
    if sentence is None or sentence.start == where.start or story.text.startswith("The ", where.start):
        inside = inside[1:]  # the first word of a sentence has its capital in any case
    return any(story.text[word.start].isupper() for word in inside) or bool(
        _names(story, where) & (outlets() | state_media())
    )


def _is_generic(story: Story, where: Span) -> bool:
    """Whether it means media at large, or the air: "traditional print media", "live TV"."""
    inside = folded_words(story.text, where)
    if GENERIC.issuperset(inside):
        return True
    if inside[-1] not in MEDIA and inside[-1] not in words("broadcasts"):
        return False
    before = word_spans(story.text, where)[:-1]
    return not before or not _named(story, Span.hull(*before))


def _refers_back(story: Story, where: Span) -> bool:
    """Whether it is "the newspaper", which may mean one that was named before."""
    inside = story.text[where.start : where.end].split()
    nouns = inside[1:]
    return 0 < len(nouns) <= _LONGEST_NOUN and inside[0].casefold() in ("the", "that") and all(map(str.islower, nouns))


def _first_outlet(story: Story) -> int:
    """Where the first outlet is named; past the end where none is."""
    return next(
        (
            named.start
            for named in story.named
            if named.label in ORGANISATION_LABELS
            and (fold(named.name) in outlets() or sounds_like_outlet(story, named))
        ),
        len(story.text),
    )


_LONGEST_NOUN = 2
"""As in "the news outlet"."""


def _counted_votes(story: Story, where: Span) -> bool:
    """Whether its sentence has a count of votes or delegates, which agencies make themselves."""
    sentence = story.sentence(where)
    if sentence is None or Quantity not in story.document:
        return False
    if words("election_words").isdisjoint(folded_words(story.text, sentence)):
        return False
    return any(quantity.kind in ("cardinal", "percent") for quantity in story.document[Quantity].within(sentence))


def _in_interview(story: Story, where: Span) -> bool:
    """Whether the source spoke to the outlet: "in an interview with The Post", "a Bloomberg interview"."""
    before = folded_words(story.text, Span(max(0, where.start - 20), where.start))[-2:]
    inside = folded_words(story.text, where)
    return before == ["interview", "with"] or not _OCCASIONS.isdisjoint(inside)


_OCCASIONS = frozenset({"interview", "appearance", "statement"})


def _is_no_relay(story: Story, where: Span) -> bool:
    """Whether it passes on nothing: a place to post, an outlet's own poll, a conference, a person, credit for a scoop."""
    inside = folded_words(story.text, where)
    following = folded_words(story.text, Span(where.end, min(len(story.text), where.end + 40)))[:2]
    counts, platforms = words("counts"), words("platforms")
    before = folded_words(story.text, Span(max(0, where.start - 24), where.start))[-3:]
    return (
        not counts.isdisjoint((*inside, *following))
        or not platforms.isdisjoint(inside)
        or not _MEETINGS.isdisjoint((*inside, *following))
        or "first" in before
        or (before[-1:] == ["in"] and not _OWN_PIECES.isdisjoint(before))
        or inside[:1] == ["by"]
        or "who" in inside
        or (bool(inside) and inside[-1] in person_nouns())
        or any(entity.label in PERSON_LABELS for entity in story.named.within(where))
        or inside[:1] in (["his"], ["her"], ["their"], ["its"])
    )


_OWN_PIECES = frozenset({"op-ed", "essay", "column", "editorial", "letter", "article"})
_MEETINGS = frozenset(
    {"conference", "briefing", "audience", "release", "hearing", "rally", "essay", "column", "editorial"}
)


def _outlet(story: Story, where: Span, known: Collection[str]) -> str:
    """By what an outlet is known again: the name of its organisation, or else the words.

    "The Post" is the Washington Post where that is known already.
    """
    names = [entity.name for entity in story.named.within(where) if entity.label in ORGANISATION_LABELS]
    name = fold(names[0] if names else story.text[where.start : where.end]).removeprefix("the ")
    return next((other for other in known if other.endswith(f" {name}")), name)


def _is_own(story: Story, where: Span, own: AbstractSet[str]) -> bool:
    """Whether the outlet is the paper itself: its name, the end of it ("The Post") or more of it ("… Daily")."""
    return any(
        name == mine or mine.endswith(f" {name}") or name.startswith(f"{mine} ")
        for name in _names(story, where)
        for mine in own
    )


def _is_headed_by_outlet(story: Story, where: Span) -> bool:
    """Whether the phrase is about an outlet: not a person who works for it, nor a poll or count that it made."""
    head = story.text[where.start : where.end].split(",", 1)[0]
    if any(entity.label in PERSON_LABELS for entity in story.named.within(Span(where.start, where.start + len(head)))):
        return False
    last = folded_words(head, Span(0, len(head)))[-1:]
    return not last or last[0] not in words("counts")


def _is_theirs(story: Story, where: Span) -> bool:
    """Whether the source has it for their own: "his weekly column", "her radio show"."""
    return folded_words(story.text, where)[:1] in (["his"], ["her"], ["their"], ["its"])


def _is_speaker(story: Story, quote: Quote, where: Span) -> bool:
    return any(entity.entity == quote.speaker for entity in story.named.within(where)) and len(quote.source) > 0


def _follows_told(story: Story, where: Span) -> bool:
    before = word_spans(story.text, Span(max(0, where.start - 30), where.start))[-2:]
    folded = [story.text[word.start : word.end].casefold() for word in before]
    on_air = folded[-1:] == ["on"] and "reported" not in folded
    to = folded[-1:] == ["to"] and "according" not in folded
    return (
        on_air
        or to
        or not _TELL.isdisjoint(folded)
        or folded in (["spoke", "with"], ["spoke", "to"], ["speaking", "to"])
    )


_TELL = frozenset({"told", "tells", "telling", "tell"})


def _follows_according(story: Story, where: Span) -> bool:
    before = word_spans(story.text, Span(max(0, where.start - 20), where.start))[-2:]
    return [story.text[word.start : word.end].casefold() for word in before] == ["according", "to"]
