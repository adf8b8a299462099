"""Which classes a pattern can begin with, so that no rule is tried where it cannot match."""

from __future__ import annotations

import re

from copydesk_numbers.tape.classes import in_set

_PIECE = re.compile(r"\w+:|\w+|\(\?[:!=]|\(\?<[!=]|[()|?*+]")
_Opening = tuple[frozenset[str], bool]
"""Class characters that can come first, and whether nothing need come."""
_NOTHING: _Opening = (frozenset(), True)


def openers(source: str) -> frozenset[str]:
    """The class characters that a pattern (`tape.pattern`) can begin with."""
    return _alternatives(_PIECE.findall(source))[0]


def _alternatives(pieces: list[str]) -> _Opening:
    """Reads pieces up to the bracket that closes them; consumes that too."""
    chars: frozenset[str] = frozenset()
    empty = False
    here: _Opening = _NOTHING
    while pieces:
        piece = pieces.pop(0)
        if piece == ")":
            break
        if piece == "|":
            chars, empty, here = chars | here[0], empty or here[1], _NOTHING
            continue
        item = _item(piece, pieces)
        if pieces and pieces[0] in "?*+":
            item = (item[0], item[1] or pieces.pop(0) != "+")
        if here[1]:
            here = (here[0] | item[0], item[1])
    return chars | here[0], empty or here[1]


def _item(piece: str, pieces: list[str]) -> _Opening:
    if piece.endswith(":") and piece[0] != "(":  # the name of a group
        return _item(pieces.pop(0), pieces)
    if piece.startswith("("):
        inner = _alternatives(pieces)
        return _NOTHING if piece[-1:] in "!=" else inner
    return in_set(piece), False
