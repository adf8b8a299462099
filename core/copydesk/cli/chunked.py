"""`copydesk run --workers`: a run in chunks, into a run folder; and what it says on standard error."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Literal

import typer

from copydesk.cli import exits
from copydesk.cli.progress import counted

if TYPE_CHECKING:
    from copydesk.findings import Reviewer
    from copydesk.model.result import RunSummary
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.run.inputs import Input
    from copydesk.run.parallel import ChunkedRun, Progress

EVERY = 10.0
"""Seconds between two lines of progress, and between two of the metrics file."""


def run_in_chunks(wanted: ChunkedRun, summary: RunSummary, *, metrics: Path | None, quiet: bool) -> None:
    """Do it, and say how far it is; a failure of some documents is left to the caller.

    Raises:
        typer.Exit: it was interrupted, or could not write.
        CopydeskError: what `run_chunks` raises.
    """
    from copydesk.run.parallel import Progress, run_chunks

    progress = Progress()
    try:
        with _watched(summary, progress, metrics, quiet=quiet):
            run_chunks(wanted, summary, progress)
    except KeyboardInterrupt:
        typer.echo(f"copydesk: interrupted; what is done is in {wanted.folder}, and --resume goes on with it", err=True)
        raise typer.Exit(exits.INTERRUPTED) from None
    except OSError as error:
        where = error.filename or wanted.folder
        typer.echo(
            f"copydesk: cannot write {where}: {error.strerror or error}; what is done is in {wanted.folder}, and "
            "--resume goes on with it",
            err=True,
        )
        raise typer.Exit(exits.FAILED) from None
    if summary.failed and not quiet:
        kinds = ", ".join(f"{count:,} {name}" for name, count in progress.failed.most_common())
        typer.echo(
            f"copydesk: {counted(summary.failed, 'document')} failed ({kinds}): copydesk runs {wanted.folder} --failed",
            err=True,
        )


def reviewer_of(suppressions: Path | None, baseline: Path | None) -> Reviewer | None:
    """What passes over known findings; None where none are known.

    Raises:
        UsageError: a file of them cannot be read.
    """
    from copydesk.findings import Baseline, Reviewer, read_baseline, read_suppressions

    if suppressions is None and baseline is None:
        return None
    return Reviewer(
        read_suppressions(suppressions) if suppressions else (), read_baseline(baseline) if baseline else Baseline()
    )


def review_digest(files: Sequence[Path | None]) -> str | None:
    """What tells that suppressions and baseline are the same; None where there are none."""
    there = [file for file in files if file is not None]
    if not there:
        return None
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in there)).hexdigest()


def parts_of(folder: Path) -> list[Input]:
    """The documents of another run, as inputs.

    Raises:
        UsageError: it is no run folder, or it is not done.
    """
    from copydesk.errors import UsageError
    from copydesk.formats.jsonl import JsonLinesReader
    from copydesk.run.folder import RunFolder
    from copydesk.run.inputs import Input
    from copydesk.run.parts import PartFiles

    run = RunFolder(folder)
    chunks = run.manifest().chunks
    done = [commit.chunk for commit in run.commits()]
    if len(done) < chunks:
        raise UsageError(f"{chunks - len(done):,} chunks of {folder} are not done; go on with that run: --resume")
    files = [PartFiles.of(folder, number).documents for number in done]
    return [Input(file, f"{folder.name}/{file.name}", JsonLinesReader) for file in files]


def checked_steps(pipeline: Pipeline, steps: str | None) -> tuple[str, ...]:
    """The ids that `--steps` names.

    Raises:
        UsageError: it names none, or one that the pipeline does not have.
    """
    from copydesk.errors import UsageError
    from copydesk.nearest import did_you_mean

    known = [step.id for step in pipeline.steps]
    wanted = tuple(name.strip() for name in (steps or "").split(",") if name.strip())
    if not wanted:
        raise UsageError(f"--from-run needs the steps that are made again: --steps {known[-1]}")
    for name in wanted:
        if name not in known:
            raise UsageError(f"the pipeline has no step '{name}'{did_you_mean(name, known)}")
    return wanted


@contextmanager
def _watched(summary: RunSummary, progress: Progress, metrics: Path | None, *, quiet: bool) -> Iterator[None]:
    stop = threading.Event()
    start = monotonic()
    watcher = threading.Thread(target=_watch, args=(summary, progress, metrics, start, stop, quiet), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()
        summary.seconds = monotonic() - start
        if metrics is not None:
            _write_metrics(metrics, summary, progress)
    if not quiet:
        typer.echo(f"copydesk: {_line(summary, progress, summary.seconds)}", err=True)


def _watch(
    summary: RunSummary, progress: Progress, metrics: Path | None, start: float, stop: threading.Event, quiet: bool
) -> None:
    terminal = sys.stderr.isatty() and not quiet
    told = start
    while not stop.wait(0.5):
        now = monotonic()
        if terminal:
            typer.echo(f"\r\x1b[K{_line(summary, progress, now - start)}", err=True, nl=False)
        if now - told >= EVERY:
            told = now
            if not (terminal or quiet):
                typer.echo(f"copydesk: {_line(summary, progress, now - start)}", err=True)
            if metrics is not None:
                _write_metrics(metrics, summary, progress)
    if terminal:
        typer.echo("\r\x1b[K", err=True, nl=False)


def _line(summary: RunSummary, progress: Progress, seconds: float) -> str:
    parts = [counted(summary.documents, "document")]
    if summary.failed:
        parts.append(f"{summary.failed:,} failed")
    if progress.bytes:
        parts.append(f"{progress.done / progress.bytes:.0%} of {progress.bytes / 1e6:,.1f} MB")
    if seconds and progress.here:
        share = progress.here / (progress.done or 1)
        parts.append(
            f"{summary.documents * share / seconds:,.0f} documents/s, {progress.words * share / seconds:,.0f} words/s"
        )
        left = (progress.bytes - progress.done) * seconds / progress.here
        if left:
            parts.append(f"{_clock(left)} left")
    parts.append(_clock(seconds))
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def _write_metrics(path: Path, summary: RunSummary, progress: Progress) -> None:
    """What Prometheus' text-file collector reads."""
    from contextlib import suppress

    from copydesk.run.files import replacing

    values = {
        "documents_total": ("counter", summary.documents),
        "failed_total": ("counter", summary.failed),
        "words_total": ("counter", progress.words),
        "input_bytes": ("gauge", progress.bytes),
        "input_bytes_done": ("gauge", progress.done),
        "chunks": ("gauge", progress.chunks),
    }
    with suppress(OSError), replacing(path) as stream:  # it is for watching; the run goes on without it
        for name, (kind, value) in values.items():
            stream.write(f"# TYPE copydesk_{name} {kind}\ncopydesk_{name} {value}\n".encode())


