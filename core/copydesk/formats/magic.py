"""What a file that is no text seems to be, by how it begins, and what to do about it."""

from __future__ import annotations

_EXPORT = "save or export its text as UTF-8"
_UNPACK = "unpack it first"
_RECOGNISE = "its text, if it shows any, must be recognised by a program for that first"

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", f"{_EXPORT}, as pdftotext does"),
    (b"{\\rtf", "an RTF document", _EXPORT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older Microsoft Office", _EXPORT),
    (b"\x1f\x8b\x08", "compressed with gzip", _UNPACK),
    (b"BZh91AY&SY", "compressed with bzip2", _UNPACK),
    (b"\xfd7zXZ\x00", "compressed with xz", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _RECOGNISE),
    (b"\xff\xd8\xff", "a JPEG image", _RECOGNISE),
    (b"GIF87a", "a GIF image", _RECOGNISE),
    (b"GIF89a", "a GIF image", _RECOGNISE),
    (b"II*\x00", "a TIFF image", _RECOGNISE),
    (b"MM\x00*", "a TIFF image", _RECOGNISE),
    (b"SQLite format 3\x00", "an SQLite database", "export its text as JSON lines"),
    (b"PAR1", "a Parquet file", "export its text as JSON lines"),
    (b"\x7fELF", "a program", "name a file of text"),
)
"""How a file begins, what it seems to be, and what to do. From the formats' own specifications."""

_TEXTUAL = {b"%PDF-", b"{\\rtf"}
"""Formats that may consist of printable characters alone."""

_ZIP = b"PK\x03\x04"
_ZIPPED = (
    (b"word/document.xml", "a Word document (.docx)"),
    (b"xl/workbook.xml", "an Excel workbook (.xlsx)"),
    (b"ppt/presentation.xml", "a PowerPoint presentation (.pptx)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file (.odt or the like)"),
    (b"mimetypeapplication/epub+zip", "an e-book (.epub)"),
)


def seems_to_be(raw: bytes) -> str | None:
    """The message for bytes that begin as a known format does that is no plain text; None for all others.

    A story may begin with "PAR1" too. So what could be text is only taken for PDF or RTF, or where it holds a zero byte.
    """
    if raw.startswith(_ZIP):
        for part, name in _ZIPPED:
            if part in raw:
                return f"this seems to be {name}, not plain text; {_EXPORT}"
        return f"this seems to be a ZIP archive, not plain text; {_UNPACK}"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP" and b"\0" in raw:
        return f"this seems to be a WebP image, not plain text; {_RECOGNISE}"
    for beginning, name, remedy in _BEGINNINGS:
        if raw.startswith(beginning) and (beginning in _TEXTUAL or b"\0" in raw or not beginning.isascii()):
            return f"this seems to be {name}, not plain text; {remedy}"
    return None
