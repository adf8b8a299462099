"""`copydesk try`: one component or check on a text, with what it needs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer

from copydesk.cli import exits
from copydesk.cli.options import PluginFiles, registry_with

if TYPE_CHECKING:
    from copydesk.cli.profiling import Profile
    from copydesk.errors import DocumentError
    from copydesk.model.annotation import Annotation
    from copydesk.model.document import Document
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.plugins.component import Component
    from copydesk.plugins.registry import Registry

POLL_SECONDS = 0.3
PIPE_WIDTH = 110

_COLOURS = ("green", "cyan", "magenta", "yellow", "blue", "red")


def command(
    what: Annotated[
        str,
        typer.Argument(
            metavar="COMPONENT", help="A component by its name, a check by its code, or a Python file that has one."
        ),
    ],
    inputs: Annotated[
        list[str], typer.Argument(metavar="TEXT…", help="A text; or files, folders and patterns, as `run` takes them.")
    ],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A setting, its value as in YAML. May be repeated."),
    ] = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Show where its time goes, instead of what it finds.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Run again whenever one of the files changes.")] = False,
    plugin: PluginFiles = None,
) -> None:
    """Run one component, or one check, on a text: what it finds is marked there. What it requires runs before it.

    Exit codes: 0 fine; 2 wrong usage; 3 it failed on a document.
    """
    if watch:
        _watch([*(plugin or ()), *(Path(name) for name in (what, *inputs) if Path(name).is_file())])
        return
    from copydesk.cli.profiling import Profile
    from copydesk.formats.text import one_line

    files = [*(plugin or ()), *([Path(what)] if what.endswith(".py") else [])]
    registry = registry_with(files)
    measured = Profile() if profile else None
    pipeline, layers = _pipeline(registry, what, _settings(set_ or []), measured)
    if before := [step.id for step in pipeline.steps[:-1]]:
        typer.echo(f"copydesk: first {', '.join(before)}", err=True)
    failed = False

    def unreadable(error: DocumentError) -> None:
        nonlocal failed
        failed = True
        typer.echo(f"copydesk: {one_line(str(error))}", err=True)

    for result in pipeline.pipe(_documents(inputs, unreadable), on_error="record"):
        for error in result.errors:
            failed = True
            typer.echo(f"copydesk: {one_line(str(error))}", err=True)
        if measured is not None:
            measured.take(result, pipeline.steps[-1].id)
        elif result.ok:
            _show(result.document, layers)
    if measured is not None:
        measured.show()
    if failed:
        raise typer.Exit(exits.FAILED)


def _settings(given: Sequence[str]) -> dict[str, Any]:
    from copydesk.errors import UsageError
    from copydesk.yaml_reader import read_yaml

    settings: dict[str, Any] = {}
    for item in given:
        name, equals, value = item.partition("=")
        root, problems = read_yaml(value.encode(), item)
        if not equals or problems:
            raise UsageError(f"--set {item}: it is NAME=VALUE, with a value as in YAML")
        settings[name.strip()] = None if root is None else root.plain()
    return settings


def _pipeline(
    registry: Registry, what: str, settings: dict[str, Any], measured: Profile | None
) -> tuple[Pipeline, list[str]]:
    """What runs, and the layers that are to be seen."""
    from copydesk.cli.chain import steps_before
    from copydesk.pipeline.pipeline import Pipeline
    from copydesk.pipeline.step import Step

    component = _component(registry, what, settings)
    kind = type(component) if measured is None else measured.of(type(component))
    step = Step.of(kind(component.config), id=component.name)
    layers = list(dict.fromkeys(kind.layer for kind in (*component.provides, *component.revises)))
    return Pipeline([*steps_before(registry, component.requires), step]), layers


def _component(registry: Registry, what: str, settings: dict[str, Any]) -> Component[Any]:
    """What is to be tried; a check as a component that runs it alone.

    Raises:
        UsageError: there is no such thing, or several.
    """
    from copydesk.cli.checking import checking
    from copydesk.errors import PluginNotFoundError, UsageError

    if what.endswith(".py"):
        plugin = registry.load(Path(what).stem)
        things = [*plugin.components, *plugin.checks]
        if len(things) != 1:
            names = ", ".join(thing.name for thing in things) or "none"
            raise UsageError(f"{what} has {names}; name the one that is meant, with --plugin {what}")
        if plugin.checks:
            return checking(plugin.checks[0], settings)
        component = plugin.components[0]
        return component(component.config_class(**settings))
    for name in registry.names:
        if what[:1].isupper() or "-" in what:
            for check in registry.load(name).checks:
                if what.lower() in (check.code.lower(), check.name):
                    return checking(check, settings)
    try:
        _, component = registry.component(what)
    except PluginNotFoundError as error:
        raise UsageError(f"{error}; `copydesk plugins` lists what is installed") from None
    return component(component.config_class(**settings))


def _documents(inputs: Sequence[str], unreadable: Callable[[DocumentError], None]) -> Iterator[Document]:
    """The documents of files, folders and patterns; whatever is none of them is a text."""
    from copydesk.formats import READERS
    from copydesk.model.document import Document
    from copydesk.run.inputs import find_inputs, read_inputs

    named = [name for name in inputs if name == "-" or Path(name).exists() or (set(name) & set("*?") and "/" in name)]
    texts = [name for name in inputs if name not in named]
    for number, text in enumerate(texts, 1):
        yield Document(text, id=f"text {number}" if len(texts) > 1 else "text")
    for item in read_inputs(find_inputs(named, READERS).files) if named else ():
        if isinstance(item, Document):
            yield item
        else:
            unreadable(item)


def _show(document: Document, layers: Sequence[str]) -> None:
    """The text with what was found marked in it, and below it each annotation with what it says."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from copydesk.compare.matching import label_of
    from copydesk.formats.text import printable
    from copydesk.model.view import view_of

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.rule(printable(document.id), align="left", style="dim")
    if console.is_terminal:
        marked = Text(printable(document.text.rstrip("\n")))
        for number, layer in enumerate(layers):
            for item in document.layer(layer):
                marked.stylize(f"bold underline {_COLOURS[number % len(_COLOURS)]}", item.start, item.end)
        console.print(marked)
    else:
        console.print(printable(_bracketed(document, layers)), soft_wrap=True)
    console.print()
    for number, layer in enumerate(layers):
        items = document.layer(layer)
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        for item in items:
            kind: type[Annotation] = type(item)
            cells = view_of(kind).cells
            said = (f"{cell.heading}: {text}" for cell in cells if (text := cell.show(item, document)))
            words = " ".join(document.text_of(item).split())
            table.add_row(
                f"{item.start}-{item.end}",
                label_of(item),
                Text(printable(words), style=_COLOURS[number % len(_COLOURS)]),
                printable("; ".join(said)),
            )
        console.print(f"{layer} ({len(items)})", style="bold")
        console.print(table)


