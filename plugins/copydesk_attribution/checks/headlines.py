"""8xx: whether the story bears out its headline."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from pydantic import Field

from copydesk import Config, Finding, Quantity, Quote, Section, Span, fold
from copydesk_attribution.counting import counted_by, is_year
from copydesk_attribution.forms import singular
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words, word_spans
from copydesk_attribution.wordlists import words

_FEW_WORDS = 3
_NEAR, _NOUN_WITHIN = 40, 3
_STEM = 5
"""Two words that share so many first letters, or all but two, count as forms of one."""


class HeadlineQuoteNotInBodyConfig(Config):
    """Options of headline-quote-not-in-body."""

    fuzzy: bool = Field(True, description="Whether a single word may stand in the body with another ending.")
    allow_in_narration: bool = Field(
        True, description="Whether it is only a warning when the body has the words outside quotation marks."
    )


class HeadlineQuoteNotInBody(StoryCheck[HeadlineQuoteNotInBodyConfig]):
    """Words in quotation marks in the headline that nobody in the story says.

    It reports a quotation in the headline whose words stand in no quotation of the body: as an error from
    three words on, as a warning for one or two. A single word may differ in its ending ("coordination",
    "coordinated"), and a headline may leave words out with an ellipsis. Where the story has the words, but
    not as a quotation, the finding is a warning. Articles do not count, since headlines do without them.

    ## Why

    The headline is what most readers read. A code of practice that most of the press has signed forbids
    headlines which the text does not support; words in quotation marks promise that somebody said them.

    ## Reported

    > **'Total disaster' at the port** … "It was difficult," the captain said.

    ## Not reported

    > **'We are going ahead'** … "We're going ahead with it," the captain said.

    > **Chiefs discuss 'coordination'** … "discussed on the phone the coordination of military troops' actions"

    Names and titles: quoted words that the story writes with capitals, or that are an entity.
    """

    code = "ATT801"
    name = "headline-quote-not-in-body"
    severity = "error"
    maturity = "stable"
    requires = (Quote, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Quotations of the headline that the body does not have."""
        quotations = [stretch for headline in story.headlines for stretch in story.quoted_in(headline)]
        if not quotations:
            return
        spoken = [quote.span for quote in story.body_quotes]
        marked = [stretch.inner for stretch in story.quoted if story.in_body(stretch.outer)]
        said = [_words(story, span) for span in (*marked, *spoken)]
        for stretch in quotations:
            pieces = [piece for piece in _pieces(story, stretch.inner) if piece]
            if not pieces or self._is_name(story, stretch.inner):
                continue
            if not all(any(self._holds(spoken_words, piece) for spoken_words in said) for piece in pieces):
                finding = self._finding(story, stretch.outer, pieces)
                if finding is not None:
                    yield finding

    def _finding(self, story: Story, where: Span, pieces: list[list[str]]) -> Finding | None:
        count = sum(map(len, pieces))
        grave = count >= _FEW_WORDS
        if self.config.allow_in_narration:
            for paragraph in story.paragraphs:
                if all(self._holds(_words(story, paragraph), piece) for piece in pieces):
                    if not grave:
                        return None  # one or two words of the story's own: its gist, not a quotation
                    return self.finding(
                        where,
                        "The headline quotes these words, but in the story they are nobody's: they stand outside quotation marks.",
                        severity="warning",
                        evidence=[note(paragraph, "the words stand here, in the paper's own voice")],
                    )
        return self.finding(
            where,
            "The headline quotes these words, but nobody in the story says them.",
            severity="error" if grave else "warning",
        )

    def _holds(self, said: list[str], piece: list[str]) -> bool:
        """Whether the words stand in `said`, one after the other."""
        if len(piece) == 1:
            return any(word == piece[0] or (self.config.fuzzy and _one_word(word, piece[0])) for word in said)
        said, piece = _without_articles(said), _without_articles(piece)
        return any(said[i : i + len(piece)] == piece for i in range(len(said) - len(piece) + 1))

    def _is_name(self, story: Story, where: Span) -> bool:
        if any(entity.span == where for entity in story.named.overlapping(where)):
            return True
        written = story.text[where.start : where.end]
        if _is_written_as_title(story, written):
            return True
        return any(
            story.text[stretch.inner.start : stretch.inner.end].istitle()
            and fold(written) == fold(story.text[stretch.inner.start : stretch.inner.end])
            for stretch in story.quoted
            if story.in_body(stretch.outer)
        )


