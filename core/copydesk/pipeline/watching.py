"""Those who watch a run, and what is counted for them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Any, TypeVar

from copydesk.log import LOGGER
from copydesk.model.result import Result, RunInfo, RunSummary
from copydesk.model.vocabulary import Finding
from copydesk.pipeline.failures import BATCH_FAILED
from copydesk.pipeline.value import OnError, PipelineValue
from copydesk.plugins.observer import Observer

T = TypeVar("T")

Review = Callable[[Result], Result]


def watched(
    pipeline: PipelineValue,
    results: Iterable[Result],
    on_error: OnError,
    review: Review | None,
    summary: RunSummary | None,
) -> Iterator[Result]:
    """The results of a run, reviewed; they are counted, and the pipeline's observers are told.

    Args:
        pipeline: whose run it is.
        results: of its documents, in order.
        on_error: "raise" the first error, in its document's place, or "record".
        review: what is done to each result before it counts.
        summary: what it is counted in; None where the caller wants no figures.

    Raises:
        CopydeskError: with on_error="raise", the first error of a document.
    """
    counts = summary is not None or bool(pipeline.observers)  # else nobody would ever see them
    summary = summary if summary is not None else RunSummary()
    observers = _Observers(pipeline.observers, summary)
    observers.tell(Observer.run_started, RunInfo(pipeline.name, tuple(step.id for step in pipeline.steps)))
    LOGGER.info("run of pipeline %r begins", pipeline.name)
    start = perf_counter()
    number = failed = 0
    try:
        for made in _told_once(results):
            refused = made.errors[0] if made.errors and on_error == "raise" else None
            result = made if review is None or refused is not None else review(made)
            if counts:
                _count(summary, result)
                observers.tell(Observer.document_done if result.ok else Observer.document_failed, result)
            number += 1
            failed += not result.ok
            _log(result)
            if refused is not None:
                raise refused
            yield result
    finally:
        summary.seconds = perf_counter() - start
        LOGGER.info(
            "run of pipeline %r ends: %d documents, %d failed, %.1f s", pipeline.name, number, failed, summary.seconds
        )
        observers.tell(Observer.run_finished, summary)


def _told_once(results: Iterable[Result]) -> Iterator[Result]:
    """The results, with the notice that a step fails on batches only where it comes first: all batches would have it."""
    told: set[str] = set()
    for result in results:
        kept: list[str] = []
        for notice in result.notices:
            step = notice.partition(" failed: ")[0] if notice.startswith(BATCH_FAILED) else None
            if step not in told:
                kept.append(notice)
            if step is not None:
                told.add(step)
        yield result if len(kept) == len(result.notices) else dataclasses.replace(result, notices=tuple(kept))


def _log(result: Result) -> None:
    for error in result.errors:
        LOGGER.warning("document %r: %s: %s", result.document.id, type(error).__name__, error)
    for notice in result.notices:
        LOGGER.warning("document %r: %s", result.document.id, notice)


def _count(summary: RunSummary, result: Result) -> None:
    summary.documents += 1
    summary.characters += len(result.document.text)
    summary.failed += not result.ok
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
                said = f"{observer.name}: {name}: {type(error).__name__}: {error}"
                self._summary.observer_errors.append(said)
                LOGGER.warning("observer %s; it is told nothing more", said)