def chunked_run(
    pipeline: Pipeline,
    files: Sequence[Input],
    out: str | None,
    *,
    workers: int,
    resume: bool,
    retry_failed: bool,
    redo: tuple[str, ...] | None,
    reviewer: Reviewer | None,
    reviewed_by: str | None,
    chunk_bytes: int,
    engine: Literal["local", "ray"],
    address: str | None,
) -> ChunkedRun:
    """The run that the options ask for.

    Raises:
        UsageError: they cannot mean anything.
    """
    from copydesk.errors import UsageError
    from copydesk.run.parallel import ChunkedRun

    if out is None:
        raise UsageError("--workers needs the folder that the parts go to: -o DIR")
    if any(file.path is None for file in files):
        raise UsageError("standard input cannot be cut into chunks; write it to a file first, or run without --workers")
    if engine == "ray":  # its workers are elsewhere, and start in other folders
        files = [replace(file, path=file.path.absolute()) for file in files if file.path is not None]
    return ChunkedRun(
        pipeline=pipeline,
        files=files,
        folder=Path(out).absolute() if engine == "ray" else Path(out),
        workers=workers,
        resume=resume,
        retry_failed=retry_failed,
        redo=redo,
        review=reviewer,
        review_digest=reviewed_by,
        chunk_bytes=chunk_bytes,
        engine=engine,
        address=address,
    )
