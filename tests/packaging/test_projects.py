"""Projects of plugins, installed beside the built wheel: those that `copydesk new` writes, and the documentation's examples.

All of a test are installed together, so that one environment does for all; each example is tested in one of its own too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.parent for path in ROOT.glob("docs/examples/*/pyproject.toml"))


def run(*command: str, cwd: Path, path: Sequence[Path] = (), stdin: str = "") -> str:
    """What a module of Python's prints."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path)), "PYTHONDONTWRITEBYTECODE": "1"},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def copydesk(*arguments: str, cwd: Path, path: Sequence[Path], stdin: str = "") -> str:
    """What the installed command prints."""
    script = cwd / "run_copydesk.py"
    script.write_text("import sys; from copydesk.cli import main; sys.argv[0] = 'copydesk'; main()\n")
    try:
        return run("run_copydesk", *arguments, cwd=cwd, path=[*path, cwd], stdin=stdin)
    finally:
        script.unlink()


def installed_beside(wheel: Path, projects: Sequence[Path], folder: Path) -> list[Path]:
    """The paths on which projects are found as pip installs them, and the wheel."""
    site = folder / "site"
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target", str(site)]
    run("pip", "install", *options, *map(str, projects), cwd=folder)
    return [site, wheel]


def check(projects: Sequence[Path], path: Sequence[Path], folder: Path) -> None:
    """Their tests pass, and strict type checkers find nothing."""
    tests = [str(project / "tests") for project in projects]
    options = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib", "--rootdir", str(folder)]
    assert " failed" not in run("pytest", *options, *tests, cwd=folder, path=path)
    for project in projects:
        run("mypy", "--cache-dir", str(folder / "mypy"), cwd=project)
    parts = [str(part) for project in projects for part in project.glob("*") if any(part.glob("*.py"))]
    settings = {"include": parts, "typeCheckingMode": "strict", "extraPaths": [str(path[0])]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    run("basedpyright", "--pythonpath", sys.executable, "-p", str(folder), cwd=folder)


@pytest.mark.slow
def test_new_projects_of_every_kind_work_as_they_come(installed: Path, tmp_path: Path) -> None:
    for kind in ("component", "check", "reader", "writer", "observer"):
        copydesk("new", f"my-{kind}", "--kind", kind, cwd=tmp_path, path=[installed])
    projects = sorted(tmp_path.glob("copydesk-my-*"))
    assert len(projects) == 5
    path = installed_beside(installed, projects, tmp_path)
    check(projects, path, tmp_path)
    for project in projects:
        run("ruff", "check", cwd=project)
        run("ruff", "format", "--check", cwd=project)
    shown = {
        "component": (["-", "--to", "csv"], "my_component_mark:9-13"),
        "check": (["-", "--to", "csv"], "MYCH101"),
        "reader": (["example.my-reader", "--to", "csv"], "example.my-reader:4"),
        "writer": (["-", "--to", "my-writer"], "stdin\tquantity\t1"),
        "observer": (["-", "--to", "csv"], "1 documents, 0 failed"),
    }
    for kind, (arguments, expected) in shown.items():
        project = tmp_path / f"copydesk-my-{kind}"
        story = "Hear ye, HEAR YE. They saw the the 12 ships."
        assert expected in copydesk("run", "pipeline.yaml", *arguments, cwd=project, path=path, stdin=story)


@pytest.mark.skipif(not EXAMPLES, reason="there are no examples")
@pytest.mark.slow
def test_the_documentations_examples_work(installed: Path, tmp_path: Path) -> None:
    projects = [Path(shutil.copytree(project, tmp_path / project.name)) for project in EXAMPLES]
    path = installed_beside(installed, projects, tmp_path)
    check(projects, path, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_works_in_an_environment_of_its_own(example: Path, wheel: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(example, tmp_path / example.name))
    run("venv", str(tmp_path / "environment"), cwd=tmp_path)
    programs = tmp_path / "environment" / ("Scripts" if os.name == "nt" else "bin")
    pinned = ["--quiet", "--constraint", str(ROOT / "constraints.txt")]
    for command in (
        ["python", "-m", "pip", "install", *pinned, f"{wheel}[testing]", str(project)],
        ["pytest", "-q", "-p", "no:cacheprovider"],
        ["copydesk", "plugins", example.name.removeprefix("copydesk-")],
    ):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        done = subprocess.run(
            [programs / command[0], *command[1:]], cwd=project, env=clean, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
