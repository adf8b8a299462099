"""Parse: the spaCy parse of a document as columns, one entry for each token.

Reading a column costs nothing; each attribute of a spaCy token costs a call. The columns are made when they are
first read, once for all steps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.errors import AnnotationError
from copydesk.model.span import HasSpan, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Integers = NDArray[np.int32]

NEEDS: dict[str, str] = {
    "lemmas": "token.lemma",
    "tags": "token.tag",
    "pos": "token.pos",
    "morphs": "token.morph",
    "heads": "token.head",
    "deps": "token.dep",
    "left_edges": "token.dep",
    "right_edges": "token.dep",
    "sentence_starts": "doc.sents",
    "entities": "doc.ents",
}
"""Which attribute of spaCy's a column is made of; what is not here, tokenizing gives."""

_SAME = {
    "token.head": ("token.dep",),
    "token.dep": ("token.head",),
    "doc.sents": ("token.sent", "token.is_sent_start", "token.sent_start", "token.is_sent_end", "span.sent"),
    "doc.ents": ("token.ent_type", "token.ent_iob", "token.ent_id", "token.ent_kb_id"),
}
"""What spaCy makes together with it."""


class EntitySpan(NamedTuple):
    """A name as the model has it: its first token, the token after its last, and its label."""

    start: int
    end: int
    label: str


class Parse:
    """The columns of a parse. All have one entry for each token, in order, but `sentence_starts` and `entities`.

    Numbers are read-only numpy arrays of int32, words are tuples of str.

    Attributes:
        starts: offset of the token's first code point in the text.
        ends: offset after its last.
        texts: the token as written.
        lower: the same in lower case.
        spaces: whether a space follows it.
        lemmas, tags, pos, morphs, deps: as spaCy's `lemma_`, `tag_`, `pos_`, `morph` and `dep_` have them.
        heads: the index of its head; a root is its own.
        left_edges, right_edges: the indexes of the first and last token of its subtree.
        sentence_starts: the index of the first token of each sentence.
        entities: the model's names, in order.

    Raises:
        AnnotationError: by a column that the step's `uses` and `uses_optional` do not cover.
    """

    __slots__ = ("_allowed", "_columns", "_doc", "_granted")

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._columns: dict[str, Any] = {}
        self._allowed: frozenset[str] | None = None
        self._granted: set[str] = set()

    def fenced(self, allowed: frozenset[str]) -> Parse:
        """The same columns, of which only those can be read that these attributes of spaCy cover."""
        view = Parse.__new__(Parse)
        view._doc = self._doc  # noqa: SLF001  # a copy of itself
        view._columns = self._columns  # noqa: SLF001
        view._allowed = allowed  # noqa: SLF001
        view._granted = set()  # noqa: SLF001
        return view

    def __len__(self) -> int:
        return len(self._doc)

    @property
    def starts(self) -> Integers:
        value: Integers = self._column("starts", _starts)
        return value

    @property
    def ends(self) -> Integers:
        value: Integers = self._column("ends", _ends)
        return value

    @property
    def texts(self) -> tuple[str, ...]:
        return self._words("texts", lambda doc: [token.text for token in doc])

    @property
    def lower(self) -> tuple[str, ...]:
        return self._words("lower", lambda doc: [token.lower_ for token in doc])

    @property
    def spaces(self) -> tuple[bool, ...]:
        value: tuple[bool, ...] = self._column("spaces", lambda doc: tuple(map(bool, _array(doc, "SPACY").tolist())))
        return value

    @property
    def lemmas(self) -> tuple[str, ...]:
        return self._words("lemmas", lambda doc: [token.lemma_ for token in doc])

    @property
    def tags(self) -> tuple[str, ...]:
        return self._words("tags", lambda doc: [token.tag_ for token in doc])

    @property
    def pos(self) -> tuple[str, ...]:
        return self._words("pos", lambda doc: [token.pos_ for token in doc])

    @property
    def morphs(self) -> tuple[str, ...]:
        return self._words("morphs", lambda doc: [str(token.morph) for token in doc])

    @property
    def deps(self) -> tuple[str, ...]:
        return self._words("deps", lambda doc: [token.dep_ for token in doc])

    @property
    def heads(self) -> Integers:
        value: Integers = self._column("heads", _heads)
        return value

    @property
    def left_edges(self) -> Integers:
        value: Integers = self._column("left_edges", lambda doc: _edges(doc)[0])
        return value

    @property
    def right_edges(self) -> Integers:
        value: Integers = self._column("right_edges", lambda doc: _edges(doc)[1])
        return value

    @property
    def sentence_starts(self) -> Integers:
        value: Integers = self._column("sentence_starts", _sentence_starts)
        return value

    @property
    def entities(self) -> tuple[EntitySpan, ...]:
        value: tuple[EntitySpan, ...] = self._column("entities", _entities)
        return value

    # Places

    def token_at(self, offset: int) -> int | None:
        """The index of the token that holds the code point at `offset`; None between tokens."""
        index = bisect_right(self._offsets("starts"), offset) - 1
        return index if index >= 0 and offset < self._offsets("ends")[index] else None

    def tokens(self, where: HasSpan) -> range:
        """The indexes of the tokens that share a code point with `where`."""
        if where.end <= where.start:
            return range(0)
        return range(bisect_right(self._offsets("ends"), where.start), bisect_left(self._offsets("starts"), where.end))

    def span(self, first: int, last: int) -> Span:
        """The stretch of text from one token to another, both included."""
        return Span(self._offsets("starts")[first], self._offsets("ends")[last])

    def sentence(self, token: int) -> range:
        """The indexes of the tokens of the sentence that a token is in."""
        starts = self._column("sentence list", lambda _: self.sentence_starts.tolist(), needs="doc.sents")
        index = bisect_right(starts, token)
        return range(starts[index - 1], starts[index] if index < len(starts) else len(self))

    def children(self, token: int) -> tuple[int, ...]:
        """The indexes of the tokens whose head is this one, in order."""
        value: tuple[tuple[int, ...], ...] = self._column("children", _children, needs="token.dep")
        return value[token]

    def _offsets(self, name: str) -> list[int]:
        """A column of offsets as a list: bisection in one is quicker than in an array."""
        value: list[int] = self._column(f"{name} list", lambda _: getattr(self, name).tolist())
        return value

    def _words(self, name: str, make: Callable[[Doc], list[str]]) -> tuple[str, ...]:
        # Token by token is quicker here than spaCy's arrays of hashes, each of which must be looked up.
        value: tuple[str, ...] = self._column(name, lambda doc: tuple(make(doc)))
        return value

    def _column(self, name: str, make: Callable[[Doc], Any], *, needs: str | None = None) -> Any:
        if self._allowed is not None and name not in self._granted:
            if needed := needs or NEEDS.get(name):
                self._check(name, needed)
            self._granted.add(name)
        if name not in self._columns:
            self._columns[name] = make(self._doc)
        return self._columns[name]

    def _check(self, name: str, needed: str) -> None:
        assert self._allowed is not None
        if not any(
            attribute == one or attribute.startswith((f"{one}.", f"{one}_"))
            for one in (needed, *_SAME.get(needed, ()))
            for attribute in self._allowed
        ):
            raise AnnotationError(f'the component reads parse.{name} without saying so: add "{needed}" to its `uses`')


