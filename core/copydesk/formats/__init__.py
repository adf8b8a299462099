"""Input and output formats. Those of copydesk itself are `READERS` and `WRITERS`; plugins add theirs."""

from __future__ import annotations

from copydesk.formats.base import Reader, Source, Writer
from copydesk.formats.csv import CsvWriter
from copydesk.formats.github import GithubWriter
from copydesk.formats.html import HtmlWriter
from copydesk.formats.jsonl import JsonLinesReader, JsonLinesWriter
from copydesk.formats.plain import PlainReader
from copydesk.formats.report import ReportWriter
from copydesk.formats.sarif import SarifWriter

READERS: tuple[type[Reader], ...] = (PlainReader, JsonLinesReader)
WRITERS: tuple[type[Writer], ...] = (ReportWriter, JsonLinesWriter, CsvWriter, HtmlWriter, SarifWriter, GithubWriter)

__all__ = ["READERS", "WRITERS", "Reader", "Source", "Writer"]
