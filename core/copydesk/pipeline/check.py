"""From a pipeline file to a pipeline, with all of its problems at once.

Each problem has a place (`path:line:column`), what was expected, the nearest known name, and how to
repair it. Checking imports the plugins that the file names and no others, and loads no model.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copydesk.annotation import Annotation
from copydesk.component import Component
from copydesk.config_path import PATH_NOT_FOUND, paths_start_from
from copydesk.document import full_name
from copydesk.errors import (
    InvalidPipelineError,
    ModelNotFoundError,
    PipelineError,
    PluginError,
    Problem,
    UsageError,
)
from copydesk.nearest import did_you_mean
from copydesk.parsing import check_model, is_file
from copydesk.pipeline.order import order_problems
from copydesk.pipeline.pipeline import Pipeline
from copydesk.pipeline.source import MAX_BYTES, Node, read_yaml
from copydesk.pipeline.spec import STEP_NAME, PipelineSpec, StepSpec
from copydesk.pipeline.step import PARSE, Step
from copydesk.registry import LoadedPlugin, Registry

Path_ = tuple[str | int, ...]
"""The way to a value in the YAML tree: ("steps", 2, "with", "kinds")."""


def shipped_folder() -> Path:
    """Where the pipelines that come with copydesk lie: in the wheel, or in the checkout."""
    package = Path(str(files("copydesk")))
    in_wheel = package / "shipped_pipelines"
    return in_wheel if in_wheel.is_dir() else package.parents[1] / "pipelines"


def shipped_pipelines() -> dict[str, Path]:
    """The pipelines that can be run by bare name."""
    return {path.stem: path for path in sorted(shipped_folder().glob("*.yaml"))}


def find_pipeline(source: str | Path) -> Path:
    """The file that a path or bare name means. A bare name never means a file that happens to lie here.

    Raises:
        UsageError: there is none.
    """
    if isinstance(source, str) and not (os.sep in source or "/" in source or Path(source).suffix):
        shipped = shipped_pipelines()
        if source in shipped:
            return shipped[source]
        here = f"; to run the file, write ./{source}" if is_file(source) else ""
        raise UsageError(f"unknown pipeline '{source}'{did_you_mean(source, shipped)}{here}")
    path = Path(source)
    if not is_file(path):
        raise UsageError(f"there is no pipeline file {path}")
    return path


def load_pipeline(source: str | Path, registry: Registry | None = None) -> Pipeline:
    """The pipeline of a file or bare name; see `Pipeline.load`."""
    path = find_pipeline(source)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    return build_pipeline(raw, str(path), registry, folder=path.parent)


def build_pipeline(raw: bytes, path: str, registry: Registry | None = None, *, folder: Path | None = None) -> Pipeline:
    """The pipeline that a YAML text describes.

    Raises:
        InvalidPipelineError: it has problems; all of them are in it.
    """
    return _Checker(raw, path, registry or Registry(), folder).pipeline()


class _Checker:
    """One pass over one file; collects problems on the way."""

    def __init__(self, raw: bytes, path: str, registry: Registry, folder: Path | None) -> None:
        self._path = path
        self._registry = registry
        self._folder = folder
        self._root, self._problems = read_yaml(raw, path)

    def pipeline(self) -> Pipeline:
        root = self._root
        if root is None:
            if not self._problems:
                self._problems.append(Problem(self._path, 1, 1, "the file is empty; a pipeline has a name and steps"))
            raise InvalidPipelineError(self._problems)
        spec = self._spec(root)
        model = self._model(root)
        plugins = self._plugins(root)
        steps = self._steps(root, plugins)
        for index, message in order_problems(steps, self._registry.names):
            self._problem(message, ("steps", index, "use"))
        self._layers(steps)
        if self._problems or spec is None:
            raise InvalidPipelineError(self._problems)
        sound = [step for step in steps if step is not None]
        return Pipeline(
            sound,
            name=spec.name,
            description=spec.description,
            model=model or spec.model,
            folder=self._folder,
            hooks=self._registry.hooks(plugin.name for plugin in plugins),
        )

    def _problem(self, message: str, path: Path_ = ()) -> None:
        assert self._root is not None
        line, column = self._root.place(path)
        self._problems.append(Problem(self._path, line, column, message))

    def _spec(self, root: Node) -> PipelineSpec | None:
        """The model of the file; its problems are those of its shape, not of what it names."""
        if not isinstance(root.value, dict):
            self._problem("a pipeline is a mapping with `name:` and `steps:`")
            return None
        try:
            return PipelineSpec.model_validate(root.plain())
        except ValidationError as error:
            self._faults(error, (), PipelineSpec)
            return None

    def _faults(self, error: ValidationError, path: Path_, model: type[Any]) -> None:
        for fault in error.errors(include_url=False):
            where: Path_ = (*path, *fault["loc"])
            key = ".".join(str(part) for part in fault["loc"])
            if fault["type"] == "extra_forbidden":
                known = _known_keys(model, fault["loc"])
                unknown = str(fault["loc"][-1])
                hint = "; none is known here" if known == [] else did_you_mean(unknown, known or ())
                self._problem(f"unknown key '{unknown}'{hint}", where)
            elif fault["type"] == "missing":
                self._problem(f"'{key}' is missing", where)
            elif fault["type"] == "too_short" and not fault["input"]:
                self._problem(f"'{key}' is empty", where)
            elif fault["type"] == "too_short" and len(fault["input"]) >= fault["ctx"]["min_length"]:
                continue  # too few of its items are sound; what is wrong with each is said
            elif model is PipelineSpec and len(where) == 2 and where[0] == "steps":  # the step itself
                use = fault["input"]
                named = isinstance(use, str) and re.fullmatch(STEP_NAME, use)
                self._problem(
                    f"a step is a mapping; write `use: {use}`" if named else "a step is a mapping with `use:`", where
                )
            else:
                given = fault.get("input")
                plain = isinstance(given, str | int | float | bool | type(None))
                shown = f" (got {given!r})" if plain and fault["type"] != PATH_NOT_FOUND else ""  # it names the path
                self._problem(f"'{key}': {_lower_first(fault['msg'])}{shown}", where)

    def _model(self, root: Node) -> str | None:
        model = root.plain().get("model") if isinstance(root.value, dict) else None
        if not isinstance(model, str) or not model:
            return None
        try:
            check_model(model, self._folder)
        except (ModelNotFoundError, PipelineError) as error:
            self._problem(str(error), ("model",))
        return model

    def _plugins(self, root: Node) -> list[LoadedPlugin]:
        names = root.plain().get("plugins") if isinstance(root.value, dict) else None
        loaded: list[LoadedPlugin] = []
        for index, name in enumerate(names if isinstance(names, list) else ()):
            try:
                loaded.append(self._registry.load(str(name)))
            except PluginError as error:
                self._problem(str(error), ("plugins", index))
        return loaded

    def _steps(self, root: Node, plugins: list[LoadedPlugin]) -> list[Step | None]:
        nodes = root.value.get("steps") if isinstance(root.value, dict) else None
        steps: list[Step | None] = []
        seen: dict[str, int] = {}
        for index, node in enumerate(nodes.value if nodes and isinstance(nodes.value, list) else ()):
            steps.append(self._step(node, index, plugins, seen))
        return steps

    def _step(self, node: Node, index: int, plugins: list[LoadedPlugin], seen: dict[str, int]) -> Step | None:
        try:
            spec = StepSpec.model_validate(node.plain())
        except ValidationError:
            return None  # already a problem of the file's shape
        where: Path_ = ("steps", index)
        id = spec.id or spec.use
        if id in seen:
            self._problem(
                f"two steps have the id '{id}' (the first in line {seen[id]}); give one of them its own `id:`",
                (*where, "id" if spec.id else "use"),
            )
        if id == PARSE:
            self._problem(f"'{PARSE}' is what the shared parse is called; give the step another `id:`", (*where, "id"))
        seen.setdefault(id, node.line)
        try:
            plugin, component_class = self._registry.component(spec.use)
        except PluginError as error:
            self._problem(str(error), (*where, "use"))
            return None
        plugins.append(plugin)
        with paths_start_from(self._folder):
            component = self._configured(component_class, spec, where)
        if component is None:
            return None
        line, _ = node.place(("use",))
        try:
            return Step.of(
                component,
                id=id,
                use=spec.use,
                distribution=plugin.distribution,
                version=plugin.version,
                path=self._path,
                line=line,
            )
        except Exception as error:  # noqa: BLE001  # a plugin's settings that JSON cannot hold
            self._problem(f"'{spec.use}' cannot be used: {type(error).__name__}: {error}", (*where, "use"))
            return None

    def _configured(self, component: type[Component], spec: StepSpec, where: Path_) -> Component | None:
        try:
            config = component.Config.model_validate(spec.settings)
        except ValidationError as error:
            self._faults(error, (*where, "with"), component.Config)
            return None
        try:
            return component(config)
        except Exception as error:  # noqa: BLE001  # a plugin's own code
            self._problem(
                f"'{spec.use}' cannot be built: {type(error).__name__}: {error}",
                (*where, "with") if spec.settings else (*where, "use"),
            )
            return None

    def _layers(self, steps: Sequence[Step | None]) -> None:
        """Two types must not share a layer."""
        owner: dict[str, type[Annotation]] = {}
        for index, step in enumerate(steps):
            if step is None:
                continue
            component = step.component
            for kind in (*component.requires, *component.requires_optional, *component.provides):
                other = owner.setdefault(kind.layer, kind)
                if other is not kind:
                    self._problem(
                        f"'{step.id}' means {full_name(kind)} by the layer '{kind.layer}', "
                        f"an earlier step means {full_name(other)}; one of the plugins must rename its layer",
                        ("steps", index, "use"),
                    )


def _known_keys(model: type[Any], loc: tuple[int | str, ...]) -> list[str] | None:
    """The keys that are allowed where an unknown one stands; None where that is deep in a setting."""
    if model is PipelineSpec and len(loc) == 3 and loc[0] == "steps":  # steps, index, key
        return ["use", "with", "id"]
    if len(loc) == 1:
        return [field.alias or name for name, field in model.model_fields.items()]
    return None


def _lower_first(message: str) -> str:
    return message[:1].lower() + message[1:]
