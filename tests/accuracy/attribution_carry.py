"""Layers carried through an edit: what careful annotators would say of the faulty copy, knowing the story.

A fault must not be missed only because the edit misled another step (a misspelt name that is taken
for a place). So the layers of the sound story are moved to where its words now are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from attribution_faults import Copy

from copydesk import Document, Span
from copydesk.model.vocabulary import VOCABULARY

_KINDS = {kind.layer: kind for kind in VOCABULARY if kind.layer != "finding"}


def carried(sound: Document, copy: Copy) -> Document:
    """The faulty copy with the layers of the sound story."""
    assert copy.edits is not None
    move = _Mover(copy.edits)
    item = sound.to_json()
    layers = {
        name: [moved for entry in entries if (moved := _moved(name, entry, move, copy)) is not None]
        for name, entries in item["layers"].items()
        if name in _KINDS
    }
    document = Document.from_json(
        {"text": copy.text, "id": sound.id, "metadata": dict(sound.metadata), "layers": layers}
    )
    return document.with_annotations(copy.added) if copy.added else document


class _Mover:
    def __init__(self, edits: Sequence[tuple[Span, str]]) -> None:
        self._edits = edits
        self._starts = [where.start for where, _ in edits]
        self._shifts = [0]
        for where, new in edits:
            self._shifts.append(self._shifts[-1] + len(new) - (where.end - where.start))

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the stretch is now; None where it is gone."""
        here = (self._offset(start, at_end=False), self._offset(end, at_end=True))
        return None if here[0] >= here[1] and start < end else here

    def touches(self, start: int, end: int) -> bool:
        return any(where.start < end and start < where.end for where, _ in self._edits)

    def _offset(self, offset: int, *, at_end: bool) -> int:
        number = bisect_right(self._starts, offset - 1 if at_end else offset)
        if number:
            where, new = self._edits[number - 1]
            if offset < where.end or (at_end and offset == where.end):
                start = where.start + self._shifts[number - 1]
                return start + len(new) if at_end or offset > where.start else start
        return offset + self._shifts[number]


def _moved(layer: str, entry: dict[str, Any], move: _Mover, copy: Copy) -> dict[str, Any] | None:
    where = move.span(entry["start"], entry["end"])
    unnames = copy.unnames
    if where is None and layer == "entity":
        where = (0, 0)  # the entity is still meant elsewhere
    if where is None or (unnames and layer in ("mention", "trait") and move.touches(entry["start"], entry["end"])):
        return None
    new = {key: value for key, value in entry.items() if key not in ("text", "step")}
    new["start"], new["end"] = where
    if layer == "quote" and unnames and any(move.touches(*source) for source in entry["source"]):
        new["speaker"] = None
    for name in _KINDS[layer].span_fields():
        value = entry.get(name)
        if not value:
            continue
        if isinstance(value[0], int):
            new[name] = move.span(*value)
        else:
            new[name] = [moved for pair in value if (moved := move.span(*pair)) is not None]
    if layer == "quantity" and copy.value is not None and move.touches(*entry["number"]):
        new["low"] = new["high"] = copy.value
    if (layer == "quote" and not new["content"]) or (layer == "quantity" and new["number"] is None):
        return None
    return new
