"""What figures count, whose figures they are, and from when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copydesk import Quantity, Quote, Span, TimeExpression, fold
from copydesk_attribution.forms import singular
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import words

_DEAD = frozenset({"dead", "died", "killed", "deaths", "fatalities", "die", "dying"})
_INJURED = frozenset({"injured", "wounded", "injuries", "hurt"})
_PARTS = frozenset(
    {
        "another",
        "other",
        "others",
        "more",
        "further",
        "additional",
        "remaining",
        "each",
        "per",
        "every",
        "including",
        "among",
        "extra",
        "fewer",
        "less",
        "first",
        "last",
        "next",
    }
)
_NEAR = 40
_ROUND = 3


class Counted(NamedTuple):
    """Under which name a figure counts: "dead", or the noun with what stands before it.

    Attributes:
        name: what is counted, in the singular.
        comes_back: whether the words say by themselves that it is what was counted before: the dead, the
            injured, the same noun with the same words before it, or "the" before a noun that nothing narrows.
    """

    name: str
    comes_back: bool


def counted_by(story: Story, quantity: Quantity) -> Counted | None:
    """What a figure counts, where that can be compared with another."""
    after = _following(story, quantity)
    if not _DEAD.isdisjoint(after):
        return Counted("dead", comes_back=True)
    if not _INJURED.isdisjoint(after):
        return Counted("injured", comes_back=True)
    if quantity.counted is None or quantity.counted_head is None:
        return None
    head = singular(story.text[quantity.counted_head.start : quantity.counted_head.end])
    if head in words("loose_heads"):
        return None
    before_head = Span(quantity.counted.start, max(quantity.counted.start, quantity.counted_head.start))
    modifiers = [word for word in folded_words(story.text, before_head) if word not in ("the", "of", "its", "their")]
    if modifiers:
        return Counted(" ".join([*modifiers, head]), comes_back=True)
    return Counted(head, comes_back=_is_definite(story, quantity) and not _is_narrowed(story, quantity.counted))


def _following(story: Story, quantity: Quantity) -> list[str]:
    """The words right after the figure and what it counts, to the end of the clause."""
    sentence = story.sentence(quantity)
    end = min(quantity.end + _NEAR, sentence.end if sentence else len(story.text))
    stretch = story.text[quantity.number.end : max(end, quantity.number.end)]
    for stop in (",", ";", ":", " and ", " but "):
        stretch = stretch.split(stop, 1)[0]
    return folded_words(stretch, Span(0, len(stretch)))[:5]


def _is_definite(story: Story, quantity: Quantity) -> bool:
    before = folded_words(story.text, Span(max(0, quantity.start - 12), quantity.start))
    return bool(before) and before[-1] in ("the", "all", "these", "those")


def _is_narrowed(story: Story, counted: Span) -> bool:
    """Whether what follows says which of them: "the 12 schools in Perth" are not all schools."""
    following = folded_words(story.text, Span(counted.end, min(len(story.text), counted.end + 16)))
    return bool(following) and following[0] in words("narrowing_words")


def is_part(story: Story, quantity: Quantity) -> bool:
    """Whether the words around it make it a part or an addition: "another 12", "12 of them", "12 others"."""
    sentence = story.sentence(quantity)
    start = max(quantity.start - 20, sentence.start if sentence else 0)
    before = folded_words(story.text, Span(start, quantity.number.start))[-2:]
    after = folded_words(story.text, Span(quantity.number.end, min(len(story.text), quantity.number.end + 24)))[:2]
    return not _PARTS.isdisjoint((*before, *after)) or (bool(after) and after[0] == "of")


def speakers_at(story: Story, where: Quantity) -> frozenset[str]:
    """Who is the source of the quotes that hold the figure: entity ids, or the words of the source."""
    found: set[str] = set()
    for quote in story.document[Quote].overlapping(where):
        if quote.speaker is not None:
            found.add(quote.speaker)
        else:
            found.update(fold(story.text[source.start : source.end]) for source in quote.source)
    return frozenset(found)


def names_at(story: Story, where: Quantity) -> frozenset[str]:
    """Who and what is named in the sentence of the figure, by entity id."""
    sentence = story.sentence(where)
    if sentence is None:
        return frozenset()
    return frozenset(entity.entity for entity in story.named.within(sentence))


def is_year(story: Story, quantity: Quantity) -> bool:
    """Whether the number is written like a year."""
    written = story.text[quantity.number.start : quantity.number.end]
    return len(written) == len("2000") and written.isdigit() and written[:2] in ("18", "19", "20")


def times_at(story: Story, where: Quantity) -> frozenset[str]:
    """The times in the sentence of the figure."""
    sentence = story.sentence(where)
    if sentence is None:
        return frozenset()
    return frozenset(time.timex for time in story.document[TimeExpression].within(sentence))


def exact(quantity: Quantity) -> float | None:
    """Its value, where it is one number without a hedge."""
    return quantity.low if quantity.bound == "=" and quantity.low == quantity.high else None


def rounding_of(value: float) -> float:
    """How far a written number may be from what was measured: 0.5 for 47 and 470, 0.05 for 4.7, 500 for 47,000."""
    digits = f"{abs(value):.10g}"
    if "e" in digits:
        return 0.0
    if "." in digits:
        return 0.5 * 10.0 ** -len(digits.split(".")[1])
    zeros = len(digits) - len(digits.rstrip("0"))
    return 0.5 * 10.0 ** (zeros if zeros >= _ROUND else 0)


def from_and_to(story: Story, figures: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The two figures of "from 40 to 50", in either order, where a sentence has just one such pair."""
    starts = [figure for figure in figures if _word_before(story, figure) == "from"]
    ends = [figure for figure in figures if _word_before(story, figure) == "to"]
    if len(starts) != 1 or len(ends) != 1:
        return None
    start, end = starts[0], ends[0]
    if start.unit != end.unit and start.unit is not None and end.unit is not None:
        return None
    return start, end


def _word_before(story: Story, figure: Quantity) -> str:
    before = folded_words(story.text, Span(max(0, figure.start - 12), figure.start))
    return before[-1] if before and story.text[figure.start - 1 : figure.start].isspace() else ""
