"""601 and 602: figures without a source, and figures that disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from copydesk import Config, Finding, Quantity, Quote, Span
from copydesk_attribution.counting import counted_by, is_part, is_year, names_at, speakers_at, times_at
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import words

_LIMIT_NOUNS = frozenset({"threshold", "limit", "cap", "ceiling", "minimum", "maximum"})
_LIMITS = ("less", "more", "fewer", "under", "over")
_MOST_COMPARED = 20
_MOST_APART = 10
Material = Literal["money", "percent", "people", "casualties"]


class FigureWithoutSourceConfig(Config):
    """Options of figure-without-source."""

    kinds: tuple[Material, ...] = Field(
        ("money", "percent", "people", "casualties"), description="Which figures are material."
    )
    scope: Literal["paragraph", "sentence"] = Field("paragraph", description="Where a source must stand.")
    min_value: float = Field(10, ge=0, description="Smaller numbers of people are not material; the dead always are.")
    ignore_sections: tuple[str, ...] = Field(
        (), description="Words; a paragraph that begins with one of them is passed over, such as `Background`."
    )
    cap_per_doc: int = Field(5, ge=1, description="Report at most so many figures of a story.")


class FigureWithoutSource(StoryCheck[FigureWithoutSourceConfig]):
    """A figure that matters, in the paper's own voice, in a paragraph where nobody is the source of anything.

    Money, percentages, numbers of people and of dead, injured or damaged are material; dates, ages, scores,
    distances, ordinals and version numbers are not. A figure inside a quotation is its speaker's.

    ## Why

    Somebody counted, measured or estimated it. Codes of practice ask to check statistics, and to attribute
    what the paper cannot check itself.

    ## Reported

    > The leak cost $4 million.

    alone in its paragraph.

    ## Not reported

    > The leak cost $4 million. The company said it would pay.

    > He was released on $20,000 bail.

    > Ann Lee would pay a 36 percent rate under the plan.

    > Oil rose 2 percent to $48.10, gold 1 percent to $1,310 and copper 3 percent.

    One finding stands for a paragraph. What a law or plan sets, what would or could be, the members of a union and lists
    of market prices are no claims. Fines, bail, sentences, trials and the counts of a vote are public record. The first paragraph may leave the
    source to the second. A poll, a study, a report or a budget that the paragraph names is a source; for a
    percentage, so is one in the paragraph before, in the first or in the headline. "$200 or less" is no count. What
    somebody who speaks in the story earns, owes or pays, they know.
    """

    code = "ATT601"
    name = "figure-without-source"
    severity = "info"
    maturity = "preview"
    requires = (Quantity, Quote)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """The first material figure of each paragraph without a source, `cap_per_doc` of them at most."""
        reported = 0
        seen: set[Span] = set()
        for quantity in story.document[Quantity]:
            if reported == self.config.cap_per_doc:
                return
            if not story.in_narration(quantity) or not self._is_material(story, quantity):
                continue
            where = story.paragraph(quantity) if self.config.scope == "paragraph" else story.sentence(quantity)
            if where is None or where in seen or self._ignored(story, quantity) or _public_record(story, quantity):
                continue
            if _is_set(story, quantity) or _is_listing(story, quantity) or _is_of_a_source(story, quantity):
                continue
            if _is_limit(story, quantity) or (self.config.scope == "paragraph" and _in_sourced_lead(story, where)):
                continue
            if (
                story.attributed(where)
                or story.has_speech_verb(where)
                or self._counted_by_document(story, quantity, where)
            ):
                continue
            reported += 1
            seen.add(where)
            yield self.finding(
                quantity,
                f"“{story.text[quantity.start : quantity.end]}” has no attribution in this {self.config.scope}: who counted?",
            )

    def _is_material(self, story: Story, quantity: Quantity) -> bool:
        if quantity.kind in ("money", "percent"):
            return quantity.kind in self.config.kinds
        if quantity.kind != "cardinal":
            return False
        near = set(folded_words(story.text, _with_counted(quantity)))
        near.update(folded_words(story.text, _after(story, quantity, 30))[:3])
        if "casualties" in self.config.kinds and not words("casualty_words").isdisjoint(near):
            return True
        if "people" not in self.config.kinds or quantity.counted_head is None:
            return False
        head = story.text[quantity.counted_head.start : quantity.counted_head.end].casefold()
        return head in words("people_words") and _largest(quantity) >= self.config.min_value

    def _counted_by_document(self, story: Story, quantity: Quantity, where: Span) -> bool:
        """Whether a poll, a study or the like is named here or, for a percentage, before it or on top of the story."""
        nouns = words("source_nouns")
        if not nouns.isdisjoint(folded_words(story.text, where)):
            return True
        index = story.paragraph_index(quantity)
        if quantity.kind != "percent" or not index or self.config.scope == "sentence":
            return False
        places = (story.paragraphs[index - 1], story.paragraphs[0], *story.headlines)
        return any(not nouns.isdisjoint(folded_words(story.text, place)) for place in places) or not words(
            "election_words"
        ).isdisjoint(folded_words(story.text, where))

    def _ignored(self, story: Story, quantity: Quantity) -> bool:
        paragraph = story.paragraph(quantity)
        start = story.text[paragraph.start : paragraph.end].casefold() if paragraph else ""
        return any(start.startswith(word.casefold()) for word in self.config.ignore_sections)


def _with_counted(quantity: Quantity) -> Span:
    return Span.hull(quantity, quantity.counted) if quantity.counted else quantity.span


def _after(story: Story, quantity: Quantity, length: int) -> Span:
    end = _with_counted(quantity).end
    sentence = story.sentence(quantity)
    return Span(end, min(end + length, sentence.end) if sentence and sentence.end > end else end)


def _largest(quantity: Quantity) -> float:
    return max((end for end in (quantity.low, quantity.high) if end is not None), default=0)


def _in_sourced_lead(story: Story, paragraph: Span) -> bool:
    """Whether it is the story's first paragraph and the second has a source: a lead may wait one paragraph for it."""
    if len(story.paragraphs) < 2 or paragraph != story.paragraphs[0]:
        return False
    second = story.paragraphs[1]
    record = words("public_record_words")
    return (
        story.attributed(second)
        or story.has_speech_verb(second)
        or not record.isdisjoint(folded_words(story.text, second))
    )


