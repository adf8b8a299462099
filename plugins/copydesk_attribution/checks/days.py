"""606 and 608: weekdays against dates, and one event on two days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from copydesk import Finding, Section, Span, TimeExpression
from copydesk_attribution.rule import StoryCheck, note
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import folded_words
from copydesk_attribution.wordlists import rows, split, words

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"\b(Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b")
_DATE = re.compile(r"(\d{4}|XXXX)-(\d{2})-(\d{2})")
_ONLY_WEEKDAY = re.compile(r"(?:XXXX-WXX|\d{4}-W\d\d)-([1-7])")
_BETWEEN = re.compile(r",? ?\(?(?:the )?")
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class _Dated(NamedTuple):
    """A weekday and the date that stands with it; the year is None where nothing gives it."""

    where: Span
    weekday: int
    year: int | None
    month: int
    day: int


class WeekdayMismatch(StoryCheck):
    """A weekday and a date that do not belong together: "Tuesday, March 3, 2016".

    It reports a date with the name of a weekday before it, in the dateline too, when that date was another day of the week. The year is the
    date's own, or that of the document. Without a year, two such dates of the story that cannot both be right
    are reported.

    ## Why

    One of the two is wrong, and readers turn up on the wrong day. No correction is suggested, since either may be.

    ## Reported

    > The council meets on Tuesday, March 3, 2016.

    (A Thursday.)

    ## Not reported

    > The council meets on Thursday, March 3, 2016.
    """

    code = "ATT606"
    name = "weekday-mismatch"
    severity = "error"
    maturity = "stable"
    requires = (TimeExpression, Section)
    in_credits = True

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Each date with a wrong weekday."""
        dated = list(_dated(story))
        open_dates = []
        for one in dated:
            if one.year is None:
                open_dates.append(one)
                continue
            try:
                actual = date(one.year, one.month, one.day)
            except ValueError:
                continue
            if actual.weekday() != one.weekday:
                named = f"{actual:%B} {actual.day}, {actual.year}"
                yield self.finding(one.where, f"{named} is a {actual:%A}, not a {_DAYS[one.weekday].title()}.")
        for earlier, later in pairwise(open_dates):
            apart = _ordinal(later) - _ordinal(earlier)
            if (later.weekday - earlier.weekday - apart) % 7:
                yield self.finding(
                    later.where,
                    f"“{story.text[later.where.start : later.where.end]}” cannot be in one year with "
                    f"“{story.text[earlier.where.start : earlier.where.end]}”.",
                    evidence=[note(earlier.where, "the other date")],
                )


def _ordinal(one: _Dated) -> int:
    return sum(_MONTH_DAYS[: one.month - 1]) + one.day


def _dated(story: Story) -> Iterator[_Dated]:
    """The dates of headline and body that have a weekday right before them."""
    times = [time for time in story.document[TimeExpression] if story.is_checked(time) or story.in_credits(time)]
    for place, time in enumerate(times):
        match = _DATE.match(time.timex)
        if match is None or "/" in time.timex:
            continue
        where = time.span
        weekday = _WEEKDAY.match(story.text, where.start, where.end)
        if weekday is None and place:
            before = times[place - 1]
            if _BETWEEN.fullmatch(story.text[before.end : where.start]):
                weekday = _WEEKDAY.fullmatch(story.text, before.start, before.end)
                where = Span(before.start, where.end)
        if weekday is None or not re.search(r"\d", story.text[where.start : where.end]):
            continue
        number = next(n for n, day in enumerate(_DAYS) if day.startswith(weekday[1].casefold()[:3]))
        year = int(match[1]) if match[1].isdigit() else None
        if year is not None and match[1] not in story.text[where.start : where.end]:
            year = story.year  # a year that was guessed from the weekday itself proves nothing
        if 1 <= int(match[2]) <= len(_MONTH_DAYS):
            yield _Dated(where, number, year, int(match[2]), int(match[3]))


