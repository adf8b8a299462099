"""Context: what `setup` is given, and what it says where there is no parse."""

from __future__ import annotations

import pytest
import spacy

from copydesk import Annotation, Component, Config, Context, Pipeline
from copydesk.errors import StepError, UsageError


class Token(Annotation):
    """A token."""


class DeepConfig(Config):
    """Settings."""

    deep: bool = False


class Titles(Component[DeepConfig]):
    """Uses the parse where its settings say so."""

    name = "titles"
    provides = (Token,)

    def used(self):
        return ("token.tag",) if self.config.deep else ()

    def setup(self, context):
        context.logger.debug("on %s", context.vocab)

    def process(self, document):
        return [Token(start=token.idx, end=token.idx + len(token)) for token in document.doc]


def test_without_a_parse_it_says_what_to_do():
    context = Context()
    assert not context.has_parse
    for name in ("nlp", "vocab"):
        with pytest.raises(UsageError, match=r"no step uses it; name in `uses` what you read of it"):
            getattr(context, name)


def test_with_a_parse_it_has_its_vocabulary():
    nlp = spacy.blank("en")
    context = Context(nlp=nlp)
    assert context.has_parse
    assert context.nlp is nlp
    assert context.vocab is nlp.vocab


def test_a_component_may_use_what_its_settings_say():
    assert len(Pipeline([Titles(DeepConfig(deep=True))])("Ann Lee")[Token]) == 2
    with pytest.raises(StepError, match=r"step 'titles' cannot be set up: UsageError: there is no parse.* `uses`"):
        Pipeline([Titles()])("Ann Lee")
