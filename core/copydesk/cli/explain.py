"""`copydesk explain`: the page of a check."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.cli.options import PluginFiles, registry_with

if TYPE_CHECKING:
    from copydesk.checks import Check
    from copydesk.registry import Registry


def command(
    check: Annotated[str, typer.Argument(metavar="CODE", help="A check's code or name: ATT201, unintroduced-person.")],
    plugin: PluginFiles = None,
) -> None:
    """Say what a check reports, why, what it must not report, and which options it has."""
    from copydesk.errors import UsageError
    from copydesk.nearest import did_you_mean

    checks = _checks(registry_with(plugin))
    for each in checks:
        if check.lower() in (each.code.lower(), each.name.lower()):
            typer.echo(_page(each))
            return
    known = [name for each in checks for name in (each.code, each.name)]
    raise UsageError(f"unknown check '{check}'{did_you_mean(check, known)}")


def _checks(registry: Registry) -> list[type[Check]]:
    from copydesk.errors import PluginError

    checks: list[type[Check]] = []
    for name in registry.names:
        try:
            checks.extend(registry.load(name).checks)
        except PluginError as error:
            typer.echo(f"copydesk: {error}", err=True)
    return checks


def _page(check: type[Check]) -> str:
    title = f"{check.code} {check.name} ({check.severity}, {check.maturity})"
    reads = ", ".join(kind.__name__ for kind in check.requires) or "the text alone"
    return f"{title}\n{'=' * len(title)}\n\n{inspect.cleandoc(check.__doc__ or '')}\n\nReads: {reads}"
