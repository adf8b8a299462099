"""The steps that one component, or one check, needs to run at all: itself, and what makes the layers that it requires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk.errors import PluginError, UsageError
from copydesk.model.annotation import Annotation
from copydesk.pipeline.step import Step
from copydesk.plugins.component import Component
from copydesk.plugins.loaded import LoadedPlugin
from copydesk.plugins.registry import Registry

_OURS = "copydesk"


def steps_before(registry: Registry, needs: tuple[type[Annotation] | str, ...]) -> list[Step]:
    """Steps that provide these layers, in an order in which they can run, with their default settings.

    Of several components that provide a layer, those of copydesk's own plugins come first, then the first by name.

    Raises:
        UsageError: no installed plugin provides a layer, or two need each other's.
    """
    steps: dict[type[Component[Any]], Step] = {}

    def add(need: type[Annotation] | str, above: tuple[type[Component[Any]], ...]) -> None:
        plugin, component = _provider(registry, need)
        if component in steps:
            return
        if component in above:
            raise UsageError(
                f"'{component.name}' needs what needs '{component.name}'; run them in a pipeline of your own"
            )
        for further in component.requires:
            add(further, (*above, component))
        steps[component] = Step.of(component(), distribution=plugin.distribution, version=plugin.version)

    for need in needs:
        add(need, ())
    return list(steps.values())


def _provider(registry: Registry, need: type[Annotation] | str) -> tuple[LoadedPlugin, type[Component[Any]]]:
    layer = need if isinstance(need, str) else need.layer
    found = [
        (plugin, component)
        for plugin in _loaded(registry)
        for component in plugin.components
        if any(kind.layer == layer for kind in component.provides)
    ]
    if not found:
        raise UsageError(f"no plugin provides the layer '{layer}'; install one, or run it in a pipeline of your own")
    return min(found, key=lambda pair: (pair[0].distribution != _OURS, pair[0].name, pair[1].name))


def _loaded(registry: Registry) -> Iterator[LoadedPlugin]:
    for name in registry.names:
        try:
            yield registry.load(name)
        except PluginError:
            continue  # `copydesk plugins` says what is wrong with it