def _is_limit(story: Story, quantity: Quantity) -> bool:
    """Whether it is a threshold and no count: "$200 or less", "the 15 percent threshold"."""
    start = quantity.number.end
    following = folded_words(story.text, Span(start, min(len(story.text), start + 40)))[:4]
    after = folded_words(story.text, _after(story, quantity, 16))[:2]
    return not _LIMIT_NOUNS.isdisjoint(following) or after in (["or", word] for word in _LIMITS)


def _is_set(story: Story, quantity: Quantity) -> bool:
    """Whether it is what a law, a plan or a thought has, not what somebody counted: "would pay a 36 percent rate"."""
    sentence = story.sentence(quantity)
    if sentence is None:
        return False
    near = folded_words(story.text, Span(quantity.end, min(len(story.text), quantity.end + 30)))[:2]
    around = folded_words(story.text, Span(max(sentence.start, quantity.start - _AROUND), sentence.end))
    return not words("set_nouns").isdisjoint(near) or not words("set_words").isdisjoint(around)


_AROUND = 90
_LISTED = 5
"""From so many figures on, a sentence is a table written out."""


def _is_of_a_source(story: Story, quantity: Quantity) -> bool:
    """Whether it is money of a person who speaks in the story, and knows what they earn or owe."""
    sentence = story.sentence(quantity)
    if sentence is None or quantity.kind != "money":
        return False
    before = Span(max(sentence.start, quantity.start - _OWNER_WITHIN), quantity.start)
    pronouns = (one.entity for one in story.stand_ins.within(before) if one.kind == "pronoun")
    return not story.people.speaking.isdisjoint((*(one.entity for one in story.people.within(before)), *pronouns))


_OWNER_WITHIN = 200


def _is_listing(story: Story, quantity: Quantity) -> bool:
    sentence = story.sentence(quantity)
    return sentence is not None and len(story.document[Quantity].within(sentence)) >= _LISTED


