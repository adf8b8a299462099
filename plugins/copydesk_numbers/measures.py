"""Measures: one number with its unit, its currency or its sign, as far as it reaches."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk_numbers.lexicon import CLASSES, in_set
from copydesk_numbers.numerals import Numeral, Value, plain_number
from copydesk_numbers.tape import Tape
from copydesk_numbers.units import Unit, UnitReader

_C = CLASSES
NUMERALS = in_set("digits") | {
    _C[name]
    for name in (
        "number", "word12", "word31", "word59", "ordinal", "ordinal_day", "fraction", "vague", "spoken_year", "money_number",
    )
}  # fmt: skip
"""The classes of folded numbers."""


class Measure(NamedTuple):
    """Words `first` to `last` (exclusive): a number and its unit.

    Attributes:
        kind: as in `Quantity`.
        value: None for a vague one; low and high say what it may mean.
        number_first, number_last: the words of the number alone.
        bare: whether the number has neither unit nor scale, so that a range may give it one.
        scale: what its scale words multiply by: 1e6 for "two million".
    """

    first: int
    last: int
    kind: str
    value: Value | None
    unit: str | None
    number_first: int
    number_last: int
    bare: bool = False
    scale: Value = 1
    low: Value | None = None
    high: Value | None = None


_MILLION_LETTERS = {"m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tn": 10**12, "k": 1000, "mm": 10**6}
_LENGTH_WORDS = frozenset(
    [
        "tall",
        "long",
        "high",
        "wide",
        "deep",
        "away",
        "below",
        "above",
        "from",
        "race",
        "sprint",
        "hurdles",
        "freestyle",
        "relay",
    ]
)
_PERCENT_WORDS = frozenset({"percent", "pct", "percentage", "percents", "pc"})
_ANGLE = re.compile(r"\b(?:angle|rotat\w*|turn\w*|tilt\w*|latitude|longitude|north|south|east|west)\b")
TIME_UNIT_NAMES = {
    "millisecond": "millisecond", "sec": "second", "min": "minute", "hr": "hour", "yr": "year", "wk": "week", "qtr": "quarter",
    "night": "day", "fortnight": "fortnight", "workweek": "week", "decade": "decade", "century": "century", "centurie": "century",
    "wkend": "day", "weekend": "day",
}  # fmt: skip


def period_unit(word: str) -> str:
    """Pint's name of a unit of time as written: "hrs" is "hour"."""
    single = word[:-1] if word.endswith("s") and len(word) > 1 else word
    return TIME_UNIT_NAMES.get(single, single)


_PERIODS = in_set("anyperiod")


