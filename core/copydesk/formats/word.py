"""Word documents (.docx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from copydesk.errors import DocumentError, FormatError, UsageError
from copydesk.formats.dates import iso_date
from copydesk.formats.plain import FileReader
from copydesk.formats.text import MAX_DOCUMENT_BYTES, read_bytes, too_large
from copydesk.model.document import Document
from copydesk.model.json_values import SURROGATE
from copydesk.model.records import Origin
from copydesk.plugins.reader import Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAID = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_PASSED_OVER = frozenset({f"{_W}txbxContent", f"{_W}moveFrom", f"{_W}del", f"{_W}instrText"})
"""Text boxes, which the file has twice, what was moved away or deleted, and the code of fields."""
_TITLES = ("Title", "Heading1")
_DEPTH = 200


class WordReader(FileReader):
    """A file is one document: its paragraphs, those of tables too; insertions that are tracked are in, deletions are not.

    Title, author and the date on which it was made are metadata. Text boxes, headers, footers and notes are no text. A
    Word document has no lines, so places are those of its text. Needs python-docx: `copydesk[docx]`.
    """

    name = "docx"
    suffixes = (".docx",)

    def document(self, source: Source) -> Document:
        try:
            import docx
        except ImportError:
            raise UsageError("Word documents need the library python-docx: pip install 'copydesk[docx]'") from None
        raw = read_bytes(source)
        _check_size(raw, source.path)
        try:
            # Its parser expands no entities, and reads no further than the sizes that the archive states.
            opened = docx.Document(io.BytesIO(raw))
            paragraphs = list(_paragraphs(opened.element.body))
            metadata = _metadata(opened)
        except DocumentError:
            raise
        except Exception as error:  # python-docx and lxml raise what comes, on a file that is none
            raise FormatError(
                f"this is no Word document, or a damaged one: {type(error).__name__}: {error}", path=source.path
            ) from error
        for style, text in paragraphs:
            if style in _TITLES and text.strip():
                metadata.setdefault("title", text.strip())
                break
        text = "\n\n".join(text for _, text in paragraphs if text.strip())
        text = SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
        return Document(text, id=source.id, metadata=metadata, origin=Origin(source.path, None))


def _check_size(raw: bytes, path: str) -> None:
    """Refuse what is no archive, and one that holds more than a document may."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FormatError(
            f"this is no Word document: it is no ZIP archive, or a damaged one ({error})", path=path
        ) from None
    if size > MAX_DOCUMENT_BYTES:
        raise FormatError(too_large(MAX_DOCUMENT_BYTES), path=path)


def _paragraphs(body: Any) -> Iterator[tuple[str, str]]:
    """Style and text of each paragraph, in the order of the file."""
    for paragraph in body.iter(f"{_W}p"):
        if not any(parent.tag in _PASSED_OVER for parent in paragraph.iterancestors()):
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            yield "" if style is None else style.get(f"{_W}val", ""), "".join(_pieces(paragraph, 0))


def _pieces(element: Any, depth: int) -> Iterator[str]:
    if depth > _DEPTH:
        raise FormatError("it is nested too deep to read")
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SAID:
            yield _SAID[child.tag]
        elif child.tag not in _PASSED_OVER and child.tag not in (f"{_W}pPr", f"{_W}rPr", f"{_W}p"):
            yield from _pieces(child, depth + 1)


def _metadata(opened: Any) -> dict[str, Any]:
    known = opened.core_properties
    found = {
        "title": known.title,
        "author": known.author,
        "date": iso_date(known.created) if known.created else None,
        "lang": (known.language or "").split("-")[0].lower(),
    }
    return {name: value for name, value in found.items() if value}
