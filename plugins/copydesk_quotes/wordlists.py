"""The word lists beside the code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def own_list(name: str) -> frozenset[str]:
    """The words of a list in `data`: one a line, comments after `#`."""
    text = files("copydesk_quotes").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if (word := line.partition("#")[0].strip()))
