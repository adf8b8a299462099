"""The installed command, and pipelines whose results can be foreseen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent


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
