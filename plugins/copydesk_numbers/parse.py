"""What a number counts, from the parse. Reads Universal Dependencies and the labels of spaCy's own models."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from copydesk import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NUMBER_RELATIONS = frozenset(
    {"nummod", "compound", "quantmod", "nummod:gov", "advmod", "det", "amod", "nmod", "flat", "appos"}
)
_OF = "of"
_LEFT_OUT = frozenset(
    {"conj", "cc", "punct", "relcl", "acl:relcl", "appos", "parataxis", "list", "dep", "acl", "advcl", "discourse"}
)
_MEASURING = frozenset({"last", "take", "run", "go", "continue", "span", "stretch", "drag"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "NOUN", "PROPN", "PRP", "SYM", "$", "CD", "UH", "FW", "JJ", "VBG"})
_SINGULAR, _PLURAL = frozenset({"NN", "NNP"}), frozenset({"NNS", "NNPS"})


class CountedByParse:
    """Finds the counted noun phrase of a number in one parsed text.

    Args:
        doc: a parse of the document's text, with heads and relations.
    """

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts = [token.idx for token in doc]

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that lie (at least in part) between two offsets."""
        low = max(0, bisect_right(self._starts, start) - 1)
        high = bisect_left(self._starts, end)
        return [token for token in self._doc[low:high] if token.idx + len(token) > start]

    def counted(self, whole: Span) -> tuple[Span, Span] | None:
        """The counted phrase and its head noun, for a number with its unit."""
        unit = self.tokens(whole.start, whole.end)
        if not unit:
            return None
        head = self._head(unit, {token.i for token in unit})
        if head is None:
            return None
        head = self._whole_compound(head)
        return self._phrase(head, whole), Span(head.idx, head.idx + len(head))

    def measured(self, whole: Span) -> tuple[Span, Span] | None:
        """What lasts: the subject of "the conversation lasted an hour"."""
        unit = self.tokens(whole.start, whole.end)
        top = self._top(unit) if unit else None
        if (
            top is None
            or top.head is top
            or (top.head.lemma_.lower() not in _MEASURING and top.head.lower_.removesuffix("ed") not in _MEASURING)
        ):
            return None
        for child in top.head.children:
            if child.dep_ in _SUBJECTS:
                return self._subtree(child), Span(child.idx, child.idx + len(child))
        return None

    @staticmethod
    def _top(tokens: list[Token]) -> Token | None:
        inside = {token.i for token in tokens}
        tops = [token for token in tokens if token.head.i not in inside or token.head is token]
        return tops[-1] if tops else None

    def _head(self, tokens: list[Token], inside: set[int]) -> Token | None:
        """The noun that the number depends on, or that it governs by "of"."""
        top = self._top(tokens)
        if top is None:
            return None
        governed = self._of(top, inside)
        if governed is not None:
            return governed
        if top.dep_ in _NUMBER_RELATIONS and top.head.i > tokens[-1].i and top.head is not top:
            return self._noun(top.head, inside)
        return None

    def _whole_compound(self, head: Token) -> Token:
        """The plural that ends a row of nouns, where the parse stops at a singular inside it: "500 fuel tanker | trucks"."""
        if head.tag_ not in _SINGULAR:
            return head
        for token in self._doc[head.i + 1 : head.i + 4]:
            if token.tag_ in _PLURAL:
                return token
            if token.tag_ not in _SINGULAR:
                break
        return head

    def _noun(self, token: Token, inside: set[int]) -> Token | None:
        """Up from a token inside the phrase to its noun: "2 [million] people"."""
        steps = 0
        while (
            token.dep_ in ("nummod", "compound", "quantmod")
            and token.head is not token
            and token.head.i > token.i
            and steps < 5
        ):
            if token.dep_ == "compound" and token.tag_ != "CD" and token.pos_ != "NUM":
                break
            token, steps = token.head, steps + 1
        if token.tag_ and token.tag_ not in _NOUNS and token.pos_ not in _NOUNS:
            return None
        return token if token.i not in inside else None

    @staticmethod
    def _of(top: Token, inside: set[int]) -> Token | None:
        """The voters of "5 percent of voters": UD hangs the noun below the number, spaCy below "of"."""
        for child in top.children:
            if child.i in inside or child.i < top.i:
                continue
            if child.dep_ == "prep" and child.lower_ == _OF:
                return next((noun for noun in child.children if noun.dep_ in ("pobj", "pcomp")), None)
            if child.dep_ in ("nmod", "obl", "nmod:of") and any(
                c.dep_ == "case" and c.lower_ == _OF for c in child.children
            ):
                return child
        return None

    def _phrase(self, head: Token, whole: Span) -> Span:
        """The words of the noun phrase behind the number."""
        left = [
            t for t in head.lefts if t.idx >= whole.end and t.dep_ not in ("case", "prep", "mark", "det", "punct", "cc")
        ]
        if head.idx < whole.start:
            return Span(head.idx, head.idx + len(head))
        start = min([head.idx, *(self._left_edge(t, whole.end) for t in left)])
        first = head
        while first.i > 0 and first.nbor(-1).tag_ in _SINGULAR and first.nbor(-1).idx >= whole.end:
            first = first.nbor(-1)
        return Span(min(start, first.idx), self._end(head))

    @staticmethod
    def _left_edge(token: Token, floor: int) -> int:
        edge = token.left_edge.idx
        return edge if edge >= floor else token.idx

    def _end(self, head: Token) -> int:
        """Where the phrase ends: with its modifiers, without clauses and what is coordinated with it."""
        end = head.idx + len(head)
        for child in head.rights:
            if child.dep_ in _LEFT_OUT:
                continue
            if child.dep_ in ("nmod", "obl", "prep", "compound", "flat", "nummod", "amod", "case", "compound:prt"):
                last = self._right(child)
                end = max(end, last.idx + len(last))
        return end

    def _right(self, token: Token) -> Token:
        """The last token of a modifier, up to the first stronger stop."""
        last = token
        for inner in self._doc[token.i : token.right_edge.i + 1]:
            if inner.lower_ in (";", ".", ":", "who", "which", "that") or "\n\n" in inner.text:
                break
            last = inner
        return last

    def _subtree(self, head: Token) -> Span:
        first = head.left_edge
        return Span(first.idx, self._end(head))


def is_parsed(doc: Doc) -> bool:
    """Whether heads and relations are there to be read."""
    return bool(doc.has_annotation("DEP"))
