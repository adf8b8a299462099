"""Chunks: every document once, whatever the size of a chunk, with its place in the input."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk import Document
from copydesk.errors import FormatError
from copydesk.formats import READERS
from copydesk.run.chunks import cut
from copydesk.run.inputs import find_inputs, read_inputs


def inputs(*paths):
    return find_inputs([str(path) for path in paths], READERS).files


def seen(items):
    return [(item.id, item.text, item.origin) if isinstance(item, Document) else str(item) for item in items]


LINES = st.lists(
    st.one_of(
        st.text(max_size=30).map(lambda text: json.dumps({"text": text})),
        st.sampled_from(["", "  ", "{", '{"text": 1}', "\u2028", "\r"]),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(lines=LINES, ends=st.booleans(), size=st.integers(1, 120))
def test_ranges_of_lines_hold_what_the_file_holds(tmp_path_factory, lines, ends, size):
    file = tmp_path_factory.mktemp("chunks") / "a.jsonl"
    file.write_bytes(("\n".join(lines) + ("\n" if ends else "")).encode())
    files = inputs(file)
    chunks = list(cut(files, size))
    assert seen(item for chunk in chunks for item in chunk.documents()) == seen(read_inputs(files))
    assert sum(chunk.size for chunk in chunks) == file.stat().st_size
    assert [chunk.number for chunk in chunks] == list(range(len(chunks)))


def test_files_are_grouped_by_size_and_number(tmp_path):
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text("x" * 10)
    files = inputs(tmp_path)
    assert [len(chunk.files) for chunk in cut(files, 30)] == [3, 3, 1]
    assert [len(chunk.files) for chunk in cut(files, 1)] == [1] * 7


@pytest.mark.parametrize("change", ["content", "time", "name"])
def test_another_input_has_another_fingerprint(tmp_path, change):
    for name in ("a.jsonl", "b.txt"):
        (tmp_path / name).write_text('{"text": "one"}\n')
    before = [chunk.fingerprint for chunk in cut(inputs(tmp_path))]
    if change == "content":
        (tmp_path / "a.jsonl").write_text('{"text": "two"}\n')
    elif change == "time":
        import os

        os.utime(tmp_path / "b.txt", ns=(1, 1))
    else:
        (tmp_path / "b.txt").rename(tmp_path / "c.txt")
    assert [chunk.fingerprint for chunk in cut(inputs(tmp_path))] != before


def test_a_file_that_cannot_be_read_is_an_error_in_its_place(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    files = inputs(tmp_path / "a.txt")
    (tmp_path / "a.txt").unlink()
    [chunk] = cut(files)
    [fault] = chunk.documents()
    assert isinstance(fault, FormatError)
