"""Every reader and writer that comes with copydesk passes the kit for its kind."""

from __future__ import annotations

import io
import json
from typing import ClassVar

import docx
import pyarrow as pa
from pyarrow import parquet

from copydesk.formats import READERS, WRITERS
from copydesk.formats.article import ArticleReader
from copydesk.formats.brat import BratWriter
from copydesk.formats.concise import ConciseWriter
from copydesk.formats.csv import CsvWriter
from copydesk.formats.findings_view import FindingsWriter
from copydesk.formats.github import GithubWriter
from copydesk.formats.html.writer import HtmlWriter
from copydesk.formats.html_reader import HtmlReader
from copydesk.formats.jsonl import JsonLinesReader, JsonLinesWriter
from copydesk.formats.mail import MailReader
from copydesk.formats.markdown import MarkdownReader
from copydesk.formats.markdown_writer import MarkdownWriter
from copydesk.formats.newsml import NewsmlReader
from copydesk.formats.ninjs import NinjsReader
from copydesk.formats.parquet import ParquetWriter
from copydesk.formats.plain import PlainReader
from copydesk.formats.report import ReportWriter
from copydesk.formats.sarif import SarifWriter
from copydesk.formats.subtitles import SubtitleReader
from copydesk.formats.tables import TableConfig
from copydesk.formats.tables_in import CsvReader, ParquetReader
from copydesk.formats.tokens import ConlluWriter, DocBinWriter
from copydesk.formats.web_annotation import WebAnnotationWriter
from copydesk.formats.word import WordReader
from copydesk.testing import ReaderConformance, WriterConformance

PARAGRAPHS = [f"The mayor of town number {n} has lost all of her trucks, said Ann Lee on Friday." for n in range(5)]


def bytes_of(write):
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()


def word(paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return bytes_of(document.save)


def newsml(*bodies):
    items = "".join(
        f"<newsItem><contentSet><inlineXML><html><body>{body}</body></html></inlineXML></contentSet></newsItem>"
        for body in bodies
    )
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'.encode()


class TestPlainReader(ReaderConformance):
    reader = PlainReader
    examples: ClassVar = {
        b"It rained.\n": ["It rained.\n"],
        "Café".encode(): ["Café"],
        b"---\ntitle: A\n---\n\nIt rained.": ["It rained."],
    }


class TestMarkdownReader(ReaderConformance):
    reader = MarkdownReader
    examples: ClassVar = {b"# A\n\nIt *rained*.\n": ["A\n\nIt rained."], b"": [""]}


class TestHtmlReader(ReaderConformance):
    reader = HtmlReader
    examples: ClassVar = {b"<h1>A</h1><p>It <b>rained</b>.": ["A\n\nIt rained."], b"": [""]}


class TestArticleReader(ReaderConformance):
    reader = ArticleReader
    examples: ClassVar = {
        (
            "<html><body><nav><a href=/>Home</a></nav><article>"
            + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
            + "</article><footer>All rights reserved</footer></body></html>"
        ).encode(): ["\n\n".join(PARAGRAPHS)]
    }


class TestJsonLinesReader(ReaderConformance):
    reader = JsonLinesReader
    examples: ClassVar = {
        b'{"text": "It rained."}\n{"text": "It snowed.", "id": "two"}\n': ["It rained.", "It snowed."],
        json.dumps({"text": "“Café”"}).encode(): ["“Café”"],
    }


class TestCsvReader(ReaderConformance):
    reader = CsvReader
    examples: ClassVar = {b'id,text\na,It rained.\nb,"It\nsnowed."\n': ["It rained.", "It\nsnowed."], b"": []}


class TestParquetReader(ReaderConformance):
    reader = ParquetReader
    examples: ClassVar = {
        bytes_of(lambda stream: parquet.write_table(pa.table({"text": ["It rained.", "Café"]}), stream)): [
            "It rained.",
            "Café",
        ]
    }


class TestSubtitleReader(ReaderConformance):
    reader = SubtitleReader
    examples: ClassVar = {
        b"1\n00:00:01,000 --> 00:00:02,000\n<i>It</i>\nrained.\n\n2\n00:00:03,000 --> 00:00:04,000\nYes.\n": [
            "It rained.\nYes."
        ],
        b"WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000 align:left\n<v Ann>It &amp; rained\n": ["It & rained"],
    }


class TestMailReader(ReaderConformance):
    reader = MailReader
    examples: ClassVar = {
        b"Subject: a\n\nIt rained.\n": ["It rained."],
        b"Subject: a\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>It <b>rained</b>.": ["It rained."],
    }


class TestWordReader(ReaderConformance):
    reader = WordReader
    examples: ClassVar = {word(["It rained.", "Café"]): ["It rained.\n\nCafé"]}


class TestNinjsReader(ReaderConformance):
    reader = NinjsReader
    examples: ClassVar = {
        b'{"uri": "a", "body_xhtml": "<p>It <b>rained</b>.</p>"}': ["It rained."],
        b'[{"bodies": [{"value": "a", "contenttype": "text/plain"}]}, {"body_text": "b"}]': ["a", "b"],
    }


class TestNewsmlReader(ReaderConformance):
    reader = NewsmlReader
    examples: ClassVar = {newsml("<p>It <b>rained</b>.</p>", "<p>Two</p>"): ["It rained.", "Two"]}


class TestJsonLinesWriter(WriterConformance):
    writer = JsonLinesWriter


class TestCsvWriter(WriterConformance):
    writer = CsvWriter
    configs: ClassVar = [TableConfig(), TableConfig(layer="quote")]


class TestParquetWriter(WriterConformance):
    writer = ParquetWriter
    configs: ClassVar = [TableConfig(), TableConfig(layer="quote")]


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


class TestMarkdownWriter(WriterConformance):
    writer = MarkdownWriter


class TestBratWriter(WriterConformance):
    writer = BratWriter


class TestWebAnnotationWriter(WriterConformance):
    writer = WebAnnotationWriter


class TestConlluWriter(WriterConformance):
    writer = ConlluWriter


class TestDocBinWriter(WriterConformance):
    writer = DocBinWriter


def test_every_format_is_here():
    kits = [kit for kit in globals().values() if isinstance(kit, type) and kit.__module__ == __name__]
    assert {kit.reader for kit in kits if issubclass(kit, ReaderConformance)} == {*READERS}
    assert {kit.writer for kit in kits if issubclass(kit, WriterConformance)} == {*WRITERS}
