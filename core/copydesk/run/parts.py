"""Parts: what a run folder holds of each chunk, so that a chunk is done exactly once.

    part-00012.jsonl          its documents, in the order of the input
    part-00012.errors.jsonl   its dead letters: the documents that failed, each with the cause
    part-00012.commit.json    the commit record, written last: without it, or if a hash differs, the chunk is not done

Each is written under another name, brought to the disk and renamed.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict

from copydesk.run.files import open_regular, replacing

FOLDER = "parts"


class PartFiles(NamedTuple):
    """Where the files of a chunk are."""

    documents: Path
    errors: Path
    commit: Path

    @classmethod
    def of(cls, folder: Path, number: int) -> Self:
        """Those of a chunk in a run folder."""
        stem = folder / FOLDER / f"part-{number:05}"
        return cls(*(stem.with_name(f"{stem.name}{end}") for end in (".jsonl", ".errors.jsonl", ".commit.json")))


class DeadLetter(BaseModel):
    """A document that failed: a line of `part-N.errors.jsonl`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    chunk: int
    index: int
    """Its place in the chunk, from 0."""
    id: str
    path: str | None = None
    line: int | None = None
    """1-based line in the input file."""
    step: str | None = None
    """The step that failed first; null where the document could not be read or parsed."""
    error: str
    """The name of the exception's class."""
    message: str
    more: int = 0
    """How many further errors it has."""
    attempt: int = 1


class Commit(BaseModel):
    """That a chunk is done, and what came of it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    chunk: int
    input: str
    """The fingerprint of the chunk's input."""
    size: int
    """How many bytes of input it has."""
    documents: int
    """How many documents came out."""
    failed: int
    characters: int
    words: int
    findings: Mapping[str, int]
    """How many of each severity."""
    seconds: Mapping[str, float]
    """Per step, and for "parse"."""
    attempt: int
    documents_sha256: str
    errors_sha256: str
    suppressed: tuple[str, ...] = ()
    """The fingerprints of findings that a file of suppressions passed over."""
    notices: int = 0


def read_commit(folder: Path, number: int, fingerprint: str) -> Commit | None:
    """The commit record of a chunk, if it is done: with this input, and with files that are as they were."""
    files = PartFiles.of(folder, number)
    try:
        commit = Commit.model_validate_json(files.commit.read_bytes())
        sound = (
            commit.input == fingerprint
            and sha256(files.documents) == commit.documents_sha256
            and sha256(files.errors) == commit.errors_sha256
        )
    except (OSError, ValueError):
        return None
    return commit if sound else None


def dead_letters(folder: Path, number: int) -> list[DeadLetter]:
    """The documents of a chunk that failed."""
    with open_regular(PartFiles.of(folder, number).errors) as stream:
        return [DeadLetter.model_validate_json(line) for line in stream]


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    with open_regular(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Sink:
    """A file that is written line by line, and knows the digest of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()

    def line(self, line: bytes) -> None:
        """Write a line; it has no line end yet."""
        line += b"\n"
        self._digest.update(line)
        self._stream.write(line)

    @property
    def sha256(self) -> str:
        """The digest of what was written."""
        return self._digest.hexdigest()


class Part:
    """What is written of a chunk: in a `with` block, which puts the files in their places, and then `commit`.

    Args:
        folder: the run folder.
        number: the chunk's.
        attempt: the how manieth time its documents are tried.
    """

    def __init__(self, folder: Path, number: int, attempt: int) -> None:
        self._files = PartFiles.of(folder, number)
        self._number = number
        self._attempt = attempt
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._documents = Sink(self._stack.enter_context(replacing(self._files.documents)))
        self._errors = Sink(self._stack.enter_context(replacing(self._files.errors)))
        return self

    def __exit__(self, *what: object) -> bool | None:
        return self._stack.__exit__(*what)  # type: ignore[arg-type]  # as it was given

    def document(self, line: bytes) -> None:
        """Write a document."""
        self._documents.line(line)

    def failed(self, letter: bytes) -> None:
        """Write a dead letter."""
        self._errors.line(letter)

    def commit(self, tally: Tally, *, fingerprint: str, size: int) -> Commit:
        """Say that the chunk is done; after the block."""
        made = Commit(
            chunk=self._number,
            input=fingerprint,
            size=size,
            documents=tally.documents,
            failed=tally.failed,
            characters=tally.characters,
            words=tally.words,
            findings=dict(tally.findings),
            seconds={step: round(seconds, 6) for step, seconds in tally.seconds.items()},
            attempt=self._attempt,
            documents_sha256=self._documents.sha256,
            errors_sha256=self._errors.sha256,
            suppressed=tuple(sorted(tally.suppressed)),
            notices=tally.notices,
        )
        with replacing(self._files.commit) as stream:
            stream.write(made.model_dump_json(indent=1).encode() + b"\n")
        return made


class Tally:
    """What is counted of a chunk."""

    def __init__(self) -> None:
        self.documents = 0
        self.failed = 0
        self.characters = 0
        self.words = 0
        self.notices = 0
        self.findings: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.suppressed: set[str] = set()

    def count(self, text: str, severities: Iterator[str]) -> None:
        """Count a document that came out."""
        self.documents += 1
        self.characters += len(text)
        self.words += len(text.split())
        self.findings.update(severities)


def severities_in(item: Mapping[str, Any]) -> Iterator[str]:
    """The severities of the findings in a document's JSON object."""
    return (finding["severity"] for finding in item.get("layers", {}).get("finding", ()))


def parsed(line: bytes) -> dict[str, Any]:
    """A line of a part."""
    item: dict[str, Any] = json.loads(line)
    return item
