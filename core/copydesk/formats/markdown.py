"""Markdown: the text of a file, each place of it leading back to the file."""

from __future__ import annotations

from copydesk.formats.front_matter import split_front_matter
from copydesk.formats.plain import FileReader
from copydesk.formats.text import read_text
from copydesk.model.document import Document
from copydesk.model.offset_map import TextBuilder
from copydesk.model.records import Origin
from copydesk.plugins.config import Config
from copydesk.plugins.reader import Source


class MarkdownConfig(Config):
    """Settings of the reader of Markdown."""

    code: bool = False
    """Whether blocks of code are text."""


class MarkdownReader(FileReader[MarkdownConfig]):
    """A file is one document: CommonMark with tables, its text without marks.

    Blocks of code, addresses of links, images and tags of HTML are no text. Front matter is metadata, and so is the first
    heading of the first level: it is the title, unless front matter has one.
    """

    name = "markdown"
    suffixes = (".md", ".markdown")

    def document(self, source: Source) -> Document:
        from copydesk.formats.markup.markdown_text import MarkdownText

        content = read_text(source)
        metadata, start = split_front_matter(content, source.path)
        builder = TextBuilder(content, source.path)
        reading = MarkdownText(builder, start, code=self.config.code)
        reading.read()
        if reading.title.strip():
            metadata.setdefault("title", reading.title.strip())
        text, offset_map = builder.build()
        return Document(text, id=source.id, metadata=metadata, origin=Origin(source.path, None), offset_map=offset_map)
