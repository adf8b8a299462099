"""A run in chunks by workers, into a run folder: resumable, each chunk exactly once, nothing lost."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from copydesk.errors import PipelineError, UsageError
from copydesk.pipeline.pool import Death, Job, Pool
from copydesk.pipeline.workers import GRACE, TRIES
from copydesk.run.chunk_work import ChunkWork, Order, provenance
from copydesk.run.chunks import CHUNK_BYTES, Chunk, cut
from copydesk.run.files import locked
from copydesk.run.folder import Manifest, RunFolder
from copydesk.run.parts import Commit, dead_letters

if TYPE_CHECKING:
    from copydesk.findings import Reviewer
    from copydesk.model.records import StepRecord
    from copydesk.model.result import RunSummary
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.run.inputs import Input
    from copydesk.run.ray_pool import RayPool

WHOLE_TRIES = 2
"""So often a chunk is tried whole; then its documents are done one by one."""


@dataclass(frozen=True, slots=True)
class ChunkedRun:
    """What is to be run in chunks, and how.

    Attributes:
        pipeline: what to run.
        files: what to read.
        folder: where the parts go.
        workers: how many processes.
        resume: whether to go on with a run that the folder holds.
        retry_failed: whether only the documents that failed there are done again.
        redo: steps that are made again over the parts of another run; None for all steps.
        review: what takes known findings out of each result.
        review_digest: what tells that it is the same.
        chunk_bytes: how much input a chunk has.
        engine: "local" processes, or the workers of a "ray" cluster.
        address: of the cluster.
    """

    pipeline: Pipeline
    files: Sequence[Input]
    folder: Path
    workers: int
    resume: bool = False
    retry_failed: bool = False
    redo: tuple[str, ...] | None = None
    review: Reviewer | None = None
    review_digest: str | None = None
    chunk_bytes: int = CHUNK_BYTES
    engine: Literal["local", "ray"] = "local"
    address: str | None = None


@dataclass(slots=True)
class Progress:
    """How far a run is.

    Attributes:
        bytes: how much input there is.
        done: how much of it is done.
        here: how much of that was done by this run, not by an earlier one that it resumes.
        words: of the documents of this run.
        chunks: how many there are.
        failed: dead letters, by the name of the error.
    """

    bytes: int = 0
    done: int = 0
    here: int = 0
    words: int = 0
    chunks: int = 0
    failed: Counter[str] = field(default_factory=Counter)


def run_chunks(
    wanted: ChunkedRun,
    summary: RunSummary,
    progress: Progress,
    committed: Callable[[Commit], None] = lambda _commit: None,
) -> None:
    """Do what is not done yet.

    Args:
        wanted: what to run.
        summary: what to count in.
        progress: what to say how far it is in.
        committed: told of each chunk that is done now.

    Raises:
        UsageError: the folder holds another run, or somebody else is at it.
        PipelineError: the pipeline cannot be set up in a worker.
        OSError: the parts cannot be written.
    """
    folder = RunFolder(wanted.folder)
    folder.make()
    with locked(folder.lock, str(wanted.folder)):
        if folder.has_manifest() and not (wanted.resume or wanted.retry_failed):
            raise UsageError(
                f"{wanted.folder} holds a run already; --resume goes on with it, --retry-failed tries again what failed"
            )
        if wanted.retry_failed:
            folder.manifest()
        for path in folder.leftovers():
            with suppress(OSError):
                path.unlink()
        chunks = list(cut(wanted.files, wanted.chunk_bytes))
        if not chunks:
            raise UsageError("there is nothing to read: all files are empty")
        progress.bytes, progress.chunks = sum(chunk.size for chunk in chunks), len(chunks)
        jobs = _jobs(wanted, folder, chunks, summary, progress)
        _work_through(wanted, folder, chunks, jobs, summary, progress, committed)


def _jobs(
    wanted: ChunkedRun, folder: RunFolder, chunks: Sequence[Chunk], summary: RunSummary, progress: Progress
) -> Iterator[ChunkJob]:
    """What is to be done; asked for once the manifest is agreed on."""
    for chunk in chunks:
        commit = folder.commit(chunk)
        if commit is None:
            if wanted.retry_failed:
                raise UsageError(
                    f"chunk {chunk.number} of {folder.path} is not done; go on with the run first: --resume"
                )
            yield ChunkJob(Order(chunk))
        elif wanted.retry_failed and commit.failed:
            yield ChunkJob(Order(chunk, attempt=commit.attempt + 1, only_failed=True))
        else:
            progress.done += chunk.size
            _count(summary, progress, commit, folder)


def _work_through(
    wanted: ChunkedRun,
    folder: RunFolder,
    chunks: Sequence[Chunk],
    jobs: Iterator[ChunkJob],
    summary: RunSummary,
    progress: Progress,
    committed: Callable[[Commit], None],
) -> None:
    work = ChunkWork(wanted.pipeline, folder.path, secrets.token_hex(8), wanted.review, wanted.redo)

    def agree(records: Sequence[StepRecord]) -> None:
        now = Manifest.of(
            wanted.pipeline,
            chunks,
            [{"id": record.id, **provenance(record)} for record in records],
            chunk_bytes=wanted.chunk_bytes,
            redo=wanted.redo,
            review=wanted.review_digest,
        )
        if not folder.has_manifest():
            folder.begin(now)
        elif differences := folder.manifest().differences(now):
            raise UsageError(
                f"{folder.path} holds a run that cannot be gone on with: {'; '.join(differences)}. "
                "Name a new folder, or run it as it was"
            )

    pool = _pool(wanted, work)
    try:
        agree(pool.start())
        for job in pool.run(jobs):
            commit = job.done()
            assert commit is not None
            progress.done += commit.size
            progress.here += commit.size
            _count(summary, progress, commit, folder)
            committed(commit)
    finally:
        pool.stop()


def _pool(wanted: ChunkedRun, work: ChunkWork) -> Pool[ChunkJob] | RayPool:
    limit = wanted.pipeline.limits.seconds
    if wanted.engine == "ray":
        from copydesk.run.ray_pool import RayPool

        return RayPool(work, wanted.workers, limit=limit, address=wanted.address)
    return Pool(work, wanted.workers, limit=limit, ordered=False)


def _count(summary: RunSummary, progress: Progress, commit: Commit, folder: RunFolder) -> None:
    summary.documents += commit.documents + commit.failed
    summary.failed += commit.failed
    summary.characters += commit.characters
    summary.findings.update(commit.findings)  # type: ignore[arg-type]  # severities, as they were written
    progress.words += commit.words
    if commit.failed:
        progress.failed.update(letter.error for letter in dead_letters(folder.path, commit.chunk))


class ChunkJob(Job[Commit]):
    """A chunk, and how its workers fared."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._deaths = 0
        """Of workers that did it whole."""
        self._deaths_at: Counter[int | None] = Counter()

    def message(self) -> Order:
        return self._order

    def answered(self, answer: Any) -> None:
        self.answer = Commit.model_validate(answer)

    def seconds(self, limit: float) -> float:
        # For a whole batch too: one that takes longer is done again document by document.
        return limit + GRACE

    def died(self, death: Death) -> Sequence[ChunkJob]:
        order = self._order
        if not order.careful:
            self._deaths += 1
            careful = death.limit is not None or self._deaths >= WHOLE_TRIES
            self._order = replace(order, careful=careful)
            return [self]
        self._deaths_at[death.at] += 1
        given_up = death.limit is not None or self._deaths_at[death.at] >= TRIES
        if given_up and death.at is None:
            raise PipelineError(
                f"{TRIES} worker processes died when they read {self._where()}, the last with exit code {death.code}"
            )
        if given_up and death.at is not None:
            self._order = replace(order, aside={**order.aside, death.at: death})
        return [self]

    def _where(self) -> str:
        chunk = self._order.chunk
        names = ", ".join(file.id for file in chunk.files[:3])
        return f"{names}, from line {chunk.line}" if chunk.end is not None else names
