"""Amounts: one number with its unit, its currency, its sign and its rate, as far as they reach."""

from __future__ import annotations

from copydesk_numbers.figures.amount import Amount, ends_phrase
from copydesk_numbers.figures.money import MoneyReader
from copydesk_numbers.figures.units import Unit, UnitReader
from copydesk_numbers.numerals.numeral import Numeral, plain_number
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.times.lengths import Length

_C = CLASSES
_PERIODS = in_set("anyperiod")
_ENDS = frozenset(_C[name] for name in ("dot", "break", "exclaim"))
_LEAST_WON = 100
"""Nobody states a smaller sum of a currency whose name is a verb too."""
_MOST_DEGREES = 4000


class AmountReader:
    """Reads amounts from a tape on which numbers and lengths are folded.

    Args:
        units: finds units and currencies.
    """

    def __init__(self, units: UnitReader) -> None:
        self._units = units
        self._money = MoneyReader(units)

    def at(self, tape: Tape, index: int, currency: str | None = None) -> Amount | None:
        """The amount whose number is word `index`.

        Args:
            currency: the currency of the first end of a range, whose second end this is: the m of "£5-7m" is no metre.
        """
        thing = tape.things[index]
        span = (tape.starts[index], tape.ends[index])
        if isinstance(thing, Length):
            low, high = thing.low, thing.high
            return Amount(index, index + 1, "quantity", low, high, thing.unit, thing.number, vague=low is None)
        if not isinstance(thing, Numeral):
            return None
        low, high = (thing.value, thing.value) if thing.value is not None else (thing.low, thing.high)
        kind = "fraction" if thing.kind == "fraction" else "cardinal"
        plain = Amount(
            index, index + 1, kind, low, high, None, span, thing.scale, bare=True, vague=(thing.kind == "vague" and low != high) or low is None
        )  # fmt: skip
        if thing.kind == "ordinal":
            return plain._replace(kind="ordinal", bare=False)
        money = self._units.money_before(tape, index)
        if money is not None:
            return self._money.prefixed(tape, plain, money)
        if currency is not None:
            scaled = self._money.scaled(tape, plain)
            if scaled is not plain or not self._glued_letters(tape, plain.last):
                return self._suffixed(tape, scaled)
        return self._suffixed(tape, self._letters(tape, plain))

    # ------------------------------------------------------------------ what stands behind

    @staticmethod
    def _glued_letters(tape: Tape, at: int) -> bool:
        return tape.glued(at) and tape.words[at][:1].isalpha()

    def _letters(self, tape: Tape, plain: Amount) -> Amount:
        """As in "10m people": a letter that multiplies, where what follows shows that it is no metre."""
        at = plain.last
        if at + 1 >= len(tape.words) or not tape.glued(at) or not tape.is_in(at, "scales_glued"):
            return plain
        if tape.is_in(at, "scales_or_units"):
            money = at + 2 if tape.class_at(at + 1) == _C["dash"] else at + 1
            noun = tape.class_at(at + 1) == _C["plain"] and not tape.is_in(at + 1, "behind_metres")
            if self._units.money_after(tape, money) is not None:
                pass  # "a 3.5m-euro fine"
            elif (
                not noun
                or tape.glued(at + 1)
                or not (tape.words[at + 1].endswith("s") or tape.is_in(at + 1, "plurals"))
            ):
                return plain
        factor = tape.language.map("money_letters")[tape.words[at]]
        return plain.scaled(factor)._replace(last=at + 1, number=(plain.number[0], tape.ends[at]))

    def _suffixed(self, tape: Tape, plain: Amount) -> Amount | None:
        """What the words behind a number make of it."""
        last, n = plain.last, len(tape.words)
        if last >= n:
            return plain
        hyphen = (
            tape.classes[last] == _C["dash"]
            and last + 1 < n
            and tape.starts[last + 1] - tape.ends[last] <= 1
            and tape.glued(last) == tape.glued(last + 1)
        )
        if plain.kind == "fraction" and (part := self._part_of_one(tape, plain)) is not None:
            return part
        if tape.words[last] in ("(", "[", "{", "<"):
            return self._bracketed(tape, last, plain) or plain
        bound = tape.language.map("bounds_inside").get(tape.words[last + hyphen]) if last + hyphen < n else None
        if bound is not None:  # "35-plus hours", "50+ km"
            made = self._with_unit(tape, last + hyphen + 1, plain, hyphen=False) if last + hyphen + 1 < n else None
            return made._replace(bound=bound) if made is not None else plain
        made = self._with_unit(tape, last + 1 if hyphen else last, plain, hyphen=hyphen)
        if made is not None:
            return made
        if self._glued_letters(tape, last) and tape.classes[plain.first] not in _FREE:
            goes_on = tape.glued(last + 1) and tape.words[last + 1][:1].isalnum()
            if goes_on or not tape.is_in(last, "glued_words"):
                return plain._replace(code=True)
        return plain

    def _with_unit(self, tape: Tape, at: int, plain: Amount, *, hyphen: bool) -> Amount | None:
        classes = tape.classes
        currency = self._units.money_after(tape, at)
        if currency is not None and not _is_no_currency(tape, at, plain):
            return self._money.suffixed(tape, plain, currency)
        age = _age(tape, at)
        if age is not None:
            return plain._replace(last=age[0], kind="age", unit=age[1], bare=False)
        if classes[at] in _PERIODS and not (hyphen and classes[at] == _C["quarter"]):
            return plain._replace(last=at + 1, kind="quantity", unit=period_unit(tape, at), bare=False)
        if tape.is_in(at, "inches_or_in") and not hyphen:
            ends = tape.class_at(at + 1) in _ENDS | {_C["comma"], _C["right"]}
            return plain._replace(last=at + 1, kind="quantity", unit="inch", bare=False) if ends else None
        if tape.is_in(at, "below") and tape.is_in(at + 1, "freezing_points") and plain.value is not None:
            return plain.negative()._replace(last=at + 2, kind="temperature", unit="degree", bare=False)
        if _is_fahrenheit(tape, at, plain):
            return plain._replace(last=at + 1, kind="temperature", unit="degree_Fahrenheit", bare=False)
        if _is_celsius(tape, at, plain):
            return plain._replace(last=at + 1, kind="temperature", unit="degree_Celsius", bare=False)
        unit = self._units.unit_at(tape, at)
        if unit is None or _is_no_unit(tape, at, unit, plain, hyphen=hyphen):
            return None
        if unit.kind == "temperature":
            return self._temperature(tape, plain, unit)
        name = "pound" if tape.is_in(at, "pounds") else unit.name
        made = plain._replace(last=unit.last, kind=unit.kind, unit=name, per=unit.per, bare=False)
        return self._with_smaller(tape, made) if unit.kind == "quantity" else made

    def _temperature(self, tape: Tape, plain: Amount, unit: Unit) -> Amount | None:
        """As in "31 degrees C", "12 degrees below zero"; bare degrees are of an angle where the words say so."""
        made = plain._replace(last=unit.last, kind="temperature", unit=unit.name, bare=False)
        if unit.name != "degree":
            hyphen = tape.class_at(plain.last) == _C["dash"]
            apart = hyphen or not tape.glued(unit.last - 1)
            is_letter = unit.name == "kelvin" and tape.words[unit.last - 1] == "k" and apart
            return None if is_letter else made
        at = unit.last
        scale = tape.language.map("degree_letters").get(tape.words[at]) if at < len(tape.words) else None
        if scale is not None and not (tape.glued(at + 1) and tape.words[at + 1][:1].isalnum()):
            return made._replace(last=at + 1, unit=scale)
        named = self._units.unit_at(tape, at)
        if named is not None and named.kind == "temperature" and named.name not in ("degree", "kelvin"):
            return made._replace(last=named.last, unit=named.name)
        if tape.is_in(at, "below") and tape.is_in(at + 1, "freezing_points") and plain.value is not None:
            return made.negative()._replace(last=at + 2)
        around = range(max(0, plain.first - 5), min(len(tape.words), unit.last + 3))
        angle = any(tape.is_in(k, "of_angles") for k in around)
        return made._replace(kind="quantity") if angle else made

    def _part_of_one(self, tape: Tape, plain: Amount) -> Amount | None:
        """As in "half of 1 percent", "half a percentage point"."""
        at = plain.last + 1 if tape.class_at(plain.last) == _C["of"] else plain.last
        thing = tape.things[at] if at < len(tape.words) else None
        if tape.class_at(at) != _C["a"] and not (isinstance(thing, Numeral) and thing.value == 1):
            return None
        unit = self._units.unit_at(tape, at + 1)
        if unit is None or unit.kind != "percent":
            return None
        return plain._replace(last=unit.last, kind="percent", unit=unit.name, bare=False)

    def _bracketed(self, tape: Tape, at: int, plain: Amount) -> Amount | None:
        """20 (kg)"""
        unit = self._units.unit_at(tape, at + 1)
        if unit is None or unit.last >= len(tape.words) or tape.words[unit.last] not in (")", "]", "}", ">"):
            return None
        return plain._replace(last=unit.last + 1, kind=unit.kind, unit=unit.name, per=unit.per, bare=False)

    def _with_smaller(self, tape: Tape, made: Amount) -> Amount:
        """As in "5 feet 2 inches", "6 lb 3 oz"."""
        smaller = _SMALLER.get(made.unit or "")
        at = made.last
        if smaller is None or made.value is None:
            return made
        hyphen = tape.class_at(at) == _C["dash"] and tape.glued(at) and tape.glued(at + 1)
        if tape.class_at(at) == _C["and"] or hyphen:
            at += 1
        thing = tape.things[at] if at < len(tape.words) else None
        if not isinstance(thing, Numeral) or thing.value is None or thing.value >= smaller[1]:
            return made
        unit = self._units.unit_at(tape, at + 1)
        if unit is None and smaller[0] == "inch" and tape.is_in(at + 1, "inches_or_in"):
            unit = Unit("inch", "quantity", at + 2)
        if unit is None and smaller[0] == "inch" and isinstance(thing.value, int) and ends_phrase(tape, at + 1):
            unit = Unit("inch", "quantity", at + 1)  # "5-foot-3", "6 foot 2"
        if unit is None and smaller[0] == "inch" and hyphen:
            unit = Unit("inch", "quantity", at + 1)  # "a 6-foot-2 guard"
        if unit is None or unit.name != smaller[0]:
            return made
        total = plain_number(made.value + thing.value / smaller[1])
        return made._replace(last=unit.last, low=total, high=total)


