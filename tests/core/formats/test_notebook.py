"""What a notebook shows of a document, a layer and an annotation."""

from __future__ import annotations

import html

from copydesk import Document, Entity, Mention, Quote
from copydesk.formats.html.notebook import LONGEST, ROWS
from copydesk.model.vocabulary import VOCABULARY
from copydesk.testing import toy_layers

TEXT = "Headline\n“We lost 12 trucks in 2016,” General Ann Lee said. She left. Bo: “No.”\n"
DOCUMENT = Document(TEXT, id="<b>toy</b>").with_annotations(toy_layers(TEXT), provides=VOCABULARY)


def test_a_document_is_its_report_in_a_frame_that_keeps_to_itself():
    shown = DOCUMENT._repr_html_()
    assert shown.startswith("<iframe")
    assert shown.count("<") == 2  # the frame's own tags: all else is escaped
    page = html.unescape(shown.partition('srcdoc="')[2])
    assert "Content-Security-Policy" in page
    assert "&lt;b&gt;toy" in page
    assert "trucks" in page


def test_of_a_long_document_the_layers_are_listed():
    text = "Ann left. " * (LONGEST // 5)
    ann = Entity(start=0, end=3, label="PERSON", name="Ann")
    shown = Document(text, id="long").with_annotations([ann])._repr_html_()
    assert "<td>entity</td><td>1</td>" in shown
    assert len(shown) < 1_000


def test_a_layer_is_a_table_with_texts():
    shown = DOCUMENT[Quote]._repr_html_()
    assert "<th>text</th>" in shown
    assert "“We lost 12 trucks in 2016,”" in shown


def test_of_a_long_layer_the_first_are_shown():
    text = "Ann " * 100
    ann = Entity(start=0, end=3, label="PERSON", name="Ann")
    mentions = [Mention(start=4 * n, end=4 * n + 3, kind="name", entity=ann.ref) for n in range(100)]
    shown = Document(text).with_annotations([ann, *mentions])[Mention]._repr_html_()
    assert shown.count("<tr>") == ROWS + 1
    assert f"and {100 - ROWS} more" in shown


def test_an_empty_layer_and_one_annotation():
    assert "no annotations" in Document("Nothing.")[Quote]._repr_html_()
    shown = Entity(start=0, end=3, label="PERSON", name="<script>")._repr_html_()
    assert "&lt;script&gt;" in shown
    assert "<td>0–3</td>" in shown


def test_of_a_fenced_document_the_layers_that_can_be_seen_are_listed():
    shown = DOCUMENT.fenced(frozenset({"quantity"}))._repr_html_()
    assert "<td>quantity</td>" in shown
    assert "<td>quote</td>" not in shown
