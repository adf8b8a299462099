"""From what was read to annotations: values of time expressions, resolved against the document's date."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Literal, NamedTuple

from copydesk import Document, TimeExpression
from copydesk_numbers.lengths import Length, Repeat
from copydesk_numbers.lexicon import CLASSES
from copydesk_numbers.moments import Calendar, Direction, Moment
from copydesk_numbers.rules import Stretch
from copydesk_numbers.tape import Tape

_C = CLASSES
TimeKind = Literal["date", "time", "datetime", "duration", "set", "range"]
Resolve = Literal["context", "past", "future", "nearest", "open"]
_FUTURE = re.compile(
    r"\b(?:will|would|shall|to (?:be|visit|meet|hold|begin|start|open|take|go)|plans?|planned|scheduled|expected|expects|due"
    r"|set to|going to|likely to|next|upcoming)\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|has|have been|said|told|ago|since|last|previous|came|went|began|held|made|met|won|lost|left|took|gave"
    r"|spoke|found|saw|ran|sent|broke|brought|fell|rose|got|wrote|became|led|cut|hit|\w{2,}(?<!e)ed)\b"
)
_REACH, _NEAR = 80, 30


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
        if self.now is None or self.resolve == "open":
            return "open"
        if self.resolve != "context":
            return self.resolve
        start, end = tape.starts[index], tape.ends[index]
        left = re.split(r"[.;!?]\s", tape.text[max(0, start - _REACH) : start].lower())[-1]
        right = re.split(r"[.;!?]\s", tape.text[end : end + _REACH // 2].lower())[0]
        if left.rstrip().endswith("since"):
            return "past"
        future, past = _distance(_FUTURE, left, right), _distance(_PAST, left, right)
        if future is not None and (past is None or future < past):
            return "future"
        weekday = isinstance(thing, Moment) and thing.weekday is not None
        return "past" if weekday or (past is not None and past < _NEAR) else "nearest"


def _distance(cue: re.Pattern[str], left: str, right: str) -> int | None:
    """Characters to the nearest cue before or behind an expression."""
    before = [len(left) - match.end() for match in cue.finditer(left)][-1:]
    behind = [match.start() for match in cue.finditer(right)][:1]
    return min(before + behind, default=None)


def _date_of(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip()).replace(tzinfo=None)
        except ValueError:
            return None
    return None


def time_expression(tape: Tape, index: int, context: TimeContext) -> TimeExpression:
    """The annotation of one folded time expression."""
    thing = tape.things[index]
    start, end = tape.starts[index], tape.ends[index]
    if isinstance(thing, Length):
        return TimeExpression(start=start, end=end, kind="duration", timex=thing.timex)
    if isinstance(thing, Repeat):
        return TimeExpression(start=start, end=end, kind="set", timex=thing.timex)
    calendar = Calendar(context.now, context.direction(tape, index, thing))
    if isinstance(thing, Stretch):
        kind: TimeKind = "range"
        timex = calendar.interval(thing.start, thing.end)
    else:
        kind = _kind(thing)
        timex = calendar.value(thing)
    anchored = calendar.now is not None and "XXXX" not in timex if calendar.needed else None
    return TimeExpression(start=start, end=end, kind=kind, timex=timex, anchored=anchored)


def _kind(moment: Moment) -> TimeKind:
    if moment.fixed == "PRESENT_REF":
        return "datetime"
    if moment.has_time or any(unit.startswith("T") for unit, _ in moment.offset):
        return "datetime" if moment.has_date else "time"
    return "date"
