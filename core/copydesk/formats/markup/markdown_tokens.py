"""markdown-it-py, told to say where in the source each inline token stands. By itself it says so of blocks only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_AT = "copydesk_at"
_NTH = "copydesk_nth"


class Piece(NamedTuple):
    """A piece of the text of a paragraph: what it says, and where it stands in the paragraph's source."""

    kind: Literal["text", "space", "break", "html"]
    text: str
    start: int
    end: int


class _PlacedState(StateInline):
    """Notes at each token how far the source was read when it was made."""

    def pushPending(self) -> Token:  # noqa: N802  # markdown-it's name
        token = super().pushPending()
        # What was pending ends here, but for blanks that were taken off it. Looked for backwards, so it is found at once.
        token.meta[_AT] = max(0, self.src.rfind(token.content, 0, self.pos))
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        before = self.tokens[-2] if len(self.tokens) > 1 else None
        token.meta[_AT] = self.pos
        # The marks of one run, `***`, are pushed one by one while the source stays where it is.
        again = before is not None and before.type == ttype == "text" and before.meta.get(_AT) == self.pos
        token.meta[_NTH] = before.meta.get(_NTH, 0) + 1 if before is not None and again else 0
        return token


class _PlacedInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough; tokens are not joined, since each has a place."""
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    inline = _PlacedInline()
    inline.ruler, inline.ruler2 = md.inline.ruler, md.inline.ruler2
    md.inline = inline
    return md.disable(["text_join", "fragments_join"])


def pieces_of(block: Token) -> Iterator[Piece]:
    """The text of a paragraph, a heading or a cell, piece by piece."""
    source = block.content
    on_one_line = source.replace("\n", " ")
    for token in block.children or ():
        at = token.meta.get(_AT, 0)
        if token.type == "text" and token.content:
            start = _start_of(token.content, source, at, token.meta.get(_NTH, 0))
            yield Piece("text", token.content, start, start + len(token.content))
        elif token.type == "text_special":
            yield Piece("text", token.content, at, at + len(token.markup))
        elif token.type == "code_inline":
            start = _start_of(token.content, on_one_line, at + len(token.markup), 0)
            yield Piece("text", token.content, start, start + len(token.content))
        elif token.type == "softbreak":
            yield Piece("space", " ", at, at + 1)
        elif token.type == "hardbreak":
            yield Piece("break", "\n", at, at + 1)
        elif token.type == "html_inline":
            yield Piece("html", token.content, at, at + len(token.content))


def _start_of(content: str, source: str, at: int, nth: int) -> int:
    start = at + nth * len(content)
    if source.startswith(content, start):
        return start
    found = source.find(content, at, at + 2 * len(content) + 8)  # `<` before an address, a blank in a span of code
    return found if found >= 0 else at
