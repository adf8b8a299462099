"""The public names of copydesk: pinned, importable, and free until they are used."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import copydesk

PUBLIC = [
    "Annotation",
    "AnnotationDiff",
    "Baseline",
    "Cell",
    "Check",
    "CheckEngine",
    "ChecksConfig",
    "Component",
    "Config",
    "ConfigPath",
    "Context",
    "Document",
    "DocumentDiff",
    "Entity",
    "ErrorRecord",
    "Evaluation",
    "Evidence",
    "FieldDiff",
    "Finding",
    "FolderWriter",
    "HasSpan",
    "Layer",
    "LayerScore",
    "Limits",
    "Mention",
    "Merged",
    "Mistake",
    "Observer",
    "OffsetMap",
    "Origin",
    "Parse",
    "Pipeline",
    "Quantity",
    "Quotation",
    "Quote",
    "Reader",
    "Ref",
    "Registry",
    "Result",
    "Reviewer",
    "RunInfo",
    "RunSummary",
    "Runtime",
    "SUPPORTED_API",
    "Score",
    "Section",
    "Sentence",
    "Severity",
    "Source",
    "Span",
    "Step",
    "StepRecord",
    "Suppressed",
    "Suppression",
    "TextBuilder",
    "TimeExpression",
    "Trace",
    "Trait",
    "Untyped",
    "View",
    "Words",
    "Writer",
    "__version__",
    "diff",
    "evaluate",
    "fold",
    "hookimpl",
    "read_baseline",
    "read_suppressions",
    "read_yaml",
    "trace",
    "word_list",
]


def test_the_public_names_are_pinned():
    """A name that goes away breaks plugins; one that comes is a promise. Both are decisions."""
    assert sorted(copydesk.__all__) == PUBLIC
    assert dir(copydesk) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_importable_and_documented(name):
    value = getattr(copydesk, name)
    assert getattr(copydesk, name) is value
    if inspect.isclass(value):
        assert value.__doc__


def test_the_signatures_are_pinned():
    """After a decision to change the interface, `python tests/core/signatures.py` writes the file again."""
    spec = importlib.util.spec_from_file_location("signatures", Path(__file__).with_name("signatures.py"))
    signatures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(signatures)
    assert list(signatures.lines()) == signatures.FILE.read_text(encoding="utf-8").splitlines()


def test_type_checkers_see_the_same_names_as_programs():
    tree = ast.parse(Path(copydesk.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name: node.module for node in ast.walk(block) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert sorted([*seen, "__version__"]) == PUBLIC
    for name, module in seen.items():
        assert getattr(importlib.import_module(str(module)), name) is getattr(copydesk, name)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'Quoted'"):
        copydesk.Quoted  # noqa: B018
    with pytest.raises(ImportError):
        from copydesk import Quoted  # noqa: F401


def modules_after(statement: str) -> set[str]:
    code = f"{statement}; import sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_copydesk_costs_nothing():
    loaded = modules_after("import copydesk")
    assert {name for name in loaded if name.startswith("copydesk")} == {"copydesk"}
    assert not loaded & {"pydantic", "spacy", "pluggy", "yaml", "typer", "rich"}


def test_no_public_name_imports_spacy():
    """spaCy takes a second to import; only a pipeline whose steps use it pays for it."""
    loaded = modules_after("from copydesk import *")
    assert "copydesk.pipeline.pipeline" in loaded
    assert not {module for module in loaded if module.partition(".")[0] in {"spacy", "thinc", "rich", "typer"}}
