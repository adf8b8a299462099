"""The offset map: from a text without markup back to its file."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Document, OffsetMap, Span, TextBuilder
from copydesk.errors import FormatError

FILE = "a **b**\nc &amp; d"


def built():
    builder = TextBuilder(FILE, "a.md")
    builder.copy(0, 2)
    builder.copy(4, 5)
    builder.gap(" ")
    builder.gap("\n")
    builder.gap(" ")
    builder.copy(8, 10)
    builder.put("&", 10, 15)
    builder.copy(15, 17)
    builder.gap("\n\n")
    return builder.build()


def test_a_text_and_the_way_back():
    text, offset_map = built()
    assert text == "a b\nc & d"
    for words, there in [
        ("a", "a"),
        ("a b", "a **b"),
        ("b", "b"),
        ("b\nc", "b**\nc"),
        ("\n", "**\n"),
        ("&", "&amp;"),
        ("& d", "&amp; d"),
    ]:
        at = text.index(words)
        span = offset_map.span(Span(at, at + len(words)))
        assert FILE[span.start : span.end] == there
    assert offset_map.place(offset_map.span(Span(4, 5)).start) == (2, 1)


def test_an_empty_span_and_the_end():
    text, offset_map = built()
    assert offset_map.span(Span(2, 2)) == (4, 4)
    assert offset_map.span(Span(len(text), len(text))) == (len(FILE), len(FILE))


def test_an_empty_text_has_a_map_too():
    text, offset_map = TextBuilder("**").build()
    assert (text, offset_map.span(Span(0, 0))) == ("", (0, 0))


pieces = st.lists(
    st.tuples(st.sampled_from(["copy", "put", "skip"]), st.integers(1, 4), st.sampled_from(["", " ", "\n\n"])),
    max_size=8,
)


@given(pieces=pieces)
def test_what_is_copied_is_what_stands_there(pieces):
    source = "".join(chr(97 + number % 26) if number % 5 else "\n" for number in range(1, 40))
    builder = TextBuilder(source)
    at = 0
    for what, length, gap in pieces:
        builder.gap(gap)
        if what == "copy":
            builder.copy(at, at + length)
        elif what == "put":
            builder.put("XY", at, at + length)
        at += length
    text, offset_map = builder.build()
    assert OffsetMap.from_json(json.loads(json.dumps(offset_map.to_json())), len(text)) == offset_map
    last = 0
    for offset, character in enumerate(text):
        span = offset_map.span(Span(offset, offset + 1))
        assert last <= span.end
        last = span.start
        if character.islower():
            assert source[span.start : span.end] == character
    whole = TextBuilder(text)
    whole.copy(0, len(text))
    if text:
        assert [whole.build()[1].over(offset_map).span(Span(n, n + 1)) for n in range(len(text))] == [
            offset_map.span(Span(n, n + 1)) for n in range(len(text))
        ]


def test_it_is_part_of_the_document_and_outlives_it():
    text, offset_map = built()
    document = Document(text, id="a", offset_map=offset_map)
    for again in (Document.from_json(json.loads(document.to_json_line())), pickle.loads(pickle.dumps(document))):
        assert again.offset_map == offset_map
        assert again == document
    assert document.with_metadata({"title": "x"}).offset_map is offset_map
    assert Document("a").offset_map is None
    assert "offset_map" not in Document("a").to_json()


@pytest.mark.parametrize(
    ("item", "cause"),
    [
        (3, "is not an object"),
        ({"runs": [[0, 0, 1]]}, "'lines' is no list of offsets"),
        ({"runs": [[0, 0]], "lines": [0]}, "'runs' is no list of three offsets each"),
        ({"runs": [["0", 0, 1]], "lines": [0]}, "'runs' is no list of three offsets each"),
        ({"runs": [], "lines": [0]}, "its runs do not cover the text"),
        ({"runs": [[1, 0, 1]], "lines": [0]}, "its runs do not cover the text"),
        ({"runs": [[0, 0, 1], [9, 0, 1]], "lines": [0]}, "its runs do not cover the text"),
        ({"runs": [[0, 0, 1], [0, 1, 2]], "lines": [0]}, "its runs are not in the order of the text"),
        ({"runs": [[0, 2, 1]], "lines": [0]}, "a run ends before it begins"),
        ({"runs": [[0, 0, 1]], "lines": [1]}, "the first line begins at 0"),
        ({"runs": [[0, 0, 1]], "lines": [0, 5, 5]}, "its lines are not in order"),
        ({"runs": [[0, 0, 1]], "lines": [0], "path": 3}, "'path' is not a string"),
    ],
)
def test_what_is_no_map(item, cause):
    with pytest.raises(FormatError, match=cause):
        Document.from_json({"text": "abc", "offset_map": item})


def test_a_map_is_of_one_text():
    with pytest.raises(FormatError, match="of a text of another length"):
        Document("another text", offset_map=built()[1])
