"""Passing over, in a run, the findings that are known already: by a file of suppressions, by a baseline."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from copydesk.errors import UsageError
from copydesk.findings.suppressions import Suppression, Suppressions, known_findings
from copydesk.model.result import Result
from copydesk.model.vocabulary import Finding
from copydesk.wording import faults
from copydesk.yaml_reader import read_yaml

MOST_BYTES = 64 * 1024 * 1024
"""No file that people write is larger; a device or a pipe has no end."""


class SuppressionSpec(BaseModel):
    """An entry of a file of suppressions."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    fingerprint: str = Field(min_length=1, description="The finding's, as JSON, CSV and SARIF give it.")
    reason: str = Field(min_length=1, description="Why it is passed over.")
    document: str | None = Field(default=None, description="The id of the document it is for; without it, any.")


class Baseline:
    """The findings of an earlier run: how often each fingerprint was there, by document.

    `read_baseline` reads one; an empty one takes the findings of results by `note`, and `lines` are its file.

    In its file, a line is a document: `{"document": "a.txt", "findings": {"9f86d081884c7d65": 1}}`.
    """

    def __init__(self, known: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self._known = dict(known or {})

    def of(self, document_id: str) -> Mapping[str, int]:
        """Those of a document, by fingerprint."""
        return self._known.get(document_id, {})

    def note(self, result: Result) -> None:
        """Take the findings of a result into it, in place of what was known of the document."""
        self._known[result.document.id] = Counter(finding.fingerprint for finding in result.document[Finding])

    def lines(self) -> list[str]:
        """The lines of its file, sorted by document, so that two runs of equal findings give equal files."""
        return [
            json.dumps({"document": id, "findings": dict(sorted(self._known[id].items()))}, ensure_ascii=False)
            for id in sorted(self._known)
            if self._known[id]
        ]


class Reviewer:
    """Takes from each result the findings that need not be seen again: `pipeline.pipe(…, review=Reviewer(…))`.

    Args:
        suppressions: those of a file. Comments in the texts count in any case.
        baseline: the findings of an earlier run, or None.
    """

    def __init__(self, suppressions: Sequence[Suppression] = (), baseline: Baseline | None = None) -> None:
        self._suppressions = Suppressions(suppressions)
        self._baseline = baseline or Baseline()

    def __call__(self, result: Result) -> Result:
        """The result with what is left; what was passed over is in `result.suppressed`."""
        document = result.document
        if Finding not in document:
            return result
        kept, suppressed = known_findings(document, self._suppressions, self._baseline.of(document.id))
        if len(kept) == len(document[Finding]):
            return result
        return dataclasses.replace(
            result,
            document=document.with_layer(Finding, kept),
            suppressed=(*result.suppressed, *suppressed),
        )

    def unused(self) -> tuple[Suppression, ...]:
        """The suppressions of the file that passed over nothing so far."""
        return self._suppressions.unused()


def read_suppressions(path: str | Path) -> tuple[Suppression, ...]:
    """The suppressions in a YAML file.

    Raises:
        UsageError: it is no such file; the message has the line and column of each fault.
    """
    path = Path(path)
    root, problems = read_yaml(_bytes(path), str(path))
    lines = [str(problem) for problem in problems]
    entries: list[SuppressionSpec] = []
    if root is not None:
        given = root.plain() or []
        try:
            entries = TypeAdapter(list[SuppressionSpec]).validate_python(given)
        except ValidationError as error:
            for fault in faults(error, given, SuppressionSpec):
                # The line says which entry; its number says no more.
                message = fault.message
                if fault.loc:
                    message = message.replace(f"'{fault.loc[0]}.", "'", 1).replace(f"'{fault.loc[0]}'", "an entry", 1)
                problem = root.problem(f"{message}; an entry has a fingerprint and a reason", fault.loc)
                lines.append(str(problem))
    if lines:
        raise UsageError("\n".join(lines))
    return tuple(Suppression(entry.fingerprint, entry.reason, entry.document) for entry in entries)


def read_baseline(path: str | Path) -> Baseline:
    """The baseline in a file that `--update-baseline` wrote.

    Raises:
        UsageError: it is no such file; the message has the line.
    """
    path = Path(path)
    known: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_bytes(path).decode("utf-8", "replace").split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            known[str(item["document"])] = {str(key): int(count) for key, count in item["findings"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise UsageError(
                f"{path}:{number}: this is no line of a baseline; `copydesk run … --baseline {path.name} --update-baseline` "
                "writes one"
            ) from None
    return Baseline(known)


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is no regular file")
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path} has more than {MOST_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
