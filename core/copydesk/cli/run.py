"""`copydesk run`: a pipeline over files, folders, globs or standard input."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from copydesk.cli import exits
from copydesk.cli.options import PluginFiles, registry_with

if TYPE_CHECKING:
    from copydesk.findings import Baseline, Reviewer
    from copydesk.model.result import Result, RunSummary
    from copydesk.model.vocabulary import Severity
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.pipeline.runtime import Runtime
    from copydesk.plugins.reader import Reader
    from copydesk.plugins.writer import Writer
    from copydesk.run.inputs import Input


class OnErrorChoice(StrEnum):
    """What to do with a document that fails."""

    record = "record"
    raise_ = "raise"


class FailOn(StrEnum):
    """From which severity findings make the exit code 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


def command(
    pipeline: Annotated[str, typer.Argument(help="A pipeline by name (newsroom, quotes, numbers) or a YAML file.")],
    inputs: Annotated[list[str] | None, typer.Argument(help="Files, folders, globs, or - for standard input.")] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--out",
            metavar="PATH",
            help="Write to this file; it appears when it is whole. With --to html, a name that ends in / is a new "
            "folder: a page for each document, and an index.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            help="Output format: text, jsonl, csv, html, sarif, github. By default what the output's name says; "
            "without one, text on a terminal and jsonl in a pipe.",
        ),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", help="Input format: txt, jsonl. By default what each file's name says; - is txt."),
    ] = None,
    on_error: Annotated[
        OnErrorChoice, typer.Option(help="Record the errors of a document and go on, or stop at the first.")
    ] = OnErrorChoice.record,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 if there are findings of this severity or graver.")
    ] = FailOn.never,
    suppressions: Annotated[
        Path | None,
        typer.Option(metavar="FILE.yaml", help="Pass over the findings that this file names, with reasons."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE.jsonl", help="Pass over the findings that this file knows of an earlier run."),
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write the findings of this run to the file of --baseline.")
    ] = False,
    plugin: PluginFiles = None,
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="NAME",
            help="Add an installed plugin: its checks, readers and writers, as if the pipeline file named it. "
            "May be repeated.",
        ),
    ] = None,
    traceback: Annotated[
        bool, typer.Option("--traceback", help="Show, for each step that failed, where in the code.")
    ] = False,
    timings: Annotated[
        bool, typer.Option("--timings", help="Show, at the end, the seconds that each step took.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Show all rows of the text report; by default its tables stop after 50.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress on standard error.")] = False,
    workers: Annotated[
        int,
        typer.Option(
            min=0,
            help="Work in so many processes. -o names a run folder then: a part for each chunk of the input, which a "
            "later run can go on with; `copydesk runs` shows and merges it.",
        ),
    ] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that is in the folder of -o.")] = False,
    retry_failed: Annotated[
        bool,
        typer.Option("--retry-failed", help="Only the documents that failed in the run that is in the folder of -o."),
    ] = False,
    from_run: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Take the documents of this run folder, and make only --steps again."),
    ] = None,
    steps: Annotated[
        str | None, typer.Option(metavar="IDS", help="With --from-run: the steps that are made again, with commas.")
    ] = None,
    chunk_bytes: Annotated[int, typer.Option(min=1, help="With --workers: how much input a chunk has.")] = 1_048_576,
    metrics: Annotated[
        Path | None,
        typer.Option(metavar="FILE.prom", help="With --workers: keep the state of the run here, for Prometheus."),
    ] = None,
) -> None:
    """Run a pipeline over documents.

    Exit codes: 0 fine; 1 findings at or above --fail-on; 2 wrong usage or an invalid pipeline;
    3 some documents failed, or the output could not be written; 70 a fault in
    copydesk or a plugin; 130 interrupted.
    """
    from copydesk.cli.chunked import checked_steps, chunked_run, parts_of, review_digest, run_in_chunks
    from copydesk.cli.progress import counted
    from copydesk.errors import DocumentError, StepError, UsageError
    from copydesk.findings import Baseline, Reviewer, read_baseline, read_suppressions
    from copydesk.formats.text import one_line
    from copydesk.model.result import RunSummary
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.run.inputs import find_inputs
    from copydesk.run.output import abandon_stdout, check_output, is_folder, open_output

    registry = registry_with(plugin)
    loaded = Pipeline.load(pipeline, registry=registry, plugins=[*registry.local_names(), *(with_ or ())])
    readers, writers = _formats(loaded)
    if update_baseline and baseline is None:
        raise UsageError("--update-baseline needs the file to write: --baseline FILE.jsonl")
    _check_inputs(inputs, from_run)
    summary = RunSummary()
    if workers or resume or retry_failed or from_run:
        if to or update_baseline or on_error is not OnErrorChoice.record or timings or full or traceback:
            raise UsageError(
                "a run folder holds lines of JSON, records errors and times each step: --to, --update-baseline, "
                "--on-error, --timings, --full and --traceback are for runs without --workers"
            )
        redo = checked_steps(loaded, steps) if from_run else None
        reviewer = Reviewer(
            read_suppressions(suppressions) if suppressions else (), read_baseline(baseline) if baseline else Baseline()
        )
        wanted = chunked_run(
            loaded,
            parts_of(from_run) if from_run else find_inputs(inputs or [], readers, format=from_).files,
            out,
            workers=workers or 1,
            resume=resume,
            retry_failed=retry_failed,
            redo=redo,
            reviewer=reviewer if suppressions or baseline else None,
            reviewed_by=review_digest([suppressions, baseline]),
            chunk_bytes=chunk_bytes,
        )
        run_in_chunks(wanted, summary, metrics=metrics, quiet=quiet)
        _exit(summary, fail_on)
        return
    output = None if out is None else Path(out)
    folder = out is not None and is_folder(out)
    open_writer = _opener(writer_for(writers, to, output), output, folder=folder, full=full)
    found = find_inputs(inputs or [], readers, format=from_, output=output)
    check_output(output, folder=folder)
    if found.passed_over and not quiet:
        typer.echo(f"copydesk: passed over {counted(found.passed_over, 'file')} that no reader is for", err=True)
    known = read_baseline(baseline) if baseline and (baseline.exists() or not update_baseline) else Baseline()
    reviewer = Reviewer(read_suppressions(suppressions) if suppressions else (), known)
    seen = Baseline()
    try:
        with loaded.open(lanes=1) as desk:
            report = _Report(traceback=traceback)
            review = _noted(reviewer, seen) if update_baseline else reviewer
            _run(desk, found.files, open_writer, on_error, summary, review, report, quiet=quiet or _shows(output))
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
    if update_baseline:
        with open_output(baseline) as stream:
            stream.writelines(f"{line}\n" for line in seen.lines())
    for message in summary.observer_errors:
        typer.echo(f"copydesk: an observer failed and was left out: {message}", err=True)
    for suppression in reviewer.unused():
        typer.echo(
            f"copydesk: {suppressions}: {one_line(suppression.fingerprint)} passed over nothing; remove it", err=True
        )
    _exit(summary, fail_on)


