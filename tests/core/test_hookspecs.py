"""Hooks: every hook of the architecture is there, says what it is for, and is called."""

from __future__ import annotations

import inspect
from types import SimpleNamespace

import pytest

import copydesk
from copydesk import Component, Pipeline, Registry, hookimpl, hookspecs
from copydesk.errors import FormatError
from copydesk.run.runner import RunInfo, RunSummary, run

HOOKS = {
    "copydesk_components": (),
    "copydesk_readers": (),
    "copydesk_writers": (),
    "copydesk_checks": (),
    "copydesk_run_started": ("run",),
    "copydesk_document_done": ("result",),
    "copydesk_document_failed": ("result",),
    "copydesk_run_finished": ("summary",),
}


class Picky(Component):
    """Fails where the text says so."""

    name = "picky"

    def process(self, document):
        if "fail" in document.text:
            raise ValueError("as it was told")
        return []


def registry_with(**observers) -> Registry:
    """A registry whose plugin `watcher` has the component `picky` and these observers."""
    plugin = SimpleNamespace(copydesk_components=hookimpl(lambda: [Picky]))
    plugin.copydesk_components.__name__ = "copydesk_components"
    for name, observer in observers.items():
        setattr(plugin, name, hookimpl(observer))
    registry = Registry(installed=False)
    registry.add(plugin, name="watcher")
    return registry


def watched_pipeline(**observers) -> Pipeline:
    return Pipeline.from_yaml("name: watched\nsteps: [{use: picky}]", registry=registry_with(**observers))


def test_every_hook_of_the_architecture_is_there_and_no_other():
    specs = {name: spec for name, spec in vars(hookspecs).items() if name.startswith("copydesk_")}
    assert {name: tuple(inspect.signature(spec).parameters) for name, spec in specs.items()} == HOOKS


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_is_documented_and_marked(name):
    spec = getattr(hookspecs, name)
    assert inspect.getdoc(spec)
    assert spec.copydesk_spec is not None
    assert inspect.signature(spec).return_annotation


def test_the_public_mark_is_the_one_of_the_specs():
    assert copydesk.hookimpl is hookspecs.hookimpl
    assert copydesk.hookimpl.project_name == hookspecs.hookspec.project_name == "copydesk"


@pytest.mark.parametrize("hook", ["copydesk_components", "copydesk_readers", "copydesk_writers", "copydesk_checks"])
def test_what_a_plugin_offers_is_asked_when_it_is_loaded(hook):
    asked = []

    def offer():
        asked.append(hook)
        return []

    registry = Registry(installed=False)
    registry.add(SimpleNamespace(**{hook: hookimpl(offer)}), name="plugin")
    assert asked == [hook]


def test_observers_see_the_run_from_start_to_end():
    seen = []
    pipeline = watched_pipeline(
        copydesk_run_started=lambda run: seen.append(("started", run)),
        copydesk_document_done=lambda result: seen.append(("done", result)),
        copydesk_document_failed=lambda result: seen.append(("failed", result)),
        copydesk_run_finished=lambda summary: seen.append(("finished", summary)),
    )
    written = []
    unreadable = FormatError("no document", document_id="bad", path="a.jsonl", line=2)
    summary = run(pipeline, ["good", unreadable, "fail", "good too"], written.append)
    assert [what for what, _ in seen] == ["started", "done", "failed", "failed", "done", "finished"]
    assert seen[0][1] == RunInfo("watched", ("picky",))
    assert [fact for what, fact in seen if what in {"done", "failed"}] == written
    assert seen[-1][1] is summary
    assert isinstance(summary, RunSummary)
    assert (summary.documents, summary.failed, summary.observer_errors) == (4, 2, [])


def test_an_observer_needs_no_arguments():
    seen = []
    run(watched_pipeline(copydesk_document_done=lambda: seen.append(1)), ["a", "b"], lambda result: None)
    assert seen == [1, 1]


def test_the_end_is_told_when_the_run_is_interrupted():
    seen = []

    def interrupted():
        yield "a"
        raise KeyboardInterrupt

    pipeline = watched_pipeline(copydesk_run_finished=lambda summary: seen.append(("finished", summary)))
    with pytest.raises(KeyboardInterrupt):
        run(pipeline, interrupted(), lambda result: None)
    assert len(seen) == 1


@pytest.mark.parametrize("hook", [name for name in HOOKS if HOOKS[name]])
def test_an_observer_that_raises_costs_nobody_a_document(hook):
    def observer():
        raise RuntimeError("bad observer")

    results = []
    summary = run(watched_pipeline(**{hook: observer}), ["a", "fail", "b", "fail"], results.append)
    assert len(results) == 4
    assert summary.observer_errors == [f"{hook} of plugin 'watcher': RuntimeError: bad observer"], (
        "told once, then quiet"
    )


def test_an_observer_that_raised_is_called_no_more():
    seen = []

    def done():
        raise RuntimeError("bad observer")

    pipeline = watched_pipeline(
        copydesk_document_done=done, copydesk_run_finished=lambda summary: seen.append("finished")
    )
    run(pipeline, ["a"], lambda result: None)
    assert seen == []


def test_observers_of_plugins_that_the_pipeline_does_not_name_are_not_called():
    seen = []
    registry = registry_with()
    registry.add(
        SimpleNamespace(copydesk_document_done=hookimpl(lambda result: seen.append(("done", result)))), name="lurker"
    )
    unnamed = Pipeline.from_yaml("name: x\nsteps: [{use: picky}]", registry=registry)
    run(unnamed, ["a"], lambda result: None)
    assert seen == []
    named = Pipeline.from_yaml("name: x\nplugins: [lurker]\nsteps: [{use: picky}]", registry=registry)
    run(named, ["a"], lambda result: None)
    assert len(seen) == 1


def test_hooks_are_given_to_components_before_setup():
    given = []

    class Asks(Picky):
        """Asks for checks."""

        name = "asks"

        def setup(self):
            given.append(self.hooks.copydesk_checks())

    registry = Registry(installed=False)
    registry.add(Asks)
    Pipeline.from_yaml("name: x\nsteps: [{use: asks}]", registry=registry).setup()
    assert given == [[]]
