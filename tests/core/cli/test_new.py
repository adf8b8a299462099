"""`copydesk new` writes the project of a plugin; tests/packaging installs each kind, and runs its tests."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from copydesk import SUPPORTED_API
from copydesk.cli import app
from copydesk.cli.new import Kind
from copydesk.errors import UsageError


def new(folder: Path, name: str, *options: str) -> Path:
    result = CliRunner().invoke(app, ["new", name, "--in", str(folder), *options])
    assert result.exit_code == 0, result.output
    return folder / f"copydesk-{name}"


@pytest.mark.parametrize("kind", Kind)
def test_a_project_has_all_that_a_project_has(tmp_path: Path, kind: Kind) -> None:
    project = new(tmp_path, "loud-words", "--kind", kind)
    files = {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}
    assert {
        ".github/workflows/ci.yml",
        ".gitignore",
        "LICENSE",
        "README.md",
        "copydesk_loud_words/__init__.py",
        "copydesk_loud_words/py.typed",
        f"copydesk_loud_words/{kind}.py",
        "pipeline.yaml",
        "pyproject.toml",
        "tests/test_conformance.py",
    } <= files
    for path in files:
        text = (project / path).read_text(encoding="utf-8")
        assert "$" not in text.replace("${{ matrix.python }}", ""), f"{path} has a placeholder left"


def test_dependency_and_api_say_what_it_was_written_for(tmp_path: Path) -> None:
    project = new(tmp_path, "shouts")
    (dependency,) = tomllib.loads((project / "pyproject.toml").read_text())["project"]["dependencies"]
    assert dependency.startswith("copydesk>=")
    assert ",<" in dependency
    assert f"api = {SUPPORTED_API[-1]}" in (project / "copydesk_shouts" / "component.py").read_text()


@pytest.mark.parametrize("name", ["Shouts", "1st", "a b", "../evil", "a--b", ""])
def test_a_name_that_cannot_be_a_package_is_refused(tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(app, ["new", name, "--in", str(tmp_path)])
    assert isinstance(result.exception, UsageError)
    assert "is no name for a plugin" in str(result.exception)
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    project = new(tmp_path, "shouts")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    result = CliRunner().invoke(app, ["new", "shouts", "--in", str(tmp_path)])
    assert "is there already" in str(result.exception)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
