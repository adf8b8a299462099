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
    __version__: str
    from copydesk.compare.diff import AnnotationDiff, DocumentDiff, FieldDiff, diff
    from copydesk.compare.evaluation import Evaluation, LayerScore, Mistake, Score, evaluate
    from copydesk.findings import (
        Baseline,
        CheckEngine,
        ChecksConfig,
        Reviewer,
        Suppression,
        fold,
        read_baseline,
        read_suppressions,
    )
    from copydesk.lists import word_list
    from copydesk.model.annotation import Annotation
    from copydesk.model.document import Document
    from copydesk.model.layer import Layer
    from copydesk.model.offset_map import OffsetMap, TextBuilder
    from copydesk.model.parse import Parse
    from copydesk.model.records import ErrorRecord, Origin, StepRecord
    from copydesk.model.reference import Merged, Ref
    from copydesk.model.result import Result, RunInfo, RunSummary, Suppressed
    from copydesk.model.span import HasSpan, Span
    from copydesk.model.tracing import Trace, trace
    from copydesk.model.untyped import Untyped
    from copydesk.model.view import Cell, View
    from copydesk.model.vocabulary import (
        Entity,
        Evidence,
        Finding,
        Mention,
        Quantity,
        Quotation,
        Quote,
        Section,
        Sentence,
        Severity,
        TimeExpression,
        Trait,
    )
    from copydesk.model.words import Words
    from copydesk.pipeline.limits import Limits
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.pipeline.runtime import Runtime
    from copydesk.pipeline.step import Step
    from copydesk.plugins.check import Check
    from copydesk.plugins.component import Component
    from copydesk.plugins.config import SUPPORTED_API, Config
    from copydesk.plugins.config_path import ConfigPath
    from copydesk.plugins.context import Context
    from copydesk.plugins.hookspecs import hookimpl
    from copydesk.plugins.observer import Observer
    from copydesk.plugins.reader import Reader, Source
    from copydesk.plugins.registry import Registry
    from copydesk.plugins.writer import FolderWriter, Writer
    from copydesk.yaml_reader import read_yaml

_HOME = {
    "compare.diff": ("AnnotationDiff", "DocumentDiff", "FieldDiff", "diff"),
    "compare.evaluation": ("Evaluation", "LayerScore", "Mistake", "Score", "evaluate"),
    "findings": (
        "Baseline",
        "CheckEngine",
        "ChecksConfig",
        "Reviewer",
        "Suppression",
        "fold",
        "read_baseline",
        "read_suppressions",
    ),
    "lists": ("word_list",),
    "model.annotation": ("Annotation",),
    "model.document": ("Document",),
    "model.layer": ("Layer",),
    "model.offset_map": ("OffsetMap", "TextBuilder"),
    "model.records": ("ErrorRecord", "Origin", "StepRecord"),
    "model.reference": ("Merged", "Ref"),
    "model.result": ("Result", "RunInfo", "RunSummary", "Suppressed"),
    "model.span": ("HasSpan", "Span"),
    "model.tracing": ("Trace", "trace"),
    "model.untyped": ("Untyped",),
    "model.view": ("Cell", "View"),
    "model.vocabulary": (
        "Entity",
        "Evidence",
        "Finding",
        "Mention",
        "Quantity",
        "Quotation",
        "Quote",
        "Section",
        "Sentence",
        "Severity",
        "TimeExpression",
        "Trait",
    ),
    "model.words": ("Words",),
    "model.parse": ("Parse",),
    "pipeline.limits": ("Limits",),
    "pipeline.pipeline": ("Pipeline",),
    "pipeline.runtime": ("Runtime",),
    "pipeline.step": ("Step",),
    "plugins.check": ("Check",),
    "plugins.component": ("Component",),
    "plugins.config": ("SUPPORTED_API", "Config"),
    "plugins.config_path": ("ConfigPath",),
    "plugins.context": ("Context",),
    "plugins.hookspecs": ("hookimpl",),
    "plugins.observer": ("Observer",),
    "plugins.reader": ("Reader", "Source"),
    "plugins.registry": ("Registry",),
    "plugins.writer": ("FolderWriter", "Writer"),
    "yaml_reader": ("read_yaml",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "SUPPORTED_API",
    "Annotation",
    "AnnotationDiff",
    "Baseline",
    "Cell",
    "Check",
    "CheckEngine",
    "ChecksConfig",
    "Component",
    "Config",
    "ConfigPath",
    "Context",
    "Document",
    "DocumentDiff",
    "Entity",
    "ErrorRecord",
    "Evaluation",
    "Evidence",
    "FieldDiff",
    "Finding",
    "FolderWriter",
    "HasSpan",
    "Layer",
    "LayerScore",
    "Limits",
    "Mention",
    "Merged",
    "Mistake",
    "Observer",
    "OffsetMap",
    "Origin",
    "Parse",
    "Pipeline",
    "Quantity",
    "Quotation",
    "Quote",
    "Reader",
    "Ref",
    "Registry",
    "Result",
    "Reviewer",
    "RunInfo",
    "RunSummary",
    "Runtime",
    "Score",
    "Section",
    "Sentence",
    "Severity",
    "Source",
    "Span",
    "Step",
    "StepRecord",
    "Suppressed",
    "Suppression",
    "TextBuilder",
    "TimeExpression",
    "Trace",
    "Trait",
    "Untyped",
    "View",
    "Words",
    "Writer",
    "__version__",
    "diff",
    "evaluate",
    "fold",
    "hookimpl",
    "read_baseline",
    "read_suppressions",
    "read_yaml",
    "trace",
    "word_list",
]


if not TYPE_CHECKING:  # a type checker that sees it believes every name

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            value: object = version("copydesk")
        elif module := _MODULE_OF.get(name):
            value = getattr(import_module(f"copydesk.{module}"), name)
        else:
            raise AttributeError(f"module 'copydesk' has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
