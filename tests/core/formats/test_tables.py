"""Tables: a file for each layer, whose columns are the same whatever the documents hold."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

import polars as pl
import pytest
from pydantic import Field

from copydesk import Annotation, Document, Entity, ErrorRecord, Quote, Result, Span
from copydesk.formats.csv import CsvFolderWriter, CsvWriter
from copydesk.formats.parquet import ParquetFolderWriter, ParquetWriter
from copydesk.formats.tables import TableConfig, columns_of, file_name
from copydesk.model.vocabulary import VOCABULARY
from copydesk.testing.toylayers import toy_layers

STORY = "A storm came\n“We lost {n} trucks,” said clerk Ann Lee in 2017. She left Oslo.\n"


class Tally(Annotation):
    """A type with a field of each plain kind."""

    count: int
    share: float | None = None
    sure: bool = True
    words: tuple[str, ...] = ()
    of: Mapping[str, int] = Field(default_factory=dict)


class TonedQuote(Quote):
    """A quote with its tone."""

    tone: float


def annotated(number):
    text = STORY.format(n=number) * (number % 3)
    return Document(text, id=f"d{number}", metadata={"title": "Storm"}).with_annotations(
        toy_layers(text), provides=VOCABULARY
    )


@pytest.fixture
def written(tmp_path):
    def written(kind, documents, config=None):
        folder = tmp_path / kind.index.partition(".")[2]
        folder.mkdir()
        index = folder / kind.index
        with index.open("wb") if kind.binary else index.open("w", encoding="utf-8", newline="\n") as stream:
            writer = kind(stream, folder, config)
            writer.start()
            for document in documents:
                writer.write(Result(document, (), {}))
            writer.finish()
        return folder

    return written


def read_csv(path):
    return pl.read_csv(path, schema_overrides={"text": pl.String})


@pytest.mark.parametrize(("kind", "read"), [(ParquetFolderWriter, pl.read_parquet), (CsvFolderWriter, read_csv)])
def test_two_hundred_documents_come_back_with_all_their_layers(written, kind, read):
    documents = [annotated(number) for number in range(200)]
    folder = written(kind, documents)
    tables = {path.stem: read(path) for path in folder.iterdir()}
    assert set(tables) == {"documents", *(layer.layer for layer in VOCABULARY)}
    assert tables["documents"]["document"].to_list() == [document.id for document in documents]
    for layer in VOCABULARY:
        table = tables[layer.layer]
        found = [(document.id, item.id, document.text_of(item)) for document in documents for item in document[layer]]
        assert found
        assert table.select("document", "id", "text").rows() == found
        assert table.columns == [column.name for column in columns_of(layer)]


def test_what_is_referred_to_stands_beside_ids(written):
    table = pl.read_parquet(written(ParquetFolderWriter, [annotated(1)]) / "quote.parquet")
    quote = annotated(1)[Quote][0]
    row = table.row(0, named=True)
    assert (row["speaker"], row["speaker_name"]) == (quote.speaker, "Ann Lee")
    assert row["content_spans"] == [{"start": span.start, "end": span.end, "note": None} for span in quote.content]


def test_types_of_columns():
    types = {column.name: column.type for column in columns_of(Tally)}
    assert types == {
        **dict.fromkeys(("document", "id", "text", "step", "of", "more"), "text"),
        "start": "int",
        "end": "int",
        "count": "int",
        "share": "float",
        "sure": "bool",
        "words": "texts",
    }


def test_documents_of_whatever_kind_fit_one_table(written):
    """An extension, a type that is not installed, an empty layer, and none of it."""
    toned = Document("“No,” he said.", id="a").with_annotations(
        [TonedQuote(start=0, end=5, kind="direct", content=(Span(0, 5),), tone=0.5)]
    )
    strange = Document.from_json(
        {"text": "abc", "id": "b", "layers": {"other.kind": [{"id": "k", "start": 0, "end": 1, "x": [1]}], "../up": []}}
    )
    tally = Tally(start=0, end=1, count=3, share=0.5, words=("a", "b"), of={"x": 1})
    plain = Document("“No.”", id="c").with_annotations(
        [Quote(start=0, end=5, kind="direct", content=(Span(0, 5),)), tally], provides=[Entity]
    )
    failed = Document("", id="d").with_error(ErrorRecord(error="TextError", message="bad"))
    folder = written(ParquetFolderWriter, [toned, strange, plain, failed])
    quotes = pl.read_parquet(folder / "quote.parquet")
    assert [None if more is None else json.loads(more) for more in quotes["more"]] == [{"tone": 0.5}, None]
    assert json.loads(pl.read_parquet(folder / "other.kind.parquet")["more"][0]) == {"x": "[1]"}
    assert pl.read_parquet(folder / "entity.parquet").is_empty()
    assert pl.read_parquet(folder / f"{tally.layer}.parquet")["words"].to_list() == [["a", "b"]]
    assert json.loads(pl.read_parquet(folder / "documents.parquet")["errors"][3])[0]["message"] == "bad"
    assert {path.parent for path in folder.rglob("*")} == {folder}


@pytest.mark.parametrize("name", ["../up", "a/b", "documents", "", "Ünder", "a" * 300])
def test_no_layer_is_written_elsewhere(name):
    assert file_name(name).startswith("layer-")


def whole(kind, documents, config=None):
    stream = io.BytesIO() if kind.binary else io.StringIO()
    writer = kind(stream, config)
    writer.start()
    for document in documents:
        writer.write(Result(document, (), {}))
    writer.finish()
    value = stream.getvalue()
    return pl.read_parquet(value) if kind.binary else pl.read_csv(value.encode())


@pytest.mark.parametrize("kind", [ParquetWriter, CsvWriter])
class TestOneFile:
    def test_of_one_layer(self, kind):
        table = whole(kind, [annotated(1), annotated(2)], TableConfig(layer="quote"))
        assert table["speaker_name"].to_list() == ["Ann Lee"] * 3

    def test_of_a_layer_that_nobody_has(self, kind):
        if kind.binary:
            table = whole(kind, [Document("a")], TableConfig(layer="quote"))
            assert table.columns == [column.name for column in columns_of(Quote)]

    def test_of_all_layers(self, kind):
        table = whole(kind, [annotated(1), Document("", id="x").with_error(ErrorRecord(error="E", message="bad"))])
        assert set(table["layer"]) == {*(layer.layer for layer in VOCABULARY), "error"}
        assert json.loads(table.filter(layer="error")["fields"][0])["message"] == "bad"
