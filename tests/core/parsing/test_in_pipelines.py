"""The shared parse as the steps of a pipeline meet it."""

from __future__ import annotations

import pytest

from copydesk import Annotation, Component, Pipeline
from copydesk.errors import PipelineError
from copydesk.parsing import MAX_CHARS, SharedParse


def reading(uses, look) -> tuple[Component, list]:
    """A component that uses these attributes and keeps what `look` sees in the parse."""
    seen = []

    def process(self, document):
        seen.append(look(document.doc))
        return []

    attributes = {"__doc__": "For a test.", "name": "reading", "uses": uses, "process": process}
    return type("Reading", (Component,), attributes)(), seen


def test_each_parsing_happens_once_for_all_steps(monkeypatch):
    calls = []
    original = SharedParse.parse_all
    monkeypatch.setattr(
        SharedParse, "parse_all", lambda self, texts, **more: calls.append(list(texts)) or original(self, texts, **more)
    )
    first, one = reading(("token.dep",), id)
    second, two = reading(("doc.sents",), id)
    Pipeline([first, type("Other", (type(second),), {"name": "other", "__doc__": "x"})()])("One. Two.")
    assert calls == [["One. Two."]]
    assert one == two
    assert len(one) == 1


def test_a_step_sees_the_parse_only_if_it_asks():
    asks, _ = reading(("token.text",), len)
    seen = []

    class Silent(Component):
        """Asks for nothing."""

        name = "silent"

        def process(self, document):
            seen.append(document.has_doc)
            return []

    class Optional(Silent):
        """Takes what is there anyway."""

        name = "optional"
        uses_optional = ("token.dep",)

    Pipeline([asks, Silent(), Optional()], model="blank:en")("Text.")
    assert seen == [False, True]
    seen.clear()
    Pipeline([Optional()], model="no-such-model")("Text.")
    assert seen == [False], "what is optional loads no model"


def test_the_parse_does_not_leave_the_pipeline():
    component, _ = reading(("token.text",), len)
    assert not Pipeline([component], model="blank:en")("Text.").has_doc


@pytest.mark.parametrize(
    "uses", [("dep",), ("lexeme.text",), ("",), ("token",), ("token.",), ("Token.dep",), "token.dep", (7,)]
)
def test_uses_that_are_no_attributes_are_refused_in_python_too(uses):
    """The registry checks classes; an instance may set its own, and Pipeline([…]) asks no registry."""
    with pytest.raises(PipelineError, match=r'tuple of spaCy attributes, such as \("token\.dep", "doc\.ents"\)'):
        Pipeline([reading(uses, len)[0]], model="blank:en").open()


def test_steps_that_need_no_parse_run_where_it_failed(poisoned):
    class Found(Annotation):
        """For a test."""

    class Simple(Component):
        """Needs no parse."""

        name = "simple"
        provides = (Found,)

        def process(self, document):
            return [Found(start=0, end=1)]

    parsing, seen = reading(("doc.ents",), len)
    (result,) = Pipeline([parsing, Simple()], model=poisoned).pipe(["POISON"], on_error="record")
    assert len(result.errors) == 1
    assert seen == []
    assert len(result.document[Found]) == 1


def test_a_long_text_needs_no_parse_where_no_step_uses_one():
    class Silent(Component):
        """Asks for nothing."""

        name = "silent"

        def process(self, document):
            return []

    assert len(Pipeline([Silent()])("x" * (MAX_CHARS + 1)).text) == MAX_CHARS + 1


def test_interleaved_streams_share_one_parse():
    component, _ = reading(("token.text",), len)
    pipeline = Pipeline([component], model="blank:en")
    one, two = pipeline.pipe(f"alpha{n}" for n in range(150)), pipeline.pipe(f"beta{n}" for n in range(150))
    assert [(a.document.text, b.document.text) for a, b in zip(one, two, strict=True)] == [
        (f"alpha{n}", f"beta{n}") for n in range(150)
    ]


def test_a_pipeline_works_on_after_an_interrupt():
    calls = []

    class Interrupted(Component):
        """Is interrupted once."""

        name = "interrupted"
        uses = ("token.text",)

        def process(self, document):
            calls.append(len(document.doc))
            if len(calls) == 1:
                raise KeyboardInterrupt
            return []

    pipeline = Pipeline([Interrupted()], model="blank:en")
    with pytest.raises(KeyboardInterrupt):
        pipeline("first text")
    pipeline("second text is longer")
    assert calls == [2, 4]


def test_an_error_can_be_looked_at_after_its_batch():
    """Its frames held tokens whose memory is gone."""

    class Failing(Component):
        """Fails while it holds a token."""

        name = "failing"
        uses = ("token.text",)

        def process(self, document):
            token = document.doc[0]
            raise ValueError(token.text)

    (result,) = Pipeline([Failing()], model="blank:en").pipe(["unheard-of"], on_error="record")
    trace = result.errors[0].__cause__.__traceback__
    frames = []
    while trace is not None:
        frames.append(trace.tb_frame)
        trace = trace.tb_next
    assert all("token" not in frame.f_locals for frame in frames)
