"""From a pipeline file, and the files that it extends, to one tree whose values know where they stand."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copydesk.errors import Problem, UsageError
from copydesk.pipeline.extending import extended
from copydesk.pipeline.finding import find_pipeline, read_file
from copydesk.pipeline.spec import FORMS, PipelineSpec
from copydesk.wording import faults
from copydesk.yaml_reader import MAX_DEPTH, Node, Way, read_yaml

MAX_CHAIN = 10
"""How many files may extend one another in a row."""


@dataclass(slots=True)
class Sources:
    """The files of a pipeline, merged.

    Attributes:
        root: the merged tree; None where there is nothing to go on with.
        spec: the file that was asked for, where its shape is sound.
        folder: what relative paths in it start from.
        bases: of each file that it extends, by its path in problems: what relative paths in it start from.
        problems: what is wrong with the shapes of the files, and with how they extend one another.
    """

    folder: Path | None
    root: Node | None = None
    spec: PipelineSpec | None = None
    bases: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_sources(raw: bytes | Mapping[str, Any], path: str, folder: Path | None) -> Sources:
    """A pipeline file and what it extends.

    Args:
        raw: the file's bytes, or a dict of its form.
        path: how problems name it.
        folder: what relative paths in it start from.
    """
    sources = Sources(folder)
    root, sources.problems = read_yaml(raw, path) if isinstance(raw, bytes) else _tree(raw, path)
    if root is None:
        if not sources.problems:
            sources.problems.append(Problem(path, 1, 1, "the file is empty; a pipeline has a name and steps"))
        return sources
    sources.spec = _checked(sources, root)
    chain = [root]
    seen = {((folder or Path()) / Path(path).name).resolve()}
    while (base := _base(sources, chain[-1], seen)) is not None:
        _checked(sources, base)
        chain.append(base)
    merged = chain.pop()
    while chain:
        merged = extended(merged, chain.pop(), sources.problems)
    sources.root = merged
    return sources


def _tree(value: Mapping[str, Any], path: str) -> tuple[Node, list[Problem]]:
    """The tree of a dict. It has no lines: the path of a value says where in the dict it stands."""
    problems: list[Problem] = []

    def tree(value: object, path: str, depth: int) -> Node:
        said: object = value
        if depth > MAX_DEPTH:
            problems.append(Problem(path, 1, 1, f"nested more than {MAX_DEPTH} levels deep"))
            said = None
        elif isinstance(value, Mapping):
            said = {str(key): tree(child, f"{path}.{key}", depth + 1) for key, child in value.items()}
        elif isinstance(value, list | tuple):
            said = [tree(child, f"{path}[{index}]", depth + 1) for index, child in enumerate(value)]
        elif not isinstance(value, str | int | float | None) or (isinstance(value, float) and not math.isfinite(value)):
            problems.append(Problem(path, 1, 1, f"{value!r} is nothing that a pipeline file can say"))
            said = None
        keys = dict.fromkeys(said, (1, 1)) if isinstance(said, dict) else {}
        return Node(said, 1, 1, keys, path)

    return tree(value, path, 1), problems


def _checked(sources: Sources, root: Node) -> PipelineSpec | None:
    """The model of one file; its problems are those of its shape, not of what it names."""
    if not isinstance(root.value, dict):
        sources.problems.append(root.problem("a pipeline is a mapping with `name:` and `steps:`"))
        return None
    sources.problems += _misplaced(root)
    plain = root.plain()
    try:
        return PipelineSpec.model_validate(plain)
    except ValidationError as error:
        for fault in faults(error, plain, PipelineSpec):
            sources.problems.append(root.problem(_said(root, fault.loc, fault.message), fault.loc))
        return None


def _said(root: Node, loc: Way, message: str) -> str:
    """A fault of the file's shape, in the words of pipeline files."""
    if len(loc) == 2 and loc[0] in ("steps", "observers"):  # the step itself is none
        value = root.value[loc[0]].value[loc[1]].value
        what = "a step" if loc[0] == "steps" else "an observer"
        return (
            f"{what} is a mapping; write `use: {value}`"
            if isinstance(value, str)
            else f"{what} is a mapping with `use:`"
        )
    for form, words in FORMS.items():
        message = message.replace(f"must have the form {form}", f"must be {words}")
    return message


def _misplaced(root: Node) -> Iterator[Problem]:
    """Keys that mean nothing without a base."""
    steps = root.get("steps")
    if root.get("extends") is not None:
        return
    if steps is None:
        yield root.problem("'steps' is missing")
    elif isinstance(steps.value, list) and not steps.value:
        yield root.problem("'steps' must not be empty", ("steps",))
    if "without" in root.value:
        yield root.problem(
            "'without' leaves out steps of a pipeline that this one `extends`, and it extends none", ("without",)
        )
    for index, step in enumerate(steps.value if steps and isinstance(steps.value, list) else ()):
        for key in ("before", "after"):
            if step.get(key) is not None:
                yield root.problem(
                    f"'{key}' places a step among those of a pipeline that this one `extends`, and it extends none; steps "
                    "run in the order in which they stand",
                    ("steps", index, key),
                )


# The base


def _base(sources: Sources, root: Node, seen: set[Path]) -> Node | None:
    """The tree of what a file extends."""
    named = root.get("extends")
    if named is None or not isinstance(named.value, str) or not named.value:
        return None
    try:
        path = find_pipeline(named.value, sources.bases.get(root.path, sources.folder))
        shown = _shown(path)
        if path.resolve() in seen:
            raise UsageError(f"{shown} extends itself, by way of this file")  # noqa: TRY301  # said at its place below
        if len(seen) >= MAX_CHAIN:
            raise UsageError(f"more than {MAX_CHAIN} files extend one another")  # noqa: TRY301  # likewise
        raw = read_file(path)
    except (UsageError, OSError, ValueError) as error:
        sources.problems.append(root.problem(str(error), ("extends",)))
        return None
    seen.add(path.resolve())
    sources.bases[shown] = path.parent.absolute()
    base, problems = read_yaml(raw, shown)
    sources.problems += problems
    if base is None and not problems:
        sources.problems.append(root.problem(f"{shown} is empty", ("extends",)))
    return base


def _shown(path: Path) -> str:
    """A file that is found from another, as people know it."""
    absolute, here = Path(os.path.abspath(path)), Path.cwd()  # noqa: PTH100  # no links, but no ".." either
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute)
