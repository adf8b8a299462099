"""From a pipeline file to a pipeline, with all of its problems at once.

Each problem has a place (`path:line:column`), what was expected, the nearest known name, and how to
repair it. Loading imports the plugins that the file names and no others, and loads no model.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from copydesk.errors import InvalidPipelineError, ModelNotFoundError, PipelineError, PluginError
from copydesk.findings.config import ChecksConfig
from copydesk.parsing import check_model
from copydesk.pipeline.checks import check_faults
from copydesk.pipeline.finding import find_pipeline, read_file
from copydesk.pipeline.formats import formats_problems
from copydesk.pipeline.limits import Limits
from copydesk.pipeline.order import order_problems
from copydesk.pipeline.sources import Sources, read_sources
from copydesk.pipeline.spec import DEFAULT_MODEL, InputSpec, OutputSpec, StepSpec, UseSpec, is_path
from copydesk.pipeline.step import PARSE, Step
from copydesk.pipeline.value import PipelineValue
from copydesk.plugins.config import Configured
from copydesk.plugins.config_path import TextOfFile, paths_start_from
from copydesk.plugins.contract import check_together
from copydesk.plugins.loaded import LoadedPlugin
from copydesk.plugins.observer import Observer
from copydesk.plugins.registry import Registry
from copydesk.wording import faults
from copydesk.yaml_reader import Node, Way

K = TypeVar("K", bound=Configured[Any])
P = TypeVar("P", bound=PipelineValue)
T = TypeVar("T")


def load_pipeline(
    kind: type[P], source: str | Path, registry: Registry | None = None, *, with_plugins: Sequence[str] = ()
) -> P:
    """The pipeline of a file or bare name; see `Pipeline.load`."""
    path = find_pipeline(source)
    return build_pipeline(
        kind, read_file(path), str(path), registry, folder=path.parent.absolute(), with_plugins=with_plugins
    )


def build_pipeline(
    kind: type[P],
    raw: bytes | Mapping[str, Any],
    path: str,
    registry: Registry | None = None,
    *,
    folder: Path | None = None,
    with_plugins: Sequence[str] = (),
) -> P:
    """The pipeline that a YAML text, or a dict of its form, describes.

    Args:
        kind: the class of pipelines.
        raw: the text or dict.
        path: how problems name it.
        registry: the plugins it can name; by default the installed ones.
        folder: what relative paths in it start from.
        with_plugins: further plugins, as if the file named them under `plugins:`.

    Raises:
        InvalidPipelineError: it has problems; all of them are in it.
        PluginError: one of `with_plugins` cannot be loaded, or claims what another plugin has.
    """
    registry = registry or Registry()
    more = [registry.load(name) for name in with_plugins]
    return _Loader(read_sources(raw, path, folder), registry, more).pipeline(kind)


class _Loader:
    """One pass over one merged file; collects problems on the way."""

    def __init__(self, sources: Sources, registry: Registry, more: Sequence[LoadedPlugin]) -> None:
        self._sources = sources
        self._problems = sources.problems
        self._registry = registry
        self._more = more
        self._plugins: list[LoadedPlugin] = []
        self._plugin_missing = False

    def pipeline(self, kind: type[P]) -> P:
        root = self._sources.root
        if root is None:
            raise InvalidPipelineError(self._problems)
        self._root = root
        model = self._model()
        self._named_plugins()
        observers = [observer for node, way in self._items("observers") if (observer := self._observer(node, way))]
        steps = self._steps()
        for plugin in self._more:
            check_together([*self._plugins, plugin])
            self._plugins.append(plugin)
        observers += self._added_observers({type(observer) for observer in observers})
        formats_problems(root, [*self._plugins, *self._more], self._problem)
        given = tuple(dict.fromkeys(node.value for node, _ in self._items("given") if isinstance(node.value, str)))
        checks = tuple(dict.fromkeys(check for plugin in self._plugins for check in plugin.checks))
        if not self._plugin_missing:
            self._checks(steps)
        for index, message in order_problems(steps, given, checks=checks, plugins=self._registry.names):
            self._problem(message, ("steps", index, "use"))
        spec = self._sources.spec
        if self._problems or spec is None:
            raise InvalidPipelineError(self._problems)
        plain = root.plain()
        return kind(
            [step for step in steps if step is not None],
            name=spec.name,
            description=plain.get("description") or "",
            model=model,
            language=plain.get("language"),
            given=given,
            plugins=sorted(set(self._plugins), key=lambda plugin: plugin.name),
            observers=observers,
            input=InputSpec.model_validate(plain.get("input") or {}),
            output=OutputSpec.model_validate(plain.get("output") or {}),
            limits=Limits(**plain.get("limits") or {}),
            folder=self._sources.folder,
        )

    def _problem(self, message: str, way: Way = ()) -> None:
        self._problems.append(self._root.problem(message, way))

    def _items(self, key: str) -> Iterator[tuple[Node, Way]]:
        """The items of a list of the file, and the way to each."""
        node = self._root.get(key)
        for index, item in enumerate(node.value if node is not None and isinstance(node.value, list) else ()):
            yield item, (key, index)

    def _model(self) -> str:
        node = self._root.get("model")
        if node is None or not isinstance(node.value, str) or not node.value:
            return DEFAULT_MODEL  # or already a problem of the file's shape
        model, folder = node.value, self._sources.folder
        base = self._sources.bases.get(node.path)
        if base is not None and is_path(model):
            model = os.path.join(os.path.relpath(base, folder), model)  # noqa: PTH118  # Path would lose the "./"
        try:
            check_model(model, folder)
        except (ModelNotFoundError, PipelineError) as error:
            self._problem(str(error), ("model",))
        return model

    # Plugins

    def _named_plugins(self) -> None:
        for node, way in self._items("plugins"):
            if isinstance(node.value, str):
                self._loaded(lambda name: (self._registry.load(name), None), node.value, way)

    def _loaded(
        self, find: Callable[[str], tuple[LoadedPlugin, T]], use: str, way: Way
    ) -> tuple[LoadedPlugin, T] | None:
        """What `use` names, and its plugin, which is now one of the pipeline's."""
        try:
            plugin, found = find(use)
            if plugin not in self._plugins:
                check_together([*self._plugins, plugin])
                self._plugins.append(plugin)
        except PluginError as error:
            self._problem(str(error), way)
            self._plugin_missing = True
            return None
        return plugin, found

    # Steps and observers

    def _steps(self) -> list[Step | None]:
        seen: dict[str, Node] = {}
        return [self._step(node, way, seen) for node, way in self._items("steps")]

    def _step(self, node: Node, way: Way, seen: dict[str, Node]) -> Step | None:
        try:
            spec = StepSpec.model_validate(node.plain())
        except ValidationError:
            return None  # already a problem of the file's shape
        id = spec.id or spec.use
        if id in seen:
            path, line, _ = seen[id].place()
            where = f"in line {line}" if path == node.path else f"in {path}:{line}"
            self._problem(
                f"two steps have the id '{id}' (the first {where}); give one of them its own `id:`",
                (*way, "id" if spec.id else "use"),
            )
        if id == PARSE:
            self._problem(f"'{PARSE}' is what the shared parse is called; give the step another `id:`", (*way, "id"))
        seen.setdefault(id, node)
        found = self._loaded(self._registry.component, spec.use, (*way, "use"))
        if found is None:
            return None
        plugin, component_class = found
        component = self._made(component_class, spec, node, way)
        if component is None:
            return None
        path, line, _ = node.place(("use",))
        return Step.of(
            component,
            id=id,
            use=spec.use,
            distribution=plugin.distribution,
            version=plugin.version,
            path=path,
            line=line,
        )

    def _observer(self, node: Node, way: Way) -> Observer[Any] | None:
        try:
            spec = UseSpec.model_validate(node.plain())
        except ValidationError:
            return None  # already a problem of the file's shape
        found = self._loaded(self._registry.observer, spec.use, (*way, "use"))
        return None if found is None else self._made(found[1], spec, node, way)

    def _added_observers(self, named: set[type[Observer[Any]]]) -> Iterator[Observer[Any]]:
        """Those of local plugins that were added beside the file: whoever adds a file of their own means it to watch.

        Raises:
            PluginError: one cannot be made without settings.
        """
        local = self._registry.local_names()
        for plugin in self._more:
            for kind in plugin.observers if plugin.name in local else ():
                if kind in named:
                    continue
                try:
                    yield kind()
                except Exception as error:
                    raise PluginError(
                        f"the observer '{kind.name}' of plugin '{plugin.name}' cannot be made without settings: {error}; "
                        "name it in the pipeline file, under `observers:`, with its settings"
                    ) from error

    def _made(self, kind: type[K], spec: UseSpec, node: Node, way: Way) -> K | None:
        """An instance with the settings of the file."""
        settings = node.get("with")
        given = self._placed(settings) if settings is not None and settings.value is not None else {}
        with paths_start_from(self._sources.folder):
            try:
                config = kind.config_class.model_validate(given)
            except ValidationError as error:
                for loc, message in faults(error, given, kind.config_class):
                    self._problem(message, (*way, "with", *loc))
                return None
            try:
                made = kind(config)
                made.config_digest()  # needed of each step; a value that JSON can't hold has none
            except Exception as error:  # noqa: BLE001  # a plugin's own code
                self._problem(
                    f"'{spec.use}' cannot be built: {type(error).__name__}: {error}",
                    (*way, "with") if given else (*way, "use"),
                )
                return None
        return made

    def _placed(self, node: Node) -> Any:
        """The plain value; texts of a file that is extended carry its folder."""
        if isinstance(node.value, dict):
            return {key: self._placed(child) for key, child in node.value.items()}
        if isinstance(node.value, list):
            return [self._placed(child) for child in node.value]
        base = self._sources.bases.get(node.path)
        return TextOfFile(node.value, base) if isinstance(node.value, str) and base is not None else node.value

    def _checks(self, steps: Sequence[Step | None]) -> None:
        checks = [check for plugin in self._plugins for check in plugin.checks]
        for index, step in enumerate(steps):
            if step is None or not isinstance(step.config, ChecksConfig):
                continue
            with paths_start_from(self._sources.folder):
                for loc, message in check_faults(step.config, checks, self._owner):
                    self._problem(message, ("steps", index, "with", *loc))

    def _owner(self, wanted: str) -> str | None:
        """The plugin that has a check of that code or name.

        It is asked for where a file is wrong; only then may plugins be imported that the file does not name.
        """
        named = {plugin.name for plugin in self._plugins}
        for name in self._registry.names:
            try:
                checks = () if name in named else self._registry.load(name).checks
            except PluginError:
                continue  # broken, which is not this file's fault
            if any(wanted.casefold() in (check.code.casefold(), check.name) for check in checks):
                return name
        return None
