"""ConfigPath: a file that settings name.

Whoever writes a pipeline file expects a path in it to start from that file's folder; whoever writes
Python expects the working directory. Settings are validated in places that know nothing of files (a
component's config, a check's options, what a plugin validates in `setup`), so the folder stands in a
context variable while a pipeline is built and set up. What a pipeline takes from another file, by
`extends:`, starts from that file's folder: such a text carries it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator
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


class TextOfFile(str):
    """A text of another file than the pipeline's own, and the folder of that file."""

    __slots__ = ("folder",)

    folder: Path

    def __new__(cls, text: str, folder: Path) -> Self:
        placed = super().__new__(cls, text)
        placed.folder = folder
        return placed

    def __reduce__(self) -> tuple[type[Self], tuple[str, Path]]:
        return (type(self), (str(self), self.folder))


def _from_its_file(value: object) -> object:
    return value.folder / value if isinstance(value, TextOfFile) else value


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


ConfigPath = Annotated[Path, BeforeValidator(_from_its_file, json_schema_input_type=Path), AfterValidator(_found)]
"""A `Path` in settings: a file or folder that must be there.

In a pipeline file it is relative to that file's folder, in Python to the working directory. One that is
not there is a problem of the pipeline file, with its line and column.
"""
