"""The formats that a pipeline can read and write, with the settings that its file gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from copydesk.errors import PluginConflictError, UsageError
from copydesk.nearest import did_you_mean
from copydesk.pipeline.value import PipelineValue
from copydesk.plugins.config import Config, Configured
from copydesk.plugins.loaded import LoadedPlugin
from copydesk.plugins.reader import Reader
from copydesk.plugins.writer import Writer
from copydesk.wording import faults
from copydesk.yaml_reader import Node, Way

F = TypeVar("F", bound=type[Configured[Any]])


def readers_of(plugins: Sequence[LoadedPlugin]) -> list[type[Reader[Any]]]:
    """The readers of copydesk and of plugins.

    Raises:
        PluginConflictError: two have one name, or are for files of one suffix.
    """
    from copydesk.formats import READERS

    found = list(dict.fromkeys([*READERS, *(reader for plugin in plugins for reader in plugin.readers)]))
    _refuse_rivals(found)
    return found


def writers_of(plugins: Sequence[LoadedPlugin]) -> list[type[Writer[Any]]]:
    """The writers of copydesk and of plugins.

    Raises:
        PluginConflictError: two have one name, or are for files of one suffix.
    """
    from copydesk.formats import WRITERS

    found = list(dict.fromkeys([*WRITERS, *(writer for plugin in plugins for writer in plugin.writers)]))
    _refuse_rivals(found)
    return found


def _refuse_rivals(formats: Sequence[type[Reader[Any] | Writer[Any]]]) -> None:
    owners: dict[str, type[Reader[Any] | Writer[Any]]] = {}
    for kind in formats:
        for claim in (kind.name, *kind.suffixes):
            other = owners.setdefault(claim, kind)
            if other is not kind:
                names = f"{other.__module__}.{other.__qualname__} and {kind.__module__}.{kind.__qualname__}"
                raise PluginConflictError(f"'{claim}' is claimed by {names}; leave one of the plugins out")


def reader_config(kind: type[Reader[Any]], pipeline: PipelineValue) -> Config | None:
    """The settings that a pipeline gives a reader; None for its own defaults.

    Raises:
        UsageError: they are no settings of it.
    """
    given = dict(pipeline.input.options.get(kind.name, {}))
    if pipeline.input.map and "map" in kind.config_class.model_fields:
        given["map"] = {**pipeline.input.map, **given.get("map", {})}
    return config_of(kind, given)


def writer_config(kind: type[Writer[Any]], pipeline: PipelineValue) -> Config | None:
    """The settings that a pipeline gives a writer; None for its own defaults.

    Raises:
        UsageError: they are no settings of it.
    """
    return config_of(kind, pipeline.output.options.get(kind.name, {}))


def config_of(kind: type[Configured[Any]], given: Mapping[str, Any]) -> Config | None:
    """Settings as a format's own; None where none are given.

    Raises:
        UsageError: they are no settings of it.
    """
    if not given:
        return None
    try:
        return kind.config_class.model_validate(given)
    except ValidationError as error:
        said = "; ".join(message for _, message in faults(error, given, kind.config_class))
        raise UsageError(f"{kind.name}: {said}") from None


def formats_problems(root: Node, plugins: Sequence[LoadedPlugin], problem: Callable[[str, Way], None]) -> None:
    """Tell what is wrong with `input:` and `output:` of a pipeline file: formats that are not there, and their settings.

    Args:
        root: the file.
        plugins: those that it names.
        problem: is told of each, and of where it stands.
    """
    for section, choice, known in (("input", "from", readers_of), ("output", "to", writers_of)):
        node = root.get(section)
        if node is None or not isinstance(node.value, dict):
            continue
        kinds: dict[str, type[Configured[Any]]] = {kind.name: kind for kind in known(plugins)}
        chosen, options = node.get(choice), node.get("options")
        if chosen is not None and isinstance(chosen.value, str) and chosen.value not in kinds:
            problem(f"there is no format '{chosen.value}'{did_you_mean(chosen.value, kinds)}", (section, choice))
        for name, settings in (
            options.value if options is not None and isinstance(options.value, dict) else {}
        ).items():
            way: Way = (section, "options", name)
            if name not in kinds:
                problem(f"there is no format '{name}'{did_you_mean(name, kinds)}", way)
                continue
            given = settings.plain()
            try:
                kinds[name].config_class.model_validate(given if isinstance(given, dict) else {})
            except ValidationError as error:
                for loc, message in faults(error, given, kinds[name].config_class):
                    problem(message, (*way, *loc))
