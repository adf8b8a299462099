"""Going on with a run into one file: what was written is kept, and the documents that it has are passed over.

A run into a file of lines of JSON writes beside its partial file what it is made of. A run that goes on must be made of
the same; each line that is whole is a document that is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.errors import DocumentError, PipelineError, UsageError
from copydesk.run.files import open_regular, replacing
from copydesk.run.output import partial_output
from copydesk.run.parts import parsed, severities_in

if TYPE_CHECKING:
    from copydesk.model.document import Document
    from copydesk.model.result import RunSummary
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.run.inputs import Input


@dataclass(frozen=True, slots=True)
class Resumable:
    """A run into one file that can be gone on with.

    Attributes:
        partial: where the file stands until it is whole.
        made_of: a digest of pipeline, versions and inputs.
    """

    partial: Path
    made_of: str

    @property
    def _record(self) -> Path:
        return self.partial.with_name(f".{self.partial.name}.json")

    def begin(self) -> None:
        """Write down what the run is made of."""
        with replacing(self._record) as stream:
            stream.write(json.dumps({"made_of": self.made_of}).encode())

    def end(self) -> None:
        """Remove that: the run is done."""
        with suppress(FileNotFoundError):
            self._record.unlink()

    def done(self, summary: RunSummary) -> tuple[int, int]:
        """How many documents are done, and how many bytes they take; they are counted in the summary.

        Raises:
            UsageError: there is nothing to go on with, or it was made of something else.
        """
        try:
            with open_regular(self._record) as stream:
                made_of = json.load(stream)["made_of"]
        except (OSError, ValueError, KeyError, TypeError):
            raise UsageError(
                f"there is no run to go on with: {self._record} is not there; run without --resume"
            ) from None
        if made_of != self.made_of:
            raise UsageError(
                f"{self.partial} was made by another pipeline, other versions or from other inputs; run without --resume"
            )
        lines = size = 0
        try:
            with open_regular(self.partial) as stream:
                for line in stream:
                    if not line.endswith(b"\n"):
                        break
                    _count(summary, parsed(line))
                    lines += 1
                    size += len(line)
        except FileNotFoundError:
            return 0, 0
        return lines, size


def _count(summary: RunSummary, item: dict[str, Any]) -> None:
    summary.documents += 1
    summary.failed += bool(item.get("errors"))
    summary.characters += len(item["text"])
    summary.findings.update(severities_in(item))  # type: ignore[arg-type]  # severities, as they were written


def resumable(output: Path | None, pipeline: Pipeline, files: Sequence[Input]) -> Resumable | None:
    """The run into this output, if it could be gone on with: into a file, from files, with a model that has a name."""
    partial = partial_output(output) if output is not None else None
    if partial is None or any(file.path is None for file in files):
        return None
    digest = hashlib.sha256()
    try:
        digest.update(pipeline.digest.encode())
    except PipelineError:
        return None
    for file in files:
        assert file.path is not None
        with suppress(OSError):
            state = file.path.stat()
            digest.update(f"{file.id}\t{state.st_size}\t{state.st_mtime_ns}\n".encode())
    return Resumable(partial, digest.hexdigest())


def after(documents: Iterable[Document | DocumentError], count: int) -> Iterator[Document | DocumentError]:
    """The documents after the first `count`."""
    return islice(documents, count, None)
