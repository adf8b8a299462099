"""`copydesk run`: a pipeline over files, folders, globs or standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from copydesk.cli import exits
from copydesk.cli.options import PluginFiles, registry_with

if TYPE_CHECKING:
    from copydesk.formats.base import Reader, Writer
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.pipeline.result import Result
    from copydesk.registry import Registry
    from copydesk.run.inputs import Input
    from copydesk.run.reviewing import Reviewer
    from copydesk.run.runner import RunSummary
    from copydesk.vocabulary import Severity


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
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")],
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
        typer.Option(metavar="FILE.jsonl", help="Pass over the findings of an earlier run; this is what it wrote."),
    ] = None,
    plugin: PluginFiles = None,
    full: Annotated[
        bool, typer.Option("--full", help="Show all rows of the text report; by default its tables stop after 50.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress on standard error.")] = False,
) -> None:
    """Run a pipeline over documents.

    Exit codes: 0 fine; 1 findings at or above --fail-on; 2 wrong usage or an invalid pipeline;
    3 some documents failed, or the output could not be written; 70 a fault in
    copydesk or a plugin; 130 interrupted.
    """
    from copydesk.cli.progress import counted
    from copydesk.errors import DocumentError, StepError
    from copydesk.formats.text import one_line
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.run.inputs import find_inputs
    from copydesk.run.output import abandon_stdout, check_output, is_folder
    from copydesk.run.reviewing import Reviewer, read_baseline, read_suppressions
    from copydesk.run.runner import RunSummary

    registry = registry_with(plugin)
    loaded = Pipeline.load(pipeline, registry=registry)
    readers, writers = _formats(registry, loaded)
    output = None if out is None else Path(out)
    folder = out is not None and is_folder(out)
    open_writer = _opener(_writer(writers, to, output), output, folder=folder, full=full)
    found = find_inputs(inputs, readers, format=from_, output=output)
    check_output(output, folder=folder)
    if found.passed_over and not quiet:
        typer.echo(f"copydesk: passed over {counted(found.passed_over, 'file')} that no reader is for", err=True)
    reviewer = Reviewer(
        read_suppressions(suppressions) if suppressions else (), read_baseline(baseline) if baseline else None
    )
    summary = RunSummary()
    try:
        _run(loaded, found.files, open_writer, on_error, summary, reviewer, quiet=quiet or _shows(output))
    except KeyboardInterrupt:
        kept = _kept(output, folder=folder)
        typer.echo(f"copydesk: interrupted after {summary.documents:,} documents{kept}", err=True)
        raise typer.Exit(exits.INTERRUPTED) from None
    except (DocumentError, StepError) as error:
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
    for message in summary.observer_errors:
        typer.echo(f"copydesk: an observer failed and was left out: {message}", err=True)
    for suppression in reviewer.unused():
        typer.echo(
            f"copydesk: {suppressions}: {one_line(suppression.fingerprint)} passed over nothing; remove it", err=True
        )
    if summary.failed:
        raise typer.Exit(exits.FAILED)
    if fail_on is not FailOn.never and summary.findings_at_least(cast("Severity", fail_on.value)):
        raise typer.Exit(exits.FINDINGS)


def _run(
    pipeline: Pipeline,
    files: Sequence[Input],
    open_writer: Callable[[], AbstractContextManager[Writer]],
    on_error: OnErrorChoice,
    summary: RunSummary,
    reviewer: Reviewer,
    *,
    quiet: bool,
) -> None:
    from copydesk.cli.progress import progress
    from copydesk.run.inputs import read_inputs
    from copydesk.run.runner import run

    pipeline.setup()
    with open_writer() as writer, progress(summary, len(files), quiet=quiet):
        writer.start()
        run(
            pipeline,
            read_inputs(files),
            _reporting(writer),
            on_error=on_error.value,
            summary=summary,
            review=reviewer,
        )
        writer.finish()


def _shows(output: Path | None) -> bool:
    """Whether the report goes to the terminal that progress would be shown on."""
    return output is None and sys.stdout.isatty()


def _opener(
    writer: type[Writer], output: Path | None, *, folder: bool, full: bool
) -> Callable[[], AbstractContextManager[Writer]]:
    """What opens the output, and gives the writer that writes to it.

    Raises:
        UsageError: the format is not written to a folder, or has no rows to leave out.
    """
    from copydesk.errors import UsageError
    from copydesk.formats.report import ReportWriter
    from copydesk.run.output import open_folder, open_output

    pages = writer.in_folder
    if folder and pages is None:
        raise UsageError(f"{output} is a folder; name a file to write: {writer.name} has no form for folders")
    if full and not issubclass(writer, ReportWriter):
        raise UsageError(f"--full is for --to text; {writer.name} has everything in any case")

    @contextmanager
    def opened() -> Iterator[Writer]:
        if folder:
            assert output is not None
            assert pages is not None
            with open_folder(output, pages.index) as (stream, path):
                yield pages(stream, path)
        else:
            with open_output(output) as stream:
                yield ReportWriter(stream, rows=None) if full else writer(stream)

    return opened


def _reporting(writer: Writer) -> Callable[[Result], None]:
    """Write each result, and say on standard error what went wrong with it."""
    from copydesk.formats.text import one_line

    def write(result: Result) -> None:
        writer.write(result)
        for record in result.records:
            place = ":".join(str(part) for part in (record.path, record.line) if part is not None)
            where = f"{place}: " if place else ""
            message = _named(result.document.id, record.message)
            typer.echo(f"copydesk: {one_line(where + message)}", err=True)

    return write


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


def _formats(registry: Registry, pipeline: Pipeline) -> tuple[list[type[Reader]], list[type[Writer]]]:
    """Our own formats, and those of the plugins that the pipeline or the command line names.

    Raises:
        PluginConflictError: two formats have one name, or are for files of one suffix.
    """
    from copydesk.formats import READERS, WRITERS

    readers, writers = list(READERS), list(WRITERS)
    for name in registry.local_names():
        local = registry.load(name)
        readers.extend(local.readers)
        writers.extend(local.writers)
    if pipeline.hooks is not None:
        readers.extend(reader for given in pipeline.hooks.copydesk_readers() for reader in given)
        writers.extend(writer for given in pipeline.hooks.copydesk_writers() for writer in given)
    readers, writers = list(dict.fromkeys(readers)), list(dict.fromkeys(writers))
    _refuse_rivals(readers)
    _refuse_rivals(writers)
    return readers, writers


def _refuse_rivals(formats: Sequence[type[Reader | Writer]]) -> None:
    from copydesk.errors import PluginConflictError

    owners: dict[str, type[Reader | Writer]] = {}
    for kind in formats:
        for claim in (kind.name, *kind.suffixes):
            other = owners.setdefault(claim, kind)
            if other is not kind:
                names = f"{other.__module__}.{other.__qualname__} and {kind.__module__}.{kind.__qualname__}"
                raise PluginConflictError(f"'{claim}' is claimed by {names}; leave one of the plugins out")


def _writer(writers: list[type[Writer]], to: str | None, output: Path | None) -> type[Writer]:
    from copydesk.errors import UsageError
    from copydesk.nearest import did_you_mean

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
    if output.suffix.lower() in by_suffix:
        return by_suffix[output.suffix.lower()]
    names = ", ".join(by_name)
    raise UsageError(f"what is {output} to hold? Its name ends in no known way; say --to {names}")
