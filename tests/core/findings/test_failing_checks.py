"""A check that fails costs only itself: the error is its own, and what the others found stays."""

from __future__ import annotations

import inspect

import pytest

from copydesk import Check, CheckEngine, Component, Document, Finding, Pipeline, Quotation, Span
from copydesk.errors import CheckError, StepError


class Sound(Check):
    """Reports the first letter."""

    code = "SND1"
    name = "sound"
    severity = "info"
    maturity = "stable"

    def check(self, document):
        return [self.finding(Span(0, 1), "Here it begins.")]


class Crashing(Sound):
    """Knows no x."""

    code = "SND2"
    name = "crashing"

    def check(self, document):
        yield self.finding(Span(0, 1), "Half of it.")
        {}["x"]


class Outside(Sound):
    """Reports what is not there."""

    code = "SND3"
    name = "outside"

    def check(self, document):
        return [self.finding(Span(0, 99), "Nowhere.")]


class Texts(Sound):
    """Gives texts."""

    code = "SND4"
    name = "texts"

    def check(self, document):
        return ["wrong"]


class Forgets(Sound):
    """Returns nothing at all."""

    code = "SND5"
    name = "forgets"

    def check(self, document):
        pass


class Late(Sound):
    """Is out of time."""

    code = "SND6"
    name = "late"

    def check(self, document):
        raise TimeoutError("late")


class Runner(Component):
    """Runs checks."""

    name = "runner"
    reads = (Quotation,)
    provides = (Finding,)
    runs_checks = True
    checks = (Sound,)

    def setup(self, context):
        self._engine = CheckEngine([check() for check in self.checks])

    def process(self, document):
        return self._engine.findings(document)


def runner(*checks: type[Check]) -> Pipeline:
    return Pipeline(
        [type("Runner", (Runner,), {"checks": checks, "__doc__": Runner.__doc__, "__module__": __name__})()]
    )


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (Crashing, "KeyError: 'x' ("),
        (Outside, "check gave a finding that holds the span [0, 99], but the text has 5 code points ("),
        (Texts, "check gave 'wrong', which is no Finding; make it with self.finding(…) ("),
        (Forgets, "check returned None; return its findings in a list, or yield them ("),
    ],
)
def test_a_check_that_fails_costs_only_itself(check, said):
    [result] = runner(check, Sound).pipe([Document("Words", id="d")], on_error="record")
    assert [finding.code for finding in result.document[Finding]] == ["SND1"]
    [error] = result.errors
    assert isinstance(error, StepError)
    start = f"step 'runner' failed in check {check.code} ({check.name}) on document 'd': {said}"
    assert str(error).startswith(start)
    assert str(error).endswith("; the findings of its other checks stay")
    first = inspect.getsourcelines(check.check)[1]
    line = first + (2 if check is Crashing else 0)
    assert f"/test_failing_checks.py, line {line})" in str(error), "its own line, not that of who runs it"


def test_called_from_python_the_pipeline_raises_it():
    with pytest.raises(StepError, match="failed in check SND2"):
        runner(Sound, Crashing)("Words")


def test_several_are_errors_each():
    [result] = runner(Crashing, Texts, Sound).pipe(["Words"], on_error="record")
    assert [str(error).partition(" on ")[0] for error in result.errors] == [
        "step 'runner' failed in check SND2 (crashing)",
        "step 'runner' failed in check SND4 (texts)",
    ]


def test_the_engine_alone_says_so_with_what_it_has():
    with pytest.raises(CheckError, match="checks failed: SND2") as caught:
        CheckEngine([Crashing(), Sound()]).findings(Document("Words"))
    assert [finding.code for finding in caught.value.findings] == ["SND1"]
    [(check, cause)] = caught.value.failures
    assert (check, type(cause)) == (Crashing, KeyError)


def test_a_deadline_and_what_is_passed_through_end_the_run():
    with pytest.raises(TimeoutError):
        list(runner(Sound, Late).pipe(["Words"], on_error="record"))
    with pytest.raises(KeyError):
        list(runner(Sound, Crashing).pipe(["Words"], on_error="record", pass_through=(KeyError,)))