def _bracketed(document: Document, layers: Sequence[str]) -> str:
    """The text with what was found in brackets, as the files of cases have it."""
    from copydesk.compare.matching import label_of

    items = [item for layer in layers for item in document.layer(layer)]
    signs = [(item.start, 1, -item.end, "[") for item in items]
    signs += [(item.end, 0, -item.start, f"|{label}]" if (label := label_of(item)) else "]") for item in items]
    pieces, at = [], 0
    for place, _, _, sign in sorted(signs):
        pieces += [document.text[at:place], sign]
        at = place
    return "".join((*pieces, document.text[at:])).rstrip("\n")


def _watch(files: Sequence[Path]) -> None:
    """Run the same command in a process of its own, again whenever one of the files changes, until interrupted."""
    from copydesk.errors import UsageError

    if not files:
        raise UsageError("--watch is for files: name a plugin's file, or a text's")
    arguments = [argument for argument in sys.argv[1:] if argument != "--watch"]
    seen: dict[Path, int] = {}
    while True:
        now = {file: file.stat().st_mtime_ns for file in files if file.exists()}
        if now != seen:
            seen = now
            click.clear()
            script = "from copydesk.cli import main; main()"
            subprocess.run([sys.executable, "-c", script, *arguments], check=False)  # noqa: S603  # ourselves, once more
        time.sleep(POLL_SECONDS)
