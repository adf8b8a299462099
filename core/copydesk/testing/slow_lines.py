"""Which line of a plugin takes the time, and which pattern stands on it: what its author needs to mend it."""

from __future__ import annotations

import linecache
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from copydesk.plugins.places import home_of, shown_file

_NAMES = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_Line = tuple[str, int]


def slowest_line(kind: type, call: Callable[[], object]) -> str:
    """`; most of its time goes to shouts.py:12: for match in WORD.finditer(text), by the pattern '(a+)+'`.

    Args:
        kind: the class under test; lines of its package, or of its file, are looked at.
        call: what runs it, on a text that takes a while.
    """
    home = home_of(kind)
    if home is None:
        return ""
    seconds: defaultdict[_Line, float] = defaultdict(float)
    patterns: dict[_Line, str] = {}
    current: _Line | None = None
    since = 0.0

    def at(line: _Line | None) -> None:
        nonlocal current, since
        now = time.perf_counter()
        if current is not None:
            seconds[current] += now - since
        current, since = line, time.perf_counter()

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        if not _lies_in(frame, home):
            return None
        if event in ("line", "call"):
            line = (frame.f_code.co_filename, frame.f_lineno)
            if line not in patterns:
                patterns[line] = _pattern(frame)
            at(line)
        elif event == "return":
            at((frame.f_back.f_code.co_filename, frame.f_back.f_lineno) if frame.f_back is not None else None)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    at(None)
    own = {line: spent for line, spent in seconds.items() if line in patterns}
    if not own:
        return ""
    line = max(own, key=lambda each: own[each])
    return _said("; most of its time goes to ", line, patterns[line], home)


def line_of(kind: type, error: BaseException) -> str:
    """`; it stands at shouts.py:12: …`: where the class under test was when something stopped it."""
    home = home_of(kind)
    if home is None:
        return ""
    for each in _chain(error):
        frames = [frame for frame in _frames(each.__traceback__) if _lies_in(frame[0], home)]
        if frames:
            frame, number = frames[-1]
            line = (frame.f_code.co_filename, number)
            return _said("; it stands at ", line, _pattern(frame, number), home)
    return ""


def _said(head: str, line: _Line, pattern: str, home: Path) -> str:
    file, number = line
    source = linecache.getline(file, number).strip()
    by = f", by the pattern {pattern}" if pattern else ""
    return f"{head}{shown_file(file, home)}:{number}: {source}{by}"


def _lies_in(frame: FrameType, home: Path) -> bool:
    file = frame.f_code.co_filename
    return file == str(home) or file.startswith((f"{home}/", f"{home}\\"))


def _pattern(frame: FrameType, number: int | None = None) -> str:
    """The compiled patterns that are named on a line."""
    source = linecache.getline(frame.f_code.co_filename, number or frame.f_lineno)
    found: list[str] = []
    for name in _NAMES.findall(source):
        first, *rest = name.split(".")
        value = frame.f_locals.get(first, frame.f_globals.get(first))
        for part in ("", *rest):
            value = vars(value).get(part) if part and hasattr(value, "__dict__") else (None if part else value)
            if isinstance(value, re.Pattern):
                found.append(repr(value.pattern))
                break
    return ", ".join(dict.fromkeys(found))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _frames(traceback: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    while traceback is not None:
        yield traceback.tb_frame, traceback.tb_lineno
        traceback = traceback.tb_next
