"""Pipeline: steps over one document or a stream, and what happens when one of them fails."""

from __future__ import annotations

import subprocess
import sys
from itertools import count, islice
from pathlib import Path

import pytest
from pydantic import Field

from copydesk import (
    Annotation,
    Component,
    Config,
    Document,
    Entity,
    ErrorRecord,
    Pipeline,
    Quote,
    Registry,
    Result,
    Step,
    StepRecord,
)
from copydesk.errors import AnnotationError, FormatError, InvalidPipelineError, StepError, TextError, UsageError
from copydesk.pipeline.batches import BATCH_CHARS, BATCH_SIZE


class Shout(Annotation):
    """A word in capitals."""

    word: str


class Echo(Annotation):
    """A shout, once more."""

    of: str


class ShoutConfig(Config):
    """Its settings."""

    min_length: int = Field(2, ge=1, description="Ignore shorter words.")


class Shouts(Component[ShoutConfig]):
    """Finds words in capitals; fails, half way, on documents that say so."""

    name = "shouts"
    provides = (Shout,)

    def process(self, document):
        start = 0
        for word in document.text.split(" "):
            if word == "FAIL":
                raise ValueError("as the text says")
            if word.isupper() and len(word) >= self.config.min_length:
                yield Shout(start=start, end=start + len(word), word=word)
            start += len(word) + 1


class Echoes(Component):
    """Repeats what it hears."""

    name = "echoes"
    requires = (Shout,)
    provides = (Echo,)

    def process(self, document):
        return [Echo(start=shout.start, end=shout.end, of=shout.id) for shout in document[Shout]]


class Independent(Component):
    """Needs nothing."""

    name = "independent"
    provides = (Entity,)

    def process(self, document):
        return []


def giving(value, *, provides=(Shout,)) -> Component:
    """A component whose `process` returns what `value()` gives."""
    attributes = {
        "__doc__": "For a test.",
        "name": "giving",
        "provides": provides,
        "process": lambda self, document: value(),
    }
    return type("Giving", (Component,), attributes)()


def only_error(pipeline: Pipeline, text: str = "some text"):
    (result,) = pipeline.pipe([text], on_error="record")
    (error,) = result.errors
    return error


# One document


def test_a_text_becomes_a_document_with_layers():
    document = Pipeline([Shouts(), Echoes()])("say IT LOUD")
    assert [shout.word for shout in document[Shout]] == ["IT", "LOUD"]
    assert [echo.of for echo in document[Echo]] == [f"{Shout.layer}:4-6", f"{Shout.layer}:7-11"]
    assert document.text == "say IT LOUD"
    assert document.errors == ()


def test_a_document_keeps_what_it_brought():
    given = Document("say IT", id="x", metadata={"title": "t"})
    document = Pipeline([Shouts()])(given)
    assert (document.id, dict(document.metadata)) == ("x", {"title": "t"})
    assert Shout not in given, "the document that went in is as it was"


def test_a_step_that_found_nothing_was_there_all_the_same():
    document = Pipeline([Shouts()])("quiet")
    assert Shout in document
    assert len(document[Shout]) == 0


def test_empty_text():
    assert Pipeline([Shouts(), Echoes()])("").text == ""


def test_later_steps_see_what_earlier_ones_found():
    document = Pipeline([Shouts(), Echoes()])(Pipeline([Independent()])("say IT"))
    assert document.layers == ("entity", Shout.layer, Echo.layer)


def test_what_is_no_text_is_an_error():
    with pytest.raises(TextError, match="lone surrogate"):
        Pipeline([Shouts()])("\ud800")


@pytest.mark.parametrize("text", [None, 7, b"bytes", ["a"]])
def test_what_is_no_document_is_a_wrong_call(text):
    with pytest.raises(UsageError, match=f"takes a text, a Document or a spaCy Doc, not {type(text).__name__}"):
        Pipeline([Shouts()])(text)


# Provenance


