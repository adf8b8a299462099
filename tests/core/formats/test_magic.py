"""Files that are no text, under a name that says they are: what each seems to be, and what to do."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from copydesk import Document, Source
from copydesk.formats import JsonLinesReader, PlainReader


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "text")
    return stream.getvalue()


def read(raw: bytes, reader=PlainReader):
    return next(iter(reader().read(Source(io.BytesIO(raw), "story.txt", "in/story.txt"))))


@pytest.mark.parametrize(
    ("raw", "name", "remedy"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF", "export its text as UTF-8, as pdftotext does"),
        (b"%PDF-1.4\nall of it ASCII", "a PDF", "export"),
        (b"{\\rtf1\\ansi Text}", "an RTF document", "export"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), "an older Microsoft Office", "export"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document (.docx)", "export"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook", "export"),
        (zipped("mimetype", "content.xml"), "an OpenDocument file", "export"),
        (zipped("story.txt"), "a ZIP archive", "unpack"),
        (gzip.compress(b"text", mtime=0), "compressed with gzip", "unpack"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a PNG image", "recognised"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "a JPEG image", "recognised"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a WebP image", "recognised"),
    ],
)
def test_what_it_seems_to_be_and_what_to_do(raw, name, remedy):
    error = read(raw)
    assert not isinstance(error, Document)
    assert name in str(error)
    assert remedy in str(error)
    assert str(error).startswith("in/story.txt:1: ")


def test_also_where_lines_are_documents():
    assert "compressed with gzip" in str(read(gzip.compress(b'{"text": "a"}', mtime=0), JsonLinesReader))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PK",
        "%PDF",
        "BZh",
        "PAR1 is a format",
        "GIF89a is of 1989",
        "RIFF or WEBP",
        "MM",
        "RIFF and WEBP are formats.",
        "GIF images",
        "{rtf}",
        "A PDF: %PDF-1.7",
    ],
)
def test_what_only_speaks_of_them_is_text(text):
    assert read(text.encode()).text == text
