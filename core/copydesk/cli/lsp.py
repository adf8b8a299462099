"""`copydesk lsp`: findings in an editor, while one types."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from copydesk.cli.options import PluginFiles, registry_with


def command(
    pipeline: Annotated[
        str, typer.Option(metavar="NAME|PATH", help="A pipeline by name (newsroom, quotes, numbers) or a YAML file.")
    ] = "newsroom",
    suppressions: Annotated[
        Path | None,
        typer.Option(metavar="FILE.yaml", help="Pass over the findings that this file names, with reasons."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE.jsonl", help="Pass over the findings of an earlier run.")
    ] = None,
    plugin: PluginFiles = None,
) -> None:
    """Serve an editor at standard input and output: findings as diagnostics, pages of checks on hover.

    Speaks the Language Server Protocol; editors start it. What they set themselves (pipeline,
    suppressions, baseline) goes before the options here. Needs the extra copydesk[lsp].
    """
    from copydesk.errors import UsageError

    if find_spec("pygls") is None:
        raise UsageError("the language server needs pygls, which is not installed: pip install 'copydesk[lsp]'")
    from copydesk.lsp.analysis import Settings
    from copydesk.lsp.serve import serve

    settings = Settings(pipeline=pipeline, suppressions=suppressions, baseline=baseline)
    if not serve(settings, registry_with(plugin)):
        raise typer.Exit(1)  # what the protocol asks of a server that was not told to shut down
