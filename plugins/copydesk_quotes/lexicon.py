"""The cue lexicon: how probable it is that a word reports something in a given frame.

The counts in ``cues.json`` were learned by ``learning/learn_cues.py``; they hold no text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

QUOTE_FRAME = "quote"
"""The frame of a cue beside text in quotation marks; in the lexicon with its place: "quote:before", "quote:after"."""

_PRIOR = 4.0
"""How many occurrences the average of a frame weighs against a word's own."""

_UNKNOWN = 0.3
"""How much less often than others a word reports of which nothing is known."""


class Count(NamedTuple):
    """How often a word stood in a frame, how often it reported something there, and how often the rest of its clause was reported too."""

    seen: float
    reports: float
    extended: float


class Lexicon:
    """Which words report in which frames.

    Args:
        words: counts per word and frame.
        frames: counts per frame, over all words.
        factors: per frame and circumstance ("ccomp|subject he"), by how much it raises or lowers the odds.
    """

    def __init__(
        self,
        words: Mapping[str, Mapping[str, Count]],
        frames: Mapping[str, Count],
        factors: Mapping[str, float] | None = None,
    ) -> None:
        self._words = words
        self._frames = frames
        self._factors = factors or {}
        self._bent = {word: self._bent_of(counts) for word, counts in words.items()}
        self.lemmas = frozenset(word.rpartition("/")[0] for word in words)

    def with_cues(self, lemmas: Iterable[str]) -> Lexicon:
        """The same, with more verbs that report as "say" does."""
        model = self._words.get("say/VERB", {})
        return Lexicon({**self._words, **{f"{lemma}/VERB": model for lemma in lemmas}}, self._frames, self._factors)

    def probability(self, lemma: str, pos: str, frame: str, circumstances: Sequence[str] = ()) -> float:
        """How probable it is that this word reports something in this frame, under these circumstances."""
        word = f"{lemma}/{pos}"
        base = min(self._average(frame) * self._bent.get(word, _UNKNOWN), 0.95)
        count = self._words.get(word, {}).get(frame)
        chance = base if count is None else (count.reports + _PRIOR * base) / (count.seen + _PRIOR)
        if not circumstances or chance <= 0.0:
            return chance
        odds = chance / (1 - chance) if chance < 1 else 1e3
        for circumstance in circumstances:
            odds *= self._factors.get(f"{frame}|{circumstance}", 1.0)
        return odds / (1 + odds)

    def _average(self, frame: str) -> float:
        average = self._frames.get(frame)
        return average.reports / average.seen if average and average.seen else 0.0

    def _bent_of(self, counts: Mapping[str, Count]) -> float:
        """How much more or less often than other words in its frames a word reports: at most twice."""
        reports = sum(count.reports for count in counts.values())
        expected = sum(count.seen * self._average(frame) for frame, count in counts.items())
        return min((reports + _UNKNOWN) / (expected + 1), 2.0)

    def extends(self, lemma: str, pos: str, frame: str) -> bool:
        """Whether content in this frame takes the rest of the clause with it."""
        count = self._words.get(f"{lemma}/{pos}", {}).get(frame)
        if count is None or count.reports < 2:
            count = self._frames.get(frame)
        return count is not None and count.extended * 2 > count.reports


@cache
def bundled() -> Lexicon:
    """The lexicon that comes with the plugin."""
    data = json.loads(files(__package__).joinpath("cues.json").read_text(encoding="utf-8"))
    return Lexicon(
        {word: {name: Count(*count) for name, count in frames.items()} for word, frames in data["words"].items()},
        {name: Count(*count) for name, count in data["frames"].items()},
        data["factors"],
    )
