"""Dates by their distance from now: tomorrow, next week, last Friday, this afternoon, recently."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Fold, Tape
from copydesk_numbers.times.datewords import PERIODS, factor_of, is_night, is_plural, unit_of
from copydesk_numbers.times.moments import Moment
from copydesk_numbers.times.rules import date_maker, has, maker

_C = CLASSES
_MONTH_OR_WORD, _DAY_OR_WORD = _C["month_or_word"], _C["weekday_or_word"]
_DAYS, _MONTHS = in_set("anyday"), in_set("anymonth")
_DECADE = 10
_WEEKEND = "WE"
_OPENERS = frozenset((_C["as"], _C["that"]))
_QUOTES = frozenset("'\"\u2018\u2019\u201c\u201d")


@date_maker
def day_relative(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Yesterday, the day after tomorrow"""
    r = match.start("r")
    if tape.written(r, r + 1)[:1].isupper() and _inside_sentence(tape, r):
        return None  # "the Today show"
    shift = tape.value(r)
    if has(match, "n"):
        shift += 1 if tape.classes[match.start("n")] == _C["after"] else -1
    return Moment(unit="D", shift=shift)


def _inside_sentence(tape: Tape, at: int) -> bool:
    """Whether a word in small letters or an article stands right before, or it is all that a quotation has."""
    if at and at + 1 < len(tape.words) and tape.words[at - 1] in _QUOTES and tape.words[at + 1] in _QUOTES:
        return True
    return at > 0 and (tape.class_at(at - 1) == _C["the"] or tape.written(at - 1, at)[:1].islower())


@date_maker
def tonight(_tape: Tape, _match: re.Match[str]) -> Moment | None:
    """Tonight"""
    return Moment(unit="D", shift=0, part="NI")


@date_maker
def edge_word(tape: Tape, match: re.Match[str]) -> Moment | None:
    """EOY: the end of this year"""
    return Moment(unit=tape.value(match.start()), shift=0)


