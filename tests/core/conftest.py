"""The installed command with foreseeable pipelines, and fake distributions: metadata and modules as pip would leave them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent

# What these tests say must also hold on a machine that is busy with something else.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@dataclass(frozen=True)
class Ran:
    """What a run of the command left."""

    code: int
    out: str
    err: str

    @property
    def documents(self) -> list[dict]:
        """The documents on standard output, by JSON lines."""
        return [json.loads(line) for line in self.out.split("\n") if line]


def _command() -> list[str]:
    script = Path(sys.executable).with_name("copydesk")
    return [str(script)] if script.exists() else [sys.executable, "-c", "from copydesk.cli import main; main()"]


@pytest.fixture(scope="session")
def command() -> list[str]:
    """`copydesk run`, with the plugin of the tests: pipeline and inputs are to follow."""
    return [*_command(), "run", "--plugin", str(HERE / "desk.py")]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**inherited, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


@pytest.fixture(scope="session")
def run(command, environment):
    """Runs `copydesk run` with these arguments; gives a `Ran`."""

    def run(*arguments, stdin=b"", cwd=None):
        done = subprocess.run(
            [*command, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            check=False,
            env=environment,
            cwd=cwd,
            timeout=120,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def shouting() -> Path:
    """A pipeline that finds words of capitals, without a parse."""
    return HERE / "shouting.yaml"


@pytest.fixture(scope="session")
def tokenizing() -> Path:
    """A pipeline that gives the tokens of a spaCy parse."""
    return HERE / "tokenizing.yaml"


@pytest.fixture
def in_process():
    """`copydesk run` in this process: quicker, for what needs no process of its own. Gives click's result."""
    from typer.testing import CliRunner

    from copydesk.cli import app
    from copydesk.errors import CopydeskError

    def run(*arguments):
        done = CliRunner().invoke(app, ["run", "--plugin", str(HERE / "desk.py"), *map(str, arguments)])
        if isinstance(done.exception, CopydeskError):
            return _Refused(f"copydesk: {done.exception}")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return run


@dataclass(frozen=True)
class _Refused:
    """What `main` makes of an error that comes out of a command."""

    stderr: str
    stdout: str = ""
    exit_code: int = 2


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
