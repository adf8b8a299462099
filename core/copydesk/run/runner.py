"""A run: documents in, through a pipeline, results out, and a summary."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any, TypeVar

from copydesk.errors import AnnotationError
from copydesk.model.document import Document
from copydesk.model.result import Result, RunInfo, RunSummary
from copydesk.model.vocabulary import Finding
from copydesk.pipeline.failures import error_record
from copydesk.pipeline.pipeline import OnError
from copydesk.pipeline.runtime import Runtime
from copydesk.plugins.observer import Observer

T = TypeVar("T")


def run(
    desk: Runtime,
    documents: Iterable[Any],
    write: Callable[[Result], None],
    *,
    on_error: OnError = "record",
    summary: RunSummary | None = None,
    review: Callable[[Result], Result] | None = None,
) -> RunSummary:
    """Run a pipeline over documents, and give each result to `write`, in order.

    Args:
        desk: the pipeline, opened.
        documents: what `Runtime.pipe` takes, errors of a reader among them.
        write: called once per document.
        on_error: "record" errors and go on, or "raise" the first.
        summary: one to count in, for a caller that watches the run or must know how far it came
            when it was interrupted.
        review: what takes known findings out of each result before it is counted and written.

    Raises:
        StepError: with on_error="raise", a step failed.
        DocumentError: with on_error="raise", a document could not be read.
    """
    pipeline = desk.pipeline
    summary = summary if summary is not None else RunSummary()
    observers = _Observers(pipeline.observers, summary)
    info = RunInfo(pipeline.name, tuple(step.id for step in pipeline.steps))
    observers.tell(Observer.run_started, info)
    start = perf_counter()
    try:
        for made in map(review or _unchanged, desk.pipe(documents, on_error=on_error)):
            _count(summary, made)
            result = _written(made, write)
            summary.failed += made.ok and not result.ok
            if result.ok:
                observers.tell(Observer.document_done, result)
            else:
                observers.tell(Observer.document_failed, result)
    finally:
        summary.seconds = perf_counter() - start
        observers.tell(Observer.run_finished, summary)
    return summary


def _unchanged(result: Result) -> Result:
    return result


def _written(result: Result, write: Callable[[Result], None]) -> Result:
    """Write a result; where its annotations cannot be written, the document without them, and why."""
    try:
        write(result)
    except (ValueError, AnnotationError) as cause:
        # An annotation of a plugin holds what the format cannot, inf or a lone surrogate, or another version made it.
        document = result.document
        bad = _unreadable_layers(document)
        document = document.without_layers(bad)[0] if bad else document.without_annotations()
        why = cause.message if isinstance(cause, AnnotationError) else str(cause)
        error = AnnotationError(
            f"its annotations cannot be written: {why}; {', '.join(bad) or 'they'} {'was' if bad else 'were'} left out",
            document_id=document.id,
        )
        record = error_record(error, document)
        result = dataclasses.replace(result, document=document.with_error(record), errors=(*result.errors, error))
        write(result)
    return result


def _unreadable_layers(document: Document) -> list[str]:
    """The layers that their types cannot be read from."""
    bad = []
    for name in document.layers:
        try:
            document.layer(name)
        except AnnotationError:
            bad.append(name)
    return bad


def _count(summary: RunSummary, result: Result) -> None:
    summary.documents += 1
    summary.characters += len(result.document.text)
    if not result.ok:
        summary.failed += 1
    if Finding in result.document:
        summary.findings.update(finding.severity for finding in result.document[Finding])


class _Observers:
    """Those who watch a run; one that raises is reported, and told nothing more."""

    def __init__(self, observers: Iterable[Observer[Any]], summary: RunSummary) -> None:
        self._observers = list(observers)
        self._summary = summary

    def tell(self, what: Callable[[Observer[Any], T], None], about: T) -> None:
        name = what.__name__
        for observer in list(self._observers):
            try:
                getattr(observer, name)(about)
            except Exception as error:  # noqa: BLE001  # an observer must not cost anybody a document
                self._observers.remove(observer)
                self._summary.observer_errors.append(f"{observer.name}: {name}: {type(error).__name__}: {error}")
