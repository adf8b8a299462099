"""Positions as editors count them: lines, and code units within the line."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Literal

from copydesk.formats.places import Places

Encoding = Literal["utf-8", "utf-16", "utf-32"]
"""What an editor counts within a line."""

BOM = "\ufeff"

# A character takes one unit, and one more for each of these classes that it belongs to.
_WIDER: dict[Encoding, tuple[re.Pattern[str], ...]] = {
    "utf-8": (re.compile("[^\0-\x7f]"), re.compile("[^\0-\u07ff]"), re.compile("[^\0-\uffff]")),
    "utf-16": (re.compile("[^\0-\uffff]"),),
    "utf-32": (),
}


class EditorText:
    """The text of an editor, and where its places are in the document that is read from it.

    The reader drops a byte order mark and makes line ends LF, as editors see lines: at LF, CR LF and CR.
    So lines are the same in both, and columns too, but for the mark before the first.

    Args:
        source: the text as the editor has it.
        encoding: what the editor counts within a line.
    """

    def __init__(self, source: str, encoding: Encoding = "utf-16") -> None:
        self.text = source.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
        """The text as the document has it."""
        self._places = Places(self.text)
        # Found once, so that a place in a line of a million characters costs no more than any other.
        self._wide = [[match.start() for match in wider.finditer(self.text)] for wider in _WIDER[encoding]]
        mark = len(BOM.encode()) if encoding == "utf-8" else 1
        self._before_first = mark if source.startswith(BOM) else 0

    @property
    def lines(self) -> int:
        """How many lines it has; at least one."""
        return self._places.count

    def position(self, offset: int) -> tuple[int, int]:
        """The 0-based line, and the units before it in that line, of a code-point offset of the document."""
        line, column = self._places.place(offset)
        return line - 1, self._units(offset - column + 1, offset) + (self._before_first if line == 1 else 0)

    def width(self, line: int) -> int:
        """The units of a 0-based line, without its end."""
        start, row = self._places.line(line + 1)
        return self.position(start + len(row))[1]

    def offset(self, line: int, units: int) -> int:
        """The code-point offset in the document of a position; one outside the text is the nearest inside."""
        if line >= self.lines:
            return len(self.text)
        start, row = self._places.line(max(line, 0) + 1)
        wanted = units - (self._before_first if line <= 0 else 0)
        return start + bisect_left(range(len(row)), wanted, key=lambda column: self._units(start, start + column))

    def _units(self, start: int, end: int) -> int:
        return end - start + sum(bisect_left(wide, end) - bisect_left(wide, start) for wide in self._wide)
