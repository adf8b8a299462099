"""OffsetMap: the way from a document's text, which has no markup, back to the file that it was made from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from copydesk.errors import FormatError
from copydesk.model.json_values import json_copy
from copydesk.model.span import HasSpan, Span


class Run(NamedTuple):
    """A stretch of the text, and the stretch of the file that it stands for.

    Where both are of one length, they agree character by character. Else they agree as wholes: `&` stands for `&amp;`,
    a blank between two paragraphs for the tags there.
    """

    at: int
    """Where it begins in the text; it ends where the next one begins."""
    start: int
    """Where it begins in the file."""
    end: int
    """Where it ends in the file, exclusive."""


class OffsetMap:
    """Leads from offsets of `Document.text` to places in the file, in O(log runs).

    Offsets in the file count code points of it as it is read in text mode: decoded, without a byte order mark, line ends
    LF.

    Args:
        length: of the text, in code points.
        runs: which cover the text from its beginning, each beginning after the one before.
        lines: the offset of the file at which each of its lines begins; the first is 0.
        path: the file, as people know it.

    Raises:
        FormatError: these cannot be a map of such a text.
    """

    __slots__ = ("_at", "length", "lines", "path", "runs")

    def __init__(self, length: int, runs: Sequence[Run], lines: Sequence[int], path: str | None = None) -> None:
        self.length = length
        self.runs = tuple(runs)
        self.lines = tuple(lines)
        self.path = path
        self._at = [run.at for run in self.runs]
        self._check()

    def _check(self) -> None:
        if not self.runs or self.runs[0].at != 0 or self._at[-1] > self.length:
            raise FormatError("'offset_map': its runs do not cover the text")
        if any(after <= before for before, after in zip(self._at, self._at[1:], strict=False)):
            raise FormatError("'offset_map': its runs are not in the order of the text")
        if any(not 0 <= run.start <= run.end for run in self.runs):
            raise FormatError("'offset_map': a run ends before it begins")
        if not self.lines or self.lines[0] != 0:
            raise FormatError("'offset_map': the first line begins at 0")
        if any(after <= before for before, after in zip(self.lines, self.lines[1:], strict=False)):
            raise FormatError("'offset_map': its lines are not in order")

    def span(self, where: HasSpan) -> Span:
        """The stretch of the file that a stretch of the text was made from, markup inside it included."""
        start = self._start(where.start)
        return Span(start, max(start, self._end(where.end - 1)) if where.end > where.start else start)

    def place(self, offset: int) -> tuple[int, int]:
        """1-based line and column (in code points) of an offset of the file."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    def _run(self, offset: int) -> tuple[Run, int]:
        """The run of an offset of the text, and its length there."""
        index = bisect_right(self._at, offset) - 1
        end = self._at[index + 1] if index + 1 < len(self._at) else self.length
        return self.runs[index], end - self._at[index]

    def _start(self, offset: int) -> int:
        run, length = self._run(offset)
        if offset >= self.length:
            return run.end
        return run.start + offset - run.at if run.end - run.start == length else run.start

    def _end(self, offset: int) -> int:
        run, length = self._run(offset)
        return run.start + offset - run.at + 1 if run.end - run.start == length else run.end

    def over(self, outer: OffsetMap) -> OffsetMap:
        """The map of a text that was made from the text of another map, led on to the file of that one.

        Runs whose characters lie apart in the file are cut where they do.
        """
        runs: list[Run] = []
        for index, run in enumerate(self.runs):
            after = self._at[index + 1] if index + 1 < len(self._at) else self.length
            if run.end - run.start != after - run.at:
                runs.append(Run(run.at, *outer.span(Span(run.start, run.end))))
                continue
            at, start = run.at, run.start
            while at < after:
                part, length = outer._run(start)
                step = min(after - at, part.at + length - start)
                if step <= 0:  # beyond the text of the other map
                    runs.append(Run(at, part.end, part.end))
                    break
                runs.append(Run(at, *outer.span(Span(start, start + step))))
                at, start = at + step, start + step
        return OffsetMap(self.length, runs or self.runs, outer.lines, outer.path)

    # As a value, and as JSON

    def __eq__(self, other: object) -> bool:
        return self.to_json() == other.to_json() if isinstance(other, OffsetMap) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.length, self.runs))

    def __repr__(self) -> str:
        return f"<OffsetMap of {self.path or 'a file'}: {len(self.runs)} runs>"

    def to_json(self) -> dict[str, Any]:
        """`{"path": …, "runs": [[at, start, end], …], "lines": [0, …]}`."""
        return {"path": self.path, "runs": [list(run) for run in self.runs], "lines": list(self.lines)}

    @classmethod
    def from_json(cls, item: object, length: int) -> OffsetMap:
        """The map that a JSON object holds, for a text of this length.

        Raises:
            FormatError: it is none.
        """
        if not isinstance(item, Mapping):
            raise FormatError("'offset_map' is not an object")
        path, runs, lines = item.get("path"), item.get("runs"), item.get("lines")
        if not (path is None or isinstance(path, str)):
            raise FormatError("'offset_map': 'path' is not a string")
        if not (isinstance(runs, list) and all(_are_offsets(run) and len(run) == 3 for run in runs)):
            raise FormatError("'offset_map': 'runs' is no list of three offsets each")
        if not (isinstance(lines, list) and _are_offsets(lines)):
            raise FormatError("'offset_map': 'lines' is no list of offsets")
        return cls(length, [Run(*run) for run in runs], lines, json_copy(path, "'offset_map'.path"))