def _is_written_as_title(story: Story, written: str) -> bool:
    """Whether the body has the words with capitals or digits throughout, marks or none: the show The 411."""
    parts = written.split()
    if not all(part[:1].isupper() or part[:1].isdigit() for part in parts):
        return False
    place = story.text.find(written)
    while place >= 0:
        if story.in_body(Span(place, place + len(written))):
            return True
        place = story.text.find(written, place + len(written))
    return False


_SHORT_FORMS = {"re": "are", "ve": "have", "ll": "will", "m": "am", "s": "is", "d": "would", "t": "not"}
_LIKE_SHORT = {"has": "is", "had": "would", "cannot": "can not"}
"""Written short, "has" is like "is", and "had" like "would"."""


_ARTICLES = frozenset({"a", "an", "the"})


def _without_articles(said: list[str]) -> list[str]:
    """The words that headlines keep: "judge and jury" is "the judge and the jury"."""
    return [word for word in said if word not in _ARTICLES]


def _words(story: Story, where: Span) -> list[str]:
    return _spoken(story.text[word.start : word.end] for word in word_spans(story.text, where))


def _spoken(written: Iterable[str]) -> list[str]:
    """Words for comparison, short forms in full: "we're" and "we are" are the same words, "doom-and-despair" is three."""
    found: list[str] = []
    for word in (part for one in written for part in one.split("-")):
        whole, mark, short = fold(word).partition("'")
        if mark and short in _SHORT_FORMS:
            if short == "t":
                whole = whole.removesuffix("n") or whole
            found += [whole, _SHORT_FORMS[short]]
        else:
            found += _LIKE_SHORT.get(whole + mark + short, whole + mark + short).split()
    return found


def _pieces(story: Story, where: Span) -> list[list[str]]:
    """The words on either side of each ellipsis."""
    text = story.text[where.start : where.end].replace("...", "…")
    return [_spoken(text[word.start : word.end] for word in word_spans(text, piece)) for piece in _split(text)]


def _split(text: str) -> list[Span]:
    bounds: list[Span] = []
    start = 0
    for place, c in enumerate(text):
        if c == "…":
            bounds.append(Span(start, place))
            start = place + 1
    return [*bounds, Span(start, len(text))]


