"""What an extension says of an annotation is in every format, installed or not; so is what a plugin calls its part."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from copydesk import (
    Annotation,
    Cell,
    Component,
    Document,
    Entity,
    Finding,
    Pipeline,
    Quote,
    Result,
    Span,
    StepRecord,
    Trait,
    View,
)
from copydesk.errors import AnnotationError
from copydesk.formats.csv import CsvWriter
from copydesk.formats.html import HtmlWriter
from copydesk.formats.jsonl import JsonLinesWriter
from copydesk.formats.report import ReportWriter
from copydesk.model.result import RunSummary
from copydesk.run.runner import run

TEXT = "“We lost,” said Ann Lee."


class Toned(Quote):
    """A quote with its tone."""

    tone: float


class Ranked(Entity):
    """An entity with its rank in the house."""

    rank: str


class Address(Annotation):
    """An address."""

    mail: str

    view = View("Addresses", (Cell("mail", lambda address, _: address.mail),))


class Idle(Component):
    """Finds nothing."""

    name = "idle"
    provides = (Finding,)

    def process(self, document):
        return []


def document():
    quote = Quote(start=0, end=10, kind="direct", content=(Span(0, 10),), cue=(Span(11, 15),))
    lee = Entity(start=16, end=23, label="PERSON", name="Ann Lee", link="Q42")
    return Document(TEXT, id="d").with_annotations(
        [Toned.extend(quote, tone=0.25), Ranked.extend(lee, rank="sergeant"), Address(start=0, end=1, mail="a@b.org")]
    )


def stranger():
    """The same, read where the classes are not installed."""
    item = json.loads(document().to_json_line().replace("toned", "gone").replace("ranked", "lost"))
    return Document.from_json(item)


def written(writer, document):
    stream = io.StringIO()
    made = writer(stream)
    made.start()
    made.write(Result(document, (), {}))
    made.finish()
    return stream.getvalue()


@pytest.mark.parametrize("given", [document, stranger])
class TestShown:
    @pytest.mark.parametrize("writer", [ReportWriter, HtmlWriter, CsvWriter, JsonLinesWriter])
    def test_in_every_format(self, given, writer):
        said = written(writer, given())
        assert "0.25" in said
        assert "sergeant" in said

    def test_in_records(self, given):
        [quote], [entity] = given().records(Quote), given().records("entity")
        assert quote["tone"] == 0.25
        assert entity["rank"] == "sergeant"

    def test_report_and_page_print_equal_values(self, given):
        report = written(ReportWriter, given())
        page = re.sub(r"<[^>]+>", " ", written(HtmlWriter, given()))
        for said in ("0.25", "sergeant", "Q42", "a@b.org"):
            assert said in report
            assert said in page


def test_rows_have_equal_columns_where_some_have_the_fields():
    plain = Quote(start=3, end=5, kind="indirect", content=(Span(3, 5),))
    rows = document().with_annotations([plain]).records(Quote)
    assert [row["tone"] for row in rows] == [0.25, None]
    assert rows[0].keys() == rows[1].keys()


@pytest.mark.parametrize("writer", [ReportWriter, HtmlWriter])
def test_a_part_is_called_what_its_view_says(writer):
    assert "Addresses (1)" in written(writer, document())


class TestAnotherVersion:
    """A layer that an older version of a plugin made costs its neighbours nothing, and the error says what made it."""

    def items(self):
        made = (
            document()
            .with_layer(Address, [])
            .with_annotations(
                [Address(start=3, end=4, mail="c@d.org")],
                step=StepRecord(id="addresses", use="addresses", distribution="acme-addresses", version="1.0"),
            )
        )
        old = made.to_json()
        for entry in next(items for layer, items in old["layers"].items() if "address" in layer):
            entry["address"] = entry.pop("mail")
        return [Document(TEXT, id="before"), Document.from_json(old | {"id": "old"}), Document(TEXT, id="after")]

    def test_the_error_says_which_version_made_it(self):
        with pytest.raises(AnnotationError, match=r"is no Address: 'mail' is missing.*acme-addresses 1\.0 made it"):
            self.items()[1].with_layer(Entity, [])[Address].get("x")

    @pytest.mark.parametrize("writer", [ReportWriter, HtmlWriter, CsvWriter])
    def test_the_others_are_written_and_the_rest_of_it(self, writer):
        stream = io.StringIO()
        made = writer(stream)
        made.start()
        with Pipeline([Idle()], model="blank:en").open(lanes=1) as desk:
            summary = run(desk, self.items(), made.write, summary=RunSummary())
        made.finish()
        assert (summary.documents, summary.failed) == (3, 1)
        assert "cannot be written" in stream.getvalue()
        if writer is CsvWriter:
            rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
            assert {row["layer"] for row in rows if row["document"] == "old"} == {
                "quote",
                "entity",
                "finding",
                "error",
            } - {"finding"}


@pytest.mark.parametrize("writer", [ReportWriter, HtmlWriter])
def test_a_trait_is_shown_with_whom_it_is_of_and_not_with_its_place(writer):
    text = "French minister Ann Lee left. France paid."
    lee = Entity(start=16, end=23, label="PERSON", name="Ann Lee")
    france = Entity(start=30, end=36, label="LOC", name="France")
    minister = Trait(start=0, end=15, kind="role", role="office", value="minister", entity=lee.ref, place=france.ref)
    said = written(writer, Document(text, id="d").with_annotations([lee, france, minister]))
    assert said.count("French minister (office)") == 1
