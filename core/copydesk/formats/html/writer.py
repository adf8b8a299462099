"""HtmlWriter: one page for a whole run, with an index."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from copydesk.formats.base import Writer
from copydesk.formats.html.article import Article
from copydesk.formats.html.page import foot, head

if TYPE_CHECKING:
    from copydesk.pipeline.result import Result

TITLE = "copydesk report"


class HtmlWriter(Writer):
    """One self-contained page: the texts with all that was found, layers to switch, an index of the documents."""

    name = "html"
    suffixes = (".html", ".htm")

    def __init__(self, stream: IO[str]) -> None:
        super().__init__(stream)
        self._index: list[tuple[str, str, dict[str, int]]] = []

    def start(self) -> None:
        self.stream.write(head(TITLE))

    def write(self, result: Result) -> None:
        article = Article(result.document, len(self._index))
        self.stream.write(article.html())
        self._index.append((article.anchor, article.title, article.findings))

    def finish(self) -> None:
        self.stream.write(foot(self._index))
