"""A run into one output: standard output, a file, or a folder of pages."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from copydesk.cli import exits

if TYPE_CHECKING:
    from copydesk.findings import Baseline, Reviewer
    from copydesk.model.result import Result, RunSummary
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.pipeline.runtime import Runtime
    from copydesk.pipeline.value import OnError
    from copydesk.plugins.writer import Writer
    from copydesk.run.inputs import Input


@dataclass(frozen=True, slots=True)
class OneOutput:
    """What is run, and where it goes.

    Attributes:
        pipeline: what to run.
        files: what to read.
        path: where to write; None for standard output.
        folder: whether that is a folder of pages.
        writer: the format.
        full: whether the text report has all rows.
        resume: whether to go on with what an interrupted run has written.
    """

    pipeline: Pipeline
    files: Sequence[Input]
    path: Path | None
    folder: bool
    writer: type[Writer[Any]]
    full: bool
    resume: bool


@dataclass(frozen=True, slots=True)
class Review:
    """Which findings are known already, and where this run's are written."""

    suppressions: Path | None
    baseline: Path | None
    update: bool


def run_into_one(
    wanted: OneOutput,
    review: Review,
    summary: RunSummary,
    *,
    on_error: OnError,
    traceback: bool,
    timings: bool,
    quiet: bool,
) -> None:
    """Run it; failed documents and findings are left to the caller, who has the summary.

    Raises:
        typer.Exit: it was interrupted, stopped at an error, or could not write.
        UsageError: the options cannot mean anything.
    """
    from copydesk.errors import DocumentError, StepError
    from copydesk.findings import Baseline, Reviewer, read_baseline, read_suppressions
    from copydesk.formats.text import one_line
    from copydesk.pipeline.settling import settle
    from copydesk.run.output import abandon_stdout, check_output, open_output

    output, folder = wanted.path, wanted.folder
    open_writer, skip = _begun(wanted, summary)
    check_output(output, folder=folder)
    there = review.baseline is not None and (review.baseline.exists() or not review.update)
    known = read_baseline(review.baseline) if review.baseline and there else Baseline()
    reviewer = Reviewer(read_suppressions(review.suppressions) if review.suppressions else (), known)
    seen = Baseline()
    report = _Report(traceback=traceback)
    try:
        with wanted.pipeline.open(lanes=1) as desk:
            settle()
            reviewing = _noted(reviewer, seen) if review.update else reviewer
            _run(
                desk,
                wanted.files,
                skip,
                open_writer,
                on_error,
                summary,
                reviewing,
                report,
                quiet=quiet or _shows(output),
            )
    except KeyboardInterrupt:
        kept = _kept(output, folder=folder)
        typer.echo(f"copydesk: interrupted after {summary.documents:,} documents{kept}", err=True)
        raise typer.Exit(exits.INTERRUPTED) from None
    except (DocumentError, StepError) as error:
        if traceback:
            typer.echo(getattr(error, "traceback", ""), err=True)
        kept = _kept(output, folder=folder)
        typer.echo(f"copydesk: stopped: {one_line(_described(error))}{kept}", err=True)
        raise typer.Exit(exits.FAILED) from None
    except OSError as error:  # readers and steps put theirs on record, so this is the output's
        if output is None:
            if isinstance(error, BrokenPipeError):
                raise
            abandon_stdout()
        where, kept = output or "standard output", _kept(output, folder=folder)
        typer.echo(f"copydesk: cannot write {where}: {error.strerror or error}{kept}", err=True)
        raise typer.Exit(exits.FAILED) from None
    if timings:
        report.show_timings()
    if review.update:
        assert review.baseline is not None
        with open_output(review.baseline) as stream:
            stream.writelines(f"{line}\n" for line in seen.lines())
    for message in summary.observer_errors:
        typer.echo(f"copydesk: an observer failed and was left out: {message}", err=True)
    for suppression in reviewer.unused():
        typer.echo(
            f"copydesk: {review.suppressions}: {one_line(suppression.fingerprint)} passed over nothing; remove it",
            err=True,
        )


def _begun(wanted: OneOutput, summary: RunSummary) -> tuple[Callable[[], AbstractContextManager[Writer[Any]]], int]:
    """What opens the output, and how many documents are in it already.

    Raises:
        UsageError: there is no run to go on with, or this format cannot be gone on with.
    """
    from copydesk.errors import UsageError
    from copydesk.run.files import COMPRESSED
    from copydesk.run.plain import resumable

    plain = wanted.writer.name == "jsonl" and wanted.path is not None and wanted.path.suffix not in COMPRESSED
    run = resumable(wanted.path, wanted.pipeline, wanted.files) if plain and not wanted.folder else None
    if wanted.resume and run is None:
        raise UsageError("--resume goes on with a run folder, or with a file of JSON lines that is not compressed")
    skip, size = run.done(summary) if run is not None and wanted.resume else (0, None)
    open_writer = _opener(wanted, append_at=size)
    if run is None:
        return open_writer, skip

    @contextmanager
    def opened() -> Iterator[Writer[Any]]:
        with open_writer() as writer:
            run.begin()
            yield writer
        run.end()

    return opened, skip


