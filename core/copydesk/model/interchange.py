"""The JSON form of documents, read: what must hold of an object before a document is made of it.

Layers stay as they stand, as JSON objects. Only the base fields of their items are checked here; their types
are asked for when somebody reads the layer, so a type that is not installed loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from copydesk.errors import AnnotationError, DocumentError, FormatError, TextError
from copydesk.model.json_values import SURROGATE, json_copy, json_type
from copydesk.model.offset_map import OffsetMap
from copydesk.model.records import ErrorRecord, StepRecord
from copydesk.wording import first_fault

FORMAT_VERSION = 1
"""The `"copydesk"` key of a document's JSON object."""

KEYS = frozenset({"copydesk", "id", "text", "metadata", "offset_map", "layers", "steps", "errors"})

R = TypeVar("R", StepRecord, ErrorRecord)


class DocumentParts(NamedTuple):
    """What a JSON object holds of a document; nothing in it is shared with the object."""

    text: str
    id: str | None
    metadata: Mapping[str, Any]
    offset_map: OffsetMap | None
    layers: dict[str, list[Any]]
    """Items as they came, sorted by place."""
    steps: tuple[StepRecord, ...]
    errors: tuple[ErrorRecord, ...]
    extra: dict[str, Any]
    """Keys that this version does not know."""


def read_parts(item: object) -> DocumentParts:
    """The parts of a document's JSON object.

    Raises:
        TextError: there is no text.
        FormatError: a part is not as the format says.
        AnnotationError: an annotation lies outside the text, or was made on another text.
    """
    if not isinstance(item, Mapping):
        raise FormatError(f"a document is a JSON object, not {json_type(item)}")
    id = _id(item.get("id"))
    try:
        return _parts(item, id)
    except DocumentError as error:
        error.document_id = id
        raise


def _id(given: object) -> str | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise FormatError(f"'id' is {json_type(given)}, not a string")
    id = str(json_copy(given, "'id'"))
    if SURROGATE.search(id):
        raise FormatError("'id' holds a lone surrogate")
    return id


def _parts(item: Mapping[str, Any], id: str | None) -> DocumentParts:
    version = item.get("copydesk", FORMAT_VERSION)
    if version != FORMAT_VERSION:
        raise FormatError(f"'copydesk' is {version!r}; this version reads format {FORMAT_VERSION}: update copydesk")
    if "text" not in item:
        raise TextError("there is no 'text'")
    text = item["text"]
    if not isinstance(text, str):
        raise TextError(f"the text is {json_type(text)}, not a string")
    metadata = item.get("metadata", {})
    if not isinstance(metadata, Mapping):
        raise FormatError(f"'metadata' is {json_type(metadata)}, not an object")
    layers = item.get("layers", {})
    if not isinstance(layers, Mapping):
        raise FormatError(f"'layers' is {json_type(layers)}, not an object")
    return DocumentParts(
        text=text,
        id=id,
        metadata=metadata,
        offset_map=None if item.get("offset_map") is None else OffsetMap.from_json(item["offset_map"], len(text)),
        layers={name: _layer(text, name, items) for name, items in json_copy(layers, "'layers'").items()},
        steps=_records(item, "steps", StepRecord),
        errors=_records(item, "errors", ErrorRecord),
        extra={key: json_copy(value, f"'{key}'") for key, value in item.items() if key not in KEYS},
    )


def _records(item: Mapping[str, Any], key: str, model: type[R]) -> tuple[R, ...]:
    records = json_copy(item.get(key, []), f"'{key}'")
    if not isinstance(records, list):
        raise FormatError(f"'{key}' is {json_type(records)}, not a list")
    try:
        return tuple(model.model_validate(record) for record in records)
    except ValidationError as error:
        raise FormatError(f"'{key}': {first_fault(error)}") from error


def _layer(text: str, name: str, entries: object) -> list[Any]:
    """The entries of a layer as they stand, sorted, once their base fields are known to be sound."""
    if not isinstance(entries, list):
        raise FormatError(f"layer '{name}' is {json_type(entries)}, not a list")
    ids: set[str] = set()
    for number, entry in enumerate(entries):
        where = f"layer '{name}', item {number}"
        if not isinstance(entry, dict):
            raise FormatError(f"{where} is {json_type(entry)}, not an object")
        id, start, end = entry.get("id"), entry.get("start"), entry.get("end")
        if not isinstance(id, str):
            raise FormatError(f"{where}: 'id' is {json_type(id)}, not a string")
        if id in ids:
            raise AnnotationError(f"{where}: the id {id!r} is there twice")
        ids.add(id)
        if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(text):
            raise AnnotationError(
                f"{where}, {id!r}: start {start!r} and end {end!r} are no span of a text of {len(text)} code points"
            )
        if "text" in entry and entry["text"] != text[start:end]:
            raise AnnotationError(
                f"{where}, {id!r}: its 'text' is not what the document has at [{start}, {end}]; "
                "the annotations were made on another version of the text"
            )
    return sorted(entries, key=lambda entry: (entry["start"], -entry["end"], entry["id"]))
