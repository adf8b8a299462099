"""Totals and their parts, in a sentence and the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk import Quantity, Span
from copydesk_attribution.forms import singular
from copydesk_attribution.rule import note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.sums.amounts import Amount, Slip, amount, same_unit, shown, written_like
from copydesk_attribution.wordlists import words

_OPEN_LISTS = frozenset(
    {"including", "among", "mostly", "mainly", "like", "such", "least", "some", "about", "each", "per", "over", "every"}
)
_TOTAL_BEFORE = re.compile(r"(?:total(?:s|l?ed|l?ing)?(?: of)?|sum of|altogether|combined|in all,?) $", re.IGNORECASE)
_TOTAL_AFTER = re.compile(r" (?:in total|in all|altogether|combined|all told)\b", re.IGNORECASE)
_ADDED = frozenset({"bring", "brings", "bringing", "brought", "since", "to", "now", "so"})
_BETWEEN_PARTS = re.compile(r"[^.;:]*?(?:,| and | plus |, and )[^.;:]*")
_LISTED = re.compile(r"\s*(?:[:,–—-]|\()\s*$")
_ARE = frozenset({"are", "is", "were", "was", "voted", "came", "belong", "will", "died"})
_EQUAL = 1e-6
_MOST_PARTS = 12


def totals(story: Story, number: int, figures: Sequence[Quantity]) -> Iterator[Slip]:
    """A total of a sentence that its parts do not add up to, once.

    Args:
        story: the story.
        number: of the sentence.
        figures: of the sentence.
    """
    sentence = story.sentences[number]
    for find in (_named_total, _after_colon, _people_listed):
        slip = find(story, sentence, figures)
        if slip is not None:
            yield slip
            return
    if number and (slip := _next_sentence(story, number, figures)) is not None:
        yield slip


def _named_total(story: Story, sentence: Span, figures: Sequence[Quantity]) -> Slip | None:
    """A figure that the words call the total, with the figures of its unit that stand in its sentence."""
    named = [figure for figure in figures if _is_total(story, sentence, figure)]
    if len(named) != 1:
        return None
    total = named[0]
    parts = [figure for figure in figures if figure != total and same_unit(figure, total)]
    if total.kind == "percent" or not _same_counted(story, parts):
        return None
    return _compared(story, sentence, total, parts)


def _is_total(story: Story, sentence: Span, figure: Quantity) -> bool:
    before = story.text[max(sentence.start, figure.start - 24) : figure.start]
    after = story.text[figure.end : min(sentence.end, figure.end + 40)]
    if figure.counted is not None and figure.counted.start >= figure.end:
        after = story.text[figure.counted.end : min(sentence.end, figure.counted.end + 20)]
    cumulates = not _ADDED.isdisjoint(folded_words(before, Span(0, len(before)))[-5:-1])
    return (_TOTAL_BEFORE.search(before) is not None and not cumulates) or _TOTAL_AFTER.match(after) is not None


def _same_counted(story: Story, parts: Sequence[Quantity]) -> bool:
    """Whether the parts are money or measures, or count people throughout or one thing throughout."""
    heads = {
        singular(story.text[part.counted_head.start : part.counted_head.end])
        for part in parts
        if part.kind == "cardinal" and part.counted_head is not None
    }
    return len(heads) <= 1 or all(_counts_people(head) for head in heads)


def _counts_people(head: str) -> bool:
    people = words("people_words")
    return head in people or head + "s" in people or head in {"man", "woman", "child", "boy", "girl", "adult", "person"}


def _after_colon(story: Story, sentence: Span, figures: Sequence[Quantity]) -> Slip | None:
    """A count before a colon, and the counts after it."""
    colon = story.text.find(":", sentence.start, sentence.end)
    if colon < 0:
        return None
    wholes = [q for q in figures if q.end <= colon and q.kind == "cardinal" and q.counted is not None]
    parts = [q for q in figures if q.start > colon]
    if len(wholes) != 1 or any(part.kind != "cardinal" for part in parts):
        return None
    heads = [_head(story, figure) for figure in (wholes[0], *parts)]
    if any(head and head != heads[0] and _counts_people(head) != _counts_people(heads[0]) for head in heads[1:]):
        return None  # "three beliefs: that marriage is between one man and one woman"
    return _compared(story, sentence, wholes[0], parts)


def _people_listed(story: Story, sentence: Span, figures: Sequence[Quantity]) -> Slip | None:
    """A number of people, and right after it those of each kind: "12 members, eight men and five women"."""
    for place, whole in enumerate(figures):
        parts = figures[place + 1 :]
        if whole.counted is None or whole.counted_head is None or len(parts) < 2:
            continue
        gap = story.text[max(whole.end, whole.counted.end) : parts[0].start]
        heads = [_head(story, part) for part in (whole, *parts)]
        if _LISTED.fullmatch(gap) and all(head and _counts_people(head) for head in heads[1:]):
            if heads[0] in heads[1:] or not (_counts_people(heads[0]) or heads[0] == "member"):
                return None
            return _compared(story, sentence, whole, parts)
    return None


def _head(story: Story, figure: Quantity) -> str:
    head = figure.counted_head
    return singular(story.text[head.start : head.end]) if head is not None else ""


def _next_sentence(story: Story, number: int, figures: Sequence[Quantity]) -> Slip | None:
    """Counts without a noun that take up the one count of the sentence before: "Seven are men and six are women"."""
    before, sentence = story.sentences[number - 1], story.sentences[number]
    paragraph = story.paragraph(sentence)
    if paragraph is None or not paragraph.contains(before) or len(figures) < 2:
        return None
    wholes = [figure for figure in story.document[Quantity].within(before) if figure.kind == "cardinal"]
    if len(wholes) != 1 or wholes[0].counted is None or story.text[sentence.start : figures[0].start].strip():
        return None
    for figure in figures:
        after = folded_words(story.text, Span(figure.number.end, min(sentence.end, figure.number.end + 12)))[:1]
        if figure.kind != "cardinal" or not after or after[0] not in _ARE:
            return None
    slip = _compared(story, sentence, wholes[0], list(figures))
    closes = not {"rest", "other", "others", "remaining"}.isdisjoint(folded_words(story.text, sentence))
    total, parts = _value(story, wholes[0]), sum(_value(story, figure) for figure in figures)
    return slip if slip is not None and (closes or parts > total) else None


def _value(story: Story, figure: Quantity) -> float:
    found = amount(story, figure)
    return found.value if found else 0.0


def _compared(story: Story, sentence: Span, whole: Quantity, parts: Sequence[Quantity]) -> Slip | None:
    """The slip where the parts, which must form one list, do not add up to the whole."""
    if not 2 <= len(parts) <= _MOST_PARTS or not all(same_unit(part, whole) for part in parts):
        return None
    if not _OPEN_LISTS.isdisjoint(folded_words(story.text, sentence)):
        return None
    if not all(_BETWEEN_PARTS.fullmatch(story.text[a.end : b.start]) for a, b in pairwise(parts)):
        return None
    total = amount(story, whole)
    amounts = [found for part in parts if (found := amount(story, part)) is not None]
    if total is None or len(amounts) != len(parts):
        return None
    return _slip(story, total, amounts)


def _slip(story: Story, total: Amount, parts: Sequence[Amount]) -> Slip | None:
    summed = sum(part.value for part in parts)
    exact = total.figure.kind == "cardinal"
    slack = _EQUAL if exact else total.slack + sum(part.slack for part in parts)
    if abs(summed - total.value) <= slack:
        return None
    listed = " + ".join(shown(story, part.figure) for part in parts)
    return Slip(
        total.figure.span,
        f"{listed} = {written_like(story, summed, total.figure)}, not {shown(story, total.figure)}.",
        [note(part.figure, "a part") for part in parts],
    )
