"""The cue lexicon: how probable it is that a word reports something in a given frame.

The counts in ``cues.json`` were learned by ``learning/learn_cues.py``; they hold no text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

QUOTE_FRAME = "quote"
"""The frame of a cue beside text in quotation marks; in the lexicon with its place: "quote:before", "quote:after"."""

_PRIOR = 4.0
"""How many occurrences the average of a frame weighs against a word's own."""

_UNKNOWN = 0.3
"""How much less often than others a word reports of which nothing is known."""


_MOST_EXPECTED = 0.95
_CERTAIN = 1e3
"""The odds of what always happened."""

_NOTHING: Mapping[str, float] = {}


class Count(NamedTuple):
    """How often a word stood in a frame, how often it reported something there, and how often the rest of its clause was reported too."""

    seen: float
    reports: float
    extended: float


class Lexicon:
    """Which words report in which frames.

    A word is its lemma and part of speech: "say/VERB".

    Args:
        words: counts per word and frame.
        frames: counts per frame, over all words.
        factors: per frame and circumstance, by how much it raises or lowers the odds.
    """

    def __init__(
        self,
        words: Mapping[str, Mapping[str, Count]],
        frames: Mapping[str, Count],
        factors: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        self._words = words
        self._frames = frames
        self._factors = factors or {}
        self._averages = {name: count.reports / count.seen for name, count in frames.items() if count.seen}
        self._bent = {word: self._bent_of(counts) for word, counts in words.items()}
        self._known = {
            word: {frame: self._counted(word, frame, count) for frame, count in counts.items()}
            for word, counts in words.items()
        }
        self.lemmas = frozenset(word.rpartition("/")[0] for word in words)

    def with_cues(self, lemmas: Iterable[str]) -> Lexicon:
        """The same, with more verbs that report as "say" does."""
        model = self._words.get("say/VERB", {})
        return Lexicon({**self._words, **{f"{lemma}/VERB": model for lemma in lemmas}}, self._frames, self._factors)

    def probability(self, word: str, frame: str, circumstances: Iterable[str] = ()) -> float:
        """How probable it is that this word reports something in this frame, under these circumstances."""
        chance = self._known.get(word, _NOTHING).get(frame)
        if chance is None:
            chance = self._base(word, frame)
        factors = self._factors.get(frame) if chance > 0.0 else None
        if factors is None:
            return chance
        odds = chance / (1 - chance) if chance < 1 else _CERTAIN
        for circumstance in circumstances:
            odds *= factors.get(circumstance, 1.0)
        return odds / (1 + odds)

    def _counted(self, word: str, frame: str, count: Count) -> float:
        return (count.reports + _PRIOR * self._base(word, frame)) / (count.seen + _PRIOR)

    def _base(self, word: str, frame: str) -> float:
        """What to expect of a word in a frame in which it was never seen."""
        return min(self._averages.get(frame, 0.0) * self._bent.get(word, _UNKNOWN), _MOST_EXPECTED)

    def _bent_of(self, counts: Mapping[str, Count]) -> float:
        """How much more or less often than other words in its frames a word reports: at most twice."""
        reports = sum(count.reports for count in counts.values())
        expected = sum(count.seen * self._averages.get(frame, 0.0) for frame, count in counts.items())
        return min((reports + _UNKNOWN) / (expected + 1), 2.0)

    def extends(self, word: str, frame: str) -> bool:
        """Whether content in this frame takes the rest of the clause with it."""
        count = self._words.get(word, {}).get(frame)
        if count is None or count.reports < 2:
            count = self._frames.get(frame)
        return count is not None and count.extended * 2 > count.reports


def by_frame(factors: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Factors of "frame|circumstance", as they are stored, by frame and circumstance."""
    found: dict[str, dict[str, float]] = {}
    for name, factor in factors.items():
        frame, _, circumstance = name.partition("|")
        found.setdefault(frame, {})[circumstance] = factor
    return found


@cache
def bundled() -> Lexicon:
    """The lexicon that comes with the plugin."""
    return lexicon_of(json.loads(files("copydesk_quotes").joinpath("cues.json").read_text(encoding="utf-8")))


def lexicon_of(data: Mapping[str, Any]) -> Lexicon:
    """The lexicon of counts as they are stored."""
    return Lexicon(
        {word: {name: Count(*count) for name, count in frames.items()} for word, frames in data["words"].items()},
        {name: Count(*count) for name, count in data["frames"].items()},
        by_frame(data["factors"]),
    )
