"""Input and output formats. Those of copydesk itself are `READERS` and `WRITERS`; plugins add theirs."""

from __future__ import annotations

from typing import Any

from copydesk.formats.article import ArticleReader
from copydesk.formats.brat import BratWriter
from copydesk.formats.concise import ConciseWriter
from copydesk.formats.csv import CsvWriter
from copydesk.formats.findings_view import FindingsWriter
from copydesk.formats.github import GithubWriter
from copydesk.formats.html import HtmlWriter
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
from copydesk.formats.tables_in import CsvReader, ParquetReader
from copydesk.formats.tokens import ConlluWriter, DocBinWriter
from copydesk.formats.web_annotation import WebAnnotationWriter
from copydesk.formats.word import WordReader
from copydesk.plugins.reader import Reader
from copydesk.plugins.writer import Writer

READERS: tuple[type[Reader[Any]], ...] = (
    PlainReader,
    MarkdownReader,
    HtmlReader,
    JsonLinesReader,
    CsvReader,
    ParquetReader,
    SubtitleReader,
    MailReader,
    WordReader,
    ArticleReader,
    NinjsReader,
    NewsmlReader,
)
WRITERS: tuple[type[Writer[Any]], ...] = (
    ReportWriter,
    JsonLinesWriter,
    CsvWriter,
    ParquetWriter,
    HtmlWriter,
    FindingsWriter,
    ConciseWriter,
    SarifWriter,
    GithubWriter,
    MarkdownWriter,
    BratWriter,
    WebAnnotationWriter,
    ConlluWriter,
    DocBinWriter,
)

__all__ = ["READERS", "WRITERS"]
