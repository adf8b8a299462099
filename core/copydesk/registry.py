"""Registry: finds, loads and lists plugins.

Plugins are found through the entry-point group `copydesk`, by metadata alone: a plugin is imported
when a pipeline names it, or when it is listed with its details. What else is installed never changes
what a pipeline does. A registry is an object; two of them share nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
import traceback as tracebacks
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from types import ModuleType, SimpleNamespace, UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

import pluggy
from pydantic_core import to_jsonable_python

from copydesk import hookspecs
from copydesk.annotation import Annotation
from copydesk.checks import Check
from copydesk.component import API_VERSION, Component, ComponentConfig, are_spacy_attributes
from copydesk.errors import PluginConflictError, PluginError, PluginLoadError, PluginNotFoundError
from copydesk.formats.base import Reader, Writer
from copydesk.nearest import did_you_mean

ENTRY_POINT_GROUP = "copydesk"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plugin that was imported, and what its hooks gave."""

    name: str
    distribution: str | None
    version: str | None
    module: object
    components: tuple[type[Component], ...] = ()
    readers: tuple[type[Reader], ...] = ()
    writers: tuple[type[Writer], ...] = ()
    checks: tuple[type[Check], ...] = ()


@dataclass(slots=True)
class _Known:
    """A plugin that is there, loaded or not."""

    name: str
    origin: str
    """For people: "copydesk 0.1.0", "the file shouts.py", "registry.add"."""
    distribution: str | None
    version: str | None
    importer: Callable[[], object]
    loaded: LoadedPlugin | None = None
    error: PluginLoadError | None = None
    rivals: list[str] = field(default_factory=list)
    """The origins of other plugins of the same name."""


@dataclass(frozen=True, slots=True)
class PluginStatus:
    """A row of `copydesk plugins`: what is known of a plugin without importing it."""

    name: str
    distribution: str | None
    version: str | None
    origin: str
    status: str
    """installed (not imported yet), loaded, broken, conflict."""
    error: str | None = None
    traceback: str | None = None


