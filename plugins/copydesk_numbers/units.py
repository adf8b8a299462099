"""Units and currencies: what stands behind (or before) a number, from the tables in data/."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import NamedTuple

from copydesk_numbers.lexicon import CLASSES, in_set
from copydesk_numbers.tape import Tape

_DATA = files("copydesk_numbers") / "data"
_C = CLASSES
_NUMERIC = in_set("amount") | in_set("small_word") | {_C["money_number"], _C["scale"], _C["hundred"]}
CODES_THAT_ARE_WORDS = frozenset({"ALL", "TOP", "TRY", "MAD", "CUP", "PEN", "COP", "MOP", "BAM", "ANG", "SOS", "GEL", "WON", "RON", "DEM", "STD"})  # fmt: skip
CODES_IN_LOWER_CASE = frozenset({"usd", "eur", "gbp", "jpy", "cny", "rmb", "aud", "cad", "chf", "inr", "nzd", "hkd"})


class Unit(NamedTuple):
    """A unit as found: pint's name or an ISO 4217 code, what it measures, and the word after it."""

    name: str
    kind: str
    last: int


class _Spelling(NamedTuple):
    words: tuple[str, ...]
    exact: str | None
    name: str
    kind: str
    length: int | None  # of a spelling without spaces: "m2" is not "m 2"


_Table = dict[str, list[_Spelling]]


