"""Mail: the body of an .eml file, as RFC 5322 and MIME have it."""

from __future__ import annotations

import email
from email import policy
from typing import Any

from copydesk.errors import DocumentError, FormatError
from copydesk.formats.dates import iso_date
from copydesk.formats.markup.html_text import HtmlText
from copydesk.formats.plain import FileReader
from copydesk.formats.text import clean, read_bytes
from copydesk.model.document import Document
from copydesk.model.offset_map import OffsetMap, TextBuilder
from copydesk.model.records import Origin
from copydesk.plugins.reader import Source

_HEADERS = {"title": "subject", "author": "from", "to": "to", "message_id": "message-id"}


class MailReader(FileReader):
    """A file is one document: the body of a mail, its plain form where it has one; subject, date and sender are metadata.

    Places lead back to the file where the body stands in it as it is. Of a body in base64 or quoted-printable, all that is
    known is that it is the body. Attachments are passed over.
    """

    name = "eml"
    suffixes = (".eml",)

    def document(self, source: Source) -> Document:
        raw = read_bytes(source)
        try:
            text, offset_map, metadata = _read(raw, source.path)
        except (DocumentError, RecursionError):
            raise
        except Exception as error:  # the standard library raises what comes, on mail that is made to break it
            raise FormatError(f"this mail cannot be read: {type(error).__name__}: {error}", path=source.path) from error
        return Document(text, id=source.id, metadata=metadata, origin=Origin(source.path, None), offset_map=offset_map)


def _read(raw: bytes, path: str) -> tuple[str, OffsetMap, dict[str, Any]]:
    message = email.message_from_bytes(raw, policy=policy.default)
    if not message.keys():
        raise FormatError("this is no mail: it begins with no header, such as `Subject:`", path=path)
    metadata = {name: str(message[header]) for name, header in _HEADERS.items() if message[header]}
    if date := iso_date(str(message["date"] or "")):
        metadata["date"] = date
    metadata = {name: value.encode("utf-8", "replace").decode() for name, value in metadata.items()}
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise FormatError("the mail has no body of text", path=path)
    content = clean(str(body.get_content()).encode("utf-8", "replace").decode(), path).strip("\n")
    file = raw.decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    inner = TextBuilder(content)
    if body.get_content_type() == "text/html":
        HtmlText(inner).read()
    else:
        inner.copy(0, len(content))
    text, offset_map = inner.build()
    return text, offset_map.over(_in_file(content, file, path)), metadata


def _in_file(content: str, file: str, path: str) -> OffsetMap:
    """Where a body stands in the file: as it is, or anywhere after the headers."""
    headers = max(0, file.find("\n\n"))
    start = file.find(content, headers) if content else -1
    builder = TextBuilder(file, path)
    if start >= 0:
        builder.copy(start, start + len(content))
    else:
        builder.put(content, headers, len(file))
    return builder.build()[1]
