"""Plain text: a file is a document. Also the base of all formats of which each file is one document."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from copydesk.errors import DocumentError, FormatError
from copydesk.formats.front_matter import split_front_matter
from copydesk.formats.text import read_text
from copydesk.model.document import Document
from copydesk.model.offset_map import TextBuilder
from copydesk.model.records import Origin
from copydesk.plugins.config import C_co
from copydesk.plugins.reader import Reader, Source


class FileReader(Reader[C_co]):
    """A file is one document, or the error that stands for it."""

    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        try:
            yield self.document(source)
        except DocumentError as error:
            error.document_id = source.id
            error.path = error.path or source.path
            yield error
        except RecursionError:
            yield FormatError("it is nested too deep to read", document_id=source.id, path=source.path)

    @abstractmethod
    def document(self, source: Source) -> Document:
        """The document of a file.

        Raises:
            DocumentError: it cannot be read.
        """


class PlainReader(FileReader):
    """A file is one document: UTF-8, a byte order mark dropped, line ends made LF.

    Front matter, a block of YAML between two lines of `---` at the beginning, is metadata and no text.
    """

    name = "txt"
    suffixes = (".txt", ".text")

    def document(self, source: Source) -> Document:
        content = read_text(source)
        metadata, start = split_front_matter(content, source.path)
        origin = Origin(source.path, None)
        if not start:
            return Document(content, id=source.id, origin=origin)
        builder = TextBuilder(content, source.path)
        start += len(content[start:]) - len(content[start:].lstrip("\n"))
        builder.copy(start, len(content))
        text, offset_map = builder.build()
        return Document(text, id=source.id, metadata=metadata, origin=origin, offset_map=offset_map)
