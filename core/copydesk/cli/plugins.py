"""`copydesk plugins`: what is installed, and what each plugin offers."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.cli import exits
from copydesk.cli.options import PluginFiles, registry_with

if TYPE_CHECKING:
    from copydesk.plugins.registry import Registry


def command(
    name: Annotated[str | None, typer.Argument(help="Show this plugin with all details (this imports it).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with the details of every plugin.")] = False,
    traceback: Annotated[bool, typer.Option(help="Show where a broken plugin broke.")] = False,
    plugin: PluginFiles = None,
) -> None:
    """List plugins; without NAME nothing is imported but what --json needs.

    Exit codes: 0 fine; 2 there is no such plugin, or it is broken.
    """
    from copydesk.errors import PluginLoadError, PluginNotFoundError
    from copydesk.nearest import did_you_mean

    try:
        registry = registry_with(plugin)
    except PluginLoadError as error:
        if traceback:
            typer.echo(error.traceback, err=True)
        raise
    if name is not None and name not in registry.names:
        raise PluginNotFoundError(f"unknown plugin '{name}'{did_you_mean(name, registry.names)}")
    if as_json:
        rows = [_details(registry, each) for each in ([name] if name else registry.names)]
        typer.echo(json.dumps(rows[0] if name else rows, indent=2, ensure_ascii=False))
        bad = bool(name) and rows[0]["status"] != "loaded"
    elif name:
        details = _details(registry, name)
        _print_details(details, traceback=traceback)
        bad = details["status"] != "loaded"
    else:
        bad = False
        _print_list(registry)
    if bad:
        raise typer.Exit(exits.USAGE)


def _details(registry: Registry, name: str) -> dict[str, Any]:
    from copydesk.errors import PluginError
    from copydesk.plugins.listing import describe

    with suppress(PluginError):  # its status says so
        registry.load(name)
    status = registry.status(name)
    row: dict[str, Any] = {
        "name": name,
        "distribution": status.distribution,
        "version": status.version,
        "origin": status.origin,
        "status": status.status,
    }
    if status.status == "loaded":
        return row | describe(registry.load(name))
    return row | {"error": status.error, "traceback": status.traceback}


def _print_list(registry: Registry) -> None:
    rows = [*(registry.status(name) for name in registry.names), *registry.refused()]
    width = max((len(row.name) for row in rows), default=0)
    origins = max((len(row.origin) for row in rows), default=0)
    for row in rows:
        error = f"  {row.error}" if row.error else ""
        typer.echo(f"{row.name:<{width}}  {row.origin:<{origins}}  {row.status}{error}".rstrip())
    if not rows:
        typer.echo("no plugins are installed")


def _print_details(details: dict[str, Any], *, traceback: bool) -> None:
    typer.echo(f"{details['name']}  {details['origin']}  {details['status']}")
    if details["status"] != "loaded":
        typer.echo(details["error"])
        if traceback and details["traceback"]:
            typer.echo(details["traceback"])
        elif details["traceback"]:
            typer.echo("(--traceback shows where)")
        return
    for component in details["components"]:
        typer.echo(f"\n{component['name']}: {component['description']}")
        for key in ("requires", "reads", "provides", "revises", "uses", "uses_optional"):
            if component[key]:
                typer.echo(f"  {key.replace('_', ' ')}: {', '.join(component[key])}")
        for setting in component["config"]:
            default = "" if setting["required"] else f" = {json.dumps(setting['default'], ensure_ascii=False)}"
            typer.echo(f"  {setting['name']}: {setting['type']}{default}")
            if setting["description"]:
                typer.echo(f"      {setting['description']}")
    for key in ("readers", "writers", "observers"):
        for item in details[key]:
            typer.echo(f"\n{key.removesuffix('s')} {item['name']}: {item['description']}")
    if details["checks"]:
        typer.echo(f"\nchecks: {', '.join(check['code'] for check in details['checks'])}")
