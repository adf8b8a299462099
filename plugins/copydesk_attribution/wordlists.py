"""The word lists in `data/`: one entry a line, `#` begins a comment."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


def _read(name: str) -> str:
    return (files("copydesk_attribution") / "data" / name).read_text(encoding="utf-8")


def _lines(name: str) -> list[str]:
    lines = (line.split("#", 1)[0].strip() for line in _read(name).splitlines())
    return [line for line in lines if line]


@cache
def words(name: str) -> frozenset[str]:
    """The entries of `data/NAME.txt`, case folded."""
    return frozenset(line.casefold() for line in _lines(f"{name}.txt"))


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `data/NAME.csv`."""
    reader = csv.DictReader(_lines(f"{name}.csv"))
    return tuple(MappingProxyType(dict(row)) for row in reader)


@cache
def countries() -> Mapping[str, str]:
    """Case-folded country names and adjectives, each with its country's usual name."""
    known: dict[str, str] = {}
    for row in rows("countries"):
        for form in (row["country"], *row["forms"].split("|")):
            if form:
                known[form.casefold()] = row["country"]
    return MappingProxyType(known)
