"""The documents of two collections, brought together by id.

Neither is held in memory. Both are read in step, so documents in the same order meet at once; one whose partner has
not come yet waits in a temporary file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Self

from copydesk.errors import DocumentError, FormatError, UsageError
from copydesk.model.document import Document

Documents = str | Path | Iterable[Document]
"""The path of a file of JSON lines, which may be compressed; or the documents themselves."""

IN_MEMORY = 16 * 1024 * 1024
"""Bytes of waiting documents, beyond which they go to the disk."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What two collections have under one id.

    Attributes:
        id: the document's.
        first, second: the documents; None where one collection lacks it.
        error: why a document cannot be read; both documents are None then.
    """

    id: str
    first: Document | None
    second: Document | None
    error: DocumentError | None = None


def pairs(first: Documents, second: Documents) -> Iterator[Pair]:
    """The documents of both, in the order in which partners are found; at the end those that have none.

    Raises:
        UsageError: a path names no file.
    """
    left, right = _read(first), _read(second)
    with _Shelf() as lefts, _Shelf() as rights:
        for one, other in zip_longest(left, right):
            for item in (one, other):
                if isinstance(item, DocumentError):
                    yield Pair(item.document_id or "", None, None, item)
            if isinstance(one, Document) and isinstance(other, Document) and one.id == other.id:
                yield Pair(one.id, one, other)
                continue
            if isinstance(one, Document):
                if (partner := rights.take(one.id)) is not None:
                    yield Pair(one.id, one, partner)
                else:
                    lefts.put(one)
            if isinstance(other, Document):
                if (partner := lefts.take(other.id)) is not None:
                    yield Pair(other.id, partner, other)
                else:
                    rights.put(other)
        yield from (Pair(document.id, document, None) for document in lefts.all())
        yield from (Pair(document.id, None, document) for document in rights.all())


def _read(documents: Documents) -> Iterator[Document | DocumentError]:
    """The documents; one that cannot be read, or whose id came before, is an error in its place."""
    from copydesk.run.inputs import Seen, find_inputs, read_inputs

    if isinstance(documents, str | Path):
        from copydesk.formats.jsonl import JsonLinesReader

        path = Path(documents)
        if not path.is_file():
            raise UsageError(f"there is no file {path}; give JSON lines, as `copydesk run … -o FILE.jsonl` writes them")
        return map(_typed, read_inputs(find_inputs([str(path)], [JsonLinesReader], format="jsonl").files))
    seen = Seen()
    return (
        _typed(document)
        if seen.add(document.id)
        else FormatError(f"the id '{document.id}' came before; give each document its own", document_id=document.id)
        for document in documents
    )


def _typed(document: Document | DocumentError) -> Document | DocumentError:
    """The document, of which every layer can be read; else why not."""
    if isinstance(document, Document):
        try:
            for name in document.layers:
                document.layer(name)
        except DocumentError as error:
            error.path, error.line = document.origin or (None, None)
            error.document_id = document.id
            return error
    return document


class _Shelf:
    """Documents that wait for their partners: the bytes on the disk where they are many, the places in memory."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed at the end of the `with` block
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, document: Document) -> None:
        raw = document.to_json_line().encode()
        self._file.seek(self._end)
        self._file.write(raw)
        self._places[document.id] = (self._end, len(raw))
        self._end += len(raw)

    def take(self, id: str) -> Document | None:
        place = self._places.pop(id, None)
        if place is None:
            return None
        document = self._at(place)
        if not self._places:
            self._file.seek(0)
            self._file.truncate()
            self._end = 0
        return document

    def all(self) -> Iterator[Document]:
        for place in self._places.values():
            yield self._at(place)

    def _at(self, place: tuple[int, int]) -> Document:
        start, length = place
        self._file.seek(start)
        return Document.from_json(json.loads(self._file.read(length)))
