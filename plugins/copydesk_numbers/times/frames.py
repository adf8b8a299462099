"""Sentences that open with a year of the past: what they say of months is of that year."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from copydesk_numbers.tape.classes import CLASSES
from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.times.moments import Moment

_C = CLASSES
_SENTENCE_ENDS = frozenset((_C["dot"], _C["break"], _C["exclaim"]))
_FRONT = 3  # words from the start of a sentence to a year that opens it: "Back in 2008,"
_REACH = 120  # words of a paragraph that a year goes on for


class Frame(NamedTuple):
    """A year that a sentence opens with.

    Attributes:
        tape: where it stands.
        at: the place of the year.
        year: the year.
    """

    tape: Tape
    at: int
    year: int

    def place_of(self, tape: Tape, index: int) -> Literal["sentence", "paragraph"] | None:
        """Whether a word is in the sentence that the year opens, or behind it in its paragraph."""
        if tape is not self.tape or not self.at < index <= self.at + _REACH:
            return None
        if _C["break"] in tape.classes[self.at : index]:
            return None
        ended = any(_ends(tape, k) for k in range(self.at + 1, index))
        return "paragraph" if ended else "sentence"


def _ends(tape: Tape, at: int) -> bool:
    return tape.classes[at] in _SENTENCE_ENDS and not (tape.glued(at + 1) or tape.is_in(at - 1, "titles"))


def frame_of(timex: str, tape: Tape, index: int, now: datetime | None) -> Frame | None:
    """The frame that a year of the past opens: "In 2008, he …", "Eight years ago, he …"."""
    if now is None or not timex.isdecimal() or int(timex) >= now.year:
        return None
    opens = index < _FRONT or any(_ends(tape, at) for at in range(index - _FRONT, index))
    return Frame(tape, index, int(timex)) if opens and tape.class_at(index + 1) != _C["quote"] else None


def is_of_now(thing: object) -> bool:
    """Whether a time counts from the document's date, so that a story is back in the present: "now", "on Monday"."""
    if not isinstance(thing, Moment) or thing.story or thing.offset:
        return False
    return thing.fixed == "PRESENT_REF" or thing.unit is not None or (thing.weekday is not None and thing.day is None)
