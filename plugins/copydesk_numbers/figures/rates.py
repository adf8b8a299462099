"""Rates: what an amount is counted by: "$80 a barrel", "70 km/h", "12 per 100,000 people"."""

from __future__ import annotations

from copydesk_numbers.figures.amount import Amount
from copydesk_numbers.figures.amounts import period_unit
from copydesk_numbers.figures.counted import counted_by_rule
from copydesk_numbers.figures.units import UnitReader
from copydesk_numbers.numerals.numeral import Numeral
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape, pattern
from copydesk_numbers.times.lengths import Length

_C = CLASSES
_PERIODS = in_set("anyperiod")
_OF_TIME = frozenset(_C[name] for name in ("earlier", "later", "ago", "before", "after", "from", "old"))
"""Classes behind "a year" that make it a length: "$5 a year earlier"."""
_LONGEST_NOUN = 3  # words of "per 1,000 live births"
_COUNTED_BY = pattern("per | duration")
_WITHIN = 40  # words behind a number, more than any phrase that is counted has
_WITH_ARTICLE = frozenset(("money", "percent", "quantity", "cardinal"))


class RateReader:
    """Reads rates behind an amount.

    Args:
        units: finds the units that things are counted by.
    """

    def __init__(self, units: UnitReader) -> None:
        self._units = units

    def added(self, tape: Tape, amount: Amount) -> Amount:
        """The amount with its rate, or as it was."""
        if amount.per is not None or amount.kind not in _WITH_ARTICLE or amount.last >= len(tape.words):
            return amount
        found = self._at(tape, amount.last, amount)
        if found is None or tape.class_at(found[1]) in _OF_TIME:
            return amount
        end = found[1] if amount.kind == "quantity" else amount.last
        return amount._replace(per=found[0], last=found[1], end=end, bare=False)

    def behind_counted(self, tape: Tape, figure: Amount) -> Amount:
        """The figure with a rate behind what it counts: "500 jobs a month", "5 deaths per 1,000 births"."""
        if (
            figure.kind != "cardinal"
            or figure.per is not None
            or not _COUNTED_BY.search(tape.classes, figure.last, figure.last + _WITHIN)
        ):
            return figure
        counted = counted_by_rule(tape, figure)
        at = counted.last if counted is not None else -1
        if tape.class_at(at) == _C["per"]:
            found = self._at(tape, at, figure)
            return figure._replace(per=found[0], rate_at=found[1] - 1) if found is not None else figure
        thing = tape.things[at] if 0 <= at < len(tape.words) else None
        if not isinstance(thing, Length) or thing.low != 1 or thing.high != 1 or tape.class_at(at + 1) in _OF_TIME:
            return figure
        return figure._replace(per=thing.unit, rate_at=at) if thing.article else figure

    def _at(self, tape: Tape, at: int, amount: Amount) -> tuple[str, int] | None:
        if (
            tape.classes[at] == _C["dash"]
            and tape.glued(at)
            and tape.glued(at + 1)
            and tape.class_at(at + 2) == _C["dash"]
        ):
            return self._counted_by(tape, at + 3, amount) if tape.classes[at + 1] in (_C["a"], _C["per"]) else None
        joint = tape.classes[at]
        if joint == _C["per"]:
            return self._counted_by(tape, at + 1, amount) or self._by_so_many(tape, at + 1) or _any_noun(tape, at + 1)
        if joint == _C["slash"] and tape.glued(at) and tape.glued(at + 1):
            return self._counted_by(tape, at + 1, amount, short=True)
        if joint == _C["a"] and (amount.unit is not None or tape.class_at(at + 1) in _PERIODS):
            return self._counted_by(tape, at + 1, amount)
        thing = tape.things[at]
        if isinstance(thing, Length) and thing.article and not isinstance(tape.things[amount.first], Length):
            return thing.unit, at + 1
        if joint == _C["repeat"] and amount.kind in ("money", "percent") and tape.is_in(at, "rate_adverbs"):
            return str(tape.language.map("adverb_units")[tape.words[at]]), at + 1
        return None

    def _counted_by(self, tape: Tape, at: int, amount: Amount, *, short: bool = False) -> tuple[str, int] | None:
        """One thing or unit: barrel, month, share, square metre."""
        if at >= len(tape.words):
            return None
        word = tape.words[at]
        known = tape.language.map("counted_by").get(word)
        if known is not None:
            return str(known), at + 1
        if tape.classes[at] in _PERIODS:
            return (period_unit(tape, at), at + 1) if short or not tape.is_in(at, "plural_periods") else None
        if short and word in tape.language.map("period_letters"):
            return str(tape.language.map("period_letters")[word]), at + 1
        unit = self._units.unit_at(tape, at)
        if unit is None or unit.kind == "temperature" or unit.name == amount.unit:
            return None
        if not short and unit.last == at + 1 and len(word) <= 2:
            return None
        return unit.name, unit.last

    @staticmethod
    def _by_so_many(tape: Tape, at: int) -> tuple[str, int] | None:
        """As in "per 100,000 people": a number of things."""
        thing = tape.things[at] if at < len(tape.words) else None
        if not isinstance(thing, Numeral) or thing.kind != "cardinal" or thing.value is None:
            return None
        first = last = at + 1
        while last < first + _LONGEST_NOUN and (noun := _any_noun(tape, last)) is not None:
            last = noun[1]
            if tape.language.is_plural(noun[0]) or tape.is_in(last - 1, "plurals"):
                break
        return " ".join((str(thing.value), *tape.words[first:last])), last


def _any_noun(tape: Tape, at: int) -> tuple[str, int] | None:
    """Any word that may be a noun, right behind "per"."""
    if tape.class_at(at) != _C["plain"] or tape.is_in(at, "stop") or not tape.words[at][:1].isalpha():
        return None
    return tape.words[at], at + 1
