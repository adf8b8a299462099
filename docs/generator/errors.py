"""A page for each exception, from its docstring."""

from __future__ import annotations

import inspect

from copydesk import errors
from copydesk.errors import CopydeskError
from generator.markup import first_line

INDEX = """\
# Errors

Every exception that copydesk raises on purpose is in `copydesk.errors`, and is a `CopydeskError`. Each message says
what happened, where, why, and what to do; attributes carry the same facts for programs. What becomes of a document
with an error is told in [what bad input gets](../explanation/bad-input.md).
"""


def pages() -> dict[str, str]:
    kinds = [kind for kind in vars(errors).values() if inspect.isclass(kind) and issubclass(kind, CopydeskError)]
    rows = [f"| {_depth(kind)}[`{kind.__name__}`](errors/{kind.__name__}.md) | {first_line(kind)} |" for kind in kinds]
    index = "\n".join([INDEX, "| error | when |", "|---|---|", *rows])
    return {"reference/errors.md": index, **{f"reference/errors/{kind.__name__}.md": _page(kind) for kind in kinds}}


def _depth(kind: type[CopydeskError]) -> str:
    return "&nbsp;&nbsp;" * (len(kind.__mro__) - len(CopydeskError.__mro__))


def _page(kind: type[CopydeskError]) -> str:
    doc, _, attributes = (inspect.getdoc(kind) or "").partition("\n\nAttributes:\n")
    parts = [f"# {kind.__name__}", "", doc, ""]
    base = kind.__mro__[1]
    if issubclass(base, CopydeskError):
        parts += [f"It is a [`{base.__name__}`]({base.__name__}.md).", ""]
    narrower = [
        f"[`{one.__name__}`]({one.__name__}.md)" for one in kind.__subclasses__() if one.__module__ == errors.__name__
    ]
    if narrower:
        parts += [f"More exactly it can be: {', '.join(narrower)}.", ""]
    if attributes:
        parts += ["## Attributes", "", *_attributes(attributes), ""]
    return "\n".join([*parts, "[All errors](../errors.md)"])


def _attributes(block: str) -> list[str]:
    """The lines of an `Attributes:` block as a list; a line that is indented further goes on with the one before."""
    items: list[str] = []
    for line in inspect.cleandoc(block).splitlines():
        if line.startswith(" ") and items:
            items[-1] += f" {line.strip()}"
        elif line:
            name, _, what = line.partition(": ")
            items.append(f"* `{name}`: {what}")
    return items
