"""A run: order, counts, isolation, observers, and how little of the input it holds."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from copydesk import Annotation, Component, Document, Finding, Observer, Pipeline, Registry
from copydesk.errors import DocumentError, FormatError, StepError
from copydesk.model.result import RunSummary
from copydesk.pipeline.batches import BATCH_CHARS, BATCH_SIZE
from copydesk.run.inputs import find_inputs, read_inputs
from copydesk.run.runner import run as run_desk

DESK = Path(__file__).parents[1] / "desk.py"


class Loud(Component):
    """Finds ERROR, WARNING and INFO; fails on BOOM."""

    name = "loud"
    provides = (Finding,)

    def process(self, document):
        if "BOOM" in document.text:
            raise ValueError("it went boom")
        for severity in ("error", "warning", "info"):
            start = document.text.find(severity.upper())
            if start >= 0:
                end = start + len(severity)
                yield Finding(start=start, end=end, code="L1", name="loud", severity=severity, message="loud")


class Watcher(Observer):
    """Writes down what it is told."""

    name = "watch"

    def __init__(self):
        super().__init__()
        self.told = []

    def run_started(self, run):
        self.told.append(("started", run.pipeline, run.steps))

    def document_done(self, result):
        self.told.append(("done", result.document.id))

    def document_failed(self, result):
        self.told.append(("failed", result.document.id, len(result.errors)))

    def run_finished(self, summary):
        self.told.append(("finished", summary.documents, summary.seconds > 0))


def watched(*watchers):
    return Pipeline([Loud()], name="watched", observers=watchers)


def run(pipeline, documents, write, **options):
    with pipeline.open(lanes=1) as desk:
        return run_desk(desk, documents, write, **options)


def documents(*texts):
    return [Document(text, id=str(number)) for number, text in enumerate(texts)]


def ids(results):
    return [result.document.id for result in results]


class TestResults:
    def test_one_per_document_in_order(self):
        results = []
        run(Pipeline([Loud()]), documents(*["quiet"] * 200), results.append)
        assert ids(results) == [str(number) for number in range(200)]

    def test_a_bad_document_costs_its_neighbours_nothing(self):
        results = []
        unreadable = FormatError("no document", path="a.jsonl", line=3)
        items = ["one", "BOOM", unreadable, b"bytes", "\ud800", "an ERROR"]
        summary = run(Pipeline([Loud()]), items, results.append)
        assert [result.ok for result in results] == [True, False, False, False, False, True]
        assert [result.document.text for result in results] == ["one", "BOOM", "", "", "", "an ERROR"]
        assert results[2].document.id == "a.jsonl:3"
        assert results[2].document.errors[0].message == "no document"
        assert (summary.documents, summary.failed, summary.findings["error"]) == (6, 4, 1)

    def test_raise_stops_at_the_first_after_those_before_it(self):
        results = []
        summary = RunSummary()
        with pytest.raises(StepError, match="document '2': ValueError: it went boom"):
            run(Pipeline([Loud()]), documents("a", "b", "BOOM", "c"), results.append, on_error="raise", summary=summary)
        assert ids(results) == ["0", "1"]
        assert (summary.documents, summary.failed) == (3, 1)

    def test_raise_stops_at_what_cannot_be_read(self):
        with pytest.raises(DocumentError, match="no document"):
            run(Pipeline([Loud()]), [FormatError("no document")], lambda result: None, on_error="raise")

    def test_a_failing_writer_stops_the_run(self):
        """What cannot be written must not be lost in silence."""

        def write(result):
            raise OSError("disk full")

        with pytest.raises(OSError, match="disk full"):
            run(Pipeline([Loud()]), documents("a"), write)


class TestSummary:
    def test_counts(self):
        texts = ["an ERROR", "a WARNING and INFO", "INFO", "BOOM", ""]
        summary = run(Pipeline([Loud()]), documents(*texts), lambda result: None)
        assert (summary.documents, summary.failed) == (5, 1)
        assert summary.characters == sum(map(len, texts))
        assert summary.findings == {"error": 1, "warning": 1, "info": 2}
        assert [summary.findings_at_least(level) for level in ("error", "warning", "info")] == [1, 2, 4]
        assert summary.seconds > 0
        assert summary.observer_errors == []

    def test_of_nothing(self):
        summary = run(Pipeline([Loud()]), [], lambda result: None)
        assert (summary.documents, summary.failed, summary.findings_at_least("info")) == (0, 0, 0)

    def test_a_given_one_is_counted_in_while_the_run_goes_on(self):
        summary, counts = RunSummary(), []
        run(Pipeline([Loud()]), documents("a", "b"), lambda result: counts.append(summary.documents), summary=summary)
        assert counts == [0, 1], "a document counts once it is written"


class TestObservers:
    def test_are_told_in_order(self):
        watcher = Watcher()
        run(watched(watcher), documents("a", "BOOM", "c"), lambda result: None)
        assert watcher.told == [
            ("started", "watched", ("loud",)),
            ("done", "0"),
            ("failed", "1", 1),
            ("done", "2"),
            ("finished", 3, True),
        ]

    def test_are_told_after_the_document_is_written(self):
        watcher, seen = Watcher(), []
        run(watched(watcher), documents("a"), lambda result: seen.append(len(watcher.told)))
        assert seen == [1]

    def test_are_told_of_the_end_also_when_it_comes_early(self):
        watcher = Watcher()
        with pytest.raises(StepError):
            run(watched(watcher), documents("a", "BOOM"), lambda result: None, on_error="raise")
        assert watcher.told[-2:] == [("failed", "1", 1), ("finished", 2, True)]

        def interrupted(result):
            raise KeyboardInterrupt

        watcher = Watcher()
        with pytest.raises(KeyboardInterrupt):
            run(watched(watcher), documents("a"), interrupted)
        assert watcher.told[-1] == ("finished", 0, True)

    def test_one_that_fails_is_reported_once_and_called_no_more(self):
        calls = []

        class Failing(Watcher):
            def document_done(self, result):
                calls.append(result.document.id)
                raise RuntimeError("not again")

        watcher, results = Failing(), []
        summary = run(watched(watcher), documents("a", "b"), results.append)
        assert calls == ["0"]
        assert summary.observer_errors == ["watch: document_done: RuntimeError: not again"]
        assert ids(results) == ["0", "1"]
        assert summary.failed == 0
        assert watcher.told == [("started", "watched", ("loud",))]


class Counting:
    """An endless supply that knows how much of it was asked for."""

    def __init__(self, text="so LOUD", count=5_000):
        self.text, self.count, self.given = text, count, 0

    def __iter__(self):
        for number in range(self.count):
            self.given += 1
            yield Document(self.text, id=str(number))


class TestStreaming:
    """At most one batch, and the document that shows that it is full, is ahead of what came out."""

    def test_five_thousand_documents_are_read_batch_by_batch(self):
        supply, ahead = Counting(), []
        summary = RunSummary()
        run(Pipeline([Loud()]), supply, lambda result: ahead.append(supply.given - summary.documents), summary=summary)
        assert summary.documents == supply.given == 5_000
        assert max(ahead) <= BATCH_SIZE

    def test_long_documents_come_in_batches_of_few(self):
        length = BATCH_CHARS // 3
        supply, ahead = Counting("x" * length, 30), []
        summary = RunSummary()
        run(Pipeline([Loud()]), supply, lambda result: ahead.append(supply.given - summary.documents), summary=summary)
        assert max(ahead) <= 4

    def test_a_pipe_that_is_dropped_reads_no_further(self):
        supply = Counting()
        results = Pipeline([Loud()]).pipe(supply)
        assert supply.given == 0
        next(results)
        results.close()
        assert supply.given <= BATCH_SIZE + 1

    def test_documents_that_came_out_are_let_go(self):
        """Held results would be the memory of the whole run."""
        import gc
        import weakref

        class Tracked(str):
            __slots__ = ("__weakref__",)

        alive = weakref.WeakSet()

        def supply():
            for number in range(1_000):
                text = Tracked("quiet " * (1 + number % 3))
                alive.add(text)
                yield Document(text, id=str(number))

        most = []
        run(Pipeline([Loud()]), supply(), lambda result: most.append(len(alive)))
        gc.collect()
        assert max(most) <= 2 * BATCH_SIZE + 2

    def test_a_file_of_lines_is_read_as_it_is_run(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text('{"text": "LOUD"}\n' * 5_000)
        from copydesk.formats import READERS

        read = []

        def watching(items):
            for item in items:
                read.append(item)
                yield item

        ahead, summary = [], RunSummary()
        reading = read_inputs(find_inputs([str(path)], READERS).files)
        run(
            Pipeline([Loud()]),
            watching(reading),
            lambda _: ahead.append(len(read) - summary.documents),
            summary=summary,
        )
        assert len(read) == 5_000
        assert max(ahead) <= BATCH_SIZE


def test_the_plugin_of_the_command_tests_runs_in_python_too():
    registry = Registry(installed=False)
    registry.add_file(DESK)
    pipeline = Pipeline.load(DESK.with_name("shouting.yaml"), registry=registry)
    results = []
    started = time.perf_counter()
    summary = run(pipeline, documents("so LOUD", "an ERROR"), results.append)
    assert summary.seconds <= time.perf_counter() - started
    assert [result.document.layers for result in results] == [("local.shout", "finding")] * 2


class Remark(Annotation):
    """Something to say."""

    note: str


class Unwritable(Component):
    """Gives what no encoding can write."""

    name = "unwritable"
    provides = (Remark,)

    def process(self, document):
        if "FAIL" in document.text:
            yield Remark(start=0, end=4, note="\ud800")


def test_annotations_that_cannot_be_written_cost_one_document_its_layers(tmp_path):
    written = []

    def write(result):
        written.append(result.document.to_json_line().encode())

    summary = run(Pipeline([Unwritable()]), ["one", "FAIL", "two"], write)
    documents = [json.loads(line) for line in written]
    assert [document["text"] for document in documents] == ["one", "FAIL", "two"]
    assert (summary.documents, summary.failed) == (3, 1)
    assert documents[1]["layers"] == {}
    assert "cannot be written" in documents[1]["errors"][0]["message"]
