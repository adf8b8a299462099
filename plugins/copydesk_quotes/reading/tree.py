"""Tree: the parse of a document as plain lists, with the children and the reach of each token.

A token is its index. Plain lists are what rules in Python read fastest.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from copydesk import Span
from copydesk_quotes.reading.relations import relations_of

if TYPE_CHECKING:
    from copydesk import Parse

Piece = tuple[int, int]
"""Some tokens: the first, and the one after the last."""


class Tree:
    """A dependency tree over the tokens of a document.

    Attributes:
        size: how many tokens there are.
        texts, lower, lemmas, tags, pos, deps: of each token; lemmas in lower case.
        heads: of each token the index of its head; its own, of a root.
        starts, ends: of each token, in code points.
        children: of each token those that hang on it, in order.
        relations: of each token the kinds of those, as bits of `copydesk_quotes.reading.relations`.
        left, right: of each token the first and the last one below it, itself counted.
    """

    __slots__ = (
        "_sentences",
        "children",
        "deps",
        "ends",
        "heads",
        "left",
        "lemmas",
        "lower",
        "pos",
        "relations",
        "right",
        "size",
        "starts",
        "tags",
        "texts",
    )

    def __init__(self, parse: Parse) -> None:
        self.texts, self.lower, self.tags = parse.texts, parse.lower, parse.tags
        self.pos, self.deps = parse.pos, parse.deps
        self.lemmas = [lemma.lower() for lemma in parse.lemmas]
        self.size = len(self.texts)
        self.heads: list[int] = parse.heads.tolist()
        self.starts: list[int] = parse.starts.tolist()
        self.ends: list[int] = parse.ends.tolist()
        self._sentences: list[int] = parse.sentence_starts.tolist()
        from copydesk_quotes.reading.descent import children_of, reach_of  # numpy: not before there is a parse

        self.children = children_of(parse.heads)
        self.left, self.right = reach_of(parse.heads)
        self.relations = relations_of(self.deps, self.lower, self.tags, self.heads)

    def subtree(self, token: int) -> Piece:
        """A token with all that hangs on it."""
        return self.left[token], self.right[token] + 1

    def span(self, token: int) -> Span:
        """Where a token stands."""
        return Span(self.starts[token], self.ends[token])

    def chars(self, first: int, last: int) -> Span:
        """Where the tokens from `first` to the one before `last` stand."""
        return Span(self.starts[first], self.ends[last - 1])

    def sentence(self, token: int) -> int:
        """The number of a token's sentence."""
        return bisect_right(self._sentences, token)

    def next_word(self, token: int) -> int:
        """The first token after this one that is no white space; `size` where there is none."""
        token += 1
        while token < self.size and self.texts[token].isspace():
            token += 1
        return token

    def word_before(self, token: int) -> int:
        """The last token before this one that is no white space; -1 where there is none."""
        token -= 1
        while token >= 0 and self.texts[token].isspace():
            token -= 1
        return token

    def is_space(self, token: int) -> bool:
        """Whether a token is white space."""
        return self.texts[token].isspace()

    def is_punct(self, token: int) -> bool:
        """Whether a token is punctuation, quotation marks included."""
        return is_punctuation(self.texts[token])

    def is_part(self, token: int) -> bool:
        """Whether a token is part of a word with a hyphen: "so-called"."""
        return token > 0 and self.texts[token - 1] == "-" and self.ends[token - 1] == self.starts[token]


@lru_cache(maxsize=10_000)  # a bound: hostile texts have words without end
def is_punctuation(text: str) -> bool:
    """Whether all signs of a text are punctuation, as Unicode has it."""
    return all(unicodedata.category(sign).startswith("P") for sign in text)
