"""A run: documents in, through a pipeline, results out, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import perf_counter

from copydesk.document import Document
from copydesk.errors import AnnotationError, DocumentError
from copydesk.pipeline.failures import error_record
from copydesk.pipeline.pipeline import OnError, Pipeline
from copydesk.pipeline.result import Result
from copydesk.vocabulary import SEVERITIES, Finding, Severity


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What observers are told when a run starts."""

    pipeline: str
    steps: tuple[str, ...]


@dataclass(slots=True)
class RunSummary:
    """What a run did.

    Attributes:
        documents: how many came out, failed ones included.
        failed: how many of them have errors.
        characters: of all texts together.
        findings: how many of each severity.
        seconds: wall clock, the setting up of the pipeline not included.
        observer_errors: what observers of plugins raised; it never stops a run.
    """

    documents: int = 0
    failed: int = 0
    characters: int = 0
    findings: Counter[Severity] = field(default_factory=Counter)
    seconds: float = 0.0
    observer_errors: list[str] = field(default_factory=list)

    def findings_at_least(self, level: Severity) -> int:
        """How many findings are of this severity or graver."""
        return sum(self.findings[severity] for severity in SEVERITIES[: SEVERITIES.index(level) + 1])


def run(
    pipeline: Pipeline,
    documents: Iterable[str | Document | DocumentError],
    write: Callable[[Result], None],
    *,
    on_error: OnError = "record",
    summary: RunSummary | None = None,
    review: Callable[[Result], Result] | None = None,
) -> RunSummary:
    """Run a pipeline over documents, and give each result to `write`, in order.

    Args:
        pipeline: what to run.
        documents: texts, documents, or the errors that a reader gives for what it cannot read.
        write: called once per document.
        on_error: "record" errors and go on, or "raise" the first.
        summary: one to count in, for a caller that watches the run or must know how far it came
            when it was interrupted.
        review: what takes known findings out of each result before it is counted and written.

    Raises:
        PipelineError: the pipeline cannot be set up; or, with on_error="raise", a step failed.
        DocumentError: with on_error="raise", a document could not be read.
    """
    pipeline.setup()
    summary = summary if summary is not None else RunSummary()
    observers = _Observers(pipeline, summary)
    observers.tell("copydesk_run_started", run=RunInfo(pipeline.name, tuple(step.id for step in pipeline.steps)))
    start = perf_counter()
    try:
        for made in map(review or _unchanged, pipeline.pipe(documents, on_error=on_error)):
            _count(summary, made)
            result = _written(made, write)
            summary.failed += made.ok and not result.ok
            observers.tell("copydesk_document_done" if result.ok else "copydesk_document_failed", result=result)
    finally:
        summary.seconds = perf_counter() - start
        observers.tell("copydesk_run_finished", summary=summary)
    return summary


def _unchanged(result: Result) -> Result:
    return result


def _written(result: Result, write: Callable[[Result], None]) -> Result:
    """Write a result; where its annotations cannot be written, the document without them, and why."""
    try:
        write(result)
    except ValueError as cause:  # an annotation of a plugin holds what the format cannot: inf, a lone surrogate
        error = AnnotationError(
            f"its annotations cannot be written: {cause}; they were left out", document_id=result.document.id
        )
        document = result.document.without_annotations()
        record = error_record(error, document)
        result = Result(document.with_error(record), (*result.errors, error), result.timings)
        write(result)
    return result


def _count(summary: RunSummary, result: Result) -> None:
    summary.documents += 1
    summary.characters += len(result.document.text)
    if not result.ok:
        summary.failed += 1
    if Finding in result.document:
        summary.findings.update(finding.severity for finding in result.document[Finding])


class _Observers:
    """Calls observer hooks; one that raises is reported, and called no more."""

    def __init__(self, pipeline: Pipeline, summary: RunSummary) -> None:
        self._summary = summary
        self._hooks: dict[str, list[tuple[str, Callable[..., object], tuple[str, ...]]]] = {}
        for name in (
            "copydesk_run_started",
            "copydesk_document_done",
            "copydesk_document_failed",
            "copydesk_run_finished",
        ):
            caller = getattr(pipeline.hooks, name, None)
            # Resolved once per run, so that a run without observers pays nothing per document.
            # pluggy calls the last first.
            self._hooks[name] = (
                [(impl.plugin_name, impl.function, impl.argnames) for impl in reversed(caller.get_hookimpls())]
                if caller
                else []
            )

    def tell(self, hook: str, **facts: object) -> None:
        for plugin, function, names in list(self._hooks[hook]):
            try:
                function(**{name: facts[name] for name in names})
            except Exception as error:  # noqa: BLE001  # an observer must not cost anybody a document
                self._summary.observer_errors.append(f"{hook} of plugin '{plugin}': {type(error).__name__}: {error}")
                for observers in self._hooks.values():
                    observers[:] = [entry for entry in observers if entry[0] != plugin]
