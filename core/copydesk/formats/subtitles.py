"""Subtitles: SubRip (.srt) and WebVTT (.vtt). What is said is the text, and each place leads back to its cue."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from copydesk.errors import FormatError
from copydesk.formats.plain import FileReader
from copydesk.formats.text import read_text
from copydesk.model.document import Document
from copydesk.model.offset_map import TextBuilder, line_starts
from copydesk.model.records import Origin
from copydesk.plugins.reader import Source

_TIME = r"(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{1,3}"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]{{1,9}}-->[ \t]{{1,9}}{_TIME}")
_MARKUP = re.compile(r"</?[a-zA-Z0-9.][^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}|&[a-zA-Z#0-9]{1,10};")
"""Tags, positions such as `{\\an8}`, and references to characters."""
_SENTENCE_ENDS = re.compile(r"[.?!…♪\])][\"'”’»)\]]*\s*\Z")
_TURN = re.compile(r"[ \t]*(?:[-–—]|>>|♪|\[|[A-Z][A-Z .'-]{1,30}:)")
"""How a line begins with which somebody else speaks."""


class SubtitleReader(FileReader):
    """A file is one document: what is said, without numbers, times and marks.

    Cues are joined to lines at the ends of sentences and where another speaker begins. Names in voice tags are no text.
    """

    name = "subtitles"
    suffixes = (".srt", ".vtt")

    def document(self, source: Source) -> Document:
        content = read_text(source)
        builder = TextBuilder(content, source.path)
        starts = [*line_starts(content), len(content) + 1]
        in_cue = found = False
        ended = True
        for start, after in pairwise(starts):
            line = content[start : after - 1]
            if _TIMING.match(line):
                in_cue = found = True
            elif not line.strip():
                in_cue = False
            elif in_cue:
                builder.gap("\n" if ended or _TURN.match(line) else " ")
                _copy(builder, start, after - 1)
                ended = _SENTENCE_ENDS.search(line[-20:]) is not None
        if content.strip() and not found:
            raise FormatError("there is no cue in it: no line such as 00:00:01,000 --> 00:00:02,000", path=source.path)
        text, offset_map = builder.build()
        return Document(text, id=source.id, origin=Origin(source.path, None), offset_map=offset_map)


def _copy(builder: TextBuilder, start: int, end: int) -> None:
    """A line without its marks."""
    source = builder.source
    while start < end and source[start] in " \t":
        start += 1
    while start < end and source[end - 1] in " \t":
        end -= 1
    at = start
    for match in _MARKUP.finditer(source, start, end):
        builder.copy(at, match.start())
        if match[0].startswith("&") and (meant := unescape(match[0])) != match[0]:
            builder.put(meant.replace("\0", "\N{REPLACEMENT CHARACTER}"), match.start(), match.end())
        elif match[0].startswith("&"):
            builder.copy(match.start(), match.end())
        at = match.end()
    builder.copy(at, end)