class Registry:
    """The plugins that pipelines can name.

    Args:
        installed: whether to find installed plugins by their entry points. Without, the registry
            knows only what is added to it.
    """

    def __init__(self, *, installed: bool = True) -> None:
        self._known: dict[str, _Known] = {}
        if installed:
            self._discover()

    def _discover(self) -> None:
        seen: set[tuple[str, str, str]] = set()
        for entry_point in metadata.entry_points(group=ENTRY_POINT_GROUP):
            dist = entry_point.dist
            distribution, version = (dist.name, dist.version) if dist else (None, None)
            key = (entry_point.name, entry_point.value, distribution or "")
            if key in seen:
                continue  # one distribution, twice on sys.path
            seen.add(key)
            origin = f"{distribution} {version}" if distribution else entry_point.value
            self._remember(_Known(entry_point.name, origin, distribution, version, entry_point.load))

    def _remember(self, plugin: _Known) -> None:
        rival = self._known.get(plugin.name)
        if rival is None:
            self._known[plugin.name] = plugin
        else:
            rival.rivals.append(plugin.origin)

    def add(self, plugin: object, name: str | None = None) -> None:
        """Add a plugin that is at hand: a module or object with hooks, or a component class by itself.

        Args:
            plugin: what has the hooks; or a `Component` subclass, which needs none.
            name: what pipelines call it; by default the component's or the module's name.

        Raises:
            PluginConflictError: a plugin of that name is there already.
            PluginLoadError: its hooks fail, or give what they should not.
        """
        name = name or _default_name(plugin)
        if isinstance(plugin, type) and issubclass(plugin, Component):
            plugin = _plugin_of(plugin)
        self._add_local(_Known(name, "registry.add", None, None, lambda: plugin))

    def add_file(self, path: str | Path) -> None:
        """Import a Python file and add it as a plugin; its name is the file's name without `.py`.

        Raises:
            PluginNotFoundError: there is no such file.
            PluginConflictError: a plugin of that name is there already.
            PluginLoadError: importing it fails, or it has no hooks.
        """
        path = Path(path)
        if not path.is_file():
            raise PluginNotFoundError(f"there is no plugin file {path}")
        self._add_local(_Known(path.stem, f"the file {path}", None, None, lambda: _import_file(path)))

    def _add_local(self, plugin: _Known) -> None:
        if not _NAME.fullmatch(plugin.name):
            raise PluginError(f"'{plugin.name}' is no name for a plugin: letters, digits, '_' and '-'")
        rival = self._known.get(plugin.name)
        if rival is not None:
            raise PluginConflictError(
                f"the plugin '{plugin.name}' of {plugin.origin} has the name of one of {rival.origin}; "
                "give it another name"
            )
        self._known[plugin.name] = plugin
        try:
            self.load(plugin.name)
        except PluginError:
            del self._known[plugin.name]
            raise

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all plugins, sorted; nothing is imported for it."""
        return tuple(sorted(self._known))

    def status(self, name: str) -> PluginStatus:
        """What is known of a plugin; nothing is imported for it."""
        known = self._find(name)
        error: str | None = None
        traceback: str | None = None
        status = "installed"
        if known.rivals:
            status, error = "conflict", str(_conflict(known))
        elif known.error:
            status, error, traceback = "broken", str(known.error), known.error.traceback
        elif known.loaded:
            status = "loaded"
        return PluginStatus(name, known.distribution, known.version, known.origin, status, error, traceback)

    def load(self, name: str) -> LoadedPlugin:
        """Import a plugin and ask its hooks; a second call gives the same result.

        Raises:
            PluginNotFoundError: no plugin has this name.
            PluginConflictError: two installed plugins have it.
            PluginLoadError: importing it or one of its hooks failed, or a hook gave what it should not.
        """
        known = self._find(name)
        if known.rivals:
            raise _conflict(known)
        if known.error is not None:
            raise known.error
        if known.loaded is None:
            try:
                known.loaded = _load(known)
            except PluginLoadError as error:
                known.error = error
                raise
        return known.loaded

    def component(self, use: str) -> tuple[LoadedPlugin, type[Component]]:
        """What `use` names in a pipeline: `plugin`, `plugin.component`, or the component of a local plugin.

        Raises:
            PluginNotFoundError: there is no such plugin, or it has no such component.
            PluginConflictError: two installed plugins have the name, or two local plugins such a component.
            PluginError: the plugin could not be loaded, or has several components to choose from.
        """
        plugin_name, _, component_name = use.partition(".")
        if plugin_name not in self._known:
            local = self._local_components()
            matches = [(plugin, component) for plugin, component in local if component.name == use]
            if len(matches) > 1:
                owners = " or ".join(f"{plugin.name}.{use}" for plugin, _ in matches)
                raise PluginConflictError(f"the step '{use}' may be {owners}; write the one that is meant")
            if matches:
                return matches[0]
            candidates = {*self._known, *(component.name for _, component in local)}
            raise PluginNotFoundError(f"unknown step '{use}'{did_you_mean(use, candidates)}")
        plugin = self.load(plugin_name)
        names = [component.name for component in plugin.components]
        if not names:
            raise PluginNotFoundError(f"plugin '{plugin_name}' has no components to use as steps")
        wanted = component_name or (plugin_name if plugin_name in names else "")
        if not wanted and len(names) == 1:
            wanted = names[0]
        if not wanted:
            options = ", ".join(f"{plugin_name}.{name}" for name in names)
            raise PluginNotFoundError(f"plugin '{plugin_name}' has several components; use one of {options}")
        if wanted not in names:
            raise PluginNotFoundError(
                f"plugin '{plugin_name}' has no component '{wanted}'{did_you_mean(wanted, names)}"
            )
        return plugin, plugin.components[names.index(wanted)]

    def _local_components(self) -> list[tuple[LoadedPlugin, type[Component]]]:
        """The components of the plugins that were added by hand: each can be used by its own name."""
        return [
            (known.loaded, component)
            for known in self._known.values()
            if known.loaded and known.distribution is None
            for component in known.loaded.components
        ]

    def local_names(self) -> tuple[str, ...]:
        """The plugins that were added by hand: whoever adds one wants its readers and writers too."""
        return tuple(name for name, known in self._known.items() if known.distribution is None and known.loaded)

    def hooks(self, names: Iterable[str]) -> pluggy.HookRelay:
        """The hooks of these plugins and no others."""
        manager = _manager()
        for name in dict.fromkeys(names):
            module = self.load(name).module
            if not manager.is_registered(module):  # two plugin names may share a module
                manager.register(module, name=name)
        return manager.hook

    def _find(self, name: str) -> _Known:
        known = self._known.get(name)
        if known is None:
            raise PluginNotFoundError(f"unknown plugin '{name}'{did_you_mean(name, self._known)}")
        return known


def _manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(hookspecs.PROJECT_NAME)
    manager.add_hookspecs(hookspecs)
    return manager


def _conflict(known: _Known) -> PluginConflictError:
    origins = " and ".join([known.origin, *known.rivals])
    return PluginConflictError(f"the plugin name '{known.name}' is claimed by {origins}; uninstall all but one")


def _default_name(plugin: object) -> str:
    if isinstance(plugin, type) and issubclass(plugin, Component):
        return str(getattr(plugin, "name", plugin.__name__))
    name = getattr(plugin, "__name__", None)
    if not isinstance(name, str):
        raise PluginError(f"give the plugin {plugin!r} a name: registry.add(plugin, name='…')")
    return name.rpartition(".")[2]


def _plugin_of(component: type[Component]) -> object:
    def copydesk_components() -> list[type[Component]]:
        return [component]

    return SimpleNamespace(copydesk_components=hookspecs.hookimpl(copydesk_components))


def _import_file(path: Path) -> ModuleType:
    # The digest keeps apart files of one name in different folders, whichever registry they are in.
    digest = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:8]
    name = f"copydesk_local_{path.stem}_{digest}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file; its name must end in .py")
    module = importlib.util.module_from_spec(spec)
    earlier = sys.modules.get(name)
    sys.modules[name] = module  # so that its classes can be pickled and looked up
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        if earlier is not None:
            sys.modules[name] = earlier
        raise
    return module


def _load(known: _Known) -> LoadedPlugin:
    try:
        module = known.importer()
        manager = _manager()
        manager.register(module, name=known.name)
        _check_names(module)
        manager.check_pending()
        _check_has_hooks(manager, module, known.name)
        _check_no_wrappers(manager, module)
        hook = manager.hook
        loaded = LoadedPlugin(
            known.name,
            known.distribution,
            known.version,
            module,
            components=_classes(hook.copydesk_components(), Component, "copydesk_components"),
            readers=_classes(hook.copydesk_readers(), Reader, "copydesk_readers"),
            writers=_classes(hook.copydesk_writers(), Writer, "copydesk_writers"),
            checks=_classes(hook.copydesk_checks(), Check, "copydesk_checks"),
        )
        for component in loaded.components:
            _check_component(component)
        _check_distinct(loaded)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may even call sys.exit while it is imported
        cause = f"{type(error).__name__}: {error}" if not isinstance(error, PluginError) else str(error)
        raise PluginLoadError(
            f"plugin '{known.name}' of {known.origin} cannot be loaded: {cause}",
            plugin=known.name,
            traceback="".join(tracebacks.format_exception(error)),
        ) from error
    return loaded


def _check_names(module: object) -> None:
    """Pluggy's own word for a misspelt hook names neither the nearest nor what there is."""
    known = {hook for hook in dir(hookspecs) if hook.startswith("copydesk_")}
    for name in dir(module):
        if name not in known and getattr(getattr(module, name, None), f"{hookspecs.PROJECT_NAME}_impl", None):
            raise PluginError(f"there is no hook '{name}'{did_you_mean(name, known)}")


