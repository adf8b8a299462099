"""Pipeline: steps in order, as a value. What is loaded and runs is its `Runtime`."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from copydesk.errors import PipelineError, UsageError
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.result import Result
from copydesk.pipeline.limits import Limits
from copydesk.pipeline.order import check_order
from copydesk.pipeline.spec import DEFAULT_MODEL
from copydesk.pipeline.step import Step
from copydesk.plugins.check import Check
from copydesk.plugins.component import Component
from copydesk.plugins.config import canonical_value
from copydesk.plugins.loading import LoadedPlugin, import_local
from copydesk.plugins.observer import Observer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from copydesk.pipeline.runtime import Runtime
    from copydesk.plugins.registry import Registry

OnError = Literal["raise", "record"]
Existing = Literal["replace", "keep"]

LANES = 2
"""How many lanes a runtime has by default: a short text need not wait for a long one."""


class Pipeline:
    """Steps in order. `pipeline("text")` gives a `Document`, `pipeline.pipe(…)` a `Result` for each input.

    Build one from a file or name with `Pipeline.load`, or here from components::

        Pipeline([Structure(), Numbers(NumbersConfig(kinds=("money",)))])

    A pipeline is a value: it never changes, can be compared and pickled, and holds nothing that is loaded. Model and
    components are loaded at the first document, or by `with pipeline.open() as desk:`.

    Args:
        steps: components, or `Step`s. Of a component only class and settings count.
        name: what the pipeline is called.
        description: what it is for.
        model: the spaCy pipeline that parses, if a step uses one: a package, a path, `blank:en`, or an object of your
            own, which is used and not changed.
        language: of the texts, ISO 639-1; by default the model's.
        given: names of layers that documents bring: steps may require them, and they are never dropped.
        plugins: those whose checks are added to steps that run checks, as a registry loads them.
        observers: what watches a run.
        limits: what one document may cost.
        folder: what relative paths start from; by default the working directory.

    Raises:
        InvalidPipelineError: the order of the steps cannot work.
    """

    __slots__ = (
        "_lock",
        "_runtime",
        "description",
        "folder",
        "given",
        "language",
        "limits",
        "model",
        "name",
        "observers",
        "plugins",
        "steps",
    )

    name: str
    description: str
    steps: tuple[Step, ...]
    model: str | Language
    language: str | None
    given: tuple[str, ...]
    plugins: tuple[LoadedPlugin, ...]
    observers: tuple[Observer[Any], ...]
    limits: Limits
    folder: Path | None
    _runtime: Runtime | None
    _lock: threading.Lock

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
            "limits": limits if limits is not None else Limits(),
            "folder": folder,
            "_runtime": None,
            "_lock": threading.Lock(),
        }
        for slot, value in values.items():
            object.__setattr__(self, slot, value)
        check_order(self.steps, self.given, self.checks)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"a pipeline does not change; make another, with `with_step`, `without` or Pipeline(…) ({name})"
        )

    # Where pipelines come from, and what they are written as

    @classmethod
    def load(cls, source: str | Path, *, registry: Registry | None = None, plugins: Sequence[str] = ()) -> Pipeline:
        """The pipeline of a YAML file, or of a bare name such as "newsroom".

        Args:
            source: the path of a file (with a separator or a suffix), or the name of a shipped pipeline.
            registry: the plugins it can name; by default the installed ones.
            plugins: names of further plugins, as if the file named them under `plugins:`.

        Raises:
            InvalidPipelineError: the file has problems; all of them are in it.
            UsageError: there is no such file or name.
        """
        from copydesk.pipeline.loading import load_pipeline

        return load_pipeline(source, registry, with_plugins=plugins)

    @classmethod
    def from_yaml(
        cls, text: str, *, registry: Registry | None = None, path: str = "<string>", folder: Path | None = None
    ) -> Pipeline:
        """The pipeline of a YAML text; `path` is how problems name it, and relative paths in it start from `folder`.

        Raises:
            InvalidPipelineError: the text has problems; all of them are in it.
        """
        from copydesk.pipeline.loading import build_pipeline

        return build_pipeline(text.encode("utf-8", "surrogatepass"), path, registry, folder=folder)

    @classmethod
    def from_dict(
        cls, item: Mapping[str, Any], *, registry: Registry | None = None, folder: Path | None = None
    ) -> Pipeline:
        """The pipeline that a dict describes, of the form of a pipeline file.

        Raises:
            InvalidPipelineError: it has problems; all of them are in it.
        """
        from copydesk.pipeline.loading import build_pipeline

        return build_pipeline(item, "<dict>", registry, folder=folder)

    def to_dict(self) -> dict[str, Any]:
        """The pipeline in the form of a pipeline file.

        Raises:
            PipelineError: a file cannot say it: a component that no plugin gives, a model that is an object.
        """
        from copydesk.pipeline.writing import to_dict

        return to_dict(self)

    def to_yaml(self) -> str:
        """The pipeline as the text of a pipeline file.

        Raises:
            PipelineError: as `to_dict`.
        """
        import yaml

        return yaml.safe_dump(self.to_dict(), sort_keys=False, allow_unicode=True)

    def with_step(
        self, step: Component[Any] | Step, *, before: str | None = None, after: str | None = None
    ) -> Pipeline:
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

    def without(self, *ids: str) -> Pipeline:
        """A pipeline without the steps of these ids.

        Raises:
            UsageError: there is no such step.
            InvalidPipelineError: another step needs what one of them provides.
        """
        indexes = {self._index(id) for id in ids}
        return self._with(steps=[step for number, step in enumerate(self.steps) if number not in indexes])

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
            "limits": self.limits,
            "folder": self.folder,
        }

    def _with(self, **changes: Any) -> Pipeline:
        return Pipeline(**(self._values() | changes))

    # As a value

    @property
    def provides(self) -> tuple[type[Annotation], ...]:
        """The annotation types that its steps provide."""
        return tuple(dict.fromkeys(kind for step in self.steps for kind in step.component.provides))

    @property
    def checks(self) -> tuple[type[Check[Any]], ...]:
        """The checks that its plugins give, for its steps that run checks."""
        return tuple(dict.fromkeys(check for plugin in self.plugins for check in plugin.checks))

    @property
    def digest(self) -> str:
        """`sha256:` and the digest of what is written: steps, settings, model, plugins, limits; no folders.

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
            "limits": self.limits.model_dump(),
        }
        return f"sha256:{hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()}"

    def _key(self) -> tuple[Any, ...]:
        observers = tuple((type(observer), observer.config) for observer in self.observers)
        values = self._values() | {"observers": observers}
        del values["folder"]
        return tuple(values.values())

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Pipeline) else NotImplemented

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
        return (_restored, (_LocalFiles(plugin.path for plugin in self.plugins), values))

    # Running it

    def open(self, *, lanes: int = LANES) -> Runtime:
        """What runs it, with model and components loaded. Close it, or use it in a `with` block.

        Args:
            lanes: how many documents, or batches, can be worked on at once by several threads. Each lane has a model
                and components of its own, and is made when it is first needed.

        Raises:
            ModelNotFoundError: the model is not installed.
            PipelineError: the model lacks what a step uses, or cannot be loaded.
            StepError: a component's `setup` failed.
        """
        from copydesk.pipeline.runtime import Runtime

        return Runtime(self, lanes=lanes)

    def _opened(self) -> Runtime:
        if self._runtime is None:
            with self._lock:
                if self._runtime is None:
                    object.__setattr__(self, "_runtime", self.open())
        assert self._runtime is not None
        return self._runtime

    def __call__(self, text: str | Document | Doc) -> Document:
        """One text, document or spaCy Doc through all steps.

        Raises:
            StepError: a step failed; it names document, step, line of the YAML and cause.
            TextError: the text is no text.
            LimitError: it is over a limit.
        """
        return self._opened()(text)

    async def aprocess(self, text: str | Document | Doc) -> Document:
        """The same without blocking the event loop; cancelling stops the waiting, not the work."""
        return await self._opened().aprocess(text)

    def pipe(
        self,
        documents: Iterable[Any],
        *,
        batch_size: int | None = None,
        workers: int = 0,
        on_error: OnError = "raise",
        existing: Existing = "replace",
        pass_through: tuple[type[BaseException], ...] = (),
    ) -> Iterator[Result]:
        """One `Result` per input, in order, streaming, in bounded memory; see `Runtime.pipe`."""
        return self._opened().pipe(
            documents,
            batch_size=batch_size,
            workers=workers,
            on_error=on_error,
            existing=existing,
            pass_through=pass_through,
        )


class _LocalFiles(tuple[Path | None, ...]):
    """The files of local plugins: unpickled before their classes, so that these can be found."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return (_imported, (tuple(path for path in self if path is not None),))


def _imported(paths: tuple[Path, ...]) -> None:
    for path in paths:
        import_local(path)


def _restored(_files: None, values: dict[str, Any]) -> Pipeline:
    observers = [kind(config) for kind, config in values.pop("observers")]
    return Pipeline(**values, observers=observers)
