"""yaml_cases: a file of cases as a test function, for pytest to collect."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from copydesk.findings.engine import CheckEngine
from copydesk.model.document import Document
from copydesk.model.vocabulary import VOCABULARY, Finding
from copydesk.pipeline.pipeline import Pipeline
from copydesk.plugins.check import Check
from copydesk.plugins.component import Component
from copydesk.plugins.registry import Registry
from copydesk.testing.cases import Case, read_cases
from copydesk.testing.toylayers import toy_layers
from copydesk.testing.toyparse import toy_parse

Annotate = Callable[[Document], Document]
Target = type[Component[Any]] | type[Check[Any]] | Pipeline | Annotate


def yaml_cases(
    path: str | Path, target: Target, *, before: Sequence[Component[Any] | type[Component[Any]] | str] = ()
) -> Callable[[Case], None]:
    """The cases of a file as a test function; give it a name that begins with `test`, and pytest runs each case.

    Args:
        path: the YAML file; a relative path starts from the folder of the file that calls this.
        target: what is tested. A component runs in a pipeline, with the settings of the case. A check runs on what
            `before` finds, or else on made-up layers (`toy_layers`). A pipeline runs as it is, and so does a function
            that takes a document and returns it annotated.
        before: components that run first; one of an installed plugin by its name, as pipelines use it.

    Raises:
        InvalidCasesError: the file is not as it should be; every problem has its line.
        OSError: it cannot be read.
    """
    home = Path(sys._getframe(1).f_globals.get("__file__", "")).parent  # noqa: SLF001  # as `warnings` finds its caller
    runners: dict[str, Annotate] = {}

    @pytest.mark.parametrize(
        "case", [pytest.param(case, id=case.name) for case in read_cases(home / path, _layers(target))]
    )
    def test_case(case: Case) -> None:
        __tracebackhide__ = True
        settings = json.dumps(case.settings, sort_keys=True)
        if settings not in runners:
            runners[settings] = _runner(target, case.settings, before)
        case.check(runners[settings](case.document()))

    return test_case


def _layers(target: Target) -> tuple[str, ...]:
    """What cases are about by default: what the component finds, or findings."""
    if isinstance(target, type) and issubclass(target, Component):
        return tuple(dict.fromkeys(kind.layer for kind in (*target.provides, *target.revises)))
    return (Finding.layer,) if isinstance(target, type) else ()


def _runner(
    target: Target, settings: Mapping[str, Any], before: Sequence[Component[Any] | type[Component[Any]] | str]
) -> Annotate:
    earlier = [_made(component) for component in before]
    if isinstance(target, type) and issubclass(target, Component):
        return Pipeline([*earlier, target(target.config_class(**settings))])
    if isinstance(target, type):
        return _checked(target, settings, earlier)
    if settings or before:
        raise TypeError("a case has settings, or `before` is given, and neither is for a pipeline or a function")
    return target


def _made(component: Component[Any] | type[Component[Any]] | str) -> Component[Any]:
    if isinstance(component, str):
        _, component = Registry().component(component)
    return component() if isinstance(component, type) else component


def _checked(check: type[Check[Any]], settings: Mapping[str, Any], earlier: Sequence[Component[Any]]) -> Annotate:
    engine = CheckEngine([check(check.config_class(**settings))], report_skipped=False)
    pipeline = Pipeline(earlier) if earlier else None
    kinds = [kind for kind in (*check.requires, *check.reads) if kind in VOCABULARY]

    def run(document: Document) -> Document:
        if pipeline is not None:
            document = pipeline(document)
        else:
            document = document.with_annotations(toy_layers(document.text, kinds), provides=kinds)
            document = document.with_doc(toy_parse(document.text)) if check.uses_optional else document
        return document.with_annotations(engine.findings(document), provides=[Finding])

    return run
