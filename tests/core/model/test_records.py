"""Rows of plain columns: one type for each column, so that every library of data frames takes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk import Document
from copydesk.model.vocabulary import VOCABULARY
from copydesk.testing import toy_layers

TEXT = "Headline\n“We lost 12 trucks in 2016,” General Ann Lee said. She left. Bo: “No.”\n"
PINNED = json.loads(Path(__file__).with_name("document.json").read_text(encoding="utf-8"))
DOCUMENTS = (
    Document.from_json(PINNED),
    Document(TEXT, id="toy").with_annotations(toy_layers(TEXT), provides=VOCABULARY),
)
PLAIN = (str, int, float, bool, list)


def rows_of(kind):
    return [row for document in DOCUMENTS for row in document.records(kind)]


@pytest.mark.parametrize("kind", VOCABULARY)
class TestRows:
    def test_every_column_has_one_type(self, kind):
        rows = rows_of(kind)
        assert len(rows) > 1
        for name in rows[0]:
            kinds = {type(row[name]) for row in rows if row[name] is not None}
            assert len(kinds) <= 1, name
            assert kinds <= set(PLAIN), name

    def test_all_rows_have_the_same_columns(self, kind):
        assert len({tuple(row) for row in rows_of(kind)}) == 1

    def test_polars_takes_them_and_parquet_gives_them_back(self, kind, tmp_path):
        polars = pytest.importorskip("polars", reason="needs polars")
        frame = polars.DataFrame(rows_of(kind), infer_schema_length=None)
        frame.write_parquet(tmp_path / "rows.parquet")
        assert polars.read_parquet(tmp_path / "rows.parquet").equals(frame)

    def test_pandas_and_arrow_take_them(self, kind):
        pandas = pytest.importorskip("pandas", reason="needs pandas")
        arrow = pytest.importorskip("pyarrow", reason="needs pyarrow")
        rows = rows_of(kind)
        assert len(pandas.DataFrame(rows)) == len(rows)
        assert arrow.Table.from_pylist(rows).num_rows == len(rows)
