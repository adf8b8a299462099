"""`copydesk new`: a plugin to start from, with its tests, ready to install."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer


def command(
    name: Annotated[str, typer.Argument(help="What pipelines will call it: lower-case letters, digits, '-' and '_'.")],
    folder: Annotated[Path, typer.Option("--in", help="Where to make the project's folder.")] = Path(),
) -> None:
    """Write the project of a new plugin: a component that works, its tests, and a pipeline that uses it."""
    from string import Template

    from copydesk.errors import UsageError
    from copydesk.plugins.registry import Registry

    if not re.fullmatch(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*", name):
        raise UsageError(f"'{name}' is no name for a plugin: lower-case letters, digits, '-' and '_', such as 'shouts'")
    if name in Registry().names:
        raise UsageError(f"a plugin called '{name}' is installed already; choose another name")
    words = re.split(r"[-_]", name)
    package = f"copydesk_{'_'.join(words)}"
    names = {
        "name": name,
        "project": f"copydesk-{'-'.join(words)}",
        "package": package,
        "component": "".join(word.capitalize() for word in words),
        "annotation": "".join(word.capitalize() for word in words) + "Mark",
    }
    target = folder / names["project"]
    if target.exists():
        raise UsageError(f"{target} is there already; nothing was written")
    template = Path(__file__).with_name("new_plugin")
    for source in sorted(template.rglob("*.template")):
        relative = str(source.relative_to(template)).removesuffix(".template").replace("PACKAGE", package)
        path = target / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(source.read_text(encoding="utf-8")).substitute(names), encoding="utf-8")
    typer.echo(
        f"{target} is ready. Next:\n\n"
        f"    cd {target}\n"
        f"    pip install -e '.[test]'\n"
        f"    pytest\n"
        f"    echo 'Hear ye, HEAR YE.' | copydesk run pipeline.yaml - --to text\n\n"
        f"Then make {package}/component.py find what you want to find."
    )
