"""Quantities: measures with their bounds, put together to ranges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from copydesk_numbers.lexicon import CLASSES
from copydesk_numbers.measures import NUMERALS, Measure, MeasureReader
from copydesk_numbers.numerals import Numeral, Value, plain_number
from copydesk_numbers.stopwords import STOP_WORDS
from copydesk_numbers.tape import Tape

_C = CLASSES
_REACH = 7  # words that a bound before a number may take


class Draft(NamedTuple):
    """A quantity before it becomes an annotation: word positions on its tape.

    Attributes:
        value: a number, a pair for a range, None where it is vague.
        bound: as in `Quantity`.
    """

    first: int
    last: int
    kind: str
    value: Value | tuple[Value | None, Value | None] | None
    unit: str | None
    number_first: int
    number_last: int
    bound: str = "="
    vague: bool = False
    low: Value | None = None


_LEFT = re.compile(
    r"(?:"
    r"(?P<ge>\bat least(?: or equal to)?|\bno(?:t)? (?:fewer|less|lower|smaller) than|\b(?:a )?minimum(?: of)?"
    r"|\b(?:more|greater|larger|higher|bigger) than or equals? to|\bequals? to or (?:more|greater|larger|higher|bigger) than|[>]\s?=|≥)"
    r"|(?P<le>\bat most|\bup to|\bno(?:t)? (?:more|greater|larger|higher|bigger) than|\bas (?:many|much|high) as|\b(?:a )?maximum(?: of)?|\bnot exceed(?:ing)?"
    r"|\b(?:less|fewer|lower|smaller) than or equals? to|\b(?:less|fewer|smaller|lower) or equal than|\bequals? to or (?:less|fewer|smaller|lower) than|[<]\s?=|≤)"
    r"|(?P<gt>\b(?:more|greater|larger|higher|bigger|better) than|\bover|\babove|\bexceed(?:s|ed|ing)?|\bupwards of|\bnorth of|\bin excess of|\btopped|\bsurpassed|[>])"
    r"|(?P<lt>\b(?:less|fewer|lower|smaller) than|\bunder|\bbelow|\bjust shy of|[<])"
    r"|(?P<eq>\bequals?(?: to)?)"
    r"|(?P<ap>\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|some|(?:an )?estimated|close to|as few as|or so|[~≈]))"
    r")(?:\s(?:about|around|approximately|roughly|some|nearly|a|an|the|equal to))?\s*$"
)
_BEHIND = re.compile(
    r"\s(?:(?P<ge>or (?:more|greater|higher|above|larger|over|upwards?)(?: than(?!\s\w))?|and (?:more|above|over|up|upwards?)\b|plus\b)"
    r"|(?P<le>or (?:less|fewer|lower|below|under|smaller)\b|and (?:below|under)\b)|(?P<ap>or so\b|or thereabouts\b))|(?P<plus>\+)(?!\w)"
)
_SIGN = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "eq": "=", "ap": "~", "plus": ">="}
_LEFT_REACH = 40
_CHANGE = re.compile(
    r"\b(?:rose|rise[sn]?|rising|fell|fall(?:s|en|ing)?|increas\w+|decreas\w+|grew|grow\w*|dropp?\w*|climb\w*|jump\w*|declin\w+|surg\w+|cut\w*"
    r"|rais\w+|lower\w*|went|up|down|slipp?\w*|tumbl\w+|soar\w*|plung\w+|shrank|shrunk|shr?ink\w*|expand\w*|doubl\w+|tripl\w+|advance[sd]?|reduc\w+|chang\w+|mov\w+|upgrad\w+|gain\w*|sank|edg\w+)\b[^.;]{0,50}$"
)
_MAY_END_BOUND = frozenset(
    [
        "than",
        "least",
        "most",
        "to",
        "of",
        "over",
        "above",
        "under",
        "below",
        "exceed",
        "exceeds",
        "exceeded",
        "exceeding",
        "about",
        "around",
        "approximately",
        "approx",
        "roughly",
        "nearly",
        "almost",
        "circa",
        "some",
        "estimated",
        "as",
        "so",
        "equal",
        "equals",
        "topped",
        "surpassed",
        "minimum",
        "maximum",
        ">",
        "<",
        "=",
        "≥",
        "≤",
        "~",
        "≈",
        "a",
        "an",
        "the",
        ".",
    ]
)


class QuantityReader:
    """Puts measures together: bounds before and behind them, ranges, pairs of bounds.

    Args:
        measures: reads one number with its unit.
    """

    def __init__(self, measures: MeasureReader) -> None:
        self._measures = measures

    def drafts(self, tape: Tape, find: Callable[[str, int], re.Match[str] | None]) -> Iterator[Draft]:
        """Every quantity on a tape whose numbers are folded, in order."""
        classes = tape.classes
        at = 0
        while (match := find(classes, at)) is not None:
            index = match.start()
            if not isinstance(tape.things[index], Numeral):
                at = index + 1
                continue
            measure = self._measures.at(tape, index)
            if measure is None or not self._is_number(tape, index, measure):
                at = index + 1
                continue
            draft = self._draft(tape, measure)
            yield draft
            at = max(draft.last, index + 1)

    @staticmethod
    def _is_number(tape: Tape, index: int, measure: Measure) -> bool:
        """Whether "one" counts here, or stands for a person or a thing: "the one", "no one", "one another"."""
        if tape.words[index] != "one" or measure.last > index + 1:
            return True
        before = tape.words[index - 1] if index else ""
        after = tape.words[index + 1] if index + 1 < len(tape) else ""
        if after == "of":
            return True
        noun = (
            index + 1 < len(tape)
            and tape.classes[index + 1] == _C["plain"]
            and after not in STOP_WORDS
            and not after.endswith("ed")
        )
        if after in _NOT_AFTER_ONE or (
            before in _NOT_BEFORE_ONE and not (noun and before in ("this", "that", "the", "which"))
        ):
            return False
        if (
            index > 1
            and not noun
            and tape.words[index - 2] in ("a", "an", "the")
            and tape.classes[index - 1] == _C["plain"]
        ):
            return False  # "a positive one"
        return not (index and isinstance(tape.things[index - 1], Numeral) and tape.things[index - 1].kind == "ordinal")

    def _draft(self, tape: Tape, one: Measure) -> Draft:
        ranged = self._range(tape, one)
        if ranged is not None:
            return ranged
        bound = self._bound_before(tape, one.first)
        if one.bare and one.kind == "cardinal" and _is_age(tape, one):
            one = one._replace(kind="age", unit="year")
        if bound == "~" and one.value == 1 and one.unit is None:
            bound = "="  # "about one thing"
        draft = _as_draft(one, bound)
        if one.kind == "ordinal":
            return draft._replace(bound="=")
        behind = _BEHIND.match(tape.text, tape.ends[one.last - 1], tape.ends[one.last - 1] + 30)
        if behind is not None and behind.lastgroup and bound in ("=", "~"):
            draft = draft._replace(bound=_SIGN[behind.lastgroup])
        if draft.bound in _OPEN:
            return self._second_bound(tape, draft) or draft
        return draft

    @staticmethod
    def _bound_before(tape: Tape, first: int) -> str:
        if first == 0 or tape.words[first - 1] not in _MAY_END_BOUND:
            return "="
        end = tape.starts[first]
        match = _LEFT.search(tape.text[max(0, end - _LEFT_REACH) : end].lower())
        if match is None or match.lastgroup is None:
            return "="
        return _SIGN[match.lastgroup]

    def _second_bound(self, tape: Tape, draft: Draft) -> Draft | None:
        """As in "more than 40 and less than 100": one range."""
        k = draft.last
        if k >= len(tape) or tape.classes[k] != _C["and"] or isinstance(draft.value, tuple) or draft.value is None:
            return None
        for index in range(k + 2, min(k + _REACH, len(tape))):
            if tape.classes[index] not in NUMERALS:
                continue
            between = tape.text[tape.ends[k] : tape.starts[index]]
            if not isinstance(tape.things[index], Numeral) or not _LEFT.fullmatch(between.lower().strip() + " "):
                return None
            other = self._measures.at(tape, index)
            if other is None or other.value is None:
                return None
            bound = self._bound_before(tape, other.first)
            low, high = (draft.value, other.value) if draft.bound in (">", ">=") else (other.value, draft.value)
            if bound not in _OPEN or (bound[0] == draft.bound[0]) or low > high:
                return None
            return draft._replace(
                last=other.last,
                value=(low, high),
                bound="=",
                unit=other.unit or draft.unit,
                number_last=other.number_last,
            )
        return None

    def _range(self, tape: Tape, one: Measure) -> Draft | None:
        """As in "between 10 and 20", "from 10 to 20", "10-20", "10 to 20 million dollars"."""
        k, n = one.last, len(tape)
        if k + 1 >= n or one.value is None or isinstance(one.value, tuple):
            return None
        joint = tape.classes[k]
        before = tape.words[one.first - 1] if one.first else ""
        if before == "of" and tape.words[max(0, one.first - 4) : one.first - 1] == ["between", "the", "ages"]:
            before = "between"
        if before == "the" and one.first > 1:
            before = tape.words[one.first - 2]
        if joint == _C["dash"]:
            if tape.glued(k) != tape.glued(k + 1) and tape.words[k + 1] != "to":
                return None
            if tape.words[k + 1] == "to" and k + 2 < n:  # 8- to 16-metre
                k += 1
        elif joint == _C["and"]:
            if before not in ("between", "from"):
                return None
        elif joint == _C["to"] or tape.words[k] in ("through", "thru", "till", "until") or joint == _C["tilde"]:
            pass
        else:
            return None
        second_at = k + 1
        if second_at < n and tape.words[second_at] == "the":
            second_at += 1
        while second_at < n and second_at < k + 4 and tape.classes[second_at] not in NUMERALS:
            second_at += 1
        if second_at >= n or tape.classes[second_at] not in NUMERALS or not isinstance(tape.things[second_at], Numeral):
            return None
        two = self._measures.at(tape, second_at)
        if two is None or two.value is None or two.first > k + (2 if tape.words[k + 1] == "the" else 1):
            return None
        if (one.kind == "ordinal") != (two.kind == "ordinal"):
            return None
        return self._joined(tape, one, two, before, joint)

    def _joined(self, tape: Tape, one: Measure, two: Measure, before: str, joint: str) -> Draft | None:
        low, high = one.value, two.value
        assert low is not None
        assert high is not None
        unit = two.unit or one.unit
        if one.unit and two.unit and one.unit != two.unit:
            return None
        if one.bare and not one.unit and two.scale > 1 and low < 1000 and low * two.scale < high:
            low = plain_number(low * two.scale)
        if before == "from" and _CHANGE.search(
            tape.text[max(0, tape.starts[one.first] - 70) : tape.starts[one.first] - 5].lower()
        ):
            return None
        if joint == _C["to"] and before not in ("from", "between") and (low >= high or self._is_change(tape, one)):
            return None
        if joint == _C["dash"] and (low >= high or (one.kind == "ordinal")):
            return None
        if low >= high and not (unit or before in ("between", "from")):
            return None
        first, last = one.first, two.last
        return Draft(
            first, last, two.kind if two.unit else one.kind, (low, high), unit, one.number_first, two.number_last
        )

    @staticmethod
    def _is_change(tape: Tape, one: Measure) -> bool:
        """As in "rose 5 percent to 40": two figures, no range."""
        begin = tape.starts[one.first]
        return _CHANGE.search(tape.text[max(0, begin - 40) : begin].lower()) is not None and one.unit is not None


def _is_age(tape: Tape, one: Measure) -> bool:
    """Whether a bare number is somebody's age: "aged 34", "at age 34", "Ann Lee, 34, said"."""
    if not isinstance(one.value, int) or not 0 < one.value < _OLDEST or one.first == 0:
        return False
    if tape.classes[one.first - 1] == _C["age"]:
        return True
    if tape.classes[one.first - 1] != _C["comma"] or one.first < 3 or not tape.words[one.first].isdecimal():
        return False
    ends = one.last < len(tape) and tape.classes[one.last] in (_C["comma"], _C["dot"])
    named = all(
        tape.written(k, k + 1)[:1].isupper() and tape.classes[k] == _C["plain"] for k in (one.first - 3, one.first - 2)
    )
    return ends and named and one.value >= _YOUNGEST and not (one.last + 1 < len(tape) and tape.glued(one.last + 1))


_YOUNGEST, _OLDEST = 10, 120
_OPEN = (">", "<", ">=", "<=")
_NOT_BEFORE_ONE = frozenset(
    [
        "the",
        "this",
        "that",
        "these",
        "those",
        "which",
        "each",
        "every",
        "any",
        "no",
        "another",
        "some",
        "other",
        "such",
        "whichever",
        "good",
        "bad",
        "new",
        "old",
        "big",
        "small",
        "right",
        "wrong",
        "only",
        "last",
        "next",
        "first",
        "current",
        "previous",
        "great",
        "nice",
        "little",
        "whole",
        "particular",
        "certain",
        "better",
        "best",
        "worst",
        "loved",
    ]
)
_NOT_AFTER_ONE = frozenset(
    ["another", "may", "might", "can", "could", "should", "would", "must", "shall", "will", "'s"]
)


def _as_draft(one: Measure, bound: str) -> Draft:
    value: Value | tuple[Value | None, Value | None] | None = one.value
    vague = False
    if value is None:
        vague = True
        if one.low is not None:
            value = (one.low, one.high)
    return Draft(one.first, one.last, one.kind, value, one.unit, one.number_first, one.number_last, bound, vague=vague)
