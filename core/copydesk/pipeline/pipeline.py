"""Pipeline: steps in order, over one document or a stream of them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal

from copydesk.annotation import Annotation
from copydesk.component import Component, are_spacy_attributes
from copydesk.config_path import paths_start_from
from copydesk.document import Document
from copydesk.errors import AnnotationError, CopydeskError, DocumentError, PipelineError, TextError, UsageError
from copydesk.pipeline.failures import error_record, parse_error, step_error, unreadable
from copydesk.pipeline.order import check_order
from copydesk.pipeline.result import Result
from copydesk.pipeline.spec import DEFAULT_MODEL
from copydesk.pipeline.step import PARSE, Step
from copydesk.registry import Registry

if TYPE_CHECKING:
    from pluggy import HookRelay
    from spacy.tokens import Doc

    from copydesk.parsing import SharedParse

OnError = Literal["raise", "record"]

BATCH_DOCUMENTS = 64
BATCH_CHARS = 50_000
"""What is parsed at once, and so held in memory at once: whichever limit is reached first."""


class Pipeline:
    """Steps in order. `pipeline("text")` gives a `Document`, `pipeline.pipe(…)` a `Result` for each input.

    Build one from a file or name with `Pipeline.load`, or here from components::

        Pipeline([Structure(), Numbers(kinds=["money"])])

    Args:
        steps: components, or `Step`s.
        name: what the pipeline is called.
        description: what it is for.
        model: the spaCy pipeline that parses; loaded at first use, and only if a step uses it.
        folder: what relative paths, of a model and in settings that `setup` reads, start from; by default the
            working directory.
        hooks: the hooks of the plugins in use, for observers and for components that take extensions.

    Raises:
        InvalidPipelineError: the order of the steps cannot work.

    Models and word lists are loaded at the first document, or by `setup`. One pipeline may be used
    from several threads; they take turns.
    """

    def __init__(
        self,
        steps: Sequence[Component | Step],
        *,
        name: str = "pipeline",
        description: str = "",
        model: str = DEFAULT_MODEL,
        folder: Path | None = None,
        hooks: HookRelay | None = None,
    ) -> None:
        self.name = name
        self.description = description
        self.model = model
        self.steps: tuple[Step, ...] = tuple(step if isinstance(step, Step) else Step.of(step) for step in steps)
        self.hooks = hooks
        self._folder = folder
        self._parse: SharedParse | None = None
        self._ready = False
        self._lock = threading.RLock()
        check_order(self.steps)

    @classmethod
    def load(cls, source: str | Path, *, registry: Registry | None = None) -> Pipeline:
        """The pipeline of a YAML file, or of a bare name such as "newsroom".

        Args:
            source: the path of a file (with a separator or a suffix), or the name of a shipped pipeline.
            registry: the plugins it can name; by default the installed ones.

        Raises:
            InvalidPipelineError: the file has problems; all of them are in it.
            UsageError: there is no such file or name.
        """
        from copydesk.pipeline.check import load_pipeline

        return load_pipeline(source, registry)

    @classmethod
    def from_yaml(
        cls, text: str, *, registry: Registry | None = None, path: str = "<string>", folder: Path | None = None
    ) -> Pipeline:
        """The pipeline of a YAML text; `path` is how problems name it, and relative paths in it start from `folder`.

        Raises:
            InvalidPipelineError: the text has problems; all of them are in it.
        """
        from copydesk.pipeline.check import build_pipeline

        return build_pipeline(text.encode("utf-8", "surrogatepass"), path, registry, folder=folder)

    def setup(self) -> Pipeline:
        """Load the model and set the components up, once; done by the first document otherwise.

        Raises:
            ModelNotFoundError: the model is not installed.
            PipelineError: the model lacks what a step uses, or cannot be loaded.
            StepError: a component's `setup` failed.
        """
        with self._lock:
            if self._ready:
                return self
            uses: dict[str, list[str]] = {}
            for step in self.steps:
                for attribute in _uses(step):
                    uses.setdefault(attribute, []).append(step.id)
            if uses:
                from copydesk.parsing import SharedParse

                self._parse = SharedParse(self.model, uses, self._folder)
            for step in self.steps:
                step.component.hooks = self.hooks
                try:
                    with paths_start_from(self._folder):
                        step.component.setup()
                except (Exception, SystemExit) as error:
                    raise step_error(step, "", error, "cannot be set up") from error
            self._ready = True
        return self

    def __call__(self, text: str | Document) -> Document:
        """One text or document through all steps.

        Raises:
            StepError: a step failed; it names document, step, line of the YAML and cause.
            TextError: the text is no text, or too long for the parse.
        """
        return next(self.pipe([text], on_error="raise")).document

    def pipe(
        self, documents: Iterable[str | Document | DocumentError], *, on_error: OnError = "raise"
    ) -> Iterator[Result]:
        """One `Result` per input, in order, streaming, in bounded memory.

        Args:
            documents: texts or documents. A `DocumentError`, such as a reader gives for a line that
                it cannot read, comes out as a result with that error.
            on_error: "raise" the first error, or "record" it in the document and go on.

        Raises:
            UsageError: the arguments cannot mean anything.
            ModelNotFoundError, PipelineError: as `setup`.
            DocumentError, StepError: with on_error="raise", when the document is reached.
        """
        if isinstance(documents, str | Document):
            raise UsageError("pipe takes many documents; for one text call the pipeline: pipeline(text)")
        if on_error not in ("raise", "record"):
            raise UsageError(f"on_error is {on_error!r}; it is 'raise' or 'record'")
        self.setup()
        return self._stream(documents, on_error)

    def _stream(self, documents: Iterable[str | Document | DocumentError], on_error: OnError) -> Iterator[Result]:
        for batch in _batches(documents):
            # The batch is worked through before anything is given out: spaCy forgets its words after it.
            for result in self._run_batch(batch):
                if result.errors and on_error == "raise":
                    raise result.errors[0]
                yield result

    def _run_batch(self, batch: list[Document | DocumentError]) -> list[Result]:
        documents = [item for item in batch if isinstance(item, Document)]
        chars = sum(len(document.text) for document in documents)
        with self._lock, self._parse.memory_zone(chars) if self._parse else nullcontext():
            parses = iter(self._parse_batch(documents))
            results: list[Result] = []
            for item in batch:
                if isinstance(item, DocumentError):
                    results.append(unreadable(item))
                else:
                    results.append(self._run_steps(item, *next(parses)))
        return results

    def _parse_batch(self, documents: list[Document]) -> list[tuple[Doc | Exception | None, float]]:
        if self._parse is None:
            return [(None, 0.0)] * len(documents)
        start = perf_counter()
        parses = self._parse.parse_all([document.text for document in documents])
        seconds = perf_counter() - start
        chars = sum(len(document.text) for document in documents) or 1
        return [(doc, seconds * len(d.text) / chars) for doc, d in zip(parses, documents, strict=True)]

    def _run_steps(self, document: Document, parse: Doc | Exception | None, seconds: float) -> Result:
        errors: list[CopydeskError] = []
        timings: dict[str, float] = {}
        doc: Doc | None = None
        if isinstance(parse, Exception):
            document = _record(document, errors, parse_error(document, parse))
        else:
            doc = parse
        if parse is not None:
            timings[PARSE] = seconds
        failed: set[type[Annotation]] = set()
        for step in self.steps:
            component = step.component
            start = perf_counter()
            if component.uses and doc is None:
                failed.update(component.provides)
                continue  # the failed parse is on record
            lacking = [kind for kind in component.requires if kind in failed and kind not in document]
            if lacking:
                failed.update(component.provides)
                cause = AnnotationError(f"it needs {lacking[0].__name__}, which no step could provide here")
                document = _record(document, errors, step_error(step, document.id, cause, "was left out"))
                continue
            sees_parse = bool(component.uses or component.uses_optional)
            try:
                document = _annotated(step, document.with_doc(doc if sees_parse else None))
            except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a plugin does is this document's error
                failed.update(component.provides)
                document = _record(document, errors, step_error(step, document.id, error, "failed"))
            timings[step.id] = perf_counter() - start
        return Result(document.with_doc(None), tuple(errors), timings)

    @property
    def provides(self) -> tuple[type[Annotation], ...]:
        """The annotation types that its steps provide."""
        return tuple(dict.fromkeys(kind for step in self.steps for kind in step.component.provides))

    def __repr__(self) -> str:
        return f"<Pipeline {self.name!r}: {' -> '.join(step.id for step in self.steps)}>"


def _uses(step: Step) -> tuple[str, ...]:
    """What a step's component uses, which may depend on its settings."""
    try:
        uses = step.component.uses
    except Exception as error:
        raise step_error(step, "", error, "cannot be set up") from error
    if not are_spacy_attributes(uses):
        raise PipelineError(
            f"step '{step.id}': {type(step.component).__qualname__}.uses is {uses!r}; "
            'it is a tuple of spaCy attributes, such as ("token.dep", "doc.ents")'
        )
    return uses


