"""Pipeline: steps in order, as a value. What is loaded and runs is its `Runtime`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from copydesk.model.document import Document
from copydesk.model.result import Result, RunSummary
from copydesk.pipeline.forking import at_work
from copydesk.pipeline.value import Existing, OnError, PipelineValue

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk.pipeline.runtime import Runtime
    from copydesk.plugins.registry import Registry

LANES = 2
"""How many lanes a runtime has by default: a short text need not wait for a long one."""


class Pipeline(PipelineValue):
    """Steps in order. `pipeline("text")` gives a `Document`, `pipeline.pipe(…)` a `Result` for each input.

    Build one from a file or name with `Pipeline.load`, or here from components::

        Pipeline([Structure(), Numbers(NumbersConfig(kinds=("money",)))])

    A pipeline is a value: it never changes, can be compared and pickled, and holds nothing that is loaded. Two are equal
    if all that is given here is; of steps and observers class and settings count, of the folder only where a path of the
    model starts from it. Model and components are loaded at the first document, or by `with pipeline.open() as desk:`.

    Args:
        steps: components, or `Step`s. Of a component only class and settings count.
        name: what the pipeline is called.
        description: what it is for.
        model: the spaCy pipeline that parses, if a step uses one: a package, a path, `blank:en`, or an object of your
            own, which is used and not changed.
        language: of the texts, ISO 639-1; by default the model's.
        given: names of layers that documents bring: steps may require them, and they are never dropped.
        plugins: those whose checks are added to steps that run checks, as a registry loads them.
        observers: what watches the runs of `pipe`; a single call is none.
        input: how the texts of a run are read; calls and `pipe` are given texts.
        output: how the results of a run are written.
        limits: what one document may cost.
        folder: what relative paths start from; by default the working directory.

    Raises:
        InvalidPipelineError: the order of the steps cannot work.
    """

    __slots__ = ("_runtime",)

    _runtime: Runtime

    # Where pipelines come from, and what they are written as

    @classmethod
    def load(cls, source: str | Path, *, registry: Registry | None = None, plugins: Sequence[str] = ()) -> Self:
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

        return load_pipeline(cls, source, registry, with_plugins=plugins)

    @classmethod
    def from_yaml(
        cls, text: str, *, registry: Registry | None = None, path: str = "<string>", folder: Path | None = None
    ) -> Self:
        """The pipeline of a YAML text; `path` is how problems name it, and relative paths in it start from `folder`.

        Raises:
            InvalidPipelineError: the text has problems; all of them are in it.
        """
        from copydesk.pipeline.loading import build_pipeline

        return build_pipeline(cls, text.encode("utf-8", "surrogatepass"), path, registry, folder=folder)

    @classmethod
    def from_dict(
        cls, item: Mapping[str, Any], *, registry: Registry | None = None, folder: Path | None = None
    ) -> Self:
        """The pipeline that a dict describes, of the form of a pipeline file.

        Raises:
            InvalidPipelineError: it has problems; all of them are in it.
        """
        from copydesk.pipeline.loading import build_pipeline

        return build_pipeline(cls, item, "<dict>", registry, folder=folder)

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
        if (desk := self._loaded()) is not None:
            return desk
        with at_work(alone=self):
            desk = self._loaded() or self.open()
            object.__setattr__(self, "_runtime", desk)
            return desk

    def _loaded(self) -> Runtime | None:
        """Its own runtime, once there is one."""
        return getattr(self, "_runtime", None)

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
        desk = self._loaded()
        if desk is None:
            import asyncio

            desk = await asyncio.to_thread(self._opened)
        return await desk.aprocess(text)

    def pipe(
        self,
        documents: Iterable[Any],
        *,
        batch_size: int | None = None,
        workers: int = 0,
        on_error: OnError = "raise",
        existing: Existing = "replace",
        pass_through: tuple[type[BaseException], ...] = (),
        review: Callable[[Result], Result] | None = None,
        summary: RunSummary | None = None,
    ) -> Iterator[Result]:
        """One `Result` per input, in order, streaming, in bounded memory; see `Runtime.pipe`."""
        return self._opened().pipe(
            documents,
            batch_size=batch_size,
            workers=workers,
            on_error=on_error,
            existing=existing,
            pass_through=pass_through,
            review=review,
            summary=summary,
        )