def test_every_annotation_knows_its_step():
    document = Pipeline([Step.of(Shouts(ShoutConfig(min_length=3)), id="loud"), Echoes()])("say IT LOUD")
    assert {shout.step for shout in document[Shout]} == {"loud"}
    assert {echo.step for echo in document[Echo]} == {"echoes"}
    assert document.steps == (
        StepRecord(id="loud", use="shouts", settings=Shouts(ShoutConfig(min_length=3)).config_digest()),
        StepRecord(id="echoes", use="echoes", settings=Echoes().config_digest()),
    )


def test_the_distribution_of_a_plugin_is_on_record(distribution, plugin_source):
    distribution("acme-shouts", {"shouts": "acme_shouts"}, {"acme_shouts": plugin_source()}, version="2.5")
    (record,) = Pipeline.from_yaml("name: x\nsteps: [{use: shouts, id: mine}]")("text").steps
    assert (record.id, record.use, record.distribution, record.version) == ("mine", "shouts", "acme-shouts", "2.5")
    assert record.settings.startswith("sha256:")


def test_a_failed_step_is_not_on_record_as_done():
    (result,) = Pipeline([Shouts(), Independent()]).pipe(["FAIL"], on_error="record")
    assert [record.id for record in result.document.steps] == ["independent"]


# What process may give


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (lambda: None, "process returned None; return its annotations in a list, or yield them"),
        (lambda: [Echo(start=0, end=1, of="x")], "process gave Echo, which 'giving' does not declare"),
        (lambda: [Quote(start=0, end=1, kind="direct", content=[(0, 1)])], r"its `provides` is \(Shout\)"),
        (lambda: ["word"], "process gave str"),
        (lambda: [Annotation(start=0, end=1)], "process gave Annotation"),
        (lambda: [Shout], "process gave "),
        (lambda: [None], "process gave NoneType"),
        (lambda: 7, "process returned 7, which holds no annotations; return its annotations in a list"),
        (lambda: "word", "process returned 'word', which holds no annotations"),
        (
            lambda: Shout(start=0, end=1, word="x"),
            "process returned one Shout by itself; put it in a list, or yield it",
        ),
        (lambda: Document("text"), "process returned a document; documents never change, so return its annotations"),
        (lambda: [Shout(start=0, end=99, word="x")], "but the text has 9 code points"),
        (lambda: [Shout(start=10, end=10, word="x")], "but the text has 9 code points"),
        (lambda: [Shout(start=5, end=4, word="x")], "before it starts"),
        (lambda: [Shout(start=-1, end=4, word="x")], "Shout is not valid: 'start' must be at least 0, not -1"),
        (
            lambda: [Quote(start=0, end=1, kind="direct", content=[(0, 1)], speaker="entity:900-999")],
            "does not declare",
        ),
    ],
)
def test_what_is_undeclared_or_does_not_fit_is_refused(value, message):
    error = only_error(Pipeline([giving(value)]))
    assert isinstance(error, StepError)
    with pytest.raises(StepError, match=message):
        raise error


def test_a_span_inside_an_annotation_must_fit_too():
    def value():
        return [Quote(start=0, end=1, kind="direct", content=((0, 1),), cue=((3, 99),))]

    assert "[3, 99]" in str(only_error(Pipeline([giving(value, provides=(Quote,))])))


def test_a_reference_to_nothing_is_refused():
    def value():
        return [Quote(start=0, end=1, kind="direct", content=((0, 1),), speaker="entity:900-999")]

    error = only_error(Pipeline([giving(value, provides=(Quote,))]))
    assert "refers by 'speaker' to 'entity:900-999', but the layer 'entity' has no such annotation" in str(error)


def test_a_subclass_of_a_declared_type_is_another_type():
    class Yell(Shout):
        """Louder."""

    assert "process gave Yell" in str(only_error(Pipeline([giving(lambda: [Yell(start=0, end=1, word="x")])])))


def test_what_provides_an_extension_serves_who_needs_the_base():
    class Yell(Shout):
        """A shout with its volume."""

        volume: int = 11

    yells = giving(lambda: [Yell(start=0, end=4, word="some")], provides=(Yell,))
    document = Pipeline([yells, Echoes()])("some text")
    assert [echo.start for echo in document[Echo]] == [0]


