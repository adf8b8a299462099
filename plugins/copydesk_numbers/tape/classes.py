"""The classes of words that the engine knows, and the sets of them that patterns name.

A class is one private-use character, so that a text is a string of classes and a grammar is regular
expressions. A language says which of its words have which class; it can't add classes.
"""

from __future__ import annotations

from functools import cache

_BY_FORM = """break link plain other code nought to12 to24 to31 to59 integer year decimal dotted list
 comma dot dash slash colon left right tilde less_sign more_sign percent quote hash caret star exclaim
 symbol_fraction superscript"""
"""Classes that words have by their looks."""

_FOLDED = """number word12 word31 word59 ordinal ordinal_day fraction vague spoken_year money_number holiday
 date time instant duration repeat span"""
"""Classes of what was read: numerals first, then times."""

_OF_WORDS = """cardinal_unit cardinal_teen cardinal_tens cardinal_zero cardinal_glued scale scale_letter dozen
 ordinal_unit ordinal_teen ordinal_tens ordinal_hundred ordinal_scale ordinal_glued denominator multiplier rank
 month month_or_word weekday weekday_or_word weekdays period season daypart dayparts clockword day_relative
 edge_word tonight now shift often reference approximately and a the of in on at by from to until between before
 after since during within for every any all ago back later earlier hence early late mid end begin starting over
 out point half quarter halves quarters second hundred hundreds minus plus than more fewer least most up down not
 no or equal under above exceed as many old age yo running row straight once times per oclock ampm ish ce st s e x
 h fiscal only right_word present but zone one_time rest will was q that era_unit lately ahead"""
"""Classes that a language gives to words."""

CLASSES: dict[str, str] = {
    name: chr(0xE000 + index) for index, name in enumerate(f"{_BY_FORM} {_FOLDED} {_OF_WORDS}".split())
}
"""The character of each class."""

SYMBOLS: dict[str, str] = {
    **dict.fromkeys("-–—−‐‑", "dash"),
    **dict.fromkeys("/⁄", "slash"),
    **dict.fromkeys("<≤", "less_sign"),
    **dict.fromkeys(">≥", "more_sign"),
    **dict.fromkeys("'’", "quote"),
    **dict.fromkeys("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "superscript"),
    ",": "comma",
    ".": "dot",
    ":": "colon",
    "(": "left",
    ")": "right",
    "~": "tilde",
    "%": "percent",
    "+": "plus",
    "^": "caret",
    "*": "star",
    '"': "quote",
    "#": "hash",
    "!": "exclaim",
}
"""Signs that mean the same in every language."""

_UNIONS: dict[str, str] = {
    "small": "nought to12 to24 to31 to59",
    "digits": "nought to12 to24 to31 to59 integer year decimal",
    "whole": "nought to12 to24 to31 to59 integer year",
    "small_word": "cardinal_unit cardinal_teen cardinal_tens cardinal_glued",
    "ordinal_word": "ordinal_unit ordinal_teen ordinal_tens ordinal_hundred ordinal_scale ordinal_glued second",
    "anymonth": "month month_or_word",
    "anyday": "weekday weekday_or_word",
    "anyperiod": "period second quarter quarters",
    "hour12": "to12 word12",
    "hour": "nought to12 to24 word12",
    "minute": "nought to12 to24 to31 to59 word12 word31 word59",
    "dayno": "to12 to24 to31",
    "anyday_no": "to12 to24 to31 word12 word31 ordinal_day",
    "monthno": "to12",
    "amount": "nought to12 to24 to31 to59 integer year decimal number word12 word31 word59 fraction vague spoken_year"
    " half symbol_fraction",
    "numeral": "nought to12 to24 to31 to59 integer year decimal number word12 word31 word59 ordinal ordinal_day"
    " fraction vague spoken_year money_number",
    "timed": "date time instant duration repeat span",
    "anyyear": "year spoken_year",
    "edge": "begin end mid early late earlier later rest",
}


def _charset(names: str) -> str:
    return "[" + "".join(CLASSES[name] for name in names.split()) + "]"


SETS: dict[str, str] = CLASSES | {name: _charset(names) for name, names in _UNIONS.items()}
"""A regular expression for each class and each union of classes, by name."""

NAMES: dict[str, str] = {char: name for name, char in CLASSES.items()}
"""The name of each class character."""


@cache
def in_set(name: str) -> frozenset[str]:
    """The class characters of a set."""
    return frozenset(SETS[name].strip("[]"))
