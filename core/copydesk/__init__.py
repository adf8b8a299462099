"""copydesk: plugin-based text processing. Who is named, who said what, which figures, and where a
story's sourcing does not hold.

    from copydesk import Pipeline

    document = Pipeline.load("newsroom")("The text of a story.")

Everything public is named here. The names are imported when they are first used, so that
`import copydesk` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.annotation import Annotation, HasSpan, Span
    from copydesk.checks import Check, CheckOptions
    from copydesk.component import Component, ComponentConfig
    from copydesk.config_path import ConfigPath
    from copydesk.document import Document
    from copydesk.formats.base import Reader, Source, Writer
    from copydesk.hookspecs import hookimpl
    from copydesk.layer import Layer
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.pipeline.result import Result
    from copydesk.pipeline.step import Step
    from copydesk.records import ErrorRecord, StepRecord
    from copydesk.registry import Registry
    from copydesk.vocabulary import (
        Entity,
        Evidence,
        Finding,
        Quantity,
        Quote,
        Reference,
        Role,
        Section,
        Severity,
        TimeExpression,
    )

_HOME = {
    "annotation": ("Annotation", "HasSpan", "Span"),
    "checks": ("Check", "CheckOptions"),
    "component": ("Component", "ComponentConfig"),
    "config_path": ("ConfigPath",),
    "document": ("Document",),
    "formats.base": ("Reader", "Source", "Writer"),
    "hookspecs": ("hookimpl",),
    "layer": ("Layer",),
    "pipeline.pipeline": ("Pipeline",),
    "pipeline.result": ("Result",),
    "pipeline.step": ("Step",),
    "records": ("ErrorRecord", "StepRecord"),
    "registry": ("Registry",),
    "vocabulary": (
        "Entity",
        "Evidence",
        "Finding",
        "Quantity",
        "Quote",
        "Reference",
        "Role",
        "Section",
        "Severity",
        "TimeExpression",
    ),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Annotation",
    "Check",
    "CheckOptions",
    "Component",
    "ComponentConfig",
    "ConfigPath",
    "Document",
    "Entity",
    "ErrorRecord",
    "Evidence",
    "Finding",
    "HasSpan",
    "Layer",
    "Pipeline",
    "Quantity",
    "Quote",
    "Reader",
    "Reference",
    "Registry",
    "Result",
    "Role",
    "Section",
    "Severity",
    "Source",
    "Span",
    "Step",
    "StepRecord",
    "TimeExpression",
    "Writer",
    "hookimpl",
]


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module 'copydesk' has no attribute {name!r}")
    value = getattr(import_module(f"copydesk.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
