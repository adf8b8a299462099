"""ConfigPath: a file that the settings of a component name.

Whoever writes a pipeline file expects a path in it to start from that file's folder; whoever writes
Python expects the working directory. Settings are validated in places that know nothing of files (a
component's `Config`, a check's options, what a plugin validates in `setup`), so the folder stands in a
context variable while a pipeline is built and set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

PATH_NOT_FOUND = "path_not_found"
"""pydantic's type of the fault."""

_FOLDER: ContextVar[Path | None] = ContextVar("folder of the pipeline file", default=None)


@contextmanager
def paths_start_from(folder: Path | None) -> Iterator[None]:
    """Within the block, relative paths in settings start from this folder; None is the working directory."""
    token = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(token)


def _found(path: Path) -> Path:
    folder = _FOLDER.get()
    found = path if folder is None else folder / path
    try:
        there = found.exists()
    except (OSError, ValueError):  # a name that no file could have
        there = False
    if not there:
        start = "" if path.is_absolute() else "; a relative path starts from the folder of the pipeline file"
        raise PydanticCustomError(
            PATH_NOT_FOUND,
            "there is no file {found}{start}",
            {"found": str(found), "start": start if folder is not None else ""},
        )
    return found


ConfigPath = Annotated[Path, AfterValidator(_found)]
"""A `Path` in a component's `Config` or a check's `Options`: a file or folder that must be there.

In a pipeline file it is relative to that file's folder, in Python to the working directory. One that is
not there is a problem of the pipeline file, with its line and column.
"""