def _are_offsets(value: object) -> bool:
    return isinstance(value, list) and all(type(item) is int for item in value)


def line_starts(text: str) -> list[int]:
    """The offset at which each line of a text begins; lines end at LF."""
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


class TextBuilder:
    """A text without markup, made piece by piece from a file, and the map back to it.

    Pieces are given in the order in which they are to be read. What stands between two of them is asked for by `gap`;
    of several gaps in a row the widest counts, and there is none at the beginning or the end of the text.

    Args:
        source: the content of the file, line ends LF.
        path: the file, as people know it.
    """

    GAPS = ("", " ", "\n", "\n\n")

    def __init__(self, source: str, path: str | None = None) -> None:
        self.source = source
        self._path = path
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0
        self._gap = 0
        self._widest = len(self.GAPS) - 1
        self._last = 0
        self._alike = False
        """Whether the last run agrees character by character, so that it can go on."""

    def copy(self, start: int, end: int) -> None:
        """A stretch of the file, as it stands there."""
        if end <= start:
            return
        self._fill_gap(start)
        last = self._runs[-1] if self._runs else None
        if self._alike and last is not None and last.end == start:
            self._runs[-1] = Run(last.at, last.start, end)
            self._add(self.source[start:end], end)
        else:
            self._run(self.source[start:end], start, end)
        self._alike = True

    def put(self, text: str, start: int, end: int) -> None:
        """A text that stands for a stretch of the file: `&` for `&amp;`."""
        if text:
            self._fill_gap(start)
            self._run(text, start, end)
            self._alike = len(text) == end - start

    def gap(self, wanted: str) -> None:
        """What is to stand before the next piece: one of `GAPS`."""
        self._gap = max(self._gap, self.GAPS.index(wanted))

    def next_line(self) -> None:
        """What comes next begins on the next line, however wide a gap is asked for."""
        self._gap = self._widest = self.GAPS.index("\n")

    def build(self) -> tuple[str, OffsetMap]:
        """The text and the map."""
        runs = self._runs or [Run(0, 0, 0)]
        return "".join(self._parts), OffsetMap(self._length, runs, line_starts(self.source), self._path)

    def _fill_gap(self, start: int) -> None:
        gap = self.GAPS[min(self._gap, self._widest)]
        self._gap, self._widest = 0, len(self.GAPS) - 1
        if gap and self._length:
            self._run(gap, min(self._last, start), start)
            self._alike = False

    def _run(self, text: str, start: int, end: int) -> None:
        self._runs.append(Run(self._length, start, end))
        self._add(text, end)

    def _add(self, text: str, end: int) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._last = end
