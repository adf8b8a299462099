"""What becomes of an error: a StepError with all that is known, a record in the document, a result that stands for it."""

from __future__ import annotations

import traceback
from pathlib import Path

from copydesk.document import Document
from copydesk.errors import AnnotationError, CopydeskError, DocumentError, StepError, TextError
from copydesk.pipeline.result import Result
from copydesk.pipeline.step import PARSE, Step
from copydesk.records import ErrorRecord, Origin


def step_error(step: Step, document_id: str, cause: BaseException, what: str) -> StepError:
    """The error of a step; `what` says what became of it: "failed", "was left out"."""
    raised_at = _raised_at(cause)
    # The frames hold spaCy objects that are gone once the batch is: nobody may look at them later.
    traceback.clear_frames(cause.__traceback__)
    where = f" ({step.path}:{step.line})" if step.path else ""
    on = f" on document '{document_id}'" if document_id else ""
    name = "" if isinstance(cause, AnnotationError) else f"{type(cause).__name__}: "
    error = StepError(
        f"step '{step.id}'{where} {what}{on}: {name}{said(cause)}{raised_at}",
        document_id=document_id,
        step=step.id,
        path=step.path,
        line=step.line,
    )
    error.__cause__ = cause
    return error


def parse_error(document: Document, cause: Exception) -> CopydeskError:
    """The error of the shared parse."""
    traceback.clear_frames(cause.__traceback__)
    if isinstance(cause, TextError):
        cause.document_id = document.id
        return cause
    error = StepError(
        f"the spaCy parse failed on document '{document.id}': {type(cause).__name__}: {said(cause)}",
        document_id=document.id,
        step=PARSE,
    )
    error.__cause__ = cause
    return error


def error_record(error: CopydeskError, document: Document | None = None) -> ErrorRecord:
    """What a document keeps of an error; path and line are those of the document in its input."""
    origin = document.origin if document is not None else None
    if origin is None and isinstance(error, DocumentError):
        origin = Origin(error.path, error.line)
    message = error.message if isinstance(error, DocumentError) else str(error)
    return ErrorRecord(
        error=type(error).__name__,
        # What a plugin says of bytes that it could not decode may hold lone surrogates.
        message=message.encode("utf-8", "backslashreplace").decode(),
        step=error.step if isinstance(error, StepError) else None,
        path=origin.path if origin else None,
        line=origin.line if origin else None,
    )


def unreadable(error: DocumentError) -> Result:
    """The result that stands for a document which could not be read."""
    place = ":".join(str(part) for part in (error.path, error.line) if part is not None)
    document = Document(error.text, id=error.document_id or place or "unreadable")
    return Result(document.with_error(error_record(error)), (error,), {})


def _raised_at(cause: BaseException) -> str:
    """` (shouts.py, line 12)`: where an author has to look; nothing for what the pipeline itself refused."""
    if isinstance(cause, AnnotationError) or cause.__traceback__ is None:
        return ""
    last = traceback.extract_tb(cause.__traceback__)[-1]
    return f" ({Path(last.filename).name}, line {last.lineno})"


def said(cause: BaseException) -> str:
    """What an exception says; one whose own `__str__` fails says so."""
    try:
        return str(cause)
    except Exception as error:  # noqa: BLE001  # a plugin's class, while one of its errors is being reported
        return f"(its message cannot be read: {type(error).__name__})"