class MeasureReader:
    """Reads measures from a tape on which numbers are folded.

    Args:
        units: finds units and currencies.
    """

    def __init__(self, units: UnitReader) -> None:
        self._units = units

    def at(self, tape: Tape, index: int) -> Measure | None:
        """The measure whose number is word `index`."""
        numeral: Numeral = tape.things[index]
        if numeral.kind == "ordinal":
            return Measure(index, index + 1, "ordinal", numeral.value, None, index, index + 1)
        value = numeral.value
        money = self._units.money_before(tape, index)
        if money is not None:
            return self._money(tape, index, money, value)
        last, value, scale = self._letters(tape, index, value)
        bare = scale == 1
        scale = max(scale, numeral.scale)
        number_last = last
        kind = "fraction" if numeral.kind == "fraction" else "cardinal"
        plain = Measure(
            index,
            last,
            kind,
            value,
            None,
            index,
            number_last,
            bare=True,
            scale=scale,
            low=numeral.low,
            high=numeral.high,
        )
        after = last
        n = len(tape)
        if after >= n:
            return plain
        if (
            tape.classes[after] == _C["dash"]
            and after + 1 < n
            and tape.starts[after + 1] - tape.ends[after] <= 1
            and (tape.glued(after) == tape.glued(after + 1))
        ):
            after += 1
        elif tape.words[after] in ("(", "[", "{", "<"):
            return self._bracketed(tape, after, plain) or plain
        elif tape.glued(after) and tape.words[after][:1].isalpha() and not self._known_suffix(tape, after):
            return None if tape.classes[index] not in (_C["number"], _C["fraction"]) else plain
        return self._suffixed(tape, after, last, plain, bare=bare) or plain

    def _known_suffix(self, tape: Tape, after: int) -> bool:
        """Whether letters that stick to digits mean something; if not, it is a code: 24703L202, 747x."""
        return (
            self._units.unit_at(tape, after) is not None
            or self._units.money_after(tape, after) is not None
            or tape.classes[after] in _PERIODS
            or tape.words[after] in _PERCENT_WORDS
            or tape.words[after] in ("yo", "s", "plus", "c")
            or (tape.words[after] == "x" and not (after + 1 < len(tape) and tape.glued(after + 1)))
        )

    def _suffixed(self, tape: Tape, after: int, last: int, plain: Measure, *, bare: bool) -> Measure | None:
        """What the word behind a number makes of it."""
        classes, words = tape.classes, tape.words
        hyphen = after > last
        percent = self._percent(tape, after)
        if percent is not None:
            return plain._replace(last=percent[0], kind="percent", unit=percent[1], bare=False)
        currency = self._units.money_after(tape, after)
        if currency is not None:
            return self._with_currency(tape, plain, currency)
        age = self._age(tape, after)
        if age is not None:
            return plain._replace(last=age[0], kind="age", unit=age[1], bare=False)
        if classes[after] in _PERIODS and not (hyphen and classes[after] == _C["quarter"]):
            return plain._replace(last=after + 1, kind="quantity", unit=period_unit(words[after]), bare=False)
        if words[after] == "in" and not hyphen:
            return self._inches(tape, after, plain)
        below = self._below_zero(tape, after, plain)
        if below is not None:
            return below
        temperature = self._letter_temperature(tape, after, plain)
        if temperature is not None:
            return temperature
        unit = self._units.unit_at(tape, after)
        if unit is None or (unit.name == "metric_ton" and words[after] == "t" and not tape.glued(after)):
            return None
        if unit.last < len(tape) and tape.glued(unit.last) and _continues_code(tape, unit.last):
            return None
        if unit.kind == "temperature":
            return self._temperature(tape, plain, unit)
        if unit.name in ("turn", "bar", "stone", "mole", "gray", "cup", "dram") and not bare and not hyphen:
            return None
        if words[after] == "pound" or words[after] == "pounds":
            unit = unit._replace(name="pound")
        made = plain._replace(last=unit.last, kind="quantity", unit=unit.name, bare=False)
        return self._with_smaller(tape, made)

    @staticmethod
    def _letters(tape: Tape, index: int, value: Value | None) -> tuple[int, Value | None, Value]:
        """As in "10m people": a letter that multiplies, where what follows shows that it is no metre."""
        last = index + 1
        if (
            last + 1 < len(tape)
            and tape.glued(last)
            and value is not None
            and tape.words[last] in ("m", "bn", "mn", "tn")
        ):
            following = tape.words[last + 1]
            counts = (
                tape.classes[last + 1] == _C["plain"]
                and following not in _LENGTH_WORDS
                and (following.endswith("s") or following == "people")
            )
            if tape.words[last] != "m" or (counts and not tape.glued(last + 1)):
                factor = _MILLION_LETTERS[tape.words[last]]
                return last + 1, plain_number(value * factor), factor
        return last, value, 1

    # ------------------------------------------------------------------ money

    def _money(self, tape: Tape, index: int, money: Unit, value: Value | None) -> Measure:
        last, scale = index + 1, tape.things[index].scale
        if last < len(tape) and tape.words[last] in _MILLION_LETTERS and value is not None:
            close = tape.glued(last) or (tape.words[last] in ("mn", "bn", "tn"))
            if close and not (last + 1 < len(tape) and tape.glued(last + 1) and tape.words[last + 1][:1].isalnum()):
                scale = _MILLION_LETTERS[tape.words[last]]
                value, last = plain_number(value * scale), last + 1
        if money.kind == "mega" and value is not None:
            value = plain_number(value * 10**6)
        made = Measure(money.last, last, "money", value, money.name, index, last, scale=scale)
        follows = self._units.money_after(tape, last)
        if (
            follows is not None
            and not tape.glued(last)
            and money.last + 1 < index
            and tape.words[last].startswith("dollar")
        ):
            made = made._replace(last=follows.last)
        elif follows is not None and follows.kind == "money" and tape.words[last].isupper():
            made = made._replace(last=follows.last, unit=follows.name)
        return self._with_cents(tape, made)

    def _with_currency(self, tape: Tape, plain: Measure, currency: Unit) -> Measure | None:
        value = plain.value
        last = currency.last
        if currency.kind == "subunit":
            return plain._replace(last=last, kind="money", unit=currency.name, bare=False)
        if (
            currency.name == "GBP"
            and tape.words[currency.last - 1].startswith("pound")
            and self._is_weight(tape, plain, last)
        ):
            return plain._replace(last=last, kind="quantity", unit="pound", bare=False)
        if last < len(tape) and tape.words[last] == "sterling":
            last += 1
        if currency.kind == "mega" and value is not None:
            value = plain_number(value * 10**6)
        made = plain._replace(last=last, kind="money", unit=currency.name, value=value, bare=False)
        scaled = self._scale_behind(tape, made)
        return self._with_cents(tape, scaled)

    @staticmethod
    def _scale_behind(tape: Tape, made: Measure) -> Measure:
        """75 USD million"""
        if (
            made.last < len(tape)
            and made.value is not None
            and tape.words[made.last] in ("million", "billion", "trillion")
        ):
            numeral = tape.things[made.last]
            if isinstance(numeral, Numeral) and numeral.value is not None:
                return made._replace(last=made.last + 1, value=plain_number(made.value * numeral.value))
        return made

    @staticmethod
    def _is_weight(tape: Tape, plain: Measure, last: int) -> bool:
        """Whether "pounds" are of weight: by the words around them."""
        begin, end = tape.starts[plain.first], tape.ends[last - 1]
        around = tape.text[max(0, begin - 60) : begin].lower()
        behind = tape.text[end : end + 40].lower()
        if _MONEY_CONTEXT.search(around[-40:]) or _MONEY_BEHIND.match(behind):
            return False
        return bool(_WEIGHT_CONTEXT.search(around) or _WEIGHT_BEHIND.match(behind))

    def _with_cents(self, tape: Tape, made: Measure) -> Measure:
        """As in "20 dollars and 43 cents", "$20 and 43c", "20 ringgit 43"."""
        at = made.last
        n = len(tape)
        if at >= n or made.value is None or not isinstance(made.value, int):
            return made
        if tape.classes[at] == _C["and"]:
            at += 1
        if at >= n or tape.classes[at] not in NUMERALS or not isinstance(tape.things[at], Numeral):
            return made
        cents = tape.things[at].value
        if not isinstance(cents, int) or not 0 < cents < 100 or self._units.money_before(tape, at) is not None:
            return made
        subunit = self._units.money_after(tape, at + 1)
        if subunit is not None and subunit.kind == "subunit":
            return made._replace(last=subunit.last, value=plain_number(made.value + cents / 100))
        if at + 1 < n and tape.glued(at + 1) and tape.words[at + 1] == "c":
            return made._replace(last=at + 2, value=plain_number(made.value + cents / 100))
        ends = at + 1 >= n or tape.classes[at + 1] in (_C["dot"], _C["break"], _C["exclaim"])
        if ends and subunit is None and made.last > made.number_last and not tape.glued(at):
            return made._replace(last=at + 1, value=plain_number(made.value + cents / 100))
        return made

    # ------------------------------------------------------------------ other kinds

    @staticmethod
    def _percent(tape: Tape, at: int) -> tuple[int, str] | None:
        word, n = tape.words[at], len(tape)
        if word == "%" or word in _PERCENT_WORDS:
            last = at + 1
        elif word == "per" and at + 1 < n and tape.words[at + 1] == "cent":
            last = at + 2
        else:
            return None
        if last < n and tape.words[last] in ("point", "points") and word in ("percentage", "%", "percent"):
            return last + 1, "percentage_point"
        if word == "pc" and not tape.glued(at):
            return None
        return last, "percent"

    @staticmethod
    def _age(tape: Tape, at: int) -> tuple[int, str] | None:
        """As in "years old", "-year-old", "months of age", "yo"."""
        classes, n = tape.classes, len(tape)
        if classes[at] == _C["yo"]:
            return at + 1, "year"
        if classes[at] not in _PERIODS or at + 1 >= n:
            return None
        unit = period_unit(tape.words[at])
        k = at + 1
        if classes[k] == _C["dash"] and k + 1 < n:
            k += 1
        if classes[k] == _C["old"] or tape.words[k] == "olds":
            return k + 1, unit
        if classes[k] == _C["of"] and k + 1 < n and tape.words[k + 1] == "age":
            return k + 2, unit
        return None

    @staticmethod
    def _inches(tape: Tape, at: int, plain: Measure) -> Measure | None:
        """As in "2 in" is inches where nothing follows that "in" could govern."""
        n = len(tape)
        ends = at + 1 >= n or tape.classes[at + 1] in (_C["dot"], _C["comma"], _C["break"], _C["right"])
        return plain._replace(last=at + 1, kind="quantity", unit="inch", bare=False) if ends else None

    @staticmethod
    def _below_zero(tape: Tape, at: int, plain: Measure) -> Measure | None:
        """As in "2 below zero"."""
        if (
            tape.words[at] == "below"
            and at + 1 < len(tape)
            and tape.words[at + 1] in ("zero", "freezing")
            and plain.value is not None
        ):
            return plain._replace(last=at + 2, kind="temperature", unit="degree", value=-plain.value, bare=False)
        return None

    @staticmethod
    def _letter_temperature(tape: Tape, at: int, plain: Measure) -> Measure | None:
        """10C, 30 C; F needs its degrees, because 13F and 777F are forms and planes."""
        if tape.written(at, at + 1) != "C" or plain.value is None or abs(plain.value) > 4000:
            return None
        follows = tape.written(at + 1, at + 2) if at + 1 < len(tape) else ""
        if follows[:1].isalnum() and (follows[:1].isupper() or follows[:1].isdigit()):
            return None
        if follows == "." and at + 2 < len(tape) and tape.glued(at + 2):
            return None
        return plain._replace(last=at + 1, kind="temperature", unit="degree_Celsius", bare=False)

    def _temperature(self, tape: Tape, plain: Measure, unit: Unit) -> Measure | None:
        last, name, n = unit.last, unit.name, len(tape)
        if name == "degree":
            k = last
            if k < n and tape.words[k] == "." and k + 1 < n and tape.words[k + 1] not in ("", "."):
                k += 1
            if k < n and tape.words[k] in ("c", "f"):
                letter = tape.words[k]
                if not (k + 1 < n and tape.glued(k + 1) and tape.words[k + 1][:1].isalnum()):
                    return plain._replace(
                        last=k + 1,
                        kind="temperature",
                        unit={"c": "degree_Celsius", "f": "degree_Fahrenheit"}[letter],
                        bare=False,
                    )
            named = self._units.unit_at(tape, k)
            if named is not None and named.name in ("degree_Celsius", "degree_Fahrenheit"):
                return plain._replace(last=named.last, kind="temperature", unit=named.name, bare=False)
            kind = "temperature"
            begin, end = tape.starts[plain.first], tape.ends[last - 1]
            if _ANGLE.search(tape.text[max(0, begin - 25) : end + 12].lower()):
                kind = "quantity"
            made = plain._replace(last=last, kind=kind, unit="degree", bare=False)
            if (
                last + 1 < n
                and tape.words[last] == "below"
                and tape.words[last + 1] == "zero"
                and plain.value is not None
            ):
                made = made._replace(last=last + 2, value=-plain.value, kind="temperature")
            if last < n and tape.words[last] == "." and tape.words[last - 1] == "deg":
                made = made._replace(last=last + 1)
            return made
        if name == "kelvin" and tape.words[unit.last - 1] == "k" and not tape.glued(unit.last - 1):
            return None
        return plain._replace(last=last, kind="temperature", unit=name, bare=False)

    def _bracketed(self, tape: Tape, at: int, plain: Measure) -> Measure | None:
        """20 (kg)"""
        unit = self._units.unit_at(tape, at + 1) if at + 1 < len(tape) else None
        if unit is None or unit.last >= len(tape) or tape.words[unit.last] not in (")", "]", "}", ">"):
            return None
        kind = "temperature" if unit.kind == "temperature" else "quantity"
        return plain._replace(last=unit.last + 1, kind=kind, unit=unit.name, bare=False)

    def _with_smaller(self, tape: Tape, made: Measure) -> Measure:
        """As in "5 feet 2 inches", "6 lb 3 oz"."""
        smaller = _SMALLER.get(made.unit or "")
        at = made.last
        if smaller is None or at >= len(tape) or made.value is None:
            return made
        if tape.classes[at] == _C["and"]:
            at += 1
        if at >= len(tape) or tape.classes[at] not in NUMERALS or not isinstance(tape.things[at], Numeral):
            return made
        value = tape.things[at].value
        unit = self._units.unit_at(tape, at + 1)
        if unit is None and at + 1 < len(tape) and tape.words[at + 1] == "in" and smaller[0] == "inch":
            unit = Unit("inch", "quantity", at + 2)
        if unit is None or unit.name != smaller[0] or value is None or value >= smaller[1]:
            return made
        return made._replace(last=unit.last, value=plain_number(made.value + value / smaller[1]))


