"""Units and currencies behind and before a number, from the tables of a language."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from copydesk_numbers.language.pack import Language
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape

_C = CLASSES
_NUMERIC = in_set("numeral") | in_set("small_word") | {_C["scale"], _C["hundred"], _C["duration"]}
_DOLLAR = "$"
"""The code of a currency that only the user's settings name."""
_LONGEST_CODE, _MEGA = 4, "m"
_SHORTEST = 2  # words of a number with its currency


class Unit(NamedTuple):
    """A unit as found.

    Attributes:
        name: pint's name, or an ISO 4217 code.
        kind: quantity, percent, temperature, money, subunit; `mega` for a currency with M before it (MUSD).
        last: the word behind it; for a currency before a number, its first word.
        per: what a rate is counted by.
    """

    name: str
    kind: str
    last: int
    per: str | None = None


class _Spelling(NamedTuple):
    words: tuple[str, ...]
    exact: str | None  # as written, without spaces, where capitals matter
    name: str
    kind: str
    length: int | None  # of a spelling without spaces: "m2" is not "m 2"


_Table = dict[str, list[_Spelling]]


class _Tables(NamedTuple):
    units: _Table
    money: _Table
    before: dict[tuple[str, ...], list[_Spelling]]  # by the words of the spelling
    lengths: dict[str, tuple[int, ...]]  # of the spellings that end in a word, the longest first
    dollars: dict[str, str]  # nationality to the code of its dollar


@cache
def _tables(language: Language) -> _Tables:
    units: _Table = {}
    any_case = language.group("units_in_any_case")
    for written, name in language.units:
        exact = written != written.lower() or (len(written) <= 2 and written.isalpha() and written not in any_case)
        _enter(units, language, written, name, _kind_of(name), exact=exact)
    money: _Table = {}
    before: dict[tuple[str, ...], list[_Spelling]] = {}
    dollars: dict[str, str] = {}
    lower_codes, no_codes = language.group("codes_in_lower_case"), language.group("codes_that_are_words")
    for written, code, kind in language.currencies:
        exact = kind in ("code", "symbol")
        as_kind = "subunit" if kind == "subunit" or (code.islower() and code != "bitcoin") else "money"
        if written not in language.group("only_before"):
            _enter(money, language, written, code, as_kind, exact=exact)
        if kind == "code" and written.lower() in lower_codes:
            _enter(money, language, written.lower(), code, "money", exact=True)
            _before(before, _spelling(language, written.lower(), code, "money", exact=True))
        if (
            exact and written not in no_codes and written not in language.group("only_behind")
        ) or written in language.group("names_before"):
            _before(before, _spelling(language, written, code, as_kind, exact=exact))
        if kind == "name" and written.endswith((" dollar",)):
            dollars[written.rpartition(" ")[0]] = code
    for table in (units, money):
        for spellings in table.values():
            spellings.sort(key=lambda spelling: -len(spelling.words))
    lengths: dict[str, set[int]] = {}
    for words in before:
        lengths.setdefault(words[-1], set()).add(len(words))
    longest_first = {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}
    return _Tables(units, money, before, longest_first, dollars)


def _before(table: dict[tuple[str, ...], list[_Spelling]], spelling: _Spelling) -> None:
    table.setdefault(spelling.words, []).append(spelling)


def _kind_of(name: str) -> str:
    if name in ("percent", "percentage_point"):
        return "percent"
    return "temperature" if name.startswith("degree") or name == "kelvin" else "quantity"


def _enter(table: _Table, language: Language, written: str, name: str, kind: str, *, exact: bool) -> None:
    spelling = _spelling(language, written, name, kind, exact=exact)
    table.setdefault(spelling.words[0], []).append(spelling)


def _spelling(language: Language, written: str, name: str, kind: str, *, exact: bool) -> _Spelling:
    words = tuple(Tape.of(written, written.lower(), 0, len(written), language).words)
    spelt = re.sub(r"\s", "", written) if exact else None
    return _Spelling(words, spelt, name, kind, None if " " in written else len(written))


