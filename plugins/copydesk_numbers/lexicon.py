"""The words of the grammar: which class a word has, and what it means.

Words come from data/words.toml. A class is one private-use character; a set is a regular-expression
character set of classes, and that is what patterns are written with.
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("copydesk_numbers") / "data"
_TABLES: dict[str, Any] = tomllib.loads((_DATA / "words.toml").read_text(encoding="utf-8"))

# Classes that words get by their looks or by folding.
_FORMED = (
    "break",
    "link",
    "plain",
    "other",
    "code",
    "nought",
    "to12",
    "to24",
    "to31",
    "to59",
    "integer",
    "year",
    "decimal",
    "dotted",
    "list",
    "number",
    "word12",
    "word31",
    "word59",
    "ordinal",
    "ordinal_day",
    "fraction",
    "vague",
    "spoken_year",
    "money_number",
    "holiday",
    "date",
    "time",
    "instant",
    "duration",
    "repeat",
    "span",
    "comma",
    "dot",
    "dash",
    "slash",
    "colon",
    "left",
    "right",
    "tilde",
    "less_sign",
    "more_sign",
    "percent",
    "quote",
    "hash",
    "caret",
    "star",
    "exclaim",
    "symbol_fraction",
    "superscript",
)


def _flat(tables: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One table per class: `[ordinal.unit]` becomes `ordinal_unit`, `[word]` a class per key."""
    flat: dict[str, dict[str, Any]] = {}
    for name, table in tables.items():
        if name == "word":
            flat.update({key: dict.fromkeys(words) for key, words in table.items()})
        elif name == "approximately":
            flat[name] = dict.fromkeys(table["words"])
        elif table and all(isinstance(inner, dict) for inner in table.values()):
            flat.update({f"{name}_{key}": inner for key, inner in table.items()})
        else:
            flat[name] = table
    return flat


TABLES = _flat(_TABLES)
_TENS = TABLES["cardinal_tens"]
TABLES["cardinal_glued"] = {  # "twentyfive"
    tens + unit: _TENS[tens] + value for tens in _TENS for unit, value in TABLES["cardinal_unit"].items()
}
TABLES["ordinal_glued"] = {
    tens + unit: _TENS[tens] + value
    for tens in _TENS
    for unit, value in {**TABLES["ordinal_unit"], "second": 2}.items()
}
TABLES["denominator"] = {  # "two thirds": the plural of an ordinal divides
    word + "s": value
    for name in ("ordinal_unit", "ordinal_teen", "ordinal_tens", "ordinal_hundred", "ordinal_scale")
    for word, value in TABLES[name].items()
    if word not in {"first", "nineth"}
}
TABLES["denominator"]["firsts"] = 1

CLASSES: dict[str, str] = {name: chr(0xE000 + index) for index, name in enumerate([*_FORMED, *TABLES])}
"""The character of each class."""

SYMBOLS: dict[str, str] = {
    ",": "comma",
    ".": "dot",
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "−": "dash",
    "‐": "dash",
    "‑": "dash",
    "/": "slash",
    "⁄": "slash",
    ":": "colon",
    "(": "left",
    ")": "right",
    "~": "tilde",
    "<": "less_sign",
    "≤": "less_sign",
    ">": "more_sign",
    "≥": "more_sign",
    "%": "percent",
    "+": "plus",
    "^": "caret",
    "*": "star",
    "'": "quote",
    "’": "quote",
    '"': "quote",
    "#": "hash",
    "!": "exclaim",
}

FRACTION_SYMBOLS: dict[str, float] = {char: unicodedata.numeric(char) for char in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞↉"}

WORD_CLASS: dict[str, str] = {
    **{symbol: CLASSES[name] for symbol, name in SYMBOLS.items()},
    **dict.fromkeys(FRACTION_SYMBOLS, CLASSES["symbol_fraction"]),
    **dict.fromkeys("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", CLASSES["superscript"]),
    **{word: CLASSES[name] for name, table in TABLES.items() for word in table},
}
"""Which class a word has; where two tables hold a word, the later one wins."""

VALUES: dict[str, Any] = {
    word: value for table in TABLES.values() for word, value in table.items() if value is not None
}
"""What a word stands for: the value in its table."""

_UNIONS: dict[str, str] = {
    "smallint": "nought to12 to24 to31 to59",
    "digits": "nought to12 to24 to31 to59 integer year decimal",
    "whole": "nought to12 to24 to31 to59 integer year",
    "unit_word": "cardinal_unit",
    "small_word": "cardinal_unit cardinal_teen cardinal_tens cardinal_glued",
    "ordinal_word": "ordinal_unit ordinal_teen ordinal_tens ordinal_hundred ordinal_scale ordinal_glued second",
    "anymonth": "month month_or_word",
    "anyday": "weekday weekday_or_word",
    "anyperiod": "period second quarter quarters",
    "hour12": "to12 word12",
    "hour": "nought to12 to24 word12",
    "minute": "nought to12 to24 to31 to59 word12 word31 word59",
    "dayno": "to12 to24 to31",
    "dayword": "word12 word31",
    "anyday_no": "to12 to24 to31 word12 word31 ordinal_day",
    "monthno": "to12",
    "small": "nought to12 to24 to31 to59",
    "amount": "nought to12 to24 to31 to59 integer year decimal number word12 word31 word59 fraction vague spoken_year half symbol_fraction",
    "anyyear": "year spoken_year",
    "at_word": "at on for by approximately",
    "to_word": "to until dash tilde",
    "edge": "begin end mid early late earlier later rest",
    "sign": "dash plus minus",
}


def _charset(names: str) -> str:
    return "[" + "".join(CLASSES[name] for name in names.split()) + "]"


SETS: dict[str, str] = {name: CLASSES[name] for name in CLASSES} | {
    name: _charset(names) for name, names in _UNIONS.items()
}
"""A regular expression for each class and each union of classes, by name."""


@cache
def in_set(name: str) -> frozenset[str]:
    """The class characters of a set."""
    return frozenset(SETS[name].strip("[]"))
