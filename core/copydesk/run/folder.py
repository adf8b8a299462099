"""Run folder: the parts of a run, and a manifest that says what they were made of.

run.json    the manifest, written before the first chunk is done
parts/      what came of each chunk
"""

from __future__ import annotations

import hashlib
import platform
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from copydesk.errors import UsageError
from copydesk.run.chunks import Chunk
from copydesk.run.files import open_regular, replacing
from copydesk.run.parts import FOLDER, Commit, DeadLetter, PartFiles, dead_letters, read_commit

MANIFEST = "run.json"
LOCK = ".lock"


class Manifest(BaseModel):
    """What a run is made of: a resumed one must be made of the same."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    run: int = 1
    """The version of this form."""
    copydesk: str
    python: str = platform.python_version()
    started: str
    """When, ISO 8601, UTC."""
    pipeline: str
    """Its name."""
    yaml: str | None
    """The pipeline as a file says it; null for one that no file can say."""
    digest: str
    steps: tuple[Mapping[str, Any], ...]
    """Of each step its plugin, distribution, version, settings, model and checks."""
    chunk_bytes: int
    chunks: int
    input_bytes: int
    input: str
    """A digest of all chunks' fingerprints."""
    redo: tuple[str, ...] | None = None
    """The steps that were made again over another run, where it was one of these."""
    review: str | None = None
    """A digest of the suppressions and the baseline, where there are any."""

    @classmethod
    def of(cls, pipeline: Any, chunks: Sequence[Chunk], steps: Sequence[Mapping[str, Any]], **more: Any) -> Manifest:
        """The manifest of a run that begins now."""
        from importlib.metadata import version

        from copydesk.errors import PipelineError

        try:
            yaml = pipeline.to_yaml()
        except PipelineError:
            yaml = None
        digest = hashlib.sha256("\n".join(chunk.fingerprint for chunk in chunks).encode()).hexdigest()
        return cls(
            copydesk=version("copydesk"),
            started=datetime.now(UTC).isoformat(timespec="seconds"),
            pipeline=pipeline.name,
            yaml=yaml,
            digest=pipeline.digest,
            steps=tuple(steps),
            chunks=len(chunks),
            input_bytes=sum(chunk.size for chunk in chunks),
            input=digest,
            **more,
        )

    def differences(self, now: Manifest) -> list[str]:
        """What is not as it was, in words."""
        found = []
        if self.chunk_bytes != now.chunk_bytes:
            found.append(f"chunks had {self.chunk_bytes:,} bytes and now have {now.chunk_bytes:,}")
        elif self.input != now.input:
            found.append(
                f"the input is another: {self.input_bytes:,} bytes in {self.chunks:,} chunks, "
                f"and now {now.input_bytes:,} in {now.chunks:,}"
            )
        if self.digest != now.digest:
            found.append("the pipeline has other steps, settings or limits")
        if self.redo != now.redo:
            found.append("other steps are made again")
        if self.review != now.review:
            found.append("the suppressions or the baseline are others")
        for old, new in zip(self.steps, now.steps, strict=False):
            found += [
                f"{key} of step '{new.get('id')}': {old.get(key)}, and now {new.get(key)}"
                for key in ("distribution", "version", "settings", "model", "checks")
                if _plain(old.get(key)) != _plain(new.get(key))
            ]
        return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


class RunFolder:
    """A folder with the parts of a run.

    Args:
        path: the folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def lock(self) -> Path:
        """The file that one run at a time holds."""
        return self.path / LOCK

    def make(self) -> None:
        """Make the folder, if it is not there.

        Raises:
            UsageError: it holds something that is no run, or cannot be made.
        """
        try:
            # A run that was killed before it wrote its manifest leaves a lock and an empty folder.
            strange = self.path.is_dir() and any(one.name not in (LOCK, FOLDER) for one in self.path.iterdir())
            if strange and not self.has_manifest():
                raise UsageError(f"{self.path} holds something else than a run; name a new folder")
            (self.path / FOLDER).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"the folder {self.path} cannot be made: {error.strerror}") from None

    def has_manifest(self) -> bool:
        """Whether a run was begun here."""
        return (self.path / MANIFEST).exists()

    def manifest(self) -> Manifest:
        """What the run is made of.

        Raises:
            UsageError: it is no run folder, or one of a version that is not known.
        """
        try:
            with open_regular(self.path / MANIFEST) as stream:
                return Manifest.model_validate_json(stream.read())
        except FileNotFoundError:
            raise UsageError(f"{self.path} is no run folder: it has no {MANIFEST}") from None
        except (OSError, ValidationError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no manifest of a run"
            raise UsageError(f"{self.path / MANIFEST} cannot be read: {why}") from None

    def begin(self, manifest: Manifest) -> None:
        """Write the manifest of a new run."""
        with replacing(self.path / MANIFEST) as stream:
            stream.write(manifest.model_dump_json(indent=1).encode() + b"\n")

    def commit(self, chunk: Chunk) -> Commit | None:
        """The commit record of a chunk, if it is done."""
        return read_commit(self.path, chunk.number, chunk.fingerprint)

    def commits(self) -> Iterator[Commit]:
        """The commit records that are there, in order; the parts are not read."""
        for number in range(self.manifest().chunks):
            try:
                yield Commit.model_validate_json(PartFiles.of(self.path, number).commit.read_bytes())
            except (OSError, ValidationError):
                continue

    def dead_letters(self) -> Iterator[DeadLetter]:
        """The documents that failed, in order."""
        for commit in self.commits():
            if commit.failed:
                yield from dead_letters(self.path, commit.chunk)

    def lines(self) -> Iterator[bytes]:
        """The documents of the whole run, in order, as lines of JSON.

        Raises:
            UsageError: some chunks are not done.
        """
        manifest = self.manifest()
        done = [commit.chunk for commit in self.commits()]
        if len(done) < manifest.chunks:
            raise UsageError(
                f"{manifest.chunks - len(done):,} of {manifest.chunks:,} chunks of {self.path} are not done; "
                "go on with the run: --resume"
            )
        for number in done:
            with open_regular(PartFiles.of(self.path, number).documents) as stream:
                yield from stream

    def leftovers(self) -> Iterator[Path]:
        """Unfinished files of runs that were killed; nobody reads them."""
        yield from (self.path / FOLDER).glob(".part-*")


def totals(commits: Iterator[Commit]) -> dict[str, Any]:
    """The sums over commit records: documents, failed, characters, words, findings and seconds per step."""
    counts: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for commit in commits:
        counts.update(
            chunks=1,
            documents=commit.documents,
            failed=commit.failed,
            characters=commit.characters,
            words=commit.words,
            bytes=commit.size,
        )
        findings.update(commit.findings)
        seconds.update(commit.seconds)
    zero = dict.fromkeys(("chunks", "documents", "failed", "characters", "words", "bytes"), 0)
    return {**zero, **counts, "findings": dict(findings), "seconds": dict(seconds)}
