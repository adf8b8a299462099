"""The examples of the how-to pages are typed: strict type checkers find nothing in their files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(ROOT.glob("docs/how-to/*.md"))
UNTYPED = re.compile(r"^(?:from|import) (?:dask|joblib|ray)\b", re.MULTILINE)
"""Libraries without types of their own: strict type checkers refuse programs that use them."""
FILE = re.compile(r"^```python\n# file: (\S+\.py)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_examples_of_the_how_to_pages_pass_strict_type_checkers(tmp_path: Path) -> None:
    written: dict[str, Path] = {}
    for page in PAGES:
        for name, source in FILE.findall(page.read_text(encoding="utf-8")):
            if UNTYPED.search(source):
                continue
            assert name not in written, f"{page.name} and {written[name].name} both have a file {name}"
            written[name] = page
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(source, encoding="utf-8")
    assert len(written) > 20
    (tmp_path / "pyrightconfig.json").write_text(json.dumps({"include": sorted(written), "typeCheckingMode": "strict"}))
    bin = Path(sys.executable).parent
    for command in (
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), *sorted(written)],
        [str(bin / "basedpyright"), "--pythonpath", sys.executable],
    ):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
