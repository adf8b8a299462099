"""Layers as tables: columns that follow from the type alone, for one document, a stream, or none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from copydesk import Annotation, Document, Quote, Result, frames
from copydesk.errors import UsageError
from copydesk.model.vocabulary import VOCABULARY
from copydesk.testing import toy_layers

TEXT = "Headline\n“We lost 12 trucks in 2016,” General Ann Lee said. She left. Bo: “No.”\n"
FULL = Document(TEXT, id="full").with_annotations(toy_layers(TEXT), provides=VOCABULARY)
EMPTY = Document("Nothing.", id="empty")
MAKERS = [frames.to_arrow, frames.to_pandas, frames.to_polars]


def many(number: int) -> Iterator[Document]:
    for each in range(number):
        yield Document(TEXT, id=str(each)).with_annotations(toy_layers(TEXT), provides=VOCABULARY)


@pytest.mark.parametrize("make", MAKERS)
class TestTables:
    @pytest.mark.parametrize("kind", VOCABULARY)
    def test_empty_and_full_have_one_schema(self, make, kind):
        assert list(columns(make(EMPTY, kind))) == list(columns(make(FULL, kind)))
        assert len(make(EMPTY, kind)) == 0
        assert len(make([EMPTY, FULL, EMPTY], kind)) == len(FULL[kind])

    def test_types_and_names_say_the_same(self, make):
        assert columns(make(FULL, Quote)) == columns(make(FULL, "quote"))

    def test_names_stand_beside_ids(self, make):
        [speaker] = rows(make(FULL, Quote))[:1]
        quote = FULL[Quote][0]
        assert speaker["document"] == "full"
        assert speaker["speaker"] == quote.speaker
        assert speaker["speaker_name"] == FULL.resolve(quote.speaker).name

    def test_documents_are_rows_too(self, make):
        assert [row["document"] for row in rows(make([FULL, EMPTY], "documents"))] == ["full", "empty"]

    def test_results_count_as_their_documents(self, make):
        assert len(make([Result(FULL, (), {})], Quote)) == len(FULL[Quote])
        assert len(make(Result(FULL, (), {}), Quote)) == len(FULL[Quote])

    @pytest.mark.parametrize("given", ["Two men left.", ["Two men left."], [None]])
    def test_texts_that_no_pipeline_has_read_are_refused(self, make, given):
        with pytest.raises(UsageError, match="run a pipeline"):
            make(given, Quote)

    def test_a_layer_whose_type_is_not_installed(self, make):
        made = Document.from_json(
            {"text": "Ann", "layers": {"elsewhere.cue": [{"id": "x", "start": 0, "end": 3, "loudness": 11}]}}
        )
        [row] = rows(make(made, "elsewhere.cue"))
        assert (row["text"], row["more"]) == ("Ann", '{"loudness": 11}')

    @pytest.mark.parametrize("kind", [Annotation, int, None])
    def test_what_is_no_type_is_refused(self, make, kind):
        with pytest.raises(TypeError, match="a table is"):
            make(FULL, kind)


def test_a_stream_is_read_as_batches_are_asked_for():
    read = []

    def source():
        for document in many(20):
            read.append(document.id)
            yield document

    size = len(FULL[Quote])
    batches = frames.arrow_batches(source(), Quote, rows=4 * size)
    assert next(batches).num_rows == 4 * size
    assert len(read) == 5
    assert sum(batch.num_rows for batch in batches) == 16 * size


def test_two_hundred_documents_go_through_parquet_and_come_back_equal(tmp_path):
    import polars as pl

    for kind in VOCABULARY:
        frame = frames.to_polars(many(200), kind)
        frame.write_parquet(tmp_path / "layer.parquet")
        assert pl.read_parquet(tmp_path / "layer.parquet").equals(frame)


def test_missing_integers_leave_the_others_integers_in_pandas():
    frame = frames.to_pandas(FULL, "quantity")
    assert str(frame["counted_start"].dtype) == "int64[pyarrow]"


def test_a_library_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageError, match=r"needs the library polars: pip install 'copydesk\[frames\]'"):
        frames.to_polars(FULL, Quote)


def test_a_layer_that_no_document_has_is_no_empty_table():
    for documents in (FULL, [Document("a"), FULL]):
        with pytest.raises(UsageError, match=r"no document has a layer 'qoute'; did you mean 'quote'\?"):
            frames.to_polars(documents, "qoute")
    item = Document("a").to_json() | {"layers": {"acme.tone": []}}
    assert frames.to_polars(Document.from_json(item), "acme.tone").is_empty()
    assert frames.to_polars([], "acme.tone").is_empty(), "of no documents nothing can be said"


def test_importing_it_imports_no_library():
    said = "import sys, copydesk.frames; print({'pandas', 'polars', 'pyarrow', 'spacy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def columns(table: object) -> list[str]:
    return list(getattr(table, "column_names", None) or table.columns)


def rows(table: object) -> list[dict[str, object]]:
    if hasattr(table, "to_pylist"):
        return table.to_pylist()
    return table.to_dicts() if hasattr(table, "to_dicts") else table.to_dict(orient="records")