_SMALLER = {"foot": ("inch", 12), "pound": ("ounce", 16), "stone": ("pound", 14), "yard": ("foot", 3)}
_FREE = frozenset((_C["number"], _C["fraction"]))


def period_unit(tape: Tape, at: int) -> str:
    """Pint's name of the unit of time at a word: "hrs" is "hour"."""
    return str(tape.language.map("period_names")[tape.words[at]])


def _is_no_currency(tape: Tape, at: int, plain: Amount) -> bool:
    """Whether the word behind a number is another word of the same spelling: "two real choices", "the two won awards"."""
    if tape.is_in(at, "currencies_or_adjectives"):
        return tape.class_at(at + 1) == _C["plain"]
    return tape.is_in(at, "currencies_or_verbs") and plain.high is not None and plain.high < _LEAST_WON


def _age(tape: Tape, at: int) -> tuple[int, str] | None:
    """As in "years old", "-year-old", "months of age", "yo"."""
    if tape.classes[at] == _C["yo"]:
        return at + 1, "year"
    if tape.classes[at] not in _PERIODS:
        return None
    k = at + 2 if tape.class_at(at + 1) == _C["dash"] else at + 1
    if tape.class_at(k) == _C["old"]:
        return k + 1, period_unit(tape, at)
    if tape.class_at(k) == _C["of"] and tape.class_at(k + 1) == _C["age"]:
        return k + 2, period_unit(tape, at)
    return None


