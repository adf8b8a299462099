"""From what was read to annotations: values of time expressions, resolved against the document's date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal, NamedTuple

from copydesk import Annotation, Document, Quantity, Span, TimeExpression
from copydesk_numbers.lengths import Length, Repeat
from copydesk_numbers.lexicon import CLASSES
from copydesk_numbers.moments import Calendar, Direction, Moment
from copydesk_numbers.tape import Tape
from copydesk_numbers.timeline import Stretch

_C = CLASSES
Resolve = Literal["context", "past", "future", "nearest", "open"]
_FUTURE = re.compile(r"\b(?:will|would|shall|to (?:be|visit|meet|hold|begin|start|open|take|go)|plans?|planned|scheduled|expected|expects|due|set to|going to|next|upcoming)\b")
_PAST = re.compile(r"\b(?:was|were|had|did|has|have been|said|told|ago|since|last|previous|died|killed|came|went|began|started|\w{3,}ed)\b")
_REACH = 80


class TimeContext(NamedTuple):
    """What resolving needs: the document's date, and where to look for what is not said."""

    now: datetime | None
    resolve: Resolve

    @classmethod
    def of(cls, document: Document, resolve: Resolve) -> TimeContext:
        """The document's own date is `metadata["date"]`, ISO 8601."""
        return cls(_date_of(document.metadata.get("date")), resolve)

    def direction(self, tape: Tape, index: int, thing: Any) -> Direction:
        """Where to look, by the words around an expression."""
        if self.resolve != "context":
            return self.resolve
        start, end = tape.starts[index], tape.ends[index]
        left = re.split(r"[.;!?]\s", tape.text[max(0, start - _REACH) : start].lower())[-1]
        right = re.split(r"[.;!?]\s", tape.text[end : end + _REACH // 2].lower())[0]
        if left.rstrip().endswith("since"):
            return "past"
        around = f"{left} {right}"
        if _FUTURE.search(around):
            return "future"
        if _PAST.search(around) or (isinstance(thing, Moment) and thing.weekday is not None):
            return "past"
        return "nearest"


def _date_of(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip()).replace(tzinfo=None)
        except ValueError:
            return None
    return None


def time_annotations(tape: Tape, index: int, context: TimeContext) -> Iterator[Annotation]:
    """The annotations of one folded time expression: the expression, and the figure in a length."""
    thing = tape.things[index]
    start, end = tape.starts[index], tape.ends[index]
    if isinstance(thing, Length):
        yield TimeExpression(start=start, end=end, kind="duration", timex=thing.timex)
        yield Quantity(
            start=thing.number_first, end=thing.end, kind="quantity", value=thing.value, unit=thing.unit,
            number=Span(thing.number_first, thing.number_last),
        )  # fmt: skip
        return
    if isinstance(thing, Repeat):
        yield TimeExpression(start=start, end=end, kind="set", timex=thing.timex)
        return
    calendar = Calendar(context.now, context.direction(tape, index, thing))
    if isinstance(thing, Stretch):
        kind, timex = "range", calendar.interval(thing.start, thing.end)
    else:
        assert isinstance(thing, Moment)
        timex = calendar.value(thing)
        clock = thing.has_time or any(unit.startswith("T") for unit, _ in thing.offset)
        kind = ("datetime" if thing.has_date else "time") if clock else "date"
        if thing.fixed == "PRESENT_REF":
            kind = "datetime"
    anchored = calendar.now is not None and "XXXX" not in timex if calendar.needed else None
    yield TimeExpression(start=start, end=end, kind=kind, timex=timex, anchored=anchored)  # type: ignore[arg-type]
