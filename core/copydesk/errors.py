"""Every exception that copydesk raises on purpose.

The tree::

    CopydeskError
    ├── DocumentError            a document that cannot be read, built or annotated
    │   ├── TextError            its text is not text: lone surrogates, bytes, null
    │   ├── AnnotationError      an annotation that does not fit it: offsets, ids, types, references
    │   ├── LimitError           it is over a limit: characters, seconds, annotations
    │   └── FormatError          a file or JSON object that is not a document
    ├── PluginError
    │   ├── PluginNotFoundError  no installed plugin or component of that name
    │   ├── PluginLoadError      it is installed, but importing it failed
    │   └── PluginConflictError  two plugins, components or layers claim one name
    ├── PipelineError
    │   ├── InvalidPipelineError a pipeline file with problems; carries all of them
    │   ├── ModelNotFoundError   the spaCy model is not installed
    │   ├── StepError            a step failed on a document
    │   ├── CheckError           checks failed on a document; carries the findings of the others
    │   └── WorkerError          a worker process died, or had to be stopped, at a document
    └── UsageError               a call or command line that cannot mean anything

Each message says what happened, where, why, and what to do about it. Attributes carry the same
facts for programs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal


class CopydeskError(Exception):
    """Base of all errors that copydesk raises on purpose. All can be pickled, so they can leave their process."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Python's own way calls the class with the message alone, which few of these take.
        return (_restored, (type(self), self.args), self.__dict__)


def _restored(kind: type[CopydeskError], args: tuple[object, ...]) -> CopydeskError:
    return kind.__new__(kind, *args)


class DocumentError(CopydeskError):
    """A document that cannot be read, built or annotated.

    Attributes:
        document_id: the document's id, or None where it has none yet.
        path: the file it came from, or None.
        line: the 1-based line in that file, or None.
        text: the text, where it could be read and must not be lost; else empty.
    """

    def __init__(
        self,
        message: str,
        *,
        document_id: str | None = None,
        path: str | None = None,
        line: int | None = None,
        text: str = "",
    ) -> None:
        self.message = message
        self.text = text
        self.document_id = document_id
        self.path = path
        self.line = line
        super().__init__(message)

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        return f"{where}: {self.message}" if where else self.message


class TextError(DocumentError):
    """The text of a document is not Unicode text.

    Most often a file is in another encoding than UTF-8, or is no text at all: save it as UTF-8, or convert it. Text that
    you built in Python and that has lone surrogates came from bytes that were decoded with `surrogateescape`: decode
    them again.
    """


class AnnotationError(DocumentError):
    """An annotation does not fit its document, or is not of a declared type.

    Offsets are code points from the document's beginning, the end exclusive, and lie within the text. An id is there
    once. A reference names an annotation of its type that is in the document, or that comes in the same edit. A step
    gives only the types that its class declares in `provides`.
    """


class LimitError(DocumentError):
    """A document is over one of the pipeline's limits.

    It is left out, and its neighbours go on. Cut it into several documents, or raise the limit under `limits:` in the
    pipeline file.

    Attributes:
        limit: which one: "characters", "seconds" or "annotations".
    """

    def __init__(
        self,
        message: str,
        *,
        limit: Literal["characters", "seconds", "annotations"],
        document_id: str | None = None,
        path: str | None = None,
        line: int | None = None,
        text: str = "",
    ) -> None:
        self.limit = limit
        super().__init__(message, document_id=document_id, path=path, line=line, text=text)


class FormatError(DocumentError):
    """A file, line or JSON object does not hold a document.

    The message says which field or byte is wrong, and what was expected; `copydesk schema document` prints the whole
    format as a JSON Schema.
    """


class PluginError(CopydeskError):
    """Something is wrong with a plugin."""


class PluginNotFoundError(PluginError):
    """No installed plugin or component has the wanted name.

    `copydesk plugins` lists what this Python has. A plugin in a file of your own is added with `--plugin FILE.py`.
    """


class PluginLoadError(PluginError):
    """A plugin is installed, but importing it or calling its hooks failed.

    Attributes:
        plugin: the plugin's name.
        traceback: the formatted traceback of the cause.
    """

    def __init__(self, message: str, *, plugin: str, traceback: str = "") -> None:
        self.plugin = plugin
        self.traceback = traceback
        super().__init__(message)


class PluginConflictError(PluginError):
    """Two plugins, components or annotation types claim one name.

    The message names both. Uninstall one of them, or rename yours: a plugin's name is that of its entry point, a
    component's its `name`, and a layer's begins with the package of its type.
    """


class PipelineError(CopydeskError):
    """Something is wrong with a pipeline or with running it."""


MESSAGE_SHOWN = 1_000
"""How many characters of a problem's message are shown: a hostile file can make it as long as the file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a pipeline file, at a place in it.

    Attributes:
        path: the file as the user named it.
        line: 1-based.
        column: 1-based, in code points.
        message: what is wrong, what was expected, and how to repair it.
    """

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """One line, whatever the file or a plugin put into the message: nothing that moves a cursor gets through."""
        message = " ".join(self.message[: 2 * MESSAGE_SHOWN].split())
        if len(message) > MESSAGE_SHOWN:
            message = f"{message[:MESSAGE_SHOWN]} …"
        shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in message)
        return f"{self.path}:{self.line}:{self.column}: {shown}"


class InvalidPipelineError(PipelineError):
    """A pipeline file has problems; all of them are in `problems`, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ModelNotFoundError(PipelineError):
    """The spaCy model that a pipeline names is not there.

    Install it into the same environment, or name the bundled one: `model: copydesk_english`.
    """


class StepError(PipelineError):
    """A step failed on a document; the cause is in `__cause__`.

    The document keeps what other steps gave that do not stand on this one, and its neighbours go on. `--traceback`
    shows where in the plugin it happened.

    Attributes:
        document_id: the document's id.
        step: the step's id, or "parse" for the shared spaCy parse.
        line: the 1-based line of the step in its YAML file, or None for a pipeline built in Python.
        path: that YAML file, or None.
        traceback: the formatted traceback of the cause, or "".
    """

    def __init__(
        self,
        message: str,
        *,
        document_id: str,
        step: str,
        path: str | None = None,
        line: int | None = None,
        traceback: str = "",
    ) -> None:
        self.traceback = traceback
        self.document_id = document_id
        self.step = step
        self.path = path
        self.line = line
        super().__init__(message)


class CheckError(PipelineError):
    """Checks failed on a document. A pipeline keeps the findings of the others, and reports a `StepError` for each.

    Attributes:
        findings: of the checks that did not fail.
        failures: each check that failed, as its class, and what it raised.
    """

    def __init__(
        self, message: str, *, findings: Sequence[Any], failures: Sequence[tuple[type[Any], BaseException]]
    ) -> None:
        self.findings = tuple(findings)
        self.failures = tuple(failures)
        super().__init__(message)


class WorkerError(PipelineError):
    """Worker processes died at a document, each time that one worked on it alone.

    A crash in compiled code, or memory that ran out. The document is left out, and its neighbours go on; run it by
    itself, without `--workers`, to see what happens.

    Attributes:
        document_id: the document's id.
    """

    def __init__(self, message: str, *, document_id: str) -> None:
        self.document_id = document_id
        super().__init__(message)


class UsageError(CopydeskError):
    """A call or a command line that cannot mean anything: options that exclude one another, a name that is none.

    The command line ends with exit code 2, and nothing has been read or written.
    """
