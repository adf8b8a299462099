"""ObserverConformance: the class that the author of an observer subclasses."""

from __future__ import annotations

from typing import Any, ClassVar

from copydesk.errors import StepError
from copydesk.model.document import Document
from copydesk.model.records import ErrorRecord
from copydesk.model.result import Result, RunInfo, RunSummary
from copydesk.plugins.observer import Observer
from copydesk.testing import hostile
from copydesk.testing.contract import NonconformityError
from copydesk.testing.kit import Kit
from copydesk.testing.toylayers import toy_layers


class ObserverConformance(Kit):
    """The checks that every observer must pass. Subclass it in a test file, and name the observer::

        class TestMetrics(ObserverConformance):
            observer = Metrics

    Class attributes:
        observer: the class under test.
        configs, expected_failures, seconds: as for components.
    """

    subject = "observer"
    observer: ClassVar[type[Observer[Any]]]

    def test_is_documented(self) -> None:
        """It has a name and a docstring, and overrides something."""
        kind = self._class()
        if not getattr(kind, "name", "") or not kind.description():
            raise NonconformityError(f"{kind.__qualname__} needs a name and a docstring")
        told = ("run_started", "document_done", "document_failed", "run_finished")
        if all(getattr(kind, name) is getattr(Observer, name) for name in told):
            raise NonconformityError(f"{kind.__qualname__} overrides none of {', '.join(told)}: it observes nothing")

    def test_survives_any_run(self) -> None:
        """An empty run, one with all kinds of documents, one that fails, and one after another."""
        observer: Observer[Any] = self._class()(self._config())
        for texts in ((), (hostile.STORY,), tuple(hostile.TEXTS.values())):
            try:
                observer.run_started(RunInfo("kit", ("structure", "numbers")))
                for text in texts:
                    document = Document(text, id="example").with_annotations(toy_layers(text))
                    observer.document_done(Result(document, (), {"structure": 0.1}))
                    failed = document.with_error(ErrorRecord(error="StepError", message="it failed", step="numbers"))
                    error = StepError("it failed", document_id="example", step="numbers")
                    observer.document_failed(Result(failed, (error,), {}))
                observer.run_finished(RunSummary(documents=2 * len(texts), failed=len(texts)))
            except Exception as error:
                raise NonconformityError(f"it raised {type(error).__name__}: {error}") from error

    def test_changes_nothing(self) -> None:
        """A result is afterwards what it was before."""
        observer: Observer[Any] = self._class()(self._config())
        document = Document(hostile.STORY, id="example").with_annotations(toy_layers(hostile.STORY))
        result = Result(document, (), {"structure": 0.1})
        before = document.to_json_line()
        observer.run_started(RunInfo("kit", ("structure",)))
        observer.document_done(result)
        if result.document.to_json_line() != before or dict(result.timings) != {"structure": 0.1}:
            raise NonconformityError("it changed the result; others observe the same run")
