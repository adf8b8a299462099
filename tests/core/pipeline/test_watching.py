"""Who watches a run is told in Python as on the command line; findings are reviewed in both."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

import copydesk
from copydesk import Component, Finding, Observer, Pipeline, Registry, Reviewer, RunSummary, Suppression
from copydesk.errors import PluginError, StepError


class Loud(Component):
    """Finds ERROR; fails on BOOM."""

    name = "loud"
    provides = (Finding,)

    def process(self, document):
        if "BOOM" in document.text:
            raise ValueError("it went boom")
        start = document.text.find("ERROR")
        if start >= 0:
            yield Finding(
                start=start, end=start + 5, code="LOU1", name="loud", severity="error", message="loud", fingerprint="aa"
            )


class Watcher(Observer):
    """Writes down what it is told."""

    name = "watch"
    told: list = []  # noqa: RUF012  # of all instances: a pipeline file makes its own

    def run_started(self, run):
        self.told.append(("started", run.pipeline, run.steps))

    def document_done(self, result):
        self.told.append(("done", result.document.text, len(result.document[Finding])))

    def document_failed(self, result):
        self.told.append(("failed", result.document.text))

    def run_finished(self, summary):
        self.told.append(("finished", summary.documents, summary.failed, summary.findings["error"]))


@pytest.fixture(autouse=True)
def told():
    Watcher.told.clear()
    return Watcher.told


PIPELINE = Pipeline([Loud()], name="watched", observers=[Watcher()])


def test_pipe_tells_them(told):
    results = list(PIPELINE.pipe(["a", "BOOM", "ERROR"], on_error="record"))
    assert len(results) == 3
    assert told == [
        ("started", "watched", ("loud",)),
        ("done", "a", 0),
        ("failed", "BOOM"),
        ("done", "ERROR", 1),
        ("finished", 3, 1, 1),
    ]


def test_of_the_end_also_when_it_comes_early(told):
    with pytest.raises(StepError):
        list(PIPELINE.pipe(["a", "BOOM", "c"]))
    assert told[-2:] == [("failed", "BOOM"), ("finished", 2, 1, 0)]
    told.clear()
    results = PIPELINE.pipe(["a", "b"])
    next(results)
    results.close()
    assert told[-1] == ("finished", 1, 0, 0)


def test_nothing_before_the_first_result_is_asked_for(told):
    PIPELINE.pipe(["a"])
    assert told == []


def test_a_summary_of_the_callers_is_counted_in():
    summary = RunSummary()
    list(PIPELINE.pipe(["a", "ERROR"], summary=summary))
    assert (summary.documents, summary.findings["error"], summary.seconds > 0) == (2, 1, True)


def test_one_that_raises_is_reported_and_costs_nobody_anything():
    class Bad(Observer):
        """Fails."""

        name = "bad"

        def document_done(self, result):
            raise ValueError("no")

    summary = RunSummary()
    assert len(list(Pipeline([Loud()], observers=[Bad()]).pipe(["a", "b"], summary=summary))) == 2
    assert summary.observer_errors == ["bad: document_done: ValueError: no"]


class Plugin:
    """A file of a user's own."""

    @copydesk.hookimpl
    def copydesk_components(self):
        return [Loud]

    @copydesk.hookimpl
    def copydesk_observers(self):
        return [Watcher]


class TestLocalPlugins:
    @pytest.fixture
    def path(self, tmp_path):
        path = tmp_path / "p.yaml"
        path.write_text("name: x\nsteps: [{use: loud}]\n")
        return path

    @pytest.fixture
    def registry(self):
        registry = Registry(installed=False)
        registry.add(Plugin(), "mine")
        return registry

    def test_watch_without_being_named(self, path, registry, told):
        pipeline = Pipeline.load(path, registry=registry, plugins=["mine"])
        assert pipeline.observers
        list(pipeline.pipe(["a"]))
        assert told[-1] == ("finished", 1, 0, 0)
        assert Pipeline.from_yaml(pipeline.to_yaml(), registry=registry) == pipeline

    def test_those_that_the_file_names_watch_once(self, path, registry):
        path.write_text("name: x\nobservers: [{use: mine.watch}]\nsteps: [{use: loud}]\n")
        assert len(Pipeline.load(path, registry=registry, plugins=["mine"]).observers) == 1

    def test_one_that_needs_settings_says_so(self, path, registry):
        class Needy(copydesk.Config):
            where: str

        class Writes(Observer[Needy]):
            """Needs a place."""

            name = "writes"

        class Other:
            @copydesk.hookimpl
            def copydesk_observers(self):
                return [Writes]

        registry.add(Other(), "other")
        with pytest.raises(
            PluginError, match=r"'writes' of plugin 'other' .*\(where\).*; name it in the pipeline file"
        ):
            Pipeline.load(path, registry=registry, plugins=["other"])


class TestReviewing:
    def test_what_is_known_is_passed_over_before_it_counts(self, told):
        reviewer = Reviewer([Suppression("aa", "It is meant.")])
        [result] = PIPELINE.pipe(["ERROR"], review=reviewer)
        assert len(result.document[Finding]) == 0
        assert [one.reason for one in result.suppressed] == ["It is meant."]
        assert told[1:] == [("done", "ERROR", 0), ("finished", 1, 0, 0)]
        assert reviewer.unused() == ()

    @pytest.mark.parametrize("workers", [0, 1])
    def test_comments_in_the_text_count_in_python_too(self, workers):
        text = "<!-- copydesk: ignore[loud] It is meant. -->\nERROR\n"
        [result] = Pipeline([Loud()]).pipe([text], workers=workers)
        assert len(result.document[Finding]) == 0
        assert [(one.reason, one.kind) for one in result.suppressed] == [("It is meant.", "inSource")]
        assert len(Pipeline([Loud()])(text)[Finding]) == 0
        with Pipeline([Loud()]).open() as desk, ThreadPoolExecutor(1) as pool:
            assert len(pool.submit(desk, text).result()[Finding]) == 0
