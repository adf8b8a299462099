"""Fake distributions: metadata and modules on disk, as pip would leave them, on sys.path for one test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest


class FakeDistributions:
    """Makes installed distributions, and knows which of their modules were imported."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._root = root
        self._monkeypatch = monkeypatch

    def __call__(
        self,
        name: str,
        entry_points: Mapping[str, str] | str,
        modules: Mapping[str, str],
        *,
        group: str = "copydesk",
        version: str = "1.0",
    ) -> Path:
        site = self._root / f"site-{name}-{version}"
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
        if not isinstance(entry_points, str):
            lines = "".join(f"{key} = {value}\n" for key, value in entry_points.items())
            entry_points = f"[{group}]\n{lines}"
        (info / "entry_points.txt").write_text(entry_points, encoding="utf-8")
        for module, source in modules.items():
            path = site / f"{module}.py"
            mark = f"import pathlib; pathlib.Path({str(self._mark(module))!r}).touch()\n"
            path.write_text(mark + dedent(source), encoding="utf-8")
        self._monkeypatch.syspath_prepend(str(site))
        return site

    def _mark(self, module: str) -> Path:
        return self._root / f"{module}.imported"

    def imported(self) -> set[str]:
        """The modules whose import began."""
        return {path.stem for path in self._root.glob("*.imported")}


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDistributions]:
    before = set(sys.modules)
    yield FakeDistributions(tmp_path, monkeypatch)
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(tmp_path)):
            del sys.modules[name]


@pytest.fixture
def plugin_source() -> Callable[..., str]:
    """The source of a sound plugin with one component, which finds nothing."""

    def source(component: str = "shouts", *, head: str = "", body: str = "") -> str:
        return (
            f"import copydesk\n{head}\n"
            "class Found(copydesk.Component):\n"
            '    """Finds nothing."""\n'
            f"    name = {component!r}\n"
            "    def process(self, document):\n"
            "        return []\n"
            "@copydesk.hookimpl\n"
            "def copydesk_components():\n"
            "    return [Found]\n"
            f"{body}\n"
        )

    return source
