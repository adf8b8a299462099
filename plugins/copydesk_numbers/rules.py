"""What the rules of the time grammar share: reading matches, and folding all that they read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from copydesk_numbers.moments import Moment
from copydesk_numbers.tape import Fold, Tape


class Stretch(NamedTuple):
    """From one moment to another, either side open (None)."""

    start: Moment | None
    end: Moment | None


Rule = tuple[re.Pattern[str], Callable[[Tape, "re.Match[str]"], Fold | None]]


def fold_rules(tape: Tape, rules: Iterable[Rule]) -> Tape:
    """The tape with everything folded that one of the rules reads; the first and then the longest wins."""
    found: list[Fold] = []
    for rule, make in rules:
        at = 0
        while (match := rule.search(tape.classes, at)) is not None:
            fold = make(tape, match)
            if fold is None:
                at = match.start() + 1
            else:
                found.append(fold)
                at = max(fold.last, match.start() + 1)
    if not found:
        return tape
    found.sort(key=lambda fold: (fold.first, -fold.last))
    kept: list[Fold] = []
    for fold in found:
        if not kept or fold.first >= kept[-1].last:
            kept.append(fold)
    return tape.folded(kept)


def moment_of(tape: Tape, match: re.Match[str], group: str) -> Moment | None:
    thing = tape.things[match.start(group)] if match[group] is not None else None
    return thing if isinstance(thing, Moment) else None


def from_now(offset: tuple[tuple[str, float], ...], sign: int) -> Moment:
    """The document's date, moved by lengths of time."""
    return Moment(unit="D", shift=0, offset=tuple((unit, sign * number) for unit, number in offset))
