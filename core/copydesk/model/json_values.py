"""JSON values, checked once when they come in, so that writing them out again cannot fail."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from copydesk.errors import FormatError

MAX_DEPTH = 200
"""Nesting beyond this is no metadata; Python's own JSON writer gives up at some 1,000."""

MAX_BITS = 14_000
"""Python writes integers of at most 4,300 digits."""

SURROGATE = re.compile("[\ud800-\udfff]")

_Place = tuple["_Place | None", object]


def json_copy(value: object, name: str) -> Any:
    """A deep copy of a JSON value, which shares nothing that can change; tuples become lists.

    Args:
        value: null, booleans, finite numbers, strings, and lists and string-keyed objects of these.
        name: what messages call it, such as "'metadata'".

    Raises:
        FormatError: it holds something that JSON cannot; the message says where.
    """
    return _copied(value, (None, name), MAX_DEPTH)


def _copied(value: object, place: _Place, levels: int) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if value.bit_length() > MAX_BITS:
            raise FormatError(f"{_path(place)} is a number of more digits than Python reads and writes")
        return value
    if isinstance(value, str):
        return _encodable(value, place)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise FormatError(f"{_path(place)} is {value}, which JSON has no number for (is it too large?)")
        return value
    if not levels:
        raise FormatError(f"{_path(place)} is nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, Mapping):
        copied: dict[str, Any] = {}
        for key, item in value.items():
            if not isinstance(key, str):
                raise FormatError(f"{_path(place)} has the key {key!r}, which is not a string")
            copied[_encodable(key, place)] = _copied(item, (place, key), levels - 1)
        return copied
    if isinstance(value, list | tuple):
        return [_copied(item, (place, number), levels - 1) for number, item in enumerate(value)]
    raise FormatError(f"{_path(place)} is a Python {type(value).__name__}, which JSON cannot hold")


def _encodable(text: str, place: _Place) -> str:
    if not text.isascii() and (lone := SURROGATE.search(text)):
        raise FormatError(
            f"{_path(place)} holds a lone surrogate, U+{ord(lone.group()):04X}, at offset {lone.start()}; "
            "no encoding can write it"
        )
    return text


def _path(place: _Place) -> str:
    """`'metadata'`, or `'metadata'.tags.3`; a long one is cut."""
    parts: list[str] = []
    step: _Place | None = place
    while step is not None:
        step, key = step
        parts.append(str(key))
    shown = parts[::-1] if len(parts) <= 8 else [*parts[:-5:-1], "…"]
    return ".".join(shown).encode("utf-8", "backslashreplace").decode()


def json_type(value: object) -> str:
    """What JSON calls it, for messages: "null", "a string", "an object"."""
    names = {type(None): "null", bool: "a boolean", int: "a number", float: "a number", str: "a string", bytes: "bytes"}
    return names.get(type(value)) or {"list": "a list", "dict": "an object"}.get(
        type(value).__name__, f"a {type(value).__name__}"
    )