def _check_inputs(inputs: list[str] | None, from_run: Path | None) -> None:
    from copydesk.errors import UsageError

    if from_run and inputs:
        raise UsageError("--from-run takes the documents of that run; name no other inputs")
    if not (from_run or inputs):
        raise UsageError("name what to read: files, folders, patterns, or - for standard input")


def _exit(summary: RunSummary, fail_on: FailOn) -> None:
    if summary.failed:
        raise typer.Exit(exits.FAILED)
    if fail_on is not FailOn.never and summary.findings_at_least(cast("Severity", fail_on.value)):
        raise typer.Exit(exits.FINDINGS)


def _run(
    desk: Runtime,
    files: Sequence[Input],
    open_writer: Callable[[], AbstractContextManager[Writer[Any]]],
    on_error: OnErrorChoice,
    summary: RunSummary,
    reviewer: Callable[[Result], Result],
    report: _Report,
    *,
    quiet: bool,
) -> None:
    from copydesk.cli.progress import progress
    from copydesk.run.inputs import read_inputs
    from copydesk.run.runner import run

    def write(result: Result) -> None:
        writer.write(result)
        report.tell(result)

    with open_writer() as writer, progress(summary, len(files), quiet=quiet):
        writer.start()
        run(desk, read_inputs(files), write, on_error=on_error.value, summary=summary, review=reviewer)
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


