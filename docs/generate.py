"""Writes the pages that are made from the source: `make docs`. A test says whether they are current."""

from __future__ import annotations

import sys
from pathlib import Path

from generator import checks, cli, components, errors, formats, hooks, python

DOCS = Path(__file__).parent
FOLDERS = ("checks", "reference/hooks", "reference/components", "reference/formats", "reference/errors")
"""Folders that hold generated pages and nothing else."""


def pages() -> dict[Path, str]:
    """Each generated page and what it must hold."""
    made = {}
    for kind in (hooks, cli, python, components, formats, errors, checks):
        made.update(kind.pages())
    return {DOCS / name: text.rstrip() + "\n" for name, text in made.items()}


def left_over() -> set[Path]:
    """Pages of something that is no more."""
    there = {path for folder in FOLDERS for path in (DOCS / folder).glob("*.md")}
    return there - set(pages())


def main() -> None:
    for path in left_over():
        path.unlink()
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(DOCS.parent)}\n")


if __name__ == "__main__":
    main()
