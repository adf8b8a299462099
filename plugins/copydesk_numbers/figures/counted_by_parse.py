"""What a number counts, from the parse. Reads Universal Dependencies and the labels of spaCy's own models."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from copydesk_numbers.values import Offsets, Parse

_NUMBER_RELATIONS = frozenset(
    ["nummod", "compound", "quantmod", "nummod:gov", "advmod", "det", "amod", "nmod", "flat", "appos"]
)
_UP = frozenset({"nummod", "compound", "quantmod"})
_LEFT_OUT = frozenset(
    ["conj", "cc", "punct", "relcl", "acl:relcl", "appos", "parataxis", "list", "dep", "acl", "advcl", "discourse"]
)
_RIGHT = frozenset(["nmod", "obl", "prep", "compound", "flat", "nummod", "amod", "case", "compound:prt"])
_PHRASES = frozenset(["nmod", "obl", "prep"])
_NOT_LEFT = frozenset(["case", "prep", "mark", "det", "punct", "cc"])
_OF_PHRASES = frozenset({"nmod", "obl", "nmod:of"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
_NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS", "PRP", "SYM", "$", "CD", "UH", "FW", "JJ"])
_SINGULAR, _PLURAL = frozenset({"NN", "NNP"}), frozenset({"NNS", "NNPS"})
_STOPS = frozenset((";", ".", ":", ",", "who", "which", "that"))
_MOST_STEPS, _LONGEST_MODIFIER = 5, 60
_ROW = 4  # nouns that may stand in a row: "500 fuel tanker trucks"
_OF = "of"
_DASHES = frozenset(("-", "--", "\N{EN DASH}", "\N{EM DASH}"))

Found = tuple[Offsets, Offsets]
"""A phrase and its head, as offsets."""


class CountedByParse:
    """Finds the counted noun phrase of a number in one parsed text.

    Args:
        text: the text.
        parse: its parse.
        measuring: verbs whose subject a length measures: last, take.
        lasting: words that may stand between such a verb and its length: about, for.
    """

    def __init__(self, text: str, parse: Parse, measuring: frozenset[str], lasting: frozenset[str]) -> None:
        self._parse = parse
        self._measuring = measuring
        self._lasting = lasting
        self._words = [text[start:end].lower() for start, end in zip(parse.starts, parse.ends, strict=True)]
        self._children: list[list[int]] = [[] for _ in parse.starts]
        for token, head in enumerate(parse.heads):
            if head != token:
                self._children[head].append(token)

    def counted(self, whole: Offsets) -> Found | None:
        """The counted phrase and its head noun, for a number with its unit."""
        unit = self._tokens(whole)
        head = self._head(unit) if unit else None
        if head is None:
            return None
        head = self._whole_compound(head)
        behind = unit[-1] + 1
        if self._words[behind] == "," or (self._parse.tags[behind] == "IN" and self._words[behind] != _OF):
            return None  # "Outside the top three, the men", "8 in 10 in Dover voters support it"
        if self._words[behind] != _OF and "POS" in self._parse.tags[behind : min(head + 2, behind + _ROW * 2)]:
            return None  # "the 30,000 Lee's aides read", "one man's death"
        if self._words[unit[0]] == "$" and self._parse.tags[behind] == "VBG":
            return None  # "spent $7 million probing them"
        if self._is_hyphen(behind) and self._parse.tags[behind + 1] in _NOUNS:
            return self._span(behind + 1), self._span(behind + 1)  # "first-place votes"
        if self._is_hyphen(behind) and head > behind + 1:
            return self._span(head), self._span(head)  # "first-in-the-nation vote"
        if any(self._is_dash(token) for token in range(unit[-1] + 1, min(head, unit[-1] + _LONGEST_MODIFIER))):
            return None  # "the next two - Ohio and Iowa"
        return self._phrase(head, whole), self._span(head)

    def measured(self, whole: Offsets) -> Found | None:
        """What lasts: the subject of "the conversation lasted an hour"; not of "he ran for office after a year"."""
        unit = self._tokens(whole)
        top = self._top(unit) if unit else None
        if top is None or any(
            self._parse.labels[child] == "case" and self._words[child] not in self._lasting
            for child in self._children[top]
        ):
            return None
        verb = self._parse.heads[top]
        if verb == top or not {self._parse.lemmas[verb].lower(), self._words[verb]} & self._measuring:
            return None
        for child in self._children[verb]:
            if self._parse.labels[child] in _SUBJECTS:
                first = min(self._below(child))
                return (self._parse.starts[first], self._end(child)), self._span(child)
        return None

    def _is_dash(self, token: int) -> bool:
        """Whether a token is a dash with space around it."""
        starts, ends = self._parse.starts, self._parse.ends
        return self._words[token] in _DASHES and ends[token - 1] < starts[token] and ends[token] < starts[token + 1]

    def _is_hyphen(self, token: int) -> bool:
        """Whether a token is a dash that joins two words."""
        starts, ends = self._parse.starts, self._parse.ends
        joins = 0 < token < len(starts) - 1 and ends[token - 1] == starts[token] and ends[token] == starts[token + 1]
        return joins and self._words[token] in _DASHES

    def _span(self, token: int) -> Offsets:
        return self._parse.starts[token], self._parse.ends[token]

    def _tokens(self, whole: Offsets) -> range:
        """The tokens that lie (at least in part) between two offsets."""
        first = bisect_right(self._parse.ends, whole[0])
        return range(first, bisect_left(self._parse.starts, whole[1]))

    def _top(self, tokens: range) -> int | None:
        tops = [
            token for token in tokens if self._parse.heads[token] not in tokens or self._parse.heads[token] == token
        ]
        return tops[-1] if tops else None

    def _head(self, tokens: range) -> int | None:
        """The noun that the number depends on, or that it governs by "of"."""
        top = self._top(tokens)
        if top is None:
            return None
        governed = self._of(top, tokens)
        if governed is not None:
            return governed
        head = self._parse.heads[top]
        if self._parse.labels[top] in _NUMBER_RELATIONS and head > tokens[-1] and head != top:
            return self._noun(head, tokens)
        return None

    def _whole_compound(self, head: int) -> int:
        """The plural that ends a row of nouns, where the parse stops at a singular inside it."""
        tags = self._parse.tags
        if tags[head] not in _SINGULAR:
            return head
        for token in range(head + 1, min(head + _ROW, len(tags))):
            if tags[token] in _PLURAL:
                return token
            if tags[token] not in _SINGULAR and tags[token] != "VBG":
                break
        return head

    def _noun(self, token: int, inside: range) -> int | None:
        """Up from a token inside the phrase to its noun: "2 [million] people"."""
        heads, labels, tags = self._parse.heads, self._parse.labels, self._parse.tags
        for _ in range(_MOST_STEPS):
            if (
                labels[token] not in _UP
                or heads[token] <= token
                or (labels[token] == "compound" and tags[token] != "CD")
            ):
                break
            token = heads[token]
        if tags[token] and tags[token] not in _NOUNS:
            return None
        return token if token not in inside else None

    def _of(self, top: int, inside: range) -> int | None:
        """The voters of "5 percent of voters": UD hangs the noun below the number, spaCy below "of"."""
        labels = self._parse.labels
        for child in self._children[top]:
            if child in inside or child < top:
                continue
            if labels[child] == "prep" and self._words[child] == _OF:
                return next((noun for noun in self._children[child] if labels[noun] in ("pobj", "pcomp")), None)
            if labels[child] in _OF_PHRASES and any(
                labels[below] == "case" and self._words[below] == _OF for below in self._children[child]
            ):
                return child
        return None

    def _phrase(self, head: int, whole: Offsets) -> Offsets:
        """The words of the noun phrase behind the number."""
        starts, tags = self._parse.starts, self._parse.tags
        if starts[head] < whole[0]:
            return self._span(head)
        start = starts[head]
        for token in self._children[head]:
            if token < head and starts[token] >= whole[1] and self._parse.labels[token] not in _NOT_LEFT:
                edge = starts[min(self._below(token))]
                start = min(start, edge if edge >= whole[1] else starts[token])
        first = head
        while first > 0 and head - first < _ROW and tags[first - 1] in _SINGULAR and starts[first - 1] >= whole[1]:
            first -= 1
        return min(start, starts[first]), self._end(head)

    def _below(self, token: int) -> list[int]:
        """A token and what hangs below it, up to a length that no noun phrase has."""
        found = [token]
        for each in found:
            if len(found) > _LONGEST_MODIFIER:
                break
            found += self._children[each]
        return found

    def _end(self, head: int) -> int:
        """Where the phrase ends: with its modifiers by "of", without other prepositions, clauses and what is coordinated with it.

        What hangs on the noun by another preposition is what a parser knows least: "flew with his son in a plane".
        """
        end = head
        for child in self._children[head]:
            joins = child > head and self._parse.labels[child] in _RIGHT and min(self._below(child)) == end + 1
            if joins and (self._words[end + 1] == _OF or self._parse.labels[child] not in _PHRASES):
                end = self._last(child)
        return self._parse.ends[end]

    def _last(self, token: int) -> int:
        """The last token of a modifier, up to the first stronger stop."""
        last = token
        edge = max(self._below(token))
        for inner in range(token, min(edge, token + _LONGEST_MODIFIER) + 1):
            if self._words[inner] in _STOPS or "\n\n" in self._words[inner]:
                break
            last = inner
        return last