class EventOnTwoDays(StoryCheck):
    """One event happens on two days: the fire began on Monday here, on Tuesday there.

    It reports the later of two weekdays, or dates, that stand with one verb of the same subject and object in the past, and
    one that stands with a noun for what the story tells with another day.

    ## Why

    One of the two is wrong; times are typed from memory more often than any other fact.

    ## Reported

    > The fire began on Monday. … The fire began on Tuesday in a kitchen.

    > The court ruled on Friday. … He called Thursday's decision a blow.

    ## Not reported

    > Lee met Ray on Monday. … Lee met Hill on Tuesday.

    > The fire began on Monday. Another fire began on Tuesday.

    Verbs of what people do every day (say, meet, go) are passed over, but for what is done to one thing ("the attack was
    launched").
    """

    code = "ATT608"
    name = "event-on-two-days"
    severity = "warning"
    maturity = "stable"
    requires = (TimeExpression, Section)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """The later of two such days."""
        if story.tags is None or story.deps is None:
            return
        seen: dict[tuple[str, ...], TimeExpression] = {}
        for time in story.document[TimeExpression]:
            if not story.in_narration(time) or _day_of(time) is None:
                continue
            event = event_of(story, time)
            if event is None:
                continue
            earlier = seen.setdefault(event, time)
            if _kind_of(earlier) == _kind_of(time) and _day_of(earlier) != _day_of(time):
                here, there = story.text[time.start : time.end], story.text[earlier.start : earlier.end]
                yield self.finding(
                    time,
                    f"“{here}” here, but “{there}” before, for what seems to be one event.",
                    evidence=[note(earlier, "the other day")],
                )
        yield from self._taken_up(story)

    def _taken_up(self, story: Story) -> Iterator[Finding]:
        """Days of an event that a noun takes up: the court "ruled Friday", and then "Thursday's decision"."""
        told: dict[str, list[TimeExpression]] = {}
        named: list[tuple[str, TimeExpression]] = []
        for time in story.document[TimeExpression]:
            if not story.in_narration(time) or _day_of(time) is None:
                continue
            if match := _POSSESSED.match(story.text, time.end):
                if match[1] in event_nouns():
                    named.append((match[1], time))
            elif (verb := _verb_of(story, time)) is not None:
                told.setdefault(story.document.parse.lower[verb], []).append(time)
        for noun, time in named:
            days = [
                one for verb in event_nouns()[noun] for one in told.get(verb, ()) if _kind_of(one) == _kind_of(time)
            ]
            if days and all(_day_of(one) != _day_of(time) for one in days) and len({_day_of(one) for one in days}) == 1:
                here, there = story.text[time.start : time.end], story.text[days[0].start : days[0].end]
                yield self.finding(
                    time,
                    f"“{here}’s {noun}” here, but “{there}” before, for what seems to be one event.",
                    evidence=[note(days[0], "the other day")],
                )


_POSSESSED = re.compile(r"['’]s ([a-z]+)\b")


@cache
def event_nouns() -> Mapping[str, Sequence[str]]:
    """What happens once, and the verbs that tell it."""
    return {row["noun"]: split(row["verbs"]) for row in rows("event_nouns")}


def _day_of(time: TimeExpression) -> str | None:
    """The weekday, or the date without the year, that a time names."""
    if match := _ONLY_WEEKDAY.fullmatch(time.timex):
        return match[1]
    match = _DATE.fullmatch(time.timex)
    return f"{match[2]}-{match[3]}" if match else None


def _kind_of(time: TimeExpression) -> bool:
    return _ONLY_WEEKDAY.fullmatch(time.timex) is not None


_OTHER = frozenset({"another", "second", "other", "third", "new", "first"})
_PASSIVE_SUBJECTS = ("nsubj:pass", "nsubjpass")
_SUBJECTS = ("nsubj", *_PASSIVE_SUBJECTS)
_OBJECTS = ("obj", "dobj")


def event_of(story: Story, time: TimeExpression) -> tuple[str, ...] | None:
    """What happens at a time: its verb, who does it and what it is done to; None where that is not clear."""
    parse = story.document.parse
    token = _verb_of(story, time)
    if token is None or story.tags is None or story.deps is None:
        return None
    near = range(max(0, token - _REACH), min(len(story.tags), token + _REACH))
    own = [place for place in near if parse.heads[place] == token and place != token]
    subjects = [_meant(story, place) for place in own if story.deps[place] in _SUBJECTS]
    objects = [_meant(story, place) for place in own if story.deps[place] in _OBJECTS]
    if len(subjects) != 1 or subjects[0] is None or None in objects:
        return None
    if parse.lower[token] in words("everyday_verbs") and not _is_done_once(story, own, subjects[0]):
        return None
    return (parse.lower[token], subjects[0], *(one for one in objects if one is not None))


_MOST_STEPS, _REACH = 6, 25


def _verb_of(story: Story, time: TimeExpression) -> int | None:
    """The verb in the past with which a time stands."""
    parse = story.document.parse
    tokens = parse.tokens(time)
    if not len(tokens) or story.tags is None:
        return None
    token = tokens[0]
    for _ in range(_MOST_STEPS):
        if story.tags[token].startswith("V"):
            break
        if parse.heads[token] == token:
            return None
        token = parse.heads[token]
    return token if story.tags[token] in ("VBD", "VBN") else None


def _is_done_once(story: Story, own: Sequence[int], subject: str) -> bool:
    """Whether it is done to one thing: "the attack was launched" happens once, "Lee launched" and "it launched" may not."""
    deps = {story.deps[place] for place in own} if story.deps is not None else set()
    return not deps.isdisjoint(_PASSIVE_SUBJECTS) and subject.isalpha()


def _meant(story: Story, token: int) -> str | None:
    """Whom a noun means: the entity, or "the" and the noun; None for a pronoun, a plural or something new."""
    parse = story.document.parse
    where = Span(int(parse.starts[token]), int(parse.ends[token]))
    named = story.named.overlapping(where)
    if named:
        return named[0].entity
    before = folded_words(story.text, Span(max(0, where.start - 16), where.start))[-2:]
    if story.tags is None or story.tags[token] != "NN":
        return None
    if not {"the", "his", "her", "its"}.intersection(before) or not _OTHER.isdisjoint(before):
        return None
    return parse.lower[token]
