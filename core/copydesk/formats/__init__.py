"""Input and output formats. Those of copydesk itself are `READERS` and `WRITERS`; plugins add theirs."""

from __future__ import annotations

from typing import Any

from copydesk.formats.csv import CsvWriter
from copydesk.formats.github import GithubWriter
from copydesk.formats.html import HtmlWriter
from copydesk.formats.jsonl import JsonLinesReader, JsonLinesWriter
from copydesk.formats.plain import PlainReader
from copydesk.formats.report import ReportWriter
from copydesk.formats.sarif import SarifWriter
from copydesk.plugins.reader import Reader
from copydesk.plugins.writer import Writer

READERS: tuple[type[Reader[Any]], ...] = (PlainReader, JsonLinesReader)
WRITERS: tuple[type[Writer[Any]], ...] = (
    ReportWriter,
    JsonLinesWriter,
    CsvWriter,
    HtmlWriter,
    SarifWriter,
    GithubWriter,
)

__all__ = ["READERS", "WRITERS"]