def _opener(
    writer: type[Writer[Any]], output: Path | None, *, folder: bool, full: bool
) -> Callable[[], AbstractContextManager[Writer[Any]]]:
    """What opens the output, and gives the writer that writes to it.

    Raises:
        UsageError: the format is not written to a folder, or has no rows to leave out.
    """
    from copydesk.errors import UsageError
    from copydesk.formats.report import ReportConfig, ReportWriter
    from copydesk.run.output import open_folder, open_output

    pages = writer.in_folder
    if folder and pages is None:
        raise UsageError(f"{output} is a folder; name a file to write: {writer.name} has no form for folders")
    if full and not issubclass(writer, ReportWriter):
        raise UsageError(f"--full is for --to text; {writer.name} has everything in any case")

    @contextmanager
    def opened() -> Iterator[Writer[Any]]:
        if folder:
            assert output is not None
            assert pages is not None
            with open_folder(output, pages.index) as (stream, path):
                yield pages(stream, path)
        else:
            with open_output(output) as stream:
                yield ReportWriter(stream, ReportConfig(rows=None)) if full else writer(stream)

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


def _formats(pipeline: Pipeline) -> tuple[list[type[Reader[Any]]], list[type[Writer[Any]]]]:
    """Our own formats, and those of the plugins that the pipeline or the command line names.

    Raises:
        PluginConflictError: two formats have one name, or are for files of one suffix.
    """
    from copydesk.formats import READERS, WRITERS

    readers = list(dict.fromkeys([*READERS, *(reader for plugin in pipeline.plugins for reader in plugin.readers)]))
    writers = list(dict.fromkeys([*WRITERS, *(writer for plugin in pipeline.plugins for writer in plugin.writers)]))
    _refuse_rivals(readers)
    _refuse_rivals(writers)
    return readers, writers


def _refuse_rivals(formats: Sequence[type[Reader[Any] | Writer[Any]]]) -> None:
    from copydesk.errors import PluginConflictError

    owners: dict[str, type[Reader[Any] | Writer[Any]]] = {}
    for kind in formats:
        for claim in (kind.name, *kind.suffixes):
            other = owners.setdefault(claim, kind)
            if other is not kind:
                names = f"{other.__module__}.{other.__qualname__} and {kind.__module__}.{kind.__qualname__}"
                raise PluginConflictError(f"'{claim}' is claimed by {names}; leave one of the plugins out")


def writer_for(writers: list[type[Writer[Any]]], to: str | None, output: Path | None) -> type[Writer[Any]]:
    """The format that an option or the output's name asks for.

    Raises:
        UsageError: there is none of that name, or the output's name says nothing.
    """
    from copydesk.errors import UsageError
    from copydesk.nearest import did_you_mean
    from copydesk.run.files import format_suffix

    by_name = {writer.name: writer for writer in writers}
    by_suffix = {suffix: writer for writer in writers for suffix in writer.suffixes}
    if to is not None and f".{to}" in by_suffix:
        return by_suffix[f".{to}"]
    if to is not None:
        if to not in by_name:
            raise UsageError(f"unknown output format '{to}'{did_you_mean(to, by_name)}")
        return by_name[to]
    if output is None:
        return by_name["text" if sys.stdout.isatty() else "jsonl"]
    if (suffix := format_suffix(output)) in by_suffix:
        return by_suffix[suffix]
    names = ", ".join(by_name)
    raise UsageError(f"what is {output} to hold? Its name ends in no known way; say --to {names}")
