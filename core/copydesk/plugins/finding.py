"""Which plugins are installed: from entry points, by metadata alone. Nothing is imported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ENTRY_POINT_GROUP = "copydesk"

DISTRIBUTION = "copydesk"
"""The distribution that brings the shipped plugins."""

SHIPPED = frozenset({"attribution", "entities", "numbers", "quotes", "structure"})
"""Their names. Nobody else may claim one, so that no package can break a shipped pipeline."""

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
"""What plugins, components and formats may be called."""


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin that is there, not imported yet.

    Attributes:
        name: what pipelines call it.
        origin: for people: "copydesk 0.1.0", "the file shouts.py", "registry.add".
        importer: imports it, and gives the module or object with its hooks.
        distribution, version: of the package that brings it; None for one that was added by hand.
        path: of a local file, else None.
        refused: why it can't be used under this name, or "".
    """

    name: str
    origin: str
    importer: Callable[[], object]
    distribution: str | None = None
    version: str | None = None
    path: Path | None = None
    refused: str = ""


def installed_plugins() -> Iterator[Found]:
    """What the entry points of all installed distributions name, in the order of `sys.path`."""
    seen: set[tuple[str, str, str]] = set()
    for entry_point in metadata.entry_points(group=ENTRY_POINT_GROUP):
        dist = entry_point.dist
        distribution, version = (dist.name, dist.version) if dist else (None, None)
        key = (entry_point.name, entry_point.value, distribution or "")
        if key in seen:
            continue  # one distribution, twice on sys.path
        seen.add(key)
        yield Found(
            entry_point.name,
            f"{distribution} {version}" if distribution else entry_point.value,
            entry_point.load,
            distribution,
            version,
            refused=_refusal(entry_point.name, distribution),
        )


def _refusal(name: str, distribution: str | None) -> str:
    if not NAME.fullmatch(name):
        return f"'{name}' is no name for a plugin: letters, digits, '_' and '-'"
    if name in SHIPPED and _normalised(distribution or "") != DISTRIBUTION:
        return f"the name '{name}' belongs to a plugin that comes with copydesk; its author must choose another"
    return ""


def _normalised(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
