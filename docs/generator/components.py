"""A page for each component of the plugins that come with copydesk, from its class."""

from __future__ import annotations

import inspect
from typing import Any

from copydesk import Component
from copydesk.plugins.registry import Registry
from generator.markup import first_line, settings

INDEX = """\
# Components

A component is what a step of a pipeline runs. These come with copydesk; `copydesk plugins` lists all that are
installed.

| component | plugin | does |
|---|---|---|
"""


def pages() -> dict[str, str]:
    registry = Registry()
    rows, made = [], {}
    for plugin in ("structure", "entities", "quotes", "numbers", "attribution"):
        for component in registry.load(plugin).components:
            rows.append(
                f"| [`{component.name}`](components/{component.name}.md) | [{plugin}](plugins/{plugin}.md) | "
                f"{first_line(component)} |"
            )
            made[f"reference/components/{component.name}.md"] = _page(plugin, component)
    return {"reference/components.md": INDEX + "\n".join(rows), **made}


def _page(plugin: str, component: type[Component[Any]]) -> str:
    layers = [
        ("layers that it gives", component.provides),
        ("layers that it changes", component.revises),
        ("layers that it needs", component.requires),
        ("layers that it reads where they are", component.reads),
    ]
    rows = [f"| {what} | {', '.join(f'`{kind.__name__}`' for kind in kinds)} |" for what, kinds in layers if kinds]
    for what, uses in (
        ("what it needs of the parse", component.uses),
        ("what it reads where the parse has it", component.uses_optional),
    ):
        if uses:
            rows.append(f"| {what} | {', '.join(f'`{use}`' for use in uses)} |")
    doc = (inspect.getdoc(component) or "").strip()
    return "\n".join(
        [
            f"# {component.name}",
            "",
            doc,
            "",
            "```yaml",
            "steps:",
            f"  - use: {component.name}",
            "```",
            "",
            f"The plugin's [own page](../plugins/{plugin}.md) says what it finds, by which rules, and how well.",
            "",
            "## What goes in and out",
            "",
            "| what | which |",
            "|---|---|",
            *rows,
            "",
            "The types are described with the [document format](../document-format.md#the-shared-types).",
            "",
            "## Settings",
            "",
            *settings(component.config_class),
        ]
    )
