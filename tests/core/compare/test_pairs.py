"""Documents of two collections meet by id, whatever their order, and neither collection is held in memory."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Document
from copydesk.compare import pairs as module
from copydesk.compare.pairs import pairs
from copydesk.errors import UsageError

IDS = st.lists(st.integers(0, 20).map(str), unique=True)


def documents(ids, text="text"):
    return (Document(text, id=id) for id in ids)


@given(IDS, IDS)
def test_each_document_comes_once_with_its_partner(first, second):
    found = list(pairs(documents(first, "a"), documents(second, "b")))
    assert sorted(pair.id for pair in found) == sorted({*first, *second})
    for pair in found:
        assert (pair.first is not None) == (pair.id in first)
        assert (pair.second is not None) == (pair.id in second)
        assert pair.first is None or pair.first.text == "a"
        assert pair.second is None or pair.second.text == "b"


def test_documents_in_one_order_are_given_as_they_come():
    read = []

    def source():
        for document in documents("abc"):
            read.append(document.id)
            yield document

    assert next(pairs(source(), documents("abc"))).id == "a"
    assert read == ["a"]


def test_what_waits_is_on_the_disk(monkeypatch):
    monkeypatch.setattr(module, "IN_MEMORY", 100_000)
    ids = [str(number) for number in range(200)]
    text = "word " * 10_000
    tracemalloc.start()
    try:
        count = sum(1 for _ in pairs(documents(ids, text), documents(reversed(ids), text)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 200
    assert peak < 20 * len(text), "200 documents were read"


def test_a_line_that_cannot_be_read_costs_its_neighbours_nothing(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "1", "text": "a"}\n{oops\n{"id": "3", "text": "c"}\n{"id": "1", "text": "again"}\n')
    found = list(pairs(path, documents(["1", "3"])))
    assert {pair.id for pair in found if pair.first and pair.second} == {"1", "3"}
    errors = [str(pair.error) for pair in found if pair.error]
    assert [error.partition("a.jsonl:")[2].partition(":")[0] for error in errors] == ["2", "4"]
    assert "came before" in errors[1]


def test_an_id_that_comes_again_is_an_error_of_that_document():
    (first, again) = sorted(pairs(documents("aa"), documents("a")), key=lambda pair: pair.error is not None)
    assert first.first
    assert "'a' came before" in str(again.error)


def test_a_layer_that_is_not_as_its_type_says_is_an_error_of_its_document():
    bad = Document.from_json({"id": "a", "text": "text", "layers": {"entity": [{"id": "e", "start": 0, "end": 4}]}})
    found = list(pairs([bad, *documents("b")], documents("ab")))
    assert {pair.id: pair.error is not None for pair in found if pair.error or pair.first} == {"a": True, "b": False}


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="there is no file"):
        list(pairs(tmp_path / "none.jsonl", []))