def _rows(name: str) -> list[list[str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _entry(table: _Table, written: str, name: str, kind: str, *, exact: bool) -> None:
    tape = Tape.of(written, written.lower(), 0, len(written))
    spelling = _Spelling(
        tuple(tape.words),
        re.sub(r"\s", "", written) if exact else None,
        name,
        kind,
        None if " " in written else len(written),
    )
    table.setdefault(tape.words[0], []).append(spelling)


def _unit_table() -> _Table:
    table: _Table = {}
    for written, name in _rows("units.tsv"):
        kind = "temperature" if name.startswith("degree") or name == "kelvin" else "quantity"
        exact = written != written.lower() or (len(written) <= 2 and written.isalpha() and written not in _ANY_CASE)
        _entry(table, written, name, kind, exact=exact)
    for spellings in table.values():
        spellings.sort(key=lambda spelling: -len(spelling.words))
    return table


_ANY_CASE = frozenset({"ft", "lb", "oz", "kg", "km", "cm"})


def _money_table() -> tuple[_Table, dict[str, tuple[str, str]]]:
    """Spellings behind a number, and symbols before one."""
    after: _Table = {}
    before: dict[str, tuple[str, str]] = {}
    for written, code, kind in _rows("currencies.tsv"):
        if kind == "code":
            _entry(after, written, code, "money", exact=True)
            before[written] = (code, kind)
            if written.lower() in CODES_IN_LOWER_CASE:
                _entry(after, written.lower(), code, "money", exact=True)
                before[written.lower()] = (code, kind)
        else:
            exact = kind == "symbol"
            _entry(after, written, code, "money" if kind != "subunit" else "subunit", exact=exact)
            before[written] = (code, kind)
    for spellings in after.values():
        spellings.sort(key=lambda spelling: -len(spelling.words))
    return after, before


_UNITS = _unit_table()
_MONEY, _BEFORE = _money_table()
_SYMBOL_BEFORE = re.compile(
    r"(?:(?<![^\W\d_])|(?<=\d))(?P<mega>M)?(?P<symbol>"
    + "|".join(
        re.escape(written)
        for written, (_, kind) in sorted(_BEFORE.items(), key=lambda row: -len(row[0]))
        if kind in ("symbol", "code") or written in ("dollar", "ringgit", "malaysia ringgit", "sen", "bitcoin", "rs")
    )
    + r")\s?$"
)
PREFIXES = frozenset(written.lower() for written, (_, kind) in _BEFORE.items() if kind in ("symbol", "code"))
"""What may stand right before digits: "usd" of USD115."""
_LONGEST_SYMBOL = 18
_ENDINGS = frozenset(written.rstrip(".")[-1].lower() for written in _BEFORE)
_SQUARE = {"square": "square", "sq": "square", "cubic": "cubic", "cu": "cubic"}
_POWERS = {"2": "square", "²": "square", "squared": "square", "3": "cubic", "³": "cubic", "cubed": "cubic"}
_PERIODS = {
    "second": "second", "seconds": "second", "sec": "second", "s": "second", "minute": "minute", "minutes": "minute", "min": "minute",
    "hour": "hour", "hours": "hour", "hr": "hour", "h": "hour", "day": "day", "week": "week", "month": "month", "year": "year",
    "millisecond": "millisecond", "milliseconds": "millisecond", "ms": "millisecond", "annum": "year",
}  # fmt: skip


class UnitReader:
    """Finds the unit of a number.

    Args:
        dollar: the ISO code of "$" and of "dollars" with no country.
    """

    def __init__(self, dollar: str) -> None:
        self._dollar = dollar

    def money_before(self, tape: Tape, index: int) -> Unit | None:
        """The currency whose symbol or code stands before word `index`; `last` is the word it begins at."""
        if index == 0 or tape.starts[index] - tape.ends[index - 1] > 1:
            return None
        end = tape.starts[index]
        word = tape.words[index - 1]
        if not word or (word[-1] not in _ENDINGS and word != "."):
            return None
        match = _SYMBOL_BEFORE.search(tape.text[max(0, end - _LONGEST_SYMBOL) : end])
        if match is None:
            return None
        written = match["symbol"]
        code, kind = _BEFORE[written]
        if kind == "code" and written in CODES_THAT_ARE_WORDS:
            return None
        begin = end - (len(match[0]))
        first = index
        while first > 0 and tape.starts[first - 1] >= begin:
            first -= 1
        if first == index or tape.starts[first] != begin:
            return None
        if first > 0 and tape.classes[first - 1] in _NUMERIC and not (tape.glued(index) and not tape.glued(first)):
            return None  # the currency belongs to the number before it
        if match["mega"] and kind != "code":
            return None
        return Unit(self._code(code, written), "mega" if match["mega"] else "money", first)

    def money_after(self, tape: Tape, index: int) -> Unit | None:
        """The currency at word `index`: "euros", "Australian dollars", "USD", "€"."""
        found = self._lookup(_MONEY, tape, index)
        if found is None:
            return self._mega(tape, index)
        if found.name == "GBP" and tape.words[index].startswith("pound"):
            return found
        written = tape.words[index]
        if written in ("dollar", "dollars", "bucks", "buck", "$"):
            return found._replace(name=self._dollar)
        return found

    def _mega(self, tape: Tape, index: int) -> Unit | None:
        """30 MUSD"""
        if index >= len(tape) or len(tape.words[index]) != 4 or tape.words[index][0] != "m":
            return None
        code = tape.written(index, index + 1)
        if code[0] == "M" and code[1:] in _BEFORE and _BEFORE[code[1:]][1] == "code":
            return Unit(code[1:], "mega", index + 1)
        return None

    def _code(self, code: str, written: str) -> str:
        return self._dollar if code == "$" or (code == "USD" and written.lower() in ("dollar", "dollars")) else code

    @staticmethod
    def _lookup(table: _Table, tape: Tape, index: int) -> Unit | None:
        if index >= len(tape):
            return None
        spellings = table.get(tape.words[index])
        if spellings is None:
            return None
        for words, exact, name, kind, length in spellings:
            last = index + len(words)
            if last > len(tape) or (len(words) > 1 and tuple(tape.words[index:last]) != words):
                continue
            if len(words) > 1 and length is not None and tape.ends[last - 1] - tape.starts[index] != length:
                continue
            if exact is not None and re.sub(r"\s", "", tape.written(index, last)) != exact:
                continue
            return Unit(name, kind, last)
        return None

    def unit_at(self, tape: Tape, index: int) -> Unit | None:
        """The unit at word `index`, with "square", powers and "per hour"."""
        n = len(tape)
        if index >= n:
            return None
        power = ""
        at = index
        if tape.words[at] in _SQUARE and at + 1 < n:
            power, at = _SQUARE[tape.words[at]], at + 1
            if at < n and tape.classes[at] == _C["dot"]:
                at += 1
            if at < n and tape.classes[at] == _C["dash"]:
                at += 1
        unit = self._lookup(_UNITS, tape, at)
        if unit is None:
            return None
        name, kind, last = unit
        if not power and last < n:
            end = last + 1 if tape.classes[last] == _C["caret"] else last
            if _is_power(tape, end):
                power, last = _POWERS[tape.words[end]], end + 1
        if power:
            name, kind = f"{power} {name}", "quantity"
        return self._per(tape, Unit(name, kind, last))

    def _per(self, tape: Tape, unit: Unit) -> Unit:
        """As in "miles per hour", "km/h", "miles an hour", "kg/m3", "mg per litre"."""
        n, at = len(tape), unit.last
        if unit.kind == "temperature" or at + 1 >= n:
            return unit
        slash = tape.classes[at] == _C["slash"] and tape.glued(at + 1)
        article = tape.classes[at] == _C["a"] and unit.name in ("mile", "kilometer", "foot", "meter")
        if not slash and not article and tape.classes[at] != _C["per"]:
            return unit
        word = tape.words[at + 1]
        if word in _PERIODS and (not article or word in ("hour", "second", "minute")):
            return Unit(f"{unit.name} / {_PERIODS[word]}", "quantity", at + 2)
        if not article:
            below = self._lookup(_UNITS, tape, at + 1)
            if below is not None and (slash or len(word) > 2):
                last, name = below.last, below.name
                if last < n and tape.words[last] in _POWERS and tape.glued(last):
                    name, last = f"{_POWERS[tape.words[last]]} {name}", last + 1
                return Unit(f"{unit.name} / {name}", "quantity", last)
        return unit


def _is_power(tape: Tape, at: int) -> bool:
    """Whether word `at` squares or cubes the unit before it: m2, km cubed."""
    if at >= len(tape) or tape.words[at] not in _POWERS or not (tape.glued(at) or tape.words[at].isalpha()):
        return False
    return not (at + 1 < len(tape) and tape.glued(at + 1) and tape.words[at + 1][:1].isalnum())
