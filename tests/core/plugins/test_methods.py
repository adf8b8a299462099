"""What the methods of a component take and return, said in the author's words and with the author's line."""

from __future__ import annotations

import pytest

from copydesk import Annotation, Component, Document, Entity, Pipeline, Quote, Ref, Registry
from copydesk.errors import PluginLoadError, StepError, UsageError


class Shout(Annotation):
    """A word in capitals."""

    of: Ref[Entity] | None = None


class Plain(Component):
    """Finds nothing."""

    name = "plain"
    provides = (Shout,)

    def process(self, document):
        return []


class NoContext(Plain):
    """Sets up with nothing."""

    def setup(self):
        pass


class NoDocument(Plain):
    """Processes nothing."""

    def process(self):
        return []


class OwnInit(Plain):
    """Takes no settings."""

    def __init__(self):
        self.words = []


class OwnInitOfSettings(Plain):
    """Takes settings, and keeps none."""

    def __init__(self, config=None):
        self.words = config


FAULTS = [
    (
        NoContext,
        r"NoContext.setup \(tests/core/plugins/test_methods.py, line \d+\) does not take .* write `def setup\(self, context\)`",
    ),
    (
        NoDocument,
        r"NoDocument.process \(tests/core/plugins/test_methods.py, line \d+\) .* write `def process\(self, document\)`",
    ),
    (
        OwnInit,
        r"OwnInit.__init__ \(tests/core/plugins/test_methods.py, line \d+\) .* leave it out: the settings are self.config",
    ),
]


@pytest.mark.parametrize(("kind", "message"), FAULTS)
def test_a_plugin_whose_methods_take_something_else_cannot_be_loaded(kind, message):
    with pytest.raises(PluginLoadError, match=message):
        Registry(installed=False).add(kind)


@pytest.mark.parametrize(("kind", "message"), FAULTS[:2])
def test_nor_can_a_pipeline_of_it_be_opened(kind, message):
    with pytest.raises(StepError, match=f"step 'plain' cannot be set up: .*{message}"):
        Pipeline([kind()]).open()


@pytest.mark.parametrize("kind", [OwnInit, OwnInitOfSettings])
def test_an_init_that_keeps_no_settings(kind):
    with pytest.raises(UsageError, match="has an __init__ of its own that sets no settings; leave it out"):
        Pipeline([kind()])


# What only a pipeline can tell


class Finder(Component):
    """Finds one entity, and shouts about another."""

    name = "finder"
    provides = (Entity, Shout)

    def process(self, document):
        entity = Entity(start=0, end=3, label="PERSON", name="Ann")
        return [Shout(start=0, end=3, of=entity.ref)]


class Twice(Component):
    """Returns one id twice."""

    name = "twice"
    requires = (Entity,)
    revises = (Entity,)

    def process(self, document):
        for entity in document[Entity]:
            yield entity
            yield Entity(start=entity.start, end=entity.end, id=entity.id, label="ORG", name="other")


def failure(pipeline, document):
    with pytest.raises(StepError) as caught:
        pipeline(document)
    return str(caught.value)


def test_what_is_referred_to_must_be_returned_too():
    said = failure(Pipeline([Finder()]), "Ann")
    assert "the layer 'entity' has no such annotation; return it too, or leave the reference out" in said


def test_an_id_that_comes_twice_says_how_to_make_another():
    given = Document("Ann").with_annotations([Entity(start=0, end=3, label="PERSON", name="Ann")])
    said = failure(Pipeline([Twice()], given=["entity"]), given)
    assert "has the id 'entity:0-3' twice" in said
    assert "id=Entity.make_id(start, end, 'b')" in said


def test_a_plugin_file_that_cannot_be_imported_names_its_own_line(tmp_path):
    file = tmp_path / "shouts.py"
    file.write_text("import json\n\nclass Shout(Anotation):\n    pass\n")
    with pytest.raises(PluginLoadError, match=r"NameError: name 'Anotation' is not defined \(shouts.py, line 3\)"):
        Registry(installed=False).add_file(file)
    file.write_text("import json\n\njson.loads('{')\n")
    with pytest.raises(PluginLoadError, match=r"JSONDecodeError: .* \(shouts.py, line 3\)"):
        Registry(installed=False).add_file(file)


# What extends a shared type


class TonedQuote(Quote):
    """A quote with its tone."""

    tone: float


class Tone(Component):
    """Judges the tone of the first quote, and returns the others as they are."""

    name = "tone"
    requires = (Quote,)
    revises = (TonedQuote,)

    def process(self, document):
        first, *others = document[Quote]
        return [TonedQuote.extend(first, tone=0.5), *others]


def test_what_extends_a_layer_may_leave_others_as_they_were():
    quotes = [Quote(start=at, end=at + 3, kind="direct", content=[(at, at + 3)]) for at in (0, 4)]
    pipeline = Pipeline([Tone()], given=["quote"])
    document = pipeline(Document("yes and no.").with_annotations(quotes))
    assert [quote.start for quote in document[Quote]] == [0, 4]
    assert [quote.tone for quote in document[TonedQuote]] == [0.5]
    assert pipeline.provides == (TonedQuote,)


class Wrong(Tone):
    """Returns what it does not declare."""

    def process(self, document):
        return [Shout(start=0, end=1)]


def test_what_it_may_not_return_names_what_it_revises():
    given = Document("yes").with_annotations([], provides=[Quote])
    said = failure(Pipeline([Wrong()], given=["quote"]), given)
    assert "process gave Shout, which 'tone' does not declare; its `revises` is (TonedQuote)" in said
