"""Reading one document: its text in windows, each window in layers, each finding as an annotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from copydesk import Annotation, Document, Quantity, Span, TimeExpression
from copydesk_numbers.counted import counted_by_rule, measured_by_rule
from copydesk_numbers.lengths import Length, Repeat
from copydesk_numbers.literals import Separators
from copydesk_numbers.measures import NUMERALS, MeasureReader
from copydesk_numbers.numerals import Numeral, NumeralReader
from copydesk_numbers.parse import CountedByParse, is_parsed
from copydesk_numbers.quantities import Draft, QuantityReader
from copydesk_numbers.tape import Fold, Tape, lowered
from copydesk_numbers.timeline import TIME_CLASSES, holidays, read_times
from copydesk_numbers.timexes import TimeContext, time_expression
from copydesk_numbers.units import PREFIXES, UnitReader
from copydesk_numbers.unnumbered import bare_units, ranks

if TYPE_CHECKING:
    from copydesk_numbers.component import NumbersConfig

WINDOW = 60_000
"""Characters that are read at once, so that memory does not grow with the text."""

_FIND_NUMERAL = re.compile("[" + "".join(NUMERALS) + "]").search
_FIND_TIME = re.compile("[" + "".join(TIME_CLASSES) + "]").finditer
_TWO_ENDS = 2


class Readers:
    """What is built once per component.

    Args:
        separators, dollar: as in the component's settings.
    """

    def __init__(self, separators: Separators, dollar: str) -> None:
        self.units = UnitReader(dollar)
        self.numerals = NumeralReader(separators, PREFIXES)
        self.quantities = QuantityReader(MeasureReader(self.units))


class Reading:
    """One document on its way to annotations.

    Args:
        document: what to read; its parse is used where it has one.
        config: the component's settings.
        readers: what the component built in its setup.
    """

    def __init__(self, document: Document, config: NumbersConfig, readers: Readers) -> None:
        self._text = document.text
        self._config = config
        self._readers = readers
        self._kinds: frozenset[str] = frozenset(config.kinds)
        self._times: frozenset[str] = frozenset(config.times)
        self._context = TimeContext.of(document, config.resolve)
        parsed = document.has_doc and is_parsed(document.doc)
        self._parse = CountedByParse(document.doc) if parsed else None

    def annotations(self) -> Iterator[Annotation]:
        """Everything that is found."""
        low = lowered(self._text)
        for start, end in windows(self._text):
            yield from self._window(Tape.of(self._text, low, start, end))

    def _window(self, plain: Tape) -> Iterator[Annotation]:
        plain = plain.folded(holidays(plain))
        numbered = plain.folded(self._numerals(plain))
        tape = read_times(numbered)
        for match in _FIND_TIME(tape.classes):
            yield from self._time(tape, match.start())
        yield from self._quantities(tape)
        if self._config.parts:
            yield from self._inside_times(numbered, tape)

    def _numerals(self, tape: Tape) -> Iterator[Fold]:
        """The numerals; those behind a currency sign have a class of their own, so that no date takes them."""
        for fold in self._readers.numerals.folds(tape):
            money = self._readers.units.money_before(tape, fold.first) is not None
            yield fold._replace(kind="money_number") if money else fold

    # ------------------------------------------------------------------ times

    def _time(self, tape: Tape, index: int) -> Iterator[TimeExpression | Quantity]:
        """A time expression; a length is a figure too."""
        found = time_expression(tape, index, self._context)
        if found.kind in self._times:
            yield found
        thing = tape.things[index]
        if isinstance(thing, Repeat) and thing.rank is not None and "ordinal" in self._kinds:
            rank, counted_span = thing.rank, Span(*thing.rank.counted)
            yield Quantity(
                start=rank.number[0],
                end=rank.number[1],
                kind="ordinal",
                value=rank.value,
                unit=rank.unit,
                number=Span(*rank.number),
                counted=counted_span,
                counted_head=counted_span,
            )
        if isinstance(thing, Length) and "quantity" in self._kinds:
            number, whole = Span(*thing.number), Span(thing.number[0], thing.end)
            counted = self._parse.measured(whole) if self._parse else measured_by_rule(tape, index)
            yield Quantity(
                start=whole.start,
                end=whole.end,
                kind="quantity",
                value=thing.value,
                unit=thing.unit,
                number=number,
                counted=counted[0] if counted else None,
                counted_head=counted[1] if counted else None,
            )

    def _inside_times(self, numbered: Tape, tape: Tape) -> Iterator[Quantity]:
        """The numbers of dates and times, for those who want every numeral."""
        spans = {
            tape.starts[index]: tape.ends[index]
            for index in (match.start() for match in _FIND_TIME(tape.classes))
            if not _is_figure(tape.things[index])
        }
        reach = 0
        for start, end, thing in zip(numbered.starts, numbered.ends, numbered.things, strict=True):
            reach = max(reach, spans.get(start, 0))
            if start < reach and isinstance(thing, Numeral) and thing.value is not None and thing.kind in self._kinds:
                yield Quantity(start=start, end=end, kind=thing.kind, value=thing.value, number=Span(start, end))

    # ------------------------------------------------------------------ quantities

    def _quantities(self, tape: Tape) -> Iterator[Quantity]:
        """The quantities on a tape whose numbers and times are folded."""
        ranked = list(ranks(tape)) if self._config.ranks and "ordinal" in self._kinds else []
        used = {index for draft in ranked for index in range(draft.first, draft.last)}
        for draft in ranked:
            yield self._quantity(tape, draft)
        for draft in self._readers.quantities.drafts(tape, _FIND_NUMERAL):
            wanted = draft.kind in self._kinds and (self._config.vague or draft.unit is not None or not draft.vague)
            if not wanted or draft.first in used:
                continue
            used.update(range(draft.first, draft.last))
            yield self._quantity(tape, draft)
            if self._config.parts and isinstance(draft.value, tuple):
                yield from _ends(tape, draft)
        if self._config.bare_units:
            for draft in bare_units(tape, self._readers.units, used):
                if draft.kind in self._kinds:
                    yield self._quantity(tape, draft)

    def _quantity(self, tape: Tape, draft: Draft) -> Quantity:
        whole = Span(tape.starts[draft.first], tape.ends[draft.last - 1])
        number = Span(tape.starts[draft.number_first], tape.ends[draft.number_last - 1])
        counted = None
        if draft.value is not None or draft.vague:
            counted = self._parse.counted(whole) if self._parse else counted_by_rule(tape, draft)
        return Quantity(
            start=whole.start,
            end=whole.end,
            kind=draft.kind,
            value=draft.value,
            unit=draft.unit,
            bound=draft.bound,
            number=number,
            counted=counted[0] if counted else None,
            counted_head=counted[1] if counted else None,
        )


def _is_figure(thing: object) -> bool:
    """Whether a time expression is reported as a quantity, too."""
    return isinstance(thing, Length) or (isinstance(thing, Repeat) and thing.rank is not None)


def _ends(tape: Tape, draft: Draft) -> Iterator[Quantity]:
    """The two numbers of a range."""
    assert isinstance(draft.value, tuple)
    numerals = [index for index in range(draft.first, draft.last) if tape.classes[index] in NUMERALS]
    if len(numerals) != _TWO_ENDS:
        return
    for index, value in zip(numerals, draft.value, strict=True):
        start, end = tape.starts[index], tape.ends[index]
        yield Quantity(start=start, end=end, kind="cardinal", value=value, number=Span(start, end))


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of a text that are cut where no expression goes on: at a line's end, or else at a space."""
    start, length = 0, len(text)
    while length - start > WINDOW:
        end = start + WINDOW
        for mark in ("\n", ". ", " "):
            cut = text.rfind(mark, start + WINDOW // 2, end)
            if cut >= 0:
                end = cut + len(mark)
                break
        yield start, end
        start = end
    yield start, length
