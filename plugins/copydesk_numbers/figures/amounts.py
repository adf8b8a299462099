"""Amounts: one number with its unit, its currency, its sign and its rate, as far as they reach."""

from __future__ import annotations

from typing import NamedTuple

from copydesk_numbers.figures.units import Unit, UnitReader
from copydesk_numbers.numerals.numeral import Numeral, Value, plain_number
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.times.lengths import Length

_C = CLASSES
NUMERALS = in_set("numeral")
"""The classes of folded numbers."""
AMOUNTS = NUMERALS | {_C["duration"]}
"""The classes that an amount can begin with: numbers, and lengths of time, which are numbers with a unit already."""
_PERIODS = in_set("anyperiod")
_ENDS = frozenset(_C[name] for name in ("dot", "break", "exclaim"))
_MOST_DEGREES = 4000


class Amount(NamedTuple):
    """Words `first` to `last` (exclusive) of a tape: a number with all that belongs to it.

    Attributes:
        kind: as in `Figure`.
        low, high: equal for one number, None where open or vague.
        number: offsets of the number alone.
        scale: what its scale words multiply by: 1e6 for "two million".
        bare: whether it has neither unit nor currency, so that the other end of a range may give it one.
        prefixed: whether its currency stands before it.
        bound, per, vague: as in `Figure`.
        end: the word behind its number and unit, where a rate stands behind those: the rate is no part of its span.
        rate_at: the word of a rate behind what is counted: "500 jobs a month".
        code: whether letters stick to it that mean nothing, so that it is part of a code or name.
    """

    first: int
    last: int
    kind: str
    low: Value | None
    high: Value | None
    unit: str | None
    number: tuple[int, int]
    scale: Value = 1
    bare: bool = False
    prefixed: bool = False
    per: str | None = None
    bound: str = "="
    vague: bool = False
    code: bool = False
    end: int | None = None
    rate_at: int | None = None

    @property
    def value(self) -> Value | None:
        """The number, where it is one."""
        return self.low if self.low == self.high else None

    def scaled(self, factor: Value) -> Amount:
        """The amount, so many times as large."""
        low, high = (None if end is None else plain_number(end * factor) for end in (self.low, self.high))
        return self._replace(low=low, high=high, scale=self.scale * abs(factor))

    def negative(self) -> Amount:
        """The amount below zero."""
        low, high = (None if end is None else -end for end in (self.high, self.low))
        return self._replace(low=low, high=high)


