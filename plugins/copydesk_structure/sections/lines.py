"""From characters to blocks: the stretches of text that a reader sees as one paragraph, line or heading.

Stories come in two shapes: every line is a paragraph, or paragraphs are wrapped at some width and
set apart by blank lines or indents. Which one a text has is decided once for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

_LINE = re.compile(r"([^\n\r\v\f\x85\u2028\u2029]*)(\r\n|[\n\r\v\f\x85\u2028\u2029]|\Z)")
_CLOSERS = "\"'”’»›)]}*_ \t\u00a0\u202f"
_STOPS = ".!?…‽。！？؟۔।"
_PENDING = ",;:،؛，、：；–—-&"  # these are what is looked for
_REACH = 40
"""So many characters of an end are looked at; a stop behind more closing marks than that ends nothing."""

Role = Literal["rule", "alone", "opens", "plain"]
"""What a line is among wrapped ones: a rule or heading mark whatever stands before it; a line of its own, such as
a byline; the first of a list item, caption or dateline; or none of these."""

NARROWEST = 30
"""No copy is wrapped at fewer characters than this."""


class Line(NamedTuple):
    """A line without the space around it; blank where `start == end`."""

    start: int
    end: int
    indent: int
    closes: bool
    """Whether its end is also that of a paragraph: a paragraph separator or a form feed."""

    @property
    def blank(self) -> bool:
        return self.start == self.end

    @property
    def length(self) -> int:
        return self.end - self.start


class Block(NamedTuple):
    """One or more adjacent lines that belong together."""

    start: int
    end: int
    lines: int


def read_lines(text: str) -> Iterator[Line]:
    """The lines of a text, blank ones included."""
    for match in _LINE.finditer(text):
        content = match[1]
        stripped = content.strip()
        indent = len(content) - len(content.lstrip())
        start = match.start() + indent if stripped else match.start()
        yield Line(start, start + len(stripped), indent, match[2] in ("\u2029", "\f"))


def ends_sentence(text: str, end: int) -> bool:
    """Whether what stands before `end` is the end of a sentence, closing marks aside."""
    return _last(text, end) in _STOPS


def is_open(text: str, end: int) -> bool:
    """Whether what stands before `end` goes on after it: a comma, a colon, a dash."""
    return _last(text, end) in _PENDING


def _last(text: str, end: int) -> str:
    return text[max(0, end - _REACH) : end].rstrip(_CLOSERS)[-1:] or "\0"


def wrapped_width(text: str, lines: list[Line]) -> int | None:
    """The width at which the text is wrapped, or None where every line stands for itself.

    It is wrapped where at least half of the breaks between adjacent lines fall inside a sentence:
    the line is long enough, does not end one, and the next begins in lower case. Where there is no
    case to go by, the first word of the next line must not have fitted.
    """
    longest = max((line.length for line in lines), default=0)
    breaks = 0
    widths: list[int] = []
    for line, after in pairwise(lines):
        if after.blank or line.length < NARROWEST:
            continue  # a short line says nothing: headlines and bylines are short in either shape
        breaks += 1
        if ends_sentence(text, line.end):
            continue
        first = text[after.start]
        if first.islower() or (_caseless(text, line, after) and not _fits(text, line, after, longest)):
            widths.append(line.length)
    if not breaks or 2 * len(widths) < breaks:
        return None
    return sorted(widths)[len(widths) * 9 // 10]


def _caseless(text: str, line: Line, after: Line) -> bool:
    sample = text[line.start : min(line.end, line.start + 200)] + text[after.start : min(after.end, after.start + 200)]
    return not any(char.islower() for char in sample) and any(char.isalpha() for char in sample)


def _fits(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether the first word of the next line would have fitted on this one."""
    head = text[after.start : min(after.end, after.start + width + 1)].split(maxsplit=1)
    return line.length + 1 + len(head[0]) <= width


def _has_blanks_between(lines: list[Line]) -> bool:
    begun = False
    return any(
        begun and before.blank and not after.blank
        for before, after in pairwise(lines)
        if (begun := begun or not before.blank)
    )


def line_blocks(lines: list[Line]) -> list[Block]:
    """Every line that is not blank."""
    return [Block(line.start, line.end, 1) for line in lines if not line.blank]


def wrapped_blocks(text: str, lines: list[Line], width: int, role: Callable[[Line], Role]) -> list[Block]:
    """Wrapped lines put together.

    A block ends at a blank line; around a line that stands alone, such as a rule or a byline; before
    one that opens something, such as a list item; at an indent after the end of a sentence; after a
    first line that is short like a heading; and, in a text without blank lines, after a sentence
    that leaves over a quarter of the width empty.
    """
    blanks = _has_blanks_between(lines)
    short = width * 3 // 4
    blocks: list[Block] = []
    block: list[Line] = []
    opened: Role = "plain"
    previous: Role = "plain"

    def close() -> None:
        if block:
            blocks.append(Block(block[0].start, block[-1].end, len(block)))
            block.clear()

    for line in lines:
        if line.blank:
            close()
            continue
        here = role(line)
        if block:
            last = block[-1]
            ended = ends_sentence(text, last.end)
            slack = last.length < short
            if (
                last.closes
                or previous in ("rule", "alone")
                or here == "rule"
                or (here != "plain" and (ended or slack or opened == "opens"))
                or (ended and line.indent >= last.indent + 2)
                or (ended and slack and not blanks)
                or (len(block) == 1 and slack and not ended and opened == "plain" and not text[line.start].islower())
            ):
                close()
        if not block:
            opened = here
        previous = here if not block or here == "rule" else "plain"
        block.append(line)
    close()
    return blocks