@pytest.mark.parametrize("make", [list, tuple, iter, set, lambda items: (item for item in items)])
def test_any_iterable_will_do(make):
    document = Pipeline([giving(lambda: make([Shout(start=0, end=1, word="s")]))])("some text")
    assert len(document[Shout]) == 1


def test_the_same_thing_said_twice_is_one_thing():
    twice = [Shout(start=0, end=1, word="s"), Shout(start=0, end=1, word="s")]
    assert len(Pipeline([giving(lambda: twice)])("some text")[Shout]) == 1


def test_a_text_that_comes_back_is_annotated_again_with_the_same_result():
    pipeline = Pipeline([Shouts()])
    once = pipeline("say IT")
    assert pipeline(once)[Shout] == once[Shout]


# Failing steps


def test_a_failing_step_names_document_step_and_cause():
    with pytest.raises(
        StepError, match=r"step 'shouts' failed on document 'x': ValueError: as the text says"
    ) as caught:
        Pipeline([Shouts()])(Document("FAIL", id="x"))
    error = caught.value
    assert (error.document_id, error.step, error.path, error.line) == ("x", "shouts", None, None)
    assert isinstance(error.__cause__, ValueError)


def test_a_failing_step_names_its_line_of_the_pipeline_file():
    registry = Registry(installed=False)
    registry.add(Independent)
    registry.add(Shouts)
    text = "name: x\nsteps:\n  - use: independent\n  - id: loud\n    use: shouts\n"
    pipeline = Pipeline.from_yaml(text, registry=registry, path="p.yaml")
    error = only_error(pipeline, "FAIL")
    assert (error.step, error.path, error.line) == ("loud", "p.yaml", 5)
    assert "step 'loud' (p.yaml:5) failed on document" in str(error)


def test_what_a_failing_step_had_found_is_dropped():
    """Half a layer looks like a whole one."""
    (result,) = Pipeline([Shouts()]).pipe(["SOME MORE FAIL"], on_error="record")
    assert Shout not in result.document
    assert not result.ok


def test_steps_that_need_a_failed_layer_are_left_out_and_others_run():
    pipeline = Pipeline([Shouts(), Echoes(), Independent()])
    (result,) = pipeline.pipe([Document("IT FAIL", id="x")], on_error="record")
    assert [error.step for error in result.errors] == ["shouts", "echoes"]
    assert "step 'echoes' was left out on document 'x': it needs Shout" in str(result.errors[1])
    assert result.document.layers == ("entity",)
    assert [(record.error, record.step) for record in result.document.errors] == [
        ("StepError", "shouts"),
        ("StepError", "echoes"),
    ]


def test_a_layer_that_the_document_brought_is_enough_for_later_steps():
    brought = Document("IT FAIL").with_annotations([Shout(start=0, end=2, word="IT")])
    (result,) = Pipeline([Shouts(), Echoes()], given=(Shout.layer,)).pipe([brought], on_error="record")
    assert [error.step for error in result.errors] == ["shouts"]
    assert len(result.document[Echo]) == 1


def test_an_error_is_on_record_in_the_document_and_its_json():
    document = Document("FAIL", id="x").read_from("in.jsonl", 7, id="x")
    (result,) = Pipeline([Shouts()]).pipe([document], on_error="record")
    (record,) = Document.from_json(result.document.to_json()).errors
    assert record.message.startswith("step 'shouts' failed on document 'x': ValueError: as the text says (")
    assert f"/{Path(__file__).name}, line " in record.message, "where the author has to look"
    assert record == ErrorRecord(error="StepError", message=record.message, step="shouts", path="in.jsonl", line=7)


@pytest.mark.parametrize("error", [RecursionError("deep"), MemoryError("much"), StopIteration(), AssertionError("no")])
def test_whatever_a_plugin_raises_is_the_documents_error(error):
    def value():
        raise error

    found = only_error(Pipeline([giving(value)]))
    assert isinstance(found, StepError)
    assert found.__cause__ is error


