"""Every hook of copydesk. A plugin implements those it needs, marked with `copydesk.hookimpl`.

pluggy registers plugins and calls their hooks; the pipeline decides what runs. Hooks are called
when a pipeline is built and at the edges of a run and a document, never per token.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from copydesk.checks import Check
    from copydesk.component import Component
    from copydesk.formats.base import Reader, Writer
    from copydesk.pipeline.result import Result
    from copydesk.run.runner import RunInfo, RunSummary

PROJECT_NAME = "copydesk"

hookspec = pluggy.HookspecMarker(PROJECT_NAME)
hookimpl = pluggy.HookimplMarker(PROJECT_NAME)


@hookspec
def copydesk_components() -> Sequence[type[Component]]:  # type: ignore[empty-body]
    """The component classes of this plugin."""


@hookspec
def copydesk_readers() -> Sequence[type[Reader]]:  # type: ignore[empty-body]
    """The input formats of this plugin."""


@hookspec
def copydesk_writers() -> Sequence[type[Writer]]:  # type: ignore[empty-body]
    """The output formats of this plugin."""


@hookspec
def copydesk_checks() -> Sequence[type[Check]]:  # type: ignore[empty-body]
    """Checks that this plugin adds to a step that runs checks, such as `attribution`."""


@hookspec
def copydesk_run_started(run: RunInfo) -> None:
    """A run over documents begins."""


@hookspec
def copydesk_document_done(result: Result) -> None:
    """A document came out with no error."""


@hookspec
def copydesk_document_failed(result: Result) -> None:
    """A document came out with errors; they are in `result.errors`."""


@hookspec
def copydesk_run_finished(summary: RunSummary) -> None:
    """The run is over, also when it was interrupted or failed."""
