"""`copydesk new`: a plugin to start from, with its tests, ready to install."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Kind(StrEnum):
    """What a new plugin can give."""

    component = "component"
    check = "check"
    reader = "reader"
    writer = "writer"
    observer = "observer"


@dataclass(frozen=True, slots=True)
class _Start:
    """What a kind starts from.

    Attributes:
        summary: what it does as it comes.
        command: what shows it at work, once it is installed.
    """

    summary: str
    command: str


_STARTS = {
    Kind.component: _Start(
        "it finds words in capitals.", "echo 'Hear ye, HEAR YE.' | copydesk run pipeline.yaml - --to text"
    ),
    Kind.check: _Start(
        "it reports words that stand twice.",
        "echo 'They saw the the harbour.' | copydesk run pipeline.yaml - --to text",
    ),
    Kind.reader: _Start(
        "it reads stories that lines of `====` part.", "copydesk run pipeline.yaml example.$name --to text"
    ),
    Kind.writer: _Start(
        "it writes how many annotations there are.",
        "echo 'It rained for 3 days.' | copydesk run pipeline.yaml - --to $name",
    ),
    Kind.observer: _Start(
        "it says how far a run is.", "echo 'It rained for 3 days.' | copydesk run pipeline.yaml - --to text"
    ),
}


def command(
    name: Annotated[str, typer.Argument(help="What pipelines will call it: lower-case letters, digits, '-' and '_'.")],
    kind: Annotated[Kind, typer.Option("--kind", help="What it gives.")] = Kind.component,
    folder: Annotated[Path, typer.Option("--in", help="Where to make the project's folder.")] = Path(),
) -> None:
    """Write the project of a new plugin: one that works, with tests, a pipeline that uses it, types, licence and CI."""
    from string import Template

    from copydesk.errors import UsageError
    from copydesk.plugins.registry import Registry

    if not re.fullmatch(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*", name):
        raise UsageError(f"'{name}' is no name for a plugin: lower-case letters, digits, '-' and '_', such as 'shouts'")
    if name in Registry().names:
        raise UsageError(f"a plugin called '{name}' is installed already; choose another name")
    names = _names(name, kind)
    target = folder / names["project"]
    if target.exists():
        raise UsageError(f"{target} is there already; nothing was written")
    templates = Path(__file__).with_name("new_plugin")
    for part in ("common", kind.value):
        for source in sorted((templates / part).rglob("*.template")):
            relative = str(source.relative_to(templates / part)).removesuffix(".template")
            for placeholder, value in (("PACKAGE", names["package"]), ("DOT", "."), ("EXAMPLE", f"example.{name}")):
                relative = relative.replace(placeholder, value)
            path = target / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(Template(source.read_text(encoding="utf-8")).substitute(names), encoding="utf-8")
    typer.echo(
        f"{target} is ready. Next:\n\n"
        f"    cd {target}\n"
        f"    pip install -e '.[dev]'\n"
        f"    pytest\n"
        f"    {names['command']}\n\n"
        f"Then make {names['package']}/{kind.value}.py do what you want, and write your cases in tests/."
    )


def _names(name: str, kind: Kind) -> dict[str, str]:
    """What stands for the placeholders of the templates."""
    from importlib.metadata import version
    from string import Template

    from copydesk.plugins.config import API

    words = re.split(r"[-_]", name)
    major, minor = version("copydesk").split(".")[:2]
    letters = re.sub(r"[^A-Z]", "", name.upper())
    start = _STARTS[kind]
    return {
        "name": name,
        "project": f"copydesk-{'-'.join(words)}",
        "package": f"copydesk_{'_'.join(words)}",
        "cls": "".join(word.capitalize() for word in words),
        "prefix": f"{letters}XXX"[:4],
        "summary": start.summary,
        "command": Template(start.command).substitute(name=name),
        "api": str(API),
        "range": f">={major}.{minor},<{int(major) + 1}",
        "year": str(datetime.now(tz=UTC).year),
    }
