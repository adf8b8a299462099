"""What the classes of a plugin must be before a pipeline can use them, said while their author is looking.

Each check raises a `PluginError` in the author's words; `loading` puts the plugin's name before it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, get_args

from copydesk.errors import PluginConflictError, PluginError
from copydesk.model.annotation import Annotation
from copydesk.model.vocabulary import SEVERITIES
from copydesk.plugins.check import Check, Maturity
from copydesk.plugins.component import Component, are_spacy_attributes
from copydesk.plugins.config import API, SUPPORTED_API, Config, Configured
from copydesk.plugins.finding import NAME
from copydesk.plugins.loaded import LoadedPlugin
from copydesk.plugins.methods import method_fault
from copydesk.plugins.reader import Reader
from copydesk.plugins.writer import FolderWriter, Writer

CORE_PREFIX = "ATT9"
"""What the codes of findings begin with that copydesk itself reports, whichever step runs."""

LAYER = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
"""A layer's name: `quote`, `acme.contact`."""

_PREFIX = re.compile(r"[A-Z]{2,10}[0-9]{0,3}")
_CHECK_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NUMBERS = {2: "two", 3: "three"}


def check_contract(plugin: LoadedPlugin) -> None:
    """Whether all that a plugin gives can be used.

    Raises:
        PluginError: something cannot; the message says what to change.
    """
    for component in plugin.components:
        _check_configured(component)
        _check_component(component)
    for reader in plugin.readers:
        _check_configured(reader)
        _check_reader(reader)
    for writer in plugin.writers:
        _check_configured(writer)
        _check_writer(writer)
    for observer in plugin.observers:
        _check_configured(observer)
    _check_prefixes(plugin.check_prefixes)
    for check in plugin.checks:
        _check_configured(check, named=_CHECK_NAME)
        _check_check(check, plugin.check_prefixes)
    _check_distinct(plugin)


def check_together(plugins: Sequence[LoadedPlugin]) -> None:
    """Whether plugins can be used in one pipeline.

    Raises:
        PluginConflictError: two claim one check prefix, code or name; it names both.
    """
    owners: dict[str, LoadedPlugin] = {}
    prefixes: list[tuple[str, LoadedPlugin]] = []
    for plugin in dict.fromkeys(plugins):
        for prefix in plugin.check_prefixes:
            for other, owner in prefixes:
                if not _same(owner, plugin) and _overlap(prefix, other):
                    raise _conflict(f"codes that begin with {max(prefix, other, key=len)}", owner, plugin)
            prefixes.append((prefix, plugin))
        for check in plugin.checks:
            for claim in (check.code, check.name):
                owner = owners.setdefault(claim, plugin)
                if not _same(owner, plugin):
                    raise _conflict(f"the name {claim}" if claim == check.name else f"the code {claim}", owner, plugin)


def _same(one: LoadedPlugin, other: LoadedPlugin) -> bool:
    """Whether they give the same checks: one module may have two names."""
    return replace(one, name=other.name) == other


def _conflict(what: str, one: LoadedPlugin, other: LoadedPlugin) -> PluginConflictError:
    return PluginConflictError(
        f"the checks of plugin '{one.name}' of {_origin(one)} and of plugin '{other.name}' of {_origin(other)} both have "
        f"{what}; leave one of the plugins out"
    )


def _origin(plugin: LoadedPlugin) -> str:
    if plugin.distribution:
        return f"{plugin.distribution} {plugin.version}"
    return f"the file {plugin.path}" if plugin.path else "registry.add"


def _overlap(one: str, other: str) -> bool:
    """Whether a code may belong to both prefixes: AT1 and AT do, AT and ATT do not."""
    short, long = sorted((one, other), key=len)
    rest = long.removeprefix(short)
    return long.startswith(short) and (not rest or rest.isdigit())


# What all have


def _check_configured(kind: type[Configured[Any]], named: re.Pattern[str] = NAME) -> None:
    label = kind.__qualname__
    name = getattr(kind, "name", None)
    if not isinstance(name, str) or not named.fullmatch(name):
        form = "letters, digits, '_' and '-'" if named is NAME else "words in small letters with '-' between them"
        raise PluginError(f"{label}.name is {name!r}; give it a name of {form}")
    api = kind.api
    if type(api) is not int:
        raise PluginError(f"{label}.api is {api!r}; it is a number, the version of the interface it is written for")
    if api not in SUPPORTED_API:
        spoken = " and ".join(map(str, SUPPORTED_API))
        advice = "update copydesk" if api > max(SUPPORTED_API) else "update the plugin"
        raise PluginError(
            f"{label} is written for version {api} of the plugin interface; this copydesk speaks version {spoken}: {advice}"
        )
    if api < API:
        warnings.warn(
            f"{kind.__module__}.{label} is written for version {api} of the plugin interface, which a later copydesk will "
            f"no longer run; version {API} replaces it: follow the changelog, and set `api = {API}`",
            DeprecationWarning,
            stacklevel=2,
        )
    if not kind.description():
        raise PluginError(f"{label} has no docstring; its first paragraph is what `copydesk plugins` shows")
    if abstract := getattr(kind, "__abstractmethods__", None):
        raise PluginError(f"{label} does not define {', '.join(sorted(abstract))}")
    if not (isinstance(kind.config_class, type) and issubclass(kind.config_class, Config)):
        raise PluginError(f"{label}.config_class is {kind.config_class!r}; settings derive from copydesk.Config")


# What each kind has


