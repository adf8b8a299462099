"""The nearest known name, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """`; did you mean 'quotes'?`, `; known: …` where none is near, or nothing where there are none."""
    names = sorted(set(known))
    near = get_close_matches(wrong[:100], names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean '{near[0]}'?"
    return f"; known: {', '.join(names)}" if names else ""
