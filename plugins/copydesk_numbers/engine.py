"""The engine: a text in, its figures and time expressions out, as plain data.

It knows no language (all words are in `language/`), no pipeline and no parser: a parse, where there is
one, comes as columns. A text is read in windows, a window in layers: numerals, times, figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from copydesk_numbers.figures.algebra import Algebra
from copydesk_numbers.figures.amount import NUMERALS, Amount
from copydesk_numbers.figures.amounts import AmountReader
from copydesk_numbers.figures.bare import bare_units, ranks
from copydesk_numbers.figures.bounds import Bounds
from copydesk_numbers.figures.counted import Counted, counted_by_rule, measured_by_rule
from copydesk_numbers.figures.counted_by_parse import CountedByParse
from copydesk_numbers.figures.rates import RateReader
from copydesk_numbers.figures.roles import UNREPORTED, roles
from copydesk_numbers.figures.units import UnitReader
from copydesk_numbers.language.pack import Language, load
from copydesk_numbers.numerals.numeral import Numeral, Value
from copydesk_numbers.numerals.reader import numerals
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.phrases import Phrases
from copydesk_numbers.tape.tape import Fold, Tape, lowered
from copydesk_numbers.times.lengths import Length, Repeat
from copydesk_numbers.times.story import Story
from copydesk_numbers.times.tense import Tense
from copydesk_numbers.times.timeline import TimeReader
from copydesk_numbers.values import Figure, Offsets, Parse, Role, Settings, Time

WINDOW = 60_000
"""Characters that are read at once, so that memory does not grow with the text."""

_C = CLASSES
_FIND_TIME = re.compile("[" + "".join(in_set("timed")) + "]").finditer
_PERIODS = in_set("anyperiod")
_FIND_VAGUE = re.compile(_C["vague"]).finditer
_LARGEST = 1e300
_DEFAULT = Settings()


class Engine:
    """Reads texts with one set of settings. It holds nothing of a text, so that threads may share it.

    Args:
        settings: what to read and how.
        language: instead of the one that the settings name.

    Raises:
        ValueError: there is no such language.
    """

    def __init__(self, settings: Settings = _DEFAULT, language: Language | None = None) -> None:
        known = language or load(settings.language)
        self.language = replace(known, separators=settings.separators) if settings.separators else known
        self.settings = settings
        self.units = UnitReader(self.language, settings.dollar)
        self.algebra = Algebra(AmountReader(self.units), RateReader(self.units), Bounds(self.language))
        self.times = TimeReader(self.language)
        self.names = Phrases(dict.fromkeys(self.language.group("names")), self.language)
        self.fixed = Phrases(dict.fromkeys(self.language.group("fixed_phrases")), self.language)

    def read(
        self, text: str, *, date: datetime | None = None, parse: Parse | None = None, quotations: Sequence[Offsets] = ()
    ) -> Iterator[Figure | Time]:
        """Everything that is found in a text.

        Args:
            date: the text's own date, which relative dates are resolved against.
            parse: its parse, where there is one.
            quotations: the offsets of its quotations, in order of place: "today" is the speaker's there.
        """
        return _Reading(self, text, date, parse, quotations).found()


@cache
def _engine(settings: Settings) -> Engine:
    return Engine(settings)


def read(
    text: str,
    settings: Settings = _DEFAULT,
    *,
    date: datetime | None = None,
    parse: Parse | None = None,
    quotations: Sequence[Offsets] = (),
) -> list[Figure | Time]:
    """Everything that is found in a text, by place.

    >>> [(figure.low, figure.high, figure.unit) for figure in read("It may cost $5-7 million.")]
    [(5000000.0, 7000000.0, 'USD')]
    """
    found = _engine(settings).read(text, date=date, parse=parse, quotations=quotations)
    return sorted(found, key=lambda item: (item.start, item.end))


class _Reading:
    """One text on its way to findings."""

    def __init__(
        self, engine: Engine, text: str, date: datetime | None, parse: Parse | None, quotations: Sequence[Offsets]
    ) -> None:
        self._engine = engine
        self._settings = engine.settings
        self._text = text
        self._story = Story(date, engine.settings.resolve, Tense(engine.language, parse), quotations)
        self._parse = _counted_by_parse(text, parse, engine.language) if parse else None

    def found(self) -> Iterator[Figure | Time]:
        low = lowered(self._text)
        for start, end in windows(self._text):
            yield from self._window(Tape.of(self._text, low, start, end, self._engine.language))

    def _window(self, plain: Tape) -> Iterator[Figure | Time]:
        plain = plain.folded(self._engine.names.folds(plain, "plain", plain.marked()))
        marked = plain.marked()
        fixed = {
            plain.starts[fold.first + k]
            for fold in self._engine.fixed.folds(plain, "plain", marked)
            for k in range(fold.last - fold.first)
        }
        plain = plain.with_classes(_names_in_capitals(plain, marked))
        plain = plain.folded(self._engine.times.holidays(plain, marked))
        numbered = plain.folded(self._numerals(plain))
        tape = self._engine.times.read(numbered)
        if not tape.starts or not tape.starts[0]:
            self._story.dated(tape)
        figures = list(self._figures(tape))
        rated = {index for figure in figures for index in range(figure.first, figure.last) if figure.per}
        rated |= {figure.rate_at for figure in figures if figure.rate_at is not None}
        timed = [match.start() for match in _FIND_TIME(tape.classes)]
        self._story.hear(tape, timed)
        for index in timed:
            yield from self._time(tape, index, rated)
        for figure, role in roles(tape, figures):
            in_phrase = tape.starts[figure.first] in fixed and figure.unit is None
            yield from self._figure(tape, figure, "label" if in_phrase else role)
        if self._settings.parts:
            yield from self._inside_times(numbered, tape)
            if not self._settings.vague:
                yield from self._inside_vague(tape)

    def _numerals(self, tape: Tape) -> Iterator[Fold]:
        """The numerals; those behind a currency sign have a class of their own, so that no date takes them."""
        for fold in numerals(tape):
            money = self._engine.units.money_before(tape, fold.first) is not None
            yield fold._replace(kind="money_number") if money else fold

    # ------------------------------------------------------------------ times

    def _time(self, tape: Tape, index: int, rated: set[int]) -> Iterator[Time | Figure]:
        """A time expression, unless it is what a rate counts by; a rank in a row is a figure too."""
        if index in rated:
            return
        found = self._story.time_of(tape, index)
        if found.kind in self._settings.times:
            yield found
        thing = tape.things[index]
        if isinstance(thing, Repeat) and thing.rank is not None and "ordinal" in self._settings.kinds:
            rank = thing.rank
            yield Figure(
                *rank.number, "ordinal", float(rank.value), float(rank.value), rank.unit, rank.number, "rank",
                counted=rank.counted, counted_head=rank.counted,
            )  # fmt: skip

    def _inside_times(self, numbered: Tape, tape: Tape) -> Iterator[Figure]:
        """The numbers of dates and times, for those who want every numeral."""
        spans = {
            tape.starts[index]: (tape.ends[index], tape.things[index])
            for index in (match.start() for match in _FIND_TIME(tape.classes))
            if not _is_figure(tape.things[index]) or _is_range(tape.things[index])
        }
        reach = 0
        for index, thing in enumerate(numbered.things):
            start, end = numbered.starts[index], numbered.ends[index]
            reach = max(reach, spans.get(start, (0,))[0])
            if (
                start < reach
                and isinstance(thing, Numeral)
                and thing.value is not None
                and thing.kind in self._settings.kinds
            ):
                role: Role = "year" if numbered.classes[index] == _C["year"] else "rank"
                value = _as_float(thing.value)
                unit = index + 1 + (numbered.class_at(index + 1) == _C["dash"])
                counted = (numbered.starts[unit], numbered.ends[unit]) if numbered.class_at(unit) in _PERIODS else None
                yield Figure(
                    start, end, thing.kind, value, value, None, (start, end), role, counted=counted, counted_head=counted
                )  # fmt: skip

    def _inside_vague(self, tape: Tape) -> Iterator[Figure]:
        """The numbers of what is vague and not reported: the hundred of "a few hundred people"."""
        for match in _FIND_VAGUE(tape.classes):
            index = match.start()
            thing = tape.things[index]
            for start, end, value in thing.made_of if isinstance(thing, Numeral) and thing.value is None else ():
                amount = Amount(index, index + 1, "cardinal", value, value, None, (start, end))
                counted, head = self._counted(tape, amount, (start, end)) or (None, None)
                number = _as_float(value)
                yield Figure(
                    start, end, "cardinal", number, number, None, (start, end), "count", counted=counted, counted_head=head
                )  # fmt: skip

    # ------------------------------------------------------------------ figures

    def _figures(self, tape: Tape) -> Iterator[Amount]:
        """The figures of a tape whose numbers and times are folded, those that are wanted."""
        settings = self._settings
        ranked = list(ranks(tape)) if settings.ranks and "ordinal" in settings.kinds else []
        used = {index for amount in ranked for index in range(amount.first, amount.last)}
        yield from ranked
        for amount in self._engine.algebra.figures(tape):
            wanted = amount.kind in settings.kinds and (settings.vague or amount.unit is not None or not amount.vague)
            if wanted and amount.first not in used:
                used.update(range(amount.first, amount.last))
                yield amount
        if settings.bare_units:
            yield from (
                amount for amount in bare_units(tape, self._engine.units, used) if amount.kind in settings.kinds
            )

    def _figure(self, tape: Tape, amount: Amount, role: Role) -> Iterator[Figure]:
        start, end = tape.starts[amount.first], tape.ends[(amount.end or amount.last) - 1]
        if tape.classes[amount.first] == _C["duration"]:
            start = amount.number[0]
        if amount.code or (role in UNREPORTED and not self._settings.labels):
            return
        counted = self._counted(tape, amount, (start, end)) if role == "count" or amount.kind != "cardinal" else None
        yield Figure(
            start, end, amount.kind, _as_float(amount.low), _as_float(amount.high), amount.unit, amount.number, role,  # type: ignore[arg-type]
            per=amount.per, bound=amount.bound,  # type: ignore[arg-type]
            counted=counted[0] if counted else None, counted_head=counted[1] if counted else None,
        )  # fmt: skip
        if self._settings.parts:
            yield from _made_of(tape, amount, counted)

    def _counted(self, tape: Tape, amount: Amount, whole: Offsets) -> tuple[Offsets, Offsets] | None:
        if amount.low is None and amount.high is None and not amount.vague:
            return None
        found: Counted | None
        if tape.classes[amount.first] == _C["duration"]:
            if self._parse is not None:
                return self._parse.measured(whole)
            found = measured_by_rule(tape, amount.first)
        elif self._parse is not None:
            return self._parse.counted((whole[0], max(whole[1], tape.ends[amount.last - 1])))
        else:
            found = counted_by_rule(tape, amount)
        return (found.phrase, found.head) if found else None


def _counted_by_parse(text: str, parse: Parse, language: Language) -> CountedByParse:
    return CountedByParse(text, parse, language.group("measuring"), language.group("before_lengths"))


def _names_in_capitals(tape: Tape, marked: Iterable[int]) -> Iterator[int]:
    """Words like SEC and CR that stand in capitals among small letters: abbreviations of names, not of units."""
    group = tape.language.group("not_in_capitals")
    for index in marked:
        shouts = tape.words[index] in group and tape.written(index, index + 1).isupper()
        if shouts and not (_shouts(tape, index - 1) or _shouts(tape, index + 1)):
            yield index


def _shouts(tape: Tape, index: int) -> bool:
    return 0 <= index < len(tape.words) and len(tape.words[index]) > 1 and tape.written(index, index + 1).isupper()


def _is_figure(thing: object) -> bool:
    """Whether a time expression is reported as a figure, too."""
    return isinstance(thing, Length) or (isinstance(thing, Repeat) and thing.rank is not None)


def _is_range(thing: object) -> bool:
    """Whether a length has two ends, each a number of its own: "1-4 years"."""
    return isinstance(thing, Length) and thing.low != thing.high and thing.low is not None


def _as_float(value: Value | None) -> float | None:
    """A float for a column; beyond what floats hold, the largest that one can still reckon with."""
    if value is None:
        return None
    return float(value) if abs(value) < _LARGEST else _LARGEST * (1 if value > 0 else -1)


def _made_of(tape: Tape, amount: Amount, counted: tuple[Offsets, Offsets] | None) -> Iterator[Figure]:
    """The numbers that a figure is made of: "5 to 7 million", "6 feet 4 inches", "four in ten", "five per 100,000".

    What a share counts, its second number counts: the voters of "four in ten voters".
    """
    shared: tuple[Offsets, Offsets] | None = None
    found = [index for index in range(amount.first, amount.last) if tape.classes[index] in NUMERALS]
    numbers = [(tape.starts[k], tape.ends[k], _value_at(tape, k)) for k in found]
    if len(found) == 1:
        thing = tape.things[found[0]]
        numbers = list(thing.made_of) if isinstance(thing, Numeral) else []
        shared = counted if numbers else None
    elif amount.low != amount.high and len(found) == len((amount.low, amount.high)):
        numbers = [(*number[:2], end) for number, end in zip(numbers, (amount.low, amount.high), strict=True)]
    behind = range(amount.last, (amount.rate_at or 0) + 1)
    numbers += [(tape.starts[k], tape.ends[k], _value_at(tape, k)) for k in behind if tape.classes[k] in NUMERALS]
    for at, (start, end, value) in enumerate(numbers):
        phrase, head = shared if shared is not None and at == 1 else (None, None)
        number = _as_float(value)
        yield Figure(
            start, end, "cardinal", number, number, None, (start, end), "count", counted=phrase, counted_head=head
        )  # fmt: skip


def _value_at(tape: Tape, index: int) -> Value | None:
    thing = tape.things[index]
    return thing.value if isinstance(thing, Numeral) else None


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


__all__ = ["Engine", "read", "windows"]