class UnitReader:
    """Finds the unit of a number.

    Args:
        language: whose units and currencies.
        dollar: the ISO code of "$" and of "dollars" with no country.
    """

    def __init__(self, language: Language, dollar: str) -> None:
        self._tables = _tables(language)
        self._dollar = dollar

    def money_before(self, tape: Tape, index: int) -> Unit | None:
        """The currency whose symbol or code stands before word `index`; `last` is the word it begins at."""
        if index == 0 or tape.starts[index] - tape.ends[index - 1] > 1:
            return None
        found = self._ending_at(tape, index)
        if found is None:
            return None
        first = found.last
        behind = first > 0 and tape.classes[first - 1] in _NUMERIC and not (tape.glued(index) and not tape.glued(first))
        if behind and (first < _SHORTEST or self._ending_at(tape, first - 1) is None):
            return None  # the currency belongs to the number before it, which has none
        return found

    def _ending_at(self, tape: Tape, index: int) -> Unit | None:
        words = tape.words
        for length in self._tables.lengths.get(words[index - 1], ()):
            first = index - length
            if first < 0:
                continue
            for spelling in self._tables.before.get(tuple(words[first:index]), ()):
                if not _is_spelt(tape, first, index, spelling):
                    continue
                if first > 0 and tape.glued(first) and words[first - 1][-1:].isalpha():
                    continue
                written = tape.written(first, index)
                if written.isalpha() and not tape.glued(index) and tape.is_in(first, "glued_codes"):
                    continue  # "R 50", "P 12": a letter is a currency only right at its number
                if tape.is_in(first, "codes_of_sums") and not _is_sum(tape, index):
                    continue
                return Unit(self._code(spelling), spelling.kind, first)
        return self._mega(tape, index - 1, index - 1) if words[index - 1].startswith(_MEGA) else None

    def money_after(self, tape: Tape, index: int) -> Unit | None:
        """The currency at word `index`: "euros", "Australian dollars", "USD", "€"."""
        if index >= len(tape.words):
            return None
        next_is_digits = tape.glued(index + 1) and tape.words[index + 1][:1].isdecimal()
        if not tape.words[index].isalpha() and next_is_digits and not tape.glued(index):
            return None  # "nine $2,500 gifts"
        for spelling in self._tables.money.get(tape.words[index], ()):
            last = index + len(spelling.words)
            if last <= len(tape.words) and _is_spelt(tape, index, last, spelling):
                if tape.is_in(index, "glued_pence") and not tape.glued(index):
                    continue
                if spelling.exact is None and _is_name(tape, index, last):
                    continue
                return Unit(self._code(spelling), spelling.kind, last)
        return self._mega(tape, index, index + 1) if tape.words[index].startswith(_MEGA) else None

    def dollar_of(self, tape: Tape, index: int) -> Unit | None:
        """The dollar of a nationality at word `index`: the "Canadian" of "$5 Canadian"."""
        code = self._tables.dollars.get(tape.words[index]) if index < len(tape.words) else None
        return Unit(code, "money", index + 1) if code is not None else None

    def _mega(self, tape: Tape, at: int, last: int) -> Unit | None:
        """30 MUSD"""
        if len(tape.words[at]) != _LONGEST_CODE:
            return None
        code = tape.written(at, at + 1)
        if code.isupper() and any(
            spelling.exact == code[1:] for spelling in self._tables.money.get(code[1:].lower(), ())
        ):
            return Unit(code[1:], "mega", last)
        return None

    def _code(self, spelling: _Spelling) -> str:
        bare = spelling.name == _DOLLAR or (
            spelling.name == "USD" and spelling.exact is None and len(spelling.words) == 1
        )
        return self._dollar if bare else spelling.name

    def unit_at(self, tape: Tape, index: int) -> Unit | None:
        """The unit at word `index`, with "square" and powers; a rate that is one word (mph) is one."""
        n = len(tape.words)
        if index >= n:
            return None
        power, at = "", index
        squares = tape.language.map("power_before")
        if tape.words[at] in squares and at + 1 < n:
            power, at = squares[tape.words[at]], at + 1
            while at < n and tape.classes[at] in (_C["dot"], _C["dash"]):
                at += 1
        found = self._unit(tape, at)
        if found is None and power:
            found, power = self._unit(tape, index), ""
        if found is None:
            return None
        name, _, last, per = found
        if not power:
            end = last + 1 if tape.class_at(last) == _C["caret"] else last
            if _is_power(tape, end):
                power, last = tape.language.map("power_behind")[tape.words[end]], end + 1
        return Unit(f"{power} {name}", "quantity", last, per) if power else found

    def _unit(self, tape: Tape, index: int) -> Unit | None:
        if index >= len(tape.words):
            return None
        near: list[tuple[_Spelling, int]] = []
        for spelling in self._tables.units.get(tape.words[index], ()):
            last = index + len(spelling.words)
            if last > len(tape.words) or not _is_spelt(tape, index, last, spelling, any_case=True):
                continue
            if spelling.exact is None or _spelt(tape, index, last) == spelling.exact:
                return _split(spelling, last)
            near.append((spelling, last))
        return self._in_another_case(tape, index, near)

    @staticmethod
    def _in_another_case(tape: Tape, index: int, near: list[tuple[_Spelling, int]]) -> Unit | None:
        """As in "5.8Ghz", "20mL": capitals that no table has, where they leave one unit only."""
        if not near or (not tape.glued(index) and len(near[0][0].exact or "") <= 2):
            return None
        if len(near) > 1:
            first = tape.written(index, index + 1)[:1]
            near = [entry for entry in near if (entry[0].exact or "")[:1] == first]
        if len(near) == 1 and len(near[0][0].exact or "") > 1:
            return _split(*near[0])
        return None