class AmountReader:
    """Reads amounts from a tape on which numbers and lengths are folded.

    Args:
        units: finds units and currencies.
    """

    def __init__(self, units: UnitReader) -> None:
        self._units = units

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
            return self._prefixed(tape, plain, money)
        if currency is not None:
            scaled = self._money_letters(tape, plain)
            if scaled is not plain or not self._glued_letters(tape, plain.last):
                return self._suffixed(tape, scaled)
        return self._suffixed(tape, self._letters(tape, plain))

    # ------------------------------------------------------------------ money

    def _prefixed(self, tape: Tape, plain: Amount, money: Unit) -> Amount:
        """As in "$5m", "US$ 12 billion", "-$5", "$5 Canadian", "USD 5 dollars"."""
        made = self._money_letters(tape, plain)
        if money.kind == "mega":
            made = made.scaled(10**6)
        made = made._replace(kind="money", unit=money.name, first=money.last, bare=False, prefixed=True)
        at = made.last
        follows = self._units.money_after(tape, at)
        if follows is not None and not tape.glued(at):
            if follows.kind == "money" and tape.words[at].isupper():
                made = made._replace(last=follows.last, unit=follows.name)
            elif tape.is_in(at, "said_twice") and money.last + 1 < plain.first:
                made = made._replace(last=follows.last)
        named = self._units.dollar_of(tape, at) if tape.words[plain.first - 1] == "$" else None
        if named is not None and tape.written(at, at + 1)[:1].isupper() and self._ends_phrase(tape, named.last):
            made = made._replace(last=named.last, unit=named.name)
        return _signed(tape, self._with_cents(tape, made))

    def _money_letters(self, tape: Tape, plain: Amount) -> Amount:
        """The scale of "$5m", "£3bn", "$4 bn"."""
        at = plain.last
        factor = tape.language.map("money_letters").get(tape.words[at]) if at < len(tape) else None
        if factor is None or plain.scale > 1 or not (tape.glued(at) or tape.is_in(at, "scales_apart")):
            return plain
        if tape.glued(at + 1) and tape.words[at + 1][:1].isalnum():
            return plain
        return plain.scaled(factor)._replace(last=at + 1, number=(plain.number[0], tape.ends[at]))

    def _with_currency(self, tape: Tape, plain: Amount, currency: Unit) -> Amount:
        """As in "70 euros", "85p", "300 pounds", "75 USD million"."""
        last = currency.last
        if currency.kind == "subunit":
            return plain._replace(last=last, kind="money", unit=currency.name, bare=False)
        if tape.is_in(last - 1, "pounds") and currency.name == "GBP" and _is_weight(tape, plain.first, last):
            return plain._replace(last=last, kind="quantity", unit="pound", bare=False)
        if tape.is_in(last, "behind_pounds"):
            last += 1
        made = plain._replace(last=last, kind="money", unit=currency.name, bare=False)
        if currency.kind == "mega":
            made = made.scaled(10**6)
        thing = tape.things[last] if last < len(tape) else None
        if tape.class_at(last) == _C["number"] and isinstance(thing, Numeral) and thing.value == thing.scale > 1:
            made = made.scaled(thing.scale)._replace(last=last + 1)
        return self._with_cents(tape, made)

    def _with_cents(self, tape: Tape, made: Amount) -> Amount:
        """As in "20 dollars and 43 cents", "$20 and 43c", "20 ringgit 43"."""
        at = made.last
        if not isinstance(made.value, int):
            return made
        if tape.class_at(at) == _C["and"]:
            at += 1
        thing = tape.things[at] if at < len(tape) else None
        if not isinstance(thing, Numeral) or not isinstance(thing.value, int) or not 0 < thing.value < 100:
            return made
        if self._units.money_before(tape, at) is not None:
            return made
        total = plain_number(made.value + thing.value / 100)
        subunit = self._units.money_after(tape, at + 1)
        if subunit is not None and subunit.kind == "subunit":
            return made._replace(last=subunit.last, low=total, high=total)
        if tape.glued(at + 1) and tape.is_in(at + 1, "cent_letters"):
            return made._replace(last=at + 2, low=total, high=total)
        ends = at + 1 >= len(tape) or tape.classes[at + 1] in _ENDS
        if ends and subunit is None and not made.prefixed and not tape.glued(at):
            return made._replace(last=at + 1, low=total, high=total)
        return made

    # ------------------------------------------------------------------ what stands behind

    @staticmethod
    def _glued_letters(tape: Tape, at: int) -> bool:
        return tape.glued(at) and tape.words[at][:1].isalpha()

    def _letters(self, tape: Tape, plain: Amount) -> Amount:
        """As in "10m people": a letter that multiplies, where what follows shows that it is no metre."""
        at = plain.last
        if at + 1 >= len(tape) or not tape.glued(at) or not tape.is_in(at, "scales_glued"):
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
        last, n = plain.last, len(tape)
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
        if currency is not None:
            return self._with_currency(tape, plain, currency)
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
            is_letter = unit.name == "kelvin" and tape.words[unit.last - 1] == "k" and not tape.glued(unit.last - 1)
            return None if is_letter else made
        at = unit.last
        if tape.class_at(at) == _C["dot"] and tape.is_in(at - 1, "degree_abbreviations"):
            made, at = made._replace(last=at + 1), at + 1
        scale = tape.language.map("degree_letters").get(tape.words[at]) if at < len(tape) else None
        if scale is not None and not (tape.glued(at + 1) and tape.words[at + 1][:1].isalnum()):
            return made._replace(last=at + 1, unit=scale)
        named = self._units.unit_at(tape, at)
        if named is not None and named.kind == "temperature" and named.name not in ("degree", "kelvin"):
            return made._replace(last=named.last, unit=named.name)
        if tape.is_in(at, "below") and tape.is_in(at + 1, "freezing_points") and plain.value is not None:
            return made.negative()._replace(last=at + 2)
        around = range(max(0, plain.first - 5), min(len(tape), unit.last + 3))
        angle = any(tape.is_in(k, "of_angles") for k in around)
        return made._replace(kind="quantity") if angle else made

    def _part_of_one(self, tape: Tape, plain: Amount) -> Amount | None:
        """As in "half of 1 percent", "half a percentage point"."""
        at = plain.last + 1 if tape.class_at(plain.last) == _C["of"] else plain.last
        thing = tape.things[at] if at < len(tape) else None
        if tape.class_at(at) != _C["a"] and not (isinstance(thing, Numeral) and thing.value == 1):
            return None
        unit = self._units.unit_at(tape, at + 1)
        if unit is None or unit.kind != "percent":
            return None
        return plain._replace(last=unit.last, kind="percent", unit=unit.name, bare=False)

    def _bracketed(self, tape: Tape, at: int, plain: Amount) -> Amount | None:
        """20 (kg)"""
        unit = self._units.unit_at(tape, at + 1)
        if unit is None or unit.last >= len(tape) or tape.words[unit.last] not in (")", "]", "}", ">"):
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
        thing = tape.things[at] if at < len(tape) else None
        if not isinstance(thing, Numeral) or thing.value is None or thing.value >= smaller[1]:
            return made
        unit = self._units.unit_at(tape, at + 1)
        if unit is None and smaller[0] == "inch" and tape.is_in(at + 1, "inches_or_in"):
            unit = Unit("inch", "quantity", at + 2)
        if unit is None and smaller[0] == "inch" and isinstance(thing.value, int) and self._ends_phrase(tape, at + 1):
            unit = Unit("inch", "quantity", at + 1)  # "5-foot-3", "6 foot 2"
        if unit is None and smaller[0] == "inch" and hyphen:
            unit = Unit("inch", "quantity", at + 1)  # "a 6-foot-2 guard"
        if unit is None or unit.name != smaller[0]:
            return made
        total = plain_number(made.value + thing.value / smaller[1])
        return made._replace(last=unit.last, low=total, high=total)

    @staticmethod
    def _ends_phrase(tape: Tape, at: int) -> bool:
        """Whether no noun follows, which the word before could belong to: "$5 Canadian", not "$5 Canadian coins"."""
        return tape.class_at(at) != _C["plain"] or tape.is_in(at, "stop")


