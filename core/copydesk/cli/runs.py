"""`copydesk runs`: what is in a run folder, and how to have it as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from copydesk.run.folder import RunFolder


def command(
    folder: Annotated[Path, typer.Argument(help="A run folder, as `copydesk run --workers N -o DIR` makes one.")],
    failed: Annotated[bool, typer.Option("--failed", help="List the documents that failed, as lines of JSON.")] = False,
    merge: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all documents, in order, to one file; by its name also compressed."),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="The format of --merge; by default what the file's name says.")
    ] = None,
) -> None:
    """Show what a run is made of, how far it is and what it took.

    Exit codes: 0 fine; 2 no run folder, or one that is not done is to be merged.
    """
    from copydesk.errors import UsageError
    from copydesk.run.folder import RunFolder

    run = RunFolder(folder)
    run.manifest()
    if failed and merge:
        raise UsageError("--failed lists, --merge writes: one at a time")
    if failed:
        for letter in run.dead_letters():
            typer.echo(letter.model_dump_json())
    elif merge is not None:
        _merge(run, merge, to)
    else:
        _show(run)


def _merge(run: RunFolder, file: Path, to: str | None) -> None:
    from copydesk.cli.formats import writer_for
    from copydesk.cli.progress import counted
    from copydesk.formats import WRITERS
    from copydesk.model.document import Document
    from copydesk.model.result import Result
    from copydesk.run.output import check_output, open_output
    from copydesk.run.parts import parsed

    writer = writer_for(list(WRITERS), to, file)
    check_output(file)
    count = 0
    with open_output(file, binary=writer.binary) as stream:
        written = writer(stream)
        written.start()
        for line in run.lines():
            if writer.name == "jsonl":
                stream.write(line.decode())
            else:
                written.write(Result(Document.from_json(parsed(line)), (), {}))
            count += 1
        written.finish()
    typer.echo(f"copydesk: {counted(count, 'document')} in {file}", err=True)


def _show(run: RunFolder) -> None:
    from copydesk.run.folder import totals

    manifest = run.manifest()
    sums = totals(run.commits())
    typer.echo(f"pipeline   {manifest.pipeline}  {manifest.digest[:23]}…")
    typer.echo(f"started    {manifest.started}  copydesk {manifest.copydesk}, Python {manifest.python}")
    typer.echo(
        f"input      {manifest.input_bytes:,} bytes in {manifest.chunks:,} chunks  sha256:{manifest.input[:16]}…"
    )
    state = "done" if sums["chunks"] == manifest.chunks else f"{sums['chunks']:,} of {manifest.chunks:,} chunks done"
    typer.echo(f"state      {state}")
    typer.echo(f"documents  {sums['documents']:,}, and {sums['failed']:,} failed")
    typer.echo(f"words      {sums['words']:,}")
    if sums["findings"]:
        found = ", ".join(f"{count:,} {severity}" for severity, count in sums["findings"].items())
        typer.echo(f"findings   {found}")
    if manifest.redo:
        typer.echo(f"made again {', '.join(manifest.redo)}")
    typer.echo("")
    total = sum(sums["seconds"].values()) or 1.0
    documents = sums["documents"] + sums["failed"] or 1
    typer.echo(f"{'step':<16} {'seconds':>10} {'share':>7} {'ms/document':>12}  made by")
    makers = {step["id"]: f"{step['distribution']} {step['version']}" for step in manifest.steps}
    models = {step["model"] for step in manifest.steps if step.get("model")}
    for name, seconds in sums["seconds"].items():
        made_by = makers.get(name, ", ".join(sorted(models)))
        typer.echo(
            f"{name:<16} {seconds:>10.2f} {seconds / total:>7.1%} {seconds * 1000 / documents:>12.2f}  {made_by}"
        )
