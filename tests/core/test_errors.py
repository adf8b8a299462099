"""Errors: the tree that the module's docstring draws is the tree that there is."""

from __future__ import annotations

import inspect
import pickle
import re

import pytest

from copydesk import errors
from copydesk.errors import CopydeskError, DocumentError, InvalidPipelineError, PluginLoadError, Problem, StepError

TREE = {
    "CopydeskError": "Exception",
    "DocumentError": "CopydeskError",
    "TextError": "DocumentError",
    "AnnotationError": "DocumentError",
    "LimitError": "DocumentError",
    "FormatError": "DocumentError",
    "PluginError": "CopydeskError",
    "PluginNotFoundError": "PluginError",
    "PluginLoadError": "PluginError",
    "PluginConflictError": "PluginError",
    "PipelineError": "CopydeskError",
    "InvalidPipelineError": "PipelineError",
    "ModelNotFoundError": "PipelineError",
    "StepError": "PipelineError",
    "CheckError": "PipelineError",
    "WorkerError": "PipelineError",
    "UsageError": "CopydeskError",
}


def real_tree() -> dict[str, str]:
    return {
        name: cls.__base__.__name__
        for name, cls in inspect.getmembers(errors, inspect.isclass)
        if issubclass(cls, BaseException) and cls.__module__ == errors.__name__
    }


def drawn_tree() -> dict[str, str]:
    parents: list[str] = ["Exception"]
    tree: dict[str, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"^    ([│├└─ ]*)([A-Z]\w+)", line):
            depth = len(match[1]) // 4
            del parents[depth + 1 :]
            tree[match[2]] = parents[depth]
            parents.append(match[2])
    return tree


def test_the_names_and_their_order_are_pinned():
    """Who catches an error by name must be able to rely on it."""
    assert real_tree() == TREE


def test_the_docstring_draws_the_tree_that_there_is():
    assert drawn_tree() == TREE


@pytest.mark.parametrize("name", TREE)
def test_every_error_says_what_it_means(name):
    assert inspect.getdoc(getattr(errors, name)) != inspect.getdoc(Exception)
    assert vars(getattr(errors, name)).get("__doc__")


def test_a_document_error_says_where():
    assert str(DocumentError("bad", path="a.jsonl", line=7)) == "a.jsonl:7: bad"
    assert str(DocumentError("bad", path="a.txt")) == "a.txt: bad"
    assert str(DocumentError("bad")) == "bad"
    error = DocumentError("bad", document_id="x", path="a.jsonl", line=7)
    assert (error.message, error.document_id, error.path, error.line) == ("bad", "x", "a.jsonl", 7)


def test_problems_are_in_file_order():
    problems = [Problem("p", 3, 1, "c"), Problem("p", 1, 9, "b"), Problem("p", 1, 2, "a"), Problem("p", 10, 1, "d")]
    error = InvalidPipelineError(problems)
    assert [problem.message for problem in error.problems] == ["a", "b", "c", "d"]
    assert str(error).splitlines() == ["p:1:2: a", "p:1:9: b", "p:3:1: c", "p:10:1: d"]


def test_a_load_error_carries_plugin_and_traceback():
    error = PluginLoadError("no", plugin="x", traceback="Traceback …")
    assert (error.plugin, error.traceback, str(error)) == ("x", "Traceback …", "no")
    assert isinstance(error, CopydeskError)


def test_a_step_error_carries_document_step_and_place():
    error = StepError("no", document_id="d", step="s", path="p.yaml", line=4)
    assert (error.document_id, error.step, error.path, error.line) == ("d", "s", "p.yaml", 4)
    assert StepError("no", document_id="d", step="s").line is None


@pytest.mark.parametrize(
    "error",
    [
        DocumentError("bad", document_id="x", path="a", line=1),
        PluginLoadError("no", plugin="x", traceback="t"),
        StepError("no", document_id="d", step="s"),
        InvalidPipelineError([Problem("p", 1, 1, "m")]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_survives_the_way_between_processes(error):
    """A run over several processes sends its errors home by pickle."""
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)
