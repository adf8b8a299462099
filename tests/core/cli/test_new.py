"""`copydesk new` writes a plugin that works as it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from copydesk.cli import app


def new(folder: Path, name: str) -> Path:
    result = CliRunner().invoke(app, ["new", name, "--in", str(folder)])
    assert result.exit_code == 0, result.output
    return folder / f"copydesk-{name}"


def test_new_plugin_passes_its_own_tests(tmp_path: Path) -> None:
    project = new(tmp_path, "loud-words")
    environment = {**os.environ, "PYTHONPATH": str(project)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" not in done.stdout, "the conformance checks ran too"


def test_new_plugin_is_found_once_it_is_installed(tmp_path: Path) -> None:
    project = new(tmp_path, "loud-words")
    site = tmp_path / "site"
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation",
        "--target", str(site), str(project),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    script = "import sys; from copydesk.cli import main; sys.argv[0] = 'copydesk'; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "run", str(project / "pipeline.yaml"), "-", "--to", "csv", "--quiet"],
        input="Hear ye, HEAR YE.",
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "loud_words_mark:9-13" in done.stdout


def test_new_plugin_is_typed_and_tidy(tmp_path: Path) -> None:
    project = new(tmp_path, "shouts")
    for tool in (["mypy", "--strict", "copydesk_shouts"], ["ruff", "check", "--select", "E,F,I,B,UP", "."]):
        done = subprocess.run([sys.executable, "-m", *tool], cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["Shouts", "1st", "a b", "../evil", "a--b", ""])
def test_a_name_that_cannot_be_a_package_is_refused(tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(app, ["new", name, "--in", str(tmp_path)])
    assert "is no name for a plugin" in str(result.exception)
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    project = new(tmp_path, "shouts")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    result = CliRunner().invoke(app, ["new", "shouts", "--in", str(tmp_path)])
    assert "is there already" in str(result.exception)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
