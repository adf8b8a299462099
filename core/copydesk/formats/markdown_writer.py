"""A summary in Markdown: what was found, for a comment on a pull request, a wiki, a mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from copydesk.formats.places import FilePlaces
from copydesk.formats.text import printable
from copydesk.model.annotation import Annotation
from copydesk.model.view import further, text_of, title_of, view_of
from copydesk.model.vocabulary import Finding, Mention, Quotation, Section, Sentence, Trait
from copydesk.plugins.config import Config
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from copydesk.model.document import Document
    from copydesk.model.result import Result
    from copydesk.model.span import HasSpan

_MARKS = re.compile(r"([\\`*_\[\]<>|~&])")
_EXCERPT = 160
_PASSED_OVER = frozenset(kind.layer for kind in (Section, Sentence, Quotation, Mention, Trait))
"""Layers that are seen in those of others."""


class SummaryConfig(Config):
    """Settings of the summary."""

    rows: int | None = Field(
        default=50, ge=1, description="How many rows of each table to show; null for all. Findings are always shown."
    )


class MarkdownWriter(Writer[SummaryConfig]):
    """A summary in Markdown: for each document its findings, by line and column of its file, and a table for each layer.

    It is for people; the text itself and most fields are not in it.
    """

    name = "markdown"
    suffixes = (".md", ".markdown")

    def start(self) -> None:
        self._separator = ""

    def write(self, result: Result) -> None:
        document = result.document
        places = FilePlaces(document)
        title = document.metadata.get("title")
        heading = (
            f"{_escaped(title)} ({_escaped(document.id)})"
            if isinstance(title, str) and title
            else _escaped(document.id)
        )
        self.stream.write(f"{self._separator}## {heading}\n")
        self._separator = "\n"
        for error in document.errors:
            self.stream.write(f"\n**{_escaped(error.error)}**: {_escaped(error.message)}\n")
        if Finding in document:
            self._findings(document, places)
        for layer in document.layers:
            if layer not in _PASSED_OVER and layer != Finding.layer:
                self._layer(document, layer, places)

    def _findings(self, document: Document, places: FilePlaces) -> None:
        findings = document[Finding]
        self.stream.write(f"\n### Findings ({len(findings)})\n\n" if findings else "\nNo findings.\n")
        for finding in findings:
            line, column = places.for_people(finding)
            where = f"{_escaped(places.path)}:{line}:{column}"
            help = f" {_escaped(finding.suggestion)}" if finding.suggestion else ""
            self.stream.write(
                f"- **{finding.severity}** {where} {_escaped(finding.code)} {_escaped(finding.name)}: "
                f"{_escaped(finding.message)}{help} “{_excerpt(document, finding)}”\n"
            )

    def _layer(self, document: Document, layer: str, places: FilePlaces) -> None:
        items = document.layer(layer)
        kind = document.kind_of(layer)
        self.stream.write(f"\n### {_escaped(title_of(kind, layer))} ({len(items)})\n")
        if not items:
            return
        headings = [] if kind is None else [cell.heading for cell in view_of(kind).cells]
        cells = ["line", "text", *headings, *(["more"] if kind is not None else [])]
        self.stream.write(f"\n| {' | '.join(map(_escaped, cells))} |\n|{' --- |' * len(cells)}\n")
        most = self.config.rows
        for number, item in enumerate(items):
            if most is not None and number >= most:
                self.stream.write(f"\n… and {len(items) - most:,} more\n")
                break
            row = [str(places.for_people(item)[0]), _excerpt(document, item)]
            if kind is not None and isinstance(item, Annotation):
                row += [_escaped(cell) for cell in view_of(kind).row(item, document)]
                row.append("; ".join(f"{_escaped(name)}: {_escaped(value)}" for name, value in further(item, document)))
            self.stream.write(f"| {' | '.join(row)} |\n")


def _excerpt(document: Document, where: HasSpan) -> str:
    text = text_of(where, document)
    return _escaped(text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1].rstrip()}…")


def _escaped(text: str) -> str:
    """A text on one line that Markdown shows as it stands; a long one is cut."""
    words = " ".join(printable(text[:1000]).split())
    return _MARKS.sub(r"\\\1", words)