def _annotated(step: Step, document: Document) -> Document:
    component = step.component
    found: Any = component.process(document)
    if found is None:
        raise AnnotationError("process returned None; return its annotations in a list, or yield them")
    annotations = list(found)
    for annotation in annotations:
        if type(annotation) not in component.provides:
            raise AnnotationError(
                f"process gave {type(annotation).__name__}, which '{component.name}' does not declare; "
                f"its `provides` is ({', '.join(kind.__name__ for kind in component.provides)})"
            )
    return document.with_annotations(annotations, step=step.record, provides=component.provides)


def _record(document: Document, errors: list[CopydeskError], error: CopydeskError) -> Document:
    errors.append(error)
    return document.with_error(error_record(error, document))


def _batches(items: Iterable[str | Document | DocumentError]) -> Iterator[list[Document | DocumentError]]:
    batch: list[Document | DocumentError] = []
    chars = 0
    for number, item in enumerate(items, 1):
        document = _as_document(item, number)
        size = len(document.text) if isinstance(document, Document) else 0
        if batch and (len(batch) >= BATCH_DOCUMENTS or chars + size > BATCH_CHARS):
            yield batch
            batch, chars = [], 0
        batch.append(document)
        chars += size
    if batch:
        yield batch


def _as_document(item: str | Document | DocumentError, number: int) -> Document | DocumentError:
    if isinstance(item, Document | DocumentError):
        return item
    try:
        return Document(item)
    except TextError as error:
        error.document_id = f"input {number}"
        return error
