"""A pipeline as a component of a spaCy pipeline, and documents of spaCy's own."""

from __future__ import annotations

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

import copydesk_english
from copydesk import Component, Document, Entity, Pipeline, Quote, Sentence
from copydesk.errors import AnnotationError, PipelineError, StepError
from copydesk.spacy_pipe import CopydeskPipe

TEXT = "“We found nothing,” said Ann Lee, the mayor of Dover."


@pytest.fixture(scope="module")
def nlp():
    made = copydesk_english.load()
    made.add_pipe("copydesk", config={"pipeline": "quotes"})
    return made


class TestDocuments:
    def test_of_a_bare_doc_has_its_parse_and_no_layers(self):
        doc = spacy.blank("en")(TEXT)
        document = Document.from_spacy(doc, id="a", metadata={"title": "T"})
        assert (document.id, document.text, document.metadata, document.layers) == ("a", TEXT, {"title": "T"}, ())
        assert document.doc is doc

    def test_a_pipeline_reads_the_parse_that_a_document_brings(self):
        seen = []

        class Reader(Component):
            """Looks at tokens."""

            name = "reader"
            api = 1
            provides = (Sentence,)
            uses = ("token.tag",)

            def process(self, document):
                seen.append([token.tag_ for token in document.doc])
                return []

        nlp = copydesk_english.load()
        doc = Doc(nlp.vocab, words=["Ann", "left"], tags=["ZZ", "YY"])
        document = Pipeline([Reader()], model=nlp)(Document.from_spacy(doc, id="a"))
        assert (seen, document.id) == ([["ZZ", "YY"]], "a")

    def test_layers_of_another_text_are_refused(self):
        doc = spacy.blank("en")(TEXT)
        doc.user_data["copydesk"] = {"text": "another"}
        with pytest.raises(AnnotationError, match="made on another text"):
            Document.from_spacy(doc)


class TestComponent:
    def test_layers_are_in_the_document_and_as_spans(self, nlp):
        doc = nlp(TEXT)
        document = doc._.copydesk
        [quote] = document[Quote]
        assert document.resolve(quote.speaker).name == "Ann Lee"
        [span] = doc.spans["quote"]
        assert (span.text, span.label_, span.id_) == ("“We found nothing,”", "direct", quote.id)
        assert {span.label_ for span in doc.spans["entity"]} == {entity.label for entity in document[Entity]}

    def test_it_says_what_a_pipeline_of_its_own_says(self, nlp):
        assert nlp(TEXT)._.copydesk[Quote] == Pipeline.load("quotes")(TEXT)[Quote]

    @pytest.mark.parametrize("keep", ["bytes", "docbin"])
    def test_layers_survive(self, nlp, keep):
        doc = nlp(TEXT)
        if keep == "bytes":
            again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
        else:
            kept = DocBin(store_user_data=True, docs=[doc]).to_bytes()
            [again] = DocBin(store_user_data=True).from_bytes(kept).get_docs(nlp.vocab)
        assert again._.copydesk == doc._.copydesk
        assert [span.text for span in again.spans["quote"]] == ["“We found nothing,”"]

    def test_many_in_processes(self, nlp):
        texts = [f"“No. {number},” said Ann Lee." for number in range(6)]
        docs = list(nlp.pipe(texts, n_process=2, batch_size=3))
        assert [doc.text for doc in docs] == texts
        assert all(len(doc._.copydesk[Quote]) == 1 for doc in docs)

    def test_it_is_written_with_its_pipeline(self, nlp, tmp_path):
        nlp.to_disk(tmp_path / "nlp")
        doc = spacy.load(tmp_path / "nlp")(TEXT)
        assert len(doc.spans["quote"]) == 1

    def test_displacy_shows_spans(self, nlp):
        page = displacy.render(nlp(TEXT), style="span", options={"spans_key": "quote"}, jupyter=False)
        assert "direct" in page

    def test_what_the_parse_lacks_is_named(self):
        bare = spacy.blank("en")
        bare.add_pipe("copydesk", config={"pipeline": "quotes"})
        with pytest.raises(PipelineError, match=r"does not provide .*, which step"):
            bare(TEXT)


class Picky(Component):
    """Fails on some texts."""

    name = "picky"
    api = 1
    provides = (Sentence,)

    def process(self, document):
        if "bad" in document.text:
            raise ValueError("too bad")
        return [Sentence(start=0, end=len(document.text))]


class TestErrors:
    def nlp(self):
        made = spacy.blank("en")
        made.add_pipe("copydesk", config={"pipeline": "numbers"})
        pipe = CopydeskPipe(made, "copydesk", Pipeline([Picky()]))
        pipe.set_error_handler(made.get_pipe("copydesk").get_error_handler())
        return made, pipe

    def test_one_raises(self):
        made, pipe = self.nlp()
        with pytest.raises(StepError, match="too bad"):
            pipe(made.make_doc("bad"))

    def test_of_many_one_is_told_and_its_neighbours_go_on(self):
        made, pipe = self.nlp()
        told = []
        pipe.set_error_handler(lambda name, component, docs, error: told.append((name, docs[0].text, str(error))))
        docs = [made.make_doc(text) for text in ("good", "bad", "fine")]
        assert [doc.text for doc in pipe.pipe(docs)] == ["good", "fine"]
        assert [each[:2] for each in told] == [("copydesk", "bad")]
        assert "too bad" in told[0][2]
