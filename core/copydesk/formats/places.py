"""Lines and columns of a text, for people and for formats that count in them."""

from __future__ import annotations

from bisect import bisect_right


class Places:
    """Turns code-point offsets of a text into lines and columns, in O(log lines)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

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
