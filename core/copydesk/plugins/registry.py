"""Registry: the plugins that pipelines can name.

Plugins are found through the entry-point group `copydesk`, by metadata alone: a plugin is imported
when a pipeline names it, or when it is listed with its details. What else is installed never changes
what a pipeline does. A registry is an object; two of them share nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

from copydesk.errors import PluginConflictError, PluginError, PluginLoadError, PluginNotFoundError
from copydesk.nearest import did_you_mean
from copydesk.plugins import hookspecs
from copydesk.plugins.component import Component
from copydesk.plugins.config import Configured
from copydesk.plugins.finding import NAME, Found, installed_plugins
from copydesk.plugins.loaded import LoadedPlugin, import_local
from copydesk.plugins.loading import load
from copydesk.plugins.observer import Observer
from copydesk.plugins.reader import Reader
from copydesk.plugins.writer import Writer

K = TypeVar("K", bound=Configured[Any])


@dataclass(slots=True)
class _Known:
    """A plugin that is there, loaded or not."""

    found: Found
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
        self._refused: list[Found] = []
        """Plugins that may not be called what they are called."""
        for found in installed_plugins() if installed else ():
            if found.refused:
                self._refused.append(found)
            elif found.name in self._known:
                self._known[found.name].rivals.append(found.origin)
            else:
                self._known[found.name] = _Known(found)

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
        self._add(Found(name, "registry.add", lambda: plugin))

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
        self._add(Found(path.stem, f"the file {path}", partial(import_local, path), path=path.absolute()))

    def _add(self, found: Found) -> None:
        if not NAME.fullmatch(found.name):
            raise PluginError(f"'{found.name}' is no name for a plugin: letters, digits, '_' and '-'")
        rival = self._known.get(found.name)
        if rival is not None:
            raise PluginConflictError(
                f"the plugin '{found.name}' of {found.origin} has the name of one of {rival.found.origin}; "
                "give it another name"
            )
        self._known[found.name] = _Known(found, loaded=load(found))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all plugins, sorted; nothing is imported for it."""
        return tuple(sorted(self._known))

    def local_names(self) -> tuple[str, ...]:
        """The plugins that were added by hand: whoever adds one wants its checks, readers and writers too."""
        return tuple(name for name, known in self._known.items() if known.found.distribution is None and known.loaded)

    def status(self, name: str) -> PluginStatus:
        """What is known of a plugin; nothing is imported for it."""
        known = self._find(name)
        found = known.found
        row = partial(PluginStatus, name, found.distribution, found.version, found.origin)
        if known.rivals:
            return row("conflict", str(_conflict(known)))
        if known.error:
            return row("broken", str(known.error), known.error.traceback)
        return row("loaded" if known.loaded else "installed")

    def refused(self) -> tuple[PluginStatus, ...]:
        """Installed plugins that no pipeline can name, since their names belong to others or are no names."""
        return tuple(
            PluginStatus(found.name, found.distribution, found.version, found.origin, "broken", found.refused)
            for found in self._refused
        )

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
                known.loaded = load(known.found)
            except PluginLoadError as error:
                known.error = error
                raise
        return known.loaded

    # What `use` means: `plugin` where it gives one or one of its own name, `plugin.thing`, or a thing of a plugin
    # that was added by hand.

    def component(self, use: str) -> tuple[LoadedPlugin, type[Component[Any]]]:
        """The component that a step of a pipeline names: `plugin`, `plugin.component`, or one of a local plugin.

        Raises:
            PluginNotFoundError: there is no such plugin, or it has no such component.
            PluginConflictError: two installed plugins have the name, or two local plugins such a component.
            PluginError: the plugin could not be loaded, or has several components to choose from.
        """
        return self._named(use, "step", "component", lambda plugin: plugin.components)

    def observer(self, use: str) -> tuple[LoadedPlugin, type[Observer[Any]]]:
        """The observer that a pipeline names; as `component`."""
        return self._named(use, "observer", "observer", lambda plugin: plugin.observers)

    def reader(self, use: str) -> tuple[LoadedPlugin, type[Reader[Any]]]:
        """The reader of a plugin, by `plugin` or `plugin.reader`; as `component`."""
        return self._named(use, "reader", "reader", lambda plugin: plugin.readers)

    def writer(self, use: str) -> tuple[LoadedPlugin, type[Writer[Any]]]:
        """The writer of a plugin, by `plugin` or `plugin.writer`; as `component`."""
        return self._named(use, "writer", "writer", lambda plugin: plugin.writers)

    def _named(
        self, use: str, role: str, what: str, things: Callable[[LoadedPlugin], Sequence[type[K]]]
    ) -> tuple[LoadedPlugin, type[K]]:
        plugin_name, _, wanted = use.partition(".")
        if plugin_name not in self._known:
            return self._local(use, role, things)
        plugin = self.load(plugin_name)
        by_name = {thing.name: thing for thing in things(plugin)}
        if not by_name:
            raise PluginNotFoundError(f"plugin '{plugin_name}' has no {what}s")
        if not wanted:
            wanted = plugin_name if plugin_name in by_name or len(by_name) > 1 else next(iter(by_name))
            if wanted not in by_name:
                options = ", ".join(f"{plugin_name}.{name}" for name in by_name)
                raise PluginNotFoundError(f"plugin '{plugin_name}' has several {what}s; use one of {options}")
        if wanted not in by_name:
            raise PluginNotFoundError(f"plugin '{plugin_name}' has no {what} '{wanted}'{did_you_mean(wanted, by_name)}")
        return plugin, by_name[wanted]

    def _local(
        self, use: str, role: str, things: Callable[[LoadedPlugin], Sequence[type[K]]]
    ) -> tuple[LoadedPlugin, type[K]]:
        local = [(plugin, thing) for plugin in map(self.load, self.local_names()) for thing in things(plugin)]
        matches = [(plugin, thing) for plugin, thing in local if thing.name == use]
        if len({thing for _, thing in matches}) > 1:
            owners = " or ".join(f"{plugin.name}.{use}" for plugin, _ in matches)
            raise PluginConflictError(f"the {role} '{use}' may be {owners}; write the one that is meant")
        if matches:
            return matches[0]
        for found in self._refused:
            if found.name == use.partition(".")[0]:
                raise PluginError(f"plugin '{found.name}' of {found.origin} cannot be used: {found.refused}")
        candidates = {*self._known, *(thing.name for _, thing in local)}
        raise PluginNotFoundError(f"unknown {role} '{use}'{did_you_mean(use, candidates)}")

    def _find(self, name: str) -> _Known:
        known = self._known.get(name)
        if known is not None:
            return known
        for found in self._refused:
            if found.name == name:
                raise PluginError(f"plugin '{name}' of {found.origin} cannot be used: {found.refused}")
        raise PluginNotFoundError(f"unknown plugin '{name}'{did_you_mean(name, self._known)}")


def _conflict(known: _Known) -> PluginConflictError:
    origins = " and ".join([known.found.origin, *known.rivals])
    return PluginConflictError(f"the plugin name '{known.found.name}' is claimed by {origins}; uninstall all but one")


def _default_name(plugin: object) -> str:
    if isinstance(plugin, type) and issubclass(plugin, Component):
        return str(getattr(plugin, "name", plugin.__name__))
    name = getattr(plugin, "__name__", None)
    if not isinstance(name, str):
        raise PluginError(f"give the plugin {plugin!r} a name: registry.add(plugin, name='…')")
    return name.rpartition(".")[2]


def _plugin_of(component: type[Component[Any]]) -> object:
    def copydesk_components() -> list[type[Component[Any]]]:
        return [component]

    return SimpleNamespace(copydesk_components=hookspecs.hookimpl(copydesk_components))
