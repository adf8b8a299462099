"""Which file a pipeline's name or path means."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from copydesk.errors import UsageError
from copydesk.nearest import did_you_mean
from copydesk.parsing import is_file
from copydesk.yaml_reader import MAX_BYTES


def shipped_folder() -> Path:
    """Where the pipelines that come with copydesk lie: in the wheel, or in the checkout."""
    package = Path(str(files("copydesk")))
    in_wheel = package / "shipped_pipelines"
    return in_wheel if in_wheel.is_dir() else package.parents[1] / "pipelines"


def shipped_pipelines() -> dict[str, Path]:
    """The pipelines that can be run by bare name."""
    return {path.stem: path for path in sorted(shipped_folder().glob("*.yaml"))}


def find_pipeline(source: str | Path, folder: Path | None = None) -> Path:
    """The file that a path or bare name means. A bare name never means a file that happens to lie here.

    Args:
        source: the name of a shipped pipeline, or a path: with a separator or a suffix.
        folder: what a relative path starts from; by default the working directory.

    Raises:
        UsageError: there is none.
    """
    if isinstance(source, str) and not (os.sep in source or "/" in source or Path(source).suffix):
        shipped = shipped_pipelines()
        if source in shipped:
            return shipped[source]
        here = f"; to run the file, write ./{source}" if is_file((folder or Path()) / source) else ""
        raise UsageError(f"unknown pipeline '{source}'{did_you_mean(source, shipped)}{here}")
    path = (folder or Path()) / source
    if not is_file(path):
        raise UsageError(f"there is no pipeline file {path}")
    return path


def read_file(path: Path) -> bytes:
    """The bytes of a pipeline file, not more than it may have.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
