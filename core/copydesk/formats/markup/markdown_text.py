"""What of Markdown is text: paragraphs, headings, items and cells, each piece with its place in the file."""

from __future__ import annotations

from markdown_it.token import Token

from copydesk.formats.markup.html_text import COMMENT, HtmlText
from copydesk.formats.markup.html_tokens import html_tokens
from copydesk.formats.markup.markdown_tokens import Piece, parser, pieces_of
from copydesk.model.offset_map import TextBuilder, line_starts


class MarkdownText:
    """Gives the text of Markdown to a builder.

    Args:
        builder: of the file.
        start: where the Markdown begins, after front matter.
        code: whether blocks of code are text.
    """

    def __init__(self, builder: TextBuilder, start: int, *, code: bool) -> None:
        self.title = ""
        """The first heading of the first level."""
        self._builder = builder
        self._source = builder.source
        self._code = code
        self._lines = [start + line for line in line_starts(self._source[start:])]
        self._start = start
        self._in_table = False
        self._cell = 0
        """Where the last cell of the line of a table ended."""

    def read(self) -> None:
        """Read the file."""
        heading = ""
        for token in parser().parse(self._source[self._start :]):
            if token.type == "heading_open":
                heading = token.tag
            elif token.type == "heading_close":
                heading = ""
            elif token.type == "inline" and token.map:
                self._block(token, heading)
            elif token.type in ("td_open", "th_open"):
                self._builder.gap("\n")
            elif token.type in ("fence", "code_block") and self._code and token.map:
                self._code_block(token)
            elif token.type == "html_block" and token.map:
                self._builder.gap("\n\n")
                begin, end = self._line(token.map[0]), self._line(token.map[1])
                HtmlText(self._builder, code=self._code).read(begin, end)
                if not self._source[begin:end].rstrip().endswith("-->"):  # a comment stays with the line after it
                    self._builder.gap("\n\n")
            elif token.type in ("table_open", "tr_open", "blockquote_open", "list_item_open"):
                self._cell = 0
                self._in_table = token.type in ("table_open", "tr_open")
                self._builder.gap("\n\n")
            elif token.type == "table_close":
                self._in_table = False
                self._cell = 0

    def _line(self, number: int) -> int:
        """Where a line begins; the end of the file after the last."""
        return self._lines[number] if number < len(self._lines) else len(self._source)

    def _block(self, token: Token, heading: str) -> None:
        assert token.map is not None
        in_cell = self._in_table
        starts = self._starts(token, token.map[0])
        if not (in_cell and self._cell):
            self._builder.gap("\n\n")
        before = len(self.title)
        for piece in pieces_of(token):
            self._piece(piece, token.content, starts)
            if heading == "h1" and not before and piece.kind in ("text", "space"):
                self.title += piece.text
        if not in_cell:
            self._builder.gap("\n\n")

    def _starts(self, token: Token, first: int) -> list[tuple[int, int]]:
        """For each line of a block's own source: where it begins there, and where in the file."""
        starts, at = [], 0
        for number, line in enumerate(token.content.split("\n"), first):
            begin, end = self._line(number), self._line(number + 1)
            known = line.strip(" \t")
            indent = len(line) - len(line.lstrip(" \t"))
            low = max(begin, self._cell)
            found = self._source.rfind(known, low, end)
            if self._in_table:  # the next cell, not the last
                written = known.replace("|", "\\|")
                found = self._source.find(written, low, end)
                self._cell = found + len(written) if found >= 0 else self._cell
            elif self._source.startswith("#", begin):
                found = self._source.find(known, low, end)
            starts.append((at, (found if found >= 0 else begin) - indent))
            if found >= 0 and not self._source.startswith(known, found):  # a cell with `\|`, which stands for `|`
                bars = [place for place, character in enumerate(line) if character == "|"]
                starts += [(at + bar, found - indent + bar + count) for count, bar in enumerate(bars, 1)]
            at += len(line) + 1
        return starts

    def _piece(self, piece: Piece, content: str, starts: list[tuple[int, int]]) -> None:
        if piece.kind == "space":
            self._builder.gap(" ")
            return
        if piece.kind == "break":
            self._builder.gap("\n")
            return
        start = _placed(piece.start, starts)
        end = _placed(piece.end - 1, starts) + 1
        if piece.kind == "html":
            self._inline_html(start, end)
        elif content[piece.start : piece.end] == piece.text and self._source[start:end] == piece.text:
            self._builder.copy(start, end)
        else:
            self._builder.put(piece.text, start, max(start, end))

    def _inline_html(self, start: int, end: int) -> None:
        if COMMENT.match(self._source, start):
            self._builder.copy(start, end)
        for tag in html_tokens(self._source, start, end):
            if tag.name == "br":
                self._builder.gap("\n")

    def _code_block(self, token: Token) -> None:
        assert token.map is not None
        first, last = token.map
        if token.type == "fence":
            first, last = first + 1, last - 1
        self._builder.gap("\n\n")
        for number in range(first, last):
            begin, end = self._line(number), self._line(number + 1)
            self._builder.copy(begin, end - self._source.endswith("\n", begin, end))
            self._builder.gap("\n")
        self._builder.gap("\n\n")


def _placed(offset: int, starts: list[tuple[int, int]]) -> int:
    """An offset of a block's own source, in the file."""
    low, high = 0, len(starts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if starts[middle][0] <= offset else (low, middle)
    own, in_file = starts[low]
    return in_file + offset - own
