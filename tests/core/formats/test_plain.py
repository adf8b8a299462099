"""Plain text: a file is a document. What bad files get is tested in test_bad_input."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import DocumentError
from copydesk.formats.plain import PlainReader
from copydesk.plugins.reader import Source


def read(raw):
    (item,) = PlainReader().read(Source(io.BytesIO(raw), "desk/a.txt", "/news/desk/a.txt"))
    return item


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_line_ends_become_lf_and_nothing_else_changes(text):
    document = read(text.encode())
    assert document.text == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert "\r" not in document.text


def test_a_document_knows_its_name_and_place():
    document = read(b"a story")
    assert document.id == "desk/a.txt"
    assert document.origin == ("/news/desk/a.txt", None)
    assert document.metadata == {}


@given(st.binary(max_size=40))
def test_whatever_the_bytes_there_is_a_document_or_an_error_with_name_and_line(raw):
    item = read(raw)
    if isinstance(item, DocumentError):
        assert item.document_id == "desk/a.txt"
        assert item.path == "/news/desk/a.txt"
        assert item.line >= 1
