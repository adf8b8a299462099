"""Shares of a whole: "three of the 12 firms, or 40 percent", votes of a council, percentages of one question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk import Quantity, Span
from copydesk_attribution.counting import exact
from copydesk_attribution.rule import note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.sums.amounts import Amount, Slip, amount, plain, shown, written_like
from copydesk_attribution.wordlists import words

_OF = re.compile(r"(?: \w+)? of (?:the |its |their |all |those |his |her |some )*(?:[a-z]+[’']s )?")
_OR = re.compile(r"[^.;:]{0,40}?(?:, or |, | \(|\(| – | — | - )(?:or )?(?:about |roughly |some |just )?")
_MEMBER = re.compile(r"[- ](?:member|seat|person|judge|justice)s?\b")
_FEWEST_MEMBERS = 3
_VOTE = re.compile(r" (?:voted |were |members |votes |delegates )*(?:in favou?r|for|against|yes|no|abstain\w*)\b")
_ROUNDED_POINTS = 2.0
_WHOLE = 100.0
_FRACTION_SLACK = 0.6


def shares(story: Story, figures: Sequence[Quantity], rounding: float) -> Iterator[Slip]:
    """A percentage or number that stands beside a share, and is another share of the whole."""
    for part, whole, stated in zip(figures, figures[1:], figures[2:], strict=False):
        if not _OF.fullmatch(story.text[part.end : whole.start]) or not _OR.fullmatch(
            story.text[_end(whole) : stated.start]
        ):
            continue
        slip = _share(story, part, whole, stated, rounding)
        if slip is not None:
            yield slip


_THAT = re.compile(
    r"\s+of (?:that|it|the total|the sum|the whole)\b[^.;:]{0,40}? (?:is|was|would be|comes to|came to|equals|makes) (?:about |roughly |only )?"
)


def share_of_that(story: Story, number: int, figures: Sequence[Quantity]) -> Iterator[Slip]:
    """A share of the one amount of the sentence before: "A quarter of that is $40,000"."""
    if number == 0:
        return
    paragraph = story.paragraph(story.sentences[number])
    wholes = story.document[Quantity].within(story.sentences[number - 1])
    for part, stated in pairwise(figures):
        if part.kind not in ("percent", "fraction") or not _THAT.fullmatch(story.text[part.end : stated.start]):
            continue
        same = [figure for figure in wholes if (figure.kind, figure.unit) == (stated.kind, stated.unit)]
        if len(same) != 1 or paragraph is None or not paragraph.contains(same[0]):
            continue
        share, whole, said = exact(part), amount(story, same[0]), amount(story, stated)
        if share is None or whole is None or said is None:
            continue
        share = share / _WHOLE if part.kind == "percent" else share
        if abs(share * whole.value - said.value) > said.slack + share * whole.slack + 0.01 * said.value:
            told = (
                f"{shown(story, part)} of {shown(story, same[0])} is {written_like(story, share * whole.value, stated)}"
            )
            evidence = [note(part, "the share"), note(same[0], "of this")]
            yield Slip(stated.span, f"{told}, not {shown(story, stated)}.", evidence)


def _end(figure: Quantity) -> int:
    return max(figure.end, figure.counted.end) if figure.counted is not None else figure.end


def _share(story: Story, part: Quantity, whole: Quantity, stated: Quantity, rounding: float) -> Slip | None:
    one, all_, said = (amount(story, figure) for figure in (part, whole, stated))
    if one is None or all_ is None or said is None or all_.value <= 0:
        return None
    evidence = [note(part, "the share"), note(whole, "of this")]
    if stated.kind == "percent" and part.kind == whole.kind == "cardinal":
        actual = one.value / all_.value * _WHOLE
        if abs(actual - said.value) > rounding + said.slack:
            told = f"{shown(story, part)} of {shown(story, whole)} is {plain(round(actual, 1))} percent"
            return Slip(stated.span, f"{told}, not {plain(said.value)}.", evidence)
    if part.kind in ("percent", "fraction") and stated.kind == whole.kind == "cardinal":
        share = one.value / _WHOLE if part.kind == "percent" else one.value
        slack = (0.5 / _WHOLE if part.kind == "percent" else 0.05 * share) * all_.value + _FRACTION_SLACK
        if abs(share * all_.value - said.value) > slack:
            told = f"{shown(story, part)} of {shown(story, whole)} is {plain(round(share * all_.value))}"
            return Slip(stated.span, f"{told}, not {shown(story, stated)}.", evidence)
    return None


def over_whole(story: Story, figures: Sequence[Quantity]) -> Iterator[Slip]:
    """A part that is larger than the whole: "5,200 of 4,800 voters"."""
    for part, whole in pairwise(figures):
        one, all_ = amount(story, part), amount(story, whole)
        if (
            one is not None
            and all_ is not None
            and part.kind == whole.kind == "cardinal"
            and one.value > all_.value
            and _OF.fullmatch(story.text[part.end : whole.start])
        ):
            yield Slip(
                part.span,
                f"{shown(story, part)} of {shown(story, whole)}: the part is more than the whole.",
                [note(whole, "the whole")],
            )


def over_hundred(story: Story, sentence: Span, figures: Sequence[Quantity]) -> Iterator[Slip]:
    """Percentages of one question that make more than 100."""
    percents = [
        Amount(figure, figure.low, 0.5)
        for figure in figures
        if figure.kind == "percent" and figure.low is not None and figure.bound in ("=", "~")
    ]
    inside = set(folded_words(story.text, Span(_past_base(story, sentence), sentence.end)))
    answered = sum(_is_answer(story, sentence, found) for found in percents)
    if len(percents) < 2 or len(percents) != len([figure for figure in figures if figure.kind == "percent"]):
        return
    if answered == len(percents):
        inside -= _JOINING
    if answered < _FEWEST_ANSWERS or not words("compared_words").isdisjoint(inside):
        return
    bases = sum(_has_base(story, found) for found in percents[1:])
    total = sum(found.value for found in percents)
    if bases or total <= _WHOLE + _ROUNDED_POINTS:
        return
    listed = " + ".join(plain(found.value) for found in percents)
    yield Slip(
        percents[-1].figure.span,
        f"{listed} = {plain(total)} percent: the shares are more than the whole.",
        [note(found.figure, "a share") for found in percents[:-1]],
    )


_JOINING = frozenset({"while", "whereas"})
"""Between answers of which each is one, these compare no groups."""
_BASE = re.compile(r"(?:Among|In|Of) [^,;:%]{3,60}, ")


def _past_base(story: Story, sentence: Span) -> int:
    """Where a sentence begins behind the one group of which all its shares are: "Among likely voters, 46 percent …"."""
    match = _BASE.match(story.text, sentence.start, sentence.end)
    return match.end() if match else sentence.start


def _is_answer(story: Story, sentence: Span, found: Amount) -> bool:
    """Whether it is the share of an answer: "46 percent back it", not "70 percent need support"."""
    after = folded_words(story.text, Span(found.figure.end, min(sentence.end, found.figure.end + 60)))
    before = folded_words(story.text, Span(max(sentence.start, found.figure.start - 30), found.figure.start))
    return not words("answer_words").isdisjoint((*after[:_ANSWER_WITHIN], *before[-2:]))


_FEWEST_ANSWERS, _ANSWER_WITHIN = 2, 4


def _has_base(story: Story, found: Amount) -> bool:
    """Whether it says of whom: "80 percent of Republicans"."""
    after = folded_words(story.text, Span(found.figure.end, min(len(story.text), found.figure.end + 12)))[:1]
    return after in (["of"], ["among"])


def too_many_votes(story: Story) -> Iterator[Slip]:
    """Votes that are more than the body has members, where the story gives one number of members."""
    members = [
        found
        for figure in story.document[Quantity]
        if story.is_checked(figure) and _MEMBER.match(story.text, figure.number.end, figure.number.end + 12)
        if (found := amount(story, figure)) is not None
        and found.value >= _FEWEST_MEMBERS  # "One member voted against it"
    ]
    if len({found.value for found in members}) != 1:
        return
    body = members[0]
    for number, sentence in enumerate(story.sentences):
        folded = story.sentence_words[number].folded
        if "vote" not in folded and "voted" not in folded and "votes" not in folded:
            continue
        cast = _cast(story, sentence)
        total = sum(found.value for found in cast)
        if len(cast) == 2 and total > body.value and not (number and body.value < min(f.value for f in cast) / 2):
            listed = " + ".join(plain(found.value) for found in cast)
            yield Slip(
                Span.hull(*(found.figure.span for found in cast)),
                f"{listed} = {plain(total)} votes, but there are {plain(body.value)} members.",
                [note(body.figure, "the number of members")],
            )


def _cast(story: Story, sentence: Span) -> list[Amount]:
    """The two sides of a vote: "12-9", "12 to 9", "12 for and nine against"."""
    figures = story.document[Quantity].within(sentence)
    for one, other in pairwise(figures):
        between = story.text[one.end : other.start]
        if between in ("-", "–", " to ", "-to-", " - ", " – ") and one.kind == other.kind == "cardinal":
            return [found for figure in (one, other) if (found := amount(story, figure)) is not None]
    sides = [figure for figure in figures if _VOTE.match(story.text, _end(figure), sentence.end)]
    return [found for figure in sides if (found := amount(story, figure)) is not None]