_SMALLER = {"foot": ("inch", 12), "pound": ("ounce", 16), "stone": ("pound", 14), "yard": ("foot", 3)}
_FREE = frozenset((_C["number"], _C["fraction"]))


def period_unit(tape: Tape, at: int) -> str:
    """Pint's name of the unit of time at a word: "hrs" is "hour"."""
    return str(tape.language.map("period_names")[tape.words[at]])


def _signed(tape: Tape, made: Amount) -> Amount:
    """As in "-$5", "minus £3m": a sign before a currency."""
    at = made.first - 1
    if tape.class_at(at) == _C["minus"]:
        return made.negative()._replace(first=at)
    opens = not tape.glued(at) or tape.class_at(at - 1) in (_C["left"], _C["comma"])
    if at >= 0 and tape.classes[at] == _C["dash"] and tape.glued(made.first) and opens and tape.words[at] in "-−":
        return made.negative()._replace(first=at)
    return made


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
    follows = tape.written(at + 1, at + 2) if at + 1 < len(tape) else ""
    if follows[:1].isalnum() and (follows[:1].isupper() or follows[:1].isdigit()):
        return False
    return not (follows == "." and tape.glued(at + 2))


def _is_no_unit(tape: Tape, at: int, unit: Unit, plain: Amount, *, hyphen: bool) -> bool:
    """Whether what looks like a unit is a word or part of a code: "2 t", "three turns", "24703 m212"."""
    if unit.last - at == 1 and tape.is_in(at, "units_only_glued") and not tape.glued(at):
        return True
    last = unit.last
    if tape.glued(last) and last < len(tape) and tape.words[last - 1][-1:].isalpha():
        sticks = tape.words[last][:1].isdecimal()
        height = hyphen and unit.name in _SMALLER  # "5-foot-3"
        if sticks or (
            tape.words[last] == "-" and not height and tape.glued(last + 1) and tape.words[last + 1][:1].isdecimal()
        ):
            return True
    return tape.is_in(at, "units_or_words") and plain.scale > 1 and not hyphen


def _is_weight(tape: Tape, first: int, last: int) -> bool:
    """Whether "pounds" are of weight: by the words around them."""
    before = range(max(0, first - 12), first)
    if any(tape.is_in(k, "of_paying") for k in before[-8:]) or tape.is_in(last, "behind_money"):
        return False
    weighty = any(tape.is_in(k, "of_weighing") for k in before)
    behind = last + 1 if tape.class_at(last) == _C["of"] else last
    return weighty or any(tape.is_in(k, "weighed") for k in (behind, behind + 1))