def _public_record(story: Story, quantity: Quantity) -> bool:
    sentence = story.sentence(quantity)
    if sentence is None:
        return False
    inside = set(folded_words(story.text, sentence))
    return not words("public_record_words").isdisjoint(inside)


class ConflictingFiguresConfig(Config):
    """Options of conflicting-figures."""

    tolerance: float = Field(0, ge=0, lt=1, description="By which share of the value two figures may differ.")
    respect_hedges: bool = Field(True, description="Whether “at least”, “about” and the like allow any other value.")


class ConflictingFigures(StoryCheck[ConflictingFiguresConfig]):
    """One thing is counted twice in a story, with two results.

    It reports a figure that counts the same as one before and has another exact value: the dead, the
    injured, the same noun with the same words before it, a noun that comes back with "the" ("the $5 million grant"),
    or what one owner has ("Acme has 450 workers").

    ## Why

    One of the two is wrong, or a source and a time are missing that would explain both.

    ## Reported

    > Twelve people died in the fire. … Relatives of the 14 dead were told.

    ## Not reported

    > At least 12 people died. … Relatives of the 14 dead were told.

    > Police said 12 people died. The union said 14 people died.

    > On Monday 12 people died, on Tuesday 14.

    > Hart has 41 registered voters. Millsfield has 22 registered voters.

    Hedged figures, different sources, different times, sentences about different places or organisations, parts
    ("of them", "another") and figures of one sentence may differ.
    """

    code = "ATT602"
    name = "conflicting-figures"
    severity = "warning"
    maturity = "preview"
    requires = (Quantity, Quote)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """The later of two figures that conflict."""
        seen: dict[str, list[Quantity]] = {}
        for quantity in story.document[Quantity]:
            if (
                quantity.kind not in ("cardinal", "money")
                or quantity.low is None
                or quantity.low != quantity.high
                or not story.in_body(quantity)
            ):
                continue
            if self.config.respect_hedges and quantity.bound != "=":
                continue
            if is_part(story, quantity) or is_year(story, quantity) or _is_limit(story, quantity):
                continue
            counted = counted_by(story, quantity)
            if counted is None:
                continue
            known = seen.setdefault(counted.name, [])
            comes_back = counted.comes_back or counted.owned
            if comes_back and (earlier := self._contradicted(story, known, quantity)) is not None:
                if counted.comes_back or not names_at(story, earlier).isdisjoint(names_at(story, quantity)):
                    yield self._finding(story, earlier, quantity)
            elif len(known) < _MOST_COMPARED:
                known.append(quantity)

    def _contradicted(self, story: Story, known: Sequence[Quantity], quantity: Quantity) -> Quantity | None:
        """The figure before with which this one conflicts; none where those before differ among themselves."""
        if len({earlier.low for earlier in known}) > 1 and all(earlier.low != quantity.low for earlier in known):
            return None
        return next((earlier for earlier in known if self._conflict(story, earlier, quantity)), None)

    def _finding(self, story: Story, earlier: Quantity, later: Quantity) -> Finding:
        first = story.text[earlier.start : earlier.end]
        second = story.text[later.start : later.end]
        return self.finding(
            later,
            f"“{second}” here, but “{first}” before, for what seems to be the same.",
            evidence=[note(earlier, "counted here too")],
        )

    def _conflict(self, story: Story, earlier: Quantity, later: Quantity) -> bool:
        one, other = earlier.low, later.low
        if one is None or other is None:
            return False
        if abs(one - other) <= self.config.tolerance * max(abs(one), abs(other)):
            return False
        if min(abs(one), abs(other)) * _MOST_APART < max(abs(one), abs(other)):
            return False  # too far apart for a slip
        if story.sentence(earlier) == story.sentence(later):
            return False
        sources = speakers_at(story, earlier), speakers_at(story, later)
        if sources[0] and sources[1] and sources[0] != sources[1]:
            return False
        places = names_at(story, earlier), names_at(story, later)
        if places[0] and places[1] and places[0].isdisjoint(places[1]):
            return False
        times = times_at(story, earlier), times_at(story, later)
        return not (times[0] and times[1] and times[0] != times[1])
