"""Formats of other tools: brat, Web Annotation, CoNLL-U, DocBin, and the summary in Markdown."""

from __future__ import annotations

import io
import json
import re

import spacy
from markdown_it import MarkdownIt
from spacy.tokens import DocBin

from copydesk import Document, Entity, Evidence, Finding, Mention, Quote, Result, Sentence, Span
from copydesk.formats.brat import BratFolderWriter
from copydesk.formats.markdown_writer import MarkdownWriter, SummaryConfig
from copydesk.formats.tokens import ConlluWriter, DocBinWriter
from copydesk.formats.web_annotation import WebAnnotationWriter

TEXT = "A storm\nAnn Lee said: “We lost\n12 trucks.” She left."


def at(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def story():
    lee = Entity(**at("Ann Lee"), label="PERSON", name="Ann Lee")
    content = Span(*at("We lost\n12 trucks.").values())
    return Document(TEXT, id="desk/a b.txt", metadata={"title": "A *storm*"}).with_annotations(
        [
            lee,
            Mention(**at("Ann Lee"), kind="name", entity=lee.ref),
            Mention(**at("She"), kind="pronoun", entity=lee.ref),
            Quote(start=content.start, end=content.end, kind="direct", content=(content,), speaker=lee.ref),
            Sentence(start=8, end=TEXT.index("”") + 1),
            Finding(
                **at("12 trucks"),
                code="ATT202",
                name="late",
                severity="warning",
                message="Too | late.",
                evidence=(Evidence(**at("Ann"), note="here"),),
            ),
            Finding(start=3, end=3, id="none", code="ATT201", name="empty", severity="info", message="Nothing."),
        ]
    )


def whole(kind, document, config=None):
    stream = io.BytesIO() if kind.binary else io.StringIO()
    writer = kind(stream, config)
    writer.start()
    writer.write(Result(document, (), {}))
    writer.finish()
    return stream.getvalue()


class TestBrat:
    def written(self, folder, *documents):
        with (folder / BratFolderWriter.index).open("w", encoding="utf-8") as stream:
            writer = BratFolderWriter(stream, folder)
            writer.start()
            for document in documents:
                writer.write(Result(document, (), {}))
            writer.finish()
        [annotations] = folder.glob("*.ann")
        return annotations.read_text(encoding="utf-8").splitlines(), annotations.with_suffix(".txt").read_text(
            encoding="utf-8"
        )

    def test_places_are_those_of_the_text_beside_them_cut_at_line_ends(self, tmp_path):
        lines, text = self.written(tmp_path, story())
        assert text == TEXT
        bounds = [line.split("\t") for line in lines if line.startswith("T")]
        assert len(bounds) == 6  # what has no length is left out
        for _, place, words in bounds:
            pieces = [tuple(map(int, piece.split())) for piece in place.partition(" ")[2].split(";")]
            assert " ".join(text[start:end] for start, end in pieces) == words
            assert not any("\n" in text[start:end] for start, end in pieces)

    def test_references_are_relations_fields_are_attributes_and_notes(self, tmp_path):
        lines, _ = self.written(tmp_path, story())
        names = {line.split("\t")[1].split()[0]: line.split("\t")[0] for line in lines if line.startswith("T")}
        assert f"speaker Arg1:{names['Quote']} Arg2:{names['Entity']}" in {line.partition("\t")[2] for line in lines}
        assert f"label {names['Entity']} PERSON" in {line.partition("\t")[2] for line in lines}
        note = next(line for line in lines if line.startswith("#") and f" {names['Finding']}\t" in line)
        assert json.loads(note.split("\t")[2])["message"] == "Too | late."

    def test_the_configuration_knows_all_that_is_there(self, tmp_path):
        self.written(tmp_path, story())
        said = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
        assert re.findall(r"^\[(\w+)\]$", said, re.MULTILINE) == ["entities", "relations", "events", "attributes"]
        assert "speaker\tArg1:Quote, Arg2:Entity\n" in said


class TestWebAnnotation:
    def test_each_annotation_is_found_by_position_and_by_quotation(self):
        page = json.loads(whole(WebAnnotationWriter, story()))
        assert page["type"] == "AnnotationPage"
        assert len(page["items"]) == 7
        for item in page["items"]:
            position, quotation = item["target"]["selector"]
            assert TEXT[position["start"] : position["end"]] == quotation["exact"]
            assert (quotation["prefix"] + quotation["exact"] + quotation["suffix"]) in TEXT
        assert {item["target"]["source"] for item in page["items"]} == {"desk/a%20b.txt"}
        assert len({item["id"] for item in page["items"]}) == 7

    def test_no_field_is_lost(self):
        page = json.loads(whole(WebAnnotationWriter, story()))
        quote = next(item for item in page["items"] if item["body"][0]["value"] == "quote")
        assert quote["fields"]["speaker_name"] == "Ann Lee"

    def test_no_document_makes_an_empty_page(self):
        stream = io.StringIO()
        writer = WebAnnotationWriter(stream)
        writer.start()
        writer.finish()
        assert json.loads(stream.getvalue())["items"] == []


class TestConllu:
    def rows(self):
        return [line.split("\t") for line in whole(ConlluWriter, story()).splitlines() if line[:1].isdigit()]

    def test_each_row_has_ten_columns_and_leads_back_to_the_text(self):
        for row in self.rows():
            assert len(row) == 10
            start, end = re.search(r"TokenRange=(\d+):(\d+)", row[9]).groups()
            assert TEXT[int(start) : int(end)] == row[1]

    def test_all_words_are_there_in_sentences(self):
        text = whole(ConlluWriter, story())
        assert "".join(row[1] for row in self.rows()) == "".join(TEXT.split())
        assert re.findall("# text = (.*)", text) == ["A storm", "Ann Lee said: “We lost 12 trucks.”", "She left."]

    def test_names_quotes_and_speakers_stand_in_misc(self):
        said = {row[1]: row[9].split("|") for row in self.rows()}
        assert {"NER=B-PERSON", "Entity=entity:8-15"} <= {*said["Ann"]}
        assert "NER=I-PERSON" in said["Lee"]
        assert {"Quote=B-direct", "Speaker=entity:8-15", "SpaceAfter=No"} <= {*said["We"]} | {"SpaceAfter=No"}
        assert "Quote=I-direct" in said["trucks"]
        assert not any(part.startswith(("NER", "Quote")) for part in said["She"])


def test_a_docbin_has_layers_names_and_metadata():
    [doc] = DocBin().from_bytes(whole(DocBinWriter, story())).get_docs(spacy.blank("en").vocab)
    assert doc.text == TEXT
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Ann Lee", "PERSON")]
    assert [(span.text, span.label_) for span in doc.spans["finding"]] == [("12 trucks", "ATT202")]
    assert doc.spans["quote"][0].id_ == story()[Quote][0].id
    assert doc.user_data["id"] == "desk/a b.txt"
    assert doc.user_data["metadata"] == {"title": "A *storm*"}


class TestMarkdown:
    def test_findings_have_places_and_layers_tables(self):
        text = whole(MarkdownWriter, story())
        assert "- **warning** desk/a b.txt:3:1 ATT202 late: Too \\| late. “12 trucks”\n" in text
        html = MarkdownIt("commonmark").enable("table").render(text)
        assert "<h2>A *storm* (desk/a b.txt)</h2>" in html
        assert "<td>Ann Lee</td>" in html

    def test_rows_can_be_limited(self):
        document = Document("a " * 60).with_annotations(
            Entity(start=n, end=n + 1, label="ORG", name="a") for n in range(0, 120, 2)
        )
        assert "… and 57 more" in whole(MarkdownWriter, document, SummaryConfig(rows=3))

    def test_what_a_document_says_is_no_markup(self):
        hostile = "<script>*a* `b` [c](d) | \x1b[31m &lt; _e_ \\"
        document = Document(hostile, id=hostile).with_annotations(
            [Entity(start=0, end=len(hostile), label="ORG", name=hostile)]
        )
        html = MarkdownIt("commonmark").enable("table").render(whole(MarkdownWriter, document))
        assert not re.search(r"<(?:script|em|code|a)\b|\x1b", html)
        assert html.count("<tr>") == 2
