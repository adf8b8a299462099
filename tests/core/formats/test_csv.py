"""CSV: a row is an annotation."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Annotation, Document, ErrorRecord, Quantity, Result, Span, StepRecord
from copydesk.formats import CsvWriter


class Word(Annotation):
    """A word."""

    word: str = ""


def table(*documents):
    stream = io.StringIO(newline="")
    writer = CsvWriter(stream)
    writer.start()
    for document in documents:
        writer.write(Result(document, (), {}))
    writer.finish()
    stream.seek(0)
    return stream.getvalue(), list(csv.DictReader(stream))


def test_a_row_is_an_annotation_with_its_fields_as_json():
    quantity = Quantity(start=0, end=6, kind="cardinal", low=3, number=Span(0, 1))
    document = Document("3 cats", id="a.txt").with_annotations([quantity], step=StepRecord(id="numbers", use="numbers"))
    _, (row,) = table(document)
    fields = json.loads(row.pop("fields"))
    assert row == {
        "document": "a.txt", "layer": "quantity", "id": "quantity:0-6", "start": "0", "end": "6", "text": "3 cats", "step": "numbers",
    }  # fmt: skip
    assert (fields["low"], fields["high"]) == (3, None)
    assert (fields["number"], fields["number_start"], fields["number_end"]) == ("3", 0, 1)
    assert not fields.keys() & row.keys()


def test_errors_are_rows_of_a_layer():
    document = Document("", id="a").with_error(
        ErrorRecord(error="TextError", message="it is bad", path="a.txt", line=2)
    )
    _, (row,) = table(document)
    assert (row["document"], row["layer"], row["id"]) == ("a", "error", "error:0")
    assert json.loads(row["fields"])["message"] == "it is bad"


def test_no_documents_are_a_heading():
    assert table()[0] == "document,layer,id,start,end,text,step,fields\n"


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_whatever_the_text_a_row_is_a_row(text):
    """Also with quotes, commas, line feeds, carriage returns and NUL in it."""
    document = Document(text, id="d\r1").with_annotations([Word(start=0, end=len(text), word=text)])
    raw, (row,) = table(document)
    assert row["text"].removeprefix("'") == text.removeprefix("'")
    assert row["document"] == "d\r1"
    assert json.loads(row["fields"]) == {"word": text}
    assert raw.endswith("\n")
    assert not raw.endswith("\r\n")


@pytest.mark.parametrize("formula", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_no_formula(formula):
    document = Document(formula, id=formula).with_annotations([Word(start=0, end=len(formula), word=formula)])
    _, (row,) = table(document)
    assert row["text"] == row["document"] == f"'{formula}"
    assert row["fields"].startswith("{")


@pytest.mark.parametrize("number", ["-3", "+4.5", "-1e3"])
def test_a_number_stays_a_number(number):
    _, (row,) = table(Document(number, id="d").with_annotations([Word(start=0, end=len(number))]))
    assert row["text"] == number
