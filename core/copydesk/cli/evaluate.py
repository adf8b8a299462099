"""`copydesk evaluate`: precision, recall and F1 of annotations, by others that are right."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.cli import exits
from copydesk.cli.diff import excerpt, load_types
from copydesk.cli.options import PluginFiles

if TYPE_CHECKING:
    from copydesk.compare.evaluation import Evaluation, LayerScore, Mistake, Score

_COLOURS = {"missed": "red", "spurious": "magenta", "wrong": "yellow"}


class _Match(StrEnum):
    exact = "exact"
    overlap = "overlap"


def command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Documents with the right annotations.")],
    output: Annotated[
        Path, typer.Argument(metavar="OUT.jsonl", help="The same documents, as a pipeline annotates them.")
    ],
    layer: Annotated[
        list[str] | None,
        typer.Option("--layer", metavar="NAME", help="Judge this layer alone, such as quote. May be repeated."),
    ] = None,
    match: Annotated[
        _Match, typer.Option("--match", help="Which places are the same: equal ones, or those that share text.")
    ] = _Match.exact,
    agree: Annotated[
        list[str] | None,
        typer.Option(
            "--agree", metavar="FIELD", help="A field that must say the same, such as speaker. May be repeated."
        ),
    ] = None,
    mistakes: Annotated[bool, typer.Option(help="Show each mistake.")] = True,
    fail_under: Annotated[
        float | None,
        typer.Option(
            "--fail-under", metavar="F1", min=0, max=1, help="Exit with 1 if a layer's F1 is lower than this."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    plugin: PluginFiles = None,
) -> None:
    """Measure annotations by right ones: precision, recall and F1 for each layer and label, and each mistake.

    An annotation is right where the gold has one of its label (its field label, kind or code) at the same place. Without
    --layer, those layers are judged that a document of the gold has; an empty one says that there is nothing to find.

    Exit codes: 0 fine; 1 a layer is under --fail-under; 2 wrong usage; 3 some documents cannot be read or compared.
    """
    from copydesk.compare.evaluation import evaluate

    load_types(plugin)
    shown = 0

    def tell(mistake: Mistake) -> None:
        nonlocal shown
        if as_json:
            typer.echo(f"{', ' if shown else ''}\n  {json.dumps(mistake.to_json(), ensure_ascii=False)}", nl=False)
        else:
            _show(mistake)
        shown += 1

    if as_json and mistakes:
        typer.echo('{"mistakes": [', nl=False)
    result = evaluate(
        gold,
        output,
        layers=layer or (),
        match=match.value,
        agree=agree or (),
        on_mistake=tell if mistakes else None,
    )
    if as_json:
        typer.echo(("],\n" if mistakes else "{\n") + json.dumps(result.to_json(), ensure_ascii=False)[1:])
    else:
        _sum_up(result, blank=bool(shown))
    _say_what_is_not_judged(result)
    if result.unreadable:
        raise typer.Exit(exits.FAILED)
    low = [score for score in result.layers.values() if fail_under is not None and (score.total.f1 or 0) < fail_under]
    if any(score.total.f1 is not None for score in low):
        raise typer.Exit(exits.FINDINGS)


def _show(mistake: Mistake) -> None:
    from copydesk.compare.matching import label_of
    from copydesk.formats.text import one_line

    annotation = mistake.gold or mistake.output
    assert annotation is not None, "one of the two is there"
    head = " ".join(part for part in (mistake.layer, label_of(annotation)) if part)
    fields = "".join(f"; {name}: {gold or 'none'} → {out or 'none'}" for name, (gold, out) in mistake.fields.items())
    where = f"{mistake.document}:{annotation.start}-{annotation.end}"
    line = f"{where}: {mistake.kind} {head} {excerpt(mistake.text)}{fields}"
    typer.secho(one_line(line), fg=_COLOURS[mistake.kind])


def _sum_up(result: Evaluation, *, blank: bool) -> None:
    rows: list[tuple[str, Score]] = []
    for layer in result.layers.values():
        rows.append((layer.layer, layer.total))
        rows += [(f"  {label}", score) for label, score in layer.labels.items()]
    width = max((len(name) for name, _ in rows), default=5)
    if blank:
        typer.echo("")
    heads = ("precision", "recall", "F1", "correct", "missed", "spurious")
    typer.echo(f"{'layer':<{width}}" + "".join(f" {head:>9}" for head in heads))
    for name, score in rows:
        ratios = "".join(f" {_part(ratio):>9}" for ratio in (score.precision, score.recall, score.f1))
        typer.echo(f"{name:<{width}}{ratios} {score.correct:>9,} {score.missed:>9,} {score.spurious:>9,}")
    for layer in result.layers.values():
        _say_fields(layer)
    typer.echo(f"documents: {result.documents:,}")


def _say_fields(layer: LayerScore) -> None:
    said = ", ".join(f"{name} {same:,} of {same + other:,}" for name, (same, other) in layer.fields.items() if other)
    if said:
        typer.echo(f"{layer.layer}: of those at the same place, equal in {said}")


def _part(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.3f}"


def _say_what_is_not_judged(result: Evaluation) -> None:
    from copydesk.formats.text import one_line

    for ids, what in (
        (result.absent, "not in the output: all of it is missed"),
        (result.unjudged, "not in the gold: not judged"),
    ):
        for id in ids:
            typer.echo(f"copydesk: document '{one_line(id)}' is {what}", err=True)
    for error in result.unreadable:
        typer.echo(f"copydesk: {one_line(str(error))}", err=True)