def test_an_interrupt_is_not_swallowed():
    def value():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(Pipeline([giving(value)]).pipe(["a"], on_error="record"))


def test_a_setup_that_fails_is_an_error_of_its_step():
    class Unready(Independent):
        """Cannot start."""

        name = "unready"

        def setup(self, context):
            raise OSError("no such word list")

    with pytest.raises(StepError, match="step 'unready' cannot be set up: OSError: no such word list") as caught:
        Pipeline([Unready()]).open()
    assert caught.value.step == "unready"


# Streams


def test_one_result_per_input_in_order():
    texts = [f"text {number} LOUD" for number in range(300)]
    results = list(Pipeline([Shouts()]).pipe(texts))
    assert [result.document.text for result in results] == texts
    assert all(isinstance(result, Result) and result.ok for result in results)


def test_a_bad_document_costs_its_neighbours_nothing():
    inputs = ["GOOD", "FAIL", None, FormatError("broken", document_id="b", path="in", line=3), "\udc80", "GOOD", "FAIL"]
    results = list(Pipeline([Shouts()]).pipe(inputs, on_error="record"))
    assert [result.ok for result in results] == [True, False, False, False, False, True, False]
    assert [len(result.document[Shout]) for result in results if result.ok] == [1, 1]
    unreadable = results[3].document
    assert (unreadable.id, unreadable.text) == ("b", "")
    assert unreadable.errors == (ErrorRecord(error="FormatError", message="broken", path="in", line=3),)


def test_raise_gives_out_what_came_before_the_error():
    results = Pipeline([Shouts()]).pipe(["ONE", "TWO", "FAIL", "NEVER"])
    assert [next(results).document.text, next(results).document.text] == ["ONE", "TWO"]
    with pytest.raises(StepError):
        next(results)


def test_what_a_reader_could_not_read_is_raised_as_it_is():
    error = FormatError("broken", path="in", line=3)
    with pytest.raises(FormatError) as caught:
        list(Pipeline([Shouts()]).pipe([error]))
    assert caught.value is error


def test_a_stream_without_end_is_streamed():
    pipeline = Pipeline([Shouts()])
    assert len(list(islice(pipeline.pipe(f"text {number}" for number in count()), 5))) == 5


