"""Time expressions: dates, times and lengths on a tape, put together until nothing more fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

# The makers are known to the rules once their modules are there.
import copydesk_numbers.times.calendar_dates
import copydesk_numbers.times.clock
import copydesk_numbers.times.days
import copydesk_numbers.times.lengths
import copydesk_numbers.times.numeric_dates
import copydesk_numbers.times.parts
import copydesk_numbers.times.relative
import copydesk_numbers.times.relative_dates
import copydesk_numbers.times.repeats
import copydesk_numbers.times.spans
import copydesk_numbers.times.years  # noqa: F401
from copydesk_numbers.language.pack import Language
from copydesk_numbers.tape.classes import CLASSES, NAMES
from copydesk_numbers.tape.phrases import Phrases
from copydesk_numbers.tape.tape import Fold, Tape, pattern
from copydesk_numbers.times.rules import Grammar, fold_rules, grammar

_TIMED = pattern("timed").finditer
_MONEY = CLASSES["money_number"]
_BEFORE, _BEHIND = 7, 9
"""Words around a time expression that can become part of it."""
_PERIODS = pattern("period | quarter | quarters").finditer
_LAYERS = (
    "repeats", "offsets", "parts", "parts", "offsets", "merges", "merges", "ranges", "spans", "last", "spans", "repeats",
)  # fmt: skip


class TimeReader:
    """Reads the time expressions of a language.

    Args:
        language: its rules, words and holidays.
    """

    def __init__(self, language: Language) -> None:
        self._grammar: Grammar = grammar(language)
        self._holidays = Phrases(
            {name: entry for entry in language.holidays.values() for name in entry["names"]}, language
        )

    def holidays(self, tape: Tape, marked: Iterable[int]) -> Iterator[Fold]:
        """The names of holidays on a tape of plain words; not those that a date goes on behind: "9/11/2015"."""
        for fold in self._holidays.folds(tape, "holiday", marked):
            spelt = tape.written(fold.first, fold.last)
            article = tape.class_at(fold.first - 1) == CLASSES["a"]
            word = spelt.islower() and (article or spelt in tape.language.group("holidays_or_words"))  # "a new year"
            if tape.class_at(fold.last) != CLASSES["slash"] and not word:
                yield fold

    def atoms(self, tape: Tape) -> Iterator[Fold]:
        """Dates, times of day, lengths and repetitions, each alone; the longest where several begin."""
        classes, rules = tape.classes, self._grammar.atoms
        at = 0
        for place in self._grammar.starts.finditer(classes):
            start = place.start()
            if start < at:
                continue
            best: Fold | None = None
            for rule in rules[classes[start : start + 2]]:
                match = rule.match(classes, start)
                if match is not None:
                    fold = rule.make(tape, match)
                    if fold is not None and (best is None or fold.last > best.last):
                        best = fold
            if best is None:
                at = start + 1
                continue
            yield best if best.first >= at else best._replace(first=start)
            at = best.last

    def read(self, tape: Tape) -> Tape:
        """The tape with every time expression folded to one word.

        Only the surroundings of dates, times and units of time are looked at more than once.
        """
        found = list(self.atoms(tape))
        seeds = sorted([(fold.first, fold.last) for fold in found] + [match.span() for match in _PERIODS(tape.classes)])
        if not seeds:
            return tape
        regions: list[tuple[int, int]] = []
        for first, last in seeds:
            low, high = max(0, first - _BEFORE), min(len(tape.words), last + _BEHIND)
            if regions and low <= regions[-1][1]:
                regions[-1] = (regions[-1][0], max(high, regions[-1][1]))
            else:
                regions.append((low, high))
        part = tape.selected(regions).folded(_moved(found, regions))
        without: dict[str, Tape] = {}
        for name in _LAYERS:
            if without.get(name) is part:
                continue  # nothing has changed since this layer found nothing
            before, part = part, fold_rules(part, self._grammar.layers[name])
            if part is before:
                without[name] = part
        folds = []
        for match in _TIMED(part.classes):
            index = match.start()
            first = bisect_left(tape.starts, part.starts[index])
            last = bisect_left(tape.starts, part.ends[index])
            folds.append(Fold(first, last, NAMES[match[0]], part.things[index]))
        return tape.folded(folds)


def _moved(folds: list[Fold], regions: list[tuple[int, int]]) -> Iterator[Fold]:
    """The folds of a tape at their places on the tape of its regions."""
    region, shift = iter(regions), 0
    first, last = next(region)
    shift = -first
    for fold in folds:
        while fold.first >= last:
            shift += last + 1
            first, last = next(region)
            shift -= first
        yield Fold(fold.first + shift, fold.last + shift, fold.kind, fold.thing)
