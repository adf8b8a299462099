"""Passing over, in a run, the findings that are known already: by a file, by comments in the texts, by a baseline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from copydesk.document import Document
from copydesk.errors import DocumentError, UsageError
from copydesk.formats.base import Source
from copydesk.formats.jsonl import JsonLinesReader
from copydesk.pipeline.result import Result, Suppressed
from copydesk.pipeline.source import read_yaml
from copydesk.review import UNUSED_CODE, UNUSED_NAME, Baseline, Suppression, review, unused
from copydesk.vocabulary import Finding


class SuppressionSpec(BaseModel):
    """An entry of a file of suppressions."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    fingerprint: str = Field(min_length=1, description="The finding's, as JSON, CSV and SARIF give it.")
    reason: str = Field(min_length=1, description="Why it is passed over.")
    document: str | None = Field(None, description="The id of the document it is for; without it, any.")


class Reviewer:
    """Takes from each result the findings that need not be seen again.

    Args:
        suppressions: those of a file. Comments in the texts count in any case.
        baseline: the findings of an earlier run, or None.
    """

    def __init__(self, suppressions: Sequence[Suppression] = (), baseline: Baseline | None = None) -> None:
        self._suppressions = tuple(suppressions)
        self._baseline = baseline
        self._used: set[Suppression] = set()

    def __call__(self, result: Result) -> Result:
        """The result with what is left; what was passed over is in `result.suppressed`."""
        document = result.document
        if Finding not in document:
            return result
        reviewed = review(document, self._suppressions)
        self._used |= reviewed.used
        kept = list(reviewed.kept)
        if self._baseline is not None:
            new = {finding.id for finding in self._baseline.new(document)}
            kept = [finding for finding in kept if finding.id in new]
        from_file = {suppression.fingerprint for suppression in reviewed.used}
        suppressed = tuple(
            Suppressed(finding, reason, "external" if finding.fingerprint in from_file else "inSource")
            for finding, reason in reviewed.suppressed
        )
        kept += [
            Finding(
                start=comment.start,
                end=comment.start + len("<!--"),
                id=Finding.make_id(comment.start, comment.start + len("<!--"), UNUSED_CODE),
                code=UNUSED_CODE,
                name=UNUSED_NAME,
                severity="info",
                message="This comment passes over no finding any more; remove it.",
            )
            for comment in reviewed.unused
        ]
        if len(kept) == len(document[Finding]) and not suppressed and not reviewed.unused:
            return result
        return Result(document.with_layer(Finding, kept), result.errors, result.timings, suppressed)

    def unused(self) -> tuple[Suppression, ...]:
        """The suppressions of the file that passed over nothing so far."""
        return unused(self._suppressions, self._used)


def read_suppressions(path: Path) -> tuple[Suppression, ...]:
    """The suppressions in a YAML file.

    Raises:
        UsageError: it is no such file; the message has the line and column of each fault.
    """
    root, problems = read_yaml(_bytes(path), str(path))
    lines = [str(problem) for problem in problems]
    if root is None and not lines:
        return ()
    entries: list[SuppressionSpec] = []
    if root is not None:
        try:
            entries = TypeAdapter(list[SuppressionSpec]).validate_python(root.plain() or [])
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                line, column = root.place(fault["loc"])
                key = ".".join(str(part) for part in fault["loc"][1:]) or "the file"
                lines.append(f"{path}:{line}:{column}: {key}: {fault['msg']}; an entry has a fingerprint and a reason")
    if lines:
        raise UsageError("\n".join(lines))
    return tuple(Suppression(entry.fingerprint, entry.reason, entry.document) for entry in entries)


def read_baseline(path: Path) -> Baseline:
    """The findings of an earlier run, from its JSON lines.

    Raises:
        UsageError: it is no output of a run.
    """
    documents: list[Document] = []
    try:
        with path.open("rb") as stream:
            for item in JsonLinesReader().read(Source(stream, str(path), str(path))):
                if isinstance(item, DocumentError):
                    raise UsageError(f"{item}; a baseline is what an earlier run wrote: copydesk run … -o {path.name}")
                documents.append(item)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    return Baseline.of(documents)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
