"""An embedding layer for pipelines that the recipe trains: more of a word's form than spaCy's, at less cost, for each distinct word once.

spaCy's ``MultiHashEmbed`` embeds every token. What it embeds depends on the word alone, and a batch of news text has four
tokens to a distinct word, so this layer embeds distinct words and copies the rows. What that saves pays for longer affixes
(endings such as -stan, -burg and -ović tell a place from a person) and a larger network behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate
from thinc.types import Floats2d, Ints2d

__all__ = ["lexical_embed"]

Keys = NDArray[np.uint64]
Layer = Model[list[Doc], list[Floats2d]]
#: Odd, so that the two values of SPACY give different keys for every word.
_SPACE_KEY = np.uint64(0x9E3779B97F4A7C15)
#: Distinct words whose features are kept, about 200 bytes each; then the memory starts afresh.
_CACHE_SIZE = 100_000


@registry.architectures("copydesk.LexicalEmbed.v1")  # type: ignore[untyped-decorator]
def lexical_embed(width: int, rows: list[int]) -> Layer:
    """Build the layer. Output: for each Doc, floats of shape (words, ``width``).

    ``rows`` are the hash table sizes of the seven features of :func:`word_features` and :func:`_forward`: norm, first
    three letters, last two, last three, last four, shape, and whether a space follows. Raises ValueError for another
    number of sizes.
    """
    if len(rows) != 7:
        raise ValueError(f"lexical_embed needs 7 table sizes, got {len(rows)}")
    tables: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(width, size, column=i, seed=i + 1, dropout=0.0) for i, size in enumerate(rows)
    ]
    mix: Model[Ints2d, Floats2d] = chain(
        concatenate(*tables), Maxout(nO=width, nI=width * len(rows), nP=3, normalize=True, dropout=0.0)
    )
    cache: dict[int, tuple[int, ...]] = {}
    return Model(
        "lexical_embed", _forward, init=_init, layers=[mix], dims={"nO": width}, attrs={"cache": _Cache(cache)}
    )


class _Cache:
    """Features of words seen before, by the word's hash. No part of the model: written as nothing."""

    def __init__(self, rows: dict[int, tuple[int, ...]]) -> None:
        self.rows = rows


def word_features(vocab: Vocab, orth: int) -> tuple[int, ...]:
    """Hashes of the six features of a word's form, given its number in the vocabulary's strings."""
    lexeme = vocab[orth]
    low = lexeme.text.lower()
    return (
        lexeme.norm,
        get_string_id(low[:3]),
        get_string_id(low[-2:]),
        get_string_id(low[-3:]),
        get_string_id(low[-4:]),
        lexeme.shape,
    )


def _forward(
    model: Layer, docs: Sequence[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    mix = model.layers[0]
    arrays = [doc.to_array(["ORTH", "SPACY"]) for doc in docs]
    tokens = np.concatenate(arrays) if arrays else np.zeros((0, 2), dtype="uint64")
    keys = tokens[:, 0] ^ (tokens[:, 1] * _SPACE_KEY)
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    features = _features(model, docs, tokens[first])
    mixed, backprop_mix = mix(cast("Ints2d", features), is_train)
    ends = np.cumsum([len(doc) for doc in docs])[:-1]
    output = [cast("Floats2d", part) for part in np.split(mixed[inverse], ends)] if arrays else []

    def backprop(gradients: list[Floats2d]) -> list[Doc]:
        summed = model.ops.alloc2f(*mixed.shape)
        if gradients:
            model.ops.scatter_add(summed, cast("Any", inverse), cast("Any", np).concatenate(gradients))
        backprop_mix(summed)
        return []

    return output, backprop


def _features(model: Layer, docs: Sequence[Doc], words: Keys) -> Keys:
    """Rows (distinct words, 7) of feature hashes, from rows of (ORTH, SPACY)."""
    cache = model.attrs["cache"].rows
    if len(cache) > _CACHE_SIZE:
        cache.clear()
    result = np.empty((len(words), 7), dtype="uint64")
    for i, orth in enumerate(words[:, 0].tolist()):
        row = cache.get(orth)
        if row is None:
            row = cache[orth] = word_features(docs[0].vocab, orth)
        result[i, :6] = row
    result[:, 6] = words[:, 1] + np.uint64(1)
    return result


def _init(model: Layer, X: object = None, Y: object = None) -> None:  # noqa: N803, ARG001 -- thinc calls it by these names
    model.layers[0].initialize()
