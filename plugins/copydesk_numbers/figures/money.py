"""Money: currencies before and behind a number, their letters of scale, signs and cents."""

from __future__ import annotations

from copydesk_numbers.figures.amount import Amount, ends_phrase
from copydesk_numbers.figures.units import Unit, UnitReader
from copydesk_numbers.numerals.numeral import Numeral, plain_number
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_TWO_DIGITS = 10
_ENDS = frozenset(_C[name] for name in ("dot", "break", "exclaim"))


class MoneyReader:
    """Reads what a currency makes of a number.

    Args:
        units: finds units and currencies.
    """

    def __init__(self, units: UnitReader) -> None:
        self._units = units

    def prefixed(self, tape: Tape, plain: Amount, money: Unit) -> Amount:
        """As in "$5m", "US$ 12 billion", "-$5", "$5 Canadian", "USD 5 dollars"."""
        made = self.scaled(tape, plain)
        if money.kind == "mega":
            made = made.scaled(10**6)
        made = made._replace(kind="money", unit=money.name, first=money.last, bare=False, prefixed=True)
        made = _scaled_behind_bound(tape, made)
        at = made.last
        follows = self._units.money_after(tape, at)
        if follows is not None and not tape.glued(at):
            if follows.kind == "money" and tape.words[at].isupper():
                made = made._replace(last=follows.last, unit=follows.name)
            elif tape.is_in(at, "said_twice") and money.last + 1 < plain.first:
                made = made._replace(last=follows.last)
        named = self._units.dollar_of(tape, at) if tape.words[plain.first - 1] == "$" else None
        if named is not None and tape.written(at, at + 1)[:1].isupper() and ends_phrase(tape, named.last):
            made = made._replace(last=named.last, unit=named.name)
        return _signed(tape, self._with_cents(tape, made))

    def scaled(self, tape: Tape, plain: Amount) -> Amount:
        """The scale of "$5m", "£3bn", "$4 bn"."""
        at = plain.last
        factor = tape.language.map("money_letters").get(tape.words[at]) if at < len(tape.words) else None
        if factor is None or plain.scale > 1 or not (tape.glued(at) or tape.is_in(at, "scales_apart")):
            return plain
        if tape.glued(at + 1) and tape.words[at + 1][:1].isalnum():
            return plain
        return plain.scaled(factor)._replace(last=at + 1, number=(plain.number[0], tape.ends[at]))

    def suffixed(self, tape: Tape, plain: Amount, currency: Unit) -> Amount:
        """As in "70 euros", "85p", "300 pounds", "75 USD million"."""
        last = currency.last
        if currency.kind == "subunit":
            cents = plain._replace(last=last, kind="money", unit=currency.name, bare=False)
            return self._with_one_before(tape, cents) or cents
        if tape.is_in(last - 1, "pounds") and currency.name == "GBP" and _is_weight(tape, plain.first, last):
            return plain._replace(last=last, kind="quantity", unit="pound", bare=False)
        if tape.is_in(last, "behind_pounds"):
            last += 1
        made = plain._replace(last=last, kind="money", unit=currency.name, bare=False)
        if currency.kind == "mega":
            made = made.scaled(10**6)
        thing = tape.things[last] if last < len(tape.words) else None
        if tape.class_at(last) == _C["number"] and isinstance(thing, Numeral) and thing.value == thing.scale > 1:
            made = made.scaled(thing.scale)._replace(last=last + 1)
        return self._with_cents(tape, made)

    def _with_one_before(self, tape: Tape, cents: Amount) -> Amount | None:
        """As in "a dollar and 42 cents": an article that stands for one."""
        at = cents.first - 2
        if tape.class_at(at + 1) != _C["and"] or tape.class_at(at - 1) != _C["a"] or cents.value is None:
            return None
        whole = self._units.money_after(tape, at)
        if whole is None or whole.kind != "money" or whole.last != at + 1 or not 0 < cents.value < 100:
            return None
        total = plain_number(1 + cents.value / 100)
        number = (tape.starts[at - 1], cents.number[1])
        return cents._replace(first=at - 1, low=total, high=total, unit=whole.name, number=number)

    def _with_cents(self, tape: Tape, made: Amount) -> Amount:
        """As in "20 dollars and 43 cents", "$20 and 43c", "20 ringgit 43", "$20 43"."""
        at = made.last
        if not isinstance(made.value, int):
            return made
        if tape.class_at(at) == _C["and"]:
            at += 1
        thing = tape.things[at] if at < len(tape.words) else None
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
        ends = at + 1 >= len(tape.words) or tape.classes[at + 1] in _ENDS
        spoken = not made.prefixed or (at == made.last and thing.value >= _TWO_DIGITS)
        if ends and subunit is None and spoken and not tape.glued(at):
            return made._replace(last=at + 1, low=total, high=total)
        return made


def _scaled_behind_bound(tape: Tape, made: Amount) -> Amount:
    """As in "$20-plus trillion"."""
    at = made.last + 1
    bound = (
        tape.language.map("bounds_inside").get(tape.words[at])
        if tape.class_at(made.last) == _C["dash"] and at < len(tape.words)
        else None
    )
    thing = tape.things[at + 1] if bound is not None and at + 1 < len(tape.words) else None
    if bound is None or not isinstance(thing, Numeral) or thing.value is None or not thing.value == thing.scale > 1:
        return made
    return made.scaled(thing.scale)._replace(last=at + 2, bound=bound)


def _signed(tape: Tape, made: Amount) -> Amount:
    """As in "-$5", "minus £3m": a sign before a currency."""
    at = made.first - 1
    if tape.class_at(at) == _C["minus"]:
        return made.negative()._replace(first=at)
    opens = not tape.glued(at) or tape.class_at(at - 1) in (_C["left"], _C["comma"])
    if at >= 0 and tape.classes[at] == _C["dash"] and tape.glued(made.first) and opens and tape.words[at] in "-−":
        return made.negative()._replace(first=at)
    return made


def _is_weight(tape: Tape, first: int, last: int) -> bool:
    """Whether "pounds" are of weight: by the words around them."""
    if tape.is_in(last, "behind_money"):
        return False
    behind = last + 1 if tape.class_at(last) == _C["of"] else last
    if any(tape.is_in(k, "weighed") for k in (behind, behind + 1)):
        return True  # "buy a twenty-pound bag of rice"
    before = range(max(0, first - 12), first)
    if any(tape.is_in(k, "of_paying") for k in before[-8:]):
        return False
    return any(tape.is_in(k, "of_weighing") for k in before)
