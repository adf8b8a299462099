"""HtmlWriter: one page for a whole run, with an index. HtmlFolderWriter: a page for each document."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from copydesk.formats.html.article import Article
from copydesk.formats.html.page import CLOSE_INDEX, TITLE, badges, bar, foot, head, index_row, open_index
from copydesk.plugins.writer import FolderWriter, Writer

if TYPE_CHECKING:
    from copydesk.model.result import Result

LONGEST_NAME = 60
"""Of an id as part of a file's name."""


class HtmlFolderWriter(FolderWriter):
    """A self-contained page for each document, and an index of them with the counts of their findings.

    Whatever an id holds, its page lies in the folder: its name is made of the id's ASCII letters and digits,
    so that people find it, and of the id's digest, so that ids which differ in other characters stay apart.
    """

    index = "index.html"

    def start(self) -> None:
        self._documents = 0
        self._sums = Counter[str]()
        top = f'<header class="bar"><h1>{TITLE}</h1></header>\n<main>\n'
        self.stream.write(f"{head(TITLE, scripted=False)}{top}{open_index('')}")

    def write(self, result: Result) -> None:
        article = Article(result.document, 0)
        # The page is made before its file is: where it cannot be, there is none.
        page = "".join((head(f"{article.title} – {TITLE}"), bar(self.index), article.html(), foot()))
        name = self._write_page(result.document.id, page)
        self.stream.write(index_row(name, article.title, article.findings))
        self._documents += 1
        self._sums.update(article.findings)

    def finish(self) -> None:
        count = f"{self._documents:,} document{'' if self._documents == 1 else 's'}"
        self.stream.write(f"{CLOSE_INDEX}<p class=end>{count} {badges(self._sums)}</p>\n</main>\n</body>\n</html>\n")

    def _write_page(self, id: str, page: str) -> str:
        number = 1
        while True:  # two documents that could not be read may share an id
            name = page_name(id, number)
            try:
                with (self.folder / name).open("x", encoding="utf-8", newline="\n") as file:
                    file.write(page)
            except FileExistsError:
                number += 1
            else:
                return name


class HtmlWriter(Writer):
    """One self-contained page: the texts with all that was found, layers to switch, an index of the documents."""

    name = "html"
    suffixes = (".html", ".htm")
    in_folder = HtmlFolderWriter

    def start(self) -> None:
        self._index: list[tuple[str, str, dict[str, int]]] = []
        self.stream.write(head(TITLE) + bar("#index"))

    def write(self, result: Result) -> None:
        article = Article(result.document, len(self._index))
        self.stream.write(article.html())
        self._index.append((article.anchor, article.title, article.findings))

    def finish(self) -> None:
        self.stream.write(foot(self._index))


def page_name(id: str, number: int = 1) -> str:
    """The file name of a document's page: `day0-story.txt-1f0c27b4.html`.

    Args:
        id: the document's.
        number: which of the documents with this id.
    """
    readable = re.sub(r"[^a-z0-9.]+", "-", id.lower())[-LONGEST_NAME:].strip("-.") or "document"
    digest = hashlib.sha256(id.encode()).hexdigest()[:8]
    return f"{readable}-{digest}{f'-{number}' if number > 1 else ''}.html"
