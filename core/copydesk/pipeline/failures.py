"""What becomes of an error: a StepError with all that is known, a record in the document, a result that stands for it."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copydesk.errors import AnnotationError, CopydeskError, DocumentError, StepError, TextError
from copydesk.model.document import Document
from copydesk.model.records import ErrorRecord, Origin
from copydesk.model.result import Result
from copydesk.pipeline.step import PARSE, Step
from copydesk.plugins.check import Check
from copydesk.plugins.places import home_of, shown_file
from copydesk.wording import first_fault

PASSED_ON: tuple[type[BaseException], ...] = (TimeoutError,)
"""What no step's failure is: a deadline that somebody set around the pipeline. (Interrupts are no `Exception`.)"""


BATCH_FAILED = "process_batch of step"
"""How the notice of a failed batch begins. One notice of a step is enough for a run."""


def step_error(step: Step, document_id: str, cause: BaseException, what: str) -> StepError:
    """The error of a step; `what` says what became of it: "failed", "was left out"."""
    at = _raised_at(cause, step.component, "process" if what == "failed" else None)
    return _error(step, document_id, cause, what, at)


def check_error(step: Step, document_id: str, check: type[Check[Any]], cause: BaseException) -> StepError:
    """The error of a check that a step ran: the line is in the check's own code."""
    at = f"{_raised_at(cause, check, 'check')}; the findings of its other checks stay"
    return _error(step, document_id, cause, f"failed in check {check.code} ({check.name})", at)


def _error(step: Step, document_id: str, cause: BaseException, what: str, at: str) -> StepError:
    shown = "" if cause.__traceback__ is None else "".join(traceback.format_exception(cause))
    # The frames hold spaCy objects that are gone once the batch is: nobody may look at them later.
    traceback.clear_frames(cause.__traceback__)
    where = f" ({step.path}:{step.line})" if step.path else ""
    on = f" on document '{document_id}'" if document_id else ""
    error = StepError(
        f"step '{step.id}'{where} {what}{on}: {_named(cause)}{at}",
        document_id=document_id,
        step=step.id,
        path=step.path,
        line=step.line,
        traceback=shown,
    )
    error.__cause__ = cause
    return error


def batch_notice(step: Step, cause: BaseException) -> str:
    """What is said of a step that failed on several documents together, and on none of them alone."""
    notice = f"{BATCH_FAILED} '{step.id}' failed: {_named(cause)}{_raised_at(cause, step.component, 'process_batch')}"
    traceback.clear_frames(cause.__traceback__)
    return f"{notice}; its documents were done one by one"


def parse_error(document: Document, cause: Exception) -> CopydeskError:
    """The error of the shared parse."""
    shown = "".join(traceback.format_exception(cause))
    traceback.clear_frames(cause.__traceback__)
    if isinstance(cause, TextError):
        cause.document_id = document.id
        return cause
    error = StepError(
        f"the spaCy parse failed on document '{document.id}': {_named(cause)}",
        document_id=document.id,
        step=PARSE,
        traceback=shown,
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


def unreadable(error: DocumentError, context: Any = None) -> Result:
    """The result that stands for a document which could not be read."""
    place = ":".join(str(part) for part in (error.path, error.line) if part is not None)
    document = Document(error.text, id=error.document_id or place or "unreadable")
    return Result(document.with_error(error_record(error)), (error,), {}, context=context)


def _named(cause: BaseException) -> str:
    if isinstance(cause, AnnotationError):
        return said(cause)
    if isinstance(cause, ValidationError):
        # pydantic's own message is of several lines, with a link to its documentation.
        return f"{cause.title} is not valid: {first_fault(cause)}"
    return f"{type(cause).__name__}: {said(cause)}"


def _raised_at(cause: BaseException, kind: type, method: str | None) -> str:
    """` (acme/shouts.py, line 12)`: where the author of a class has to look.

    That is the last line of the plugin's own code, not of a library that it called; for what the pipeline itself refused,
    where the method begins that gave it.
    """
    frames = traceback.extract_tb(cause.__traceback__)
    home = home_of(kind)
    own = [frame for frame in frames if home is not None and Path(frame.filename).is_relative_to(home)]
    if own:
        return f" ({shown_file(own[-1].filename, home)}, line {own[-1].lineno})"
    if isinstance(cause, AnnotationError):
        code = getattr(getattr(kind, method or "", None), "__code__", None)
        return f" ({shown_file(code.co_filename, home)}, line {code.co_firstlineno})" if code is not None else ""
    return f" ({shown_file(frames[-1].filename, None)}, line {frames[-1].lineno})" if frames else ""


def said(cause: BaseException) -> str:
    """What an exception says; one whose own `__str__` fails says so."""
    try:
        return str(cause)
    except Exception as error:  # noqa: BLE001  # a plugin's class, while one of its errors is being reported
        return f"(its message cannot be read: {type(error).__name__})"