@date_maker
def reference(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Recently, currently: some past or present moment"""
    return Moment(fixed=tape.value(match.start()))


@date_maker
def past_reference(tape: Tape, match: re.Match[str]) -> Moment | None:
    """In recent weeks; "Earlier" that opens a sentence"""
    if has(match, "u"):
        return Moment(fixed="PAST_REF") if is_plural(tape, match.start("u")) else None
    at = match.start()
    return Moment(fixed="PAST_REF") if tape.written(at, at + 1)[:1].isupper() else None


@date_maker
def now(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Now, at present; not the end of a name, as in Liberty Now"""
    at = match.start()
    if tape.class_at(at - 1) == _C["plain"] and all(tape.written(k, k + 1).istitle() for k in (at - 1, at)):
        return None
    return Moment(fixed="PRESENT_REF")


@date_maker
def after_next(tape: Tape, match: re.Match[str]) -> Moment | None:
    """The week after next, Friday after next"""
    u = match.start("u")
    if tape.value(match.start("n")) != 1 or is_plural(tape, u) or tape.classes[u] in _MONTHS:
        return None
    if tape.classes[u] in _DAYS:
        return Moment(unit="W", shift=1, weekday=int(tape.value(u)))
    return Moment(unit=unit_of(tape, u), shift=2) if factor_of(tape, u) == 1 else None


@maker
def the_weekend(tape: Tape, match: re.Match[str]) -> Fold | None:
    """Over the weekend: the last or the coming one"""
    u = match.start("u")
    weekend = unit_of(tape, u) == _WEEKEND and not is_plural(tape, u)
    if not weekend or not tape.is_in(match.start() - 1, "before_stretches"):
        return None
    return Fold(u, match.end(), "date", Moment(unit=_WEEKEND, shift=0))


@date_maker
def that_time(tape: Tape, match: re.Match[str]) -> Moment | None:
    """That year, that night: the one that the story spoke of last; not "he noted that Sunday is free"."""
    u = match.start("u")
    said = tape.is_in(match.start() - 1, "speech_verbs") or tape.words[match.start() - 1].endswith(
        tape.language.past_endings
    )
    if tape.classes[u] in _DAYS and (said or tape.class_at(u + 1) == _C["quote"]):
        return None
    if tape.classes[u] in (_C["second"], _C["quarter"], _C["quarters"]) or is_plural(tape, u):
        return None
    if tape.classes[u] in _DAYS:
        return Moment(unit="W", shift=0, weekday=int(tape.value(u)), story=True)
    if tape.classes[u] in _MONTHS:
        capital = tape.written(u, u + 1)[:1].isupper()
        return Moment(month=int(tape.value(u)), unit="MONTH", story=True) if capital else None
    part = "NI" if is_night(tape, u) else tape.value(u) if tape.classes[u] == _C["daypart"] else None
    if part is not None:
        return Moment(unit="D", shift=0, part=part, story=True)
    if factor_of(tape, u) != 1 or unit_of(tape, u).startswith("T"):
        return None
    return Moment(unit=unit_of(tape, u), shift=0, story=True)


@date_maker
def shifted(tape: Tape, match: re.Match[str]) -> Moment | None:
    """Next week, last month, this afternoon, last Friday, the previous year"""
    if tape.is_in(match.start() - 1, "owners") and tape.classes[match.start("u")] in PERIODS:
        return None  # "his last year in office"
    s = match.start("s")
    quoted = s > 0 and tape.words[s - 1] in _QUOTES and tape.classes[match.start("u")] in PERIODS
    if quoted and tape.written(match.start("u"), match.end())[:1].isupper():
        return None  # the show "This Week"
    if (
        tape.classes[match.start("u")] in PERIODS
        and tape.written(s, match.end()).istitle()
        and _inside_sentence(tape, s)
    ):
        return None  # "told ABC's This Week"
    the = tape.class_at(match.start() - 1) == _C["the"] and tape.classes[match.start("u")] in PERIODS
    clause = tape.is_in(s, "last_words") and tape.is_in(match.end(), "subjects")
    if the and (clause or (tape.is_in(s, "same") and tape.class_at(match.end()) in _OPENERS)):
        return None  # "the last day I was ill", "the same day as the vote"
    if the and tape.is_in(s, "last_words") and _is_of_something(tape, match.end()):
        return None  # "the last year of his term"
    leads = tape.class_at(match.end()) == _C["quote"] and tape.written(s, s + 1).istitle()
    if leads and tape.classes[match.start("u")] in _DAYS and tape.is_in(s, "story_shifts"):
        return None  # "Following Wednesday's leak"
    moment = _shifted(tape, match)
    return replace(moment, last=True) if moment is not None and tape.is_in(s, "last_words") else moment


def _is_of_something(tape: Tape, at: int) -> bool:
    """Whether "of" and a noun with an article or owner follow: "of his term", "of the month"; not "of May"."""
    noun = tape.class_at(at + 2) == _C["plain"] or tape.class_at(at + 2) in PERIODS
    return tape.class_at(at) == _C["of"] and tape.is_in(at + 1, "possessives") and noun


def _shifted(tape: Tape, match: re.Match[str]) -> Moment | None:
    s, u = match.start("s"), match.start("u")
    shift = tape.value(s)
    char = tape.classes[u]
    if tape.is_in(s, "same") and char not in PERIODS:
        return None
    if is_plural(tape, u) and is_night(tape, u):
        return None
    if char == _C["daypart"] or is_night(tape, u):
        part = tape.value(u) if char == _C["daypart"] else "NI"
        return Moment(unit="D", shift=shift, part=part, story=tape.is_in(s, "same"))
    if char in _DAYS:
        return _shifted_day(tape, s, u)
    if char in _MONTHS:
        return _shifted_month(tape, s, u)
    if char == _C["season"]:
        return Moment(season=tape.value(u), unit="SEASON", shift=shift)
    if char == _C["second"] or is_plural(tape, u):
        return None
    if has(match, "f"):
        return Moment(unit="Y", shift=shift, prefix=tape.language.map("years_of").get(tape.words[match.start("f")], ""))
    factor, unit = factor_of(tape, u), unit_of(tape, u)
    if unit == "Y" and factor > 1:
        return Moment(unit="DECADE" if factor == _DECADE else "CENTURY", shift=shift)
    if factor != 1:
        return None
    if unit == "WE" and shift > 0 and tape.is_in(s, "nearest_shifts"):
        return Moment(unit=unit, shift=0)  # "the coming weekend" is the one of this week
    return Moment(unit=unit, shift=shift, story=tape.is_in(s, "story_shifts") or _follows_article(tape, match, s))


def _follows_article(tape: Tape, match: re.Match[str], s: int) -> bool:
    """Whether it is "the next day", which counts from the story's time; "next day" counts from now."""
    return tape.class_at(match.start() - 1) == _C["the"] and tape.is_in(s, "story_shifts_with_article")


def _shifted_day(tape: Tape, s: int, u: int) -> Moment | None:
    shift, day = tape.value(s), int(tape.value(u))
    lower = tape.classes[u] == _DAY_OR_WORD and tape.written(u, u + 1).islower()
    if lower and not tape.is_in(s, "before_days"):
        return None
    if tape.is_in(s, "nearest_shifts"):
        return Moment(weekday=day, unit="NEAR", shift=shift or 1)
    return Moment(unit="W", shift=shift, weekday=day)


def _shifted_month(tape: Tape, s: int, u: int) -> Moment | None:
    lower = tape.classes[u] == _MONTH_OR_WORD and tape.written(u, u + 1).islower()
    if lower and (tape.is_in(u, "modal_months") or tape.class_at(u + 1) == _C["plain"]):
        return None
    return Moment(month=int(tape.value(u)), unit="MONTH", shift=tape.value(s))
