"""Who may import whom: the contracts are in pyproject.toml, and hold."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import copydesk

ROOT = Path(__file__).parents[2]
CORE = ROOT / "core" / "copydesk"
PLUGINS = ROOT / "plugins"
SCRIPTS = {"learning", "training"}
"""Folders of scripts for a checkout; they are not part of a plugin."""


def plugin_files() -> list[Path]:
    return [path for path in sorted(PLUGINS.rglob("*.py")) if not SCRIPTS & set(path.relative_to(PLUGINS).parts)]


@pytest.fixture(scope="module")
def contracts() -> dict:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["tool"]["importlinter"]


def contract(contracts: dict, name: str) -> dict:
    (found,) = [contract for contract in contracts["contracts"] if contract["name"] == name]
    return found


def test_every_plugin_is_under_contract(contracts):
    packages = sorted(path.parent.name for path in PLUGINS.glob("*/__init__.py"))
    assert sorted(contracts["root_packages"]) == ["copydesk", *packages]
    assert sorted(contract(contracts, "Plugins never import one another")["modules"]) == packages
    assert sorted(contract(contracts, "The core imports no plugin")["forbidden_modules"]) == packages


def test_the_rules_of_the_house_are_contracts(contracts):
    assert contract(contracts, "Nothing imports the command line")["protected_modules"] == ["copydesk.cli"]
    assert contract(contracts, "Only the core imports the modules of the core")["protected_modules"] == ["copydesk.*"]
    assert contract(contracts, "Inside the core, imports run one way")["layers"][0] == "copydesk.cli"


def test_every_module_of_the_core_has_its_layer(contracts):
    layers = contract(contracts, "Inside the core, imports run one way")["layers"]
    placed = {module.strip(" ()") for layer in layers for module in layer.replace(":", "|").split("|")}
    modules = {
        f"copydesk.{path.stem if path.is_file() else path.name}"
        for path in CORE.iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()
    }
    assert modules <= placed


def test_the_contracts_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def needs() -> dict[str, set[str]]:
    """For each module of the core those that it needs: at import, in functions, and for type checkers."""
    modules = {}
    for path in CORE.rglob("*.py"):
        parts = path.relative_to(CORE.parent).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    needed: dict[str, set[str]] = {}
    for name, path in modules.items():
        found = needed[name] = set()
        for _, module, names in copydesk_imports(path):
            found |= {f"{module}.{each}" for each in names} & modules.keys()
            if module in modules and not {f"{module}.{each}" for each in names} & modules.keys():
                found.add(module)
        found.discard(name)
    return needed


def circles(needed: dict[str, set[str]]) -> list[str]:
    """The modules that need themselves by way of others."""

    def reached(name: str) -> set[str]:
        seen: set[str] = set()
        ahead = set(needed[name])
        while ahead:
            seen |= ahead
            ahead = {other for one in ahead for other in needed[one]} - seen
        return seen

    return [name for name in needed if name in reached(name)]


def test_no_module_needs_itself():
    """Inside `copydesk.model` annotations, layers and documents are of one piece."""
    assert [name for name in circles(needs()) if not name.startswith("copydesk.model.")] == []


def test_circles_are_seen():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c"]
    assert {"copydesk.pipeline.runtime", "copydesk.pipeline.loading"} <= needs()["copydesk.pipeline.pipeline"]


def copydesk_imports(path: Path) -> list[tuple[int, str, list[str]]]:
    """Line, module and names of each import of a copydesk package, also under TYPE_CHECKING and in functions."""
    found: list[tuple[int, str, list[str]]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append((node.lineno, node.module or "", [alias.name for alias in node.names]))
        elif isinstance(node, ast.Import):
            found.extend((node.lineno, alias.name, []) for alias in node.names)
    return [entry for entry in found if entry[1].partition(".")[0].startswith("copydesk")]


#: A pipeline of spaCy's may build on another; its distribution requires that one.
BUILDS_ON = {"copydesk_english_accurate": "copydesk_english"}


def private_imports(path: Path, package: str) -> list[str]:
    wrong = []
    for line, module, names in copydesk_imports(path):
        if module.partition(".")[0] in (package, BUILDS_ON.get(package)) or module in (
            "copydesk.testing",
            "copydesk.errors",
        ):
            continue
        if module != "copydesk" or not set(names) <= set(copydesk.__all__):
            wrong.append(f"{path.name}:{line}: {module} {names}")
    return wrong


@pytest.mark.parametrize("path", plugin_files(), ids=lambda path: str(path.relative_to(PLUGINS)))
def test_a_plugin_imports_public_names_only(path):
    assert private_imports(path, path.relative_to(PLUGINS).parts[0]) == []


@pytest.mark.parametrize(
    "statement",
    [
        "from copydesk.plugins.registry import Registry",
        "import copydesk.document",
        "from copydesk import registry",
        "from copydesk import VOCABULARY",
        "import copydesk_quotes",
        "from copydesk_quotes.cues import CUES",
        "if TYPE_CHECKING:\n    from copydesk.pipeline.step import Step",
        "def f():\n    from copydesk.nearest import did_you_mean",
    ],
)
def test_the_scan_sees_what_is_not_public(tmp_path, statement):
    file = tmp_path / "plugin.py"
    file.write_text(statement, encoding="utf-8")
    assert private_imports(file, "copydesk_mine")


@pytest.mark.parametrize(
    "statement",
    [
        "import copydesk",
        "from copydesk import Quote, Span",
        "from copydesk.errors import TextError",
        "from copydesk_mine.data import X",
        "from .data import X",
    ],
)
def test_the_scan_passes_what_is_public(tmp_path, statement):
    file = tmp_path / "plugin.py"
    file.write_text(statement, encoding="utf-8")
    assert not private_imports(file, "copydesk_mine")


@pytest.mark.parametrize("package", sorted(path.parent.name for path in PLUGINS.glob("*/__init__.py")))
def test_importing_a_plugin_does_not_import_spacy(package):
    code = f"import sys, {package}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"spacy", "thinc", "numpy"} & set(done.stdout.split())
