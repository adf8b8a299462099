"""Every hook of copydesk. A plugin implements those it needs, marked with `copydesk.hookimpl`.

pluggy registers plugins and calls their hooks; the pipeline decides what runs. Hooks are called
once, when a plugin is loaded: never per document, never per token.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from copydesk.plugins.check import Check
    from copydesk.plugins.component import Component
    from copydesk.plugins.observer import Observer
    from copydesk.plugins.reader import Reader
    from copydesk.plugins.writer import Writer

PROJECT_NAME = "copydesk"

hookspec = pluggy.HookspecMarker(PROJECT_NAME)
hookimpl = pluggy.HookimplMarker(PROJECT_NAME)


@hookspec
def copydesk_components() -> Sequence[type[Component[Any]]]:  # type: ignore[empty-body]
    """The component classes of this plugin."""


@hookspec
def copydesk_checks() -> Sequence[type[Check[Any]]]:  # type: ignore[empty-body]
    """Checks that this plugin adds to a step that runs checks, such as `attribution`."""


@hookspec
def copydesk_check_prefixes() -> Sequence[str]:  # type: ignore[empty-body]
    """The prefixes of this plugin's check codes, such as "ATT": no other plugin may use them."""


@hookspec
def copydesk_readers() -> Sequence[type[Reader[Any]]]:  # type: ignore[empty-body]
    """The input formats of this plugin."""


@hookspec
def copydesk_writers() -> Sequence[type[Writer[Any]]]:  # type: ignore[empty-body]
    """The output formats of this plugin."""


@hookspec
def copydesk_observers() -> Sequence[type[Observer[Any]]]:  # type: ignore[empty-body]
    """The observers of this plugin, which pipelines can name."""
