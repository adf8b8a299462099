"""Lane: one parse and one set of components, loaded; one thread at a time uses it.

Steps run step by step over a batch, so that a model sees many documents at once. Where a batch fails, its
documents are processed one by one, and a failing one costs the others nothing.
"""

from __future__ import annotations

import hashlib
import inspect
import logging
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from copydesk.errors import AnnotationError, CopydeskError, LimitError, PipelineError
from copydesk.findings import passed_over
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.records import StepRecord
from copydesk.model.reference import Merged
from copydesk.model.result import Result
from copydesk.pipeline.batches import Item
from copydesk.pipeline.failures import PASSED_ON, error_record, parse_error, step_error, unreadable
from copydesk.pipeline.step import PARSE, Step
from copydesk.plugins.check import Check
from copydesk.plugins.component import Component, are_spacy_attributes
from copydesk.plugins.config_path import paths_start_from
from copydesk.plugins.context import Context

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk.model.parse import Parse
    from copydesk.parsing import SharedParse
    from copydesk.pipeline.pipeline import Existing, Pipeline


@dataclass(slots=True)
class _Running:
    """A step with its component set up.

    Attributes:
        visible: the layers that the component may read.
        uses: the attributes of the parse that it must have.
        reads_parse: all that it may read of the parse.
        batches: whether its component has a way of its own with several documents.
    """

    step: Step
    component: Component[Any]
    record: StepRecord
    visible: frozenset[str]
    uses: tuple[str, ...]
    reads_parse: frozenset[str]
    batches: bool

    @property
    def layers(self) -> set[str]:
        """The layers that it fills or changes."""
        return {kind.layer for kind in (*self.component.provides, *self.component.revises)}


@dataclass(slots=True)
class _Work:
    """A document on its way through the steps."""

    document: Document
    item: Item
    doc: Doc | None = None
    parse: Parse | None = None
    errors: list[CopydeskError] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    """Layers that a failed step would have filled."""
    stopped: bool = False

    def fail(self, error: CopydeskError) -> None:
        self.errors.append(error)
        self.document = self.document.with_error(error_record(error, self.document))


