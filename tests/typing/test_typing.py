"""Strict type checkers, as a user has them: what is right passes, what is wrong is refused, line by line.

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

Faults = dict[str, set[int]]
"""The lines with errors, by file."""


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def mypy(folder: Path) -> Faults:
    settings = folder / "mypy.ini"
    settings.write_text("[mypy]\nstrict = true\n")
    files = [str(HERE / name) for name in FILES]
    said = _run([sys.executable, "-m", "mypy", "--config-file", str(settings), *files], folder)
    faults: Faults = {name: set() for name in FILES}
    for match in re.finditer(r"(?:^|/)(\w+\.py):(\d+): error", said, re.MULTILINE):
        faults.setdefault(match[1], set()).add(int(match[2]))
    return faults


def pyright(folder: Path) -> Faults:
    settings = folder / "pyrightconfig.json"
    settings.write_text(json.dumps({"include": [str(HERE / name) for name in FILES], "typeCheckingMode": "strict"}))
    command = [str(Path(sys.executable).with_name("basedpyright")), "--outputjson", "--pythonpath", sys.executable]
    said = json.loads(_run([*command, "-p", str(settings)], folder))
    assert said["summary"]["filesAnalyzed"] == len(FILES)
    faults: Faults = {name: set() for name in FILES}
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
    assert faults == {"client.py": set(), "plugin.py": set(), "wrong.py": marked}
