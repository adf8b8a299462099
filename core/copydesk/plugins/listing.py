"""What a plugin offers, as JSON values: for `copydesk plugins`, documentation and tools."""

from __future__ import annotations

import re
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic_core import to_jsonable_python

from copydesk.model.annotation import Annotation
from copydesk.plugins.check import Check
from copydesk.plugins.component import Component
from copydesk.plugins.config import Config, Configured
from copydesk.plugins.loaded import LoadedPlugin
from copydesk.plugins.reader import Reader
from copydesk.plugins.writer import Writer


def describe(plugin: LoadedPlugin) -> dict[str, Any]:
    """All that a plugin gives: components, formats, checks and observers, each with its settings."""
    return {
        "components": [_component(component) for component in plugin.components],
        "readers": [_format(reader) | {"provides": list(reader.provides)} for reader in plugin.readers],
        "writers": [_format(writer) for writer in plugin.writers],
        "observers": [_configured(observer) for observer in plugin.observers],
        "check_prefixes": list(plugin.check_prefixes),
        "checks": [_check(check) for check in plugin.checks],
    }


def _configured(kind: type[Configured[Any]]) -> dict[str, Any]:
    return {
        "name": kind.name,
        "description": kind.description(),
        "api": kind.api,
        "config": settings(kind.config_class),
    }


def _component(component: type[Component[Any]]) -> dict[str, Any]:
    return _configured(component) | {
        "requires": _kinds(component.requires),
        "reads": _kinds(component.reads),
        "provides": _kinds(component.provides),
        "revises": _kinds(component.revises),
        "uses": _attributes(component.uses),
        "uses_optional": _attributes(component.uses_optional),
        "runs_checks": component.runs_checks,
    }


def _check(check: type[Check[Any]]) -> dict[str, Any]:
    return _configured(check) | {"code": check.code, "severity": check.severity, "maturity": check.maturity}


def _format(kind: type[Reader[Any] | Writer[Any]]) -> dict[str, Any]:
    return _configured(kind) | {"suffixes": list(kind.suffixes)}


def _kinds(kinds: tuple[type[Annotation] | str, ...]) -> list[str]:
    return [kind if isinstance(kind, str) else kind.__name__ for kind in kinds]


def _attributes(names: object) -> list[str]:
    return list(names) if isinstance(names, tuple) else ["depends on the settings"]  # a property


def settings(config: type[Config]) -> list[dict[str, Any]]:
    """The settings of a class: name as files write it, type, whether it must be given, default, description."""
    return [
        {
            "name": field.alias or name,
            "type": type_name(field.annotation),
            "required": field.is_required(),
            "default": None
            if field.is_required()
            else to_jsonable_python(field.get_default(call_default_factory=True), fallback=repr),
            "description": field.description or "",
        }
        for name, field in config.model_fields.items()
    ]


def type_name(annotation: object) -> str:
    """A type as people write it: `tuple[str, ...]`, `Path | None`."""
    if get_origin(annotation) is Annotated:
        return type_name(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return " | ".join(map(type_name, get_args(annotation)))
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation.__name__.replace("NoneType", "None")
    return re.sub(r"\b(typing|collections\.abc|pathlib(\._local)?)\.", "", str(annotation)).replace("NoneType", "None")
