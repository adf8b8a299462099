"""Records as documents: which field is what, and what is said where nobody says it."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

from copydesk.errors import DocumentError
from copydesk.formats.dates import iso_date
from copydesk.formats.jsonl import JsonLinesReader
from copydesk.formats.records import RecordsConfig
from copydesk.formats.tables_in import CsvConfig, CsvReader, ParquetReader
from copydesk.plugins.reader import Source


def as_jsonl(records):
    return "".join(f"{json.dumps(record)}\n" for record in records).encode()


def as_csv(records):
    names = list(dict.fromkeys(name for record in records for name in record))
    rows = [",".join(f'"{record.get(name, "")}"' for name in names) for record in records]
    return "\n".join([",".join(names), *rows]).encode()


def as_parquet(records):
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(records), stream)
    return stream.getvalue()


FORMS = {
    "jsonl": (JsonLinesReader, RecordsConfig, as_jsonl),
    "csv": (CsvReader, CsvConfig, as_csv),
    "parquet": (ParquetReader, RecordsConfig, as_parquet),
}


class Read:
    """What a reader gives, and what it warns of."""

    def __init__(self, reader, raw, config=None, known=(), path="folder/a.x"):
        self.warnings = []
        source = Source(io.BytesIO(raw), "a.x", path, known=dict(known), warn=self.warnings.append)
        self.items = list(reader(config).read(source))


@pytest.fixture(params=FORMS)
def read(request):
    reader, config, raw = FORMS[request.param]

    def read(*records, known=(), **mapping):
        return Read(reader, raw(records), config(map=mapping) if mapping else None, known)

    return read


def test_other_fields_are_metadata(read):
    [document] = read({"text": "It rained.", "title": "Rain", "date": "2017-07-21", "desk": "local"}).items
    assert document.text == "It rained."
    assert document.metadata == {"title": "Rain", "date": "2017-07-21", "desk": "local"}


def test_a_map_says_which_field_is_what(read):
    made = read({"body": "It rained.", "published": "July 21, 2017", "nr": "7"}, text="body", date="published", id="nr")
    [document] = made.items
    assert (document.id, document.text, document.metadata) == ("7", "It rained.", {"date": "2017-07-21"})
    assert made.warnings == []


def test_a_record_without_the_text_is_an_error_that_says_which_fields_there_are(read):
    first, second = read({"body": "It rained.", "text": ""}, {"body": "b", "text": "It snowed."}).items
    if isinstance(first, DocumentError):  # an empty cell of CSV is none
        assert str(first).endswith("there is no 'text'; the fields are body; say which is the text: --map text=body")
    assert second.text == "It snowed."


class TestWarnings:
    def test_what_looks_as_if_it_should_be_mapped(self, read):
        made = read({"text": "a", "Headline": "b", "Published_At": "2017-07-21"}, {"text": "c", "Headline": "d"})
        assert made.warnings == [
            "folder/a.x: steps read 'title', and the field 'Headline' may be it: --map title=Headline",
            "folder/a.x: steps read 'date', and the field 'Published_At' may be it: --map date=Published_At",
        ]

    def test_that_no_field_says_the_date(self, read):
        [said] = read({"text": "a", "title": "b"}).warnings
        assert said.startswith("folder/a.x: no field says when a text was written")

    def test_a_date_that_cannot_be_read(self, read):
        [said] = read({"text": "a", "date": "3/4/2017"}).warnings
        assert said == "folder/a.x: the date '3/4/2017' can't be read; write it as 2017-07-21"

    @pytest.mark.parametrize("record", [{"text": "a"}, {"text": "a", "date": "2017-07-21", "title": "b"}])
    def test_nothing_where_nothing_is_missing(self, read, record):
        assert read(record).warnings == []

    def test_nothing_of_a_date_that_the_user_gave(self, read):
        assert read({"text": "a", "title": "b"}, known={"date": "2017-07-21"}).warnings == []


class TestJsonLines:
    def test_a_dot_leads_into_an_object_and_paragraphs_are_joined(self):
        raw = as_jsonl([{"article": {"paragraphs": ["a", "b"], "x": 1}}])
        [document] = Read(JsonLinesReader, raw, RecordsConfig(map={"text": "article.paragraphs"})).items
        assert document.text == "a\n\nb"
        assert document.metadata["article"]["x"] == 1

    def test_an_object_of_the_document_format_is_no_record(self):
        raw = as_jsonl([{"copydesk": 1, "id": "a", "text": "b", "metadata": {}, "more": 1}])
        made = Read(JsonLinesReader, raw, RecordsConfig(map={"text": "more"}))
        assert made.items[0].to_json()["more"] == 1
        assert made.items[0].metadata == {}
        assert made.warnings == []

    def test_metadata_of_its_own_counts_before_other_fields_and_a_map_before_both(self):
        raw = as_jsonl([{"text": "a", "title": "b", "metadata": {"title": "c", "x": 1}, "head": "d"}])
        assert Read(JsonLinesReader, raw).items[0].metadata == {"title": "c", "x": 1, "head": "d"}
        mapped = Read(JsonLinesReader, raw, RecordsConfig(map={"title": "head"}))
        assert mapped.items[0].metadata == {"title": "d", "x": 1}


class TestCsv:
    @pytest.mark.parametrize(
        ("raw", "line", "cause"),
        [
            (b"id,text\n1,a\n2,\xff\n3,b\n", 3, "the row is not UTF-8"),
            (b"id,text\n1,a\n2,a,b\n3,b\n", 3, "the row has 3 cells, and there are 2 columns"),
        ],
    )
    def test_a_bad_row_costs_its_neighbours_nothing(self, raw, line, cause):
        first, error, last = Read(CsvReader, raw).items
        assert (first.text, last.text) == ("a", "b")
        assert (error.path, error.line) == ("folder/a.x", line)
        assert cause in str(error)

    @pytest.mark.parametrize(
        ("raw", "cause"),
        [
            (b'id,text\n1,"never closed', "this is no CSV from here on"),
            (b"id,id\n1,2\n", "two columns are called 'id'"),
            (b"\xff\xfea", "not UTF-8"),
            (b"PK\x03\x04word/document.xml", "a Word document (.docx)"),
        ],
    )
    def test_what_is_no_table(self, raw, cause):
        [error] = Read(CsvReader, raw).items
        assert cause in str(error)

    def test_cells_may_stand_between_other_marks(self):
        assert Read(CsvReader, b"id;text\n1;a,b\n", CsvConfig(delimiter=";")).items[0].text == "a,b"
        assert Read(CsvReader, b"id\ttext\n1\ta,b\n", path="a.tsv").items[0].text == "a,b"

    def test_rows_know_their_lines(self):
        items = Read(CsvReader, b'text\n"a\nb"\n\nc\n').items
        assert [document.origin.line for document in items] == [2, 5]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2017-07-21", "2017-07-21"),
        ("20170721", "2017-07-21"),
        (" 2017-07-21T10:00:00Z ", "2017-07-21T10:00:00Z"),
        ("July 21, 2017", "2017-07-21"),
        ("Friday, 21st of July 2017", "2017-07-21"),
        ("21 Jul. 2017 at noon", "2017-07-21"),
        ("Fri, 21 Jul 2017 10:00:00 +0200", "2017-07-21T10:00:00+02:00"),
        (1500000000, "2017-07-14T02:40:00+00:00"),
        (1500000000000, "2017-07-14T02:40:00+00:00"),
        ("3/4/2017", None),
        ("31 February 2017", None),
        ("July 2017", None),
        ("yesterday", None),
        (2017, None),
        (True, None),
        (None, None),
        ("1" * 1000, None),
    ],
)
def test_dates(written, date):
    assert iso_date(written) == date
