"""brat stand-off: a folder of texts with annotations beside them, for the annotation tool brat and what reads its form."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import IO, TYPE_CHECKING, Any

from copydesk.formats.html.writer import page_name
from copydesk.formats.text import one_line
from copydesk.model.view import rows
from copydesk.plugins.writer import FolderWriter, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.model.document import Document
    from copydesk.model.result import Result

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,60}")
_NO_NAME = re.compile(r"[^A-Za-z0-9_-]")
_ATTRIBUTES = ("label", "kind", "severity", "code", "role")
"""Fields that are attributes, where they are words; all fields are notes."""


class _Standoff:
    """Annotations as lines of brat.

    Attributes:
        types: what there was so far.
        values: of each attribute, the words.
        relations: name, and the types of its two ends.
    """

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.values: defaultdict[str, set[str]] = defaultdict(set)
        self.relations: set[tuple[str, str, str]] = set()

    def of(self, document: Document) -> Iterator[str]:
        """The lines of a document."""
        numbers: dict[str, tuple[str, str]] = {}
        known: list[tuple[str, str, dict[str, Any]]] = []
        for layer in document.layers:
            kind = _type_of(layer)
            for row in rows(document, layer):
                pieces = list(_pieces(document.text, row["start"], row["end"]))
                if not pieces:
                    continue
                name = f"T{len(known) + 1}"
                numbers.setdefault(row["id"], (name, kind))
                known.append((name, kind, row))
                self.types.add(kind)
                places = ";".join(f"{start} {end}" for start, end in pieces)
                yield f"{name}\t{kind} {places}\t{' '.join(document.text[start:end] for start, end in pieces)}"
        attributes = relations = 0
        for name, kind, row in known:
            fields = {
                key: value for key, value in row.items() if key not in ("start", "end", "text") and value is not None
            }
            for field in _ATTRIBUTES:
                value = fields.get(field)
                if isinstance(value, str) and _WORD.fullmatch(value):
                    attributes += 1
                    self.values[field].add(value)
                    yield f"A{attributes}\t{field} {name} {value}"
            for field, value in fields.items():
                if field != "id" and f"{field}_name" in row and isinstance(value, str) and value in numbers:
                    target, target_kind = numbers[value]
                    relation = _NO_NAME.sub("_", field)
                    relations += 1
                    self.relations.add((relation, kind, target_kind))
                    yield f"R{relations}\t{relation} Arg1:{name} Arg2:{target}"
            yield f"#{name[1:]}\tAnnotatorNotes {name}\t{json.dumps(fields, ensure_ascii=True)}"


class BratFolderWriter(FolderWriter):
    """`NAME.txt` and `NAME.ann` for each document, and `annotation.conf`, which says what types there are."""

    index = "annotation.conf"

    def start(self) -> None:
        self._lines = _Standoff()

    def write(self, result: Result) -> None:
        document = result.document
        lines = list(self._lines.of(document))
        number = 1
        while True:  # two documents that could not be read may share an id
            stem = page_name(document.id, number).removesuffix(".html")
            try:
                text = (self.folder / f"{stem}.txt").open("x", encoding="utf-8", newline="\n")
            except FileExistsError:
                number += 1
                continue
            with text, (self.folder / f"{stem}.ann").open("w", encoding="utf-8", newline="\n") as annotations:
                text.write(document.text)
                annotations.writelines(f"{line}\n" for line in lines)
            return

    def finish(self) -> None:
        _write_types(self.stream, self._lines)


class BratWriter(Writer):
    """brat stand-off in a new folder, `-o texts/ --to brat`: each text with its annotations beside it.

    References are relations; the fields of an annotation are a note, as JSON. An annotation without length has no place in
    brat and is left out. In one file, the annotations of one document after another, each under its id.
    """

    name = "brat"
    suffixes = (".ann",)
    in_folder = BratFolderWriter

    def start(self) -> None:
        self._lines = _Standoff()

    def write(self, result: Result) -> None:
        self.stream.write(f"#0\tDocument\t{one_line(result.document.id)}\n")
        self.stream.writelines(f"{line}\n" for line in self._lines.of(result.document))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span cut at line ends, which brat has none of."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if at < stop:
            yield at, stop
        at = stop + 1


def _type_of(layer: str) -> str:
    """A layer's name as brat has types: `TimeExpression`."""
    return "".join(part[:1].upper() + part[1:] for part in _NO_NAME.sub("_", layer).split("_")) or "Layer"


def _write_types(stream: IO[str], known: _Standoff) -> None:
    stream.write("[entities]\n" + "".join(f"{kind}\n" for kind in sorted(known.types)))
    stream.write("\n[relations]\n")
    for name, one, other in sorted(known.relations):
        stream.write(f"{name}\tArg1:{one}, Arg2:{other}\n")
    stream.write("\n[events]\n\n[attributes]\n")
    for name, values in sorted(known.values.items()):
        stream.write(f"{name}\tArg:<ENTITY>, Value:{'|'.join(sorted(values))}\n")