def _check_has_hooks(manager: pluggy.PluginManager, module: object, name: str) -> None:
    marked = {caller.name for caller in manager.get_hookcallers(module) or ()}
    unmarked = [
        attribute
        for attribute in dir(module)
        if attribute.startswith("copydesk_") and attribute not in marked and callable(getattr(module, attribute))
        # A submodule's import leaves no callable; what is left is a function without its mark.
    ]
    if unmarked:
        known = {hook for hook in dir(hookspecs) if hook.startswith("copydesk_")}
        hint = "" if unmarked[0] in known else did_you_mean(unmarked[0], known)
        raise PluginError(f"{unmarked[0]} is not marked as a hook{hint}; put @copydesk.hookimpl above it")
    if not marked:
        raise PluginError(
            f"'{name}' has no hooks; a plugin has at least one function such as\n"
            "    @copydesk.hookimpl\n    def copydesk_components():\n        return [MyComponent]"
        )


def _check_no_wrappers(manager: pluggy.PluginManager, module: object) -> None:
    for caller in manager.get_hookcallers(module) or ():
        if any(hook.wrapper or hook.hookwrapper for hook in caller.get_hookimpls()):
            raise PluginError(
                f"{caller.name} is a wrapper, and the hooks of copydesk have none: observers of a run are called one by "
                "one, so that one which fails costs the others nothing; write @copydesk.hookimpl above a plain function"
            )


