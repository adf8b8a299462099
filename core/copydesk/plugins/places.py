"""Where a plugin's code lies: for messages to its author, and to tell two states of it apart."""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterator
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


def source_digest(kind: type) -> str:
    """The digest of the code that a class is of: all modules of its package; of a local file, it and its helpers.

    Helpers are the local modules that it imports, by whatever way, from its own folder.
    """
    home = home_of(kind)
    if home is None or not home.exists():  # defined in a notebook, or in a zip file
        return hashlib.sha256(f"{kind.__module__}.{kind.__qualname__}".encode()).hexdigest()
    files = sorted(home.rglob("*.py")) if home.is_dir() else sorted(_with_helpers(home))
    folder = home if home.is_dir() else home.parent
    digest = hashlib.sha256()
    for file in files:
        # The name counts too, and so does where one file ends: code that moves is other code.
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _with_helpers(file: Path) -> set[Path]:
    found: set[Path] = set()
    waiting = [file]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += [helper for name in _imported(here) for helper in _local(name, file.parent)]
    return found


def _imported(file: Path) -> Iterator[str]:
    """The names of the modules that a file imports, at its top or within its functions."""
    try:
        tree = ast.parse(file.read_bytes())
    except SyntaxError:  # it changed since it was imported
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _local(name: str, folder: Path) -> list[Path]:
    """The files of a module, and of the packages that it is in, where they lie in this folder."""
    parts = name.split(".")
    ways = [folder.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1)]
    files = [file for way in ways for file in (way.with_suffix(".py"), way / "__init__.py")]
    return [file for file in files if file.is_file()]
