"""Parts against the whole that they are said to belong to, beyond "of": included parts, and those of a number named first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk import Quantity, Span
from copydesk_attribution.rule import note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.sums.amounts import Amount, Slip, amount, plain, same_unit, shown

_INCLUDED = re.compile(
    r",? (?:including|among them|of which|of whom),?(?: (?:an?|the|only|some|another|nearly|about|\w+ed|record|first|new)){0,3} ?"
)
_FIRST = re.compile(r"\s*(?:But |And )?[Oo]f (?:the|its|his|her|their|those|these|all) ")
_CLAUSE_ENDS = re.compile(r"[;:—]| but | although | though ")
_MORE = frozenset({"more", "additional", "other", "others", "another", "further"})
_SUPERLATIVE = frozenset({"same", "both", "also"})


def included(story: Story, figures: Sequence[Quantity]) -> Iterator[Slip]:
    """A part that is larger than the sum which includes it: "fined $5 million, including a $6 million penalty"."""
    for whole, part in pairwise(figures):
        one, all_ = amount(story, part), amount(story, whole)
        if one is None or all_ is None or not same_unit(part, whole) or one.value <= all_.value:
            continue
        gap = story.text[_end(whole) : part.start]
        tied = part.kind == "money" or part.counted_head is None or _counts_same(story, whole, part)
        if tied and part.kind in ("money", "cardinal") and _INCLUDED.fullmatch(gap):
            yield Slip(
                part.span,
                f"{shown(story, whole)}, including {shown(story, part)}: the part is more than the whole.",
                [note(whole, "the whole")],
            )


def of_number(story: Story, sentence: Span, figures: Sequence[Quantity]) -> Iterator[Slip]:
    """Parts of a number with which a sentence begins that add up to more: "Of the 10 judges, six are … and five are …"."""
    if len(figures) < 3 or not _FIRST.fullmatch(story.text[sentence.start : figures[0].start]):
        return
    whole = amount(story, figures[0])
    parts = [amount(story, figure) for figure in figures[1:]]
    known = [part for part in parts if part is not None and part.figure.kind == "cardinal"]
    words_ = frozenset(folded_words(story.text, sentence))
    if whole is None or figures[0].kind != "cardinal" or len(known) != len(parts):
        return
    if _CLAUSE_ENDS.search(story.text, figures[0].end, sentence.end) or words_ & (_MORE | _SUPERLATIVE):
        return
    if not all(_stands_alone(story, part.figure, whole.figure) for part in known):
        return
    total = sum(part.value for part in known)
    if total > whole.value:
        yield _over(story, whole, known, total)


def _over(story: Story, whole: Amount, parts: Sequence[Amount], total: float) -> Slip:
    listed = " + ".join(shown(story, part.figure) for part in parts)
    return Slip(
        whole.figure.span,
        f"{listed} = {plain(total)}, more than {shown(story, whole.figure)}.",
        [note(part.figure, "a part") for part in parts],
    )


def _stands_alone(story: Story, part: Quantity, whole: Quantity) -> bool:
    """Whether a number counts nothing else than the whole does: "six were", "five by", "six judges"."""
    if part.counted_head is None or _counts_same(story, whole, part):
        return True
    return part.counted_head.start - part.number.end > 1  # "five by Republicans"


def _counts_same(story: Story, one: Quantity, other: Quantity) -> bool:
    heads = [figure.counted_head for figure in (one, other)]
    return all(heads) and len({story.text[head.start : head.end].casefold() for head in heads if head}) == 1


def _end(figure: Quantity) -> int:
    return max(figure.end, figure.counted.end) if figure.counted is not None else figure.end
