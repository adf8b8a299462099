"""Numbers that a language writes as one word: "zweihundertfünfzig", "einundzwanzigste".

below a hundred  = unit joint tens | teen | tens | unit
below a thousand = unit? hundred joint? (below a hundred)?
the rest         = (below a thousand)? thousand joint? (below a thousand)?
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

_LONGEST = 80
Parts = Mapping[str, Mapping[str, int]]
"""unit, teen, tens, hundred, thousand, joint, ordinal: a word of each kind to its value."""


def _any(words: Mapping[str, int]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


class Compounds:
    """Reads the compounds of a language.

    Args:
        parts: what they are made of.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        unit, teen, tens, joint = (_any(parts[name]) for name in ("unit", "teen", "tens", "joint"))
        hundred, thousand = _any(parts["hundred"]), _any(parts["thousand"])
        self._below_hundred = re.compile(f"(?:(?P<unit>{unit}){joint}(?P<tens>{tens}))|(?P<one>{teen}|{tens}|{unit})")
        below_hundred = f"(?:{unit}{joint}{tens}|{teen}|{tens}|{unit})"
        below_thousand = f"(?:{unit}?{hundred}(?:{joint}?{below_hundred})?|{below_hundred})"
        self._whole = re.compile(
            f"(?:(?P<thousands>{below_thousand}?){thousand}{joint}?)?"
            f"(?:(?P<hundreds>{unit}?){hundred}{joint}?)?(?P<rest>{below_hundred}?)(?P<ordinal>{_any(parts['ordinal'])}?)"
        )
        self._hundreds = re.compile(
            f"(?:(?P<hundreds>{unit}?)(?P<hundred>{hundred}){joint}?)?(?P<rest>{below_hundred}?)"
        )

    @lru_cache(maxsize=4096)  # noqa: B019 - one for each language, which lives as long as the process
    def read(self, word: str) -> tuple[int, bool] | None:
        """The value of a word, and whether it is an ordinal; None where it is no number of several parts."""
        match = self._whole.fullmatch(word) if len(word) <= _LONGEST else None
        if match is None or not word or word in self._parts["joint"]:
            return None
        value = self._small(match["rest"])
        if match["hundreds"] is not None:
            value += 100 * (self._small(match["hundreds"]) or 1)
        if match["thousands"] is not None:
            value += 1000 * (self._below_thousand(match["thousands"]) or 1)
        return (value, bool(match["ordinal"])) if value else None

    def _below_thousand(self, word: str) -> int:
        match = self._hundreds.fullmatch(word)
        if match is None:
            return 0
        hundreds = 100 * (self._small(match["hundreds"]) or 1) if match["hundred"] else 0
        return hundreds + self._small(match["rest"])

    def _small(self, word: str) -> int:
        match = self._below_hundred.fullmatch(word)
        if match is None:
            return 0
        if match["one"] is not None:
            return next(
                self._parts[name][match["one"]]
                for name in ("teen", "tens", "unit")
                if match["one"] in self._parts[name]
            )
        return self._parts["unit"][match["unit"]] + self._parts["tens"][match["tens"]]


@cache
def _made(key: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]) -> Compounds:
    return Compounds({name: dict(words) for name, words in key})


def compounds(parts: Parts) -> Compounds | None:
    """The reader of a language's compounds; None where it has none."""
    return _made(tuple((name, tuple(words.items())) for name, words in parts.items())) if parts else None
