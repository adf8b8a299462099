"""Every reader and writer that comes with copydesk passes the kit for its kind."""

from __future__ import annotations

import json
from typing import ClassVar

from copydesk.formats import READERS, WRITERS
from copydesk.formats.concise import ConciseWriter
from copydesk.formats.csv import CsvWriter
from copydesk.formats.findings_view import FindingsWriter
from copydesk.formats.github import GithubWriter
from copydesk.formats.html.writer import HtmlWriter
from copydesk.formats.jsonl import JsonLinesReader, JsonLinesWriter
from copydesk.formats.plain import PlainReader
from copydesk.formats.report import ReportWriter
from copydesk.formats.sarif import SarifWriter
from copydesk.testing import ReaderConformance, WriterConformance


class TestPlainReader(ReaderConformance):
    reader = PlainReader
    examples: ClassVar = {b"It rained.\n": ["It rained.\n"], "Café".encode(): ["Café"]}


class TestJsonLinesReader(ReaderConformance):
    reader = JsonLinesReader
    examples: ClassVar = {
        b'{"text": "It rained."}\n{"text": "It snowed.", "id": "two"}\n': ["It rained.", "It snowed."],
        json.dumps({"text": "“Café”"}).encode(): ["“Café”"],
    }


class TestJsonLinesWriter(WriterConformance):
    writer = JsonLinesWriter


class TestCsvWriter(WriterConformance):
    writer = CsvWriter


class TestReportWriter(WriterConformance):
    writer = ReportWriter


class TestHtmlWriter(WriterConformance):
    writer = HtmlWriter


class TestFindingsWriter(WriterConformance):
    writer = FindingsWriter


class TestConciseWriter(WriterConformance):
    writer = ConciseWriter


class TestSarifWriter(WriterConformance):
    writer = SarifWriter


class TestGithubWriter(WriterConformance):
    writer = GithubWriter


def test_every_format_is_here():
    kits = [kit for kit in globals().values() if isinstance(kit, type) and kit.__module__ == __name__]
    assert {kit.reader for kit in kits if issubclass(kit, ReaderConformance)} == {*READERS}
    assert {kit.writer for kit in kits if issubclass(kit, WriterConformance)} == {*WRITERS}
