"""A page for each hook, from the docstrings of the hook specifications."""

from __future__ import annotations

import inspect

from copydesk.plugins import hookspecs
from generator.markup import first_line

GIVES = {
    "copydesk_components": ("a component", "how-to/write-a-component.md"),
    "copydesk_checks": ("a check", "how-to/write-a-check.md"),
    "copydesk_check_prefixes": ("a check", "how-to/write-a-check.md"),
    "copydesk_readers": ("a reader", "how-to/write-a-reader.md"),
    "copydesk_writers": ("a writer", "how-to/write-a-writer.md"),
    "copydesk_observers": ("an observer", "how-to/write-an-observer.md"),
}
INDEX = """\
# Hooks

A plugin implements the hooks it needs, as functions marked with `@copydesk.hookimpl`. All are optional; a
plugin with none is an error, and so is a marked function that is no hook (a misspelt name).

    import copydesk

    @copydesk.hookimpl
    def copydesk_components():
        return [ShoutFinder]

Import components inside the function: listing plugins stays cheap. Hooks are called once, when the plugin is
loaded; what watches a run is an observer class, which pipeline files name under `observers:`.
"""


def pages() -> dict[str, str]:
    hooks = {
        name: hook
        for name, hook in vars(hookspecs).items()
        if name.startswith("copydesk_") and inspect.isfunction(hook)
    }
    rows = [f"| [`{name}`](hooks/{name}.md) | {first_line(hook)} |" for name, hook in hooks.items()]
    index = "\n".join([INDEX, "| hook | gives |", "|---|---|", *rows])
    made = {f"reference/hooks/{name}.md": _page(name, hook) for name, hook in hooks.items()}
    return {"reference/hooks.md": index, **made}


def _page(name: str, hook: object) -> str:
    kind, guide = GIVES[name]
    returns = str(inspect.signature(hook).return_annotation).strip("'")  # type: ignore[arg-type]  # a function
    return "\n".join(
        [
            f"# {name}",
            "",
            inspect.getdoc(hook) or "",
            "",
            "```text",
            "@copydesk.hookimpl",
            f"def {name}() -> {returns}",
            "```",
            "",
            f"[How to write {kind}](../../{guide}) · [All hooks](../hooks.md)",
        ]
    )
