"""GitHub annotations: a line of a workflow's log for each finding, which GitHub shows beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.formats.places import Places
from copydesk.formats.text import printable
from copydesk.model.document import Document
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
        path = path_of(document)
        places = Places(document.text)
        for finding in document[Finding]:
            where = {"file": path, **_lines(document, places, finding)}
            title = {"title": f"{finding.code} {finding.name}"}
            self._command(_COMMANDS[finding.severity], {**where, **title}, finding.message)
        for error in result.records:
            where = {"file": error.path or path, **({"line": str(error.line)} if error.line else {})}
            self._command("error", {**where, "title": error.error}, error.message)

    def _command(self, command: str, properties: dict[str, str], message: str) -> None:
        settings = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
        self.stream.write(f"::{command} {settings}::{_escaped(message)}\n")


def _lines(document: Document, places: Places, finding: Finding) -> dict[str, str]:
    if document.origin is not None and document.origin.line is not None:
        return {"line": str(document.origin.line)}  # the whole document is a line of the file
    line, column = places.place(finding.start)
    end_line, end_column = places.place(max(finding.start, finding.end - 1))
    where = {"line": str(line), "endLine": str(end_line), "col": str(column)}
    if line == end_line:
        where["endColumn"] = str(end_column)
    return where


def path_of(document: Document) -> str:
    """The file that the document came from, or its id."""
    return document.origin.path if document.origin is not None and document.origin.path else document.id


def _escaped(value: str, more: str = "") -> str:
    escaped = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for mark in more:
        escaped = escaped.replace(mark, f"%{ord(mark):02X}")
    return printable(escaped)
