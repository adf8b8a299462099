"""JSON lines: a line is a document. What bad lines get is tested in test_bad_input."""

from __future__ import annotations

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from copydesk import Document, ErrorRecord, Result
from copydesk.errors import DocumentError
from copydesk.formats.jsonl import JsonLinesReader, JsonLinesWriter
from copydesk.plugins.reader import Source

texts = st.text(st.characters(codec="utf-8"), max_size=20)


def read(raw):
    return list(JsonLinesReader().read(Source(io.BytesIO(raw), "a.jsonl", "/news/a.jsonl")))


def written(*documents):
    stream = io.StringIO()
    writer = JsonLinesWriter(stream)
    writer.start()
    for document in documents:
        writer.write(Result(document, (), {}))
    writer.finish()
    return stream.getvalue()


@given(st.lists(texts, unique=True, max_size=5))
def test_what_is_written_is_read_again(several):
    documents = [Document(text, id=f"{n}", metadata={"title": text}) for n, text in enumerate(several)]
    lines = written(*documents)
    assert lines.count("\n") == len(documents)
    assert read(lines.encode()) == documents


def test_a_failed_document_is_read_again_with_its_errors():
    document = Document("", id="a").with_error(ErrorRecord(error="TextError", message="bad", path="x", line=3))
    (again,) = read(written(document).encode())
    assert again.errors == document.errors


def test_only_the_text_is_needed():
    first, second = read(b'{"text": "one"}\n\n{"id": 7, "text": "two", "metadata": {"date": "2024-09-30"}}\n')
    assert (first.id, first.text, first.origin) == ("a.jsonl:1", "one", ("/news/a.jsonl", 1))
    assert (second.id, second.text, second.origin) == ("7", "two", ("/news/a.jsonl", 3))
    assert second.metadata == {"date": "2024-09-30"}


def test_lines_end_at_lf_alone():
    (document,) = read('{"text": "a\u2028b\u2029c\u0085d"}\n'.encode())
    assert document.text == "a\u2028b\u2029c\u0085d"


def test_reading_is_lazy():
    """A line is read when it is asked for, so that a file of any size fits."""
    stream = io.BytesIO(b'{"text": "one"}\n' * 10_000)
    reading = JsonLinesReader().read(Source(stream, "a", "a"))
    next(reading)
    assert stream.tell() < 1_000


@given(st.lists(st.binary(max_size=30).map(lambda raw: raw.replace(b"\n", b" ")), max_size=5))
def test_whatever_the_bytes_each_line_is_a_document_or_an_error_with_its_line(lines):
    items = read(b"\n".join([*lines, b'{"id": "last", "text": "good"}']))
    assert len(items) == sum(bool(line.strip()) for line in lines) + 1
    for item in items[:-1]:
        if isinstance(item, DocumentError):
            assert item.path == "/news/a.jsonl"
            assert lines[item.line - 1].strip()
    assert items[-1].text == "good"


json_like = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.sampled_from(["", "a", "\ud800", "quote"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "text", "start", "end", "quote", "finding", "kind", "content", "error"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)  # fmt: skip


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "copydesk": st.just(1) | json_like,
            "id": json_like,
            "text": st.just("a") | json_like,
            "metadata": json_like,
            "layers": json_like | st.dictionaries(st.sampled_from(["quote", "finding", "x"]), json_like, max_size=2),
            "steps": json_like,
            "errors": json_like,
            "more": json_like,
        },
    )
)
def test_whatever_the_object_it_can_be_written_again_or_is_refused(item):
    (read_item,) = read(json.dumps(item).encode())
    if isinstance(read_item, DocumentError):
        assert read_item.line == 1
        assert read_item.document_id
    else:
        assert read(read_item.to_json_line().encode())[0] == read_item
