"""annotate: one component on one text, for plain tests."""

import pytest
from hypothesis import given, settings
from pydantic import Field

from copydesk import Component, Config, Document, Entity, Quantity, Section
from copydesk.errors import AnnotationError
from copydesk.testing import annotate, documents, toy_layers, toy_parse


class DigitsConfig(Config):
    shortest: int = Field(1, description="Ignore shorter ones.")


class Digits(Component[DigitsConfig]):
    """Finds rows of digits by the parse."""

    name = "digits"
    provides = (Quantity,)
    uses = ("token.tag",)

    def setup(self, context):
        self.ready = True

    def process(self, document):
        assert self.ready
        for token in document.doc:
            if token.tag_ == "CD" and len(token) >= self.config.shortest:
                start, end = token.idx, token.idx + len(token)
                yield Quantity(start=start, end=end, kind="cardinal", number=(start, end))


class Surnames(Component):
    """Copies entities."""

    name = "surnames"
    requires = (Entity,)
    provides = (Section,)

    def process(self, document):
        assert Entity in document
        return [Section(start=e.start, end=e.end, kind="other") for e in document[Entity]]


def test_takes_a_class_or_a_configured_component():
    assert [q.start for q in annotate(Digits, "7 of 20")[Quantity]] == [0, 5]
    assert [q.start for q in annotate(Digits(DigitsConfig(shortest=2)), "7 of 20")[Quantity]] == [5]


def test_gives_a_parse_of_the_authors_own():
    doc = toy_parse("7 of 20", layers=[])
    assert not annotate(Digits, "7 of 20", doc=doc)[Quantity]
    assert not annotate(Digits, Document("7 of 20").with_doc(doc))[Quantity]


def test_gives_what_comes_before():
    text = "for Ann Lee"
    assert not annotate(Surnames, text)[Section]
    assert [s.start for s in annotate(Surnames, text, toy_layers(text, [Entity]))[Section]] == [4]


def test_gives_metadata():
    assert annotate(Digits, "7", metadata={"title": "x"}).metadata["title"] == "x"


def test_the_layer_is_there_even_if_empty():
    assert Quantity in annotate(Digits, "none")


def test_holds_it_to_what_it_declares():
    class Wrong(Digits):
        """Declares the wrong type."""

        provides = (Section,)

    with pytest.raises(AnnotationError, match=r"process gave Quantity, .* its `provides` is \(Section\)"):
        annotate(Wrong, "7")

    class Nothing(Digits):
        """Forgets to return."""

        def process(self, document):
            return None

    with pytest.raises(AnnotationError, match="returned None"):
        annotate(Nothing, "7")


@settings(deadline=None, max_examples=50)
@given(documents())
def test_documents_are_documents(document):
    assert Document.from_json(document.to_json()) == document