def _one_word(one: str, other: str) -> bool:
    """Whether two words look like forms of one."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= min(_STEM, max(3, min(len(one), len(other)) - 1)) and abs(len(one) - len(other)) <= 4


class HeadlineNumberMismatchConfig(Config):
    """Options of headline-number-mismatch."""

    rounding: float = Field(0.05, ge=0, lt=1, description="By which share of the number the headline may round it.")
    min_value: float = Field(3, ge=0, description="Smaller numbers are often not written as such in the story.")


class HeadlineNumberMismatch(StoryCheck[HeadlineNumberMismatchConfig]):
    """A number in the headline that the story does not have.

    It reports a figure of the headline that stands nowhere in the body, in digits or words, rounded or as
    an end of a range, nor as the sum of two numbers of people; and a number of dead or injured where the body
    has only others.

    ## Why

    A figure in a headline is copied by hand from the story, often before the last edit of it.

    ## Reported

    > **14 dead in bridge collapse** … Twelve people were killed.

    ## Not reported

    > **500 protest in Leeds** … Police counted 497 people.

    > **Dozens hurt in crash**

    > **Five questions for the new mayor**

    Ordinals, years, the parts of the story itself ("seven things to know"), ages, numbers below `min_value` ("Two dead": a man and a woman) and vague amounts are passed over.
    """

    code = "ATT802"
    name = "headline-number-mismatch"
    severity = "error"
    maturity = "stable"
    requires = (Quantity, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Figures of the headline without a counterpart."""
        wanted = [
            quantity
            for headline in story.headlines
            for quantity in story.document[Quantity].within(headline)
            if quantity.kind in ("cardinal", "money", "percent", "quantity")
            and quantity.bound == "="
            and quantity.low == quantity.high
            and (quantity.low or 0.0) >= self.config.min_value
            and not story.in_quotation(quantity)
            and not is_year(story, quantity)
            and not _counts_the_story(story, quantity)
        ]
        if not wanted:
            return
        numbers = _numbers_of_body(story)
        if not numbers:
            return
        counted = _counted_in_body(story)
        for quantity in wanted:
            value = quantity.low or 0.0
            others = self._counted_otherwise(story, quantity, counted)
            if others:
                here = story.text[quantity.number.start : quantity.number.end]
                there = story.text[others[0].start : others[0].end]
                yield self.finding(
                    quantity,
                    f"The headline says {here}, the story “{there}”, for what seems to be the same.",
                    evidence=[note(others[0], "counted here")],
                )
            elif not self._is_there(value, numbers, _addends(story)):
                near = self._nearest(story, quantity)
                number = story.text[quantity.number.start : quantity.number.end]
                there = f"; it has “{story.text[near.start : near.end]}”" if near else ""
                yield self.finding(
                    quantity,
                    f"The headline says {number}, a number that stands nowhere in the story{there}.",
                    # A number at the head may count the parts of the story: "31 Latinos share their thoughts".
                    severity="warning" if any(quantity.start == one.start for one in story.headlines) else None,
                    evidence=[note(near, "the same thing is counted here")] if near else [],
                )

    def _counted_otherwise(
        self, story: Story, quantity: Quantity, counted: Mapping[str, Sequence[Quantity]]
    ) -> Sequence[Quantity]:
        """The figures of the body that count the same, where they are exact and none is near that of the headline."""
        named = counted_by(story, quantity)
        same = counted.get(named.name, ()) if named is not None and named.name in ("dead", "injured") else ()
        value = quantity.low or 0.0
        near = any(
            figure.bound != "="
            or figure.low != figure.high
            or abs((figure.low or 0.0) - value) <= self.config.rounding * value
            for figure in same
        )
        addends = _addends(story)
        added = any(value - number in addends for number in addends)
        return () if near or added else same

    def _is_there(self, value: float, numbers: list[float], addends: frozenset[float]) -> bool:
        low, high = value * (1 - self.config.rounding), value * (1 + self.config.rounding)
        place = bisect_left(numbers, low)
        if place < len(numbers) and numbers[place] <= high:
            return True
        return any(value - number in addends for number in addends if number != value - number)

    def _nearest(self, story: Story, wanted: Quantity) -> Quantity | None:
        """The first figure of the body that counts the same thing."""
        if wanted.counted_head is None:
            return None
        head = singular(story.text[wanted.counted_head.start : wanted.counted_head.end])
        for quantity in story.document[Quantity]:
            counted = quantity.counted_head
            if counted and story.in_body(quantity) and singular(story.text[counted.start : counted.end]) == head:
                return quantity
        return None


def _counted_in_body(story: Story) -> Mapping[str, Sequence[Quantity]]:
    """The counts of the body, by what they count."""
    found: dict[str, list[Quantity]] = {}
    for quantity in story.document[Quantity]:
        if quantity.kind == "cardinal" and quantity.low is not None and story.in_body(quantity):
            named = counted_by(story, quantity)
            if named is not None:
                found.setdefault(named.name, []).append(quantity)
    return found


def _counts_the_story(story: Story, quantity: Quantity) -> bool:
    """Whether it counts the parts of the story itself: "five questions", "7 things to know"."""
    after = folded_words(story.text, Span(quantity.number.end, quantity.number.end + _NEAR))[:_NOUN_WITHIN]
    return not words("story_parts").isdisjoint(after)


def _addends(story: Story) -> frozenset[float]:
    """The numbers of the body that count people, which a headline may add up."""
    return frozenset(
        quantity.low
        for quantity in story.document[Quantity]
        if quantity.low is not None
        and quantity.low == quantity.high
        and quantity.counted_head is not None
        and story.in_body(quantity)
        and story.text[quantity.counted_head.start : quantity.counted_head.end].casefold() in words("people_words")
    )


def _numbers_of_body(story: Story) -> list[float]:
    found: set[float] = set()
    for quantity in story.document[Quantity]:
        if not story.in_body(quantity):
            continue
        found.update(end for end in (quantity.low, quantity.high) if end is not None)
    return sorted(found)
