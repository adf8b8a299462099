"""Places of a document as an editor counts them, in any encoding, and back."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.lsp.positions import BOM, EditorText

ENCODINGS = ["utf-8", "utf-16", "utf-32"]
WIDTH = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}

texts = st.text(st.sampled_from("a é€😀𝔘\u2028\x0b\x0c\x85\r\n\n\r\ufeff"), max_size=30)


def units(text, encoding):
    name, width = WIDTH[encoding]
    return len(text.encode(name)) // width


def lines(source):
    return re.split(r"\r\n|\r|\n", source)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(source=texts)
def test_every_place_is_where_the_editor_counts_it(encoding, source):
    text = EditorText(source, encoding)
    rows = lines(source)
    assert text.lines == len(rows)
    at = 0
    for number, row in enumerate(rows):
        dropped = number == 0 and row.startswith(BOM)
        for column in range(1 if dropped else 0, len(row) + 1):
            assert text.position(at) == (number, units(row[:column], encoding))
            assert text.offset(number, units(row[:column], encoding)) == at
            at += 1
        assert text.width(number) == units(row, encoding)
    assert at == len(text.text) + 1


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(source=texts, line=st.integers(-2, 40) | st.just(2**31 - 1), character=st.integers(-2, 100) | st.just(2**31 - 1))
def test_any_position_has_a_place_in_the_text(encoding, source, line, character):
    text = EditorText(source, encoding)
    assert 0 <= text.offset(line, character) <= len(text.text)


def test_a_position_behind_a_line_is_its_end():
    assert EditorText("one\ntwo").offset(0, 99) == 3


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_place_in_a_huge_line_costs_no_more_than_any(encoding):
    text = EditorText("😀é" * 500_000, encoding)
    start = time.process_time()
    for offset in range(0, 1_000_000, 50):  # by counting from the line's start, this would take hours
        text.position(offset)
    assert time.process_time() - start < 30
