"""`copydesk run`: a pipeline over files, folders, globs or standard input."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from copydesk.cli import exits
from copydesk.cli.formats import hear_readers, input_options, output_options, writer_for
from copydesk.cli.options import PluginFiles, WithPlugins, listed, registry_with

if TYPE_CHECKING:
    from copydesk.model.result import RunSummary
    from copydesk.model.vocabulary import Severity


class OnErrorChoice(StrEnum):
    """What to do with a document that fails."""

    record = "record"
    raise_ = "raise"


class Engine(StrEnum):
    """What does the chunks."""

    local = "local"
    ray = "ray"


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
            help="Output format: text, jsonl, csv, html, sarif, github, … By default what the output's name says; "
            "without one, text on a terminal and jsonl in a pipe.",
        ),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="Input format: txt, markdown, html, jsonl, csv, parquet, … By default what each file's name says; - is txt.",
        ),
    ] = None,
    map_: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="NAME=FIELD,…",
            help="Of records, which field is what: --map text=body,date=published. Others are kept as metadata.",
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD", help="When the texts were written, for those that do not say it themselves."
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="CODE", help="The language of the texts: en, de. By default the model's.")
    ] = None,
    from_option: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A setting of the reader: with --from, or csv.NAME. May be repeated."),
    ] = None,
    to_option: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A setting of the writer. May be repeated."),
    ] = None,
    on_error: Annotated[
        OnErrorChoice, typer.Option(help="Record the errors of a document and go on, or stop at the first.")
    ] = OnErrorChoice.record,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 if there are findings of this severity or graver.")
    ] = FailOn.never,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODES",
            help="Run exactly these checks: codes, names or the beginning of codes (ATT2), with commas. May be repeated.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="Do not run these checks, written in the same way. May be repeated."),
    ] = None,
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
    with_: WithPlugins = None,
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
    engine: Annotated[
        Engine, typer.Option(help="With --workers: local processes, or the workers of a Ray cluster (copydesk[ray]).")
    ] = Engine.local,
    ray_address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="With --engine ray: the cluster; by default RAY_ADDRESS, or this machine."
        ),
    ] = None,
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
    from copydesk.cli.chunked import checked_steps, chunked_run, parts_of, review_digest, reviewer_of, run_in_chunks
    from copydesk.cli.progress import counted
    from copydesk.cli.single import OneOutput, Review, run_into_one
    from copydesk.errors import UsageError
    from copydesk.model.result import RunSummary
    from copydesk.pipeline.formats import readers_of, writers_of
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.run.inputs import configured, find_inputs
    from copydesk.run.output import is_folder

    registry = registry_with(plugin)
    loaded = Pipeline.load(pipeline, registry=registry, plugins=[*registry.local_names(), *(with_ or ())])
    loaded = input_options(loaded, format=from_, mapping=map_, date=date, lang=lang, options=from_option)
    if select or ignore:
        loaded = loaded.with_checks(select=listed(select) if select else None, ignore=listed(ignore))
    readers, writers = readers_of(loaded.plugins), writers_of(loaded.plugins)
    from_ = loaded.input.format
    hear_readers()
    if update_baseline and baseline is None:
        raise UsageError("--update-baseline needs the file to write: --baseline FILE.jsonl")
    _check_inputs(inputs, from_run)
    summary = RunSummary()
    if workers or retry_failed or from_run or (resume and out and is_folder(out)):
        if to or to_option or update_baseline or on_error is not OnErrorChoice.record or timings or full or traceback:
            raise UsageError(
                "a run folder holds lines of JSON, records errors and times each step: --to, --to-option, --update-baseline, "
                "--on-error, --timings, --full and --traceback are for runs without --workers"
            )
        redo = checked_steps(loaded, steps) if from_run else None
        wanted = chunked_run(
            loaded,
            parts_of(from_run)
            if from_run
            else configured(find_inputs(inputs or [], readers, format=from_).files, loaded),
            out,
            workers=workers or 1,
            resume=resume,
            retry_failed=retry_failed,
            redo=redo,
            reviewer=reviewer_of(suppressions, baseline),
            reviewed_by=review_digest([suppressions, baseline]),
            chunk_bytes=chunk_bytes,
            engine=engine.value,
            address=ray_address,
        )
        run_in_chunks(wanted, summary, metrics=metrics, quiet=quiet)
        _exit(summary, fail_on)
        return
    output = None if out is None else Path(out)
    folder = out is not None and is_folder(out)
    found = find_inputs(inputs or [], readers, format=from_, output=output)
    if found.passed_over and not quiet:
        typer.echo(f"copydesk: passed over {counted(found.passed_over, 'file')} that no reader is for", err=True)
    writer = writer_for(writers, to or loaded.output.format, output)
    loaded = output_options(loaded, writer, to_option)
    run_into_one(
        OneOutput(loaded, configured(found.files, loaded), output, folder, writer, full, resume),
        Review(suppressions, baseline, update_baseline),
        summary,
        on_error=on_error.value,
        traceback=traceback,
        timings=timings,
        quiet=quiet,
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