def _array(doc: Doc, attribute: str) -> NDArray[Any]:
    from spacy import attrs

    array: NDArray[Any] = doc.to_array([getattr(attrs, attribute)])
    return array[:, 0] if array.ndim > 1 else array


def _frozen(array: NDArray[Any]) -> Integers:
    import numpy as np

    numbers = np.ascontiguousarray(array).astype(np.int32)
    numbers.setflags(write=False)
    return numbers


def _starts(doc: Doc) -> Integers:
    return _frozen(_array(doc, "IDX"))


def _ends(doc: Doc) -> Integers:
    return _frozen(_array(doc, "IDX").astype("int64") + _array(doc, "LENGTH").astype("int64"))


def _heads(doc: Doc) -> Integers:
    import numpy as np

    # spaCy gives the distance to the head, as an unsigned number.
    return _frozen(_array(doc, "HEAD").astype(np.int64) + np.arange(len(doc)))


def _sentence_starts(doc: Doc) -> Integers:
    import numpy as np

    if not len(doc):
        return _frozen(np.zeros(0))
    starts = _array(doc, "SENT_START").astype(np.int64) == 1
    starts[0] = True
    return _frozen(np.flatnonzero(starts))


def _entities(doc: Doc) -> tuple[EntitySpan, ...]:
    return tuple(EntitySpan(ent.start, ent.end, ent.label_) for ent in doc.ents)


def _children(doc: Doc) -> tuple[tuple[int, ...], ...]:
    found: list[list[int]] = [[] for _ in range(len(doc))]
    for token, head in enumerate(_heads(doc).tolist()):
        if token != head:
            found[head].append(token)
    return tuple(map(tuple, found))


def _edges(doc: Doc) -> tuple[Integers, Integers]:
    """The first and the last token of each subtree: as spaCy's own, which keeps them for each token."""
    import numpy as np

    left = np.fromiter([token.left_edge.i for token in doc], np.int32, len(doc))
    right = np.fromiter([token.right_edge.i for token in doc], np.int32, len(doc))
    return _frozen(left), _frozen(right)
