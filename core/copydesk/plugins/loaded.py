"""What a loaded plugin is, as a value, and the modules of local files."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType
from typing import Any, Self

from copydesk.plugins.check import Check
from copydesk.plugins.component import Component
from copydesk.plugins.observer import Observer
from copydesk.plugins.reader import Reader
from copydesk.plugins.writer import Writer

_CONTENT = "__copydesk_content__"
"""The attribute of a local file's module that holds the digest of what was executed."""


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plugin that was imported, and what its hooks gave. A value: it can be compared and pickled.

    Attributes:
        name: what pipelines call it.
        distribution, version: of the package that brings it; None for one that was added by hand.
        components, readers, writers, checks, observers: the classes that it gives.
        check_prefixes: what the codes of its checks begin with.
        path: of a local file, else None. Unpickling imports that file.
    """

    name: str
    distribution: str | None = None
    version: str | None = None
    components: tuple[type[Component[Any]], ...] = ()
    readers: tuple[type[Reader[Any]], ...] = ()
    writers: tuple[type[Writer[Any]], ...] = ()
    checks: tuple[type[Check[Any]], ...] = ()
    observers: tuple[type[Observer[Any]], ...] = ()
    check_prefixes: tuple[str, ...] = ()
    path: Path | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        values = tuple(getattr(self, each.name) for each in fields(self))
        return (_restored, (LocalFiles([self.path]), *values))


class LocalFiles(tuple[Path, ...]):
    """Files of local plugins. To pickle before what has classes of theirs: unpickling imports the files.

    Args:
        paths: the files; None is passed over.
    """

    __slots__ = ()

    def __new__(cls, paths: Iterable[Path | None]) -> Self:
        return super().__new__(cls, (path for path in paths if path is not None))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_imported, tuple(self))


def _imported(*paths: Path) -> LocalFiles:
    for path in paths:
        import_local(path)
    return LocalFiles(paths)


def _restored(_files: LocalFiles, *values: Any) -> LoadedPlugin:
    return LoadedPlugin(*values)


def import_local(path: Path) -> ModuleType:
    """The module of a Python file outside all packages. While the file stays as it is, it is always the same module.

    Its name follows from where the file lies, so that another process finds its classes once it has imported it too.

    Raises:
        ImportError: its name does not end in `.py`.
        OSError: it cannot be read.
    """
    path = Path(path)
    # The digest keeps apart files of one name in different folders.
    digest = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:8]
    name = f"copydesk_local_{path.stem}_{digest}"
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    earlier = sys.modules.get(name)
    if earlier is not None and getattr(earlier, _CONTENT, None) == content:
        return earlier
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file; its name must end in .py")
    module = importlib.util.module_from_spec(spec)
    setattr(module, _CONTENT, content)
    sys.modules[name] = module  # so that its classes can be pickled and looked up
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        if earlier is not None:
            sys.modules[name] = earlier
        raise
    return module
