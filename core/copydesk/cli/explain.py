"""`copydesk explain`: the page of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.cli.options import PluginFiles, registry_with

if TYPE_CHECKING:
    from copydesk.plugins.check import Check
    from copydesk.plugins.registry import Registry


def command(
    check: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE", help="A check's code or name: ATT201, unintroduced-person. Without it, all checks."
        ),
    ] = None,
    plugin: PluginFiles = None,
) -> None:
    """Say what a check reports, why, what it must not report, and which options it has; or list the checks."""
    from copydesk.errors import UsageError
    from copydesk.nearest import did_you_mean

    checks = sorted(_checks(registry_with(plugin)), key=lambda each: each.code)
    if check is None:
        for each in checks:
            typer.echo(f"{each.code}  {each.name}  ({each.severity}, {each.maturity})")
        return
    for each in checks:
        if check.lower() in (each.code.lower(), each.name.lower()):
            typer.echo(each.page())
            return
    known = [name for each in checks for name in (each.code, each.name)]
    near = did_you_mean(check, known)
    raise UsageError(f"unknown check '{check}'{near if '?' in near else '; `copydesk explain` lists them all'}")


def _checks(registry: Registry) -> list[type[Check]]:
    from copydesk.errors import PluginError
    from copydesk.findings.notices import NOTICES

    checks: list[type[Check]] = [*NOTICES]
    for name in registry.names:
        try:
            checks.extend(registry.load(name).checks)
        except PluginError as error:
            typer.echo(f"copydesk: {error}", err=True)
    return checks