def _classes(results: list[Any], base: type[Any], hook: str) -> tuple[type[Any], ...]:
    found: list[type[Any]] = []
    for result in results:
        if isinstance(result, type) or not isinstance(result, Iterable):
            raise PluginError(f"{hook} gave {result!r}; it returns a list of {base.__name__} classes")
        for item in result:
            if not (isinstance(item, type) and issubclass(item, base)):
                raise PluginError(f"{hook} gave {item!r}, which is no {base.__name__} class")
            found.append(item)
    return tuple(found)


def _check_distinct(plugin: LoadedPlugin) -> None:
    for what, names in (
        ("component", [component.name for component in plugin.components]),
        ("reader", [reader.name for reader in plugin.readers]),
        ("writer", [writer.name for writer in plugin.writers]),
    ):
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise PluginConflictError(f"it has two {what}s called '{min(twice)}'")


def _check_component(component: type[Component]) -> None:
    """What a class must be before a pipeline can use it, said while its author is looking."""
    label = component.__qualname__
    name = getattr(component, "name", None)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise PluginError(f"{label}.name is {name!r}; give it a name of letters, digits, '_' and '-'")
    if component.api_version > API_VERSION:
        raise PluginError(
            f"{label} is written for version {component.api_version} of the component interface; "
            f"this copydesk speaks version {API_VERSION}: update copydesk"
        )
    if not component.description():
        raise PluginError(f"{label} has no docstring; its first paragraph is what `copydesk plugins` shows")
    if getattr(component, "__abstractmethods__", None):
        missing = ", ".join(sorted(component.__abstractmethods__))
        raise PluginError(f"{label} does not define {missing}")
    if not (isinstance(component.Config, type) and issubclass(component.Config, ComponentConfig)):
        raise PluginError(f"{label}.Config must derive from copydesk.ComponentConfig")
    for attribute in ("requires", "requires_optional", "provides"):
        kinds = getattr(component, attribute)
        if not isinstance(kinds, tuple) or not all(isinstance(k, type) and issubclass(k, Annotation) for k in kinds):
            raise PluginError(f"{label}.{attribute} is {kinds!r}; it is a tuple of annotation types, such as (Quote,)")
    for attribute in ("uses", "uses_optional"):
        names = getattr(component, attribute)
        if isinstance(names, property):
            continue  # depends on the config; checked when there is one
        if not are_spacy_attributes(names):
            raise PluginError(
                f'{label}.{attribute} is {names!r}; it is a tuple of spaCy attributes, such as ("token.dep", "doc.ents")'
            )


def describe(plugin: LoadedPlugin) -> dict[str, Any]:
    """What a plugin offers, as JSON values: components with their settings, formats, checks."""
    return {
        "components": [_describe_component(component) for component in plugin.components],
        "readers": [_describe_format(reader) for reader in plugin.readers],
        "writers": [_describe_format(writer) for writer in plugin.writers],
        "checks": [{"code": check.code, "name": check.name} for check in plugin.checks],
    }


def _describe_component(component: type[Component]) -> dict[str, Any]:
    def spacy_attributes(names: object) -> list[str]:
        return ["depends on the settings"] if isinstance(names, property) else list(cast("tuple[str, ...]", names))

    return {
        "name": component.name,
        "description": component.description(),
        "api_version": component.api_version,
        "requires": [kind.__name__ for kind in component.requires],
        "requires_optional": [kind.__name__ for kind in component.requires_optional],
        "provides": [kind.__name__ for kind in component.provides],
        "uses": spacy_attributes(component.uses),
        "uses_optional": spacy_attributes(component.uses_optional),
        "config": _describe_config(component.Config),
    }


def _describe_config(config: type[ComponentConfig]) -> list[dict[str, Any]]:
    return [
        {
            "name": field_.alias or name,
            "type": _type_name(field_.annotation),
            "required": field_.is_required(),
            "default": None
            if field_.is_required()
            else to_jsonable_python(field_.get_default(call_default_factory=True), fallback=repr),
            "description": field_.description or "",
        }
        for name, field_ in config.model_fields.items()
    ]


def _type_name(annotation: object) -> str:
    if get_origin(annotation) is Annotated:
        return _type_name(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return " | ".join(map(_type_name, get_args(annotation)))
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation.__name__.replace("NoneType", "None")
    return str(annotation).replace("typing.", "").replace("NoneType", "None")


def _describe_format(kind: type[Reader | Writer]) -> dict[str, Any]:
    doc = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    return {"name": kind.name, "suffixes": list(kind.suffixes), "description": doc}
