"""Plain text: a file is a document. Also the report for a terminal lives in `report`."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.errors import DocumentError, FormatError, TextError
from copydesk.formats.text import MAX_DOCUMENT_BYTES, decode, too_large
from copydesk.model.document import Document
from copydesk.model.records import Origin
from copydesk.plugins.reader import Reader, Source


class PlainReader(Reader):
    """A file is one document: UTF-8, a byte order mark dropped, line ends made LF."""

    name = "txt"
    suffixes = (".txt", ".text", ".md")

    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        try:
            yield self._document(source)
        except DocumentError as error:
            error.document_id = source.id
            yield error

    def _document(self, source: Source) -> Document:
        raw = source.stream.read(MAX_DOCUMENT_BYTES + 1)
        if len(raw) > MAX_DOCUMENT_BYTES:
            raise FormatError(too_large(MAX_DOCUMENT_BYTES), path=source.path)
        text = decode(raw, source.path).replace("\r\n", "\n").replace("\r", "\n")
        nul = text.find("\0")
        if nul >= 0:
            raise TextError(
                "a NUL character: this is a binary file, or UTF-16 without its mark; save it as UTF-8 text",
                path=source.path,
                line=text.count("\n", 0, nul) + 1,
            )
        return Document(text, id=source.id, origin=Origin(source.path, None))
