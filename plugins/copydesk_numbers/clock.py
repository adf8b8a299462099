"""Times of day: 3pm, 15:30, half past seven, noon, in the morning."""

from __future__ import annotations

import re

from copydesk_numbers.lexicon import CLASSES, VALUES
from copydesk_numbers.moments import Moment
from copydesk_numbers.numerals import Numeral
from copydesk_numbers.tape import Fold, Tape, pattern

_C = CLASSES

# One alternation, the longer reading first; a rule's name is the name of its last group.
_CLOCK = pattern(
    """
    h:hour colon m:small (colon s:small)? clock:(ampm?)
    | (half shift | (a? quarter | q1:minute period?) (shift | to | after | before)) ((t:hour12 (oclock? ampm? | colon))
      | clockword) past:()
    | hd:decimal dotted_clock:(ampm)
    | hi:hour12 (oclock | ish)? said:(ampm)
    | hi2:hour12 sharp:(oclock | ish)
    | hi3:hour12 letter:(a | plain)
    | hb:hour12 behind:(in the? daypart)
    | hh:hour h mm:minute? french:()
    | n:integer joined:(ampm)
    | noon:clockword
    | night:(mid period)
    | early:(early | late | later in the? | early in the? | late in the?)? part:daypart
    """
)
_PAST = {"past": 1, "after": 1, "to": -1, "before": -1, "til": -1}
_NOT_GREETED = frozenset({"good", "happy"})


def read_clock(tape: Tape, at: int) -> Fold | None:
    """The time of day that begins at word `at`."""
    match = _CLOCK.match(tape.classes, at)
    if match is None:
        return None
    first, last = match.span()
    rule = match.lastgroup
    moment: Moment | None = None
    if rule in ("clock", "s"):
        moment, last = _digital(tape, match)
    elif rule == "past":
        moment = _spoken(tape, match)
    elif rule == "dotted_clock":
        moment = _dotted(tape.words[first])
    elif rule in ("said", "sharp"):
        hour = _number(tape, match.start("hi" if rule == "said" else "hi2"))
        if tape.words[first + 1] == "ish" and not tape.glued(first + 1):
            return None
        moment = Moment(hour=hour)
    elif rule == "letter":
        after = tape.written(first + 1, last)
        if not tape.glued(first + 1) or after not in ("a", "p", "A", "P"):
            return None
        moment, last = Moment(hour=_number(tape, first)), first + 1
    elif rule == "behind":
        moment, last = Moment(hour=_number(tape, first)), first + 1
    elif rule == "french":
        moment, last = _french(tape, match)
    elif rule == "joined":
        written = tape.words[first]
        if len(written) in (3, 4) and int(written[-2:]) < 60:
            moment = Moment(hour=int(written[:-2]), minute=int(written[-2:]))
    elif rule == "noon":
        moment = Moment(hour=int(VALUES[tape.words[first]]), meridiem=True)
    elif rule == "night":
        if tape.words[first + 1] == "night" and tape.words[first] == "mid":
            moment = Moment(hour=0, meridiem=True)
    elif rule == "part":
        if first > 0 and tape.words[first - 1] in _NOT_GREETED:
            return None
        moment = Moment(part=VALUES[tape.words[last - 1]])
    if moment is None:
        return None
    return with_half_of_day(tape, first, last, moment)


def with_half_of_day(tape: Tape, first: int, last: int, moment: Moment) -> Fold | None:
    """Am and pm, "a" and "p", "in the morning", behind or before a time."""
    n = len(tape)
    word = tape.words[last - 1].replace(" ", "").replace(".", "")
    if word not in ("am", "pm") and last < n and moment.hour is not None and not moment.meridiem:
        follows = tape.words[last].replace(" ", "").replace(".", "")
        if follows in ("am", "pm") or (
            follows in ("a", "p")
            and tape.glued(last)
            and not (last + 1 < n and tape.glued(last + 1) and tape.words[last + 1][:1].isalnum())
        ):
            word, last = follows, last + 1
    if moment.hour is not None and word in ("am", "pm", "a", "p") and last > first + 1:
        moment = half_of_day(moment, afternoon=word[0] == "p")
    elif moment.hour is not None and not moment.meridiem:
        match = _DAYPART_BEHIND.match(tape.classes, last)
        if match is not None:
            part = VALUES.get(tape.words[match.end() - 1], "NI")
            moment = half_of_day(moment, afternoon=part in ("AF", "EV") or (part == "NI" and moment.hour > 5))
            last = match.end()
    if moment.hour is not None and (moment.hour > 24 or (moment.minute or 0) > 59):
        return None
    return Fold(first, last, "time", moment)


