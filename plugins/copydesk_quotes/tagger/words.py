"""Words: the tokens of a document as columns of hashes, in universal labels whatever the parser's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from copydesk_quotes.reading.stretches import Stretch
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.tagger.senses import Senses
from copydesk_quotes.tagger.templates import Hashes, Ints

if TYPE_CHECKING:
    from spacy.tokens import Doc


@lru_cache(maxsize=1000)
def hash_of(string: str) -> int:
    """The number that spaCy has for a string, the same in every vocabulary."""
    return int(get_string_id(string))


class Words(NamedTuple):
    """Per token: attributes as spaCy's hashes (which are the same for every model), and one empty row at the end."""

    size: int
    lower: Hashes
    lemma: Hashes
    tag: Hashes
    dep: Hashes
    shape: Hashes
    suffix: Hashes
    head: Ints
    starts_sentence: NDArray[np.bool_]
    quoted: Ints
    """1 within a stretch in quotation marks, else 0."""
    offset: Ints
    end: Ints
    left_edge: Ints
    right_edge: Ints
    group: Ints
    """The number of the group of words of similar meaning, 0 where none is known."""
    aptness: Ints
    """In steps how apt words like this one are to report, 0 where nothing is known."""


_COLUMNS: list[int | str] = ["LOWER", "LEMMA", "TAG", "POS", "DEP", "SHAPE", "SUFFIX", "SENT_START"]


def words_of(doc: Doc, tree: Tree, stretches: Sequence[Stretch], senses: Senses) -> Words:
    """The words of a document."""
    count = tree.size
    table = np.zeros((len(_COLUMNS), count + 1), np.uint64)
    if count:
        table[:, :count] = doc.to_array(_COLUMNS).T
    lower, lemma, tag, pos, dep, shape, suffix, sentence_start = table
    head = np.array([*tree.heads, count])
    offset = np.array(tree.starts, np.int64)
    quoted = np.zeros(count + 1, np.int64)
    for stretch in stretches:
        first, last = np.searchsorted(offset, stretch[:2])
        quoted[first:last] = 1
    left_edge = np.array([*tree.left, count])
    group, aptness = senses.of(lemma, pos)
    _universal(dep, pos, head, left_edge)
    return Words(
        count,
        lower,
        np.where(lemma == 0, lower, lemma),
        tag,
        dep,
        shape,
        suffix,
        head,
        sentence_start == 1,
        quoted,
        offset,
        np.array(tree.ends, np.int64),
        left_edge,
        np.array([*tree.right, count]),
        group,
        aptness,
    )


_UNIVERSAL = {
    "dobj": "obj",
    "dative": "iobj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "nn": "compound",
    "pcomp": "advcl",
}
"""Labels of spaCy's own English models, and what Universal Dependencies call the same."""

_PREPOSITIONS_DEEP = 2


def _universal(dep: Hashes, pos: Hashes, head: Ints, left_edge: Ints) -> None:
    """Turns a tree with the labels of spaCy's own English models into a universal one, in place.

    The weights were learned on universal trees. There the noun stands above its preposition.
    """
    if not {hash_of(name) for name in ("pobj", *_UNIVERSAL)} & set(dep.tolist()):
        return
    label = {name: np.uint64(hash_of(name)) for name in ("prep", "agent", "case", "obl", "nmod", "obl:agent")}
    nominal = np.array([hash_of(name) for name in ("NOUN", "PROPN", "PRON")], np.uint64)
    nouns = np.flatnonzero(dep == np.uint64(hash_of("pobj")))
    for _ in range(_PREPOSITIONS_DEEP):
        prepositions = head[nouns]
        below = np.isin(dep[prepositions], [label["prep"], label["agent"]]) & (prepositions != nouns)
        nouns, prepositions = nouns[below], prepositions[below]
        agents = dep[prepositions] == label["agent"]
        above = head[prepositions]
        head[nouns] = np.where(above == prepositions, nouns, above)
        dep[nouns] = np.where(
            np.isin(pos[above], nominal), label["nmod"], np.where(agents, label["obl:agent"], label["obl"])
        )
        head[prepositions], dep[prepositions] = nouns, label["case"]
        left_edge[nouns] = np.minimum(left_edge[nouns], prepositions)
        left_edge[prepositions] = prepositions
    for old, new in _UNIVERSAL.items():
        dep[dep == np.uint64(hash_of(old))] = np.uint64(hash_of(new))