def _is_name(tape: Tape, index: int, last: int) -> bool:
    """Whether a currency of one word has a capital before another one: "8 Rand Paul"."""
    apart = last == index + 1 and not tape.glued(last) and tape.class_at(last) == CLASSES["plain"]
    return apart and tape.written(index, last).istitle() and tape.written(last, last + 1).istitle()


def _is_sum(tape: Tape, index: int) -> bool:
    """Whether a number looks like one of money: grouped, with cents, scaled or round; "P2" is the name of something."""
    written = tape.written(index, index + 1)
    return not written.isdecimal() or written.endswith("00") or tape.class_at(index + 1) in _NUMERIC


def _split(spelling: _Spelling, last: int) -> Unit:
    name, _, per = spelling.name.partition(" / ")
    return Unit(name, spelling.kind, last, per or None)


def _spelt(tape: Tape, first: int, last: int) -> str:
    return re.sub(r"\s", "", tape.written(first, last))


def _is_spelt(tape: Tape, first: int, last: int, spelling: _Spelling, *, any_case: bool = False) -> bool:
    """Whether the words of a tape are those of a spelling, with its capitals where they matter."""
    if len(spelling.words) > 1 and tuple(tape.words[first:last]) != spelling.words:
        return False
    if (
        len(spelling.words) > 1
        and spelling.length is not None
        and tape.ends[last - 1] - tape.starts[first] != spelling.length
    ):
        return False
    return any_case or spelling.exact is None or _spelt(tape, first, last) == spelling.exact


def _is_power(tape: Tape, at: int) -> bool:
    """Whether word `at` squares or cubes the unit before it: m2, km cubed."""
    if (
        at >= len(tape.words)
        or tape.words[at] not in tape.language.map("power_behind")
        or not (tape.glued(at) or tape.words[at].isalpha())
    ):
        return False
    return not (at + 1 < len(tape.words) and tape.glued(at + 1) and tape.words[at + 1][:1].isalnum())
