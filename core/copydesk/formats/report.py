"""The report for people who read a terminal: who is named, who said what, which figures, what to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from pydantic import Field

from copydesk.formats.places import FilePlaces
from copydesk.formats.text import printable
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.span import HasSpan
from copydesk.model.untyped import Untyped
from copydesk.model.view import further, title_of, view_of
from copydesk.model.views import pieces, traits, who
from copydesk.model.vocabulary import (
    Entity,
    Finding,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    TimeExpression,
    Trait,
)
from copydesk.plugins.config import Config
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from rich.console import Console

    from copydesk.model.result import Result

_SEVERITY_STYLE = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_LABELS = {"PERSON": "People", "ORG": "Organisations", "LOC": "Places", "NORP": "Nationalities and groups"}
_EXCERPT = 160
ROWS = 50
"""So many rows of each table, and so many quotes, are shown unless all are wanted: a book has thousands."""
_CONTEXT = 40
_GUTTER = 12
"""Columns that the line number and the marks for what is left out take."""

Row = tuple[Any, ...]

_SHOWN_ELSEWHERE = frozenset(
    kind.layer
    for kind in (Section, Sentence, Quotation, Entity, Mention, Trait, Quote, Quantity, TimeExpression, Finding)
)
"""Layers that have a part of the report of their own, or are seen in those of others."""


class ReportConfig(Config):
    """Settings of the report."""

    rows: int | None = Field(
        default=ROWS, ge=1, description="How many rows of each table to show; null for all. Findings are always shown."
    )


class ReportWriter(Writer[ReportConfig]):
    """A report for a terminal: entities with roles, quotes with speakers, figures, findings with their passages."""

    name = "text"
    suffixes = (".txt",)

    _console: Console | None = None

    def start(self) -> None:
        from rich.console import Console

        terminal = self.stream.isatty()
        self._console = Console(
            file=self.stream, highlight=False, markup=False, emoji=False, width=None if terminal else 110
        )

    def write(self, result: Result) -> None:
        assert self._console is not None, "start() comes first"
        print_report(result.document, self._console, self.config.rows)


def print_report(document: Document, console: Console, rows: int | None = ROWS) -> None:
    """Print the report of a document on a console, which must not read markup in what it prints."""
    _Report(document, console, rows).write()


def print_findings(document: Document, console: Console) -> None:
    """Print the findings and errors of a document, where it has any."""
    has_findings = len(document[Finding]) > 0 if Finding in document else False
    if has_findings or document.errors:
        _Report(document, console, None).write_findings()


class _Report:
    def __init__(self, document: Document, console: Console, rows: int | None) -> None:
        self._rows = rows
        self._document = document
        self._console = console
        self._places = FilePlaces(document)

    def write(self) -> None:
        document = self._document
        self._console.rule(printable(document.id), align="left", style="dim")
        self._headline()
        if Entity in document:
            self._named()
        if Quote in document:
            self._quotes()
        for kind in (Quantity, TimeExpression):
            if kind in document:
                self._layer(kind.layer)
        for layer in document.layers:
            if layer not in _SHOWN_ELSEWHERE:
                self._layer(layer)
        if Finding in document:
            self._findings()
        for error in document.errors:
            self._console.print(f"error: {printable(error.message)}", style="bold red")
        self._console.print()

    def write_findings(self) -> None:
        """The findings and errors alone."""
        self._console.rule(printable(self._document.id), align="left", style="dim")
        if Finding in self._document:
            for finding in self._document[Finding]:
                self._finding(finding)
        for error in self._document.errors:
            self._console.print(f"error: {printable(error.message)}", style="bold red")
        self._console.print()

    def _headline(self) -> None:
        if Section in self._document:
            for section in self._document[Section]:
                if section.kind == "headline":
                    self._console.print(self._text(section), style="bold")
                    return

    def _named(self) -> None:
        document = self._document
        labels: dict[str, list[Row]] = defaultdict(list)
        for entity in document[Entity]:
            names = [m for m in document.of(Mention, entity) if m.kind == "name"] if Mention in document else []
            places: list[HasSpan] = [*names] or [entity]
            labels[entity.label].append(
                (
                    entity.name,
                    _times(len(places)),
                    traits(entity, document),
                    entity.link or "",
                    self._further(entity),
                    self._lines(places),
                )
            )
        for label in sorted(labels, key=lambda label: (list(_LABELS).index(label) if label in _LABELS else 99, label)):
            self._table(_LABELS.get(label, label), labels[label])

    def _quotes(self) -> None:
        from rich.padding import Padding
        from rich.text import Text

        document = self._document
        quotes = document[Quote]
        self._console.print(f"\n{view_of(Quote).title} ({len(quotes)})", style="bold")
        for quote in islice(quotes, self._rows):
            relay = pieces(quote.relay, document)
            cue = pieces(quote.cue, document)
            facts = (cue, relay and f"via {relay}", quote.kind, self._further(quote), self._line(quote))
            said = f"  {' · '.join(printable(fact) for fact in facts if fact)}"
            self._console.print(
                Padding(Text.assemble((printable(who(quote, document)), "bold"), said), (0, 0, 0, 3), expand=False)
            )
            content = printable(pieces(quote.content, document))
            self._console.print(Padding(Text(_excerpt(content)), (0, 0, 0, 6), expand=False))
        self._say_rest(len(quotes))

    def _layer(self, name: str) -> None:
        """A layer as a table, by the view of its type."""
        layer = self._document.layer(name)
        kind = self._document.kind_of(name)
        view = view_of(kind or Untyped)
        count = len(view.cells)
        rows = (
            (
                self._text(item),
                *view_of(item.__class__).row(item, self._document)[:count],
                self._further(item),
                self._line(item),
            )
            for item in layer
        )
        self._table(title_of(kind, name), rows)

    def _further(self, annotation: Annotation) -> str:
        return ", ".join(f"{heading.lower()}: {text}" for heading, text in further(annotation, self._document))

    def _findings(self) -> None:
        findings = self._document[Finding]
        if not findings:
            self._console.print("\nFindings: none", style="bold")
            return
        self._console.print(f"\nFindings ({len(findings)})", style="bold")
        for finding in findings:
            self._finding(finding)

    def _finding(self, finding: Finding) -> None:
        from rich.text import Text

        line, column = self._places.for_people(finding)
        style = _SEVERITY_STYLE[finding.severity]
        self._console.print()
        self._console.print(
            Text.assemble(
                (f"{finding.severity} ", style),
                (printable(f"{finding.code} {finding.name}"), "bold"),
                f"  line {line}, column {column}",
            )
        )
        self._passage(finding, "^", style)
        self._console.print(f"  {printable(finding.message)}")
        for item in finding.evidence:
            self._console.print(
                f"  {printable(item.note) or 'see'}: line {self._places.for_people(item)[0]}", style="dim"
            )
            self._passage(item, "-", "dim")
        if finding.suggestion:
            self._console.print(f"  help: {printable(finding.suggestion)}", style="green")

    def _passage(self, where: HasSpan, mark: str, style: str) -> None:
        """The line that holds the passage, cut to its surroundings, with the passage underlined."""
        from rich.cells import cell_len
        from rich.text import Text

        start, line = self._places.text.line(self._places.text.place(where.start)[0])
        number, _ = self._places.for_people(where)
        line = line.replace("\t", " ")  # a tab is as wide as the terminal likes
        low, high = where.start - start, min(where.end - start, len(line))
        room = max(_CONTEXT, self._console.width - _GUTTER)
        context = min(_CONTEXT, max(0, room - (high - low)) // 2)
        first = max(0, low - context)
        last = min(len(line), max(high, low) + context)
        if high - low > min(_EXCERPT, room):  # a long passage shows its beginning
            last = low + min(_EXCERPT, room)
        prefix, suffix = ("…" if first > 0 else ""), ("…" if last < len(line) else "")
        before, passage = printable(line[first:low]), printable(line[low : min(high, last)])
        gutter = f"  {number:>4} | "
        self._console.print(
            Text(f"{gutter}{prefix}{before}{passage}{printable(line[min(high, last):last])}{suffix}"),
            no_wrap=True, overflow="ignore", crop=False,
        )  # fmt: skip
        marks = Text(f"       | {' ' * cell_len(prefix + before)}")
        marks.append(mark * max(1, cell_len(passage)), style=style)
        self._console.print(marks, no_wrap=True, overflow="ignore", crop=False)

    def _table(self, title: str, rows: Iterable[Row]) -> None:
        from rich.table import Table
        from rich.text import Text

        rows = list(rows)
        self._console.print(f"\n{printable(title)} ({len(rows)})", style="bold")
        if not rows:
            return
        empty = [not any(str(row[i]) for row in rows) for i in range(len(rows[0]))]
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=1)
        for is_empty in empty:
            if not is_empty:
                table.add_column(overflow="fold")
        for row in islice(rows, self._rows):
            cells = [Text(printable(str(cell))) for cell, is_empty in zip(row, empty, strict=True) if not is_empty]
            table.add_row(Text(""), *cells)
        self._console.print(table)
        self._say_rest(len(rows))

    def _say_rest(self, count: int) -> None:
        if self._rows is not None and count > self._rows:
            self._console.print(
                f"   … and {count - self._rows:,} more (all with --full, or in --to jsonl)", style="dim"
            )

    def _text(self, where: HasSpan) -> str:
        return printable(" ".join(self._document.text_of(where).split()))

    def _line(self, where: HasSpan) -> str:
        return f"line {self._places.for_people(where)[0]}"

    def _lines(self, annotations: Iterable[HasSpan]) -> str:
        numbers = list(dict.fromkeys(self._places.for_people(item)[0] for item in annotations))
        shown = ", ".join(map(str, numbers[:6])) + (", …" if len(numbers) > 6 else "")
        return f"line{'s' if len(numbers) > 1 else ''} {shown}"


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1].rstrip()}…"


def _times(count: int) -> str:
    return f"{count}×" if count > 1 else ""
