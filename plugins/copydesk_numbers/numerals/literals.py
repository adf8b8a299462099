"""Numbers in digits: which signs group and which mark decimals.

English groups by commas and marks decimals by a point; much of Europe does the reverse. What can be
only one of them is read so: 1.234.567 is grouped, 1,5 is not.
"""

from __future__ import annotations

import re
from typing import Literal

Separators = Literal["auto", "english", "continental"]

_PLAIN = re.compile(r"\d+")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+")
_ONLY_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d+,\d{1,2}")
LONGEST = 300
"""Characters beyond which digits are no number; Python itself refuses to read a few thousand."""


def read_literal(word: str, separators: Separators = "auto") -> int | float | None:
    """The number that digits stand for, or None where no convention reads them as one number.

    >>> read_literal("1,234.5"), read_literal("1.234,5"), read_literal("12,34,567"), read_literal("22,24,26")
    (1234.5, 1234.5, 1234567, None)
    """
    if len(word) > LONGEST:
        return None
    if word.isdecimal():
        return int(word)
    if separators == "continental":
        return _number(word, group=".", decimal=",") if _CONTINENTAL.fullmatch(word) else None
    if _ENGLISH.fullmatch(word) or _INDIAN.fullmatch(word):
        return _number(word, group=",", decimal=".")
    if separators == "auto" and _ONLY_CONTINENTAL.fullmatch(word):
        return _number(word, group=".", decimal=",")
    return None


def _number(word: str, *, group: str, decimal: str) -> int | float:
    written = word.replace(group, "").replace(decimal, ".")
    return float(written) if "." in written else int(written)
