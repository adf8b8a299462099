"""Documents to find quotes in: parsed by the bundled pipeline, with names and references given by hand."""

from __future__ import annotations

import pytest
import spacy

from copydesk import Context, Document, Entity, Mention, Quote
from copydesk_quotes.component import Quotes, QuotesConfig
from copydesk_structure.structure import Structure


@pytest.fixture(scope="session")
def nlp():
    copydesk_english = pytest.importorskip("copydesk_english")
    return copydesk_english.load(exclude=["ner"])


@pytest.fixture(scope="session")
def blank():
    return spacy.blank("en")


def ready(component):
    component.setup(Context())
    return component


def structured(text, doc):
    """A document with its parse, sections and quotations."""
    structure = ready(Structure())
    return Document(text).with_annotations(structure.process(Document(text)), provides=structure.provides).with_doc(doc)


def with_names(document, names, others=()):
    """The document with entities where names stand, and other mentions of them.

    Args:
        document: to put them on.
        names: pairs of label and name; names with the same last word are of one entity.
        others: triples of kind, span and the last word of a name.
    """
    entities, mentions = {}, []
    for label, name in names:
        at = -1
        while (at := document.text.find(name, at + 1)) >= 0:
            end = at + len(name)
            if any(mention.start <= at < mention.end for mention in mentions):
                continue
            entity = entities.setdefault(name.split()[-1], Entity(start=at, end=end, label=label, name=name))
            mentions.append(Mention(start=at, end=end, kind="name", entity=entity.ref))
    for kind, (start, end), name in others:
        mentions.append(Mention(start=start, end=end, kind=kind, entity=entities[name].ref))
    return document.with_annotations([*entities.values(), *mentions], provides=(Entity, Mention))


class Reader:
    """Runs the component on a text, with names and pronouns at given words."""

    def __init__(self, nlp):
        self.nlp = nlp

    def __call__(self, text, names=(), pronouns=(), doc=None, **settings):
        component = ready(Quotes(QuotesConfig(**settings)))
        document = structured(text, self.nlp(text) if doc is None else doc)
        others = []
        for word, place, name in pronouns:
            at = text.index(word, place)
            others.append(("pronoun", (at, at + len(word)), name))
        document = with_names(document, names, others)
        return Read(document.with_annotations(component.process(document), provides=component.provides))


class Read:
    """What was read, in words."""

    def __init__(self, document):
        self.document = document
        self.quotes = list(document[Quote])

    def text(self, spans):
        return " ... ".join(self.document.text_of(span) for span in spans)

    def speaker(self, quote):
        speaker = self.document.resolve(quote.speaker)
        return None if speaker is None else speaker.name

    def rows(self):
        return [
            (quote.kind, self.text(quote.source), self.text(quote.cue), self.text(quote.content))
            for quote in self.quotes
        ]


@pytest.fixture(scope="session")
def on_page():
    return structured


@pytest.fixture(scope="session")
def named():
    return with_names


@pytest.fixture(scope="session")
def read(nlp):
    return Reader(nlp)
