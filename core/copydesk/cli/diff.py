"""`copydesk diff`: what differs between two versions of the same documents."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.cli import exits
from copydesk.cli.options import PluginFiles, registry_with

if TYPE_CHECKING:
    from copydesk.compare.diff import AnnotationDiff, DocumentDiff

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_COLOURS = {"added": "green", "removed": "red", "changed": "yellow"}
_OPENING, _CLOSING = tuple("“‘«„\"'"), tuple("”’»“\"'")
EXCERPT = 80
"""So many characters of an annotation's text are shown."""


def command(
    before: Annotated[Path, typer.Argument(metavar="A.jsonl", help="Annotated documents, as `run -o` writes them.")],
    after: Annotated[Path, typer.Argument(metavar="B.jsonl", help="The same documents, annotated anew.")],
    layer: Annotated[
        list[str] | None, typer.Option("--layer", metavar="NAME", help="Compare this layer alone. May be repeated.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print lines of JSON: one for each document that differs.")
    ] = False,
    plugin: PluginFiles = None,
) -> None:
    """Say which documents and annotations two files have differently.

    Documents are matched by id, annotations by what they are: their ids do not matter, nor which step made them.

    Exit codes: 0 they are the same; 1 they differ; 2 wrong usage; 3 some documents cannot be read.
    """
    from copydesk.compare.diff import diff
    from copydesk.formats.text import one_line

    load_types(plugin)
    documents: Counter[str] = Counter()
    annotations: dict[str, Counter[str]] = {}
    for difference in diff(before, after, layers=layer or ()):
        documents[difference.change] += 1
        if difference.error is not None:
            typer.echo(f"copydesk: {one_line(str(difference.error))}", err=True)
        if difference.change == "same":
            continue
        for each in difference.annotations:
            annotations.setdefault(each.layer, Counter())[each.change] += 1
        if as_json:
            typer.echo(json.dumps(difference.to_json(), ensure_ascii=False))
        elif difference.error is None:
            _show(difference)
    if not as_json:
        _sum_up(documents, annotations)
    if documents["unreadable"]:
        raise typer.Exit(exits.FAILED)
    if documents.total() > documents["same"]:
        raise typer.Exit(exits.FINDINGS)


def load_types(files: list[Path] | None) -> None:
    """Have the annotation types of plugins, so that what their fields refer to is known; a broken plugin is passed over."""
    from copydesk.errors import PluginError

    registry = registry_with(files)
    for name in registry.names:
        try:
            registry.load(name)
        except PluginError as error:
            typer.echo(f"copydesk: {error}", err=True)


def _show(difference: DocumentDiff) -> None:
    from copydesk.formats.text import one_line

    what = {"added": "only in the second", "removed": "only in the first"}.get(difference.change)
    parts = "" if not difference.parts else f" ({', '.join(difference.parts)})"
    typer.secho(one_line(f"{difference.id}: {what or 'differs'}{parts}"), bold=True)
    for each in difference.annotations:
        typer.secho(f"  {_SIGNS[each.change]} {one_line(_described(each))}", fg=_COLOURS[each.change])


def _described(each: AnnotationDiff) -> str:
    from copydesk.compare.matching import label_of

    annotation = each.after or each.before
    assert annotation is not None, "one of the two is there"
    head = " ".join(part for part in (each.layer, label_of(annotation)) if part)
    fields = "".join(f"; {field.name}: {field.before or 'none'} → {field.after or 'none'}" for field in each.fields)
    return f"{head} {annotation.start}-{annotation.end} {excerpt(each.text)}{fields}"


def excerpt(text: str) -> str:
    """The text on one line, without its middle where it is long."""
    words = " ".join(text.split())
    if len(words) > EXCERPT:
        words = f"{words[: EXCERPT // 2].rstrip()} … {words[-EXCERPT // 2 :].lstrip()}"
    return words if words[:1] in _OPENING and words[-1:] in _CLOSING else f"“{words}”"


def _sum_up(documents: Counter[str], annotations: dict[str, Counter[str]]) -> None:
    names = ("same", "changed", "added", "removed", "unreadable")
    if annotations:
        width = max(map(len, annotations))
        typer.echo(f"\n{'layer':<{width}} {'added':>8} {'removed':>8} {'changed':>8}")
        for layer, counts in annotations.items():
            typer.echo(f"{layer:<{width}} {counts['added']:>8,} {counts['removed']:>8,} {counts['changed']:>8,}")
        typer.echo("")
    typer.echo("documents: " + ", ".join(f"{documents[name]:,} {name}" for name in names if documents[name]))
