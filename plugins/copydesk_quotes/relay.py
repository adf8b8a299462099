"""The relay: through which outlet or document a statement came ("told France Inter", "in a statement")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from copydesk import Span, word_list
from copydesk_quotes.attribution import Attribution
from copydesk_quotes.reading import grammar, relations
from copydesk_quotes.reading.names import Names
from copydesk_quotes.reading.places import Places
from copydesk_quotes.wordlists import own_list

_TO_AN_OUTLET = frozenset({"to", "with"})
_IN_A_DOCUMENT = frozenset({"in", "on", "at", "via", "through", "during", "by", "from"})
_NOUN_MODIFIERS = frozenset({"with", "to", "for", "on", "by", "of", "from"})

_MANY = 20
"""More attributions than this in one sentence are not compared with one another."""


@cache
def _outlet_nouns() -> frozenset[str]:
    """Nouns for those who pass statements on: "told the newspaper"."""
    return frozenset(row["noun"].rstrip("!") for row in word_list("outlet_nouns"))


class Relays:
    """Finds what passed on the statements of one document.

    Args:
        places: its text and parse.
        names: who is meant where.
    """

    def __init__(self, places: Places, names: Names) -> None:
        self._places = places
        self._tree = places.tree
        self._names = names

    def of(self, cue: int, content: Sequence[Span]) -> tuple[Span, ...]:
        """The outlets and documents that a cue's clause names, in text order."""
        tree = self._tree
        found: list[Span] = []
        for child in tree.children[cue]:
            if child < cue:
                continue
            dep = tree.deps[child]
            told = dep in relations.OBJECTS or dep in ("iobj", "dative")
            told = told or (dep == "obl" and grammar.child_of(tree, child, ("case",)) is None)
            if told and self._is_outlet(child):
                found.append(self._phrase(child, content))
        for preposition, word, _ in grammar.complements(tree, cue):
            medium = preposition in _IN_A_DOCUMENT and self._is_medium(word)
            outlet = (preposition in _TO_AN_OUTLET or preposition == "on") and self._is_outlet(word)
            witness = preposition == "according to" and self.is_source(word)
            if medium or outlet or witness:
                found.append(self._phrase(word, content))
        whole = self._with_whole_names([span for span in found if span.start < span.end])
        return tuple(span for span in whole if not any(span.overlaps(piece) for piece in content))

    def second_hand(self, found: Sequence[Attribution]) -> tuple[dict[int, list[Span]], set[int]]:
        """Attributions within "…, says X, according to Tass": what relays them, and which attributions are only relays.

        Both by their number in `found`.
        """
        tree = self._tree
        relayed: dict[int, list[Span]] = {}
        passed_on: set[int] = set()
        in_sentence: dict[int, list[int]] = {}
        for number, item in enumerate(found):
            if item.cue_word >= 0:
                in_sentence.setdefault(tree.sentence(item.cue_word), []).append(number)
        for numbers in in_sentence.values():
            for number in numbers[:_MANY]:
                outer = found[number]
                if tree.lower[outer.cue_word] != "according" or outer.source_word < 0:
                    continue
                if not self.is_source(outer.source_word):
                    continue
                for other in numbers[:_MANY]:
                    if other != number and _is_all_of(outer, found[other], self._places.text):
                        relayed.setdefault(other, []).extend(outer.source)
                        passed_on.add(number)
        return relayed, passed_on

    def is_source(self, token: int) -> bool:
        """Whether the source of "according to X" is an outlet or a document."""
        return self._is_medium(token) or self._is_outlet(token)

    def _is_medium(self, token: int) -> bool:
        nouns = own_list("medium-nouns")
        return self._tree.lemmas[token] in nouns or self._tree.lower[token] in nouns

    def _is_outlet(self, token: int) -> bool:
        """Whether a noun phrase names an outlet: an organisation, or a noun such as "newspaper"."""
        tree, nouns = self._tree, _outlet_nouns()
        if tree.lemmas[token] in nouns or tree.lower[token] in nouns:
            return True
        if tree.pos[token] == "PRON":
            return False
        return any(self._names.label(name) == "ORG" for name in self._names.at(tree.span(token)))

    def _with_whole_names(self, spans: Sequence[Span]) -> list[Span]:
        """In text order, each with the whole of a name that it begins or ends in: a parse can cut "France Inter radio" in two."""
        whole: list[Span] = []
        for span in sorted(spans):
            wide = Span.hull(span, *(name.span for name in self._names.at(span)))
            if whole and whole[-1].overlaps(wide):
                wide = Span.hull(whole.pop(), wide)
            whole.append(wide)
        return whole

    def _phrase(self, token: int, content: Sequence[Span]) -> Span:
        """A noun phrase with its complements of a noun, without clauses."""
        tree, text = self._tree, self._places.text
        left, right = tree.left[token], token + 1
        while left < token and (tree.deps[left] in ("case", "fixed", "punct") or tree.is_space(left)):
            left += 1
        for child in tree.children[token]:
            if child < token:
                continue
            if not self._goes_on(child):
                break
            right = tree.right[child] + 1
        start, end = tree.starts[left], tree.ends[right - 1]
        for piece in content:
            if piece.start > tree.starts[token]:
                end = min(end, piece.start)
        return Span(start, start + len(text[start:end].rstrip()))

    def _goes_on(self, child: int) -> bool:
        """Whether what hangs on a noun belongs to its phrase."""
        tree = self._tree
        first = tree.left[child]
        if tree.deps[child] in ("flat", "appos", "compound", "nummod"):
            return not tree.is_punct(first) and tree.texts[tree.word_before(first)] != ","
        if tree.deps[child] not in ("nmod", "prep", "obl"):
            return False
        case = grammar.child_of(tree, child, ("case",))
        return tree.lower[child if case is None else case] in _NOUN_MODIFIERS


def _is_all_of(outer: Attribution, inner: Attribution, text: str) -> bool:
    """Whether the content of `outer` is another attribution and nearly nothing else; or only its source, since nobody says that."""
    if all(any(source.contains(piece) for source in inner.source) for piece in outer.content):
        return True
    hull = Span.hull(*outer.content)
    whole = Span.hull(*inner.content, *inner.cue, *inner.source)
    if not whole.overlaps(hull) or not hull.contains(inner.cue[0]):
        return False
    rest = text[hull.start : max(hull.start, whole.start)] + text[min(hull.end, whole.end) : hull.end]
    return sum(map(str.isalnum, rest)) * 5 <= hull.end - hull.start
