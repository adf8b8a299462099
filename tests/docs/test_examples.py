"""The documentation's examples run, and print what the pages say.

In a page, in order, in a folder of its own that holds the seed as `story.txt`:

* ```pycon blocks are doctests (`...` stands for anything);
* ```python and ```yaml blocks that begin with `# file: NAME` are written to that file, other python blocks run;
* ```console blocks are commands after `$ `, followed by what they print (a line `...` stands for any lines).
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(page: Path) -> Iterator[tuple[str, str, int]]:
    text = page.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        yield match[1], match[2], text.count("\n", 0, match.start()) + 2


def has_examples(page: Path) -> bool:
    return any(
        kind in ("pycon", "console", "python") or source.startswith("# file: ") for kind, source, _ in blocks(page)
    )


SLOW = {"compare-and-measure.md", "serve.md", "test-a-plugin.md", "use-pools.md"}
"""Pages whose examples start servers, pools and test runs of their own: `make test-slow`."""


@pytest.mark.parametrize(
    "page",
    [pytest.param(p, marks=[pytest.mark.slow] if p.name in SLOW else []) for p in PAGES if has_examples(p)],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_examples_of_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(next((ROOT / "seeds").glob("*.txt")), tmp_path / "story.txt")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    before = set(sys.modules)
    names: dict[str, object] = {"__name__": "__main__"}
    try:
        for kind, source, line in blocks(page):
            where = f"{page.relative_to(ROOT)}:{line}"
            if written := re.match(r"# file: (\S+)\n", source):
                path = tmp_path / written[1]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(source[written.end() :], encoding="utf-8")
            elif kind == "pycon":
                check_doctest(source, names, where, line)
            elif kind == "python":
                exec(compile(source, where, "exec"), names)
            elif kind == "console":
                check_console(source, tmp_path, where)
    finally:
        for name in set(sys.modules) - before:
            if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]  # a module that an example wrote; the next page may write another of its name


def check_doctest(source: str, names: dict[str, object], where: str, line: int) -> None:
    test = doctest.DocTestParser().get_doctest(source, names, where, where, line)
    test.globs = names
    report: list[str] = []
    results = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=report.append, clear_globs=False)
    assert not results.failed, "".join(report)


def check_console(source: str, folder: Path, where: str) -> None:
    commands = re.split(r"^\$ ", source, flags=re.MULTILINE)[1:]
    assert commands, f"{where}: a console block has lines that begin with '$ '"
    for part in commands:
        command, _, expected = part.partition("\n")
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(
            command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", check=False, executable="/bin/bash",
        )  # fmt: skip
        output = done.stdout
        pattern = "".join(r"(?:.*\n)*?" if row.strip() == "..." else line_pattern(row) for row in expected.splitlines())
        assert re.fullmatch(pattern, output if output.endswith("\n") or not output else output + "\n"), (
            f"{where}: $ {command}\nprinted (exit code {done.returncode})\n{output}\nbut the page says\n{expected}"
        )


def line_pattern(row: str) -> str:
    return ".*".join(re.escape(part.rstrip()) for part in row.split("...")) + r"[ ]*\n"
