"""Templates: features of the tagger, hashed.

A feature is a template's number and some parts: attributes of words, and small numbers. A part is a number of `BITS` bits
that depends on the attribute and on the role in which it stands. The parts of a template and its own number, one
exclusive or the other, give a row of a weight table. All attributes are spaCy's hashes of strings or small numbers,
so that they do not depend on a model.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

BITS = 17

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_WORD = (1 << 64) - 1
_ROLES = 32
_LARGEST = 256
"""Small numbers are less than this."""


def _mixed(number: int) -> int:
    """A number whose bits all depend on those of the given one (splitmix64)."""
    number = (number + 1) * 0x9E3779B97F4A7C15 & _WORD
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & _WORD
    number = (number ^ number >> 27) * 0x94D049BB133111EB & _WORD
    return number ^ number >> 31


_FACTORS = tuple(np.uint64(_mixed(role) | 1) for role in range(_ROLES))
_SHIFT = np.uint64(64 - BITS)
_SALTS = tuple(_mixed(_ROLES + number) >> 64 - BITS for number in range(128))
_SMALL = tuple(
    np.array([_mixed((role + 1) * _LARGEST + number) >> 64 - BITS for number in range(_LARGEST)], np.int64)
    for role in range(_ROLES)
)


def part(attribute: Hashes, role: int) -> Ints:
    """An attribute of words as a part of templates, in a role: that of the word itself, of the one before it, …"""
    return (attribute * _FACTORS[role] >> _SHIFT).view(np.int64)


def small(numbers: Ints, role: int) -> Ints:
    """Numbers from 0 to 255 as a part of templates; each kind of number has a role of its own."""
    return _SMALL[role].take(numbers)


class Templates(Protocol):
    """Takes features, one template after another."""

    def add(self, *parts: Ints) -> None:
        """One more template: the conjunction of `parts`, at least one."""


class Rows:
    """The rows of the weight table, by template and by item.

    Args:
        items: how many items have features.
        first: the number of the first template.
    """

    def __init__(self, items: int, first: int = 0) -> None:
        self._items = items
        self._first = first
        self._rows: list[Ints] = []

    def add(self, *parts: Ints) -> None:
        """One more template."""
        self._rows.append(row_of(self._first + len(self._rows), parts, np.empty(self._items, np.int64)))

    def table(self) -> Ints:
        """All of them."""
        return np.array(self._rows)


def row_of(number: int, parts: tuple[Ints, ...], out: Ints) -> Ints:
    """The rows of the weight table for a template, written to `out`."""
    np.bitwise_xor(parts[0], _SALTS[number], out=out)
    for one in parts[1:]:
        np.bitwise_xor(out, one, out=out)
    return out
