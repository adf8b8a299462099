"""What a pipeline is: steps in order, with settings, as a value. `Pipeline` is how it is read, written and run."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from copydesk.errors import PipelineError, UsageError
from copydesk.findings.config import ChecksConfig
from copydesk.model.annotation import Annotation, root_of
from copydesk.pipeline.checks import check_faults
from copydesk.pipeline.limits import Limits
from copydesk.pipeline.order import check_order
from copydesk.pipeline.spec import DEFAULT_MODEL, InputSpec, OutputSpec, is_path
from copydesk.pipeline.step import Step
from copydesk.plugins.check import Check
from copydesk.plugins.component import Component
from copydesk.plugins.config import canonical_value
from copydesk.plugins.loaded import LoadedPlugin, LocalFiles
from copydesk.plugins.observer import Observer

if TYPE_CHECKING:
    from spacy.language import Language

OnError = Literal["raise", "record"]
Existing = Literal["replace", "keep"]

KEPT = 4
"""How many pipelines that came in pickles a process keeps."""


class PipelineValue:
    """Steps in order, and all that is said of them. It never changes, and holds nothing that is loaded.

    Two are equal if all that is said is: name, description, steps with settings, model, language, given layers, plugins,
    observers with settings, how texts are read and results written, limits. The folder counts where a path of the model starts from it. Where a file names a
    step does not.
    """

    __slots__ = (
        "_token",
        "description",
        "folder",
        "given",
        "input",
        "language",
        "limits",
        "model",
        "name",
        "observers",
        "output",
        "plugins",
        "steps",
    )

    _token: str
    """The same in all pickles of this object, and in no other's."""
    name: str
    description: str
    steps: tuple[Step, ...]
    model: str | Language
    language: str | None
    given: tuple[str, ...]
    plugins: tuple[LoadedPlugin, ...]
    observers: tuple[Observer[Any], ...]
    input: InputSpec
    output: OutputSpec
    limits: Limits
    folder: Path | None

    def __init__(
        self,
        steps: Sequence[Component[Any] | Step],
        *,
        name: str = "pipeline",
        description: str = "",
        model: str | Language = DEFAULT_MODEL,
        language: str | None = None,
        given: Sequence[str] = (),
        plugins: Sequence[LoadedPlugin] = (),
        observers: Sequence[Observer[Any]] = (),
        input: InputSpec | None = None,
        output: OutputSpec | None = None,
        limits: Limits | None = None,
        folder: Path | None = None,
    ) -> None:
        values = {
            "name": name,
            "description": description,
            "steps": tuple(step if isinstance(step, Step) else Step.of(step) for step in steps),
            "model": model,
            "language": language,
            "given": tuple(given),
            "plugins": tuple(
                sorted(dict.fromkeys(plugins), key=lambda plugin: plugin.name)
            ),  # their order means nothing
            "observers": tuple(observers),
            "input": input if input is not None else InputSpec(),
            "output": output if output is not None else OutputSpec(),
            "limits": limits if limits is not None else Limits(),
            "folder": folder,
        }
        for slot, value in values.items():
            object.__setattr__(self, slot, value)
        object.__setattr__(self, "_token", uuid.uuid4().hex)
        check_order(self.steps, self.given, self.checks)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"a pipeline does not change; make another, with `without`, a method `with_…` or Pipeline(…) ({name})"
        )

    def with_step(self, step: Component[Any] | Step, *, before: str | None = None, after: str | None = None) -> Self:
        """A pipeline with one more step: at the end, or before or after the step of an id.

        Raises:
            UsageError: there is no such step, or both places are given.
            InvalidPipelineError: the order of the steps cannot work.
        """
        if before is not None and after is not None:
            raise UsageError("with_step takes before or after, not both")
        steps = list(self.steps)
        wanted = before if before is not None else after
        index = len(steps)
        if wanted is not None:
            index = self._index(wanted) + (after is not None)
        steps.insert(index, step if isinstance(step, Step) else Step.of(step))
        return self._with(steps=steps)

    def without(self, *ids: str) -> Self:
        """A pipeline without the steps of these ids.

        Raises:
            UsageError: there is no such step.
            InvalidPipelineError: another step needs what one of them provides.
        """
        indexes = {self._index(id) for id in ids}
        return self._with(steps=[step for number, step in enumerate(self.steps) if number not in indexes])

    def with_limits(self, limits: Limits) -> Self:
        """A pipeline under other limits; those that this one has do not count in it."""
        return self._with(limits=limits)

    def with_model(self, model: str | Language) -> Self:
        """A pipeline with another model: a name, or a spaCy pipeline of your own, which is used and not changed."""
        return self._with(model=model)

    def with_formats(self, *, input: InputSpec | None = None, output: OutputSpec | None = None) -> Self:
        """A pipeline whose runs read their texts, or write their results, in another way."""
        changes: dict[str, Any] = {"input": input or self.input, "output": output or self.output}
        if input is not None and input.lang is not None:
            changes["language"] = input.lang
        return self._with(**changes)

    def with_checks(self, *, select: Sequence[str] | None = None, ignore: Sequence[str] = ()) -> Self:
        """A pipeline whose steps run other checks.

        Args:
            select: run exactly these, by code, name or the beginning of codes; None leaves the choice as it is.
            ignore: do not run these, besides those that are ignored already.

        Raises:
            UsageError: no step runs checks, or there is no such check; the message names the nearest.
        """
        steps = list(self.steps)
        running = [index for index, step in enumerate(steps) if isinstance(step.config, ChecksConfig)]
        if not running:
            raise UsageError(f"the pipeline '{self.name}' has no step that runs checks, so there are none to choose")
        for index in running:
            config = steps[index].config
            assert isinstance(config, ChecksConfig)
            changes: dict[str, object] = {"ignore": (*config.ignore, *ignore)}
            if select is not None:
                changes.update(select=tuple(select), also=())
            changed = config.model_copy(update=changes)
            if found := check_faults(changed, self.checks):
                raise UsageError("\n".join(fault.message for fault in found))
            steps[index] = dataclasses.replace(steps[index], config=changed)
        return self._with(steps=steps)

    def _index(self, id: str) -> int:
        for number, step in enumerate(self.steps):
            if step.id == id:
                return number
        raise UsageError(f"there is no step '{id}'; there are {', '.join(step.id for step in self.steps)}")

    def _values(self) -> dict[str, Any]:
        return {
            "steps": self.steps,
            "name": self.name,
            "description": self.description,
            "model": self.model,
            "language": self.language,
            "given": self.given,
            "plugins": self.plugins,
            "observers": self.observers,
            "input": self.input,
            "output": self.output,
            "limits": self.limits,
            "folder": self.folder,
        }

    def _with(self, **changes: Any) -> Self:
        return type(self)(**(self._values() | changes))

    # As a value

    @property
    def provides(self) -> tuple[type[Annotation], ...]:
        """The annotation types that its steps provide; those too by which they extend what others provide."""
        kinds: list[type[Annotation]] = []
        for step in self.steps:
            kinds += step.component.provides
            kinds += [kind for kind in step.component.revises if root_of(kind) is not kind]
        return tuple(dict.fromkeys(kinds))

    @property
    def checks(self) -> tuple[type[Check[Any]], ...]:
        """The checks that its plugins give, for its steps that run checks."""
        return tuple(dict.fromkeys(check for plugin in self.plugins for check in plugin.checks))

    @property
    def digest(self) -> str:
        """`sha256:` and the digest of what is written: steps, settings, model, language, given layers, plugins, observers,
        how texts are read, and limits. Name, description and folders are no part of it, and what lies in files is not either.

        Raises:
            PipelineError: the model is an object of your own.
        """
        if not isinstance(self.model, str):
            raise PipelineError("the model of this pipeline is an object; only one that has a name has a digest")
        written = {
            "steps": [
                {
                    "use": step.use,
                    "id": step.id,
                    "with": canonical_value(step.config, read_files=False),
                    "distribution": step.distribution,
                    "version": step.version,
                }
                for step in self.steps
            ],
            "model": self.model,
            "language": self.language,
            "given": self.given,
            "plugins": [(plugin.name, plugin.distribution, plugin.version) for plugin in self.plugins],
            "observers": [
                (type(observer).__qualname__, observer.name, canonical_value(observer.config, read_files=False))
                for observer in self.observers
            ],
            "input": self.input.model_dump(mode="json"),
            "limits": self.limits.model_dump(),
        }
        return f"sha256:{hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()}"

    def _key(self) -> tuple[Any, ...]:
        observers = tuple((type(observer), observer.config) for observer in self.observers)
        values = self._values() | {"observers": observers, "model": self._model_at()}
        del values["folder"]
        return tuple(values.values())

    def _model_at(self) -> object:
        """The model; of one that is a path, where it lies."""
        model = self.model
        if isinstance(model, str) and is_path(model):
            return (self.folder or Path()).absolute() / model
        return model

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, PipelineValue) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, tuple(step.id for step in self.steps)))

    def __repr__(self) -> str:
        return f"<Pipeline {self.name!r}: {' -> '.join(step.id for step in self.steps)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        if not isinstance(self.model, str):
            raise PipelineError(
                "a pipeline whose model is an object cannot be pickled; name the model by package or path (nlp.to_disk)"
            )
        values = self._values()
        values["observers"] = [(type(observer), observer.config) for observer in self.observers]
        # Local files come first: what unpickles next are classes of theirs.
        return (_restored, (LocalFiles(plugin.path for plugin in self.plugins), type(self), self._token, values))


_RECEIVED: dict[str, PipelineValue] = {}
"""The last pipelines that were unpickled, by token. A pool sends a pipeline along with each task: so it is loaded once
in a process, and not for each. No lock guards it, since a fork could come while one is held."""


def _restored(_files: LocalFiles, kind: type[PipelineValue], token: str, values: dict[str, Any]) -> PipelineValue:
    if (known := _RECEIVED.get(token)) is not None:
        return known
    observers = [kind(config) for kind, config in values.pop("observers")]
    pipeline = kind(**values, observers=observers)
    object.__setattr__(pipeline, "_token", token)
    pipeline = _RECEIVED.setdefault(token, pipeline)
    for oldest in list(_RECEIVED)[:-KEPT]:
        _RECEIVED.pop(oldest, None)
    return pipeline
