"""Decoding, and text for a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import TextError
from copydesk.formats.text import decode, printable


@given(st.text(st.characters(codec="utf-8")))
def test_utf8_is_decoded_as_it_stands(text):
    assert decode(text.encode("utf-8-sig"), "a.txt") == text


@given(st.binary(max_size=60))
def test_any_bytes_are_decoded_or_refused_with_their_place(raw):
    body = raw.removeprefix(b"\xef\xbb\xbf")
    if body.decode(errors="replace").encode() == body:
        assert decode(raw, "a.txt", first_line=5).encode() == body
    else:
        with pytest.raises(TextError) as caught:
            decode(raw, "a.txt", first_line=5)
        assert caught.value.path == "a.txt"
        assert 5 <= caught.value.line <= 5 + raw.count(b"\n")


@pytest.mark.parametrize(
    ("raw", "line", "byte", "column"),
    [(b"\xff", 1, "ff", 1), (b"a\nb\nc\xe9d", 3, "e9", 2), ("é\n".encode() + b"\x80", 2, "80", 1), (b"\xef\xbb\xbf\xff", 1, "ff", 4)],
)  # fmt: skip
def test_the_line_and_byte_of_what_is_not_utf8(raw, line, byte, column):
    with pytest.raises(TextError, match=f"byte 0x{byte} at byte {column} of the line is not UTF-8") as caught:
        decode(raw, "a.txt")
    assert (caught.value.line, caught.value.path) == (line, "a.txt")
    assert str(caught.value).startswith(f"a.txt:{line}: ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_named(encoding):
    with pytest.raises(TextError, match=f"this is {encoding.upper()}; save it as UTF-8"):
        decode("a story".encode(encoding), "a.txt")


@given(st.text())
def test_printable_text_cannot_drive_a_terminal(text):
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\t\n" for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(st.characters(exclude_categories=["C"])))
def test_printable_text_leaves_the_rest_alone(text):
    assert printable(text) == text


def test_a_wide_mark_wins_over_what_follows():
    """UTF-32 begins with the mark of UTF-16."""
    with pytest.raises(TextError, match="this is UTF-32"):
        decode(b"\xff\xfe\0\0a\0\0\0", "a.txt")
