"""Strict type checkers, as a user has them: what is right passes, what is wrong is refused, line by line.

The programs of the documentation that embed copydesk are right too.
mypy is run without any plugin, and pyright as basedpyright, whose wheel brings along what it needs to run.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = ("client.py", "plugin.py", "wrong.py")
PAGES = ("serve.md", "use-pools.md")
PROGRAM = re.compile(r"^```python\n# file: (\w+\.py)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UNTYPED = re.compile(r"^(?:from|import) (?:dask|joblib|ray)\b", re.MULTILINE)
"""Libraries that say nothing of their types: strict checkers refuse what comes of them."""

Faults = dict[str, set[int]]
"""The lines with errors, by file."""


def _checked(folder: Path) -> list[Path]:
    """The files to check; the programs of the documentation are written to the folder."""
    files = [HERE / name for name in FILES]
    for page in PAGES:
        for name, source in PROGRAM.findall((HERE.parents[1] / "docs" / "how-to" / page).read_text(encoding="utf-8")):
            path = folder / name
            path.write_text(source, encoding="utf-8")
            if not UNTYPED.search(source):
                files.append(path)
    return files


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def mypy(folder: Path) -> Faults:
    settings = folder / "mypy.ini"
    settings.write_text("[mypy]\nstrict = true\n")
    files = _checked(folder)
    said = _run([sys.executable, "-m", "mypy", "--config-file", str(settings), *map(str, files)], folder)
    faults: Faults = {path.name: set() for path in files}
    for match in re.finditer(r"(?:^|/)(\w+\.py):(\d+): error", said, re.MULTILINE):
        faults.setdefault(match[1], set()).add(int(match[2]))
    return faults


def pyright(folder: Path) -> Faults:
    settings = folder / "pyrightconfig.json"
    files = _checked(folder)
    settings.write_text(json.dumps({"include": [str(path) for path in files], "typeCheckingMode": "strict"}))
    command = [str(Path(sys.executable).with_name("basedpyright")), "--outputjson", "--pythonpath", sys.executable]
    said = json.loads(_run([*command, "-p", str(settings)], folder))
    assert said["summary"]["filesAnalyzed"] == len(files)
    faults: Faults = {path.name: set() for path in files}
    for item in said["generalDiagnostics"]:
        if item["severity"] == "error":
            faults.setdefault(Path(item["file"]).name, set()).add(item["range"]["start"]["line"] + 1)
    return faults


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_what_is_right_passes_and_each_wrong_line_is_refused(checker: Callable[[Path], Faults], tmp_path: Path):
    faults = checker(tmp_path)
    lines = (HERE / "wrong.py").read_text(encoding="utf-8").splitlines()
    marked = {number for number, line in enumerate(lines, 1) if line.endswith("# wrong")}
    assert len(marked) > 10
    programs = {"service.py", "test_service.py", "stories.py", "with_futures.py", "reading.py", "read_all.py"}
    assert faults == {name: set() for name in {"client.py", "plugin.py"} | programs} | {"wrong.py": marked}
