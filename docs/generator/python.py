"""The page of the Python interface, from the docstrings of the public names."""

from __future__ import annotations

import inspect

import copydesk
from copydesk.model.vocabulary import VOCABULARY
from generator.markup import indented, signature

INTRODUCTION = [
    "# The Python interface",
    "",
    "Everything public is in `copydesk`; exceptions are in [`copydesk.errors`](errors.md), and what plugin authors test",
    "with is in `copydesk.testing`. Annotation types have a [page of their own](document-format.md#the-shared-types).",
    "",
]


def pages() -> dict[str, str]:
    parts = [*INTRODUCTION]
    elsewhere = {kind.__name__ for kind in VOCABULARY} | {"Severity", "Evidence", "HasSpan"}
    for name in copydesk.__all__:
        value = getattr(copydesk, name)
        if name in elsewhere or not inspect.isclass(value):
            continue
        parts += [f"## {name}", "", *indented(inspect.getdoc(value) or ""), "", *_members(name, value), ""]
    return {"reference/python.md": "\n".join(parts)}


def _members(name: str, value: type) -> list[str]:
    """Its own public methods and properties, and those of bases that have no name in `copydesk`."""
    lines = []
    seen = set()
    public = {getattr(copydesk, other) for other in copydesk.__all__}
    for owner in value.__mro__:
        if owner is not value and (owner in public or not owner.__module__.startswith("copydesk")):
            continue
        for member, found in vars(owner).items():
            if member.startswith(("_", "model_")) or member in seen:
                continue
            if not (inspect.isfunction(found) or isinstance(found, classmethod | property)):
                continue
            seen.add(member)
            function = found.fget if isinstance(found, property) else getattr(found, "__func__", found)
            doc = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
            shown = f"`{name}.{member}`" if isinstance(found, property) else f"`{name}.{member}{signature(function)}`"
            if doc:
                lines.append(f"* {shown}: {doc}")
    return lines