def _is_celsius(tape: Tape, at: int, plain: Amount) -> bool:
    """10C, 30 C; F needs its degrees, because 13F and 777F are forms and planes."""
    if tape.written(at, at + 1) != "C" or plain.value is None or abs(plain.value) > _MOST_DEGREES:
        return False
    follows = tape.written(at + 1, at + 2) if at + 1 < len(tape.words) else ""
    if follows[:1].isalnum() and (follows[:1].isupper() or follows[:1].isdigit()):
        return False
    return not (follows == "." and tape.glued(at + 2))


def _is_fahrenheit(tape: Tape, at: int, plain: Amount) -> bool:
    """The F of "40C (104F)", in brackets behind degrees Celsius."""
    if tape.written(at, at + 1) != "F" or not tape.glued(at) or tape.class_at(at + 1) != _C["right"]:
        return False
    bracket = plain.first - 1
    return tape.class_at(bracket) == _C["left"] and bracket > 0 and tape.written(bracket - 1, bracket) == "C"


def _is_no_unit(tape: Tape, at: int, unit: Unit, plain: Amount, *, hyphen: bool) -> bool:
    """Whether what looks like a unit is a word or part of a code: "2 t", "three turns", "24703 m212"."""
    if unit.last - at == 1 and tape.is_in(at, "units_only_glued") and not tape.glued(at):
        return True
    if tape.is_in(at, "units_of_digits") and tape.text[plain.number[0]].isalpha():
        return True  # "not one bit"
    last = unit.last
    if tape.glued(last) and last < len(tape.words) and tape.words[last - 1][-1:].isalpha():
        sticks = tape.words[last][:1].isdecimal()
        height = hyphen and unit.name in _SMALLER  # "5-foot-3"
        if sticks or (
            tape.words[last] == "-" and not height and tape.glued(last + 1) and tape.words[last + 1][:1].isdecimal()
        ):
            return True
    return tape.is_in(at, "units_or_words") and plain.scale > 1 and not hyphen
