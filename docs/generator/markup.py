"""What several kinds of pages need: docstrings, signatures and settings as Markdown."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def first_line(value: object) -> str:
    """The first paragraph of a docstring, on one line, fit for the cell of a table."""
    return " ".join((inspect.getdoc(value) or "").split("\n\n")[0].split()).replace("|", "\\|")


def indented(doc: str) -> list[str]:
    """Docstrings are laid out for a terminal; what is more than one paragraph is shown so."""
    first, _, rest = doc.partition("\n\n")
    return [first.replace("\n", " "), *([""] + [f"    {line}".rstrip() for line in rest.split("\n")] if rest else [])]


def signature(function: Callable[..., object]) -> str:
    """How it is called, as the source has it; `self` and `cls` are left out."""
    found = inspect.signature(function)
    given = [one for one in found.parameters.values() if one.name not in ("self", "cls")]
    return str(found.replace(parameters=given)).replace("'", "").replace("|", "or")


def settings(config: type[BaseModel]) -> list[str]:
    """A table of a class's settings, or a line that says that there are none."""
    if not config.model_fields:
        return ["It has no settings.", ""]
    rows = [
        f"| `{name}` | {_kind(config, name)} | {_default(field)} | {_cell(field.description or '')} |"
        for name, field in config.model_fields.items()
    ]
    return ["| setting | type | default | what |", "|---|---|---|---|", *rows, ""]


def _kind(config: type[BaseModel], name: str) -> str:
    """The type in the words of the JSON Schema, which are those that a pipeline file is checked by."""
    schema = config.model_json_schema()
    return _cell(_type_words(schema["properties"].get(name, {}), schema.get("$defs", {})))


def _type_words(schema: dict[str, Any], shared: dict[str, Any]) -> str:
    if "$ref" in schema:
        return _type_words(shared[schema["$ref"].rpartition("/")[2]], shared)
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "anyOf" in schema:
        return " or ".join(_type_words(one, shared) for one in schema["anyOf"] if one.get("type") != "null")
    if schema.get("type") == "array":
        return f"list of {_type_words(schema.get('items', {}), shared)}"
    if schema.get("type") == "object":
        return "mapping"
    if schema.get("format") == "path":
        return "file"
    return {"string": "text", "integer": "whole number", "boolean": "yes or no"}.get(
        schema.get("type", ""), schema.get("type", "any")
    )


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ((), [], {}, frozenset()):
        return "none"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple | list):
        return ", ".join(f"`{_cell(str(one))}`" for one in value)
    return f"`{_cell(str(value))}`"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")
