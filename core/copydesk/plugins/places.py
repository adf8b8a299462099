"""Where a plugin's code lies, for messages to its author."""

from __future__ import annotations

import sys
from pathlib import Path


def home_of(kind: type) -> Path | None:
    """The folder of the package that a class is of, or its file where that is a module by itself."""
    module = sys.modules.get(kind.__module__)
    file = getattr(module, "__file__", None)
    if file is None:
        return None
    top = sys.modules.get(kind.__module__.partition(".")[0])
    package = getattr(top, "__path__", None)
    return Path(next(iter(package))) if package else Path(file)


def shown_file(name: str | Path, home: Path | None) -> str:
    """A file as its author knows it: from the package's folder on; there are many that are called `component.py`."""
    path = Path(name)
    if home is not None and path.is_relative_to(home):
        return path.name if path == home else path.relative_to(home.parent).as_posix()
    return f"{path.parent.name}/{path.name}"
