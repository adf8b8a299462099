"""What is built is what is used: the wheel holds all that a run needs, and runs with no checkout near it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path


def run(installed: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    script = "import sys; from copydesk.cli import main; sys.argv[0] = 'copydesk'; main()"
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )


def test_wheel_holds_what_a_run_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "copydesk/py.typed",
        "copydesk/shipped_pipelines/newsroom.yaml",
        "copydesk/cli/new_plugin/common/pyproject.toml.template",
        "copydesk/cli/new_plugin/common/DOTgithub/workflows/ci.yml.template",
        "copydesk_english/__init__.py",
        "copydesk_structure/__init__.py",
        "copydesk_entities/__init__.py",
        "copydesk_quotes/__init__.py",
        "copydesk_numbers/__init__.py",
        "copydesk_attribution/__init__.py",
    ):
        assert needed in names
    assert not [name for name in names if "/training/" in name or "/learning/" in name or name.startswith("tests/")]


def test_wheel_is_small_enough_to_bundle_a_model(wheel: Path) -> None:
    english = [i for i in zipfile.ZipFile(wheel).infolist() if i.filename.startswith("copydesk_english/")]
    assert sum(info.compress_size for info in english) <= 12_000_000


def test_installed_wheel_reads_a_story_with_no_checkout_near(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("“We lost 12 trucks”, said General Ann Lee of the army.\n", encoding="utf-8")
    done = run(installed, "run", "newsroom", "article.txt", "--to", "jsonl", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert {"section", "entity", "quote", "quantity", "finding"} <= document["layers"].keys()
    assert [entity["name"] for entity in document["layers"]["entity"] if entity["label"] == "PERSON"] == ["Ann Lee"]


def test_installed_wheel_is_the_one_that_ran(installed: Path, tmp_path: Path) -> None:
    script = "import copydesk, copydesk.pipeline.finding as c; print(copydesk.__file__, c.shipped_folder(), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(installed)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(Path(line).is_relative_to(installed) for line in done.stdout.split())
