"""Time expressions: dates, times and lengths on a tape, put together until nothing more fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import compress

from copydesk_numbers.clock import read_clock
from copydesk_numbers.dates import read_date
from copydesk_numbers.days import MERGES
from copydesk_numbers.holidays import NAMES as HOLIDAYS
from copydesk_numbers.lengths import read_length, read_repeat
from copydesk_numbers.lexicon import CLASSES
from copydesk_numbers.parts import OFFSETS, PARTS
from copydesk_numbers.relative import LAST, REPEATS
from copydesk_numbers.rules import fold_rules
from copydesk_numbers.spans import RANGES, SPANS
from copydesk_numbers.tape import Fold, Tape, pattern

_C = CLASSES
TIME_CLASSES = frozenset(_C[name] for name in ("date", "time", "instant", "duration", "repeat", "span"))


_STARTS = pattern(
    """small | integer | year | dotted | word12 | word31 | word59 | ordinal_day | spoken_year | number | fraction | decimal | vague
     | anymonth | anyday | day_relative | reference | earlier (comma | plain | ordinal_word) | tonight | edge_word | now | right_word now | at (present | one_time) | shift | season | holiday | often | weekdays | every | half | all
     | daypart | clockword | mid period | (early | late | later | earlier) (in | daypart) | q | once | multiplier | fiscal
     | quote (year | small | integer) | a anyperiod | a quarter | the (ordinal_day | period) | period of | period n:(anyyear | small)"""
)


def _holiday_table() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word to (words, key) of every holiday it can begin, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, key in HOLIDAYS.items():
        words = tuple(Tape.of(name, name, 0, len(name)).words)
        table.setdefault(words[0], []).append((words, key))
    for spellings in table.values():
        spellings.sort(key=lambda spelling: len(spelling[0]), reverse=True)
    return table


_HOLIDAYS = _holiday_table()


def holidays(tape: Tape) -> Iterator[Fold]:
    """The names of holidays on a tape of plain words."""
    words = tape.words
    last = 0
    for at in compress(range(len(words)), map(_HOLIDAYS.__contains__, words)):
        if at < last:
            continue
        for spelling, key in _HOLIDAYS[words[at]]:
            if tuple(words[at : at + len(spelling)]) == spelling:
                last = at + len(spelling)
                yield Fold(at, last, "holiday", key)
                break


def atoms(tape: Tape) -> Iterator[Fold]:
    """Dates, times of day, lengths and repetitions, each alone; the longest where several begin."""
    classes = tape.classes
    at = 0
    find = _STARTS.search
    while (match := find(classes, at)) is not None:
        start = match.start()
        best: Fold | None = None
        if tape.classes[start] != _C["money_number"]:
            for read in (read_repeat, read_date, read_length, read_clock):
                fold = read(tape, start)
                if fold is not None and (best is None or fold.last > best.last):
                    best = fold
        if best is None:
            at = start + 1
            continue
        if best.first < at:
            best = best._replace(first=start)
        yield best
        at = best.last


_BEFORE, _BEHIND = 7, 9
"""Words around a time expression that can become part of it."""
_PERIODS = pattern("period | quarter | quarters").finditer
_LAYERS = (REPEATS, OFFSETS, PARTS, PARTS, OFFSETS, MERGES, MERGES, RANGES, SPANS, LAST, SPANS, REPEATS)


def read_times(tape: Tape) -> Tape:
    """The tape with every time expression folded to one word.

    Only the surroundings of dates, times and units of time are looked at more than once.
    """
    found = list(atoms(tape))
    seeds = sorted([(fold.first, fold.last) for fold in found] + [match.span() for match in _PERIODS(tape.classes)])
    if not seeds:
        return tape
    regions: list[tuple[int, int]] = []
    for first, last in seeds:
        low, high = max(0, first - _BEFORE), min(len(tape), last + _BEHIND)
        if regions and low <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(high, regions[-1][1]))
        else:
            regions.append((low, high))
    part = tape.selected(regions).folded(_moved(found, regions))
    for rules in _LAYERS:
        part = fold_rules(part, rules)
    names = {char: name for name, char in CLASSES.items()}
    folds = []
    for index, char in enumerate(part.classes):
        if char in TIME_CLASSES:
            first = bisect_left(tape.starts, part.starts[index])
            last = bisect_left(tape.starts, part.ends[index])
            folds.append(Fold(first, last, names[char], part.things[index]))
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
        yield fold._replace(first=fold.first + shift, last=fold.last + shift)
