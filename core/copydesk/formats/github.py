"""GitHub annotations: a line of a workflow's log for each finding, which GitHub shows beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.formats.places import FilePlaces
from copydesk.formats.text import printable
from copydesk.model.vocabulary import Finding
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from copydesk.model.result import Result

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


class GithubWriter(Writer):
    """Findings as annotations of GitHub Actions: `::warning file=…,line=…,col=…,title=…::message`.

    Columns count code points from 1, as GitHub's do. A document's errors are annotations too.
    """

    name = "github"

    def write(self, result: Result) -> None:
        document = result.document
        places = FilePlaces(document)
        for finding in document[Finding]:
            where = {"file": places.path, **_lines(places, finding)}
            title = {"title": f"{finding.code} {finding.name}"}
            self._command(_COMMANDS[finding.severity], {**where, **title}, finding.message)
        for error in result.records:
            where = {"file": error.path or places.path, **({"line": str(error.line)} if error.line else {})}
            self._command("error", {**where, "title": error.error}, error.message)

    def _command(self, command: str, properties: dict[str, str], message: str) -> None:
        settings = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
        self.stream.write(f"::{command} {settings}::{_escaped(message)}\n")


def _lines(places: FilePlaces, finding: Finding) -> dict[str, str]:
    region = places.region(finding)
    if region.column is None or region.end_column is None:  # the whole document is a line of the file
        return {"line": str(region.line)}
    where = {"line": str(region.line), "endLine": str(region.end_line), "col": str(region.column)}
    if region.line == region.end_line:
        where["endColumn"] = str(max(region.column, region.end_column - 1))
    return where


def _escaped(value: str, more: str = "") -> str:
    escaped = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for mark in more:
        escaped = escaped.replace(mark, f"%{ord(mark):02X}")
    return printable(escaped)