def test_no_more_is_read_than_a_batch_ahead():
    read = []

    def texts(size):
        for number in count():
            read.append(number)
            yield "x" * size

    pipeline = Pipeline([Shouts()])
    next(pipeline.pipe(texts(1)))
    assert len(read) <= BATCH_SIZE + 1
    read.clear()
    next(pipeline.pipe(texts(BATCH_CHARS // 2)))
    assert len(read) <= 4


def test_a_document_larger_than_a_batch_goes_through():
    assert len(list(Pipeline([Shouts()]).pipe(["x" * (BATCH_CHARS + 1)] * 3))) == 3


def test_an_error_of_the_input_itself_comes_through():
    def texts():
        yield "GOOD"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(Pipeline([Shouts()]).pipe(texts(), on_error="record"))


def test_nothing_in_nothing_out():
    assert list(Pipeline([Shouts()]).pipe([])) == []


def test_each_step_is_timed():
    (result,) = Pipeline([Shouts(), Independent()]).pipe(["text"])
    assert list(result.timings) == ["shouts", "independent"]
    assert all(seconds >= 0 for seconds in result.timings.values())


def test_streams_of_one_pipeline_can_be_interleaved():
    pipeline = Pipeline([Shouts()])
    one, two = pipeline.pipe(f"one {n}" for n in range(200)), pipeline.pipe(f"two {n}" for n in range(200))
    pairs = [(a.document.text, b.document.text) for a, b in zip(one, two, strict=True)]
    assert pairs == [(f"one {n}", f"two {n}") for n in range(200)]


# Set-up


def test_setup_runs_once_and_only_when_needed():
    calls = []

    class Counting(Independent):
        """Counts."""

        name = "counting"

        def setup(self, context):
            calls.append(1)

    pipeline = Pipeline([Counting()])
    assert calls == []
    pipeline("a")
    list(pipeline.pipe(["b", "c"]))
    assert calls == [1]


def test_a_step_without_uses_has_no_parse_and_is_told_so():
    class Curious(Independent):
        """Looks at what it did not ask for."""

        name = "curious"

        def process(self, document):
            assert not document.has_doc
            return list(document.doc)

    error = only_error(Pipeline([Curious()]))
    assert isinstance(error.__cause__, AnnotationError)
    assert 'uses = ("token.dep",)' in str(error)


def test_a_model_that_no_step_uses_is_not_loaded():
    assert Pipeline([Shouts()], model="no-such-model")("say IT").layers == (Shout.layer,)


def test_spacy_is_not_imported_where_no_step_uses_it(tmp_path: Path):
    plugin = tmp_path / "quiet.py"
    plugin.write_text(
        "import copydesk\n"
        "class Quiet(copydesk.Component):\n"
        "    '''Finds nothing.'''\n"
        "    name = 'quiet'\n"
        "    def process(self, document): return []\n"
        "@copydesk.hookimpl\n"
        "def copydesk_components(): return [Quiet]\n",
        encoding="utf-8",
    )
    code = (
        "import sys\nfrom copydesk import Pipeline, Registry\nregistry = Registry()\n"
        f"registry.add_file({str(plugin)!r})\n"
        "pipeline = Pipeline.from_yaml('name: x\\nmodel: copydesk_english\\nsteps: [{use: quiet}]', registry=registry)\n"
        "pipeline('A text.'); list(pipeline.pipe(['more']))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"spacy", "thinc", "numpy"} & set(done.stdout.split())


def test_a_pipeline_shows_its_steps():
    assert repr(Pipeline([Shouts(), Echoes()], name="loud")) == "<Pipeline 'loud': shouts -> echoes>"


def test_from_yaml_names_the_text_as_it_is_told():
    with pytest.raises(InvalidPipelineError, match=r"^<string>:1:1: "):
        Pipeline.from_yaml("")
    with pytest.raises(InvalidPipelineError, match=r"^mine:1:1: "):
        Pipeline.from_yaml("", path="mine")


@pytest.mark.parametrize(
    "changes", [{"start": -1}, {"start": -5, "end": -1}, {"start": 4, "end": 2}, {"end": 99}, {"start": None}]
)
def test_an_annotation_that_was_changed_behind_pydantics_back_is_refused(changes):
    def value():
        return [Shout(start=0, end=1, word="x").model_copy(update=changes)]

    assert isinstance(only_error(Pipeline([giving(value)])), StepError)


def test_pipe_refuses_one_text_and_an_unknown_on_error():
    pipeline = Pipeline([Shouts()])
    with pytest.raises(UsageError, match="takes many documents"):
        pipeline.pipe("SOME TEXT")
    with pytest.raises(UsageError, match="'raise' or 'record'"):
        pipeline.pipe(["a"], on_error="rais")  # type: ignore[arg-type]


class UnspeakableError(Exception):
    def __str__(self):
        raise RuntimeError("no message")


@pytest.mark.parametrize("error", [SystemExit(3), UnspeakableError()], ids=["sys.exit", "no message"])
def test_whatever_a_step_raises_is_its_documents_error(error):
    class Rude(Shouts):
        """Raises."""

        def process(self, document):
            if "FAIL" in document.text:
                raise error
            return super().process(document)

    results = list(Pipeline([Rude()]).pipe(["ONE", "FAIL", "TWO"], on_error="record"))
    assert [result.ok for result in results] == [True, False, True]
    assert type(error).__name__ in str(results[1].errors[0])


def test_no_step_is_called_as_the_parse_is():
    with pytest.raises(InvalidPipelineError, match="shared parse"):
        Pipeline([Step.of(Shouts(), id="parse")])
