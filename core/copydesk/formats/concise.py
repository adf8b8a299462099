"""Findings, a line each: `path:line:column`, as editors and terminals make links of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.formats.counting import Counted
from copydesk.formats.places import FilePlaces
from copydesk.formats.text import one_line
from copydesk.model.vocabulary import Finding
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from copydesk.model.result import Result


class ConciseWriter(Writer):
    """A line for each finding: `path:line:column: severity CODE name: message`; at the end how many of each check.

    Lines and columns are those of the file that the text was made from, and count from 1. A document's errors are lines
    too.
    """

    name = "concise"

    def start(self) -> None:
        self._counted = Counted()

    def write(self, result: Result) -> None:
        places = FilePlaces(result.document)
        for finding in result.document[Finding]:
            region = places.region(finding)
            where = f"{places.path}:{region.line}:{region.column or 1}"
            self._line(f"{where}: {finding.severity} {finding.code} {finding.name}: {finding.message}")
        for error in result.records:
            self._line(f"{error.path or places.path}:{error.line or 1}:1: error {error.error}: {error.message}")
        self._counted.take(result)

    def _line(self, text: str) -> None:
        self.stream.write(f"{one_line(text)}\n")

    def finish(self) -> None:
        self.stream.write("\n".join(self._counted.lines()) + "\n")
