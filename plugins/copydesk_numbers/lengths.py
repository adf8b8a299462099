"""Lengths of time and what comes again: "two years and 3 months", "an hour", "every Monday"."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk_numbers.datewords import factor_of, unit_of
from copydesk_numbers.lexicon import CLASSES, VALUES, in_set
from copydesk_numbers.measures import period_unit
from copydesk_numbers.moments import Moment, length_value
from copydesk_numbers.numerals import Numeral, Value
from copydesk_numbers.tape import Fold, Tape, pattern

_C = CLASSES


class Length(NamedTuple):
    """A length of time.

    Attributes:
        parts: (unit, number), the largest unit first; the number is None where it is vague.
        value, unit: of its first part, as a quantity.
        number: offsets of the number, in the text.
        end: offset of the end of the length.
    """

    parts: tuple[tuple[str, float | None], ...]
    value: Value | tuple[Value | None, Value | None] | None
    unit: str
    number: tuple[int, int]
    end: int

    @property
    def timex(self) -> str:
        """ISO 8601; X for a number that is not said."""
        if any(number is None for _, number in self.parts):
            unit = self.parts[0][0]
            return f"PTX{unit[1:]}" if unit.startswith("T") else f"PX{unit}"
        return length_value([(unit, number) for unit, number in self.parts if number is not None])

    @property
    def offset(self) -> tuple[tuple[str, float], ...] | None:
        """For adding to a date; None where it is vague."""
        if any(number is None for _, number in self.parts):
            return None
        return tuple((unit, number) for unit, number in self.parts if number is not None)


class Rank(NamedTuple):
    """The ordinal of "a second day running": its value, its place and that of what it counts, as offsets."""

    value: int
    unit: str
    number: tuple[int, int]
    counted: tuple[int, int]


class Repeat(NamedTuple):
    """Something that comes again: every two weeks, Mondays, daily, a second day running."""

    timex: str
    rank: Rank | None = None


_LENGTH = pattern("n:amount (more | fewer)? dash? u:(anyperiod | h)")
_ARTICLE = pattern("a u:anyperiod")
_HALF = pattern("(half | fraction | a quarter) (of? a)? u:anyperiod")
_WHOLE = pattern("all (the)? u:period")
_MORE = pattern("(comma? and | comma)? n:amount dash? u:anyperiod")
_AND_HALF = pattern("and a? (half | quarter)")
_AMOUNT = in_set("amount")
_RATE_BEFORE = _AMOUNT | {_C["money_number"], _C["times"], _C["once"], _C["percent"], _C["multiplier"]}
_MONEY_WORDS = frozenset(
    [
        "dollars",
        "euros",
        "pounds",
        "yen",
        "cents",
        "rupees",
        "percent",
        "cent",
        "miles",
        "kilometers",
        "feet",
        "meters",
        "tons",
        "tonnes",
        "barrels",
        "gallons",
        "people",
        "share",
        "times",
        "litres",
        "liters",
        "tonne",
        "million",
        "billion",
        "metres",
        "kilometres",
    ]
)
_ONE_OF = ("D", "W", "M", "Y")


def _part(unit_word: str, number: float | None) -> tuple[str, float | None]:
    unit, factor = unit_of(unit_word), factor_of(unit_word)
    if unit == "Q":
        unit, factor = "M", 3
    if number is None:
        return unit, None
    scaled = number * factor
    return unit, int(scaled) if float(scaled).is_integer() else scaled


def read_length(tape: Tape, at: int) -> Fold | None:
    """The length of time that begins at word `at`."""
    classes, things = tape.classes, tape.things
    match = _LENGTH.match(classes, at)
    number: float | None
    value: Value | tuple[Value | None, Value | None] | None
    if match is not None:
        n = match.start("n")
        u = match.start("u")
        thing = things[n]
        if classes[u] == _C["second"] and not (u > n and thing is not None):
            return None
        if not isinstance(thing, Numeral):
            return None
        if classes[n] == _C["spoken_year"] or (
            classes[n] == _C["year"] and tape.words[u] in ("day", "night", "year", "week")
        ):
            return None
        if thing.kind == "vague" and thing.value is None:
            number, value = None, (thing.low, thing.high) if thing.low is not None else None
        else:
            number = value = thing.value
        number_span = (tape.starts[n], tape.ends[n])
        last = match.end()
    else:
        article = _ARTICLE.match(classes, at) or _HALF.match(classes, at) or _WHOLE.match(classes, at)
        if article is None:
            return None
        u = article.start("u")
        if classes[at] == _C["a"] and u == at + 1 and not _may_be_one(tape, at, u):
            return None
        number = value = 1
        if isinstance(things[at], Numeral):
            number = value = things[at].value
        elif tape.words[at + 1] == "quarter" and u > at + 1:
            number = value = 0.25
        if classes[at] == _C["all"] and tape.words[u].endswith("s"):
            return None
        number_span = (tape.starts[at], tape.ends[at])
        last = article.end()
    word = tape.words[u]
    if (
        word == "quarter"
        and match is not None
        and isinstance(things[match.start("n")], Numeral)
        and things[match.start("n")].kind == "fraction"
    ):
        return None
    unit = period_unit(word)
    if unit == "quarter" and isinstance(value, int | float):
        unit, value = "month", value * 3  # pint has no quarter of a year
    parts = [_part(word, number)]
    half = _AND_HALF.match(classes, last)
    if half is not None and number is not None and not _MORE.match(classes, last):
        extra = 0.5 if "half" in tape.words[last : half.end()] else 0.25
        parts[0] = _part(word, number + extra)
        value = number + extra
        last = half.end()
    elif (
        last + 1 < len(tape)
        and classes[last] == _C["and"]
        and isinstance(things[last + 1], Numeral)
        and things[last + 1].kind == "fraction"
    ):
        follows = classes[last + 2] if last + 2 < len(tape) else ""
        fraction = things[last + 1].value
        if number is not None and fraction is not None and follows not in in_set("anyperiod") and follows != _C["of"]:
            parts[0] = _part(word, number + fraction)
            value, last = number + fraction, last + 2
    while (more := _MORE.match(classes, last)) is not None:
        thing = things[more.start("n")]
        unit_word = tape.words[more.start("u")]
        if not isinstance(thing, Numeral) or thing.value is None or parts[-1][1] is None:
            break
        part = _part(unit_word, thing.value)
        if _ORDER.find(part[0]) <= _ORDER.find(parts[-1][0]) or part[0] == "WE":
            break
        parts.append(part)
        last = more.end()
    if last < len(tape) and _is_age(tape, last):
        return None
    if last < len(tape) and classes[last] == _C["of"] and last + 1 < len(tape) and classes[last + 1] == _C["age"]:
        return None
    return Fold(at, last, "duration", Length(tuple(parts), value, unit, number_span, tape.ends[last - 1]))


_ORDER = "Y M W D TH TM TS"


def _is_age(tape: Tape, last: int) -> bool:
    k = last + 1 if tape.classes[last] == _C["dash"] and last + 1 < len(tape) else last
    return tape.classes[k] == _C["old"] or tape.words[k] == "olds"


def _may_be_one(tape: Tape, at: int, u: int) -> bool:
    """Whether "an hour" is a length; in "$5 an hour", "twice a day" it is a rate."""
    word = tape.words[u]
    if word.endswith("s") or tape.classes[u] in (_C["quarter"], _C["second"], _C["quarters"]):
        return False
    if at == 0:
        return True
    before = tape.words[at - 1]
    if tape.classes[at - 1] in _RATE_BEFORE or before in _MONEY_WORDS:
        return False
    return word not in ("night", "weekend", "day") or before in _BEFORE_DAY or _joined(tape, u + 1)


_BEFORE_DAY = frozenset(
    [
        "for",
        "in",
        "within",
        "about",
        "lasted",
        "lasts",
        "last",
        "over",
        "than",
        "of",
        "after",
        "nearly",
        "almost",
        "under",
        "just",
    ]
)


def _joined(tape: Tape, at: int) -> bool:
    return at >= len(tape) or tape.classes[at] in (
        _C["and"],
        _C["ago"],
        _C["later"],
        _C["from"],
        _C["hence"],
        _C["starting"],
        _C["earlier"],
        _C["before"],
        _C["after"],
        _C["break"],
        _C["back"],
    )


_EVERY = pattern(
    "every (other:other)? ((n:amount | n2:ordinal_day)? u:(period | daypart | quarter) | w:anyday | season:season | m:anymonth) (dayp:daypart)?"
)
_ADVERB = pattern("o:often")
_PLURAL_DAY = pattern("(w:weekdays (part2:daypart)? | w1:anyday parts:(dayparts | period))")
_RATE = pattern("(one:once | n:multiplier | x:amount times | single:(word12 | to12)) (a | per | every) u:period")


def read_repeat(tape: Tape, at: int) -> Fold | None:
    """What comes again, where it begins at word `at`."""
    classes = tape.classes
    match = _EVERY.match(classes, at)
    if match is not None:
        return Fold(at, match.end(), "repeat", Repeat(_every(tape, match)))
    match = _ADVERB.match(classes, at)
    if match is not None:
        if at > 1 and tape.glued(at) and tape.words[at - 1] == "-" and tape.words[at - 2] in ("semi", "bi"):
            return Fold(
                at - 2,
                at + 1,
                "repeat",
                Repeat({"semi": "P0.5Y", "bi": _DOUBLE.get(VALUES[tape.words[at]], "P2M")}[tape.words[at - 2]]),
            )
        return Fold(at, match.end(), "repeat", Repeat(VALUES[tape.words[at]]))
    match = _PLURAL_DAY.match(classes, at)
    if match is not None:
        name = "w" if match["w"] is not None else "w1"
        if match["parts"] is not None and tape.words[match.start("parts")] not in (
            "nights",
            "mornings",
            "afternoons",
            "evenings",
        ):
            return None
        day = VALUES[tape.words[match.start(name)]]
        part = next(
            (_part_of_day(tape.words[match.start(k)]) for k in ("part2", "parts") if match[k] is not None), None
        )
        return Fold(at, match.end(), "repeat", Repeat(f"XXXX-WXX-{day}" + (f"T{part}" if part else "")))
    match = _RATE.match(classes, at)
    if match is not None and (match["single"] is None or tape.words[at] == "one"):
        word = tape.words[match.start("u")]
        if word.endswith("s"):
            return None
        times: float = 1
        if match["n"] is not None:
            times = VALUES[tape.words[at]]
        elif match["x"] is not None:
            thing = tape.things[at]
            times = thing.value if isinstance(thing, Numeral) and thing.value else 1
        unit, number = _part(word, 1)
        return Fold(at, match.end(), "repeat", Repeat(length_value([(unit, float(number or 1))]))) if times else None
    return None


def _part_of_day(word: str) -> str:
    return "NI" if word.startswith("night") else str(VALUES[word])


_DOUBLE = {"P1W": "P2W", "P1M": "P2M", "P1Y": "P2Y"}


def _every(tape: Tape, match: re.Match[str]) -> str:
    if match["w"] is not None:
        part = f"T{VALUES[tape.words[match.start('dayp')]]}" if match["dayp"] is not None else ""
        return f"XXXX-WXX-{VALUES[tape.words[match.start('w')]]}{part}"
    if match["season"] is not None:
        return f"XXXX-{VALUES[tape.words[match.start('season')]]}"
    if match["m"] is not None:
        return f"XXXX-{VALUES[tape.words[match.start('m')]]:02}"
    u = match.start("u")
    word = tape.words[u]
    if tape.classes[u] == _C["daypart"]:
        return f"T{VALUES[word]}"
    if word == "night":
        return "TNI"
    number: float = 2 if match["other"] is not None else 1
    for name in ("n", "n2"):
        if match[name] is not None:
            thing = tape.things[match.start(name)]
            if isinstance(thing, Numeral) and thing.value is not None:
                number = thing.value
    if word == "weekend" and number == 1:
        return "XXXX-WXX-WE"
    unit, scaled = _part(word, number)
    return length_value([(unit, float(scaled or 1))])


def moment_of_repeat(repeat: Repeat, clock: str) -> Repeat:
    """As in "every Monday" with "at 4pm"; "every day at 4pm" is a time that comes again."""
    if repeat.timex.startswith(("XXXX-WXX", "XXXX")) and "T" not in repeat.timex:
        return Repeat(repeat.timex + clock)
    return Repeat(clock)


__all__ = ["Length", "Moment", "Repeat", "moment_of_repeat", "read_length", "read_repeat"]
