"""What figures count, whose figures they are, and from when."""

from __future__ import annotations

from typing import NamedTuple

from copydesk import Quantity, Quote, Span, TimeExpression, fold
from copydesk_attribution.forms import singular
from copydesk_attribution.story.people import PERSON_LABELS
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import words

_DEAD = frozenset({"dead", "died", "killed", "deaths", "fatalities", "die", "dying"})
_INJURED = frozenset({"injured", "wounded", "injuries", "hurt", "injuring", "wounding"})
_KILLED = frozenset({"killed", "killing"})
_HAVING = frozenset({"has", "had", "have", "with", "employs", "employed", "houses", "serves"})
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
        owned: whether a verb of having says whose they are: it comes back where its owner is named again.
    """

    name: str
    comes_back: bool
    owned: bool = False


def counted_by(story: Story, quantity: Quantity) -> Counted | None:
    """What a figure counts, where that can be compared with another."""
    after = _following(story, quantity)
    before = _preceding(story, quantity)
    people = quantity.counted_head is None or _counts_people(story, quantity)
    if people and not _KILLED.isdisjoint(before[-1:]):
        return Counted("dead", comes_back=True)
    if people and not _INJURED.isdisjoint(before[-1:]):
        return Counted("injured", comes_back=True)
    if not _DEAD.isdisjoint(after):
        return Counted("dead", comes_back=True)
    if not _INJURED.isdisjoint(after):
        return Counted("injured", comes_back=True)
    if quantity.kind == "money":
        return _paid_for(story, quantity)
    if quantity.counted is None or quantity.counted_head is None:
        return None
    head = singular(story.text[quantity.counted_head.start : quantity.counted_head.end])
    if head in words("loose_heads"):
        return None
    before_head = Span(quantity.counted.start, max(quantity.counted.start, quantity.counted_head.start))
    modifiers = [word for word in folded_words(story.text, before_head) if word not in ("the", "of", "its", "their")]
    if modifiers:
        return Counted(" ".join([*modifiers, head]), comes_back=True)
    return Counted(
        head,
        comes_back=_is_definite(story, quantity) and not _is_narrowed(story, quantity.counted),
        owned=not _HAVING.isdisjoint(before) and not _is_narrowed(story, quantity.counted),
    )


def _stretch(story: Story, quantity: Quantity) -> Span | None:
    """The sentence of a figure, or its headline."""
    found = story.sentence(quantity)
    return found or next((headline for headline in story.headlines if headline.contains(quantity)), None)


def _counts_people(story: Story, quantity: Quantity) -> bool:
    head = quantity.counted_head
    return head is not None and story.text[head.start : head.end].casefold() in words("people_words")


def _preceding(story: Story, quantity: Quantity) -> list[str]:
    """The two words before a figure, in its sentence."""
    sentence = _stretch(story, quantity)
    start = max(quantity.start - 24, sentence.start if sentence else 0)
    return folded_words(story.text, Span(start, quantity.start))[-2:]


def _paid_for(story: Story, quantity: Quantity) -> Counted | None:
    """The noun right after an amount of money: "the $4 million grant"."""
    if story.tags is None or story.text[quantity.end : quantity.end + 1] != " ":
        return None
    tokens = story.document.parse.tokens(Span(quantity.end + 1, min(len(story.text), quantity.end + 2)))
    if not len(tokens) or story.tags[tokens[0]] != "NN":
        return None
    return Counted(f"money {story.document.parse.lower[tokens[0]]}", comes_back=_is_definite(story, quantity))


def _following(story: Story, quantity: Quantity) -> list[str]:
    """The words right after the figure and what it counts, to the end of the clause."""
    sentence = _stretch(story, quantity)
    end = min(quantity.end + _NEAR, sentence.end if sentence else len(story.text))
    stretch = story.text[quantity.number.end : max(end, quantity.number.end)]
    for stop in (",", ";", ":", " and ", " but "):
        stretch = stretch.split(stop, 1)[0]
    return folded_words(stretch, Span(0, len(stretch)))[:5]


def _is_definite(story: Story, quantity: Quantity) -> bool:
    before = folded_words(story.text, Span(max(0, quantity.start - 12), quantity.start))
    return bool(before) and before[-1] in ("the", "all", "these", "those", "that", "this")


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
    """The places and organisations that are named in the sentence of the figure, by entity id; not its sources."""
    sentence = story.sentence(where)
    if sentence is None:
        return frozenset()
    sources = speakers_at(story, where)
    return frozenset(
        entity.entity
        for entity in story.named.within(sentence)
        if entity.label not in PERSON_LABELS and entity.entity not in sources
    )


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
