"""Documents to find quotes in: parsed by the bundled pipeline, with names and references given by hand."""

from __future__ import annotations

import pytest
import spacy

from copydesk import Document, Entity, Finding, Quote, Reference
from copydesk_quotes.component import Quotes


@pytest.fixture(scope="session")
def nlp():
    copydesk_english = pytest.importorskip("copydesk_english")
    return copydesk_english.load(exclude=["ner"])


@pytest.fixture(scope="session")
def blank():
    return spacy.blank("en")


class Reader:
    """Runs the component on a text, with entities and references at given words."""

    def __init__(self, nlp):
        self.nlp = nlp

    def __call__(self, text, names=(), references=(), doc=None, **settings):
        component = Quotes(**settings)
        component.setup()
        document = Document(text).with_doc(self.nlp(text) if doc is None else doc)
        first = {}
        annotations = []
        for label, word in names:
            at = -1
            while (at := text.find(word, at + 1)) >= 0:
                id = Entity.make_id(at, at + len(word))
                key = first.setdefault(word.split()[-1], id)
                annotations.append(Entity(start=at, end=at + len(word), label=label, name=word, entity=key))
        for word, place, name in references:
            at = text.index(word, place)
            annotations.append(Reference(start=at, end=at + len(word), kind="pronoun", entity=first[name]))
        document = document.with_annotations(annotations, provides=(Entity, Reference))
        return Read(document.with_annotations(component.process(document), provides=component.provides))


class Read:
    """What was read, in words."""

    def __init__(self, document):
        self.document = document
        self.quotes = list(document[Quote])
        self.findings = list(document[Finding])

    def text(self, spans):
        return " ... ".join(self.document.text_of(span) for span in spans)

    def speaker(self, quote):
        if quote.speaker is None:
            return None
        entity = self.document[Entity].get(quote.speaker)
        return self.document.text_of(entity)

    def rows(self):
        return [
            (quote.kind, self.text(quote.source), self.text(quote.cue), self.text(quote.content))
            for quote in self.quotes
        ]


@pytest.fixture(scope="session")
def read(nlp):
    return Reader(nlp)