class Lane:
    """One parse, and an instance of each component, set up.

    Args:
        pipeline: what to load.

    Raises:
        ModelNotFoundError: the model is not installed.
        PipelineError: the model lacks what a step uses, or cannot be loaded.
        StepError: a component's `setup` failed.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.forked = False
        """Whether the process is a child that was forked since: components are set up anew before they are used."""
        components = [(step, step.make()) for step in pipeline.steps]
        uses: dict[str, list[str]] = {}
        for step, component in components:
            for attribute in _uses(step, component):
                uses.setdefault(attribute, []).append(step.id)
        self._parse: SharedParse | None = None
        if uses:
            from copydesk.parsing import SharedParse

            self._parse = SharedParse(pipeline.model, uses, pipeline.folder)
        self._running = [self._set_up(step, component) for step, component in components]

    @property
    def records(self) -> tuple[StepRecord, ...]:
        """What documents keep of each step."""
        return tuple(running.record for running in self._running)

    def close(self) -> None:
        """Close the components."""
        for running in self._running:
            running.component.close()
        if self._parse is not None:
            self._parse.close_zone()

    def _set_up(self, step: Step, component: Component[Any]) -> _Running:
        pipeline = self._pipeline
        folder = pipeline.folder or Path()
        checks = pipeline.checks if component.runs_checks else ()
        nlp = self._parse.nlp if self._parse is not None else None
        context = Context(
            nlp=nlp,
            vocab=nlp.vocab if nlp is not None else None,
            folder=folder,
            language=pipeline.language or (nlp.lang if nlp is not None else None) or "en",
            logger=logging.getLogger(f"copydesk.{step.id}"),
            checks=checks,
        )
        try:
            with paths_start_from(pipeline.folder):
                component.setup(context)
        except PASSED_ON:
            raise
        except (Exception, SystemExit) as error:
            raise step_error(step, "", error, "cannot be set up") from error
        optional = {*component.uses_optional, *(name for check in checks for name in check.uses_optional)}
        uses = _uses(step, component)
        return _Running(
            step,
            component,
            self._record(step, component, checks),
            visible=_visible(component, checks),
            uses=uses,
            reads_parse=frozenset(uses) | optional,
            batches=type(component).process_batch is not Component.process_batch,
        )

    def _record(self, step: Step, component: Component[Any], checks: Sequence[type[Check[Any]]]) -> StepRecord:
        reads_parse = component.uses or component.uses_optional
        return StepRecord(
            id=step.id,
            use=step.use,
            distribution=step.distribution,
            version=step.version,
            settings=component.config_digest(),
            model=str(self._parse.record) if reads_parse and self._parse is not None else None,
            checks=tuple(_signature(check) for check in checks if not _of_same_package(check, step.component)),
        )

    # A batch

    def run(
        self, items: Sequence[Item], *, existing: Existing, pass_through: tuple[type[BaseException], ...] = ()
    ) -> list[Result]:
        """The result of each item, in order.

        Args:
            items: documents, and the errors that stand for some.
            existing: "replace" layers that the steps provide and the document has already, or "keep" them and skip
                the steps that made them.
            pass_through: exceptions that are no failure of a document: they end the run.
        """
        if self.forked:
            self.forked = False
            if self._parse is not None:
                self._parse.close_zone()  # what is set up now must outlive the zone that was open at the fork
            self._running = [self._set_up(step, step.make()) for step in self._pipeline.steps]
        passed = (*PASSED_ON, *pass_through)
        works = [_Work(item.document, item) for item in items if isinstance(item.document, Document)]
        for work in works:
            self._check_length(work)
        going = [work for work in works if not work.stopped]
        chars = sum(work.item.chars for work in going)
        with self._parse.memory_zone(chars) if self._parse is not None else nullcontext():
            skipped = [self._begin(work, existing) for work in going]
            if self._parse is not None:
                self._parse_all([w for w, skip in zip(going, skipped, strict=True) if self._needs_parse(skip)], passed)
            for running in self._running:
                self._run_step(
                    running, [w for w, skip in zip(going, skipped, strict=True) if running.step.id not in skip], passed
                )
            done = iter([_result(work) for work in works])
        return [
            next(done) if isinstance(item.document, Document) else unreadable(item.document, item.context)
            for item in items
        ]

    def _check_length(self, work: _Work) -> None:
        most = self._pipeline.limits.characters
        if self._parse is not None and work.item.doc is None:
            most = min(most or self._parse.max_chars, self._parse.max_chars)
        length = len(work.document.text)
        if most is not None and length > most:
            work.stopped = True
            work.fail(
                LimitError(
                    f"the text has {length:,} characters, the limit is {most:,}: split the document, or raise `limits: "
                    "characters` where the steps need no parse",
                    document_id=work.document.id,
                )
            )

    def _begin(self, work: _Work, existing: Existing) -> frozenset[str]:
        """What becomes of layers that are there already; returns the ids of the steps that need not run."""
        document = work.document
        if not document.layers:
            return frozenset()
        if existing == "keep":
            return frozenset(running.step.id for running in self._running if _is_done(running, document))
        given = set(self._pipeline.given)
        made = {layer for running in self._running for layer in running.layers} - given
        dropped = sorted(made & set(document.layers))
        if dropped:
            work.document, losses = document.without_layers(dropped)
            notice = f"layers of an earlier run were dropped and made again: {', '.join(dropped)}"
            if losses != (0, 0):
                notice += f"; with them {losses.removed} annotations went and {losses.cleared} references are empty now"
            work.notices.append(notice)
        return frozenset()

    def _needs_parse(self, skipped: frozenset[str]) -> bool:
        return any(running.uses and running.step.id not in skipped for running in self._running)

    def _parse_all(self, works: Sequence[_Work], passed: tuple[type[BaseException], ...]) -> None:
        assert self._parse is not None
        from copydesk.model.parse import Parse

        start = perf_counter()
        texts = [work for work in works if work.item.doc is None]
        parsed = iter(self._parse.parse_all([work.document.text for work in texts], pass_through=passed))
        seconds = perf_counter() - start
        chars = sum(len(work.document.text) for work in texts) or 1
        for work in works:
            if work.item.doc is not None:
                work.doc, work.parse = work.item.doc, Parse(work.item.doc)
                continue
            doc = next(parsed)
            work.timings[PARSE] = seconds * len(work.document.text) / chars
            if isinstance(doc, Exception):
                work.fail(parse_error(work.document, doc))
            else:
                work.doc, work.parse = doc, Parse(doc)
            self._check_seconds(work)

    # A step

    def _run_step(self, running: _Running, works: Sequence[_Work], passed: tuple[type[BaseException], ...]) -> None:
        ready = [work for work in works if not work.stopped and self._is_ready(running, work)]
        if not ready:
            return
        views = [_view(running, work) for work in ready]
        start = perf_counter()
        if running.batches and len(ready) > 1:
            outcomes = _found_in_batch(running, views, passed)
            seconds = perf_counter() - start
            chars = sum(len(view.text) for view in views) or 1
            shares = [seconds * len(view.text) / chars for view in views]
        else:
            outcomes, shares = [], []
            for view in views:
                outcomes.append(_found(running, view, passed))
                shares.append(perf_counter() - start)
                start = perf_counter()
        for work, outcome, share in zip(ready, outcomes, shares, strict=True):
            start = perf_counter()
            self._take(running, work, outcome, passed)
            work.timings[running.step.id] = share + perf_counter() - start
            self._check_seconds(work)

    def _is_ready(self, running: _Running, work: _Work) -> bool:
        """Whether the document has what the step cannot do without; else the step is left out, and that is said."""
        if running.uses and work.doc is None:
            work.failed |= running.layers  # the failed parse is on record
            return False
        lacking = [
            _name(kind)
            for kind in running.component.requires
            if _layer(kind) in work.failed and _layer(kind) not in work.document
        ]
        if lacking:
            cause = AnnotationError(f"it needs {lacking[0]}, which no step could provide here")
            work.failed |= running.layers
            work.fail(step_error(running.step, work.document.id, cause, "was left out"))
            return False
        if work.item.doc is not None and running.uses:
            assert self._parse is not None
            if missing := self._parse.missing_for(work.item.doc, running.uses):
                cause = AnnotationError(f"the Doc that was given has no {', '.join(missing)}, which the step uses")
                work.failed |= running.layers
                work.fail(step_error(running.step, work.document.id, cause, "was left out"))
                return False
        return True

    def _take(
        self,
        running: _Running,
        work: _Work,
        outcome: list[Annotation | Merged] | BaseException,
        passed: tuple[type[BaseException], ...],
    ) -> None:
        """Put what a step found into the document, or what went wrong on record."""
        try:
            if isinstance(outcome, BaseException):
                raise outcome  # noqa: TRY301  # as if it had happened here
            _check_declared(running, outcome)
            most = self._pipeline.limits.annotations
            if most is not None and len(outcome) > most:
                raise LimitError(  # noqa: TRY301  # likewise
                    f"step '{running.step.id}' returned {len(outcome):,} annotations, the limit is {most:,}",
                    document_id=work.document.id,
                )
            component = running.component
            work.document = work.document.with_annotations(
                outcome, step=running.record, provides=component.provides, revises=component.revises
            )
        except passed:
            raise
        except LimitError as error:
            work.failed |= running.layers
            work.fail(error)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a plugin does is this document's error
            work.failed |= running.layers
            work.fail(step_error(running.step, work.document.id, error, "failed"))

    def _check_seconds(self, work: _Work) -> None:
        most = self._pipeline.limits.seconds
        spent = sum(work.timings.values())
        if most is not None and spent > most and not work.stopped:
            work.stopped = True
            work.fail(
                LimitError(
                    f"it took {spent:.1f} seconds so far, the limit is {most:g}; later steps were left out",
                    document_id=work.document.id,
                )
            )


def _result(work: _Work) -> Result:
    document, suppressed = passed_over(work.document)
    return Result(
        document, tuple(work.errors), work.timings, suppressed, tuple(work.notices), context=work.item.context
    )


def _view(running: _Running, work: _Work) -> Document:
    """The document as the step sees it: the layers that it declared, and its part of the parse."""
    view = work.document.fenced(running.visible)
    if work.doc is None or work.parse is None or not running.reads_parse:
        return view
    return view.with_doc(work.doc, work.parse.fenced(running.reads_parse))


def _found_in_batch(
    running: _Running, views: list[Document], passed: tuple[type[BaseException], ...]
) -> Sequence[list[Annotation | Merged] | BaseException]:
    """What the step finds in each of several documents; where it fails on all together, one by one."""
    try:
        found = [_listed(annotations) for annotations in running.component.process_batch(views)]
    except passed:
        raise
    except (Exception, SystemExit):  # noqa: BLE001  # each document is tried again, and fails by itself
        return [_found(running, view, passed) for view in views]
    if len(found) != len(views):
        error = AnnotationError(f"process_batch gave {len(found)} answers for {len(views)} documents")
        return [error] * len(views)
    return found


def _found(
    running: _Running, view: Document, passed: tuple[type[BaseException], ...]
) -> list[Annotation | Merged] | BaseException:
    try:
        return _listed(running.component.process(view))
    except passed:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a plugin does is this document's error
        return error


def _listed(found: Iterable[Annotation | Merged] | None) -> list[Annotation | Merged]:
    if found is None:
        raise AnnotationError("process returned None; return its annotations in a list, or yield them")
    return list(found)


def _check_declared(running: _Running, found: Iterable[Annotation | Merged]) -> None:
    component = running.component
    declared = (*component.provides, *component.revises)
    for annotation in found:
        if isinstance(annotation, Merged) and component.revises:
            continue
        if type(annotation) not in declared and not isinstance(annotation, component.revises):
            names = ", ".join(kind.__name__ for kind in component.provides)
            raise AnnotationError(
                f"process gave {type(annotation).__name__}, which '{component.name}' does not declare; "
                f"its `provides` is ({names})"
            )


def _is_done(running: _Running, document: Document) -> bool:
    """Whether the layers of a step are all there; of one that only revises, whether it is on record."""
    provided = [kind.layer for kind in running.component.provides]
    if provided:
        return all(layer in document for layer in provided)
    return any(
        (record.use, record.settings) == (running.record.use, running.record.settings) for record in document.steps
    )


def _visible(component: Component[Any], checks: Sequence[type[Check[Any]]]) -> frozenset[str]:
    kinds: list[type[Annotation] | str] = [
        *component.requires, *component.reads, *component.provides, *component.revises
    ]  # fmt: skip
    for check in checks:
        kinds += [*check.requires, *check.reads]
    return frozenset(map(_layer, kinds))


def _layer(kind: type[Annotation] | str) -> str:
    return kind if isinstance(kind, str) else kind.layer


def _name(kind: type[Annotation] | str) -> str:
    return f"the layer '{kind}'" if isinstance(kind, str) else kind.__name__


def _uses(step: Step, component: Component[Any]) -> tuple[str, ...]:
    """What a step's component uses, which may depend on its settings."""
    try:
        uses = component.uses
    except Exception as error:
        raise step_error(step, "", error, "cannot be set up") from error
    if not are_spacy_attributes(uses):
        raise PipelineError(
            f"step '{step.id}': {type(component).__qualname__}.uses is {uses!r}; "
            'it is a tuple of spaCy attributes, such as ("token.dep", "doc.ents")'
        )
    return uses


def _signature(check: type[Check[Any]]) -> str:
    """Code and digest of an added check: two runs with different checks under one code can be told apart."""
    try:
        source = inspect.getsource(check)
    except (OSError, TypeError):
        source = f"{check.__module__}.{check.__qualname__}"
    return f"{check.code} sha256:{hashlib.sha256(source.encode()).hexdigest()[:16]}"


def _of_same_package(one: type, other: type) -> bool:
    return one.__module__.partition(".")[0] == other.__module__.partition(".")[0]
