"""Findings alone, with their passages, for people who read a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.formats.counting import Counted
from copydesk.formats.report import print_findings
from copydesk.formats.text import printable
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from rich.console import Console

    from copydesk.model.result import Result

_WIDTH = 110
"""Where no terminal says how wide it is."""


class FindingsWriter(Writer):
    """The findings of each document with their passages, fitted to the width of the terminal; at the end how many of
    each check. Documents without a finding or an error are not shown.
    """

    name = "findings"

    _console: Console | None = None

    def start(self) -> None:
        from rich.console import Console

        width = None if self.stream.isatty() else _WIDTH
        self._console = Console(file=self.stream, highlight=False, markup=False, emoji=False, width=width)
        self._counted = Counted()

    def write(self, result: Result) -> None:
        assert self._console is not None, "start() comes first"
        print_findings(result.document, self._console)
        self._counted.take(result)

    def finish(self) -> None:
        assert self._console is not None, "start() comes first"
        for line in self._counted.lines():
            self._console.print(printable(line))
