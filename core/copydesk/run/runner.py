"""A run: documents in, through a pipeline, results out, and a summary."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from copydesk.errors import AnnotationError
from copydesk.model.document import Document
from copydesk.model.result import Result, RunSummary
from copydesk.pipeline.failures import error_record
from copydesk.pipeline.runtime import Runtime
from copydesk.pipeline.value import OnError


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
    summary = summary if summary is not None else RunSummary()

    def reviewed(made: Result) -> Result:
        # Written before it is counted and observers are told: a document that cannot be written has failed.
        return _written(made if review is None else review(made), write)

    for _ in desk.pipe(documents, on_error=on_error, review=reviewed, summary=summary):
        pass
    return summary


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
