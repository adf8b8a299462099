r"""Texts with marks: what must be found in them, written where it stands.

    Hear ye, [HEAR] YE.                     an annotation stands just here
    [Ann Lee|PERSON] left.                  … and it is of this sort
    [12 men|measure; low: 12; unit: none]   … and these fields say this
    [[Ann Lee|PERSON]’s house|LOC]          marks nest
    Hear [IBM|!], hear.                     nothing may be found here
    a list\[0\]                               brackets of the text itself

Where cases are about several layers, a mark begins with its layer: `[Ann Lee|entity PERSON]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SIGN = re.compile(r"\\([\[\]|\\])|([\[\]|])")
NOT = "!"
NONE = "none"
"""What a case writes for a field that says nothing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What must, or must not, be found at a place.

    Attributes:
        start, end: the place in the text without marks.
        layer: of what layer.
        label: of what sort; None for any.
        fields: what fields must say, as people see them.
        found: whether it must be found; else nothing that shares text with it may be.
    """

    start: int
    end: int
    layer: str
    label: str | None
    fields: dict[str, str]
    found: bool


def read_marks(marked: str, layers: Sequence[str]) -> tuple[str, list[Mark]]:
    """The text without its marks, and the marks.

    Args:
        marked: the text.
        layers: those that the case is about. With one, marks do not name it.

    Raises:
        ValueError: a bracket has no partner, or a mark cannot be read.
    """
    text: list[str] = []
    length = at = 0
    opened: list[int] = []
    marks: list[Mark] = []
    for sign in _SIGN.finditer(marked):
        if sign.start() < at:
            continue  # within what a mark says
        text.append(marked[at : sign.start()])
        length += sign.start() - at
        at = sign.end()
        if sign[1]:
            text.append(sign[1])
            length += 1
        elif sign[2] == "[":
            opened.append(length)
        elif not opened:
            raise ValueError(
                f"{_near(marked, sign.start())}: '{sign[2]}' has no '[' before it; of the text itself, write '\\{sign[2]}'"
            )
        else:
            said = ""
            if sign[2] == "|":
                end = marked.find("]", at)
                if end < 0:
                    raise ValueError(f"{_near(marked, sign.start())}: the mark has no ']'")
                said, at = marked[at:end], end + 1
            try:
                marks.append(_mark(opened.pop(), length, said, layers))
            except ValueError as error:
                raise ValueError(f"{_near(marked, sign.start())}: {error}") from None
    if opened:
        raise ValueError("a '[' has no ']'; of the text itself, write '\\['")
    return "".join((*text, marked[at:])), sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _mark(start: int, end: int, said: str, layers: Sequence[str]) -> Mark:
    head, *parts = (part.strip() for part in said.split(";"))
    if ":" in head:
        head, parts = "", [head, *parts]
    found = not head.startswith(NOT)
    head = head.removeprefix(NOT).strip()
    layer, _, label = (layers[0], "", head) if len(layers) == 1 else head.partition(" ")
    if layer not in layers:
        raise ValueError(f"the mark '{said}' names no layer of the case: {', '.join(layers)}")
    fields: dict[str, str] = {}
    for part in parts:
        name, colon, value = part.partition(":")
        if not colon or not name.strip().isidentifier():
            raise ValueError(f"'{part}' is no field; write 'name: value'")
        fields[name.strip()] = value.strip()
    if fields and not found:
        raise ValueError(f"the mark '{said}' says what must not be found; it has no fields")
    return Mark(start, end, layer, label.strip() or None, fields, found)


def _near(marked: str, at: int) -> str:
    return f"at '{marked[max(0, at - 20) : at + 10]}'"