def _continues_code(tape: Tape, at: int) -> bool:
    """Whether digits stick to what looked like a unit: 24703 m212, 24703 L-202."""
    if tape.words[at][:1].isdecimal():
        return True
    return tape.words[at] == "-" and at + 1 < len(tape) and tape.glued(at + 1) and tape.words[at + 1][:1].isdecimal()


_SMALLER = {"foot": ("inch", 12), "pound": ("ounce", 16), "stone": ("pound", 14), "yard": ("foot", 3)}
_MONEY_CONTEXT = re.compile(r"\b(?:cost|costs|paid|pay|pays|price|priced|worth|spent|spend|fine|fined|fee|sold|buy|bought|salary|raised|debt|budget|invest\w*|loan|bill|earn\w*|bank)\b")  # fmt: skip
_MONEY_BEHIND = re.compile(
    r"\s*(?:sterling|a (?:week|month|year|share)|per (?:week|month|year|share|person)|in (?:cash|fines|damages|costs))"
)
_WEIGHT_CONTEXT = re.compile(
    r"\b(?:weigh\w*|weight\w*|lost|lose|losing|drop|dropped|gain\w*|heavy|heavier|lighter|shed|thrust|baby|carry\w*|lift\w*|equal to|bag|sack)\b"
)
_WEIGHT_BEHIND = re.compile(
    r"\s*(?:bag|sack|of (?:\w+ )?(?:meat|rice|flour|sugar|butter|beef|pork|chicken|fish|fruit|potatoes|cheese|cocaine|heroin|marijuana|cannabis|explosives?|food|weight|muscle|fat|thrust|pressure|force|meth\w*|copper|gold|garbage|trash|uranium|fentanyl|drugs|coal)\b|(?:overweight|heavier|lighter|per square)|[.,]? ?(?:baby|ball|fish|dog|bomb))"
)
