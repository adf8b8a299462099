"""A step that is set up, and what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.errors import AnnotationError, PipelineError, UsageError
from copydesk.log import LOGGER
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.records import StepRecord
from copydesk.model.reference import Merged
from copydesk.pipeline.failures import PASSED_ON, step_error
from copydesk.pipeline.step import Step
from copydesk.pipeline.value import PipelineValue
from copydesk.plugins.check import Check
from copydesk.plugins.component import Component, are_spacy_attributes
from copydesk.plugins.config_path import paths_start_from
from copydesk.plugins.context import Context
from copydesk.plugins.loaded import LoadedPlugin
from copydesk.plugins.methods import check_declared, listed, method_fault
from copydesk.plugins.places import source_digest

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk.model.parse import Parse
    from copydesk.parsing import SharedParse

Found = list[Annotation | Merged]


@dataclass(slots=True)
class Running:
    """A step with its component set up.

    Attributes:
        visible: the layers that the component may read.
        uses: the attributes of the parse that it must have.
        reads_parse: all that it may read of the parse.
        batches: whether its component is given several documents at once.
    """

    step: Step
    component: Component[Any]
    record: StepRecord
    visible: frozenset[str]
    uses: tuple[str, ...]
    reads_parse: frozenset[str]
    batches: bool

    @property
    def made(self) -> set[str]:
        """The layers that it fills."""
        return {kind.layer for kind in self.component.provides}

    @property
    def layers(self) -> set[str]:
        """The layers that it fills or changes."""
        return self.made | {kind.layer for kind in self.component.revises}

    def view(self, document: Document, doc: Doc | None, parse: Parse | None) -> Document:
        """The document as the step sees it: the layers that it declared, and its part of the parse."""
        view = document.fenced(self.visible)
        if doc is None or parse is None or not self.reads_parse:
            return view
        return view.with_doc(doc, parse.fenced(self.reads_parse))

    def found(self, view: Document, passed: tuple[type[BaseException], ...]) -> Found | BaseException:
        """What it finds in a document, or what it raised."""
        try:
            return listed(self.component.process(view))
        except passed:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a plugin does is this document's error
            return error

    def found_in_batch(
        self, views: list[Document], passed: tuple[type[BaseException], ...]
    ) -> Sequence[Found | BaseException] | BaseException:
        """What it finds in each of several documents; or what it raised on all together."""
        try:
            found = [listed(annotations, "process_batch") for annotations in self.component.process_batch(views)]
        except passed:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001  # each document is tried again, and fails by itself
            return error
        if len(found) != len(views):
            miscounted = AnnotationError(f"process_batch gave {len(found)} answers for {len(views)} documents")
            return [miscounted] * len(views)
        return found

    def check_declared(self, found: Iterable[Annotation | Merged]) -> None:
        """Refuse what the component did not declare.

        Raises:
            AnnotationError: it names what was given.
        """
        check_declared(self.component, found)

    def is_done(self, document: Document) -> bool:
        """Whether its layers are all there; of a step that only revises, whether it is on record."""
        if made := self.made:
            return all(layer in document for layer in made)
        return any(
            (record.use, record.settings) == (self.record.use, self.record.settings) for record in document.steps
        )


# Setting up


def set_up(step: Step, component: Component[Any], pipeline: PipelineValue, parse: SharedParse | None) -> Running:
    """A step of a pipeline with its component set up.

    Raises:
        StepError: the component's `setup` failed.
    """
    checks = pipeline.checks if component.runs_checks else ()
    nlp = parse.nlp if parse is not None else None
    context = Context(
        nlp=nlp,
        folder=pipeline.folder or Path(),
        language=pipeline.language or (nlp.lang if nlp is not None else None) or "en",
        logger=LOGGER.getChild(step.id),
        checks=checks,
    )
    if fault := method_fault(type(component)):
        raise step_error(step, "", UsageError(fault), "cannot be set up")
    try:
        with paths_start_from(pipeline.folder):
            component.setup(context)
    except PASSED_ON:
        raise
    except (Exception, SystemExit) as error:
        raise step_error(step, "", error, "cannot be set up") from error
    optional = {*component.uses_optional, *(name for check in checks for name in check.uses_optional)}
    uses = uses_of(step, component)
    return Running(
        step,
        component,
        _record(step, component, checks, pipeline.plugins, parse),
        visible=_visible(component, checks),
        uses=uses,
        reads_parse=frozenset(uses) | optional,
        batches=type(component).process_batch is not Component.process_batch,
    )


def _record(
    step: Step,
    component: Component[Any],
    checks: Sequence[type[Check[Any]]],
    plugins: Sequence[LoadedPlugin],
    parse: SharedParse | None,
) -> StepRecord:
    reads_parse = component.used() or component.uses_optional
    return StepRecord(
        id=step.id,
        use=step.use,
        distribution=step.distribution,
        version=step.version,
        settings=component.config_digest(),
        model=str(parse.record) if reads_parse and parse is not None else None,
        checks=tuple(_signature(check, plugins) for check in checks if not _of_same_package(check, step.component)),
    )


def _visible(component: Component[Any], checks: Sequence[type[Check[Any]]]) -> frozenset[str]:
    kinds: list[type[Annotation] | str] = [
        *component.requires, *component.reads, *component.provides, *component.revises
    ]  # fmt: skip
    for check in checks:
        kinds += [*check.requires, *check.reads]
    return frozenset(map(layer_name, kinds))


def layer_name(kind: type[Annotation] | str) -> str:
    """The layer that a type, or a name, means."""
    return kind if isinstance(kind, str) else kind.layer


def kind_name(kind: type[Annotation] | str) -> str:
    """A type, or a layer by name, in messages."""
    return f"the layer '{kind}'" if isinstance(kind, str) else kind.__name__


def uses_of(step: Step, component: Component[Any]) -> tuple[str, ...]:
    """What a step's component uses, which may depend on its settings."""
    try:
        uses = component.used()
    except Exception as error:
        raise step_error(step, "", error, "cannot be set up") from error
    if not are_spacy_attributes(uses):
        raise PipelineError(
            f"step '{step.id}': {type(component).__qualname__} uses {uses!r}; "
            'it is a tuple of spaCy attributes, such as ("token.dep", "doc.ents")'
        )
    return uses


def _signature(check: type[Check[Any]], plugins: Sequence[LoadedPlugin]) -> str:
    """An added check, so that two runs can be told apart: its code, what brings it, and the digest of its source."""
    plugin = next((plugin for plugin in plugins if check in plugin.checks), None)
    brought_by = f" {plugin.distribution} {plugin.version}" if plugin is not None and plugin.distribution else ""
    return f"{check.code}{brought_by} sha256:{source_digest(check)[:16]}"


def _of_same_package(one: type, other: type) -> bool:
    return one.__module__.partition(".")[0] == other.__module__.partition(".")[0]
