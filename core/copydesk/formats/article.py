"""The article of a page, without what stands around it."""

from __future__ import annotations

from typing import Any

from copydesk.errors import FormatError, UsageError
from copydesk.formats.html_reader import HtmlConfig, page_metadata, read_page
from copydesk.formats.markup.html_text import HtmlText
from copydesk.formats.plain import FileReader
from copydesk.model.document import Document
from copydesk.model.offset_map import OffsetMap, TextBuilder
from copydesk.model.records import Origin
from copydesk.plugins.reader import Source


class ArticleReader(FileReader[HtmlConfig]):
    """A page is one document: its article, without menus, footers and advertisements.

    trafilatura says which passages are the article; the text is the page's own, and leads back to the file. A passage that
    trafilatura words in another way than the page is kept as it words it, without a place of its own. Needs trafilatura:
    `copydesk[article]`.
    """

    name = "article"

    def document(self, source: Source) -> Document:
        try:
            import trafilatura
        except ImportError:
            raise UsageError("articles need the library trafilatura: pip install 'copydesk[article]'") from None
        page = read_page(source)
        builder = TextBuilder(page, source.path)
        reading = HtmlText(builder, code=self.config.code)
        reading.read()
        text, offset_map = builder.build()
        try:
            found: Any = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
        except Exception as error:  # trafilatura and lxml raise what comes, on a page that is none
            raise FormatError(f"no article can be read: {type(error).__name__}: {error}", path=source.path) from error
        if found is None or not (found.text or "").strip():
            raise FormatError("no article is found in this page; --from html reads all of it", path=source.path)
        metadata = page_metadata(reading.facts)  # its date: trafilatura's may be guessed, from a copyright notice
        for name, value in (
            ("title", found.title),
            ("author", found.author),
            ("publisher", found.sitename),
        ):
            if value:
                metadata.setdefault(name, value)
        passages, places = _passages(found.text, text, offset_map)
        return Document(passages, id=source.id, metadata=metadata, origin=Origin(source.path, None), offset_map=places)


def _passages(article: str, text: str, offset_map: OffsetMap) -> tuple[str, OffsetMap]:
    """The passages of an article as they stand in the text of the page: compared without blanks."""
    at = [offset for offset, character in enumerate(text) if not character.isspace()]
    solid = "".join(text[offset] for offset in at)
    builder = TextBuilder(text)
    cursor = 0
    for line in article.split("\n"):
        wanted = "".join(line.split())
        if not wanted:
            continue
        found = solid.find(wanted, cursor)
        builder.gap("\n\n")
        if found >= 0:
            builder.copy(at[found], at[found + len(wanted) - 1] + 1)
            cursor = found + len(wanted)
        else:
            place = at[min(cursor, len(at) - 1)] if at else 0
            builder.put(line.strip(), place, place)
    passages, places = builder.build()
    return passages, places.over(offset_map)
