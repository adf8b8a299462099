"""Importing plugins, and asking their hooks: once, when a plugin is loaded."""

from __future__ import annotations

import importlib
import traceback as tracebacks
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pluggy

from copydesk.errors import PluginError, PluginLoadError
from copydesk.nearest import did_you_mean
from copydesk.plugins import hookspecs
from copydesk.plugins.check import Check
from copydesk.plugins.component import Component
from copydesk.plugins.contract import check_contract
from copydesk.plugins.finding import Found
from copydesk.plugins.loaded import LoadedPlugin
from copydesk.plugins.observer import Observer
from copydesk.plugins.places import shown_file
from copydesk.plugins.reader import Reader
from copydesk.plugins.writer import Writer

_IMPORTERS = (
    Path(__file__).parents[1],
    Path(importlib.__file__).parent,
    Path(pluggy.__file__).parent,
    Path("<frozen importlib._bootstrap>"),
    Path("<frozen importlib._bootstrap_external>"),
)
"""Whose lines are not the plugin's when importing it fails."""

_HOOKS = frozenset(name for name in dir(hookspecs) if name.startswith("copydesk_"))


def load(found: Found) -> LoadedPlugin:
    """Import a plugin, ask its hooks, and check what they give.

    Raises:
        PluginLoadError: importing it or one of its hooks failed, or a hook gave what it should not.
    """
    try:
        plugin = _asked(found)
        check_contract(plugin)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may even call sys.exit while it is imported
        cause = str(error) if isinstance(error, PluginError) else f"{type(error).__name__}: {error}{_raised_at(error)}"
        raise PluginLoadError(
            f"plugin '{found.name}' of {found.origin} cannot be loaded: {cause}",
            plugin=found.name,
            traceback="".join(tracebacks.format_exception(error)),
        ) from error
    return plugin


def _raised_at(error: BaseException) -> str:
    """` (shouts.py, line 12)`: where an author has to look. A syntax error says so itself."""
    frames = [(Path(frame.filename), frame.lineno) for frame in tracebacks.extract_tb(error.__traceback__)]
    # What imports is ours, Python's and pluggy's; behind it comes the plugin, then what the plugin itself imports.
    behind = [(file, line) for file, line in frames if not any(map(file.is_relative_to, _IMPORTERS))]
    if isinstance(error, SyntaxError) or not behind:
        return ""
    first, _ = behind[0]
    home = first.parent if first.name == "__init__.py" else first
    file, line = [(file, line) for file, line in behind if file.is_relative_to(home)][-1]
    return f" ({shown_file(file, home)}, line {line})"


def _asked(found: Found) -> LoadedPlugin:
    module = found.importer()
    manager = pluggy.PluginManager(hookspecs.PROJECT_NAME)
    manager.add_hookspecs(hookspecs)
    manager.register(module, name=found.name)
    _check_names(module)
    manager.check_pending()
    _check_has_hooks(manager, module, found.name)
    _check_no_wrappers(manager, module)
    hook = manager.hook
    return LoadedPlugin(
        found.name,
        found.distribution,
        found.version,
        components=_classes(hook.copydesk_components(), Component, "copydesk_components"),
        readers=_classes(hook.copydesk_readers(), Reader, "copydesk_readers"),
        writers=_classes(hook.copydesk_writers(), Writer, "copydesk_writers"),
        checks=_classes(hook.copydesk_checks(), Check, "copydesk_checks"),
        observers=_classes(hook.copydesk_observers(), Observer, "copydesk_observers"),
        check_prefixes=_prefixes(hook.copydesk_check_prefixes()),
        path=found.path,
    )


def _check_names(module: object) -> None:
    """Pluggy's own word for a misspelt hook names neither the nearest nor what there is."""
    for name in dir(module):
        if name not in _HOOKS and getattr(getattr(module, name, None), f"{hookspecs.PROJECT_NAME}_impl", None):
            raise PluginError(f"there is no hook '{name}'{did_you_mean(name, _HOOKS)}")


def _check_has_hooks(manager: pluggy.PluginManager, module: object, name: str) -> None:
    marked = {caller.name for caller in manager.get_hookcallers(module) or ()}
    unmarked = [
        attribute
        for attribute in dir(module)
        if attribute.startswith("copydesk_") and attribute not in marked and callable(getattr(module, attribute))
        # A submodule's import leaves no callable; what is left is a function without its mark.
    ]
    if unmarked:
        hint = "" if unmarked[0] in _HOOKS else did_you_mean(unmarked[0], _HOOKS)
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
                f"{caller.name} is a wrapper, and there is nothing to wrap: each plugin is asked by itself; write "
                "@copydesk.hookimpl above a plain function"
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
    return tuple(dict.fromkeys(found))


def _prefixes(results: list[Any]) -> tuple[str, ...]:
    found: list[str] = []
    for result in results:
        if isinstance(result, str) or not isinstance(result, Iterable):
            raise PluginError(f'copydesk_check_prefixes gave {result!r}; it returns a list such as ["ATT"]')
        found.extend(result)
    return tuple(dict.fromkeys(found))
