"""The page of the command line, from the commands' own help."""

from __future__ import annotations

from typer.testing import CliRunner

from copydesk.cli import app


def pages() -> dict[str, str]:
    parts = ["# The command line", "", "What `--help` says.", "", *_help([])]
    for command in app.registered_commands:
        parts += ["", f"## copydesk {command.name}", "", *_help([str(command.name)])]
    return {"reference/cli.md": "\n".join(parts)}


def _help(arguments: list[str]) -> list[str]:
    result = CliRunner().invoke(app, [*arguments, "--help"], prog_name="copydesk", terminal_width=100)
    return ["```text", *(line.rstrip() for line in result.stdout.strip().split("\n")), "```"]