def _run(
    desk: Runtime,
    files: Sequence[Input],
    skip: int,
    open_writer: Callable[[], AbstractContextManager[Writer[Any]]],
    on_error: OnError,
    summary: RunSummary,
    reviewer: Callable[[Result], Result],
    report: _Report,
    *,
    quiet: bool,
) -> None:
    from copydesk.cli.progress import progress
    from copydesk.run.inputs import read_inputs
    from copydesk.run.plain import after
    from copydesk.run.runner import run

    def write(result: Result) -> None:
        writer.write(result)
        report.tell(result)

    with open_writer() as writer, progress(summary, len(files), quiet=quiet):
        writer.start()
        run(desk, after(read_inputs(files), skip), write, on_error=on_error, summary=summary, review=reviewer)
        writer.finish()


def _noted(reviewer: Reviewer, baseline: Baseline) -> Callable[[Result], Result]:
    """The reviewer, which tells a new baseline of all findings, those that it passes over too."""

    def review(result: Result) -> Result:
        baseline.note(result)
        return reviewer(result)

    return review


class _Report:
    """Says on standard error what went wrong with each document, and what the steps took."""

    def __init__(self, *, traceback: bool) -> None:
        self._traceback = traceback
        self._seconds: Counter[str] = Counter()

    def tell(self, result: Result) -> None:
        """Take note of a result."""
        from copydesk.formats.text import one_line, printable

        self._seconds.update(result.timings)
        for error, record in zip(result.errors, result.records, strict=True):
            place = ":".join(str(part) for part in (record.path, record.line) if part is not None)
            where = f"{place}: " if place else ""
            message = _named(result.document.id, record.message)
            typer.echo(f"copydesk: {one_line(where + message)}", err=True)
            if self._traceback and (shown := getattr(error, "traceback", "")):
                typer.echo(printable(shown), err=True)
        for notice in result.notices:
            typer.echo(f"copydesk: {one_line(_named(result.document.id, notice))}", err=True)

    def show_timings(self) -> None:
        """Print the seconds of each step."""
        total = sum(self._seconds.values())
        for step, seconds in self._seconds.items():
            typer.echo(f"copydesk: {step:<20} {seconds:9.3f} s {seconds / (total or 1):6.1%}", err=True)


def _shows(output: Path | None) -> bool:
    """Whether the report goes to the terminal that progress would be shown on."""
    return output is None and sys.stdout.isatty()


def _opener(wanted: OneOutput, *, append_at: int | None = None) -> Callable[[], AbstractContextManager[Writer[Any]]]:
    """What opens the output, and gives the writer that writes to it.

    Raises:
        UsageError: the format is not written to a folder, or has no rows to leave out.
    """
    from copydesk.errors import UsageError
    from copydesk.formats.report import ReportConfig, ReportWriter
    from copydesk.pipeline.formats import writer_config
    from copydesk.run.output import open_folder, open_output

    writer, output = wanted.writer, wanted.path
    pages = writer.in_folder
    config = writer_config(writer, wanted.pipeline)
    if wanted.folder and pages is None:
        raise UsageError(f"{output} is a folder; name a file to write: {writer.name} has no form for folders")
    if wanted.full and not issubclass(writer, ReportWriter):
        raise UsageError(f"--full is for --to text; {writer.name} has everything in any case")

    @contextmanager
    def opened() -> Iterator[Writer[Any]]:
        if wanted.folder:
            assert output is not None
            assert pages is not None
            with open_folder(output, pages.index, binary=pages.binary) as (stream, path):
                made = pages(stream, path, config)
                made.checks = wanted.pipeline.checks
                yield made
        else:
            with open_output(output, append_at=append_at, binary=writer.binary) as stream:
                one = ReportWriter(stream, ReportConfig(rows=None)) if wanted.full else writer(stream, config)
                one.checks = wanted.pipeline.checks
                yield one

    return opened


def _described(error: Exception) -> str:
    document_id = getattr(error, "document_id", None)
    return _named(document_id, str(error)) if document_id else str(error)


def _named(document_id: str, message: str) -> str:
    """The message, with the document's name before it unless it has it already."""
    return message if f"'{document_id}'" in message else f"document '{document_id}': {message}"


def _kept(output: Path | None, *, folder: bool) -> str:
    from copydesk.run.output import partial_output

    partial = partial_output(output, folder=folder) if output else None
    return f"; what was done is in {partial}" if partial else ""
