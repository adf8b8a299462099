"""The made-up parse and layers that components under test are given."""

import pytest
from hypothesis import given, settings

from copydesk import (
    Annotation,
    Document,
    Entity,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    TimeExpression,
    Trait,
)
from copydesk.model.vocabulary import VOCABULARY
from copydesk.testing import texts, toy_layers, toy_parse
from copydesk.testing.toyparse import LAYERS

TEXT = "Yesterday minister Ann Lee met 27 people in Paris in 2015. “We won,” she said to the Daily Star of London."


class TestParse:
    @settings(deadline=None, max_examples=50)
    @given(texts())
    def test_has_the_text_and_all_layers(self, text):
        for scheme in ("ud", "spacy"):
            doc = toy_parse(text, scheme=scheme)
            assert doc.text == text
            for attribute in ("TAG", "POS", "LEMMA", "DEP", "SENT_START"):
                assert doc.has_annotation(attribute)
            assert "".join(sent.text_with_ws for sent in doc.sents) == text
            list(doc.noun_chunks)

    @given(texts())
    @settings(deadline=None, max_examples=30)
    def test_is_the_same_every_time(self, text):
        assert toy_parse(text).to_bytes() == toy_parse(text).to_bytes()

    def test_speaks_both_schemes(self):
        ud, spacy = toy_parse(TEXT), toy_parse(TEXT, scheme="spacy")
        assert {"nsubj", "obj", "obl", "case", "root"} <= {token.dep_ for token in ud}
        assert {"nsubj", "dobj", "pobj", "prep", "ROOT"} <= {token.dep_ for token in spacy}
        assert {ent.label_ for ent in ud.ents} != {ent.label_ for ent in spacy.ents}
        assert [ent.text for ent in ud.ents] == ["Ann Lee", "Paris", "Daily Star", "London"]

    def test_finds_sentences_with_their_quotation_marks(self):
        doc = toy_parse("She left. “We won.” They did! And then")
        assert [sent.text for sent in doc.sents] == ["She left.", "“We won.”", "They did!", "And then"]

    @pytest.mark.parametrize("layer", sorted(LAYERS))
    def test_holds_no_more_than_it_is_asked_for(self, layer):
        doc = toy_parse(TEXT, layers=[layer])
        held = {
            "tag": doc.has_annotation("TAG"),
            "pos": doc.has_annotation("POS"),
            "lemma": doc.has_annotation("LEMMA"),
            "dep": doc.has_annotation("DEP"),
            "ents": bool(doc.ents),
        }
        assert {name for name, there in held.items() if there} == {layer} - {"sents"}
        assert doc.has_annotation("SENT_START") == (layer in {"sents", "dep"})

    def test_brackets_in_a_row_cost_linear_time(self):
        assert len(toy_parse("(" * 50_000).text) == 50_000


class TestLayers:
    @settings(deadline=None, max_examples=50)
    @given(texts())
    def test_fit_every_text(self, text):
        made = toy_layers(text)
        document = Document(text).with_annotations(made, provides=VOCABULARY)
        assert Document.from_json(document.to_json()) == document
        assert toy_layers(text) == made

    def test_are_placed_by_rule(self):
        document = Document(TEXT).with_annotations(toy_layers(TEXT))
        assert [document.text_of(e) for e in document[Entity]] == [
            "Yesterday", "Ann Lee", "Paris", "We", "Daily Star", "London",
        ]  # fmt: skip
        [role, *_] = document[Trait]
        assert (document.text_of(role), role.entity) == ("minister", document[Entity][1].id)
        assert [document.text_of(q) for q in document[Quantity]] == ["27", "2015"]
        assert document.text_of(document[Quantity][0].counted) == "people"
        assert [t.timex for t in document[TimeExpression]] == ["2015"]
        assert [document.text_of(q) for q in document[Quote]] == ["“We won,”"]
        assert [document.text_of(q.inner) for q in document[Quotation]] == ["We won,"]
        assert len(document[Sentence]) == 2
        assert document[Quote][0].speaker == document[Entity][4].id
        assert [m.entity for m in document[Mention] if m.kind == "pronoun"] == [document[Entity][3].id]
        assert [s.kind for s in document[Section]] == ["paragraph"]

    def test_the_same_name_is_the_same_entity(self):
        entity, first, second = toy_layers("for Ann Lee and Ann Lee", [Mention])
        assert first.entity == second.entity == entity.id

    def test_only_the_types_that_were_asked_for_and_what_they_refer_to(self):
        assert {type(made) for made in toy_layers(TEXT, [Quote])} == {Entity, Quote}
        assert {type(made) for made in toy_layers(TEXT, [Quantity])} == {Quantity}
        assert toy_layers(TEXT, []) == []

    def test_an_unknown_type_cannot_be_made_up(self):
        class Shout(Annotation):
            """A word in capitals."""

        with pytest.raises(ValueError, match="Shout is none of the shared types"):
            toy_layers(TEXT, [Shout])
