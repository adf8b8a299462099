"""`copydesk trace`: what an annotation comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.cli import exits
from copydesk.cli.diff import excerpt, load_types
from copydesk.cli.options import PluginFiles, registry_with

if TYPE_CHECKING:
    from copydesk.errors import DocumentError
    from copydesk.model.annotation import Annotation
    from copydesk.model.document import Document
    from copydesk.model.records import StepRecord
    from copydesk.model.tracing import Trace


def command(
    file: Annotated[
        Path, typer.Argument(metavar="DOCUMENT.jsonl", help="Annotated documents, as `run -o` writes them.")
    ],
    annotation: Annotated[
        str,
        typer.Argument(
            metavar="ANNOTATION",
            help="Its id, or layer/id; or its text: then all annotations of just these words are traced.",
        ),
    ],
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="Look in this document alone; by default in all.")
    ] = None,
    layer: Annotated[
        list[str] | None, typer.Option("--layer", metavar="NAME", help="Look in this layer alone. May be repeated.")
    ] = None,
    pipeline: Annotated[
        str | None,
        typer.Option(
            "--pipeline", metavar="NAME", help="Show the settings of its steps, where they are those that ran."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print lines of JSON.")] = False,
    plugin: PluginFiles = None,
) -> None:
    """Say what an annotation comes from: the steps that made and changed it, and the same of what it refers to.

    Exit codes: 0 found; 2 there is no such annotation; 3 some documents cannot be read.
    """
    from copydesk.errors import DocumentError, UsageError
    from copydesk.formats.text import one_line
    from copydesk.model.tracing import trace

    load_types(plugin)
    settings = _settings(pipeline, plugin)
    found = unreadable = 0
    for item in _documents(file):
        if isinstance(item, DocumentError):
            unreadable += 1
            typer.echo(f"copydesk: {one_line(str(item))}", err=True)
            continue
        if document is not None and item.id != document:
            continue
        for each in _found(item, annotation, layer):
            traced = trace(item, each)
            found += 1
            if as_json:
                typer.echo(json.dumps({"document": item.id, **traced.to_json()}, ensure_ascii=False))
            else:
                typer.secho(one_line(item.id), bold=True)
                for line in _lines(traced, settings):
                    typer.echo(one_line(line))
    if unreadable:
        raise typer.Exit(exits.FAILED)
    if not found:
        where = f"the document '{document}'" if document else "a document"
        raise UsageError(f"{file}: {where} with the annotation '{annotation}' is not there")


def _documents(file: Path) -> Iterator[Document | DocumentError]:
    from copydesk.errors import UsageError
    from copydesk.formats.jsonl import JsonLinesReader
    from copydesk.run.inputs import find_inputs, read_inputs

    if not file.is_file():
        raise UsageError(f"there is no file {file}; give JSON lines, as `copydesk run … -o FILE.jsonl` writes them")
    return read_inputs(find_inputs([str(file)], [JsonLinesReader], format="jsonl").files)


def _found(document: Document, wanted: str, layers: list[str] | None) -> list[Annotation]:
    """The annotations that are meant: by id, by layer and id, or by their text."""
    items = [(name, item) for name in document.layers if not layers or name in layers for item in document.layer(name)]
    by_id = [item for name, item in items if wanted in (item.id, f"{name}/{item.id}")]
    return by_id or [item for _, item in items if document.text_of(item) == wanted]


def _settings(pipeline: str | None, plugin: list[Path] | None) -> dict[str, str]:
    """Settings in full, by their digest."""
    from copydesk.pipeline.pipeline import Pipeline

    if pipeline is None:
        return {}
    registry = registry_with(plugin)
    steps = Pipeline.load(pipeline, registry=registry, plugins=registry.local_names()).steps
    return {
        step.make().config_digest(): json.dumps(step.config.model_dump(mode="json"), ensure_ascii=False)
        for step in steps
    }


def _lines(traced: Trace, settings: dict[str, str], *, indent: str = "") -> Iterator[str]:
    """The chain as lines, what is referred to below what refers to it."""
    from copydesk.compare.matching import label_of

    annotation = traced.annotation
    head = " ".join(part for part in (traced.layer, label_of(annotation)) if part)
    yield f"{head} {annotation.start}-{annotation.end} {excerpt(traced.text)}  id {annotation.id}"
    for name, value in traced.fields.items():
        yield f"{indent}  {name}: {value}"
    if traced.made_by is None:
        yield f"{indent}  made by: {annotation.step or 'nobody knows'}; the document has no record of that step"
    else:
        yield f"{indent}  made by: {_step(traced.made_by, settings)}"
    for step in traced.revised_by:
        yield f"{indent}  revised by: {_step(step, settings)}"
    for field, target in traced.refers_to:
        first, *rest = _lines(target, settings, indent=f"{indent}    ")
        yield f"{indent}  {field} → {first}"
        yield from rest


def _step(step: StepRecord, settings: dict[str, str]) -> str:
    use = "" if step.use == step.id else f" (use: {step.use})"
    by = f", {step.distribution} {step.version}" if step.distribution else ""
    said = settings.get(step.settings, f"{step.settings[:23]}…" if step.settings else "not on record")
    model = f"; model {step.model[:60]}" if step.model else ""
    checks = f"; checks {', '.join(step.checks)}" if step.checks else ""
    return f"{step.id}{use}{by}; settings {said}{model}{checks}"