def _check_component(component: type[Component[Any]]) -> None:
    label = component.__qualname__
    if fault := method_fault(component):
        raise PluginError(fault)
    for attribute in ("requires", "reads"):
        _check_kinds(label, attribute, getattr(component, attribute), layers=True)
    for attribute in ("provides", "revises"):
        _check_kinds(label, attribute, getattr(component, attribute))
    both = {kind.layer for kind in component.provides} & {kind.layer for kind in component.revises}
    if both:
        raise PluginError(
            f"{label} both provides and revises the layer '{min(both)}'; what revises a layer may add to it: name its "
            "type in `revises` alone"
        )
    for attribute in ("uses", "uses_optional"):
        names = getattr(component, attribute)
        if not isinstance(names, property):  # depends on the settings; checked where there are some
            _check_attributes(label, attribute, names)
    if not isinstance(component.runs_checks, bool):
        raise PluginError(f"{label}.runs_checks is {component.runs_checks!r}; it is True or False")


def _check_check(check: type[Check[Any]], prefixes: Iterable[str]) -> None:
    label, code = check.__qualname__, getattr(check, "code", None)
    owned = [prefix for prefix in prefixes if isinstance(code, str) and re.fullmatch(rf"{prefix}[0-9]+", code)]
    if not owned:
        declared = " or ".join(repr(prefix) for prefix in prefixes)
        if not declared:
            raise PluginError(
                f"{label}.code is {code!r}, and its plugin declares no prefix of codes; declare one in the hook "
                "copydesk_check_prefixes"
            )
        raise PluginError(
            f"{label}.code is {code!r}; it must be {declared} and digits: its plugin declares no other prefix in the hook "
            "copydesk_check_prefixes"
        )
    if str(code).startswith(CORE_PREFIX):
        raise PluginError(f"{label}.code is {code!r}; codes that begin with {CORE_PREFIX} belong to copydesk itself")
    if getattr(check, "severity", None) not in SEVERITIES:
        severity = getattr(check, "severity", None)
        raise PluginError(f"{label}.severity is {severity!r}; it is one of {', '.join(SEVERITIES)}")
    if check.maturity not in get_args(Maturity):
        raise PluginError(f"{label}.maturity is {check.maturity!r}; it is one of {', '.join(get_args(Maturity))}")
    for attribute in ("requires", "reads"):
        _check_kinds(label, attribute, getattr(check, attribute))
    _check_attributes(label, "uses_optional", check.uses_optional)


def _check_reader(reader: type[Reader[Any]]) -> None:
    _check_suffixes(reader)
    layers = reader.provides
    if not isinstance(layers, tuple) or not all(isinstance(each, str) and LAYER.fullmatch(each) for each in layers):
        raise PluginError(
            f'{reader.__qualname__}.provides is {layers!r}; it is a tuple of layer names, such as ("entity",)'
        )


def _check_writer(writer: type[Writer[Any]]) -> None:
    _check_suffixes(writer)
    if not isinstance(writer.binary, bool):
        raise PluginError(f"{writer.__qualname__}.binary is {writer.binary!r}; it is True or False")
    folder = writer.in_folder
    if folder is not None and not (isinstance(folder, type) and issubclass(folder, FolderWriter)):
        raise PluginError(f"{writer.__qualname__}.in_folder is {folder!r}; it is a FolderWriter class or None")


def _check_suffixes(kind: type[Reader[Any] | Writer[Any]]) -> None:
    suffixes = kind.suffixes
    if not isinstance(suffixes, tuple) or not all(
        isinstance(each, str) and re.fullmatch(r"\.[^\s./\\][^\s/\\]*", each) for each in suffixes
    ):
        raise PluginError(f'{kind.__qualname__}.suffixes is {suffixes!r}; it is a tuple such as (".txt",)')


def _check_kinds(label: str, attribute: str, kinds: object, *, layers: bool = False) -> None:
    if isinstance(kinds, tuple) and all(_is_kind(kind, layers=layers) for kind in kinds):
        return
    what = "annotation types or names of layers" if layers else "annotation types"
    raise PluginError(f"{label}.{attribute} is {kinds!r}; it is a tuple of {what}, such as (Quote,)")


def _is_kind(kind: object, *, layers: bool) -> bool:
    if isinstance(kind, str):
        return layers and LAYER.fullmatch(kind) is not None
    return isinstance(kind, type) and issubclass(kind, Annotation) and kind is not Annotation


def _check_attributes(label: str, attribute: str, names: object) -> None:
    if not are_spacy_attributes(names):
        raise PluginError(
            f'{label}.{attribute} is {names!r}; it is a tuple of spaCy attributes, such as ("token.dep", "doc.ents")'
        )


# What all together have


def _check_prefixes(prefixes: Iterable[object]) -> None:
    for prefix in prefixes:
        if not isinstance(prefix, str) or not _PREFIX.fullmatch(prefix):
            raise PluginError(f"the check prefix {prefix!r} is none: it is two or more capital letters, such as 'ATT'")
        if prefix.startswith(CORE_PREFIX):
            raise PluginError(f"the check prefix {prefix!r} belongs to copydesk itself; choose another")


def _check_distinct(plugin: LoadedPlugin) -> None:
    for what, names in (
        ("components", [component.name for component in plugin.components]),
        ("readers", [reader.name for reader in plugin.readers]),
        ("writers", [writer.name for writer in plugin.writers]),
        ("observers", [observer.name for observer in plugin.observers]),
        ("checks", [check.code for check in plugin.checks]),
        ("checks", [check.name for check in plugin.checks]),
    ):
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            count = names.count(min(twice))
            raise PluginConflictError(f"it has {_NUMBERS.get(count, count)} {what} called '{min(twice)}'")
