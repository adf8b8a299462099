"""Tables: what columns a layer has, whatever its documents hold, so that all of a run's rows fit one table."""

from __future__ import annotations

import hashlib
import json
import re
import types
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import Field

from copydesk.model.annotation import BASE_FIELDS, Annotation
from copydesk.model.view import rows
from copydesk.plugins.config import Config

if TYPE_CHECKING:
    from copydesk.model.document import Document

ColumnType = Literal["text", "int", "float", "bool", "texts", "spans"]
"""What a cell holds: `texts` a list of texts, `spans` a list of places with notes."""

DOCUMENTS = "documents"
"""The table of the documents themselves."""

MORE = "more"
"""The last column of a layer: fields of extensions and of types that are not installed, as JSON."""


class TableConfig(Config):
    """Settings of writers of tables."""

    layer: str | None = Field(default=None, description="The one layer that is written; a folder has all of them.")


_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}(?:\.[a-z][a-z0-9_]{0,60})?")


class Column(NamedTuple):
    """A column of a table."""

    name: str
    type: ColumnType


_BASE = (
    Column("document", "text"),
    Column("id", "text"),
    Column("start", "int"),
    Column("end", "int"),
    Column("text", "text"),
    Column("step", "text"),
)
_LAST = Column(MORE, "text")

OF_DOCUMENTS = (
    Column("document", "text"),
    Column("path", "text"),
    Column("title", "text"),
    Column("date", "text"),
    Column("characters", "int"),
    Column("errors", "text"),
    Column("text", "text"),
    Column("metadata", "text"),
)
"""The columns of the table of documents; errors and metadata are JSON."""

OF_ALL = (
    Column("document", "text"),
    Column("layer", "text"),
    Column("id", "text"),
    Column("start", "int"),
    Column("end", "int"),
    Column("text", "text"),
    Column("step", "text"),
    Column("fields", "text"),
)
"""The columns of a table of all layers; what only some have is JSON."""


def all_rows(document: Document) -> list[dict[str, Any]]:
    """The annotations of a document as rows of `OF_ALL`; its errors are rows of the layer `error`."""
    made = [
        _of_all(document, layer, row, {name: value for name, value in row.items() if name not in _KNOWN})
        for layer in document.layers
        for row in rows(document, layer)
    ]
    for number, error in enumerate(document.errors):
        made.append(
            _of_all(document, "error", {"id": f"error:{number}", "step": error.step}, error.model_dump(mode="json"))
        )
    return made


_KNOWN = frozenset({"id", "start", "end", "text", "step"})


def _of_all(document: Document, layer: str, row: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    said = {**row, "document": document.id, "layer": layer, "fields": json.dumps(fields, ensure_ascii=False)}
    return {column.name: said.get(column.name) for column in OF_ALL}


@cache
def columns_of(kind: type[Annotation] | None) -> tuple[Column, ...]:
    """The columns of a layer of this type; of one that is not installed those that all have."""
    if kind is None:
        return (*_BASE, _LAST)
    references = {reference.name: reference.many for reference in kind.ref_fields()}
    made: list[Column] = []
    for name, info in kind.model_fields.items():
        if name in BASE_FIELDS:
            continue
        if name in references:
            type_: ColumnType = "texts" if references[name] else "text"
            made += [Column(name, type_), Column(f"{name}_name", type_)]
        elif name in kind.span_fields():
            if _holds_many(info.annotation):
                made += [Column(name, "text"), Column(f"{name}_spans", "spans")]
            else:
                made += [Column(name, "text"), Column(f"{name}_start", "int"), Column(f"{name}_end", "int")]
        else:
            made.append(Column(name, _plain(info.annotation)))
    return (*_BASE, *made, _LAST)


def table_rows(document: Document, layer: type[Annotation] | str) -> tuple[tuple[Column, ...], list[dict[str, Any]]]:
    """The columns of a layer, given by its type or name, and its rows: a value or None for each column."""
    columns = columns_of(document.kind_of(layer) if isinstance(layer, str) else layer)
    names = {column.name for column in columns}
    made = []
    for row in rows(document, layer):
        more = {name: value for name, value in row.items() if name not in names and value is not None}
        said = {"document": document.id, MORE: json.dumps(more, ensure_ascii=False) if more else None}
        cells = {**row, **said}
        made.append({column.name: _fitting(cells.get(column.name), column.type) for column in columns})
    return columns, made


def document_row(document: Document) -> dict[str, Any]:
    """A document's row in the table of documents."""
    metadata = document.metadata
    place = document.offset_map.path if document.offset_map is not None else None
    title, date = metadata.get("title"), metadata.get("date")
    return {
        "document": document.id,
        "path": place or (document.origin.path if document.origin is not None else None),
        "title": title if isinstance(title, str) else None,
        "date": date if isinstance(date, str) else None,
        "characters": len(document.text),
        "errors": json.dumps([error.model_dump(mode="json") for error in document.errors]) if document.errors else None,
        "text": document.text,
        "metadata": json.dumps(metadata, ensure_ascii=False),
    }


def file_name(layer: str) -> str:
    """The name of a layer's file, without its suffix; that of a name which could be a path is made of its digest."""
    if _NAME.fullmatch(layer) and layer != DOCUMENTS:
        return layer
    return f"layer-{hashlib.sha256(layer.encode()).hexdigest()[:12]}"


def _fitting(value: Any, wanted: ColumnType) -> Any:
    """The value, if the column can hold it; else its text."""
    if value is None or wanted not in ("text", "int", "float"):
        return value
    if wanted == "text":
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return float(value) if wanted == "float" else int(value)


def _plain(annotation: Any) -> ColumnType:
    kinds = set(_parts(annotation))
    if kinds <= {bool}:
        return "bool"
    if kinds <= {int, bool}:
        return "int"
    if kinds <= {float, int}:
        return "float"
    return "texts" if kinds == {list} else "text"


def _parts(annotation: Any) -> Iterator[Any]:
    """The types that a field may have, None apart; `list` for any list of texts."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _parts(part)
    elif origin is Literal:
        yield from {type(value) for value in get_args(annotation)}
    elif origin in (tuple, list) and all(part in (str, ...) for part in get_args(annotation)):
        yield list
    elif annotation is not type(None):
        yield annotation


def _holds_many(annotation: Any) -> bool:
    return any(word in str(annotation) for word in ("tuple", "list"))
