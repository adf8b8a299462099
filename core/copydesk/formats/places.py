"""Lines and columns, for people and for formats that count in them: of a text, and of the file that it was made from."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from copydesk.model.offset_map import line_starts

if TYPE_CHECKING:
    from copydesk.model.document import Document
    from copydesk.model.span import HasSpan


class Places:
    """Turns code-point offsets of a text into lines and columns, in O(log lines)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = line_starts(text)

    @property
    def count(self) -> int:
        """How many lines there are; at least one."""
        return len(self._starts)

    def place(self, offset: int) -> tuple[int, int]:
        """1-based line and column (in code points) of an offset. Lines end at LF."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> tuple[int, str]:
        """The offset at which a 1-based line starts, and its text without the line end."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self._text)
        return start, self._text[start:end].removesuffix("\r")


class Region(NamedTuple):
    """A stretch of a file: 1-based lines, and columns in code points; the end column is exclusive."""

    line: int
    column: int | None
    """None where all that is known is the line."""
    end_line: int
    end_column: int | None


class FilePlaces:
    """Where the annotations of a document stand in the file that people have.

    That is the file which the text was made from, where the document knows the way back; else the text itself, or the
    line of a file of which each line is a document.

    Attributes:
        path: the file, or the document's id.
        text: the places of the text alone.
    """

    def __init__(self, document: Document) -> None:
        origin, self._map = document.origin, document.offset_map
        read = origin.path if origin is not None and origin.path else document.id
        self.path = self._map.path if self._map is not None and self._map.path else read
        self.text = Places(document.text)
        self._line = origin.line if origin is not None and self._map is None else None

    def region(self, where: HasSpan) -> Region:
        """The stretch of the file that an annotation stands for."""
        if self._line is not None:
            return Region(max(1, self._line), None, max(1, self._line), None)
        span, place = (where, self.text.place) if self._map is None else (self._map.span(where), self._map.place)
        line, column = place(span.start)
        end_line, end_column = place(span.end)
        if end_column == 1 and end_line > line:  # after a line end: the line that it ends is the last
            _, before = place(span.end - 1)
            end_line, end_column = end_line - 1, before + 1
        return Region(line, column, end_line, end_column)

    def for_people(self, where: HasSpan) -> tuple[int, int]:
        """Line and column at which it begins; of a document that is a line of a file, those in its text."""
        if self._map is None:
            return self.text.place(where.start)
        return self._map.place(self._map.span(where).start)
