"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from copydesk.plugins.registry import Registry

PluginFiles = Annotated[
    list[Path] | None,
    typer.Option("--plugin", metavar="FILE.py", help="Load a plugin from a Python file. May be repeated."),
]

WithPlugins = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="NAME",
        help="Add an installed plugin: its checks, readers and writers, as if the pipeline file named it. "
        "May be repeated.",
    ),
]


def registry_with(files: Sequence[Path] | None) -> Registry:
    """A registry of the installed plugins and of those in these files."""
    from copydesk.plugins.registry import Registry

    registry = Registry()
    for file in files or ():
        registry.add_file(file)
    return registry


def listed(given: Sequence[str] | None) -> list[str]:
    """The parts of options that are repeated, or have commas."""
    return [part for value in given or () for one in value.split(",") if (part := one.strip())]
