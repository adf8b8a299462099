"""Text on its way in and out: decoding, with the place of what cannot be decoded, and text for a terminal."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from copydesk.errors import FormatError, TextError
from copydesk.formats.magic import seems_to_be

if TYPE_CHECKING:
    from copydesk.plugins.reader import Source

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""One document is held in memory whole; a larger one is surely several documents, or no text."""

# Control characters could drive the terminal, and bidirectional overrides could reorder what it shows.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_LINE_SEPARATORS = {0x0B: "\\v", 0x0C: "\\f", 0x85: "\\x85", 0x2028: "\\u2028", 0x2029: "\\u2029"}

_WIDE_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def decode(raw: bytes, path: str, first_line: int = 1) -> str:
    """UTF-8 to text, without a byte order mark.

    Args:
        raw: the bytes.
        path: for error messages.
        first_line: the 1-based line at which `raw` begins.

    Raises:
        TextError: it is not UTF-8, or a file that is no text at all; path, line and byte are in the message.
    """
    if first_line == 1 and (message := seems_to_be(raw)):
        raise TextError(message, path=path, line=first_line)
    for mark, encoding in _WIDE_MARKS.items():
        if raw.startswith(mark):
            raise TextError(f"this is {encoding}; save it as UTF-8", path=path, line=first_line)
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        at = error.start + len(raw) - len(error.object)
        line = first_line + raw.count(b"\n", 0, at)
        column = at - raw.rfind(b"\n", 0, at)
        raise TextError(
            f"byte 0x{raw[at]:02x} at byte {column} of the line is not UTF-8; "
            "save the file as UTF-8 (is it Windows-1252 or Latin-1?)",
            path=path,
            line=line,
        ) from None


def read_text(source: Source, most: int = MAX_DOCUMENT_BYTES) -> str:
    """The content of a file that is one document: UTF-8, without a byte order mark, line ends LF.

    Raises:
        FormatError: it is too large.
        TextError: it is not UTF-8, or no text at all.
    """
    return clean(decode(read_bytes(source, most), source.path), source.path)


def read_bytes(source: Source, most: int = MAX_DOCUMENT_BYTES) -> bytes:
    """The bytes of a file that is one document.

    Raises:
        FormatError: it is too large.
    """
    raw = source.stream.read(most + 1)
    if len(raw) > most:
        raise FormatError(too_large(most), path=source.path)
    return raw


def clean(text: str, path: str) -> str:
    """The text with line ends LF.

    Raises:
        TextError: it holds a NUL character.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    nul = text.find("\0")
    if nul >= 0:
        raise TextError(
            "a NUL character: this is a binary file, or UTF-16 without its mark; save it as UTF-8 text",
            path=path,
            line=text.count("\n", 0, nul) + 1,
        )
    return text


def printable(text: str) -> str:
    """The text as it may be shown on a terminal: what could drive it becomes U+FFFD."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """The same on one line, for logs: whoever chose an id or wrote a text must not write lines of the log."""
    return printable(text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", " ")).translate(_LINE_SEPARATORS)


def too_large(size: int) -> str:
    """The message for a document beyond `MAX_DOCUMENT_BYTES`."""
    return f"the document has more than {size:,} bytes; split it"
