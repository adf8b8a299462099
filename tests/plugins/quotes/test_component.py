"""The component: from a document to quotes."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from copydesk import Context, Mention, Quote
from copydesk_quotes.component import Quotes
from copydesk_quotes.reading.names import Names
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.relay import Relays


def test_direct_speech_with_its_cue_source_and_speaker(read) -> None:
    found = read("“We will rebuild the bridge,” Anna Weber said on Monday.", names=[("PERSON", "Anna Weber")])
    assert found.rows() == [("direct", "Anna Weber", "said", "“We will rebuild the bridge,”")]
    assert found.speaker(found.quotes[0]) == "Anna Weber"


def test_indirect_speech(read) -> None:
    found = read("The minister said that the bridge would be rebuilt.")
    assert found.rows() == [("indirect", "The minister", "said", "that the bridge would be rebuilt")]
    assert found.speaker(found.quotes[0]) is None


def test_an_attribution_in_the_middle_joins_two_pieces(read) -> None:
    found = read("“We will rebuild the bridge,” Anna Weber said. “It will take a year.”")
    assert [row[3] for row in found.rows()] == ["“We will rebuild the bridge,” ... “It will take a year.”"]


def test_who_is_told_is_not_the_speaker(read) -> None:
    found = read(
        "Anna Weber told Peter Hall: “We will rebuild the bridge next year.”",
        names=[("PERSON", "Anna Weber"), ("PERSON", "Peter Hall")],
    )
    assert [found.speaker(quote) for quote in found.quotes] == ["Anna Weber"]


def test_a_pronoun_is_resolved_by_its_mention(read) -> None:
    text = "Anna Weber spoke for an hour. “We will rebuild the bridge,” she said."
    found = read(text, names=[("PERSON", "Anna Weber")], pronouns=[("she", 30, "Weber")])
    assert [found.speaker(quote) for quote in found.quotes if quote.kind == "direct"] == ["Anna Weber"]


def test_a_relay_is_the_outlet_or_document(read) -> None:
    found = read("“We will rebuild the bridge,” Anna Weber said in a statement.")
    assert [found.text(quote.relay) for quote in found.quotes] == ["a statement"]


def test_a_relay_has_the_whole_of_a_name_that_the_parse_cuts_in_two(blank, on_page, named) -> None:
    words = ["Fabius", "told", "France", "Inter", "radio", "“", "It", "rained", "”", "."]
    doc = Doc(
        blank.vocab,
        words=words,
        heads=[1, 1, 1, 4, 1, 7, 7, 1, 7, 1],
        deps=["nsubj", "ROOT", "iobj", "compound", "obl", "punct", "nsubj", "ccomp", "punct", "punct"],
        pos=["PROPN", "VERB", "PROPN", "PROPN", "NOUN", "PUNCT", "PRON", "VERB", "PUNCT", "PUNCT"],
        tags=["NNP", "VBD", "NNP", "NNP", "NN", "``", "PRP", "VBD", "''", "."],
        lemmas=["Fabius", "tell", "France", "Inter", "radio", "“", "it", "rain", "”", "."],
    )
    document = named(on_page(doc.text, doc), [("ORG", "France Inter")])
    places = Places(document.text, Tree(document.parse), [], [])
    assert [document.text_of(relay) for relay in Relays(places, Names(document)).of(1, ())] == ["France Inter radio"]


def test_only_the_kinds_asked_for_come_back(read) -> None:
    text = "The minister said that the bridge would be rebuilt. “It will take a year,” he said."
    assert {quote.kind for quote in read(text).quotes} == {"direct", "indirect"}
    assert {quote.kind for quote in read(text, kinds=("direct",)).quotes} == {"direct"}


def test_the_minimum_confidence_is_a_floor(read) -> None:
    text = "The minister said that the bridge would be rebuilt. The council discussed the bridge."
    for least in (0.1, 0.5, 0.8):
        assert all(quote.confidence >= least for quote in read(text, minimum_confidence=least).quotes)


def test_extra_cues_report_as_say_does(read) -> None:
    text = "Anna Weber trilled that the bridge would be rebuilt."
    assert not read(text, engine="rules").quotes
    assert [row[2] for row in read(text, engine="rules", extra_cues=("trill",)).rows()] == ["trilled"]


def test_a_cue_has_its_particle(read) -> None:
    found = read("Anna Weber pointed out that the bridge was old.", engine="rules")
    assert [row[2] for row in found.rows()] == ["pointed out"]


def test_no_break_spaces_are_spaces(read) -> None:
    text = "«\u00a0We will rebuild the bridge\u00a0»,\u00a0Anna Weber\u00a0said on Monday."
    (row,) = read(text).rows()
    assert row == ("direct", "Anna Weber", "said", "«\u00a0We will rebuild the bridge\u00a0»")


def test_without_mentions_there_are_quotes_without_speakers(nlp, on_page) -> None:
    text = "“We will rebuild the bridge,” Anna Weber said."
    component = Quotes()
    component.setup(Context())
    document = on_page(text, nlp(text))
    assert Mention not in document
    assert [quote.speaker for quote in component.process(document)] == [None]


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "“", "”\n“", "\u2028", "🙂" * 50, "a\u0301" * 100, "\r\n\r\n", "שלום “עולם”"]
)
def test_hostile_text_gives_sound_annotations(read, text: str) -> None:
    read(text)


def test_it_declares_what_it_provides() -> None:
    assert Quotes.provides == (Quote,)
    assert Quotes.description()


def test_the_same_document_gives_the_same_quotes(nlp, on_page) -> None:
    text = "“We will rebuild the bridge,” Anna Weber said. The minister said it would cost a lot."
    component = Quotes()
    component.setup(Context())
    document = on_page(text, nlp(text))
    assert list(component.process(document)) == list(component.process(document))
