"""The algebra of figures: amounts with rates, put together to ranges, under bounds.

    figure = bound* range bound?
    range  = amount (joint amount)?
    amount = sign? currency? number scale? unit? rate?

It is applied once, from left to right. An amount ends before the next begins, and no word is looked at
from further away than a fixed number of words: the cost grows with the text and no faster. What the
two ends of a range do not say themselves, each has from the other: scale, unit, currency and rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk_numbers.figures.ages import with_age
from copydesk_numbers.figures.amount import AMOUNTS, Amount, ends_phrase
from copydesk_numbers.figures.amounts import AmountReader
from copydesk_numbers.figures.bounds import Bounds
from copydesk_numbers.figures.rates import RateReader
from copydesk_numbers.numerals.numeral import Value, plain_number
from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_FIND = re.compile("[" + "".join(AMOUNTS) + "]").search
_OPEN = frozenset((">", "<", ">=", "<="))
_SIDES_OF = frozenset((">", "<"))
_BETWEEN = 4  # words that may stand between the joint of a range and its second number
_LARGEST_SCORE = 150
_FAR = 4  # a change that is so many times smaller than what it leads to is no end of a range with it
_CHANGE_WITHIN = 9  # words before a figure in which a verb of change says that it is one


class Algebra:
    """Composes the figures of a tape on which numerals and times are folded.

    Args:
        amounts: reads one number with its unit.
        rates: reads "a barrel", "per 100,000 people".
        bounds: reads "at least", "or more".
    """

    def __init__(self, amounts: AmountReader, rates: RateReader, bounds: Bounds) -> None:
        self._amounts = amounts
        self._rates = rates
        self._bounds = bounds

    def figures(self, tape: Tape) -> Iterator[Amount]:
        """Every figure of a tape, in order; none overlaps another."""
        at, before = 0, None
        while (match := _FIND(tape.classes, at)) is not None:
            one = self._amount(tape, match.start())
            if one is None:
                at = match.start() + 1
                continue
            figure = with_age(tape, self._range(tape, one) or self._coordinated(tape, one))
            figure = self._bounded(tape, figure, before)
            figure = self._rates.behind_counted(tape, _elliptical(tape, before, figure))
            before = figure
            yield figure
            at = max(figure.last, match.start() + 1, (figure.rate_at or 0) + 1)

    def _amount(self, tape: Tape, index: int, currency: str | None = None) -> Amount | None:
        amount = self._amounts.at(tape, index, currency)
        if amount is not None and currency is not None and amount.unit is None:
            amount = amount._replace(unit=currency, kind="money")
        return self._rates.added(tape, amount) if amount is not None else None

    # ------------------------------------------------------------------ ranges

    def _range(self, tape: Tape, one: Amount) -> Amount | None:
        """As in "between 10 and 20", "$10-15 million", "5 to 10 km", "three or four months"."""
        if one.value is None or one.last + 1 >= len(tape.words):
            return None
        if tape.words[one.last] == "±":
            return self._around(tape, one)
        if tape.classes[one.last] not in _JOINTS and not tape.is_in(one.last, "joints"):
            return None
        opening = self._opening(tape, one.first)
        second_at = self._second(tape, one, opening)
        if second_at is None:
            return None
        two = self._amount(tape, second_at, one.unit if one.prefixed else None)
        if two is None or two.value is None or two.code or (one.kind == "ordinal") != (two.kind == "ordinal"):
            return None
        return self._joined(tape, one, two, opening)

    def _around(self, tape: Tape, one: Amount) -> Amount | None:
        """As in "12.5 ± 0.5 km"."""
        two = self._amount(tape, one.last + 1) if tape.class_at(one.last + 1) in AMOUNTS else None
        if (
            two is None
            or one.value is None
            or two.value is None
            or two.value < 0
            or (one.unit and one.unit != two.unit)
        ):
            return None
        return _made(one, two, low=plain_number(one.value - two.value), high=plain_number(one.value + two.value))

    def _opening(self, tape: Tape, first: int) -> str:
        """The word that opens a range before its first end: between, from, or nothing."""
        at = first - 1
        while at > first - _BETWEEN and (tape.is_in(at, "before_ends") or tape.class_at(at) == _C["the"]):
            at -= 1
        name = tape.class_at(at)
        return "between" if name == _C["between"] else "from" if name == _C["from"] else ""

    def _second(self, tape: Tape, one: Amount, opening: str) -> int | None:
        """Where the second number of a range stands, if a joint follows the first."""
        k = one.last
        joint = tape.classes[k]
        if joint == _C["dash"]:
            spaced = tape.glued(k) != tape.glued(k + 1) or (tape.words[k] == "\N{EM DASH}" and not tape.glued(k))
            if tape.class_at(k + 1) == _C["to"] and tape.is_in(k + 1, "joints"):
                k += 2 if tape.class_at(k + 2) == _C["dash"] else 1  # "8- to 16-metre", "10-to-12 percent"
            elif spaced:
                return None
        elif joint == _C["and"]:
            if not opening:
                return None
        elif joint == _C["or"] and (one.kind != "cardinal" or opening):
            return None
        at = k + 1
        while at < k + _BETWEEN and (tape.class_at(at) in _SKIPPED or tape.is_in(at, "approximately")):
            at += 1
        while at < k + _BETWEEN and tape.class_at(at) not in AMOUNTS:
            at += 1  # a currency or a sign; that the amount begins right behind the joint is checked by `_touches`
        return at if tape.class_at(at) in AMOUNTS and isinstance(at, int) else None

    def _joined(self, tape: Tape, one: Amount, two: Amount, opening: str) -> Amount | None:
        if not self._touches(tape, one, two) or (one.unit and two.unit and one.unit != two.unit):
            return None
        if (one.kind == "fraction") != (two.kind == "fraction") and one.unit != two.unit:
            return None  # "half - 55 percent"
        joint = tape.classes[one.last]
        own_unit = one.unit is not None and not one.prefixed
        one, two = shared(one, two)
        low, high = one.value, two.value
        if low is None or high is None:
            return None
        if joint == _C["or"]:
            return _made(one, two) if _is_either(low, high) else None
        if opening == "from" and self._changes(tape, one.first):
            return None
        if low >= high:
            signed = high < 0 and low <= 0
            if not signed and (opening != "between" or low == high):
                return None
            return _made(one, two, low=min(low, high), high=max(low, high))
        if joint == _C["dash"] and one.kind == "ordinal":
            return None
        if not opening and joint != _C["dash"] and (own_unit or high > _FAR * low) and self._changes(tape, one.first):
            return None  # "rose 5 percent to 40 percent", "fell 50 to 13,000"
        if joint == _C["dash"] and one.kind == "cardinal" and one.unit is None and high <= _LARGEST_SCORE:
            counts = ends_phrase(tape, two.last) or tape.glued(two.last)
            if counts and not opening and self._contests(tape, one.first):
                return None  # "they lost 1-2"
        if joint != _C["dash"] and own_unit and one.kind == "percent" and not opening:
            in_brackets = tape.class_at(one.first - 1) == _C["left"] and tape.class_at(two.last) == _C["right"]
            if in_brackets or self._contests(tape, one.first):
                return None  # "they lost 36 percent to 51 percent"
        return _made(one, two)

    @staticmethod
    def _touches(tape: Tape, one: Amount, two: Amount) -> bool:
        """Whether nothing but the joint, articles and words of approximation stand between two amounts."""
        at = one.last + 1
        while at < two.first and (
            tape.classes[at] in _JOINED_BY or tape.is_in(at, "approximately") or tape.is_in(at, "joints")
        ):
            at += 1
        return at >= two.first

    @staticmethod
    def _changes(tape: Tape, first: int) -> bool:
        """Whether a verb of change stands before a figure in its sentence: "rose from 40 to 50" is two figures."""
        stems = tape.language.map("change_stems")
        for at in range(first - 1, max(-1, first - 1 - _CHANGE_WITHIN), -1):
            if tape.classes[at] in _SENTENCE_ENDS:
                return False
            word = tape.words[at]
            if tape.is_in(at, "changes") or any(word.startswith(stem) for stem in stems.get(word[:2], ())):
                return True
        return False

    def _coordinated(self, tape: Tape, one: Amount) -> Amount:
        """A bare number with the unit of the one it is joined to: "5 and 10 percent", "46 to 40 percent"."""
        at = one.last + 1
        if not one.bare or one.kind != "cardinal":
            return one
        if (
            tape.class_at(one.last) == _C["dash"]
            and tape.class_at(at) == _C["to"]
            and tape.class_at(at + 1) == _C["dash"]
        ):
            at += 2
        elif tape.class_at(one.last) == _C["dash"] and tape.glued(one.last) and tape.class_at(at) in _AND:
            at += 1  # "9- and 10-year-olds"
        elif tape.class_at(one.last) == _C["comma"]:
            return self._listed(tape, one) or one
        elif tape.class_at(one.last) not in _AND:
            return one
        if tape.class_at(at) not in AMOUNTS:
            return one
        two = self._amount(tape, at)
        for _ in range(_SIDES):  # "146.7 x 71.5 x 7.4 mm"
            if two is None or not two.bare or not tape.class_at(two.last) == tape.class_at(one.last) == _C["x"]:
                break
            two = self._amount(tape, two.last + 1) if tape.class_at(two.last + 1) in AMOUNTS else None
        if two is None or two.unit is None or two.prefixed or two.vague or two.kind not in _SHARING:
            return one
        return one._replace(unit=two.unit, kind=two.kind, per=two.per, bare=False)

    def _listed(self, tape: Tape, one: Amount) -> Amount | None:
        """One of three or more bare numbers of which the last says the unit: "7, 8 or 10 percent"."""
        behind = tape.class_at(one.first - 1) == _C["comma"] and tape.class_at(one.first - 2) in AMOUNTS
        at, members = one.last, 1 + behind
        while members <= _MOST_LISTED:
            joint = at + 1 if tape.class_at(at) == _C["comma"] and tape.class_at(at + 1) in _AND else at
            if tape.class_at(joint) not in _LISTING or tape.class_at(joint + 1) not in AMOUNTS:
                return None
            two = self._amount(tape, joint + 1)
            if two is None or two.vague:
                return None
            members += 1
            if two.unit is not None:
                listed = members > 2 and two.kind in _SHARING and not two.prefixed
                return one._replace(unit=two.unit, kind=two.kind, per=two.per, bare=False) if listed else None
            at = two.last
        return None

    @staticmethod
    def _contests(tape: Tape, first: int) -> bool:
        """Whether a word of winning and losing stands before a figure in its sentence."""
        for at in range(first - 1, max(-1, first - 1 - _CHANGE_WITHIN), -1):
            if tape.classes[at] in _SENTENCE_ENDS:
                return False
            if tape.is_in(at, "contests"):
                return True
        return False

    # ------------------------------------------------------------------ bounds

    def _bounded(self, tape: Tape, figure: Amount, last: Amount | None) -> Amount:
        """The figure with the bound that the words around it say; `last` is the figure before it."""
        if figure.kind == "ordinal" or figure.bound != "=":
            return figure
        bound = self._bounds.before(tape, figure.first)
        if bound in _SIDES_OF and last is not None and self._bounds.is_distance(tape, last, figure.first):
            bound = "="  # "5 points shy of 46 percent"
        if bound == "~" and figure.value == 1 and figure.unit is None:
            bound = "="  # "about one thing"
        if bound == ">" and figure.value == 1 and tape.class_at(figure.last) == _C["duration"]:
            bound = "="  # "over one 12-year stretch"
        if bound == ">" and self._spreads(tape, figure.first):
            bound = "="  # "paid over five years"
        if bound in ("=", "~"):
            bound = self._bounds.behind(tape, figure.last, counts=figure.unit is None) or bound
        if bound != "=":
            figure = figure._replace(bound=bound)
        return (self._second_bound(tape, figure) or figure) if bound in _OPEN else figure

    @staticmethod
    def _spreads(tape: Tape, first: int) -> bool:
        """Whether "over" before a length is the preposition of time.

        As in "paid over five years" and "$5 million over five years", not in "for over five years" and "it took over five years".
        """
        if tape.class_at(first) != _C["duration"] or tape.class_at(first - 1) != _C["over"]:
            return False
        return not (tape.is_in(first - 2, "before_over") or tape.is_in(first - 2, "before_bounds"))

    def _second_bound(self, tape: Tape, figure: Amount) -> Amount | None:
        """As in "more than 40 and less than 100": one range."""
        k = figure.last
        if tape.class_at(k) != _C["and"] or figure.value is None:
            return None
        for index in range(k + 2, min(k + 8, len(tape.words))):
            if tape.classes[index] not in AMOUNTS:
                continue
            other = self._amount(tape, index)
            if other is None or other.value is None or not self._bounds.is_one(tape, k + 1, other.first):
                return None
            bound = self._bounds.before(tape, other.first)
            low, high = (figure, other) if figure.bound[0] == ">" else (other, figure)
            if bound not in _OPEN or bound[0] == figure.bound[0] or (low.low or 0) > (high.high or 0):
                return None
            return figure._replace(
                last=other.last,
                end=other.end, low=low.low, high=high.high, bound="=", unit=other.unit or figure.unit,
                number=(figure.number[0], other.number[1]),
            )  # fmt: skip
        return None


_JOINTS = frozenset(_C[name] for name in ("dash", "and", "or", "tilde"))
_SIDES = 2  # more, that a measure of several may have: "4 x 3 x 2 m"
_AND = frozenset((_C["and"], _C["or"], _C["to"], _C["x"]))
_LISTING = _AND | {_C["comma"]}
_MOST_LISTED = 5
_SHARING = frozenset(("quantity", "percent", "money", "temperature", "age"))
_OF_CHANGES = frozenset(("percent", "money"))
_DATES = frozenset((_C["date"], _C["instant"]))
_GAP = 3  # words between the two numbers of a change: "in 2007 to"
_SKIPPED = frozenset((_C["the"], _C["a"]))
_JOINED_BY = _SKIPPED | {_C["dash"]}
_SENTENCE_ENDS = frozenset((_C["dot"], _C["break"]))


def shared(one: Amount, two: Amount) -> tuple[Amount, Amount]:
    """Two ends of a range with what only one of them says: scale, unit, currency, rate.

    A scale behind the second end is the first one's too where the numbers before it go up: "5 to 7 million" is
    5,000,000 to 7,000,000, "500 to 2 million" is as it stands.
    """
    low, high = one.value, two.value
    if low is not None and high is not None and one.scale == 1 and two.scale > 1 and abs(low) < abs(high / two.scale):
        one = one.scaled(two.scale)
    unit, per = two.unit or one.unit, two.per or one.per
    kind = one.kind if one.unit and not two.unit else two.kind if two.unit else one.kind
    return one._replace(unit=unit, per=per, kind=kind), two._replace(unit=unit, per=per, kind=kind)


def _elliptical(tape: Tape, before: Amount | None, figure: Amount) -> Amount:
    """A bare number with the unit of the one that it is a change from: "from 22 percent in 2007 to 19.6 in 2019"."""
    if before is None or not figure.bare or figure.kind != "cardinal" or before.kind not in _OF_CHANGES:
        return figure
    between = tape.classes[before.last : figure.first]
    gap = len(between) == _GAP and between[-1] == _C["to"] and between[0] == _C["in"] and between[1] in _DATES
    if not gap or not ends_phrase(tape, figure.last):
        return figure
    return figure._replace(kind=before.kind, unit=before.unit, per=before.per, bare=False)


def _made(one: Amount, two: Amount, *, low: Value | None = None, high: Value | None = None) -> Amount:
    return two._replace(
        first=one.first,
        low=one.low if low is None else low,
        high=two.high if high is None else high,
        number=(one.number[0], two.number[1]),
        bare=one.bare and two.bare,
        prefixed=one.prefixed,
    )


def _is_either(low: Value, high: Value) -> bool:
    """Whether two numbers joined by "or" are a guess at one: "five or six", "20 or 30"; not "1 or 100"."""
    step = high - low
    return low > 0 and (step == 1 or (step > 0 and low % 10 == 0 and high % 10 == 0 and step <= low))
