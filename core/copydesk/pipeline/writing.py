"""From a pipeline to the form of a pipeline file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from copydesk.errors import PipelineError, PluginError
from copydesk.findings.config import ChecksConfig
from copydesk.pipeline.spec import is_path
from copydesk.pipeline.step import Step
from copydesk.pipeline.value import PipelineValue
from copydesk.plugins.config_path import paths_start_from
from copydesk.plugins.loaded import LoadedPlugin
from copydesk.plugins.observer import Observer
from copydesk.plugins.registry import Registry


def to_dict(pipeline: PipelineValue) -> dict[str, Any]:
    """A pipeline in the form of its file. Paths are absolute, so that the file may lie anywhere.

    Raises:
        PipelineError: a file can't say it: its model is an object, or no installed plugin gives a component or observer.
    """
    if not isinstance(pipeline.model, str):
        raise PipelineError("a file cannot say what model this is: it is an object; name it by package or path")
    steps = [_step(step, pipeline) for step in pipeline.steps]
    observers = [_observer(observer, pipeline) for observer in pipeline.observers]
    named = {each["use"].partition(".")[0] for each in (*steps, *observers)}
    written: dict[str, Any] = {
        "name": pipeline.name,
        "description": pipeline.description,
        "model": _model(pipeline.model, pipeline.folder),
        "language": pipeline.language,
        "plugins": [plugin.name for plugin in pipeline.plugins if plugin.name not in named],
        "given": list(pipeline.given),
        "observers": observers,
        "input": pipeline.input.model_dump(by_alias=True, exclude_defaults=True),
        "output": pipeline.output.model_dump(by_alias=True, exclude_defaults=True),
        "limits": pipeline.limits.model_dump(exclude_none=True),
        "steps": steps,
    }
    return {key: value for key, value in written.items() if value not in (None, "", [], {})}


def _model(model: str, folder: Path | None) -> str:
    return str((folder / model).absolute()) if is_path(model) and folder is not None else model


def _step(step: Step, pipeline: PipelineValue) -> dict[str, Any]:
    if not any(step.component in plugin.components for plugin in pipeline.plugins):
        try:
            installed = Registry().component(step.use)[1]
        except PluginError:
            installed = None
        if installed is not step.component:
            raise PipelineError(
                f"a file cannot name the step '{step.id}': no plugin gives {step.component.__qualname__} as "
                f"'{step.use}'. Install it as a plugin, or load the pipeline with a registry that knows it"
            )
    written: dict[str, Any] = {"use": step.use}
    if step.id != step.use:
        written["id"] = step.id
    if settings := _settings(step, pipeline):
        written["with"] = settings
    return written


def _settings(step: Step, pipeline: PipelineValue) -> dict[str, Any]:
    settings: dict[str, Any] = _plain(step.config, pipeline.folder)
    if isinstance(step.config, ChecksConfig) and step.config.options:
        # Options are known by the checks: with them, paths are known as paths.
        checks = {key: check for check in pipeline.checks for key in (check.code.casefold(), check.name)}
        with paths_start_from(pipeline.folder):
            settings["options"] = {
                name: _plain(checks[name.casefold()].config_class.model_validate(dict(value)), pipeline.folder)
                if name.casefold() in checks
                else value
                for name, value in step.config.options.items()
            }
    return settings


def _observer(observer: Observer[Any], pipeline: PipelineValue) -> dict[str, Any]:
    plugin = next((each for each in pipeline.plugins if type(observer) in each.observers), None)
    if plugin is None:
        raise PipelineError(
            f"a file cannot name the observer '{observer.name}': no plugin of the pipeline gives "
            f"{type(observer).__qualname__}"
        )
    settings = _plain(observer.config, pipeline.folder)
    return {"use": _use(plugin, observer.name), **({"with": settings} if settings else {})}


def _use(plugin: LoadedPlugin, name: str) -> str:
    return name if plugin.name == name else f"{plugin.name}.{name}"


def _plain(value: object, folder: Path | None) -> Any:
    """Settings as a file says them: what was set, by the names that files use."""
    if isinstance(value, BaseModel):
        return {
            field.alias or name: _plain(getattr(value, name), folder)
            for name, field in type(value).model_fields.items()
            if name in value.model_fields_set
        }
    if isinstance(value, Mapping):
        return {str(to_jsonable_python(key)): _plain(item, folder) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, folder) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(item, folder) for item in value), key=str)
    if isinstance(value, Path):
        return str(value if folder is None else value.absolute())
    if isinstance(value, str):
        return str(value)
    return to_jsonable_python(value)