_DAYPART_BEHIND = pattern("in the? (daypart | ampm) | early? daypart (?! daypart)| in the? early daypart")


def half_of_day(moment: Moment, *, afternoon: bool) -> Moment:
    """The moment on the 24-hour clock."""
    hour = moment.hour
    if hour is None:
        return moment
    if afternoon and hour < 12:
        hour += 12
    elif not afternoon and hour == 12:
        hour = 0
    return Moment(hour=hour, minute=moment.minute, second=moment.second, meridiem=True)


def _digital(tape: Tape, match: re.Match[str]) -> tuple[Moment | None, int]:
    h, m = match.start("h"), match.start("m")
    if not (tape.glued(h + 1) and tape.glued(m)) or len(tape.words[m]) != 2 or not tape.words[h].isdecimal():
        return None, match.end()
    second, last = None, match.end()
    if match["s"] is not None:
        s = match.start("s")
        if tape.glued(s) and len(tape.words[s]) == 2:
            second = int(tape.words[s])
        else:
            last = m + 1
    hour = int(tape.words[h])
    return Moment(
        hour=hour,
        minute=int(tape.words[m]),
        second=second,
        meridiem=hour > 12,
    ), last


def _dotted(word: str) -> Moment | None:
    hour, _, minute = word.partition(".")
    if not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(hour) < 25 and int(minute) < 60):
        return None
    return Moment(hour=int(hour), minute=int(minute))


def _spoken(tape: Tape, match: re.Match[str]) -> Moment | None:
    first, words = match.start(), tape.words
    link = next((k for k in range(first, match.end()) if words[k] in _PAST), None)
    if link is None:
        return None
    if (
        words[link] == "to"
        and match["q1"] is not None
        and words[link - 1] == words[first]
        and match["t"] is not None
        and (_number(tape, first) or 0) <= 12
    ):
        return None  # "20 to 3" is a range
    if match["q1"] is not None and words[link] in ("after", "before") and match["t"] is None:
        return None
    minutes = (
        30 if words[first] == "half" else 15 if "quarter" in words[first:link] else _number(tape, match.start("q1"))
    )
    if match["q1"] is not None and not words[link - 1].startswith("min") and link != first + 1:
        return None
    if minutes is None:
        return None
    if match["t"] is not None:
        hour = _number(tape, match.start("t"))
        known = False
        if match[0].endswith(_C["colon"]):
            return None
    else:
        hour, known = int(VALUES[words[match.end() - 1]]), True
    if hour is None:
        return None
    total = (hour * 60 + _PAST[words[link]] * minutes) % 1440
    return Moment(hour=total // 60, minute=total % 60, meridiem=known)


def _french(tape: Tape, match: re.Match[str]) -> tuple[Moment | None, int]:
    """15h30"""
    at = match.start() + 1
    if not tape.glued(at) or not tape.words[match.start()].isdecimal():
        return None, match.end()
    if match["mm"] is not None and tape.glued(at + 1) and len(tape.words[at + 1]) == 2:
        return Moment(hour=int(tape.words[at - 1]), minute=int(tape.words[at + 1]), meridiem=True), at + 2
    return Moment(hour=int(tape.words[at - 1]), minute=0, meridiem=True), at + 1


def _number(tape: Tape, at: int) -> int | None:
    thing = tape.things[at]
    return int(thing.value) if isinstance(thing, Numeral) and thing.value is not None else None
